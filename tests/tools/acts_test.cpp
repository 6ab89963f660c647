#include <algorithm>

#include "tools/terminal.hpp"

namespace workflow::testing::acts_test {

namespace {

std::vector<std::string> kinds(const nlohmann::ordered_json& events) {
    std::vector<std::string> list;
    for (const auto& event : events) list.push_back(event.at("kind"));
    return list;
}

/// Carries the case to the reviewer that was drawn; gives the reviewer.
std::string accept(Terminal& run, const std::string& number) {
    run({"complete", number, "accept", "--as", "lin"});
    const auto detail = run({"show", number, "--format", "json"}).json();
    return detail.at("tasks").at(0).at("holder");
}

}  // namespace

TEST_CASE("an application opened at the window answers with its number and its events") {
    Terminal run;
    const Said said =
        run({"open", "social-card.replace-lost", "--as", "lin", "--applicant", "1001", "--field",
             "id_number=420600199001011001", "--material", "photo", "--format", "json"});
    INFO(said.err);
    REQUIRE(said.code == 0);
    const auto json = said.json();
    CHECK(json.at("case").get<std::string>().starts_with("420714001000-20260302-"));
    CHECK(json.at("version") == json.at("events").size());
    CHECK(kinds(json.at("events")).front() == "case_opened");
    const auto& data = json.at("events").at(0).at("data");
    CHECK(data.at("channel") == "window");
    CHECK(data.at("hall") == "north");
    CHECK(data.at("materials").at("photo") == "provided");
}

TEST_CASE("an application may come as JSON on standard input") {
    Terminal run;
    const Said said =
        run({"open", "--json", "-", "--format", "json"},
            R"({"item": "social-card.replace-lost", "applicant": {"person": "7", "name": "陈晨"},
                              "fields": {"id_number": "420600199001010007", "loss_reported": true},
                              "materials": {"photo": "provided"}})");
    INFO(said.err);
    REQUIRE(said.code == 0);
    const auto data = said.json().at("events").at(0).at("data");
    CHECK(data.at("channel") == "web");
    CHECK(data.at("fields").at("loss_reported") == true);
    CHECK(data.at("applicant").at("name") == "陈晨");
}

TEST_CASE("an application with an unknown JSON key is a mistake on the command line") {
    Terminal run;
    const Said said =
        run({"open", "--json", "-"}, R"({"item": "social-card.replace-lost", "feilds": {}})");
    CHECK(said.code == 2);
    CHECK(holds(said.err, "feilds"));
}

TEST_CASE("a case goes from the window to the applicant by way of three officers") {
    Terminal run;
    const std::string number = run.open();
    const std::string reviewer = accept(run, number);
    REQUIRE((reviewer == "sun" || reviewer == "zhao" || reviewer == "qian"));
    const Said approved = run({"complete", number, "approve", "--as", reviewer});
    INFO(approved.err);
    REQUIRE(approved.code == 0);
    const Said claimed = run({"claim", number, "--as", "wang", "--format", "json"});
    INFO(claimed.err);
    REQUIRE(claimed.code == 0);
    CHECK(kinds(claimed.json().at("events")) == std::vector<std::string>{"task_claimed"});
    REQUIRE(run({"complete", number, "deliver", "--as", "wang"}).code == 0);
    CHECK(run({"show", number, "--format", "json"}).json().at("status") == "granted");
}

TEST_CASE("the wrong officer is refused with the rule's name and exit code 4") {
    Terminal run;
    const std::string number = run.open();
    const Said said = run({"complete", number, "accept", "--as", "zhao", "--format", "json"});
    REQUIRE(said.code == 4);
    CHECK(said.json().at("refused").at("rule") == "not_on_post");
    CHECK(said.err.starts_with("refused (not_on_post): "));
    CHECK(said.json().at("refused").contains("current"));
}

TEST_CASE("an officer who accepted a case is refused its review by the rule of separation") {
    Terminal run;
    const Said opened =
        run({"open", "social-card.replace-lost", "--as", "sun", "--applicant", "1001", "--field",
             "id_number=420600199001011001", "--material", "photo", "--format", "json"});
    const std::string number = opened.json().at("case");
    REQUIRE(run({"complete", number, "accept", "--as", "sun"}).code == 0);
    const Said said = run({"complete", number, "approve", "--as", "sun"});
    CHECK(said.code == 4);
    CHECK((holds(said.err, "refused (separated)") || holds(said.err, "refused (not_your_task)")));
}

