// `show --clock`: the limits of a case, day by day.

#include "tools/terminal.hpp"

namespace workflow::testing::clock_test {

namespace {

/// A case whose clocks run: accepted on Thursday 2026-04-30, before the holidays of May.
std::string accepted_case(Terminal& run) {
    run.now = *workflow::parse_instant("2026-04-30T09:00:00+08:00", workflow::UtcOffset{});
    const auto number = run.open();
    REQUIRE(run({"complete", number, "accept", "--as", "lin"}).code == 0);
    return number;
}

nlohmann::ordered_json clock_of(const nlohmann::ordered_json& shown, const std::string& kind) {
    for (const auto& clock : shown.at("clocks"))
        if (clock.at("clock") == kind) return clock;
    FAIL("no clock " << kind);
    return {};
}

}  // namespace

TEST_CASE("each day of a limit is shown with the reason and the running count") {
    Terminal run;
    const auto number = accepted_case(run);
    const auto shown = run({"show", number, "--clock", "--format", "json"}).json();
    const auto promised = clock_of(shown, "promised");
    CHECK(promised.at("limit") == "5 workdays");
    CHECK(promised.at("due") == "2026-05-11");
    CHECK(promised.at("recorded_due") == "2026-05-11");
    const auto& days = promised.at("days");
    REQUIRE(days.size() == 12);
    CHECK(days[0].at("why") == "first_day");
    CHECK(days[0].at("article") == "民法典第二百零一条");
    CHECK(days[1].at("why") == "holiday");
    CHECK(days[1].at("notice") == 2026);
    // A Saturday that the notice lists; Sunday the 10th it does not.
    CHECK(days[2].at("why") == "holiday");
    CHECK(days[10].at("why") == "weekend");
    // Saturday 2026-05-09 makes up for the holidays.
    CHECK(days[9].at("why") == "makeup_workday");
    CHECK(days[9].at("count") == 4);
    CHECK(days[9].at("article") == "行政许可法第八十二条");
    CHECK(days[11].at("count") == 5);
}

TEST_CASE("days alike that follow each other share a line, and --all gives each its own") {
    Terminal run;
    const auto number = accepted_case(run);
    const auto folded = run({"show", number, "--clock"}).out;
    CHECK(holds(folded, "promised: 5 workdays from 2026-04-30, due on 2026-05-11\n"));
    CHECK(
        holds(folded, "2026-05-01 Fri  2026-05-05 Tue         statutory holiday, notice of 2026"));
    CHECK(holds(folded, "make-up working day (调休), notice of 2026"));
    const auto unfolded = run({"show", number, "--clock", "--all"}).out;
    CHECK(holds(unfolded, "2026-05-05 Tue"));
    CHECK(std::count(unfolded.begin(), unfolded.end(), '\n') >
          std::count(folded.begin(), folded.end(), '\n'));
}

TEST_CASE("the limit of an open task is shown beside those of its case") {
    Terminal run;
    const auto number = accepted_case(run);
    const auto task = clock_of(run({"show", number, "--clock", "--format", "json"}).json(), "task");
    CHECK(task.at("step") == "review");
    CHECK(task.at("due") == task.at("recorded_due"));
}

TEST_CASE("a limit that reaches into a year without a notice is shown as provisional") {
    Terminal run;
    run.now = *workflow::parse_instant("2026-12-24T09:00:00+08:00", workflow::UtcOffset{});
    const auto number = run.open();
    REQUIRE(run({"complete", number, "accept", "--as", "lin"}).code == 0);
    const auto shown = run({"show", number, "--clock", "--format", "json"}).json();
    const auto law = clock_of(shown, "statutory");
    CHECK(law.at("provisional") == true);
    CHECK(law.at("days").back().at("assumed") == true);
    CHECK(holds(run({"show", number, "--clock"}).out, "the notice of 2027 is not loaded"));
}

TEST_CASE("before acceptance no clock of the case runs") {
    Terminal run;
    const auto number = run.open();
    const auto shown = run({"show", number, "--clock", "--format", "json"}).json();
    REQUIRE(shown.at("clocks").size() == 1);  // the limit of the intake task alone
    CHECK(shown.at("clocks")[0].at("clock") == "task");
}

TEST_CASE("a clock that stands has an earliest end, and its ground is told") {
    Terminal run;
    run.write("definitions/hearing.yaml", R"(item: permit
title: Permit
kind: committed
limits: {statutory: 20 workdays, promised: 10 workdays}
channels: [window, web]
start: intake
steps:
  intake: {task: intake, post: general-window, outcomes: {accept: {to: hearing, accepts: true}}}
  hearing:
    wait: applicant
    clock: paused
    ground: 行政许可法第四十五条
    on: {supplied: issue}
  issue: {task: issue, post: unified-window, outcomes: {deliver: granted}}
  granted: {end: granted}
)");
    const auto opened = run({"open", "permit", "--applicant", "7", "--format", "json"}).json();
    const auto number = opened.at("case").get<std::string>();
    REQUIRE(run({"complete", number, "accept", "--as", "lin"}).code == 0);
    run.pass_days(4);  // from Monday to Friday
    auto law = clock_of(run({"show", number, "--clock", "--format", "json"}).json(), "statutory");
    CHECK(law.at("at_the_earliest") == true);
    CHECK(law.at("recorded_due").is_null());
    CHECK(law.at("pauses")[0].at("to").is_null());
    CHECK(law.at("days")[4].at("why") == "paused");
    CHECK(law.at("days")[4].at("article") == "行政许可法第四十五条");
    CHECK(law.at("due") == "2026-04-03");
    CHECK(holds(run({"show", number, "--clock"}).out, "due on 2026-04-03 at the earliest"));

    REQUIRE(run({"supply", number}).code == 0);
    law = clock_of(run({"show", number, "--clock", "--format", "json"}).json(), "statutory");
    CHECK(law.at("at_the_earliest") == false);
    CHECK(law.at("due") == "2026-04-03");
    CHECK(law.at("recorded_due") == "2026-04-03");
    CHECK(holds(run({"show", number, "--clock"}).out,
                "the clock stands from 2026-03-02 to 2026-03-06"));
}

TEST_CASE("--all without --clock is a mistake of the command line") {
    Terminal run;
    CHECK(run({"show", "x", "--all"}).code == 2);
}

TEST_CASE("of several calendars the one that rules a day out is told") {
    Terminal run;
    run.write("definitions/bank.yaml", R"(calendar: bank
year: 2026
holidays: [2026-03-04]
)");
    run.write("definitions/loan.yaml", R"(item: loan
title: Loan
kind: committed
calendar: [china, bank]
limits: {promised: 5 workdays}
channels: [window, web]
start: intake
steps:
  intake: {task: intake, post: general-window, outcomes: {accept: {to: issue, accepts: true}}}
  issue: {task: issue, post: unified-window, outcomes: {deliver: granted}}
  granted: {end: granted}
)");
    const auto opened = run({"open", "loan", "--applicant", "7", "--format", "json"}).json();
    const auto number = opened.at("case").get<std::string>();
    REQUIRE(run({"complete", number, "accept", "--as", "lin"}).code == 0);
    const auto clock =
        clock_of(run({"show", number, "--clock", "--format", "json"}).json(), "promised");
    CHECK(clock.at("due") == "2026-03-10");
    CHECK(clock.at("recorded_due") == "2026-03-10");
    CHECK(clock.at("days")[2].at("why") == "holiday");
    CHECK(clock.at("days")[2].at("ruled_out_by") == nlohmann::ordered_json({"bank"}));
    CHECK(clock.at("days")[5].at("ruled_out_by").size() == 2);  // a Saturday
    const auto told = run({"show", number, "--clock"}).out;
    CHECK(holds(told, "statutory holiday, notice of 2026, by the calendar bank"));
    CHECK(holds(told, "weekend  "));
}

}  // namespace workflow::testing::clock_test
