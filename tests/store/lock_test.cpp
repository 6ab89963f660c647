// Waiting for the store: it ends, says who has it, and is for those alone who may write.

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <chrono>

#include "store/sqlite_store.hpp"
#include "store/store_file.hpp"
#include "support/children.hpp"
#include "support/made_up_rows.hpp"

namespace workflow::testing::lock_test {

using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

std::unique_ptr<Store> impatient(const std::filesystem::path& file,
                                 std::chrono::milliseconds wait = 300ms) {
    return open_sqlite_store(file, nullptr, 2000, {}, wait);
}

/// What opening the store is answered with.
std::string answer_to_opening(const std::filesystem::path& file) {
    try {
        impatient(file);
        return "opened";
    } catch (const StoreError& error) {
        return error.what();
    }
}

mode_t mode_of(const std::filesystem::path& file) {
    struct stat found {};
    REQUIRE(::stat(file.c_str(), &found) == 0);
    return found.st_mode & 07777;
}

/// flock(2) on a file, as any program can take that can open it.
class Flock {
public:
    explicit Flock(const std::filesystem::path& file) : file_(::open(file.c_str(), O_RDONLY)) {
        REQUIRE(file_ >= 0);
        REQUIRE(::flock(file_, LOCK_EX) == 0);
    }
    ~Flock() { ::close(file_); }
    Flock(const Flock&) = delete;
    Flock& operator=(const Flock&) = delete;

private:
    int file_;
};

}  // namespace

TEST_CASE("a writer that is stopped is named to those who wait, and blocks no reader") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    {
        const auto store = open_sqlite_store(file);
        open_case(*store, "a-1");
    }
    SharedCounts<2> steps;
    Child writer([&] {
        const auto store = open_sqlite_store(file);
        store->begin();
        store->append(opening(store->new_case(), "a-2"));
        steps[1] = static_cast<std::uint32_t>(getpid());
        steps[0] = 1;
        while (steps[0] == 1) usleep(1000);
        store->commit();
    });
    while (steps[0] == 0) usleep(500);
    const auto process = static_cast<pid_t>(steps[1]);
    REQUIRE(::kill(process, SIGSTOP) == 0);

    const auto reader = read_sqlite_store(file);
    reader->begin();
    CHECK(reader->counts().cases == 1);
    reader->commit();

    const auto begun = std::chrono::steady_clock::now();
    CHECK_THAT(answer_to_opening(file), Contains("process " + std::to_string(process)) &&
                                            Contains("(it is stopped)") && Contains("hall.db"));
    CHECK(std::chrono::steady_clock::now() - begun < 10s);
    REQUIRE(::kill(process, SIGCONT) == 0);
    steps[0] = 2;
    CHECK(writer.end() == 0);
    CHECK(answer_to_opening(file) == "opened");
    CHECK(reader->counts().cases == 2);
}

TEST_CASE("a writer that waits for another's unit of work goes on, and answers late only") {
    const TemporaryFolder folder;
    const auto one = impatient(folder / "hall.db"), two = impatient(folder / "hall.db");
    one->begin();
    CHECK_THROWS_WITH(two->begin(), Contains("is in use by") && Contains("process"));
    one->commit();
    two->begin();
    two->append(opening(two->new_case(), "a-1"));
    two->commit();
}

TEST_CASE("who holds the lock without having written it is found by the kernel's word") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    { open_sqlite_store(file); }
    const Flock stranger(folder / "hall.db-lock");
    CHECK_THAT(answer_to_opening(file), Contains("process " + std::to_string(getpid())));
}

TEST_CASE("a process that is stopped while it has the turn holds nobody up for long") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    { open_sqlite_store(file); }
    const int lock = ::open((folder / "hall.db-lock").c_str(), O_RDWR);
    struct flock turn {};
    turn.l_type = F_WRLCK;
    turn.l_whence = SEEK_SET;
    turn.l_len = 1;
    REQUIRE(::fcntl(lock, F_OFD_SETLK, &turn) == 0);
    CHECK(answer_to_opening(file) == "opened");
    ::close(lock);
}

TEST_CASE("the lock file is for the store's owner, and for its group where that may write") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    { open_sqlite_store(file); }
    CHECK(mode_of(folder / "hall.db-lock") == 0600);
    // As an older version made it.
    REQUIRE(::chmod((folder / "hall.db-lock").c_str(), 0644) == 0);
    REQUIRE(::chmod(file.c_str(), 0640) == 0);
    { open_sqlite_store(file); }
    CHECK(mode_of(folder / "hall.db-lock") == 0600);
    REQUIRE(::chmod(file.c_str(), 0660) == 0);
    { open_sqlite_store(file); }
    CHECK(mode_of(folder / "hall.db-lock") == 0660);
}

