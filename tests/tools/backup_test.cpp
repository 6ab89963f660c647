// `store backup`: the procedure of docs/operating.md.

#include <sys/stat.h>

#include "support/children.hpp"
#include "support/database_owner.hpp"
#include "tools/terminal.hpp"

namespace workflow::testing::backup_test {

namespace fs = std::filesystem;

namespace {

std::size_t files_beside(const std::string& file) {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(fs::path(file).parent_path()))
        if (holds(entry.path().filename().string(), fs::path(file).filename().string())) ++count;
    return count;
}

}  // namespace

TEST_CASE("a backup is one verified file that its owner alone may read, and a store of its own") {
    Terminal hall;
    const auto number = hall.open();
    const auto copy = hall.path("copy.db");
    const Said said = hall({"store", "backup", "--out", copy, "--format", "json"});
    INFO(said.err);
    REQUIRE(said.code == 0);
    CHECK(said.json().at("cases") == 1);
    struct stat status {};
    REQUIRE(stat(copy.c_str(), &status) == 0);
    CHECK((status.st_mode & 07777U) == 0600);
    CHECK(files_beside(copy) == 1);
    CHECK(hall({"trail", "verify", "--store", copy}).code == 0);
    CHECK(hall({"trail", number, "--store", copy}).out == hall({"trail", number}).out);
    // What happens afterwards is in one of the two.
    hall.open("1002");
    CHECK(hall({"cases", "--store", copy, "--format", "json"}).json().size() == 1);
}

TEST_CASE("a backup is made while another process writes, and each one verifies") {
    Terminal hall;
    hall.open("1001");
    Child writer([&] {
        for (int i = 2; i < 60; ++i) hall.open(std::to_string(1000 + i));
    });
    for (int i = 0; i < 5; ++i) {
        const auto copy = hall.path("copy-" + std::to_string(i) + ".db");
        const Said said = hall({"store", "backup", "--out", copy});
        INFO(said.err);
        CHECK(said.code == 0);
        CHECK(hall({"trail", "verify", "--store", copy}).code == 0);
    }
    CHECK(writer.end() == 0);
    CHECK(hall({"trail", "verify"}).code == 0);
}

TEST_CASE("a backup never replaces one, and none is left of a store that is broken") {
    Terminal hall;
    hall.open();
    const auto copy = hall.path("copy.db");
    REQUIRE(hall({"store", "backup", "--out", copy}).code == 0);
    const Said again = hall({"store", "backup", "--out", copy});
    CHECK(again.code == 2);
    CHECK(holds(again.err, "must not be replaced"));
    DatabaseOwner(hall.path("hall.db")).run("update events set body = x'00' where position = 2");
    const Said broken = hall({"store", "backup", "--out", hall.path("broken.db")});
    CHECK(broken.code == 1);
    CHECK(holds(broken.err, "trail verify"));
    CHECK(files_beside(hall.path("broken.db")) == 0);
}

TEST_CASE("a backup that is put in the store's place is worked on") {
    Terminal hall;
    const auto number = hall.open();
    const auto copy = hall.path("copy.db"), store = hall.path("hall.db");
    REQUIRE(hall({"store", "backup", "--out", copy}).code == 0);
    hall.open("1002");
    fs::create_directory(hall.path("aside"));
    for (const char* ending : {"", "-wal", "-shm", "-lock"})
        if (fs::exists(store + ending))
            fs::rename(store + ending, hall.path("aside/hall.db") + ending);
    fs::copy_file(copy, store);
    CHECK(hall({"trail", "verify"}).code == 0);
    CHECK(hall({"complete", number, "accept", "--as", "lin"}).code == 0);
    CHECK(hall({"trail", "verify"}).code == 0);
}

}  // namespace workflow::testing::backup_test
