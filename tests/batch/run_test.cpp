// What becomes of the rows.

#include <chrono>
#include <map>
#include <set>

#include "desk.hpp"

namespace workflow::testing::run_test {

using testing::Desk;
using testing::standard_row;
using testing::standard_script;
using testing::with;

namespace {

std::string rows(int count) {
    static const char* const findings[] = {"", "", "", "photo missing", "not ours"};
    static const char* const verdicts[] = {"", "", "return", "", "", "", "reject"};
    std::string text;
    for (int i = 0; i < count; ++i)
        text += standard_row(std::to_string(1000 + i), findings[i % 5], verdicts[i % 7],
                             i % 14 == 6 ? "" : "不符合条件");
    return text;
}

}  // namespace

TEST_CASE("each row becomes a case and goes as far as its columns say") {
    Desk desk;
    const auto report = desk.run(
        standard_row("01") + standard_row("02", "not ours") + standard_row("03", "photo missing") +
        standard_row("04", "", "return") + standard_row("05", "", "reject", "too late") +
        standard_row("06", "photo missing", "never"));
    CHECK(report.read == 6);
    CHECK(report.done == 6);
    CHECK(report.rejected == 0);
    CHECK(desk.case_of("p01").status == "granted");
    CHECK(desk.case_of("p02").status == "not accepted");
    CHECK(desk.case_of("p03").status == "granted");
    CHECK(desk.case_of("p04").status == "granted");
    CHECK(desk.case_of("p05").status == "refused");
    CHECK(desk.case_of("p06").status == "open");
    CHECK(desk.case_of("p06").steps == "supplementing");
    CHECK(report.statuses == std::vector<std::pair<std::string, std::uint64_t>>{
                                 {"granted", 3}, {"not accepted", 1}, {"open", 1}, {"refused", 1}});
    std::uint64_t events = 0;
    for (const auto& view : desk.engine->reader().cases({})) events += number(view.version);
    CHECK(report.events == events);
    CHECK(desk.engine->administration().verify().intact());
    CHECK(!std::filesystem::exists(desk.folder.file("script.rejected.csv")));
}

TEST_CASE("an act is said to have happened when its row says so") {
    Desk desk;
    desk.run(standard_row("01"));
    const auto trail = *desk.engine->reader().trail(desk.case_of("p01").number);
    CHECK(trail.front().happened == parse_instant("2026-03-03T09:00:00+08:00", {}));
    CHECK(trail.back().happened == parse_instant("2026-03-04T10:30:00+08:00", {}));
    CHECK(trail.back().recorded > trail.back().happened);
    CHECK(desk.case_of("p01").promised_due == date_of(2026, 3, 10));
}

TEST_CASE("a second run skips what is done and adds nothing") {
    Desk desk;
    const auto first = desk.run(rows(50));
    const auto second = desk.run(rows(50));
    CHECK(second.read == 50);
    CHECK(second.done == 0);
    CHECK(second.skipped + second.rejected == 50);
    CHECK(second.rejected == first.rejected);
    CHECK(second.events == 0);
    CHECK(desk.engine->reader().cases({}).size() == 50);
}

TEST_CASE("a row that a rule refuses is written down with the reason, and stays as it is") {
    Desk desk;
    const auto report =
        desk.run(standard_row("01") + standard_row("02", "", "reject", "") + standard_row("03"));
    CHECK(report.done == 2);
    CHECK(report.rejected == 1);
    CHECK(report.rules ==
          std::vector<std::pair<std::string, std::uint64_t>>{{"reason_required", 1}});
    CHECK(report.rejected_file == desk.folder.file("script.rejected.csv").string());
    const auto number = desk.case_of("p02").number.text;
    CHECK(desk.rejected() ==
          "key,line,case,step,rule,reason,row,person,id_number,lost,received,reviewed,finding,"
          "verdict,remark\n02,3," +
              number +
              ",review,reason_required,reject requires a reason,02,p02,4206001990010102,true,"
              "2026-03-03T09:00,2026-03-04T10:30,,reject,\n");
    CHECK(desk.case_of("p02").steps == "review");
    CHECK(desk.case_of("p03").status == "granted");
}

TEST_CASE("a row mended after it was rejected goes on where it stood, and the file goes") {
    Desk desk;
    desk.run(standard_row("01") + standard_row("02", "", "reject", ""));
    const auto stood = desk.case_of("p02").number;
    const auto report = desk.run(standard_row("01") + standard_row("02", "", "reject", "too late"));
    CHECK(report.done == 1);
    CHECK(report.skipped == 1);
    CHECK(report.rejected == 0);
    CHECK(desk.case_of("p02").number == stood);
    CHECK(desk.case_of("p02").status == "refused");
    CHECK(!std::filesystem::exists(desk.folder.file("script.rejected.csv")));
}

TEST_CASE("rows that cannot become a case are rejected, each with its reason") {
    Desk desk;
    const auto report = desk.run(
        standard_row("01") + "02,too few\n" + ",p03,4,true,2026-03-03,2026-03-04,,,\n" +
            standard_row("01", "", "", "again") + "05,p05,4,yes,2026-03-03,2026-03-04,,,\n" +
            "06,p06,4,true,soon,2026-03-04,,,\n" + "07,p07,,true,2026-03-03,2026-03-04,,,\n",
        with("key: row}", "key: row, columns: {lost: boolean}}"));
    CHECK(report.read == 7);
    CHECK(report.done == 1);
    CHECK(report.rules ==
          std::vector<std::pair<std::string, std::uint64_t>>{{"field_missing", 1},
                                                             {"key_missing", 1},
                                                             {"key_repeated", 1},
                                                             {"row_unreadable", 1},
                                                             {"value_unreadable", 2}});
    CHECK(desk.engine->reader().cases({}).size() == 1);
    const auto text = desk.rejected();
    CHECK(text.find("05,6,,,value_unreadable,\"column lost is not of type boolean: ") !=
          std::string::npos);
    CHECK(text.find("`at` is not a date or moment: \"\"soon\"\"") != std::string::npos);
}

TEST_CASE("rows that `only` leaves out are skipped and open nothing") {
    Desk desk;
    const auto report = desk.run(rows(10), with("key: row}", "key: row, only: finding != null}"));
    CHECK(report.skipped == 6);
    CHECK(desk.engine->reader().cases({}).size() == 4);
}

TEST_CASE("a dry run keeps nothing and tells what would be") {
    Desk desk;
    desk.folder.write("script.rejected.csv", "of an earlier run");
    BatchOptions dry;
    dry.dry_run = true;
    dry.rows_a_commit = 7;
    const auto would = desk.run(rows(50), standard_script, dry);
    CHECK(desk.engine->reader().cases({}).empty());
    CHECK(would.rejected_file.empty());
    CHECK(desk.rejected() == "of an earlier run");
    const auto does = desk.run(rows(50));
    CHECK(would.done == does.done);
    CHECK(would.rejected == does.rejected);
    CHECK(would.events == does.events);
    CHECK(would.statuses == does.statuses);
}

TEST_CASE("jobs ahead of the writing thread change nothing") {
    std::vector<std::vector<std::string>> results;
    for (const unsigned jobs : {1U, 2U, 4U}) {
        Desk desk;
        BatchOptions options;
        options.jobs = jobs;
        options.rows_a_commit = 7;
        const auto report = desk.run(rows(200), standard_script, options);
        std::vector<std::string> result{std::to_string(report.done),
                                        std::to_string(report.rejected),
                                        std::to_string(report.events), desk.rejected()};
        // Who accepted at the window, in the order of the cases.
        for (const auto& view : desk.engine->reader().cases({})) {
            const auto trail = desk.engine->reader().trail(view.number);
            for (const auto& event : *trail)
                if (const auto* done = std::get_if<TaskCompleted>(&event.what);
                    done && number(done->task) == 1)
                    result.push_back(view.number.text + done->officer.text + view.status);
        }
        results.push_back(std::move(result));
    }
    CHECK(results[0].size() > 100);
    CHECK(results[0] == results[1]);
    CHECK(results[0] == results[2]);
}

TEST_CASE("`by: any` spreads the work over all who may do it") {
    Desk desk;
    desk.run(rows(200));
    std::map<std::string, int> accepted;
    for (const auto& view : desk.engine->reader().cases({})) {
        const auto trail = desk.engine->reader().trail(view.number);
        for (const auto& event : *trail)
            if (const auto* done = std::get_if<TaskCompleted>(&event.what);
                done && number(done->task) == 1)
                ++accepted[done->officer.text];
    }
    REQUIRE(accepted.size() == 2);  // lin and sun
    CHECK(std::abs(accepted["lin"] - accepted["sun"]) <= 4);
}

TEST_CASE("an officer is known by id, or by a name that nobody else has") {
    Desk desk;
    desk.run(standard_row("01", "", "", "lin") + standard_row("02", "", "", "孙立") +
                 standard_row("03", "", "", "nobody"),
             with("  intake:\n", "  intake:\n    by: =remark\n"));
    const auto who = [&](const char* person) {
        const auto trail = desk.engine->reader().trail(desk.case_of(person).number);
        for (const auto& event : *trail)
            if (const auto* done = std::get_if<TaskCompleted>(&event.what)) return done->officer;
        return OfficerId();
    };
    CHECK(who("p01").text == "lin");
    CHECK(who("p02").text == "sun");
    CHECK(desk.rejected().find("intake,unknown_officer") != std::string::npos);
}

TEST_CASE("a row says how its case is served, who applies for another and who takes no part") {
    auto texts = testing::standard_texts();
    const auto add = [&](const char* file, const char* after, const std::string& more) {
        for (auto& text : texts)
            if (text.path == file) text.content.insert(text.content.find(after), more);
    };
    add("organization.yaml", "posts:\n",
        "modes:\n  express: {order: first}\n  booked: {by appointment: true}\n");
    add("replace-lost.yaml", "process:", "  authority: {title: 授权委托书, for: proxy}\n");
    Desk desk(texts);
    desk.folder.write("rows.csv",
                      "row,person,id_number,mode,comes,agent,agent_name,relative\n"
                      "1,p1,420600199001011,,,,,\n"
                      "2,p2,420600199001012,express,,a2,陈勇,孙立=kin: 兄弟\n"
                      "3,p3,420600199001013,booked,2026-03-05T09:30,,,\n"
                      "4,p4,420600199001014,booked,,,,\n"
                      "5,p5,420600199001015,booked,tomorrow,,,\n"
                      "6,p6,420600199001016,slow,,,,\n");
    const auto report = desk.run_script(R"(batch: circumstances
input: {file: rows.csv, key: row}
open:
  item: social-card.replace-lost
  applicant: {person: =person}
  channel: web
  at: '="2026-03-03"'
  mode: =mode
  appointment: =comes
  agent: {person: =agent, name: =agent_name}
  recused: [=relative, '=if mode = "express" then ["zhao=interest: 合伙"] else []']
  fields: {id_number: =id_number}
)");
    CHECK(report.done == 3);
    CHECK(report.rejected == 3);
    const auto asked = [&](const char* person) {
        std::vector<PersonId> persons;
        const auto trail = desk.engine->reader().trail(desk.case_of(person).number).value();
        for (const auto& event : trail)
            if (const auto* one = std::get_if<RecusalAsked>(&event.what))
                persons.push_back(one->person);
        return persons;
    };
    const auto opened = [&](const char* person) {
        return std::get<CaseOpened>(
            desk.engine->reader().trail(desk.case_of(person).number)->front().what);
    };
    CHECK(opened("p1").mode.empty());
    CHECK(!opened("p1").agent);
    CHECK(!opened("p1").appointment);
    CHECK(asked("p1").empty());
    CHECK(opened("p2").mode.text == "express");
    CHECK(opened("p2").comes_first);
    CHECK(opened("p2").agent == Agent{PersonId("a2"), "陈勇"});
    CHECK(asked("p2") == std::vector{PersonId("sun"), PersonId("zhao")});
    CHECK(opened("p3").appointment == parse_instant("2026-03-05T09:30:00+08:00", {}));
    const auto rejected = desk.rejected();
    CHECK(rejected.find("4,5,,open,appointment_needed") != std::string::npos);
    CHECK(rejected.find("`appointment` is not a date or moment: \"\"tomorrow") !=
          std::string::npos);
    CHECK(rejected.find("6,7,,open,no_such_mode") != std::string::npos);
}

TEST_CASE("separation holds for rows as for anybody") {
    Desk desk;
    // sun accepts, and the script wants sun to hand out as well.
    const auto report =
        desk.run(standard_row("01"), with("[{outcome: deliver,", "[{outcome: deliver, by: sun,"));
    CHECK(report.rejected == 1);
    CHECK(desk.rejected().find("issue,not_on_post") != std::string::npos);
}

TEST_CASE("where time passes, a wait that nobody ended is ended by its limit") {
    const auto row = standard_row("01", "photo missing", "never");
    Desk stands;
    stands.run(row);
    CHECK(stands.case_of("p01").steps == "supplementing");
    Desk passes;
    passes.run(row, std::string(standard_script) + "advance: true\n");
    CHECK(passes.case_of("p01").status == "lapsed");
    const auto trail = *passes.engine->reader().trail(passes.case_of("p01").number);
    CHECK(local_date(trail.back().happened, UtcOffset{480}) == date_of(2026, 4, 15));
}

TEST_CASE("where time passes, a limit that was missed before an act is recorded before it") {
    Desk desk;
    std::string late = standard_row("01");
    late.replace(late.find("2026-03-04T10:30"), 16, "2026-03-20T10:30");
    desk.run(late, std::string(standard_script) + "advance: true\n");
    CHECK(desk.case_of("p01").status == "granted");
    std::vector<std::string> kinds;
    const auto trail = desk.engine->reader().trail(desk.case_of("p01").number);
    for (const auto& event : *trail) kinds.emplace_back(kind_of(event.what));
    const auto passed = std::find(kinds.begin(), kinds.end(), "limit_passed");
    CHECK(passed != kinds.end());
    CHECK(std::find(passed, kinds.end(), "task_completed") != kinds.end());
}

TEST_CASE("the store's open cases are worked on as rows") {
    Desk fresh;
    // Opened, and left at the window.
    std::string opening = standard_script;
    opening.resize(opening.find("duties:"));
    fresh.run(rows(30), opening);
    CHECK(fresh.engine->reader().cases({}).front().steps == "intake");
    const auto report = fresh.run_script(R"(batch: clear
cases: {item: social-card.replace-lost, only: 'steps = "intake"'}
duties:
  intake: {outcomes: [{when: 'materials.photo = "missing"', outcome: decline, reason: no photo},
                      {otherwise: accept}]}
)");
    CHECK(report.read == 30);
    CHECK(report.done == 30);
    CHECK(report.statuses ==
          std::vector<std::pair<std::string, std::uint64_t>>{{"not accepted", 6}, {"open", 24}});
}

TEST_CASE("progress ends with all rows and the whole file") {
    Desk desk;
    BatchOptions options;
    options.rows_a_commit = 20;
    std::vector<std::pair<std::uint64_t, double>> told;
    options.progress = [&](std::uint64_t read, double share) { told.emplace_back(read, share); };
    desk.run(rows(50), standard_script, options);
    REQUIRE(told.size() == 3);
    CHECK(told.front().first == 20);
    CHECK(told.back() == std::pair<std::uint64_t, double>{50, 1.0});
}

TEST_CASE("a script that goes in circles is stopped") {
    Desk desk;
    const auto report =
        desk.run(standard_row("01"), with("verdict = \"return\" and times = 0", "true"));
    CHECK(report.rejected == 1);
    CHECK(report.rules.front().first == "outcome_exhausted");
}

}  // namespace workflow::testing::run_test
