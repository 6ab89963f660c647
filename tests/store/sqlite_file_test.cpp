// What a SQLite store takes for its own file, what it refuses, and how it leaves it.

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>

#include <fstream>

#include "crypto/digest.hpp"
#include "store/schema.hpp"
#include "store/sqlite_store.hpp"
#include "support/children.hpp"
#include "support/made_up_rows.hpp"

namespace workflow::testing::sqlite_file_test {

using Catch::Matchers::Contains;

namespace {

/// A connection of somebody else's.
class Stranger {
public:
    explicit Stranger(const std::filesystem::path& file) {
        if (sqlite3_open(file.c_str(), &handle_) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(handle_));
    }
    ~Stranger() { sqlite3_close(handle_); }
    Stranger(const Stranger&) = delete;
    Stranger& operator=(const Stranger&) = delete;

    /// The first column of the first row; or what SQLite says against it.
    std::string ask(const std::string& sql) {
        std::string answer;
        char* why = nullptr;
        sqlite3_exec(
            handle_, sql.c_str(),
            [](void* out, int, char** columns, char**) {
                if (static_cast<std::string*>(out)->empty() && columns[0])
                    *static_cast<std::string*>(out) = columns[0];
                return 0;
            },
            &answer, &why);
        if (why) answer = why;
        sqlite3_free(why);
        return answer;
    }

private:
    sqlite3* handle_ = nullptr;
};

std::string read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

std::string refusal_of(const std::filesystem::path& file) {
    try {
        const auto store = open_sqlite_store(file);
        (void)contents(*store);
        return "opened";
    } catch (const StoreError& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE("a store is a SQLite file in WAL mode that says whose it is and of what schema") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    {
        const auto store = open_sqlite_store(file);
        open_case(*store, "a-1");
    }
    Stranger stranger(file);
    CHECK(stranger.ask("PRAGMA journal_mode") == "wal");
    CHECK(stranger.ask("PRAGMA application_id") == "2003201143");  // "wflw"
    CHECK(stranger.ask("PRAGMA user_version") == std::to_string(store::schema_version()));
    CHECK(stranger.ask("PRAGMA integrity_check") == "ok");
}

TEST_CASE("what was committed is there when the store is opened again") {
    const TemporaryFolder folder;
    std::string before;
    {
        const auto store = open_sqlite_store(folder / "hall.db");
        const auto row = open_case(*store, "a-1");
        write(*store, {going_on(row, 3)});
        before = contents(*store);
        store->begin();
        store->append(opening(store->new_case(), "a-2"));
    }
    const auto store = open_sqlite_store(folder / "hall.db");
    CHECK(contents(*store) == before);
}

TEST_CASE("an empty file becomes a store") {
    const TemporaryFolder folder;
    write_file(folder / "hall.db", "");
    CHECK(refusal_of(folder / "hall.db") == "opened");
    Stranger stranger(folder / "hall.db");
    CHECK(stranger.ask("PRAGMA user_version") == std::to_string(store::schema_version()));
}

TEST_CASE("a store left by a program that died while making it is finished") {
    const TemporaryFolder folder;
    {
        // The version is written in the transaction that makes the tables, so this is all that can
        // be left: a SQLite file in WAL mode without tables.
        Stranger stranger(folder / "hall.db");
        stranger.ask("PRAGMA journal_mode = WAL");
    }
    CHECK(refusal_of(folder / "hall.db") == "opened");
}

TEST_CASE("a store of an older schema is brought up to date, and nothing of it is lost") {
    const int version = GENERATE(1, 2);
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    std::string before;
    {
        const auto store = open_sqlite_store(file);
        open_case(*store, "a-1", [](Change& change) {
            change.put = {waiting_task(change.row.key, 1, "window", "north", 7)};
            change.turns = {{"item/step", OfficerId("lin")}};
        });
        open_case(*store, "a-2",
                  [](Change& change) { change.put = {held_task(change.row.key, 1, "lin", 5)}; });
        before = contents(*store);
    }
    const auto old = folder / "old.db";
    {
        // As an older version of the library left it.
        Stranger stranger(old);
        stranger.ask("PRAGMA journal_mode = WAL");
        for (const auto& step : store::migrations().first(static_cast<std::size_t>(version)))
            REQUIRE(stranger.ask(step.sql).empty());
        REQUIRE(stranger
                    .ask("PRAGMA application_id = 2003201143; PRAGMA user_version = " +
                         std::to_string(version))
                    .empty());
        REQUIRE(stranger.ask("ATTACH '" + file.string() + "' AS now").empty());
        std::vector<std::string> tables{"events", "cases", "requests", "definitions"};
        if (version > 1) tables.insert(tables.end(), {"tasks", "turns"});
        for (const auto& table : tables)
            REQUIRE(
                stranger.ask("INSERT INTO main." + table + " SELECT * FROM now." + table).empty());
        if (version == 1)
            REQUIRE(stranger
                        .ask("INSERT INTO main.tasks SELECT case_key, task, step, item, post, "
                             "hall, holder, barred, due, offered FROM now.tasks")
                        .empty());
    }
    {
        const auto store = open_sqlite_store(old);
        CHECK(contents(*store) == before);
        CHECK(store->next_held(OfficerId("lin"))->offered == Instant{5});
        CHECK(store->last_turn("item/step").empty() == (version == 1));
        CHECK(store->hashing() == Hashing::sha256);
        store->begin();
        CHECK(store->put_person({0, "token", "key"}) == 1);
        store->commit();
    }
    CHECK(Stranger(old).ask("PRAGMA user_version") == std::to_string(store::schema_version()));
}

TEST_CASE("a newer schema is refused and left as it is") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    { open_sqlite_store(file); }
    const auto newer = std::to_string(store::schema_version() + 1);
    Stranger(file).ask("PRAGMA user_version = " + newer);
    CHECK_THAT(refusal_of(file),
               Contains("hall.db has schema " + newer) && Contains("use a newer libworkflow"));
    CHECK(Stranger(file).ask("PRAGMA user_version") == newer);
}

TEST_CASE("a SQLite file of another program is refused and left as it is") {
    const TemporaryFolder folder;
    const auto file = folder / "other.db";
    Stranger(file).ask("CREATE TABLE accounts (id)");
    const auto before = read_file(file);
    CHECK_THAT(refusal_of(file), Contains("a SQLite file of another program"));
    CHECK(read_file(file) == before);
    Stranger(file).ask("PRAGMA application_id = 2003201143; PRAGMA user_version = -1");
    CHECK_THAT(refusal_of(file), Contains("a SQLite file of another program"));
}

TEST_CASE("a store whose tables are not those of its schema is refused") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    { open_sqlite_store(file); }
    const auto* change = GENERATE("DROP TRIGGER events_are_never_deleted", "DROP INDEX tasks_held",
                                  "ALTER TABLE cases ADD COLUMN remark TEXT",
                                  "CREATE TRIGGER spy AFTER INSERT ON events BEGIN SELECT 1; END");
    REQUIRE(Stranger(file).ask(change).empty());
    CHECK_THAT(refusal_of(file), Contains("do not match that schema"));
}

TEST_CASE("an older store does not become one of SM3 by being brought up to date") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    {
        Stranger stranger(file);
        REQUIRE(stranger.ask(store::migrations()[0].sql).empty());
        stranger.ask("PRAGMA application_id = 2003201143; PRAGMA user_version = 1");
    }
    CHECK_THROWS_WITH(open_sqlite_store(file, nullptr, 2000, Hashing::sm3),
                      Contains("was created with sha256"));
    CHECK(open_sqlite_store(file)->hashing() == Hashing::sha256);
}

