// What time and haste do to a case, as operators see it: extension, silence, warnings, urging, a
// calendar that comes late.

#include "tools/terminal.hpp"

namespace workflow::testing::limits_test {

namespace {

constexpr const char* permit = R"(item: permit
title: {zh: 许可, en: Permit}
kind: committed
limits: {statutory: 20 workdays, warn: {yellow: 3 workdays, red: 1 workday}}
channels: [window, web]
start: intake
steps:
  intake:
    task: intake
    post: general-window
    limit: 3 workdays
    escalate: reviewer
    outcomes: {accept: {to: issue, accepts: true}}
    on: {after 5 workdays: {to: issue, accepts: true}}
  issue:
    task: issue
    post: unified-window
    outcomes:
      deliver: granted
      extend: {to: issue, extends: 10 workdays}
  granted: {end: granted}
)";

std::string opened(Terminal& run) {
    run.write("definitions/permit.yaml", permit);
    const auto said = run({"open", "permit", "--applicant", "7", "--format", "json"});
    REQUIRE(said.code == 0);
    return said.json().at("case").get<std::string>();
}

}  // namespace

TEST_CASE("an extension by approval is told with the clock and in the trail") {
    Terminal run;
    const auto number = opened(run);
    REQUIRE(run({"complete", number, "accept", "--as", "lin"}).code == 0);
    const auto without = run({"complete", number, "extend", "--as", "wang"});
    CHECK(without.code == 4);
    CHECK(holds(without.err, "reason_required"));
    REQUIRE(run({"complete", number, "extend", "--as", "wang", "--reason", "案情复杂"}).code == 0);
    CHECK(holds(run({"show", number, "--clock"}).out,
                "law: 30 workdays (10 of them by extension, 行政许可法第四十二条) from 2026-03-02, "
                "due on 2026-04-13"));
    const auto json = run({"show", number, "--clock", "--format", "json"}).json();
    CHECK(json.at("clocks")[0].at("extension") == "10 workdays");
    CHECK(holds(run({"trail", number}).out, "the limit of the law is extended by 10 workdays"));
    const auto again =
        run({"complete", number, "extend", "--as", "wang", "--reason", "more", "--format", "json"});
    CHECK(again.code == 4);
    CHECK(holds(again.out + again.err, "extended_already"));
}

TEST_CASE("silence is told as a deemed acceptance, after a warning to the post above") {
    Terminal run;
    const auto number = opened(run);
    run.pass_days(10);
    const auto report = run({"advance", "--format", "json"}).json();
    CHECK(report.at("timers") == 1);
    CHECK(report.at("limits") == 1);
    CHECK(report.at("escalations") == 1);
    const auto told = run({"trail", number}).out;
    CHECK(holds(told, "Reviewer is told that intake (task 1) is late"));
    CHECK(holds(told,
                "deemed accepted, since nobody has answered in time; the limits run from "
                "2026-03-02"));
    CHECK(holds(run({"show", number, "--clock"}).out, "(deemed accepted, since nobody answered"));
}

TEST_CASE("a limit that is near is warned of by advance, in yellow and in red") {
    Terminal run;
    const auto number = opened(run);
    REQUIRE(run({"complete", number, "accept", "--as", "lin"}).code == 0);
    run.pass_days(23);
    CHECK(run({"advance", "--format", "json"}).json().at("warnings") == 1);
    CHECK(holds(run({"trail", number}).out, "yellow warning: the limit of the law is near"));
    run.pass_days(4);
    CHECK(holds(run({"advance"}).out, "1 warning"));
    CHECK(holds(run({"trail", number}).out, "red warning: the limit of the law is near"));
    CHECK(run({"advance", "--format", "json"}).json().at("cases") == 0);
}

TEST_CASE("the applicant asks for haste, and the case shows how often") {
    Terminal run;
    const auto number = opened(run);
    REQUIRE(run({"urge", number, "--reason", "I travel on Monday"}).code == 0);
    const auto again = run({"urge", number});
    CHECK(again.code == 4);
    CHECK(holds(again.err, "urged_already"));
    CHECK(run({"urge", number, "--as", "chief"}).code == 0);
    CHECK(holds(run({"urge", number, "--as", "lin"}).err, "not_entitled"));
    CHECK(holds(run({"show", number}).out, "urged 2 times"));
    CHECK(run({"show", number, "--format", "json"}).json().at("times_urged") == 2);
    CHECK(holds(run({"trail", number}).out, "asked for haste: I travel on Monday"));
}

TEST_CASE("when the notice of a year comes, provisional days are counted anew") {
    Terminal run;
    run.now = *workflow::parse_instant("2026-12-21T09:00:00+08:00", workflow::UtcOffset{});
    const auto number = opened(run);
    REQUIRE(run({"complete", number, "accept", "--as", "lin"}).code == 0);
    CHECK(holds(run({"show", number}).out, "provisional"));
    CHECK(run({"advance", "--format", "json"}).json().at("recounted") == 0);
    run.write("definitions/calendar-2027.yaml",
              "calendar: china\nyear: 2027\nholidays: [2027-01-01, 2027-01-04]\n");
    CHECK(run({"advance", "--format", "json"}).json().at("recounted") == 1);
    CHECK(holds(run({"trail", number}).out, "the days were counted anew"));
    const auto law = run({"show", number, "--clock", "--format", "json"}).json().at("clocks")[0];
    CHECK(law.at("provisional") == false);
    CHECK(law.at("due") == law.at("recorded_due"));
    CHECK(law.at("due") == "2027-01-20");

    // Amended afterwards: nothing changes until it is asked for.
    run.write("definitions/calendar-2027.yaml",
              "calendar: china\nyear: 2027\nholidays: [2027-01-01, 2027-01-04, 2027-01-05]\n");
    CHECK(run({"advance", "--format", "json"}).json().at("recounted") == 0);
    CHECK(run({"advance", "--recount", "--format", "json"}).json().at("recounted") == 1);
    CHECK(run({"show", number, "--format", "json"}).json().at("statutory_due") == "2027-01-21");
    CHECK(run({"trail", "verify"}).code == 0);
}

}  // namespace workflow::testing::limits_test
