// How a panel decides by its votes, which the engine counts.

#include "support/catch.hpp"
#include "support/hall.hpp"

namespace workflow::testing::votes_test {

namespace {

std::string panel_item(const std::string& decide, const std::string& then,
                       const std::string& more = "") {
    return R"(item: talent
title: 认定
kind: committed
limits: {promised: 20 workdays}
fields: {note: {type: string}}
start: experts
steps:
  experts:
    panel: study
    members: 3
    )" + more +
           R"(
    decide: )" +
           decide + R"(
    outcomes:
      favour: {to: done, decides: true}
      against: {to: done, requires: reason, decides: true}
      abstain: {to: done, decides: true}
    then: )" +
           then + R"(
  chief: {task: study, pool: pass-through, outcomes: {settle: granted, again: experts}}
  granted: {end: granted}
  rejected: {end: refused}
)";
}

constexpr const char* staff = R"(organization: experts
title: 专家
halls: {main: 主厅}
posts: {scholar: {duties: [study]}}
officers:
  a: {name: 甲, hall: main, posts: [scholar]}
  b: {name: 乙, hall: main, posts: [scholar]}
  c: {name: 丙, hall: main, posts: [scholar]}
  d: {name: 丁, hall: main, posts: [scholar]}
)";

struct Panel : Hall {
    explicit Panel(const std::string& text) : Hall({text, staff}) { REQUIRE(open()); }
    HallAnswer vote(int member, const char* outcome) {
        return complete_by_holder("experts-" + std::to_string(member), outcome, "理由");
    }
    /// The votes as the engine has counted them.
    [[nodiscard]] std::string counts() const {
        return to_string(c.fields[process.panels.front().slot]);
    }
};

const std::string three_ways = "{favour: granted, against: rejected, otherwise: chief}";
const std::string two_ways = "{favour: granted, otherwise: rejected}";

}  // namespace

TEST_CASE("a majority decides when all have voted, and without one the case goes elsewhere") {
    Panel favoured(panel_item("majority", three_ways));
    REQUIRE(favoured.vote(1, "favour"));
    REQUIRE(favoured.vote(2, "favour"));
    CHECK(favoured.status() == "open");
    REQUIRE(favoured.vote(3, "against"));
    CHECK(favoured.status() == "granted");
    Panel split(panel_item("majority", three_ways));
    REQUIRE(split.vote(1, "favour"));
    REQUIRE(split.vote(2, "against"));
    REQUIRE(split.vote(3, "abstain"));
    CHECK(split.steps() == "chief");
}

TEST_CASE("with a quorum two that agree are enough, and two that differ wait for the third") {
    Panel agreed(panel_item("majority", three_ways, "quorum: 2"));
    REQUIRE(agreed.vote(1, "against"));
    REQUIRE(agreed.vote(3, "against"));
    CHECK(agreed.status() == "refused");
    Panel differing(panel_item("majority", three_ways, "quorum: 2"));
    REQUIRE(differing.vote(1, "against"));
    REQUIRE(differing.vote(3, "favour"));
    CHECK(differing.status() == "open");
    REQUIRE(differing.vote(2, "favour"));
    CHECK(differing.status() == "granted");
}

TEST_CASE("so many of them in favour, or else") {
    Panel enough(panel_item("2 of 3 favour", two_ways));
    REQUIRE(enough.vote(1, "favour"));
    REQUIRE(enough.vote(2, "abstain"));
    REQUIRE(enough.vote(3, "favour"));
    CHECK(enough.status() == "granted");
    Panel impossible(panel_item("2 of 3 favour", two_ways, "quorum: 2"));
    REQUIRE(impossible.vote(1, "abstain"));
    REQUIRE(impossible.vote(2, "against"));
    CHECK(impossible.status() == "refused");
}

TEST_CASE("a rule over the counts decides") {
    const std::string rule =
        "'if experts.against > 0 then \"against\" else if experts.favour >= 2 then \"favour\" "
        "else null'";
    Panel vetoed(panel_item(rule, three_ways));
    REQUIRE(vetoed.vote(1, "favour"));
    REQUIRE(vetoed.vote(2, "favour"));
    REQUIRE(vetoed.vote(3, "against"));
    CHECK(vetoed.status() == "refused");
    Panel open(panel_item(rule, three_ways));
    REQUIRE(open.vote(1, "favour"));
    REQUIRE(open.vote(2, "abstain"));
    REQUIRE(open.vote(3, "abstain"));
    CHECK(open.steps() == "chief");
}

TEST_CASE("nobody brings votes of their own, and a second panel counts from nothing") {
    Panel panel(panel_item("majority", three_ways));
    CHECK(panel
              .complete("experts-1", "favour", panel.holder("experts-1"), "理由",
                        {{FieldId("experts"), Value(decimal_of(3))}})
              .refused(RefusalCode::unknown_field));
    REQUIRE(panel.vote(1, "favour"));
    REQUIRE(panel.vote(2, "against"));
    REQUIRE(panel.vote(3, "abstain"));
    CHECK(panel.counts() == "{favour: 1, against: 1, abstain: 1}");
    REQUIRE(panel.complete_by_holder("chief", "again"));
    CHECK(panel.counts() == "{favour: 0, against: 0, abstain: 0}");
    REQUIRE(panel.vote(1, "favour"));
    CHECK(panel.counts() == "{favour: 1, against: 0, abstain: 0}");
}

}  // namespace workflow::testing::votes_test
