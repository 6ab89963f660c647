// Guarantees that hold on every way, and the shortest way on which one does not.

#include "verify/guarantees.hpp"

#include "definition/loader.hpp"
#include "process/compiler.hpp"
#include "support/catch.hpp"

namespace workflow::testing::guarantees_test {

namespace {

/// A permit: intake, review, and issue; two opinions side by side where it is hard.
const std::string permit = R"(item: permit
title: Permit
kind: committed
limits: {promised: 5 workdays}
start: intake
steps:
  intake:
    task: intake
    post: window
    outcomes:
      accept: {to: review, accepts: true}
      supplement: {to: supplementing, at most: 1}
      decline: {to: declined, decides: true}
  supplementing: {wait: applicant, on: {supplied: intake, after 30 workdays: lapsed}}
  review:
    task: review
    pool: pass-through
    outcomes:
      approve: {to: issue, decides: true}
      hard: opinions
      reject: {to: rejected, requires: reason, decides: true}
  opinions:
    parallel:
      law: {task: opinion, pool: pass-through, outcomes: {given: done}}
      fire: {task: opinion, pool: pass-through, outcomes: {given: done}}
    join: all
    then: issue
  issue: {task: issue, post: issuer, outcomes: {deliver: granted, back: review}}
  granted: {end: granted}
  declined: {end: not accepted}
  rejected: {end: refused}
  lapsed: {end: lapsed}
)";

struct Told {
    std::vector<std::string> messages;
    std::vector<bool> set_off;
};

Told told(const std::string& guarantees, const std::string& common = {}) {
    const auto text = guarantees.empty() ? permit : permit + "guarantees:\n" + guarantees;
    Sources sources;
    DiagnosticSink findings(sources);
    std::vector<definition::Text> texts{{"permit.yaml", text}};
    if (!common.empty())
        texts.push_back({"catalog.yaml", "catalog: c\ntitle: C\nguarantees:\n" + common});
    const auto loaded = definition::load(texts, sources, findings);
    Told answer;
    if (!loaded.items.empty()) {
        const auto process = process::compile(loaded.items[0], nullptr, findings);
        REQUIRE(process);
        answer.set_off = verify::check_guarantees(
            *process,
            loaded.catalog ? loaded.catalog->guarantees : std::vector<definition::Guarantee>(),
            findings);
    }
    for (const auto& one : findings.take())
        answer.messages.push_back(std::to_string(one.span.line) + " " + one.code + " " +
                                  one.message + (one.hint.empty() ? "" : " | " + one.hint));
    return answer;
}

using Messages = std::vector<std::string>;

}  // namespace

TEST_CASE("guarantees that hold on every way are silent") {
    CHECK(told("  - response(accepted, end)\n"
               "  - precedence(intake.accept, review)\n"
               "  - absence(2, intake.supplement)\n"
               "  - absence(end withdrawn)\n"
               "  - responded existence(law, fire)\n"
               "  - co-existence(fire, opinions)\n"
               "  - init(intake)\n"
               "  - chain precedence(supplementing, end lapsed)\n"
               "  - not co-existence(law, intake.decline)\n"
               "  - separated(intake, review, issue)\n"
               "  - reasoned(end refused)\n")
              .messages.empty());
}

TEST_CASE("a guarantee that is broken is told with the shortest way, in the author's words") {
    CHECK(told("  - precedence(decided, issue)\n").messages ==
          Messages{"34 WF0428 `precedence(decided, issue)` does not hold for `permit`: "
                   "intake.accept -> review.hard -> law.given -> fire.given -> issue.deliver -> "
                   "granted | it means: before `issue`, `decided` has occurred"});
    CHECK(told("  - response(intake.supplement, accepted)\n").messages ==
          Messages{"34 WF0428 `response(intake.supplement, accepted)` does not hold for `permit`: "
                   "intake.supplement -> supplementing.after -> lapsed | it means: after "
                   "`intake.supplement`, `accepted` follows"});
    CHECK(told("  - absence(2, review)\n").messages ==
          Messages{"34 WF0428 `absence(2, review)` does not hold for `permit`: intake.accept -> "
                   "review.approve -> issue.back -> review.approve | it means: `review` occurs "
                   "less often than twice in every case"});
    CHECK(told("  - chain response(law.given, fire.given)\n").messages.size() == 1);
}

TEST_CASE("two tasks that one officer may do are told, unless no case has both") {
    CHECK(told("  - separated(law, issue)\n").messages ==
          Messages{
              "34 WF0428 `separated(law, issue)` does not hold for `permit`: one officer may do "
              "both `law` and `issue`: intake.accept -> review.approve -> issue.back -> "
              "review.hard -> law.given | it means: no officer performs two of them in one case"});
    CHECK(told("  - separated(intake.decline, law)\n").messages.empty());
}

TEST_CASE("an end that comes about without a reason is told") {
    CHECK(told("  - reasoned(end not accepted)\n").messages ==
          Messages{"34 WF0428 `reasoned(end not accepted)` does not hold for `permit`: "
                   "`intake.decline` requires no reason | it means: it never occurs without a "
                   "reason; a rule counts as a reason"});
    CHECK(told("  - reasoned(opinions)\n").messages.size() == 2);
}

TEST_CASE("a guarantee whose trigger never comes says nothing, and that is told") {
    CHECK(told("  - response(end withdrawn, end)\n").messages ==
          Messages{
              "34 WF0429 `response(end withdrawn, end)` has no effect on `permit`: the activities "
              "that trigger it never occur | it means: after `end withdrawn`, `end` follows"});
}

TEST_CASE("what cannot be read, or is not there, is told with what was meant") {
    CHECK(told("  - responce(intake, end)\n").messages ==
          Messages{"34 WF0426 there is no template `responce` | did you mean `response`?"});
    CHECK(told("  - response(intake)\n").messages ==
          Messages{"34 WF0426 `response` takes 2 activities, not 1 | separate the activities with "
                   "commas"});
    CHECK(told("  - response intake, end\n").messages.front().find("is not a guarantee") !=
          std::string::npos);
    CHECK(told("  - absence(0, intake)\n").messages.front().find("not a valid number of times") !=
          std::string::npos);
    CHECK(told("  - absence(end finished)\n")
              .messages.front()
              .find("`finished` is not a kind of end") != std::string::npos);
    CHECK(told("  - response(intake.acept, end)\n").messages ==
          Messages{"34 WF0427 `permit` has no `intake.acept` | did you mean `intake.accept`?"});
}

TEST_CASE("what the whole catalog guarantees is silent about what an item does not have") {
    const auto all = told("", "  - response(accepted, end)\n  - response(duty survey, end)\n");
    CHECK(all.messages.empty());
    CHECK(all.set_off == std::vector<bool>{true, false});
    CHECK(told("", "  - precedence(decided, duty issue)\n").messages.size() == 1);
}

}  // namespace workflow::testing::guarantees_test
