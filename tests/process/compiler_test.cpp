#include <catch2/catch.hpp>

#include <algorithm>

#include "definition/loader.hpp"
#include "process/compiler.hpp"
#include "support/staff.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::compiler_test {

namespace {

struct Compiled {
    explicit Compiled(const char* yaml) {
        Sources sources;
        DiagnosticSink findings(sources);
        const auto loaded = definition::load(
            {{"item.yaml", yaml}, {"staff.yaml", testing::hall_staff}}, sources, findings);
        REQUIRE(loaded.items.size() == 1);
        auto compiled = process::compile(loaded.items[0], &*loaded.organization, findings);
        REQUIRE(compiled);
        net = std::move(*compiled);
    }

    const process::StepInfo& step(const char* id) const {
        return net.steps[net.step(StepId(id)).value()];
    }
    process::PlaceIndex at(const char* id) const { return step(id).at; }

    process::Process net;
};

constexpr const char* joint = R"(item: good.joint
title: Joint
kind: instant
separated: [[survey, opinion]]
start: look
on: {withdraw: withdrawn}
steps:
  look: {task: intake, post: window, outcomes: {good: {to: both, accepts: true}}}
  both:
    parallel:
      survey: {task: survey, post: surveyor, outcomes: {good: done, back: look, stop: refused}}
      opinion: {task: opinion, post: lawyer, outcomes: {good: done}}
    join: any
    on: {after 3 workdays: look}
    then: ended
  ended: {end: granted}
  refused: {end: refused}
  withdrawn: {end: withdrawn}
)";

}  // namespace

TEST_CASE("a parallel forks from its step into its branches and joins what it needs") {
    const Compiled made(joint);
    const auto& both = made.step("both");
    const auto& fork = made.net.transitions[made.net.places[both.at].automatic.front()];
    REQUIRE(fork.takes.size() == 1);
    CHECK(fork.takes[0].place == both.at);
    REQUIRE(fork.gives.size() == 3);
    CHECK(fork.gives[0].place == both.active);
    CHECK(fork.gives[1].place == made.at("survey"));
    CHECK(fork.gives[2].place == made.at("opinion"));

    const auto& join = made.net.transitions[made.net.places[both.done].automatic.front()];
    REQUIRE(join.takes.size() == 2);
    CHECK(join.takes[0].place == both.active);
    CHECK(join.takes[1].place == both.done);
    CHECK(join.takes[1].weight == 1);
    CHECK(join.clears.size() == 4);
    CHECK(join.gives[0].place == made.at("ended"));
}

TEST_CASE("leaving branches clears every place of theirs and nothing else") {
    const Compiled made(joint);
    const auto& survey = *made.net.task_at(made.at("survey"));
    CHECK(made.net.transitions[survey.outcomes[0]].clears.empty());
    for (const auto outcome : {survey.outcomes[1], survey.outcomes[2]}) {
        const auto& clears = made.net.transitions[outcome].clears;
        CHECK(clears.size() == 4);
        CHECK(std::find(clears.begin(), clears.end(), made.at("opinion")) != clears.end());
        CHECK(std::find(clears.begin(), clears.end(), made.at("look")) == clears.end());
    }
    CHECK(made.net.transitions[made.net.withdraw].clears.size() == made.net.places.size());
}

TEST_CASE("the time of a region hangs on its being active") {
    const Compiled made(joint);
    const auto& both = made.step("both");
    REQUIRE(made.net.places[both.active].timers.size() == 1);
    const auto& timer = made.net.transitions[made.net.places[both.active].timers[0]];
    CHECK(timer.takes[0].place == both.active);
    CHECK(timer.after == Limit{3, LimitUnit::workdays});
    CHECK(timer.gives[0].place == made.at("look"));
}

TEST_CASE("intake, review and issue are always kept apart, and what the item adds beside them") {
    const Compiled made(joint);
    const auto& net = made.net;
    CHECK(net.conflicts_of(net.member("intake")) == (net.member("review") | net.member("issue")));
    CHECK(net.conflicts_of(net.member("survey")) == net.member("opinion"));
    CHECK(net.member("look") == 0);
    CHECK(net.task_at(made.at("survey"))->members == net.member("survey"));
}

TEST_CASE("an item in which an outcome accepts is not accepted at its opening") {
    CHECK(!Compiled(joint).net.accepted_at_opening);
}

TEST_CASE("the shipped items compile without a finding") {
    Sources sources;
    DiagnosticSink findings(sources);
    const auto texts =
        definition::read_texts({WORKFLOW_SOURCE_DIR "/definitions"}, sources, findings);
    const auto loaded = definition::load(texts, sources, findings);
    REQUIRE(loaded.items.size() >= 12);
    for (const auto& item : loaded.items)
        CHECK(process::compile(item, &*loaded.organization, findings));
    for (const auto& finding : findings.take()) FAIL_CHECK(finding.code << " " << finding.message);
}

}  // namespace workflow::testing::compiler_test
