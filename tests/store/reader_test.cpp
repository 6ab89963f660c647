// A store that is only read: one moment, no lock, and no trace.

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <map>

#include "store/schema.hpp"
#include "store/sqlite_store.hpp"
#include "support/children.hpp"
#include "support/made_up_rows.hpp"

namespace workflow::testing::reader_test {

using Catch::Matchers::Contains;

namespace {

void run(const std::filesystem::path& file, const std::string& sql) {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &handle) == SQLITE_OK);
    char* why = nullptr;
    sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &why);
    const std::string said = why ? why : "";
    sqlite3_free(why);
    sqlite3_close(handle);
    INFO(sql);
    REQUIRE(said.empty());
}

/// What lies in a folder: names, sizes and times of writing.
std::map<std::string, std::string> trace_of(const std::filesystem::path& folder) {
    std::map<std::string, std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        struct stat found {};
        REQUIRE(::stat(entry.path().c_str(), &found) == 0);
        all[entry.path().filename().string()] = std::to_string(found.st_size) + ' ' +
                                                std::to_string(found.st_mtim.tv_sec) + '.' +
                                                std::to_string(found.st_mtim.tv_nsec);
    }
    return all;
}

}  // namespace

TEST_CASE("a unit of work that reads sees one moment, and the next one what came since") {
    const TemporaryFolder folder;
    const auto writer = open_sqlite_store(folder / "hall.db");
    open_case(*writer, "a-1");
    const auto reader = read_sqlite_store(folder / "hall.db");
    reader->begin();
    CHECK(reader->counts().cases == 1);
    open_case(*writer, "a-2");
    CHECK(reader->counts().cases == 1);
    reader->commit();
    CHECK(reader->begin());  // somebody else has written
    CHECK(reader->counts().cases == 2);
    reader->rollback();
    CHECK_FALSE(reader->begin());
}

TEST_CASE("a store that is read writes nothing, whatever is asked of it") {
    const TemporaryFolder folder;
    Change change;
    {
        const auto writer = open_sqlite_store(folder / "hall.db");
        change = opening(CaseKey{1}, "a-1");
    }
    const auto reader = read_sqlite_store(folder / "hall.db");
    reader->begin();
    CHECK_THROWS_WITH(reader->append(change), Contains("reading only"));
    CHECK_THROWS_WITH(reader->new_case(), Contains("reading only"));
    CHECK_THROWS_WITH(reader->publish({}, "text"), Contains("reading only"));
    CHECK_THROWS_WITH(reader->put_person({}), Contains("reading only"));
    reader->commit();
    CHECK(reader->counts().cases == 0);
}

TEST_CASE("what is not there, or not made yet, is not made by reading it") {
    const TemporaryFolder folder;
    CHECK_THROWS_WITH(read_sqlite_store(folder / "hall.db"), Contains("there is no store"));
    std::ofstream(folder / "empty.db") << "";
    CHECK_THROWS_WITH(read_sqlite_store(folder / "empty.db"), Contains("does not exist yet"));
    CHECK_FALSE(std::filesystem::exists(folder / "hall.db"));
    CHECK(std::filesystem::file_size(folder / "empty.db") == 0);
}

TEST_CASE("a copy that cannot be written is read without a trace") {
    const TemporaryFolder folder;
    std::string before;
    {
        const auto writer = open_sqlite_store(folder / "hall.db");
        open_case(*writer, "a-1");
        before = contents(*writer);
    }
    std::filesystem::create_directory(folder / "copy");
    std::filesystem::copy_file(folder / "hall.db", folder / "copy/hall.db");
    const bool as_anybody = GENERATE(false, true);
    REQUIRE(::chmod((folder / "copy/hall.db").c_str(), 0444) == 0);
    REQUIRE(::chmod((folder / "copy").c_str(), 0555) == 0);
    REQUIRE(::chmod((folder / ".").c_str(), 0755) == 0);
    const auto trace = trace_of(folder / "copy");
    Child other([&] {
        // The one who may do everything writes nothing either.
        if (as_anybody && geteuid() == 0 && setuid(65534) != 0) _exit(2);
        const auto reader = read_sqlite_store(folder / "copy/hall.db");
        reader->begin();
        if (contents(*reader) != before) _exit(3);
        reader->commit();
    });
    CHECK(other.end() == 0);
    CHECK(trace_of(folder / "copy") == trace);
    ::chmod((folder / "copy").c_str(), 0755);
}

TEST_CASE("a copy that is written while it is read as one that stands still is told") {
    const TemporaryFolder folder;
    { open_case(*open_sqlite_store(folder / "hall.db"), "a-1"); }
    REQUIRE(::chmod((folder / "hall.db").c_str(), 0444) == 0);
    const auto reader = read_sqlite_store(folder / "hall.db");
    reader->begin();
    REQUIRE(::chmod((folder / "hall.db").c_str(), 0644) == 0);
    { open_case(*open_sqlite_store(folder / "hall.db"), "a-2"); }
    CHECK_THROWS_WITH(reader->commit(), Contains("was written while it was read"));
}

TEST_CASE("a store of an older schema is read as it is, and stays so") {
    const int version = GENERATE(1, 2);
    const TemporaryFolder folder;
    const auto now = folder / "now.db", old = folder / "old.db";
    std::string before;
    {
        const auto store = open_sqlite_store(now);
        open_case(*store, "a-1", [](Change& change) {
            change.put = {waiting_task(change.row.key, 1, "window", "north", 7)};
        });
        before = contents(*store);
    }
    std::string sql = "PRAGMA journal_mode = WAL;";
    for (const auto& step : store::migrations().first(static_cast<std::size_t>(version)))
        sql += step.sql;
    sql += "PRAGMA application_id = 2003201143; PRAGMA user_version = " + std::to_string(version) +
           "; ATTACH '" + now.string() + "' AS now;";
    for (const char* table : {"events", "cases", "requests", "definitions"})
        sql += "INSERT INTO main." + std::string(table) + " SELECT * FROM now." + table + ";";
    sql += version == 1 ? "INSERT INTO main.tasks SELECT case_key, task, step, item, post, hall, "
                          "holder, barred, due, offered FROM now.tasks"
                        : "INSERT INTO main.tasks SELECT * FROM now.tasks";
    run(old, sql);
    {
        const auto reader = read_sqlite_store(old);
        reader->begin();
        CHECK(contents(*reader) == before);
        CHECK(reader->hashing() == Hashing::sha256);
        CHECK(reader->tasks({}).size() == 1);
        CHECK(reader->persons(0, 10).empty());
        CHECK(reader->last_turn("item/step").empty());
        reader->commit();
    }
    run(old, "CREATE TEMP TABLE wanted (v CHECK (v = " + std::to_string(version) +
                 ")); INSERT INTO wanted SELECT user_version FROM pragma_user_version");
}

}  // namespace workflow::testing::reader_test
