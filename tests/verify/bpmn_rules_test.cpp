// Rules of BPMN that its schema cannot state: each told where it is broken.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <workflow/soundness.hpp>

#include "models/model.hpp"
#include "support/catch.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::bpmn_rules_test {

namespace fs = std::filesystem;

namespace {

using Messages = std::vector<std::string>;

/// What is told of a process with these elements.
Messages told(const std::string& process, const std::string& beside = {}) {
    const auto text = "<definitions>\n" + beside + "<process id='p'>\n" + process +
                      "</process>\n</definitions>\n";
    Sources sources;
    DiagnosticSink findings(sources);
    models::read_bpmn(sources, sources.add(Source("m.bpmn", text)), findings);
    Messages messages;
    for (const auto& one : findings.take())
        if (one.code == "WF0908")
            messages.push_back(std::to_string(one.span.line) + " " + one.message);
    return messages;
}

std::string flow(const std::string& id, const std::string& from, const std::string& to,
                 const std::string& inside = {}) {
    return "<sequenceFlow id='" + id + "' sourceRef='" + from + "' targetRef='" + to + "'>" +
           inside + "</sequenceFlow>\n";
}

const std::string ends = "<startEvent id='s'/>\n<endEvent id='e'/>\n";

}  // namespace

TEST_CASE("a model that keeps the rules is silent") {
    CHECK(told(ends + "<task id='t'/>\n" + flow("f", "s", "t") + flow("g", "t", "e")).empty());
}

TEST_CASE("flows begin and end where flows may") {
    const auto well = flow("f", "s", "e");
    CHECK(told(ends + well + flow("g", "e", "s")) ==
          Messages{"3 `s`: a start event must not have an incoming flow",
                   "4 `e`: an end event must not have an outgoing flow"});
    CHECK(told(ends + flow("f", "s", "x")) ==
          Messages{"4 `e`: an end event must have an incoming flow",
                   "5 `f`: there is no element `x`"});
    CHECK(told(ends + well + "<textAnnotation id='n'/>\n" + flow("g", "s", "n")) ==
          Messages{"7 `g`: a sequence flow must not begin or end at a `textAnnotation`"});
    CHECK(told(ends + flow("f", "s", "sub") + flow("g", "sub", "e") +
               "<subProcess id='sub'><task id='t'/></subProcess>\n" + flow("h", "s", "t")) ==
          Messages{"8 `h`: a sequence flow must not leave its process or sub-process"});
    CHECK(told(ends + "<task id='t'/>\n" + flow("f", "s", "t") +
               flow("g", "t", "e", "<conditionExpression/>")) ==
          Messages{"7 `g`: the only outgoing flow of an activity must not have a condition"});
}

TEST_CASE("ids are unique, and a default flow is one of the gateway's own") {
    CHECK(told(ends + flow("f", "s", "e") + "<dataObject id='f'/>\n") ==
          Messages{"6 `f`: another element has this id"});
    CHECK(told(ends + "<exclusiveGateway id='x' default='f'/>\n" + flow("f", "s", "x") +
               flow("g", "x", "e") + flow("h", "x", "e")) ==
          Messages{"5 `x`: its default flow must begin here"});
}

TEST_CASE("messages are sent between pools, by what sends and to what receives") {
    const auto pools = [](const std::string& from, const std::string& to) {
        return told(ends + "<task id='t'/>\n" + flow("f", "s", "t") + flow("g", "t", "e"),
                    "<collaboration id='c'><participant id='a' processRef='p'/><participant "
                    "id='b'/><messageFlow id='m' sourceRef='" +
                        from + "' targetRef='" + to + "'/></collaboration>\n");
    };
    CHECK(pools("t", "b").empty());
    CHECK(pools("b", "t").empty());
    CHECK(pools("t", "a") == Messages{"2 `m`: a message flow must connect two pools"});
    CHECK(pools("b", "e") == Messages{"2 `m`: a `endEvent` cannot receive a message"});
    CHECK(pools("s", "b") == Messages{"2 `m`: a `startEvent` cannot send a message"});
}

