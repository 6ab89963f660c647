// The program's words for ratings, from the secret to the figures.

#include <fstream>

#include "support/temporary_folder.hpp"
#include "tools/terminal.hpp"

namespace workflow::testing::rate_test {

namespace {

struct Desk {
    Desk() {
        REQUIRE(run({"rate", "keygen", "--out", secret}).code == 0);
        run.environment["WORKFLOW_RATING_SECRET"] = secret;
        const auto opened = run({"open", "social-card.replace-lost", "--as", "lin", "--applicant",
                                 "1001", "--field", "id_number=420600199001011001", "--material",
                                 "photo", "--format", "json"});
        INFO(opened.err);
        REQUIRE(opened.code == 0);
        number = opened.json().at("case");
        REQUIRE(run({"complete", number, "accept", "--as", "lin"}).code == 0);
        const auto told = run({"rate", "tokens", number, "--format", "json"});
        INFO(told.err);
        REQUIRE(told.code == 0);
        REQUIRE(told.json().size() == 1);
        token = told.json().at(0).at("token");
        task = std::to_string(told.json().at(0).at("task").get<int>());
        CHECK(told.json().at(0).at("officer") == "lin");
    }
    TemporaryFolder folder;
    Terminal run;
    std::string secret = (folder / "rating.secret").string(), number, token, task;
};

}  // namespace

TEST_CASE("a visit is rated with the token from the receipt, once") {
    Desk desk;
    auto& run = desk.run;
    CHECK(run({"rate", desk.number, "--task", desk.task, "--grade", "5"}).code == 2);
    CHECK(run({"rate", desk.number, "--task", desk.task, "--token", desk.token, "--grade", "6"})
              .code == 2);
    CHECK(run({"rate", desk.number, "--task", desk.task, "--token", "0", "--grade", "5"}).code ==
          4);
    const auto rated = run({"rate", desk.number, "--task", desk.task, "--token", desk.token,
                            "--grade", "2", "--comment", "waited for an hour"});
    INFO(rated.err);
    CHECK(rated.code == 0);
    CHECK(holds(rated.out, "2 of 5"));
    CHECK_FALSE(holds(rated.out, "waited for an hour"));
    const auto again =
        run({"rate", desk.number, "--task", desk.task, "--token", desk.token, "--grade", "5"});
    CHECK(again.code == 4);
    CHECK(holds(again.err, "rated_already"));
    CHECK(run({"rate", "add", desk.number, "--task", desk.task, "--token", desk.token, "--comment",
               "in the rain"})
              .code == 0);
    CHECK(run({"rate", "aside", desk.number, "--task", desk.task, "--as", "lin", "--reason", "x"})
              .code == 4);
}

TEST_CASE("tokens follow from the secret that the case was rated by, and it is never replaced") {
    Desk desk;
    CHECK(desk.run({"rate", "keygen", "--out", desk.secret}).code == 3);
    const auto other = (desk.folder / "other.secret").string();
    REQUIRE(desk.run({"rate", "keygen", "--out", other}).code == 0);
    const auto told = desk.run({"rate", "tokens", desk.number, "--rating-secret", other});
    CHECK(told.code == 3);
    CHECK(holds(told.err, "another secret"));
    std::ofstream(other) << "not a secret";
    CHECK(holds(desk.run({"rate", "tokens", desk.number, "--rating-secret", other}).err,
                "64 hex digits"));
    desk.run.environment.erase("WORKFLOW_RATING_SECRET");
    CHECK(desk.run({"rate", "tokens", desk.number}).code == 2);
}

TEST_CASE("ratings are told by officer, post and item") {
    Desk desk;
    auto& run = desk.run;
    REQUIRE(run({"rate", desk.number, "--task", desk.task, "--token", desk.token, "--grade", "2"})
                .code == 0);
    const auto told = run({"report", "ratings", "--format", "json"}).json();
    REQUIRE(told.at("rows").size() == 1);
    const auto& row = told.at("rows").at(0);
    CHECK(row.at("officer") == "lin");
    CHECK(row.at("invited") == 1);
    CHECK(row.at("mean_grade") == 2.0);
    CHECK(row.at("negative_share") == 1.0);
    CHECK(told.at("follow_ups").at("opened") == 0);  // this catalog names no item for it
    CHECK(run({"report", "ratings", "--of", "posts", "--format", "json"})
              .json()
              .at("rows")
              .at(0)
              .at("post") == "general-window");
    CHECK(holds(run({"report", "ratings", "--of", "items", "--by", "month", "--format", "csv"}).out,
                "social-card.replace-lost,2026-03,1,1,1,2,1,1,0"));
    const auto page = run({"report", "ratings", "--format", "html", "--language", "zh"});
    CHECK(holds(page.out, "好差评"));
    CHECK(holds(run({"report", "ratings"}).out, "Silence counts as nothing"));
}

}  // namespace workflow::testing::rate_test
