// That what was erased or replaced of persons is gone from a SQLite store's files, and not only
// from its tables.

#include <chrono>
#include <fstream>
#include <unordered_set>

#include "crypto/digest.hpp"
#include "store/sqlite_store.hpp"
#include "support/made_up_rows.hpp"

namespace workflow::testing::sqlite_vault_test {

namespace {

/// The file and its log.
std::string bytes_of(const std::filesystem::path& file) {
    std::string all;
    for (const auto* end : {"", "-wal"}) {
        std::ifstream in(file.string() + end, std::ios::binary);
        all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
}

/// How often the middle of one of `texts` stands in the files: a copy may have lost its ends.
std::size_t times_found(const std::filesystem::path& file, const std::vector<std::string>& texts) {
    constexpr std::size_t from = 8, size = 16;
    std::unordered_set<std::string_view> pieces;
    for (const auto& text : texts) pieces.insert(std::string_view(text).substr(from, size));
    const auto all = bytes_of(file);
    std::size_t times = 0;
    for (std::size_t at = 0; at + size <= all.size(); ++at)
        times += pieces.count(std::string_view(all).substr(at, size));
    return times;
}

/// Bytes as good as random.
std::string made_up(const std::string& what, std::int64_t n, std::size_t size) {
    std::string bytes;
    while (bytes.size() < size)
        bytes += view(sha256(what + std::to_string(n) + '/' + std::to_string(bytes.size())));
    return bytes.substr(0, size);
}

PersonKeyRow person(std::int64_t n) {
    return {0, made_up("mark", n, 32), made_up("key", n, 61)};
}

const PersonKeyRow li{0, "finds the row of Li, for as long as he has one",
                      "wrapped: " + std::string(30, 'L') + std::string(21, 'i')};

void put(Store& store, const PersonKeyRow& row) {
    store.begin();
    store.put_person(row);
    store.commit();
}

}  // namespace

TEST_CASE("an erased person's key and token are in none of the store's files") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    const auto store = open_sqlite_store(file);
    open_case(*store, "a-1");
    put(*store, li);
    put(*store, person(1));
    REQUIRE(li.wrapped.size() == 60);
    CHECK(bytes_of(file).find(li.wrapped) != std::string::npos);
    CHECK(times_found(file, {li.token}) > 0);

    put(*store, {1, {}, {}});
    CHECK(times_found(file, {li.wrapped, li.token}) == 0);
    CHECK(times_found(file, {person(1).wrapped}) > 0);
    CHECK(store->person(1) == PersonKeyRow{1, {}, {}});
}

TEST_CASE("a key that was put under another is in none of the store's files") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    const auto store = open_sqlite_store(file);
    put(*store, li);
    const auto size = GENERATE(std::size_t{59}, std::size_t{60}, std::size_t{80});
    put(*store, {1, li.token, made_up("new key", 1, size)});
    CHECK(times_found(file, {li.wrapped}) == 0);
    CHECK(times_found(file, {li.token}) > 0);
    CHECK(store->person(li.token)->wrapped == made_up("new key", 1, size));
}

TEST_CASE("of thousands of persons nothing stays behind where rows were moved to make room") {
    constexpr std::int64_t persons = 4000;
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    const auto store = open_sqlite_store(file);
    std::vector<std::string> erased;
    for (std::int64_t n = 1; n <= persons; ++n) {
        if (n % 500 == 1) store->begin();
        CHECK(store->put_person(person(n)) == n);
        if (n % 500 == 0) store->commit();
    }
    const auto erase = [&](std::int64_t n) {
        store->put_person({n, {}, {}});
        erased.push_back(person(n).token);
        erased.push_back(person(n).wrapped);
    };
    store->begin();
    for (std::int64_t n = 2; n <= persons; n += 2) erase(n);
    store->commit();
    CHECK(times_found(file, erased) == 0);
    for (std::int64_t n = 1; n <= persons; n += 500) {
        store->begin();
        erase(n);
        store->commit();
    }
    CHECK(times_found(file, erased) == 0);
    CHECK(store->person(person(3).token)->id == 3);
    CHECK(times_found(file, {person(3).token, person(3).wrapped}) >= 2);
}

TEST_CASE("keys that become longer leave nothing behind either") {
    constexpr std::int64_t persons = 1000;
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    const auto store = open_sqlite_store(file);
    std::vector<std::string> old;
    store->begin();
    for (std::int64_t n = 1; n <= persons; ++n) {
        store->put_person(person(n));
        old.push_back(person(n).wrapped);
    }
    store->commit();
    store->begin();
    for (std::int64_t k = 0; k < persons; ++k) {
        const auto n = 1 + k * 37 % persons;
        store->put_person({n, person(n).token, made_up("new key", n, 64)});
    }
    store->commit();
    CHECK(times_found(file, old) == 0);
    const auto rows = store->persons(0, 2000);
    REQUIRE(rows.size() == persons);
    for (const auto& row : rows) {
        CHECK(row.wrapped == made_up("new key", row.id, 64));
        CHECK(store->person(person(row.id).token) == row);
    }
}

TEST_CASE("who reads delays only that erased keys leave the log") {
    const TemporaryFolder folder, crashed;
    const auto file = folder / "hall.db";
    const auto store = open_sqlite_store(file);
    open_case(*store, "a-1");
    put(*store, li);
    const auto reader = open_sqlite_store(file);
    reader->events_after(0, [&](const EventPlace&) {
        const auto before = std::chrono::steady_clock::now();
        put(*store, {1, {}, {}});
        put(*store, person(2));
        CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(10));
        CHECK(store->person(1) == PersonKeyRow{1, {}, {}});
        // So a writer would leave the files that dies now.
        for (const auto* name : {"hall.db", "hall.db-wal"})
            std::filesystem::copy_file(folder / name, crashed / name);
        return false;
    });
    CHECK(times_found(file, {li.wrapped}) > 0);

    SECTION("until the next commit") {
        store->begin();
        store->commit();
        CHECK(times_found(file, {li.wrapped, li.token}) == 0);
    }
    SECTION("until the next commit of whoever comes after a writer that died") {
        const auto next = open_sqlite_store(crashed / "hall.db");
        CHECK(times_found(crashed / "hall.db", {li.wrapped}) > 0);
        next->begin();
        next->commit();
        CHECK(times_found(crashed / "hall.db", {li.wrapped, li.token}) == 0);
        CHECK(next->person(1) == PersonKeyRow{1, {}, {}});
    }
}

TEST_CASE("keys are gone once a store is closed that could not empty its log before") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    auto store = open_sqlite_store(file);
    open_case(*store, "a-1");
    put(*store, li);
    const auto reader = open_sqlite_store(file);
    reader->events_after(0, [&](const EventPlace&) {
        put(*store, {1, {}, {}});
        return false;
    });
    CHECK(times_found(file, {li.wrapped}) > 0);
    store.reset();
    CHECK(times_found(file, {li.wrapped, li.token}) == 0);
}

}  // namespace workflow::testing::sqlite_vault_test
