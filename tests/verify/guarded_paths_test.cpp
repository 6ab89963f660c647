// The ways that values lead along: what no case can take, and corners that only some come to.

#include "verify/guarded_paths.hpp"

#include "definition/loader.hpp"
#include "process/compiler.hpp"
#include "support/catch.hpp"
#include "verify/item_soundness.hpp"

namespace workflow::testing::guarded_paths_test {

namespace {

using Messages = std::vector<std::string>;

/// What is told of an item with these fields and steps, beyond what its compiler says.
Messages told(const std::string& fields, const std::string& steps) {
    const auto text =
        "item: a\ntitle: A\nkind: committed\nlimits: {promised: 5 workdays}\nfields:\n" + fields +
        "start: intake\nsteps:\n" + steps +
        "  granted: {end: granted}\n  refused: {end: not accepted}\n";
    Sources sources;
    DiagnosticSink findings(sources);
    const auto loaded = definition::load({{"a.yaml", text}}, sources, findings);
    REQUIRE(loaded.items.size() == 1);
    const auto process = process::compile(loaded.items[0], nullptr, findings);
    if (process && verify::check_item(*process, findings))
        verify::check_guarded_ways(*process, findings);
    Messages messages;
    for (const auto& one : findings.take()) {
        INFO(one.code << " " << one.message);
        if (one.severity == Severity::error || one.code == "WF0436")
            messages.push_back(std::to_string(one.span.line) + " " + one.code + " " + one.message);
    }
    return messages;
}

const std::string view = "  view: {type: string, values: [good, bad, open]}\n";
const std::string urgent = "  urgent: {type: boolean, required: true}\n";
const std::string fee = "  fee: {type: number, required: true}\n";

std::string task(const std::string& name, const std::string& outcomes) {
    return "  " + name + ": {task: survey, post: window, outcomes: {" + outcomes + "}}\n";
}

std::string choose(const std::string& name, const std::string& branches) {
    return "  " + name + ": {choose: [" + branches + "]}\n";
}

}  // namespace

TEST_CASE("a branch for what no outcome sets is never possible") {
    const auto item = [](const std::string& outcomes) {
        return told(view, task("intake", outcomes) + choose("how",
                                                            "{when: view = \"good\", to: granted}, "
                                                            "{when: view = \"open\", to: intake}, "
                                                            "{otherwise: refused}"));
    };
    const std::string two =
        "yes: {to: how, sets: {view: '\"good\"'}}, "
        "no: {to: how, sets: {view: '\"bad\"'}}";
    CHECK(item(two) == Messages{"10 WF0436 `view = \"open\"` is never true for a case that reaches "
                                "`how` and for which no earlier branch holds"});
    CHECK(item(two + ", later: {to: how, sets: {view: '\"open\"'}}").empty());
    // Nobody else says what outcomes compute.
    CHECK(item(two + ", given: how").size() == 1);
    // An officer from whom it comes may say that.
    CHECK(told("  view: {type: string, values: [good, bad, open], from: survey}\n",
               task("intake", "given: how") + choose("how",
                                                     "{when: view = \"good\", to: granted}, "
                                                     "{when: view = \"open\", to: intake}, "
                                                     "{otherwise: refused}"))
              .empty());
}

TEST_CASE("a choice that follows another knows what the first has decided") {
    CHECK(told(fee, task("intake", "accept: small") +
                        choose("small", "{when: fee < 100, to: free}, {otherwise: dear}") +
                        choose("free", "{when: fee >= 50, to: granted}, {otherwise: refused}") +
                        choose("dear", "{when: fee = 10, to: refused}, {otherwise: granted}")) ==
          Messages{"12 WF0436 `fee = 10` is never true for a case that reaches `dear` and for "
                   "which no earlier branch holds"});
    // An act between them leaves it as it is, unless it comes from that act.
    const auto with_an_act = task("intake", "accept: small") +
                             choose("small", "{when: fee < 100, to: granted}, {otherwise: look}") +
                             task("look", "seen: dear") +
                             choose("dear", "{when: fee = 10, to: refused}, {otherwise: granted}");
    CHECK(told(fee, with_an_act).size() == 1);
    CHECK(told("  fee: {type: number, from: survey}\n", with_an_act).empty());
    // By time alone it does not.
    CHECK(told(fee, task("intake", "accept: small") +
                        choose("small", "{when: fee < 100, to: granted}, {otherwise: pause}") +
                        "  pause: {wait: time, on: {after 3 workdays: dear}}\n" +
                        choose("dear", "{when: fee = 10, to: refused}, {otherwise: granted}"))
              .size() == 1);
}

TEST_CASE("an otherwise for which nothing is left over is told, null being left over") {
    const auto item = [](const std::string& field) {
        return told(field,
                    task("intake", "accept: how") + choose("how",
                                                           "{when: urgent = true, to: granted}, "
                                                           "{when: urgent = false, to: refused}, "
                                                           "{otherwise: intake}"));
    };
    CHECK(item(urgent) == Messages{"10 WF0436 `otherwise` is never taken: for every case that "
                                   "reaches `how` an earlier branch holds"});
    CHECK(item("  urgent: {type: boolean, from: survey}\n").empty());
    // The applicant has left it out, and nobody gives it a value any more.
    CHECK(item("  urgent: {type: boolean}\n") ==
          Messages{"9 WF0425 no end can be reached from `intake` with urgent = null"});
}

TEST_CASE("an outcome behind which no branch holds is always refused") {
    CHECK(
        told(view, task("intake",
                        "yes: {to: how, sets: {view: '\"good\"'}}, "
                        "no: {to: how, sets: {view: '\"bad\"'}}") +
                       choose("how",
                              "{when: view = \"good\", to: granted}, "
                              "{when: view = \"open\", to: refused}")) ==
        Messages{"9 WF0436 `intake.no` is always refused: no branch of the `choose` after it holds",
                 "10 WF0436 `view = \"open\"` is never true for a case that reaches `how` and for "
                 "which no earlier branch holds"});
}

TEST_CASE("a corner that only some values lead into is told with them") {
    // The fee is the applicant's, and no act changes it: it is stuck from the beginning.
    const auto item = [](const std::string& last) {
        return told(fee, task("intake", "accept: small") +
                             choose("small", "{when: fee < 100, to: granted}, {otherwise: pause}") +
                             "  pause: {wait: time, on: {after 3 workdays: dear}}\n" +
                             choose("dear", last));
    };
    CHECK(item("{when: fee < 200, to: refused}, {when: fee > 300, to: granted}") ==
          Messages{"9 WF0425 no end can be reached from `intake` with fee = 200"});
    CHECK(item("{when: fee < 200, to: refused}, {when: fee >= 200, to: granted}").empty());
}

TEST_CASE("a condition that is not of constants may be true or false") {
    CHECK(told(fee + "  paid: {type: number, required: true}\n",
               task("intake", "accept: small") +
                   choose("small", "{when: fee < paid, to: granted}, {otherwise: dear}") +
                   choose("dear", "{when: fee = 10, to: refused}, {otherwise: granted}"))
              .empty());
}

TEST_CASE("values that a check refuses lead nowhere") {
    const auto item = [](const std::string& check) {
        return told("  fee: {type: number, required: true" + check + "}\n",
                    task("intake", "accept: how") +
                        choose("how", "{when: fee < 0, to: refused}, {otherwise: granted}"));
    };
    CHECK(item("").empty());
    CHECK(item(", check: fee >= 0").size() == 1);
}

}  // namespace workflow::testing::guarded_paths_test
