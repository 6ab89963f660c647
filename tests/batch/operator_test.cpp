// Whoever runs a script answers for what it does.

#include "crypto/digest.hpp"
#include "desk.hpp"

namespace workflow::testing::operator_test {

using testing::Desk;
using testing::standard_row;
using testing::standard_script;
using testing::standard_texts;
using testing::with;

namespace {

/// The hall without a rule that lets scripts decide.
std::vector<Catalog::Text> without_rule() {
    auto texts = standard_texts();
    for (auto& text : texts)
        if (const auto at = text.content.find("batch: {rules"); at != std::string::npos)
            text.content.erase(at, text.content.find('\n', at) + 1 - at);
    return texts;
}

BatchOptions run_by(const char* officer) {
    BatchOptions options;
    options.operated_by = OfficerId(officer);
    return options;
}

}  // namespace

TEST_CASE("every event of a batch says who ran it, by which script, and from which row") {
    Desk desk;
    const auto report = desk.run(standard_row("01"), standard_script, run_by("chief"));
    CHECK(report.done == 1);
    const auto trail = *desk.engine->reader().trail(desk.case_of("p01").number);
    for (const auto& event : trail) {
        REQUIRE(event.batch.size() == 1);
        CHECK(event.batch.front().operated_by == OfficerId("chief"));
        CHECK(event.batch.front().script == sha256(standard_script));
        CHECK(event.batch.front().row == "01");
    }
    CHECK(desk.engine->administration().verify().intact());
}

TEST_CASE("where nobody is named, an account of the machine ran it") {
    Desk desk;
    desk.run(standard_row("01"));
    const auto trail = *desk.engine->reader().trail(desk.case_of("p01").number);
    CHECK(trail.front().batch.front().operated_by.empty());
}

TEST_CASE("a script performs separated duties only where a rule lets it, which the trail names") {
    for (const auto* who : {"", "chief"}) {
        INFO("run by " << who);
        Desk bare(without_rule());
        const auto refused = bare.run(standard_row("01"), standard_script, run_by(who));
        CHECK(refused.rules ==
              std::vector<std::pair<std::string, std::uint64_t>>{{"separated", 1}});
        CHECK(bare.case_of("p01").steps == "review");

        Desk ruled;
        CHECK(ruled.run(standard_row("01"), standard_script, run_by(who)).rejected == 0);
        const auto trail = *ruled.engine->reader().trail(ruled.case_of("p01").number);
        std::vector<std::string> rules;
        for (const auto& event : trail)
            if (std::holds_alternative<TaskCompleted>(event.what))
                rules.push_back(event.batch.front().rule);
        CHECK(rules == std::vector<std::string>{"", "backlog", "backlog"});
    }
}

TEST_CASE("two officers may each run a part, and an account of the machine may be either") {
    std::string accepting = standard_script;
    accepting.resize(accepting.find("  review:"));
    std::string deciding = R"(batch: rest
cases: {item: social-card.replace-lost}
duties:
  review: {outcomes: [{outcome: approve}]}
)";
    for (const auto& [second, done] :
         std::vector<std::pair<const char*, bool>>{{"wang", true}, {"chief", false}, {"", false}}) {
        INFO("reviewed by a script of " << second);
        Desk desk(without_rule());
        desk.run(standard_row("01"), accepting, run_by("chief"));
        const auto report = desk.run_script(deciding, run_by(second));
        CHECK((report.rejected == 0) == done);
        CHECK(desk.case_of("p01").steps == (done ? "issue" : "review"));
    }
}

