// Service modes, agents and demands by the program.

#include "tools/terminal.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::modes_test {

TEST_CASE("an application says how it is served, who acts for whom and who takes no part") {
    Terminal run;
    const auto opened = run({"open", "--json", "-", "--format", "json"},
                            R"({"item": "social-card.replace-lost", "applicant": "7",
                "fields": {"id_number": "420600199001010007"},
                "recused": [{"officer": "zhao", "ground": "kin", "reason": "a cousin"}],
                "about": "420714001000-20260301-000001"})");
    INFO(opened.err);
    REQUIRE(opened.code == 0);
    const auto data = opened.json().at("events").at(0).at("data");
    const auto asked = opened.json().at("events").at(1);
    CHECK(asked.at("kind") == "recusal_asked");
    CHECK(asked.at("data").at("officer") == "zhao");
    const auto bare = run({"open", "social-card.replace-lost", "--applicant", "9", "--field",
                           "id_number=420600199001010007", "--recused", "zhao"});
    CHECK(bare.code == 2);
    CHECK(holds(bare.err, "does not name the ground and reason of the recusal"));
    CHECK(data.at("about") == "420714001000-20260301-000001");
    CHECK(data.at("mode").is_null());

    const auto mode = run({"open", "social-card.replace-lost", "--applicant", "8", "--field",
                           "id_number=420600199001010007", "--mode", "by-boat"});
    CHECK(mode.code == 4);
    CHECK(holds(mode.err, "no_such_mode"));
    CHECK(run({"open", "social-card.replace-lost", "--applicant", "8", "--appointment", "soon"})
              .code == 2);
    CHECK(holds(run({"open", "--json", "-"}, R"({"item": "x", "boat": 1})").err, "`boat`"));
    const auto agent = run({"open", "social-card.replace-lost", "--applicant", "8", "--field",
                            "id_number=420600199001010007", "--agent", "9", "--agent-name", "吴"});
    CHECK(agent.code == 4);
    CHECK(holds(agent.err, "no_proxy"));
}

TEST_CASE("a demand is taken up where the catalog names a desk for it") {
    Terminal run;
    const auto nowhere = run({"demand", "my file cannot be found", "--applicant", "7"});
    CHECK(nowhere.code == 4);
    CHECK(holds(nowhere.err, "names no demand desk"));
    run.environment["WORKFLOW_CATALOG"] = WORKFLOW_SOURCE_DIR "/definitions";
    const auto taken = run({"demand", "my file cannot be found", "--as", "lin-fang", "--applicant",
                            "7", "--format", "json"});
    INFO(taken.err);
    REQUIRE(taken.code == 0);
    const auto number = taken.json().at("case").get<std::string>();
    const auto shown = run({"show", number, "--format", "json"});
    CHECK(shown.json().at("item") == "service-desk.demand");
    CHECK(holds(shown.out, "my file cannot be found"));
    CHECK(shown.json().at("mode").is_null());
}

}  // namespace workflow::testing::modes_test
