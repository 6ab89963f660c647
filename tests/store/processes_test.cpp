// Several processes on one SQLite store, and processes that are killed.

#include <algorithm>
#include <chrono>
#include <thread>

#include "store/sqlite_store.hpp"
#include "support/children.hpp"
#include "support/made_up_rows.hpp"

namespace workflow::testing::processes_test {

namespace {

constexpr std::uint32_t tasks = 600;
constexpr std::uint32_t workers = 4;

/// Claims tasks one by one until none waits; counts each claim under its task and its worker.
void claim_all(const std::filesystem::path& file, std::uint32_t worker,
               SharedCounts<tasks + 1 + workers>& counts) {
    const auto store = open_sqlite_store(file);
    const OfficerId officer("officer-" + std::to_string(worker));
    const std::vector<PostId> posts{PostId("window")};
    // All begin together: on a busy machine one could be done before another is there.
    for (++counts[0]; counts[0] < workers;) std::this_thread::yield();
    while (true) {
        store->begin();
        const auto task =
            store->next_claimable(officer, posts, HallId(), [](const TaskRow&) { return true; });
        if (!task) return store->rollback();
        auto change = going_on(*store->find(task->case_key));
        change.put = {*task};
        change.put[0].holder = officer;
        store->append(change);
        store->commit();
        ++counts[static_cast<std::size_t>(task->case_key)];
        ++counts[tasks + 1 + worker];
    }
}

}  // namespace

TEST_CASE("processes that claim from one store never get the same task, and all get some") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    {
        const auto store = open_sqlite_store(file);
        std::vector<Change> changes;
        for (std::uint32_t i = 1; i <= tasks; ++i) {
            changes.push_back(opening(CaseKey{i}, "a-" + std::to_string(i)));
            changes.back().put = {waiting_task(CaseKey{i}, 1, "window", "", i)};
        }
        write(*store, changes);
    }
    SharedCounts<tasks + 1 + workers> counts;
    {
        std::vector<std::unique_ptr<Child>> children;
        for (std::uint32_t worker = 0; worker < workers; ++worker)
            children.push_back(
                std::make_unique<Child>([&, worker] { claim_all(file, worker, counts); }));
        for (auto& child : children) CHECK(child->end() == 0);
    }
    for (std::uint32_t i = 1; i <= tasks; ++i) REQUIRE(counts[i] == 1);
    // They take turns: SQLite's own waiting, or a lock that can be had again at once, lets most of
    // the workers starve.
    for (std::uint32_t worker = 0; worker < workers; ++worker)
        CHECK(counts[tasks + 1 + worker] >= tasks / workers / 2);
}

TEST_CASE("a process killed at any moment has kept what it acknowledged, and nothing by half") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    { open_sqlite_store(file); }
    SharedCounts<1> acknowledged;
    std::uint32_t found = 0;
    for (std::uint32_t round = 0; round < 40; ++round) {
        const auto began_with = found;
        acknowledged[0] = found;
        Child writer([&] {
            // Few pages, so that kills also fall into the moving of the log.
            const auto store = open_sqlite_store(file, nullptr, 20);
            for (auto serial = began_with + 1;; ++serial) {
                // Two cases a unit of work, one of them with a task.
                store->begin();
                for (const auto* half : {"a-", "b-"}) {
                    auto change = opening(store->new_case(), half + std::to_string(serial), 3);
                    change.put = {held_task(change.row.key, 1, "lin", serial)};
                    store->append(change);
                }
                store->commit();
                acknowledged[0] = serial;
            }
        });
        while (acknowledged[0] == began_with) usleep(200);
        usleep(round * 977 % 9000);
        writer.kill();

        const auto store = open_sqlite_store(file);
        const auto counts = store->counts();
        found = static_cast<std::uint32_t>(counts.cases / 2);
        REQUIRE(counts.cases == 2 * found);
        REQUIRE(counts.events == 6 * found);
        REQUIRE(counts.tasks == 2 * found);
        REQUIRE(found >= acknowledged[0]);
        REQUIRE(found <= acknowledged[0] + 1);
        for (std::uint32_t serial = 1; serial <= found; ++serial)
            for (const auto* half : {"a-", "b-"})
                REQUIRE(store->find(CaseNumber(half + std::to_string(serial))));
    }
    CHECK(found >= 40);
}

}  // namespace workflow::testing::processes_test