TEST_CASE("what an officer did by hand is kept apart from what their scripts do, rule or not") {
    Desk desk;
    std::string opening = standard_script;
    opening.resize(opening.find("duties:"));
    desk.run(standard_row("01"), opening);
    const auto number = desk.case_of("p01").number;
    CompleteTask accept;
    accept.task = TaskNumber{1};
    accept.outcome = OutcomeId("accept");
    REQUIRE(desk.engine->complete(number, accept, OfficerId("lin")));
    const std::string deciding = R"(batch: rest
cases: {item: social-card.replace-lost}
duties:
  review: {outcomes: [{outcome: approve}]}
)";
    CHECK(desk.run_script(deciding, run_by("lin")).rules ==
          std::vector<std::pair<std::string, std::uint64_t>>{{"separated", 1}});
    CHECK(desk.run_script(deciding, run_by("wang")).done == 1);
    // And by hand the other way: who ran the review does not hand out.
    CompleteTask deliver;
    deliver.task = TaskNumber{3};
    deliver.outcome = OutcomeId("deliver");
    CHECK(
        desk.engine->complete(number, deliver, OfficerId("wang")).refused(RefusalCode::separated));
    CHECK(desk.engine->complete(number, deliver, OfficerId("chief")));
    CHECK(desk.engine->administration().verify().intact());
}

TEST_CASE("nobody runs a script over their own case, and a stranger runs none") {
    Desk desk;
    std::string row = standard_row("01");
    row.replace(row.find("p01"), 3, "chief");
    CHECK(desk.run(row, standard_script, run_by("chief")).rules ==
          std::vector<std::pair<std::string, std::uint64_t>>{{"applicant_is_officer", 1}});
    CHECK(desk.run(standard_row("02"), standard_script, run_by("nobody")).rules ==
          std::vector<std::pair<std::string, std::uint64_t>>{{"unknown_officer", 1}});
}

TEST_CASE("a time of the ledger is entered as it stands, or the row is refused with the reason") {
    Desk desk;
    const auto moved = [](const char* key, const std::string& received,
                          const std::string& reviewed) {
        auto row = standard_row(key);
        row.replace(row.find("2026-03-03T09:00"), 16, received);
        row.replace(row.find("2026-03-04T10:30"), 16, reviewed);
        return row;
    };
    const auto report =
        desk.run(moved("01", "2026-03-03T09:00", "2026-03-02T10:30") +  // before it was received
                 moved("02", "2026-03-03T09:00", "2126-03-02T10:30") +  // has not come
                 moved("03", "2026-03-03T09:00", "2026-03-03") +        // some time of that day
                 moved("04", "2026-03-03T09:00", "2026-03-02") +        // the day before
                 moved("05", "2026-03-03T09:00", "2026-02-30T10:30"));  // no such day
    CHECK(report.done == 1);
    CHECK(report.rules == std::vector<std::pair<std::string, std::uint64_t>>{
                              {"time_out_of_order", 3}, {"value_unreadable", 1}});
    CHECK(desk.rejected().find("2026-03-02T10:30:00+08:00 is before the last event of the case") !=
          std::string::npos);
    CHECK(desk.case_of("p03").status == "granted");
}

TEST_CASE("a time that the hall's clock leaves out is refused") {
    auto texts = standard_texts();
    for (auto& text : texts)
        if (text.path == "organization.yaml")
            text.content.insert(text.content.find("halls:"), "zone: Europe/Amsterdam\n");
    Desk desk(texts);
    auto row = standard_row("01");
    row.replace(row.find("2026-03-03T09:00"), 16, "2026-03-29T02:30");
    CHECK(desk.run(row).rules ==
          std::vector<std::pair<std::string, std::uint64_t>>{{"value_unreadable", 1}});
}

TEST_CASE("another run of the same script under a key of its own has rows of its own") {
    Desk desk;
    desk.run(standard_row("01"));
    BatchOptions again;
    again.key = CommandKey("second-ledger");
    CHECK(desk.run(standard_row("01"), standard_script, again).done == 1);
    CHECK(desk.run(standard_row("01"), standard_script, again).skipped == 1);
    CHECK(desk.engine->reader().cases({}).size() == 2);
}

}  // namespace workflow::testing::operator_test
