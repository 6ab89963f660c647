// Commands that only read need nobody's leave; those that write wait, and say for whom.

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <map>

#include "support/database_owner.hpp"
#include "tools/second_verifier.hpp"

namespace workflow::testing::without_lock_test {

namespace {

/// flock(2) on the lock file of a store, as a writer holds it that was stopped.
class Held {
public:
    explicit Held(const std::string& lock) : file_(::open(lock.c_str(), O_RDWR | O_CREAT, 0600)) {
        REQUIRE(file_ >= 0);
        REQUIRE(::flock(file_, LOCK_EX) == 0);
    }
    ~Held() { ::close(file_); }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

private:
    int file_;
};

std::map<std::string, std::uintmax_t> sizes_in(const std::string& folder) {
    std::map<std::string, std::uintmax_t> sizes;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        sizes[entry.path().filename().string()] = entry.file_size();
    return sizes;
}

}  // namespace

TEST_CASE("commands that only read wait for no writer") {
    AnchoredHall hall;
    const auto number = hall.work(1001);
    const std::vector<std::string> checkpoint{
        "trail",    "checkpoint",   "--key", hall.path("hall.pem"),
        "--origin", "hall.example", "--out", hall.path("checkpoints")};
    REQUIRE(hall(checkpoint).code == 0);
    const Held held(hall.path("hall.db-lock"));
    const std::vector<std::vector<std::string>> reading{
        {"show", number},
        {"show", number, "--reader", "lin"},
        {"show", number, "--dossier", hall.path("dossier.html")},
        {"trail", number},
        {"trail", "verify"},
        {"trail", "verify", "--checkpoints", hall.path("checkpoints"), "--public-key",
         hall.path("hall.pub")},
        checkpoint,
        {"trail", "prove", number, "--checkpoints", hall.path("checkpoints"), "--out",
         hall.path("proof.json")},
        {"receipt", number, "--checkpoints", hall.path("checkpoints"), "--out",
         hall.path("receipt.html")},
        {"cases"},
        {"tasks"},
        {"journal"},
        {"staff"},
        {"report", "officers"},
        {"export", "xes"},
        {"graph", "social-card.replace-lost", "--as", "svg"}};
    for (const auto& words : reading) {
        INFO(words[0] << ' ' << (words.size() > 1 ? words[1] : ""));
        const Said said = hall(words);
        INFO(said.err);
        CHECK(said.code == 0);
    }
    CHECK(hall.second_says().code == 0);
}

TEST_CASE("a command that writes waits as long as it is told to, and says who has the store") {
    AnchoredHall hall;
    hall.work(1001);
    const Held held(hall.path("hall.db-lock"));
    const Said said = hall({"advance", "--wait", "1"});
    CHECK(said.code == 3);
    INFO(said.err);
    CHECK(holds(said.err, "hall.db is in use by"));
    CHECK(holds(said.err, "process " + std::to_string(getpid())));
    CHECK(hall({"advance", "--wait", "soon"}).code == 2);
}

TEST_CASE("a copy that cannot be written is verified and anchored, and stays as it is") {
    AnchoredHall hall;
    hall.work(1001);
    const auto folder = hall.path("copy");
    std::filesystem::create_directory(folder);
    std::filesystem::copy_file(hall.path("hall.db"), folder + "/hall.db");
    REQUIRE(::chmod((folder + "/hall.db").c_str(), 0444) == 0);
    REQUIRE(::chmod(folder.c_str(), 0555) == 0);
    hall.environment["WORKFLOW_STORE"] = folder + "/hall.db";
    const auto before = sizes_in(folder);
    const Said verified = hall({"trail", "verify"});
    INFO(verified.out << verified.err);
    CHECK(verified.code == 0);
    CHECK(second_verifier(folder + "/hall.db").code == 0);
    const Said anchored = hall({"trail", "checkpoint", "--key", hall.path("hall.pem"), "--origin",
                                "hall.example", "--out", hall.path("checkpoints")});
    INFO(anchored.err);
    CHECK(anchored.code == 0);
    CHECK(sizes_in(folder) == before);
    ::chmod(folder.c_str(), 0755);
}

TEST_CASE("the name of a store is a file's name, whatever it means to SQLite") {
    AnchoredHall hall;
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(hall.path("."));
    hall.environment["WORKFLOW_STORE"] = ":memory:";
    const Said refused = hall({"open", "social-card.replace-lost", "--as", "lin"});
    CHECK(refused.code == 2);
    CHECK(holds(refused.err, ":memory:"));
    CHECK(hall({"cases"}).code == 2);
    hall.environment["WORKFLOW_STORE"] = "file:x.db";
    CHECK(holds(hall.open(), "420714001000"));
    CHECK(std::filesystem::is_regular_file("file:x.db"));
    CHECK_FALSE(std::filesystem::exists("x.db"));
    CHECK(hall({"cases"}).code == 0);
    CHECK(hall({"trail", "verify"}).code == 0);
    CHECK(second_verifier("file:x.db").code == 0);
    std::filesystem::current_path(before);
}

TEST_CASE("without checkpoints verification ends with what it does not show") {
    AnchoredHall hall;
    hall.work(1001);
    const Said plain = hall({"trail", "verify"});
    CHECK(plain.code == 0);
    CHECK(
        holds(plain.out, "the trail is intact\nThis shows that the store is consistent, but not"));
    CHECK(holds(hall.second_says(false).out, "This shows that the store is consistent, but not"));
    const Said json = hall({"trail", "verify", "--format", "json"});
    CHECK(holds(json.json().at("not_shown").get<std::string>(), "--checkpoints"));
}

TEST_CASE("what was changed is named by its table, its row and its column") {
    AnchoredHall hall;
    const auto number = hall.work(1001);
    workflow::testing::DatabaseOwner(hall.path("hall.db"))
        .run("update cases set hall = 'south' where item <> ''");
    const Said said = hall({"trail", "verify"});
    CHECK(said.code == 1);
    CHECK(holds(said.out, "broken  " + number + " cases (key "));
    CHECK(holds(said.out, "), hall: it is `south`, and by the events `"));
}

}  // namespace workflow::testing::without_lock_test
