#include "tools/terminal.hpp"

namespace workflow::testing::batch_test {

namespace {

constexpr const char* script = R"(batch: cards
input: {file: rows.csv, key: row}
open:
  item: social-card.replace-lost
  applicant: {person: =id_number}
  channel: web
  fields: {id_number: =id_number}
  materials: {photo: =photo}
duties:
  intake: {outcomes: [{when: photo = "true", outcome: accept}, {outcome: supplement}]}
  review: {outcomes: [{outcome: approve}]}
  issue: {outcomes: [{outcome: deliver}]}
)";

constexpr const char* rows =
    "row,id_number,photo\n1,420600199001011001,true\n2,420600199001011002,false\n3,,true\n";

}  // namespace

TEST_CASE("a backlog is worked through, and run again it goes on where it stopped") {
    Terminal run;
    run.write("cards.yaml", script);
    run.write("rows.csv", rows);
    const auto first = run({"batch", run.path("cards.yaml"), "--format", "json"});
    INFO(first.err);
    CHECK(first.code == 1);
    CHECK(first.json().at("read") == 3);
    CHECK(first.json().at("done") == 2);
    CHECK(first.json().at("rejected") == 1);
    const auto second = run({"batch", run.path("cards.yaml"), "--format", "json"}).json();
    CHECK(second.at("skipped") == 2);
    CHECK(second.at("events") == 0);
    CHECK(run({"cases", "--status", "granted", "--format", "json"}).out.find("granted") !=
          std::string::npos);
}

TEST_CASE("a dry run keeps nothing") {
    Terminal run;
    run.write("cards.yaml", script);
    run.write("rows.csv", rows);
    const auto said = run({"batch", run.path("cards.yaml"), "--dry-run", "--format", "json"});
    CHECK(said.json().at("done") == 2);
    CHECK(run({"trail", "verify", "--format", "json"}).json().at("cases") == 0);
}

TEST_CASE("a mistake in a script is shown on its line") {
    Terminal run;
    run.write("cards.yaml", std::string(script) + "dutie: {}\n");
    run.write("rows.csv", rows);
    const auto said = run({"batch", run.path("cards.yaml")});
    CHECK(said.code == 1);
    CHECK(said.err.find("did you mean `duties`?") != std::string::npos);
}

TEST_CASE("a foreign event log is imported by a script") {
    Terminal run;
    run.write("cards.yaml", R"(batch: log
input: {file: other.csv, format: csv}
open:
  item: social-card.replace-lost
  applicant: {person: =concept_name}
  channel: web
  at: =events[1].time_timestamp
  fields: {id_number: =concept_name}
)");
    run.write("log.xes", R"(<?xml version="1.0"?><log><trace><string key="concept:name" value="a1"/>
<event><string key="concept:name" value="receive"/><date key="time:timestamp" value="2026-01-05T10:00:00+08:00"/></event>
</trace></log>)");
    const auto log = run.path("log.xes"), how = run.path("cards.yaml");
    const auto said = run({"import", log, "--script", how, "--format", "json"});
    INFO(said.err << said.out);
    CHECK(said.code == 0);
    CHECK(said.json().at("done") == 1);
    CHECK(run({"cases", "--format", "json"}).out.find("20260105") != std::string::npos);
}

}  // namespace workflow::testing::batch_test
