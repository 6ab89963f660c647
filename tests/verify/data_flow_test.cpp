// Data that is written side by side, asked for without need, or never asked for.

#include "verify/data_flow.hpp"

#include "definition/loader.hpp"
#include "process/compiler.hpp"
#include "support/catch.hpp"

namespace workflow::testing::data_flow_test {

namespace {

/// Two opinions side by side that set these fields, between intake and the end.
std::vector<std::string> told(const std::string& first, const std::string& second,
                              const std::string& more = "fields: {view: {type: string}}\n",
                              const std::string& accept = "both") {
    const auto text = "item: a\ntitle: A\nkind: instant\n" + more +
                      "start: intake\nsteps:\n"
                      "  intake: {task: intake, post: window, outcomes: {accept: {to: " +
                      accept +
                      "}}}\n"
                      "  both:\n    parallel:\n"
                      "      law: {task: opinion, post: window, outcomes: {given: {to: done" +
                      first +
                      "}}}\n"
                      "      fire: {task: opinion, post: window, outcomes: {given: {to: done" +
                      second +
                      "}}}\n"
                      "    join: all\n    then: granted\n  granted: {end: granted}\n";
    Sources sources;
    DiagnosticSink findings(sources);
    const auto loaded = definition::load({{"a.yaml", text}}, sources, findings);
    REQUIRE(loaded.items.size() == 1);
    const auto process = process::compile(loaded.items[0], nullptr, findings);
    REQUIRE(process);
    verify::check_data_flow(*process, findings);
    std::vector<std::string> messages;
    for (const auto& one : findings.take())
        messages.push_back(std::to_string(one.span.line) + " " + one.code + " " + one.message);
    return messages;
}

using Messages = std::vector<std::string>;

}  // namespace

TEST_CASE("a field that two branches set at the same time is told") {
    CHECK(told(", sets: {view: '\"yes\"'}", ", sets: {view: '\"no\"'}") ==
          Messages{"11 WF0430 `fire` sets `view`, and so does `law` in a parallel branch: the "
                   "later value overwrites the earlier"});
    CHECK(told(", sets: {view: '\"yes\"'}", "").empty());
    const std::string votes = "fields: {votes: {type: number, default: 0}}\n";
    // Votes that are counted together lose none.
    CHECK(told(", sets: {votes: votes + 1}", ", sets: {votes: votes + 1}", votes).empty());
}

TEST_CASE("personal data that nothing reads needs a purpose") {
    const std::string asked = "{type: string, personal: true, check: string length(who) = 4";
    CHECK(told("", "", "fields: {who: " + asked + "}}\n") ==
          Messages{"4 WF0431 `who` is personal, and nothing in `a` reads it"});
    CHECK(told("", "", "fields: {who: " + asked + ", purpose: To know}}\n").empty());
    CHECK(told(", when: who = \"me\"", "", "fields: {who: " + asked + "}}\n").empty());
}

TEST_CASE("materials that no outcome requires are told") {
    const std::string photo = "materials: {photo: {title: Photo}}\n";
    CHECK(told("", "", photo) ==
          Messages{"4 WF0432 `photo` is listed, and no outcome of `a` requires materials"});
    CHECK(told("", "", photo, "both, requires: materials").empty());
    CHECK(told("", "", "materials: {photo: {title: Photo, when: 'false'}}\n").empty());
    CHECK(told("", "", "materials: {photo: {title: Photo, source: shared}}\n").empty());
}

}  // namespace workflow::testing::data_flow_test