TEST_CASE("a stale version is refused and the current one is told") {
    Terminal run;
    const std::string number = run.open();
    const Said said =
        run({"complete", number, "accept", "--as", "lin", "--expect", "1", "--format", "json"});
    REQUIRE(said.code == 4);
    CHECK(said.json().at("refused").at("rule") == "stale_version");
    CHECK(said.json().at("refused").at("current").get<int>() > 1);
}

TEST_CASE("a repeated key changes nothing and says so") {
    Terminal run;
    const std::vector<std::string> words{
        "open",    "social-card.replace-lost",     "--as",  "lin", "--applicant", "1001",
        "--field", "id_number=420600199001011001", "--key", "k1",  "--format",    "json"};
    const auto first = run(words).json(), second = run(words).json();
    CHECK(first.at("case") == second.at("case"));
    CHECK(second.at("repeated") == true);
    CHECK(run({"cases", "--format", "json"}).json().size() == 1);
}

TEST_CASE("next gives an officer the longest-waiting task and says how it can end") {
    Terminal run;
    const std::string number = run.open();
    const Said said = run({"next", "--as", "lin"});
    REQUIRE(said.code == 0);
    CHECK(said.out.starts_with(number));
    CHECK(holds(said.out, "can end with decline"));
    const Said nothing = run({"next", "--as", "wang"});
    CHECK(nothing.code == 4);
    CHECK(holds(nothing.err, "nothing_to_do"));
}

TEST_CASE("what the case waits for is supplied by the applicant") {
    Terminal run;
    const std::string number = run.open();
    REQUIRE(run({"complete", number, "supplement", "--as", "lin"}).code == 0);
    const Said said = run({"supply", number, "--material", "photo", "--format", "json"});
    INFO(said.err);
    REQUIRE(said.code == 0);
    CHECK(said.json().at("events").at(0).at("actor").at("kind") == "applicant");
}

TEST_CASE("an application is taken back before the decision and then stays so") {
    Terminal run;
    const std::string number = run.open();
    REQUIRE(run({"withdraw", number, "--reason", "card found"}).code == 0);
    CHECK(run({"show", number, "--format", "json"}).json().at("status") == "withdrawn");
    const Said again = run({"withdraw", number});
    CHECK(again.code == 4);
    CHECK(holds(again.err, "case_ended"));
}

TEST_CASE("a task is delegated to a colleague, returned, and reassigned by a supervisor") {
    Terminal run;
    const std::string number = run.open();
    REQUIRE(run({"claim", number, "--as", "lin"}).code == 0);
    const Said delegated = run({"delegate", number, "--as", "lin", "--to", "sun"});
    INFO(delegated.err);
    REQUIRE(delegated.code == 0);
    const Said reassigned =
        run({"reassign", number, "--as", "chief", "--to", "lin", "--reason", "sun is ill"});
    INFO(reassigned.err);
    REQUIRE(reassigned.code == 0);
    const Said returned = run({"return", number, "--as", "lin", "--reason", "a relative"});
    INFO(returned.err);
    REQUIRE(returned.code == 0);
    const Said not_chief = run({"reassign", number, "--as", "sun", "--to", "lin"});
    CHECK(not_chief.code == 4);
}

TEST_CASE("delegating without saying to whom is a mistake on the command line") {
    Terminal run;
    const Said said = run({"delegate", "x", "--as", "lin"});
    CHECK(said.code == 2);
    CHECK(holds(said.err, "--to"));
}

TEST_CASE("work done on paper is entered with the time it happened") {
    Terminal run;
    const std::string number = run.open();
    run.now.microseconds += 3'600'000'000;
    const Said said = run({"complete", number, "accept", "--as", "lin", "--at", "2026-03-02T09:30",
                           "--format", "json"});
    INFO(said.err);
    REQUIRE(said.code == 0);
    const auto event = said.json().at("events").at(0);
    CHECK(event.at("happened") == "2026-03-02T09:30:00+08:00");
    CHECK(event.at("recorded") == "2026-03-02T10:00:00+08:00");
    CHECK(run({"complete", number, "accept", "--as", "lin", "--at", "yesterday"}).code == 2);
}

TEST_CASE("advance fires what is due and does nothing twice") {
    Terminal run;
    const std::string number = run.open();
    run.pass_days(4);
    const auto first = run({"advance", "--format", "json"}).json();
    CHECK(first.at("limits") == 1);
    const auto second = run({"advance", "--format", "json"}).json();
    CHECK(second.at("limits") == 0);
    CHECK(second.contains("timers"));
    CHECK(second.contains("draws"));
}

}  // namespace workflow::testing::acts_test