TEST_CASE("an event-based gateway waits for events, two at least, that nothing else leads to") {
    const auto catches = [](const std::string& id) {
        return "<intermediateCatchEvent id='" + id +
               "'><timerEventDefinition/></intermediateCatchEvent>\n";
    };
    const auto waits = ends + "<eventBasedGateway id='w'/>\n" + catches("a") + flow("f", "s", "w") +
                       flow("g", "w", "a") + flow("h", "a", "e");
    CHECK(told(waits).size() == 2);  // and no gateway has one flow in and one out
    CHECK(told(waits + catches("b") + flow("i", "w", "b") + flow("j", "b", "e")).empty());
    CHECK(
        told(waits + catches("b") + flow("i", "w", "b") + flow("j", "b", "e") +
             flow("k", "b", "a")) ==
        Messages{
            "6 `a`: an element after an event-based gateway must not have another incoming flow"});
    CHECK(told(waits + "<task id='b'/>\n" + flow("i", "w", "b") + flow("j", "b", "e")) ==
          Messages{"11 `i`: an event-based gateway must lead to intermediate catch events or "
                   "receive tasks"});
}

TEST_CASE("a boundary event is attached, is triggered, and leads on") {
    const auto work = ends + "<task id='t'/>\n" + flow("f", "s", "t") + flow("g", "t", "e");
    const auto event = [](const std::string& attributes, const std::string& trigger) {
        return "<boundaryEvent id='b' " + attributes + ">" + trigger + "</boundaryEvent>\n";
    };
    const std::string timer = "<timerEventDefinition/>";
    CHECK(told(work + event("attachedToRef='t'", timer) + flow("h", "b", "e")).empty());
    CHECK(told(work + event("attachedToRef='t'", timer)) ==
          Messages{"8 `b`: a boundary event must have an outgoing flow"});
    CHECK(told(work + event("attachedToRef='s'", timer) + flow("h", "b", "e")) ==
          Messages{"8 `b`: a boundary event must be attached to an activity"});
    CHECK(told(work + event("attachedToRef='t'", "") + flow("h", "b", "e")) ==
          Messages{"8 `b`: a boundary event must have a trigger"});
    CHECK(told(work + event("attachedToRef='t' cancelActivity='false'", "<errorEventDefinition/>") +
               flow("h", "b", "e")) ==
          Messages{"8 `b`: a boundary event of error must interrupt its activity"});
}

TEST_CASE("models that break a rule of BPMN are named, and those that keep them are accepted") {
    const char* given = std::getenv("WORKFLOW_SUITES");
    const auto folder =
        (given ? fs::path(given) : fs::path(WORKFLOW_SOURCE_DIR) / "../shared/suites") /
        "bpmn-constraints-bpmnspector";
    if (!fs::is_directory(folder)) {
        std::cerr << "skipped: no " << folder.filename() << "; set WORKFLOW_SUITES\n";
        return;
    }
    std::size_t broken = 0, named = 0, right = 0, accepted = 0;
    std::vector<std::string> misses;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".bpmn") continue;
        auto name = entry.path().filename().string();
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        const bool fixed = name.find("manualfix") != std::string::npos;
        const bool fails = name.find("fail") != std::string::npos && !fixed;
        if (!fails && !fixed && name.find("success") == std::string::npos) continue;
        const auto report = check_models({entry.path()});
        const auto rule = std::find_if(
            report.diagnostics.begin(), report.diagnostics.end(), [](const Diagnostic& one) {
                return one.code == "WF0908" || one.code == "WF0801" || one.code == "WF0808";
            });
        const bool told = fails ? !report.diagnostics.empty() : rule != report.diagnostics.end();
        ++(fails ? broken : right);
        if (fails && told) ++named;
        if (!fails && !told) ++accepted;
        if (fails != told)
            misses.push_back(entry.path().lexically_relative(folder).string() + ": " +
                             (told ? rule->message : "nothing"));
    }
    std::sort(misses.begin(), misses.end());
    std::cout << "of BPMN's rules: " << named << " of " << broken << " violating models named, "
              << accepted << " of " << right << " correct ones accepted\n";
    if (std::getenv("WORKFLOW_MISSES"))
        for (const auto& miss : misses) std::cout << "  " << miss << '\n';
    CHECK(named >= 122);
    CHECK(accepted >= 114);
}

}  // namespace workflow::testing::bpmn_rules_test
