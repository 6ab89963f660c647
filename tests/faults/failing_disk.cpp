// Every write, sync, truncation and removal of a scenario fails once: by an I/O error or a full
// disk, for once or for good.

#include "faults/faulty_disk.hpp"
#include "faults/scenario.hpp"
#include "store/sqlite_store.hpp"

namespace workflow::testing::failing_disk_test {

namespace {

constexpr int few_pages = 12;  // so that the log is moved within the scenario

struct Outcome {
    std::uint32_t acknowledged = 0;
    bool refused = false;
};

/// Works until something fails. After that the store must refuse everything.
Outcome work(const std::filesystem::path& file, FaultyDisk& disk) {
    Outcome outcome;
    std::unique_ptr<Store> store;
    try {
        store = open_sqlite_store(file, disk.name(), few_pages);
        for (std::uint32_t n = 1; n <= units_of_scenario; ++n) {
            do_unit(*store, n);
            outcome.acknowledged = n;
        }
    } catch (const StoreError&) {
        outcome.refused = true;
        if (store) {
            store->rollback();
            for (int again = 0; again < 2; ++again) {
                CHECK_THROWS_AS(store->begin(), StoreError);
                CHECK_THROWS_AS(store->counts(), StoreError);
            }
        }
    }
    return outcome;
}

std::string integrity(const std::filesystem::path& file) {
    sqlite3* handle = nullptr;
    sqlite3_open(file.c_str(), &handle);
    std::string answer;
    sqlite3_exec(
        handle, "PRAGMA integrity_check",
        [](void* out, int, char** columns, char**) {
            *static_cast<std::string*>(out) += columns[0];
            return 0;
        },
        &answer, nullptr);
    sqlite3_close(handle);
    return answer;
}

}  // namespace

TEST_CASE("whatever the disk refuses, acknowledged work is kept and nothing is kept by half") {
    const auto [code, lasting] = GENERATE(table<int, bool>({{SQLITE_IOERR_WRITE, false},
                                                            {SQLITE_IOERR_WRITE, true},
                                                            {SQLITE_IOERR_FSYNC, false},
                                                            {SQLITE_FULL, false},
                                                            {SQLITE_FULL, true}}));
    std::uint64_t tried = 0, refused = 0;
    for (std::uint64_t k = 0;; ++k) {
        const TemporaryFolder folder;
        FaultyDisk disk;
        disk.fail_at(k, code, lasting);
        const auto outcome = work(folder / "hall.db", disk);
        if (!disk.failed) break;
        ++tried;
        refused += outcome.refused;
        disk.heal();
        INFO("operation " << k << ", code " << code << ", lasting " << lasting);
        const auto store = open_sqlite_store(folder / "hall.db");
        const int kept = units_kept(*store);
        REQUIRE(kept >= static_cast<int>(outcome.acknowledged));
        REQUIRE(kept <= static_cast<int>(outcome.acknowledged) + 1);
        REQUIRE(integrity(folder / "hall.db") == "ok");
        // And the work goes on.
        if (kept < static_cast<int>(units_of_scenario)) {
            do_unit(*store, static_cast<std::uint32_t>(kept) + 1);
            REQUIRE(units_kept(*store) == kept + 1);
        }
    }
    CHECK(tried > 60);
    CHECK(refused > 40);
}

TEST_CASE("a commit has been synced when it returns") {
    const TemporaryFolder folder;
    FaultyDisk disk;
    const auto store = open_sqlite_store(folder / "hall.db", disk.name());
    for (std::uint32_t n = 1; n <= units_of_scenario; ++n) {
        const auto before = disk.syncs;
        do_unit(*store, n);
        CHECK(disk.syncs > before);
    }
}

TEST_CASE("after a failed write the store answers nothing until it is opened anew") {
    const TemporaryFolder folder;
    FaultyDisk disk;
    auto store = open_sqlite_store(folder / "hall.db", disk.name());
    do_unit(*store, 1);
    disk.fail_at(disk.operations, SQLITE_IOERR_WRITE, false);
    CHECK_THROWS_AS(do_unit(*store, 2), StoreError);
    CHECK_THROWS_WITH(store->counts(), Catch::Matchers::Contains("reopen it"));
    CHECK_THROWS_WITH(store->find(CaseKey{1}), Catch::Matchers::Contains("reopen it"));
    store.reset();
    store = open_sqlite_store(folder / "hall.db", disk.name());
    CHECK(units_kept(*store) >= 1);
}

}  // namespace workflow::testing::failing_disk_test