TEST_CASE("what is no lock file of the store's is not taken for one") {
    const TemporaryFolder folder;
    const auto lock = folder / "hall.db-lock";
    SECTION("a symbolic link") {
        std::filesystem::create_symlink(folder / "elsewhere", lock);
    }
    SECTION("a folder") {
        std::filesystem::create_directory(lock);
    }
    SECTION("a pipe") {
        REQUIRE(::mkfifo(lock.c_str(), 0600) == 0);
    }
    CHECK_THAT(answer_to_opening(folder / "hall.db"), Contains("lock file"));
    CHECK_FALSE(std::filesystem::exists(folder / "elsewhere"));
}

TEST_CASE("a lock file that is taken away is not what the next one locks") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    const auto store = impatient(file);
    std::filesystem::remove(folder / "hall.db-lock");
    store->begin();
    CHECK_THAT(answer_to_opening(file), Contains("is in use by"));
    store->commit();
}

TEST_CASE("all names of a store lead to one lock and one log") {
    const TemporaryFolder folder;
    const auto file = folder / "real.db";
    { open_sqlite_store(file); }
    std::filesystem::create_symlink("real.db", folder / "link.db");
    std::filesystem::create_directory(folder / "sub");
    std::filesystem::create_symlink("../link.db", folder / "sub/again.db");
    const Flock held(folder / "real.db-lock");
    for (const auto* name : {"link.db", "./real.db", "sub/../real.db", "sub/again.db"}) {
        INFO(name);
        CHECK_THAT(answer_to_opening(folder / name), Contains("real.db is in use by"));
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "sub"))
        CHECK(entry.path().filename() == "again.db");
    CHECK_FALSE(std::filesystem::exists(folder / "link.db-lock"));
}

TEST_CASE("a link to a store that is to be made makes it where it leads") {
    const TemporaryFolder folder;
    std::filesystem::create_symlink("real.db", folder / "link.db");
    { open_sqlite_store(folder / "link.db"); }
    CHECK(std::filesystem::is_regular_file(folder / "real.db"));
    CHECK(std::filesystem::exists(folder / "real.db-lock"));
}

TEST_CASE("a store with a second name is refused, since that would have a log of its own") {
    const TemporaryFolder folder;
    { open_sqlite_store(folder / "real.db"); }
    std::filesystem::create_hard_link(folder / "real.db", folder / "hard.db");
    CHECK_THAT(answer_to_opening(folder / "hard.db"), Contains("2 names"));
    CHECK_THAT(answer_to_opening(folder / "real.db"), Contains("2 names"));
    CHECK_THROWS_WITH(read_sqlite_store(folder / "hard.db"), Contains("2 names"));
    CHECK_FALSE(std::filesystem::exists(folder / "hard.db-lock"));
}

TEST_CASE("names that mean something else to SQLite are files") {
    const TemporaryFolder folder;
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(folder / ".");
    for (const std::string name :
         {"file:x.db", "file:x.db?mode=memory", ":memory:", "a%20b?c#d.db"}) {
        INFO(name);
        { open_case(*open_sqlite_store(name), "a-1"); }
        CHECK(std::filesystem::is_regular_file(name));
        CHECK(std::filesystem::exists(name + "-lock"));
        CHECK(read_sqlite_store(name)->counts().cases == 1);
    }
    CHECK_FALSE(std::filesystem::exists("x.db"));
    CHECK_THROWS_AS(open_sqlite_store(""), StoreError);
    std::filesystem::current_path(before);
}

TEST_CASE("a store that was moved away, deleted or replaced acknowledges nothing more") {
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    auto store = open_sqlite_store(file);
    open_case(*store, "a-1");
    const bool in_between = GENERATE(false, true);
    const std::string which = GENERATE("hall.db", "hall.db-wal", "hall.db-shm");
    const std::string what = GENERATE("moved", "deleted", "replaced");
    INFO(which << ' ' << what << (in_between ? " within a unit of work" : " before one"));
    if (in_between) {
        store->begin();
        store->append(opening(store->new_case(), "a-2"));
    }
    if (what == "moved") std::filesystem::rename(folder / which.c_str(), folder / "away");
    if (what == "deleted") std::filesystem::remove(folder / which.c_str());
    if (what == "replaced") {
        std::filesystem::copy_file(folder / which.c_str(), folder / "other");
        std::filesystem::rename(folder / "other", folder / which.c_str());
    }
    const std::string how = what == "replaced" ? "replaced" : "moved away";
    if (in_between)
        CHECK_THROWS_WITH(store->commit(), Contains(which) && Contains(how));
    else
        CHECK_THROWS_WITH(store->begin(), Contains(which) && Contains(how));
    CHECK_THROWS_WITH(store->begin(), Contains("reopen it"));
    // It leaves what is there under its names as it is.
    const bool there = std::filesystem::exists(folder / which.c_str());
    store.reset();
    CHECK(std::filesystem::exists(folder / which.c_str()) == there);
}

}  // namespace workflow::testing::lock_test