TEST_CASE("a store that does not say by what it is hashed, or by something unknown, is refused") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    { open_sqlite_store(file, nullptr, 2000, Hashing::sm3); }
    const auto* change =
        GENERATE("DELETE FROM hashing", "INSERT INTO hashing VALUES ('sha256')",
                 "UPDATE hashing SET algorithm = 'md5'", "UPDATE hashing SET algorithm = ''");
    REQUIRE(Stranger(file).ask(change).empty());
    CHECK_THAT(refusal_of(file), Contains("hash function"));
}

TEST_CASE("statistics that an operator had SQLite gather do no harm") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    {
        const auto store = open_sqlite_store(file);
        open_case(*store, "a-1");
    }
    REQUIRE(Stranger(file).ask("ANALYZE; VACUUM").empty());
    CHECK(refusal_of(file) == "opened");
}

TEST_CASE("each schema's checksum is that of the tables it makes") {
    const TemporaryFolder folder;
    Stranger stranger(folder / "hall.db");
    for (const auto& migration : store::migrations()) {
        REQUIRE(stranger.ask(migration.sql).empty());
        const auto all = stranger.ask(
            "SELECT group_concat(o, '') FROM (SELECT type || x'0a' || name || x'0a' || tbl_name || "
            "x'0a' || sql || x'0a' AS o FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE "
            "'\\' ORDER BY type, name)");
        CHECK(hex(sha256(all)) == migration.checksum);
    }
}

