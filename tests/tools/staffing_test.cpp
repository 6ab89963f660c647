// `staffing`: how many may be away.

#include "tools/terminal.hpp"

namespace workflow::testing::staffing_test {

namespace {

const std::string hall = R"(organization: hall
title: Hall
halls: {north: {title: N}}
posts: {window: {title: W, duties: [intake]}, issuer: {title: I, duties: [issue]}}
officers:
  a: {name: A, hall: north, posts: [window]}
  b: {name: B, hall: north, posts: [window]}
  c: {name: C, hall: north, posts: [issuer]}
)";

const std::string item = R"(item: card
title: Card
kind: instant
start: intake
steps:
  intake: {task: intake, post: window, outcomes: {accept: issue}}
  issue: {task: issue, post: issuer, outcomes: {deliver: granted}}
  granted: {end: granted}
)";

}  // namespace

TEST_CASE("staffing tells the absences that an item survives and who is essential") {
    Terminal run;
    run.write("hall.yaml", hall);
    run.write("card.yaml", item);
    const auto catalog = run.path("hall.yaml") + ":" + run.path("card.yaml");
    const auto said = run({"staffing", "card", "--catalog", catalog});
    CHECK(said.code == 0);
    CHECK(said.out ==
          "item  hall   may be away  nobody could stand in for\n"
          "card  north  0            c\n");
    const auto json = run({"staffing", "--catalog", catalog, "--format", "json"}).json();
    REQUIRE(json.size() == 1);
    CHECK(json[0]["absences"] == 0);
    CHECK(json[0]["or_more"] == false);
    CHECK(json[0]["essential"].dump() == R"(["c"])");
}

TEST_CASE("staffing of an item that is not there names the nearest one") {
    Terminal run;
    run.write("hall.yaml", hall);
    run.write("card.yaml", item);
    const auto said =
        run({"staffing", "cord", "--catalog", run.path("hall.yaml") + ":" + run.path("card.yaml")});
    CHECK(said.code == 2);
    CHECK(said.err.find("did you mean `card`?") != std::string::npos);
}

}  // namespace workflow::testing::staffing_test
