// Each drawn step has somebody who chooses the way out when nobody can take its task.

#include <catch2/catch.hpp>

#include "base/diagnostics.hpp"
#include "support/definitions.hpp"
#include "verify/ways_out.hpp"

namespace workflow::testing::ways_out_test {

namespace {

const std::string item =
    "item: a\ntitle: A\nkind: committed\nlimits: {promised: 5 workdays}\nstart: intake\nsteps:\n"
    "  intake: {task: intake, post: window, outcomes: {accept: review}}\n"
    "  review: {task: review, pool: pass-through, outcomes: {approve: granted}}\n"
    "  granted: {end: granted}\n";

std::vector<std::string> told(const std::string& draw, const std::string& heads,
                              const std::string& more = {}) {
    const std::string staff = "organization: hall\ntitle: Hall\nhalls: {north: {title: N}}\n" +
                              draw +
                              "posts:\n"
                              "  window: {duties: [intake]}\n"
                              "  reviewer: {duties: [review]}\n"
                              "  head: {duties: [lead]}\n"
                              "officers:\n"
                              "  a: {name: A, hall: north, posts: [window]" +
                              more +
                              "}\n"
                              "  b: {name: B, hall: north, posts: [reviewer]}\n" +
                              heads;
    const Definitions definitions({item, staff});
    Sources sources;
    DiagnosticSink findings(sources);
    verify::check_ways_out(definitions.processes.at("a"), definitions.organization, findings);
    std::vector<std::string> messages;
    for (const auto& one : findings.take()) messages.push_back(one.message);
    return messages;
}

const std::string one_head = "  h: {name: H, hall: north, posts: [head]}\n";
const std::string two_heads = one_head + "  i: {name: I, hall: north, posts: [head]}\n";

}  // namespace

TEST_CASE("a drawn step without anybody who could choose its way out is told") {
    CHECK(
        told("", "") ==
        std::vector<std::string>{
            "when no officer can take `review`, no supervisor can choose how the case continues"});
    CHECK(told("", "", ", supervisor: true").empty());
}

TEST_CASE("a post for ways out is held by two, since who gave the task back does not choose") {
    CHECK(told("draw: {stranded: head}\n", one_head).size() == 1);
    CHECK(told("draw: {stranded: head}\n", two_heads).empty());
    CHECK(told("draw: {stranded: head}\n", "", ", supervisor: true").size() == 1);
}

}  // namespace workflow::testing::ways_out_test