TEST_CASE("a file that is not SQLite's, or is damaged, is refused in clear words") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    SECTION("some other file") {
        write_file(file, std::string(5000, 'x'));
        CHECK_THAT(refusal_of(file), Contains("it is not a SQLite file"));
    }
    SECTION("cut short") {
        {
            const auto store = open_sqlite_store(file);
            for (int i = 0; i < 200; ++i) open_case(*store, "a-" + std::to_string(i));
        }
        auto bytes = read_file(file);
        REQUIRE(bytes.size() > 40'000);
        bytes.resize(16'384);
        write_file(file, bytes);
        CHECK_THAT(refusal_of(file), Contains("the file is damaged"));
    }
    SECTION("a page overwritten") {
        {
            const auto store = open_sqlite_store(file);
            for (int i = 0; i < 200; ++i) open_case(*store, "a-" + std::to_string(i));
        }
        auto bytes = read_file(file);
        for (std::size_t page = 1; page < bytes.size() / 4096; ++page)
            bytes.replace(page * 4096, 64, 64, '\x5a');
        write_file(file, bytes);
        CHECK_THAT(refusal_of(file), Contains("damaged"));
    }
    SECTION("a folder") {
        std::filesystem::create_directory(file);
        CHECK_THAT(refusal_of(file), Contains("hall.db"));
    }
    SECTION("in a folder that is not there") {
        CHECK_THAT(refusal_of(folder / "nowhere/hall.db"), Contains("No such file"));
    }
}

TEST_CASE("SQLite itself refuses to change or delete an event") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    {
        const auto store = open_sqlite_store(file);
        open_case(*store, "a-1");
    }
    Stranger stranger(file);
    CHECK(stranger.ask("UPDATE events SET body = x'00'") == "events are never changed");
    CHECK(stranger.ask("DELETE FROM events") == "events are never deleted");
    CHECK(stranger.ask("SELECT count(*) FROM events") == "1");
}

TEST_CASE("two stores on one file see what the other has committed, and nothing else") {
    const TemporaryFolder folder;
    const auto one = open_sqlite_store(folder / "hall.db");
    const auto two = open_sqlite_store(folder / "hall.db");
    one->begin();
    const auto change = opening(one->new_case(), "a-1");
    one->append(change);
    CHECK(two->counts().cases == 0);
    one->commit();
    CHECK(two->counts().cases == 1);

    CHECK(two->begin());  // somebody else has written
    two->append(going_on(change.row));
    two->commit();
    CHECK_FALSE(two->begin());  // nobody but itself
    two->rollback();
    CHECK(one->begin());
    CHECK(one->find(change.row.key)->version == 2);
    one->rollback();
    CHECK_FALSE(one->begin());
    one->rollback();
}

TEST_CASE("a store with a writer can be opened and read, and opening waits for its turn") {
    const TemporaryFolder folder;
    SharedCounts<1> steps;
    { open_sqlite_store(folder / "hall.db"); }
    Child writer([&] {
        const auto store = open_sqlite_store(folder / "hall.db");
        store->begin();
        steps[0] = 1;
        usleep(50'000);
        store->append(opening(store->new_case(), "a-1"));
        steps[0] = 2;
        store->commit();
    });
    while (steps[0] == 0) usleep(500);
    const auto store = open_sqlite_store(folder / "hall.db");
    CHECK(steps[0] == 2);
    CHECK(store->counts().cases == 1);
    CHECK(writer.end() == 0);
}

TEST_CASE("a store opened before a fork is the parent's alone") {
    const TemporaryFolder folder;
    auto store = open_sqlite_store(folder / "hall.db");
    store->begin();
    const auto change = opening(store->new_case(), "a-1");
    Child child([&] {
        try {
            store->begin();
        } catch (const StoreError&) {
            store.reset();
            return;
        }
        throw std::runtime_error("it began");
    });
    CHECK(child.end() == 0);
    {
        // The parent's lock still stands.
        const int lock = ::open((folder / "hall.db-lock").c_str(), O_RDWR);
        CHECK(flock(lock, LOCK_EX | LOCK_NB) != 0);
        ::close(lock);
    }
    store->append(change);
    store->commit();
    CHECK(store->counts().cases == 1);
}

TEST_CASE("the log is moved into the file before it grows large") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    const auto store = open_sqlite_store(file, nullptr, 50);
    for (int i = 0; i < 400; ++i) open_case(*store, "a-" + std::to_string(i));
    CHECK(std::filesystem::file_size(file) > 50'000);
    CHECK(std::filesystem::file_size(folder / "hall.db-wal") < 100 * 4120);
    CHECK(store->counts().cases == 400);
}

}  // namespace workflow::testing::sqlite_file_test
