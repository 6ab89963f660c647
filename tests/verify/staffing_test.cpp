// Items that a roster cannot staff, and how many may be away from those that it can.

#include "verify/staffing.hpp"

#include "definition/loader.hpp"
#include "process/compiler.hpp"
#include "support/catch.hpp"
#include "support/definitions.hpp"

namespace workflow::testing::staffing_test {

namespace {

std::string staff(const std::string& officers) {
    return "organization: hall\ntitle: Hall\nhalls: {north: {title: N}, south: {title: S}}\n"
           "posts:\n"
           "  window: {title: Window, duties: [intake]}\n"
           "  reviewer: {title: Reviewer, duties: [review]}\n"
           "  expert: {title: Expert, duties: [opinion]}\n"
           "  issuer: {title: Issuer, duties: [issue]}\n"
           "officers:\n" +
           officers;
}

std::string officer(const std::string& name, const std::string& hall, const std::string& posts,
                    const std::string& more = {}) {
    return "  " + name + ": {name: N, hall: " + hall + ", posts: [" + posts + "]" + more + "}\n";
}

/// Either an opinion or a review, then the issue: no case has both.
const std::string either_way =
    "item: a\ntitle: A\nkind: committed\nlimits: {promised: 5 workdays}\n"
    "separated: [[opinion, issue], [opinion, intake], [opinion, review]]\nstart: intake\nsteps:\n"
    "  intake: {task: intake, post: window, outcomes: {plain: review, hard: opinion}}\n"
    "  review: {task: review, pool: pass-through, outcomes: {approve: issue}}\n"
    "  opinion: {task: opinion, pool: pass-through, outcomes: {given: issue}}\n"
    "  issue: {task: issue, post: issuer, outcomes: {deliver: granted}}\n"
    "  granted: {end: granted}\n";

std::vector<std::string> told(const std::string& item, const std::string& officers) {
    Sources sources;
    DiagnosticSink findings(sources);
    const auto loaded =
        definition::load({{"a.yaml", item}, {"staff.yaml", staff(officers)}}, sources, findings);
    REQUIRE(loaded.items.size() == 1);
    const auto process = process::compile(loaded.items[0], &*loaded.organization, findings);
    REQUIRE(process);
    verify::check_staffing(*process, *loaded.organization, findings);
    std::vector<std::string> messages;
    for (const auto& one : findings.take())
        if (one.code == "WF0609") messages.push_back(one.message);
    return messages;
}

using Messages = std::vector<std::string>;

}  // namespace

TEST_CASE("three tasks kept apart need three persons") {
    const auto enough = officer("a", "north", "window, reviewer") +
                        officer("b", "north", "reviewer, issuer, expert") +
                        officer("c", "north", "issuer");
    CHECK(told(either_way, enough + officer("d", "south", "expert")).empty());
    // The same person behind two accounts is one.
    const auto two = officer("a", "north", "window") +
                     officer("a2", "north", "reviewer, expert", ", person: a") +
                     officer("c", "north", "issuer");
    CHECK(told(either_way, two) ==
          Messages{"in `north` there are not enough officers for the separated tasks of one case: "
                   "`intake` (a), `opinion` (a)",
                   "in `north` there are not enough officers for the separated tasks of one case: "
                   "`intake` (a), `review` (a)"});
}

TEST_CASE("no way needs the officers of another way") {
    // One for the review or the opinion, which are kept apart and never in one case.
    CHECK(told(either_way, officer("a", "north", "window") +
                               officer("b", "north", "reviewer, expert") +
                               officer("c", "north", "issuer"))
              .empty());
}

TEST_CASE("a hall that takes an item in and cannot hand it out is told, one that does not is not") {
    const auto north = officer("a", "north", "window") + officer("b", "north", "reviewer, expert") +
                       officer("c", "north", "issuer");
    CHECK(told(either_way, north + officer("d", "south", "issuer")).empty());
    CHECK(told(either_way, north + officer("d", "south", "window")) ==
          Messages{"in `south` no officer may do `issue`"});
    // Who has a last day is not counted on.
    CHECK(told(either_way, officer("a", "north", "window") +
                               officer("b", "north", "reviewer, expert") +
                               officer("c", "north", "issuer", ", left: 2030-01-01"))
              .size() == 1);
}

TEST_CASE("how many may be away, and whom nobody stands in for") {
    const auto asked = [](const std::string& officers) {
        const Definitions definitions({staff(officers), either_way});
        return verify::resilience(definitions.processes.at("a"), definitions.organization);
    };
    const auto one = asked(officer("a", "north", "window") + officer("a3", "north", "window") +
                           officer("b", "north", "reviewer, expert") +
                           officer("b2", "north", "reviewer") + officer("c", "north", "issuer"));
    REQUIRE(one.size() == 1);
    CHECK(one[0].hall == HallId("north"));
    CHECK(one[0].absences == 0U);
    CHECK(one[0].essential == std::vector<PersonId>{PersonId("b"), PersonId("c")});

    std::string many;
    for (int i = 0; i < 8; ++i)
        many += officer("x" + std::to_string(i), "north", "window, reviewer, issuer, expert");
    CHECK(asked(many)[0].absences == 3U);
    CHECK(asked(many)[0].or_more);

    std::string five;
    for (int i = 0; i < 5; ++i)
        five += officer("x" + std::to_string(i), "north", "window, reviewer, issuer, expert");
    CHECK(asked(five)[0].absences == 2U);
    CHECK_FALSE(asked(five)[0].or_more);
    CHECK(asked(five)[0].essential.empty());
}

}  // namespace workflow::testing::staffing_test
