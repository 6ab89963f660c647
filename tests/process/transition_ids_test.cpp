// The ids of transitions follow from the author's text, so that a release that compiles an item in
// another order reads older trails correctly.

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>

#include "process/transition_ids.hpp"
#include "support/definitions.hpp"
#include "support/permit_item.hpp"

namespace workflow::testing::transition_ids_test {

namespace {

const char* const item = R"(item: permit
title: 许可
kind: committed
limits: {statutory: 20 workdays}
fields: {large: {type: boolean, default: false}}
start: route
on: {withdraw: withdrawn}
steps:
  route: {choose: [{when: large, to: opinions}, {when: not(large), to: review}]}
  opinions:
    parallel:
      law: {start: law, steps: {law: {task: opinion, post: lawyer, outcomes: {given: done}}}}
      fire: {start: fire, steps: {fire: {task: survey, post: surveyor, outcomes: {given: done}}}}
    then: review
  review: {task: review, pool: pass-through, outcomes: {approve: granted}}
  granted: {end: granted}
  withdrawn: {end: withdrawn}
)";

std::set<std::string> names_of(const process::Process& process) {
    std::set<std::string> names;
    for (const auto& transition : process.transitions)
        names.insert(process::name_of(process, transition));
    return names;
}

}  // namespace

TEST_CASE("a transition is named by its step and outcome, timer, or where it leads") {
    const Definitions definitions({item, permit_item("statutory: 20 workdays")});
    auto names = names_of(definitions.processes.at("permit"));
    names.merge(names_of(definitions.processes.at("permit.grant")));
    for (const auto* name :
         {"intake.accept", "intake.supplement", "intake.after 5 workdays", "supplementing.supplied",
          "supplementing.after 30 workdays", "route -> opinions", "route -> review",
          "opinions.active -> review", "law.given", "withdraw"}) {
        INFO(name);
        CHECK(names.contains(name));
    }
}

TEST_CASE("an id is FNV-1a of the name with the highest bit set") {
    const Definitions definitions({item});
    const auto& process = definitions.processes.at("permit");
    for (const auto& transition : process.transitions)
        if (transition.outcome == OutcomeId("approve"))
            CHECK(static_cast<std::uint32_t>(transition.id) == 3'473'520'658);
}

TEST_CASE("ids do not depend on the order in which an item is compiled") {
    Definitions definitions({item});
    auto process = definitions.processes.at("permit");
    std::map<std::string, TransitionId> before;
    for (const auto& transition : process.transitions)
        before[process::name_of(process, transition)] = transition.id;
    std::reverse(process.transitions.begin(), process.transitions.end());
    process::identify_transitions(process);
    for (TransitionIndex t = 0; t < process.transitions.size(); ++t) {
        const auto& transition = process.transitions[t];
        CHECK(transition.id == before.at(process::name_of(process, transition)));
        CHECK(process.index_of(transition.id) == t);
    }
}

TEST_CASE("the index that release 0.1 has written is still read") {
    const Definitions definitions({item});
    const auto& process = definitions.processes.at("permit");
    CHECK(process.index_of(TransitionId{0}) == 0);
    CHECK(process.index_of(TransitionId{3}) == 3);
    CHECK(process.index_of(TransitionId{60'000}) == process::none);
    CHECK(process.index_of(TransitionId{0x8000'0001}) == process::none);
}

}  // namespace workflow::testing::transition_ids_test
