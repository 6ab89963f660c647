// `workflow validate` on models of other tools, and what other tools read of it.

#include "tools/terminal.hpp"

using workflow::testing::holds;
using workflow::testing::Said;
using workflow::testing::Terminal;

namespace {

const std::string order = WORKFLOW_SOURCE_DIR "/examples/models/order.bpmn";

}  // namespace

TEST_CASE("a BPMN model is told whether it is sound, with the way to what is not") {
    Terminal run;
    const Said said = run({"validate", order});
    CHECK(said.code == 1);
    CHECK(holds(said.out,
                "order.bpmn:7:6: error[WF0903]: `order-of-a-certificate` cannot come to "
                "an end after ordered -> both -> how: it stays at `f2`, `f5`"));
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
    CHECK(holds(said.out, "22 files, 12 items, 1 error, 0 warnings"));
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
