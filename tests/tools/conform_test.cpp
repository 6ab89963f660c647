// `conform`: a log against an item.

#include "tools/terminal.hpp"

namespace workflow::testing::conform_test {

namespace {

constexpr const char* log_of_two = R"(case,activity,time
good,intake,2026-03-02T09:00:00
good,Reviewed,2026-03-02T10:00:00
good,issue,2026-03-02T11:00:00
bad,intake,2026-03-02T09:00:00
bad,issue,2026-03-02T10:00:00
bad,tea,2026-03-02T11:00:00
)";
constexpr const char* item = "social-card.replace-lost";

}  // namespace

TEST_CASE("conform names each deviation with its case, its place and the definition's line") {
    Terminal run;
    run.write("log.csv", log_of_two);
    const auto said = run({"conform", run.path("log.csv"), item, "--map", "Reviewed=review.approve",
                           "--map", "intake=intake.accept"});
    CHECK(said.code == 1);
    CHECK(holds(said.out, "2 cases, 6 events, 2 variants against social-card.replace-lost\n"));
    CHECK(holds(said.out, "50.0 % fit: 1 case, in 1 variant; fitness 0.7500\n"));
    CHECK(holds(said.out, "`tea` is not a step of the item: 1 event\n"));
    CHECK(holds(said.out, "bad (fitness 0.500)\n"));
    CHECK(holds(said.out, "event 3: extra `tea`\n"));
    CHECK(holds(said.out, "before event 2: missing `review.approve`  "));
    CHECK(holds(said.out, "definitions/accept-review-issue.yaml:24\n"));
}

TEST_CASE("conform in JSON has every variant under stable keys") {
    Terminal run;
    run.write("log.csv", log_of_two);
    run.write("map", "# ours\nintake=intake.accept\nReviewed=review.approve\ntea=\n");
    const auto said = run(
        {"conform", run.path("log.csv"), item, "--mapping", run.path("map"), "--format", "json"});
    CHECK(said.code == 1);
    const auto json = said.json();
    CHECK(json.at("cases") == 2);
    CHECK(json.at("events") == 5);
    CHECK(json.at("fitting_cases") == 1);
    CHECK(json.at("unknown_activities").empty());
    REQUIRE(json.at("variants").size() == 2);
    const auto& bad = json.at("variants")[1];
    CHECK(bad.at("deviating").dump() == R"(["bad"])");
    REQUIRE(bad.at("deviations").size() == 1);
    CHECK(bad.at("deviations")[0].at("kind") == "missing_step");
    CHECK(bad.at("deviations")[0].at("position") == 2);
    CHECK(bad.at("deviations")[0].at("step") == "review");
    CHECK(bad.at("deviations")[0].at("line") == 24);
}

TEST_CASE("what the program exports fits, and what is no log is named") {
    Terminal run;
    run.open();
    run({"export", "xes", "--out", run.path("hall.xes")});
    CHECK(run({"conform", run.path("hall.xes"), item, "--unfinished"}).code == 0);
    CHECK(run({"conform", run.path("hall.xes"), item}).code == 1);
    CHECK(run({"conform", run.path("none.xes"), item}).code == 3);
    run.write("log.csv", log_of_two);
    const auto wrong = run({"conform", run.path("log.csv"), item, "--map", "Reviewed=reveiw"});
    CHECK(wrong.code == 2);
    CHECK(holds(wrong.err, "has no step or outcome `reveiw`"));
    CHECK(holds(wrong.err, "did you mean `review`?"));
    run.write("other.csv", "case,activity,time\n1,tea,2026-03-02\n");
    const auto other = run({"conform", run.path("other.csv"), item});
    CHECK(other.code == 2);
    CHECK(holds(other.err,
                "no activity of the log corresponds to a step of social-card.replace-lost"));
    CHECK(holds(other.err, "`tea`"));
}

}  // namespace workflow::testing::conform_test
