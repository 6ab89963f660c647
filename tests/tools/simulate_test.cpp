// `simulate`: arrivals against the officers, from the command line.

#include <pugixml.hpp>

#include "tools/terminal.hpp"

namespace workflow::testing::simulate_test {

using Json = nlohmann::ordered_json;

namespace {

const std::vector<std::string> ten_days{
    "simulate", "social-card.replace-lost", "--from", "2026-03-02", "--days", "20", "--warm-up",
    "2",        "--replications",           "3",      "--seed",     "5"};

Said simulate(Terminal& run, const std::vector<std::string>& more) {
    auto words = ten_days;
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
}

Json estimate_of(const Json& rows, const std::string& group, const std::string& name) {
    for (const auto& row : rows)
        if (row.at("group") == group && row.at("name") == name) return row;
    FAIL("no estimate of " << group << ' ' << name);
    return {};
}

}  // namespace

TEST_CASE("simulate tells waits, load and what is in time, each with its interval") {
    Terminal run;
    const auto said = simulate(run, {"--rate", "20/day", "--service", "10"});
    CHECK(said.code == 0);
    CHECK(holds(said.out,
                "20 days from 2026-03-02, the first 2 not measured; 3 replications, seed 5\n"));
    CHECK(holds(said.out, "mean ± 95 %"));
    CHECK(holds(said.out, "on time, %          promised"));
    CHECK(holds(said.out, "load, %             reviewer"));
    const auto json =
        simulate(run, {"--rate", "20/day", "--service", "10", "--format", "json"}).json();
    const auto side = json.at("sides").at(0);
    CHECK(side.at("arrived") == side.at("done").get<int>() + side.at("open").get<int>());
    const auto load = estimate_of(side.at("estimates"), "load", "reviewer");
    CHECK(load.at("values") == 3);
    CHECK(load.at("half_width").get<double>() > 0);
    // Twenty cases of ten minutes are a sixth of three reviewers' 390 minutes.
    CHECK(load.at("mean").get<double>() == Approx(200.0 / (3 * 390)).epsilon(0.25));
}

TEST_CASE("the same seed simulates the same to the letter, another one does not") {
    Terminal run;
    const auto once = simulate(run, {"--rate", "30/day"}).out;
    CHECK(once == simulate(run, {"--rate", "30/day"}).out);
    auto words = ten_days;
    words.back() = "6";
    words.insert(words.end(), {"--rate", "30/day"});
    CHECK(run(words).out != once);
}

TEST_CASE("two organizations are compared on the same arrivals") {
    Terminal run;
    run.write("fewer.yaml", R"(organization: test-hall
title: Test hall
halls: {north: {title: N}}
posts:
  general-window: {title: G, duties: [intake]}
  reviewer: {title: R, duties: [review]}
  unified-window: {title: U, duties: [issue]}
officers:
  lin: {name: L, hall: north, posts: [general-window]}
  zhao: {name: Z, hall: north, posts: [reviewer]}
  wang: {name: W, hall: north, posts: [unified-window]}
)");
    const auto json =
        simulate(run, {"--rate", "20/day", "--compare", run.path("fewer.yaml"), "--format", "json"})
            .json();
    REQUIRE(json.at("sides").size() == 2);
    CHECK(json.at("sides")[0].at("arrived") == json.at("sides")[1].at("arrived"));
    CHECK(json.at("sides")[1].at("name") == "fewer.yaml");
    const auto arrived = estimate_of(json.at("difference"), "cases", "arrived");
    CHECK(arrived.at("mean") == 0);
    const auto wait = estimate_of(json.at("difference"), "wait", "all tasks");
    CHECK(wait.at("mean").get<double>() > wait.at("half_width").get<double>());
}

TEST_CASE("a catalog is compared with itself without a difference") {
    Terminal run;
    const auto json = simulate(run, {"--rate", "20/day", "--compare-catalog",
                                     run.path("definitions"), "--format", "json"})
                          .json();
    for (const auto& row : json.at("difference"))
        if (!row.at("mean").is_null()) CHECK(row.at("mean") == 0);
}

TEST_CASE("arrivals are taken from a table of times") {
    Terminal run;
    run.write("arrivals.csv", "time\n2026-03-02T09:30\n2026-03-02T10:00\n2026-03-04T16:59\n");
    const auto json = run({"simulate", "social-card.replace-lost", "--arrivals",
                           run.path("arrivals.csv"), "--replications", "1", "--format", "json"})
                          .json();
    CHECK(json.at("from") == "2026-03-02");
    CHECK(json.at("days") == 3);
    CHECK(json.at("sides")[0].at("arrived") == 3);
    run.write("arrivals.csv", "time\n2026-03-02T09:30\nsoon\n");
    const auto bad =
        run({"simulate", "social-card.replace-lost", "--arrivals", run.path("arrivals.csv")});
    CHECK(bad.code == 2);
    CHECK(holds(bad.err, "arrivals.csv:3: `soon` is not a time; write 2026-03-02T09:30"));
}

TEST_CASE("arrivals are taken from the starts of an event log") {
    Terminal run;
    run.write("log.xes", R"(<?xml version="1.0"?>
<log><trace><string key="concept:name" value="1"/>
<event><date key="time:timestamp" value="2026-03-03T10:00:00+08:00"/></event>
<event><date key="time:timestamp" value="2026-03-02T10:00:00+08:00"/></event></trace>
<trace><event><date key="time:timestamp" value="2026-03-05T09:00:00+08:00"/></event></trace></log>
)");
    const auto json = run({"simulate", "social-card.replace-lost", "--log", run.path("log.xes"),
                           "--replications", "1", "--format", "json"})
                          .json();
    CHECK(json.at("from") == "2026-03-02");
    CHECK(json.at("days") == 4);
    CHECK(json.at("sides")[0].at("arrived") == 2);
}

TEST_CASE("a simulation is drawn as SVG") {
    Terminal run;
    REQUIRE(simulate(run, {"--rate", "60/day", "--plot", run.path("queues.svg")}).code == 0);
    pugi::xml_document drawing;
    REQUIRE(drawing.load_file(run.path("queues.svg").c_str()));
    std::string words;
    for (const auto text : drawing.child("svg").children("text"))
        words += std::string(text.child_value()) + '\n';
    CHECK(holds(words, "Tasks that wait at the end of the day, by post\n"));
    CHECK(holds(words, "general-window\n"));
    CHECK(holds(words, "2026-03-02\n"));
    int curves = 0;
    for (const auto path : drawing.child("svg").children("path")) {
        // A point for each of the twenty days.
        const std::string d = path.attribute("d").value();
        CHECK(std::count(d.begin(), d.end(), 'L') == 19);
        ++curves;
    }
    CHECK(curves >= 2);
}

TEST_CASE("simulate refuses what it cannot understand, and says what to write") {
    Terminal run;
    const auto refused = [&](const std::vector<std::string>& more, const std::string& why) {
        const auto said = simulate(run, more);
        CHECK(said.code == 2);
        INFO(said.err);
        CHECK(holds(said.err, why));
    };
    refused({}, "the arrivals are missing");
    refused({"--rate", "10", "--log", "x.xes"}, "arrivals are given twice");
    refused({"--rate", "many/day"}, "`many` is not a number");
    refused({"--rate", "nan/day"}, "`nan` is not a number");
    refused({"--rate", "card=5/day"}, "`card` is none of the simulated items");
    refused({"--rate", "5/day", "--service", "revew=3"}, "did you mean `review`?");
    refused({"--rate", "5/day", "--service", "review=3,uniform"}, "neither exp nor const");
    refused({"--rate", "5/day", "--outcome", "review.aprove=0.5"},
            "did you mean `review.approve`?");
    refused(
        {"--rate", "5/day", "--outcome", "review.approve=0.7", "--outcome", "review.reject=0.7"},
        "more than 1 together");
    refused({"--rate", "5/day", "--hours", "12:00-09:00"}, "does not come after");
    refused({"--rate", "5/day", "--hours", "9-12"}, "is not a time of day");
    refused({"--rate", "5/day", "--compare", "a", "--compare-catalog", "b"},
            "cannot both be given");
    refused({"--rate", "5/day", "--field", "id_number=1", "--field", "colour=red"},
            "no simulated item has a field colour");
    CHECK(run({"simulate", "cord", "--rate", "5"}).code == 2);
}

}  // namespace workflow::testing::simulate_test
