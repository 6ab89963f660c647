// What makes promises weaker than documented is told: at each start in a line, by `doctor` in full.

#include <sqlite3.h>
#include <sys/stat.h>

#include <set>

#include "tools/terminal.hpp"

namespace workflow::testing::doctor_test {

namespace {

std::set<std::string> found(Terminal& run, const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"doctor", "--format", "json"};
    words.insert(words.end(), more.begin(), more.end());
    const auto said = run(words);
    INFO(said.err);
    std::set<std::string> codes;
    const auto json = said.json();
    for (const auto& one : json.at("findings")) codes.insert(one.at("code"));
    CHECK((said.code == 1) == !codes.empty());
    return codes;
}

}  // namespace

TEST_CASE("a command that writes says once what is weaker than documented, unless that is known") {
    Terminal run;
    run.environment.erase("WORKFLOW_ACCEPTED");
    const auto said = run({"open", "social-card.replace-lost", "--applicant", "1001", "--field",
                           "id_number=1", "--format", "json"});
    CHECK(said.code == 0);
    CHECK(said.json().contains("case"));
    CHECK(std::count(said.err.begin(), said.err.end(), '\n') == 1);
    for (const auto* part : {"--draw-secret", "--rating-secret", "--vault-key", "checkpoints"})
        CHECK(holds(said.err, part));
    CHECK(run({"cases"}).err.empty());
    CHECK(run({"open", "--help"}).err.empty());

    run.environment["WORKFLOW_ACCEPTED"] = "draws,ratings,vault";
    const auto less = run({"advance"}).err;
    CHECK_FALSE(holds(less, "--draw-secret"));
    CHECK(holds(less, "WORKFLOW_CHECKPOINTS"));
}

TEST_CASE("the doctor lists what is missing, and writes nothing") {
    Terminal run;
    run.open();
    const auto before = run({"trail", "verify", "--format", "json"}).json().at("events");
    const auto codes = found(run);
    for (const auto* code :
         {"draws", "ratings", "vault", "checkpoints", "backup", "one-supervisor"})
        CHECK(codes.contains(code));
    CHECK_FALSE(codes.contains("one-absence"));
    CHECK_FALSE(codes.contains("small-pool"));
    CHECK_FALSE(codes.contains("clock-behind"));
    CHECK_FALSE(codes.contains("guard-missing"));
    CHECK(run({"trail", "verify", "--format", "json"}).json().at("events") == before);
    CHECK(holds(run({"doctor"}).out, "draws: draws cannot be proved"));
    CHECK(run({"doctor", "--store", run.path("none.db")}).code == 3);
}

TEST_CASE("a hall that stops when one officer is away is named") {
    Terminal run;
    run.open();
    for (auto text : workflow::testing::standard_texts())
        if (const auto at = text.content.find("[general-window, reviewer]");
            at != std::string::npos) {
            text.content.replace(at, 26, "[reviewer]");
            run.write("definitions/" + text.path, text.content);
        }
    CHECK(found(run).contains("one-absence"));
}

TEST_CASE("secrets and stores that others can read are named") {
    Terminal run;
    REQUIRE(run({"rate", "keygen", "--out", run.path("rating.secret")}).code == 0);
    run.environment["WORKFLOW_RATING_SECRET"] = run.path("rating.secret");
    run.open();
    CHECK_FALSE(found(run).contains("secret-open"));
    CHECK_FALSE(found(run).contains("ratings"));
    ::chmod(run.path("rating.secret").c_str(), 0644);
    CHECK(found(run).contains("secret-open"));
    for (const auto* side : {"", "-wal", "-shm", "-lock"})
        ::chmod((run.path("hall.db") + side).c_str(), 0600);
    CHECK_FALSE(found(run).contains("store-open"));
    ::chmod(run.path("hall.db").c_str(), 0664);
    CHECK(found(run).contains("store-open"));
}

TEST_CASE("a clock behind the trail, and a year that no calendar knows, are named") {
    Terminal run;
    run.open();
    run.pass_days(-1);
    CHECK(found(run).contains("clock-behind"));
    run.pass_days(400);
    CHECK(found(run).contains("provisional-calendar"));
}

TEST_CASE("an old checkpoint is named once something came after it, and so is an old backup") {
    Terminal run;
    run.open();
    const auto made =
        run({"trail", "keygen", "--origin", "hall.example", "--key", run.path("hall.pem")});
    REQUIRE(made.code == 0);
    run.environment["WORKFLOW_CHECKPOINTS"] = run.path("hall.checkpoints");
    REQUIRE(run({"trail", "checkpoint", "--key", run.path("hall.pem"), "--origin", "hall.example",
                 "--out", run.path("hall.checkpoints")})
                .code == 0);
    CHECK_FALSE(found(run).contains("checkpoints"));
    run.pass_days(2);
    CHECK_FALSE(found(run).contains("checkpoint-old"));
    run.open("1002");
    CHECK(found(run).contains("checkpoint-old"));

    run.write("backup.db", "some bytes");
    CHECK(found(run, {"--backup", run.path("none")}).contains("backup"));
}

TEST_CASE("a guard that somebody took out of the file is named, and a stranger put in") {
    Terminal run;
    run.open();
    sqlite3* file = nullptr;
    REQUIRE(sqlite3_open(run.path("hall.db").c_str(), &file) == SQLITE_OK);
    REQUIRE(sqlite3_exec(file,
                         "DROP TRIGGER events_are_never_deleted;"
                         "CREATE TRIGGER quietly AFTER INSERT ON cases BEGIN SELECT 1; END",
                         nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(file);
    const auto codes = found(run);
    CHECK(codes.contains("guard-missing"));
    CHECK(codes.contains("stranger"));
}

TEST_CASE("an item that was changed under a published number is refused, and named before") {
    Terminal run;
    run.open();
    for (const auto& text : workflow::testing::standard_texts()) {
        auto content = text.content;
        if (const auto at = content.find("promised: 5 workdays"); at != std::string::npos)
            content.replace(at, 20, "promised: 6 workdays");
        run.write("definitions/" + text.path, content);
    }
    CHECK(found(run).contains("changed-revision"));
    const auto opened =
        run({"open", "social-card.replace-lost", "--applicant", "1002", "--field", "id_number=1"});
    CHECK(opened.code == 4);
    CHECK(holds(opened.err, "changed_revision"));
    CHECK(holds(opened.err, "give the changed item a higher `revision`"));
    CHECK(holds(run({"publish", "social-card.replace-lost", "--as", "chief", "--reason", "x"}).err,
                "changed_revision"));
}

}  // namespace workflow::testing::doctor_test
