// `workflow validate` on models of other tools, and what other tools read of it.

#include "tools/terminal.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::validate_test {

namespace {

const std::string order = WORKFLOW_SOURCE_DIR "/examples/models/order.bpmn";

}  // namespace

TEST_CASE("the way to what is wrong is told on the author's own lines, and in JSON as its trace") {
    Terminal run;
    run.write("a.yaml",
              "item: a\ntitle: A\nkind: committed\nlimits: {promised: 20 workdays}\nstart: intake\n"
              "steps:\n"
              "  intake:\n    task: intake\n    post: window\n    limit: 1 workday\n    outcomes:\n"
              "      accept: {to: talk, accepts: true}\n"
              "      decline: declined\n"
              "  talk: {task: survey, post: window, limit: 1 workday, outcomes: {on: deaf, ok: "
              "granted}}\n"
              "  deaf: {task: survey, post: window, limit: 1 workday, outcomes: {again: deaf}}\n"
              "  declined: {end: not accepted}\n"
              "  granted: {end: granted}\n");
    const auto lines = [](const nlohmann::ordered_json& finding) {
        std::vector<std::string> list;
        for (const auto& one : finding.at("trace"))
            list.push_back(std::to_string(one.at("line").get<int>()) + " " +
                           one.at("message").get<std::string>());
        return list;
    };
    using Lines = std::vector<std::string>;
    auto said = run({"validate", run.path("a.yaml"), "--format", "json"});
    CHECK(said.code == 1);
    const auto stuck = said.json().at("diagnostics").at(0);
    CHECK(stuck.at("code") == "WF0425");
    CHECK(lines(stuck) == Lines{"12 1. `intake.accept`", "14 2. `talk.on`"});
    CHECK(holds(run({"validate", run.path("a.yaml")}).out + said.err, "12:7: 1. `intake.accept`"));

    run.write("b.yaml",
              "item: b\ntitle: B\nkind: committed\nlimits: {promised: 20 workdays}\nstart: intake\n"
              "steps:\n"
              "  intake: {task: intake, post: window, limit: 1 workday, outcomes: {on: gone}}\n"
              "  gone: {end: refused}\n"
              "guarantees: [absence(end refused)]\n");
    const auto broken =
        run({"validate", run.path("b.yaml"), "--format", "json"}).json().at("diagnostics").at(0);
    CHECK(broken.at("code") == "WF0428");
    CHECK(lines(broken) == Lines{"7 1. `intake.on`", "8 2. `gone`"});

    run.write("c.bpmn",
              "<definitions><process id='p'>\n<startEvent id='s'/>\n<parallelGateway id='j'/>\n"
              "<exclusiveGateway id='x'/>\n<endEvent id='e'/>\n"
              "<sequenceFlow id='f' sourceRef='s' targetRef='x'/>\n"
              "<sequenceFlow id='g' sourceRef='x' targetRef='j'/>\n"
              "<sequenceFlow id='h' sourceRef='x' targetRef='j'/>\n"
              "<sequenceFlow id='i' sourceRef='j' targetRef='e'/>\n</process></definitions>\n");
    const auto models = run({"validate", run.path("c.bpmn"), "--format", "json"}).json();
    std::vector<Lines> stays;
    for (const auto& finding : models.at("diagnostics"))
        if (finding.at("code") == "WF0903") stays.push_back(lines(finding));
    CHECK(stays == std::vector<Lines>{{"2 1. `s`", "4 2. `x`"}});
}

TEST_CASE("a BPMN model is told whether it is sound, with the way to what is not") {
    Terminal run;
    const Said said = run({"validate", order});
    CHECK(said.code == 1);
    CHECK(holds(said.out,
                "order.bpmn:7:6: error[WF0903]: `order-of-a-certificate` cannot reach an end after "
                "ordered -> both -> how: it stays at `f2`, `f5`"));
    CHECK(holds(said.out, "order.bpmn: order-of-a-certificate: not sound"));
    const auto models = run({"validate", order, "--format", "json"}).json().at("models");
    REQUIRE(models.size() == 1);
    CHECK(models[0].at("name") == "order-of-a-certificate");
    CHECK(models[0].at("sound") == false);
    CHECK(models[0].at("safe") == true);
}

TEST_CASE("models are checked beside definitions") {
    Terminal run;
    const Said said = run({"validate", WORKFLOW_SOURCE_DIR "/definitions", order});
    CHECK(said.code == 1);
    CHECK(holds(said.out, "23 files, 13 items, 1 error, 0 warnings"));
}

TEST_CASE("findings are written as SARIF: each with its rule and its place") {
    Terminal run;
    const Said said = run({"validate", order, "--format", "sarif"});
    CHECK(said.code == 1);
    const auto log = said.json();
    CHECK(log.at("version") == "2.1.0");
    const auto& one = log.at("runs").at(0);
    const auto& result = one.at("results").at(0);
    const auto& rule =
        one.at("tool").at("driver").at("rules").at(result.at("ruleIndex").get<std::size_t>());
    CHECK(rule.at("id") == result.at("ruleId"));
    CHECK(result.at("level") == "error");
    const auto& place = result.at("locations").at(0).at("physicalLocation");
    CHECK(place.at("region").at("startLine") == 7);
    CHECK(place.at("region").at("startColumn") == 6);
    CHECK(place.at("artifactLocation").at("uri").get<std::string>().ends_with("order.bpmn"));
    CHECK(run({"validate", WORKFLOW_SOURCE_DIR "/definitions", "--format", "sarif"})
              .json()
              .at("runs")
              .at(0)
              .at("results")
              .empty());
}

}  // namespace workflow::testing::validate_test
