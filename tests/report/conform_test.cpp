// Does a trace follow the definition, and if not, what is the least that explains it?

#include <algorithm>
#include <iostream>
#include <random>

#include "batch/input.hpp"
#include "definition/loader.hpp"
#include "office.hpp"
#include "process/compiler.hpp"
#include "report/conform/check_log.hpp"
#include "shell/catalog_access.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::conform_test {

using report::Activity;
using report::ActivityMap;
using report::Conformance;
using report::Deviation;
using testing::Office;

namespace {

/// One step, two side by side, one that may be done again twice, and perhaps one more.
constexpr const char* small_item = R"(item: small
title: {zh: 小事, en: Small}
kind: instant
fields: {more: {type: boolean, default: false}}
start: a
on: {withdraw: withdrawn}
steps:
  a:
    title: {zh: 收件, en: Receive}
    task: first
    post: p
    outcomes: {ask: waiting, go: both}
  waiting: {wait: applicant, on: {supplied: both}}
  both:
    parallel:
      left: {start: b, steps: {b: {task: second, post: p, outcomes: {ok: done}}}}
      right: {start: c, steps: {c: {task: third, post: p, outcomes: {ok: done}}}}
    then: d
  d:
    task: fourth
    post: p
    outcomes:
      again: {to: d, at most: 2}
      go: way
      stop: ended
  way:
    choose:
      - {when: more, to: e}
      - {otherwise: ended}
  e: {task: fifth, post: p, outcomes: {ok: ended}}
  ended: {end: granted}
  withdrawn: {end: withdrawn}
)";

process::Process compiled(const std::string& text) {
    Sources sources;
    DiagnosticSink findings(sources);
    const auto loaded = definition::load({{"item.yaml", text}}, sources, findings);
    std::optional<process::Process> process;
    if (!loaded.items.empty()) process = process::compile(loaded.items[0], nullptr, findings);
    for (const auto& finding : findings.take()) UNSCOPED_INFO(render(finding));
    REQUIRE(process);
    return std::move(*process);
}

/// Letters for activities: A to E the steps, G `d.again`, S `supplied`, W `withdrawn`, X no step.
class Letters {
public:
    explicit Letters(const process::Process& process, Conformance::Options options = {})
        : conformance(process, options) {
        const ActivityMap map(process);
        for (const char* name : {"a", "b", "c", "d", "e", "d.again", "materials_supplied",
                                 "case_withdrawn", "unheard-of"})
            conformance.add(map.stands_for(name).value_or(std::vector<TransitionIndex>()));
    }
    report::Variant& check(std::string_view letters) {
        std::u16string trace;
        for (const char letter : letters)
            trace += static_cast<Activity>(std::string_view("ABCDEGSWX").find(letter));
        return conformance.check(trace);
    }
    /// `extra 2`, `missing 3`, `wrong 4 before 2`, joined by commas.
    std::string told(std::string_view letters) {
        std::string text;
        for (const auto& deviation : check(letters).deviations) {
            if (!text.empty()) text += ", ";
            const auto position = std::to_string(deviation.position);
            if (deviation.kind == Deviation::Kind::extra_step) text += "extra " + position;
            if (deviation.kind == Deviation::Kind::missing_step) text += "missing " + position;
            if (deviation.kind == Deviation::Kind::wrong_order)
                text += "wrong " + position + " before " + std::to_string(deviation.belongs_before);
        }
        return text;
    }
    Conformance conformance;
};

/// Every way through the small item, written down by hand: a lower-case letter is an outcome of
/// its step other than `again`.
std::vector<std::string> all_ways() {
    std::vector<std::string> ways;
    for (const char* middle : {"bc", "cb"})
        for (const char* more : {"", "G", "GG"})
            for (const char* end : {"d", "de"})
                ways.push_back(std::string("a") + middle + more + end);
    return ways;
}

/// The least number of letters that must go or come to make a way of the trace.
std::size_t least_changes(const std::string& trace, const std::string& way) {
    const auto same = [](char event, char step) {
        return step == 'G' ? event == 'G' || event == 'D' : event == step - 'a' + 'A';
    };
    std::vector<std::vector<std::size_t>> cost(trace.size() + 1,
                                               std::vector<std::size_t>(way.size() + 1));
    for (std::size_t i = 0; i <= trace.size(); ++i)
        for (std::size_t j = 0; j <= way.size(); ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            cost[i][j] = std::min(cost[i - 1][j], cost[i][j - 1]) + 1;
            if (same(trace[i - 1], way[j - 1]))
                cost[i][j] = std::min(cost[i][j], cost[i - 1][j - 1]);
        }
    return cost[trace.size()][way.size()];
}

}  // namespace

TEST_CASE("every way through an item fits") {
    const auto process = compiled(small_item);
    Letters letters(process);
    for (const char* trace :
         {"ABCD", "ACBD", "ABCDE", "ABCGD", "ABCGGDE", "ABCDDD", "ASBCD", "W", "ABW", "ACBGW"}) {
        INFO(trace);
        CHECK(letters.check(trace).fits());
    }
    CHECK(letters.conformance.fitness() == 1.0);
}

TEST_CASE("what is missing, extra and out of order is told with its place") {
    const auto process = compiled(small_item);
    Letters letters(process);
    CHECK(letters.told("ABD") == "missing 3");
    CHECK(letters.told("ABCXD") == "extra 4");
    // Of the two that are side by side it does not matter which is first.
    CHECK(letters.told("BACD") == "wrong 1 before 4");
    CHECK(letters.told("ABCGGGD") == "extra 6");
    CHECK(letters.told("ABC") == "missing 4");
    CHECK(letters.told("ABCDED") == "extra 6");
    const auto missing = letters.check("ABD").deviations.at(0);
    CHECK(process.step_at(process.transitions[missing.transition].takes[0].place).id.text == "c");
}

TEST_CASE("the alignment of any trace is the least that explains it") {
    const auto process = compiled(small_item);
    Letters letters(process);
    const auto ways = all_ways();
    std::mt19937 random(20);
    for (int i = 0; i < 3'000; ++i) {
        std::string trace;
        for (auto length = random() % 9; length > 0; --length) trace += "ABCDEGX"[random() % 7];
        std::size_t least = 1000;
        for (const auto& way : ways) least = std::min(least, least_changes(trace, way));
        const auto& variant = letters.check(trace);
        INFO(trace);
        REQUIRE(variant.decided);
        REQUIRE(variant.steps == least);
        std::size_t told = 0;
        for (const auto& deviation : variant.deviations)
            told += deviation.kind == Deviation::Kind::wrong_order ? 2 : 1;
        REQUIRE(told == least);
    }
}

TEST_CASE("cases that are under way still miss nothing at their end") {
    const auto process = compiled(small_item);
    Letters letters(process, {.unfinished = true});
    CHECK(letters.check("").fits());
    CHECK(letters.check("AC").fits());
    CHECK(letters.told("AD").size() > 0);
    CHECK(letters.told("CA") == "extra 1");
}

TEST_CASE("each variant is aligned once and counts its cases") {
    const auto process = compiled(small_item);
    Letters letters(process);
    for (const char* trace : {"ABCD", "ABCD", "ABD", "ABCD"}) letters.check(trace);
    REQUIRE(letters.conformance.variants().size() == 2);
    CHECK(letters.conformance.variants()[0].cases == 3);
    CHECK(letters.conformance.variants()[1].cases == 1);
    // One step too little, of the three that were done and the four that a case takes at least.
    CHECK(letters.conformance.fitness(letters.conformance.variants()[1]) == Approx(1 - 1 / 7.0));
    CHECK(letters.conformance.fitness() == Approx(1 - 1 / (3 * 8.0 + 7)));
}

TEST_CASE("a trace with too many ways open is not decided, and does not pass") {
    const auto process = compiled(small_item);
    Letters letters(process, {.most_states = 5});
    const auto& variant = letters.check("ABCDE");
    CHECK(!variant.decided);
    CHECK(!variant.fits());
}

TEST_CASE("activities are what the map says, else what they are named after") {
    const auto process = compiled(small_item);
    ActivityMap map(process);
    map.add_lines("# what we call it\n\nReceived = a\nx = y=d.go, d.stop\r\nnoise=\n");
    CHECK(map.stands_for("Received") == map.stands_for("a"));
    CHECK(map.stands_for("x = y")->size() == 2);
    CHECK(map.stands_for("noise") == std::nullopt);
    CHECK(map.stands_for("收件") == map.stands_for("a"));
    CHECK(map.stands_for("Receive") == map.stands_for("a"));
    CHECK(map.stands_for("d.again")->size() == 1);
    CHECK(map.stands_for("d.agin")->empty());
    CHECK(map.stands_for("case_opened") == std::nullopt);
    CHECK_THROWS_WITH(map.add("nothing"), "`nothing` maps nothing");
    CHECK_THROWS_WITH(map.add("noise=a"), "`noise` is mapped twice");
    CHECK_THROWS_WITH(map.add_lines("\nz=d.agan"), "2: `small` has no step or outcome `d.agan`");
    try {
        map.add("z=d.agan");
        FAIL("it was taken");
    } catch (const report::MapError& error) {
        CHECK(error.hint == "did you mean `d.again`?");
    }
}

TEST_CASE("a log in CSV is put in order by case and time") {
    const auto process = compiled(small_item);
    const ActivityMap map(process);
    const testing::TemporaryFolder folder;
    const auto log = folder / "log.csv";
    std::ofstream(log) << "activity,case,time,lifecycle\n"
                          "a,one,2026-03-02T09:00:00+08:00,complete\n"
                          "a,two,2026-03-02,\n"
                          "d,one,2026-03-05 09:00:00,COMPLETE\n"
                          "b,one,2026-03-03T09:00:00,start\n"
                          "b,one,2026-03-03T09:00:00,complete\n"
                          "c,one,2026-03-03T01:30:00Z,complete\n";
    const auto checked = report::check_log(log, UtcOffset{}, process, map, {});
    CHECK(checked.cases == 2);
    CHECK(checked.events == 5);
    CHECK(checked.deviating == std::vector<std::vector<std::string>>{{}, {"two"}});

    std::ofstream(log, std::ios::app) << "d,two,soon,\n";
    CHECK_THROWS_WITH(report::check_log(log, UtcOffset{}, process, map, {}),
                      Catch::Contains("log.csv:8: `soon` is no time"));
    std::ofstream(log) << "case,activity\n";
    CHECK_THROWS_WITH(report::check_log(log, UtcOffset{}, process, map, {}),
                      Catch::Contains("there is no column `time`"));
    CHECK_THROWS_WITH(report::check_log(folder / "log.txt", UtcOffset{}, process, map, {}),
                      Catch::Contains("a log ends in .xes, .csv"));
}

TEST_CASE("what the engine has written fits the definition that it ran on") {
    Office office;
    office.grant("1001");
    const auto declined = office.open("1002");
    office.complete(declined, "decline", "other office");
    const auto withdrawn = office.open("1003");
    REQUIRE(office.engine->withdraw(withdrawn, ""));
    const auto returned = office.open("1004");
    office.complete(returned, "accept");
    office.complete(returned, "return", "unclear");
    office.complete(returned, "supplement");
    REQUIRE(office.engine->supply(returned, {}));
    office.complete(returned, "accept");
    office.complete(returned, "reject", "no");
    const auto process = compiled(office.catalog).process(ItemId("social-card.replace-lost"));
    const ActivityMap map(*process);
    for (const auto& log : {office.file("a.xes", write_xes), office.file("a.csv", write_csv)}) {
        const auto checked = report::check_log(log, UtcOffset{}, *process, map, {});
        CHECK(checked.cases == 4);
        CHECK(checked.conformance.variants().size() == 4);
        CHECK(checked.conformance.fitness() == 1.0);
        for (const auto& activity : checked.activities) CHECK(activity.is_step);
    }
}

TEST_CASE("the municipality's log follows the definition modelled on it, but for one case") {
    const auto log = testing::event_logs() / "receipt.xes.gz";
    if (!std::filesystem::exists(log)) {
        std::cerr << "skipped: no receipt.xes.gz; set WORKFLOW_SUITES to the folder that holds "
                     "event-logs/\n";
        return;
    }
    const std::filesystem::path example = WORKFLOW_SOURCE_DIR "/examples/permit-intake";
    const auto loaded = Catalog::load({example / "definitions"});
    REQUIRE(loaded.catalog);
    const auto process = compiled(*loaded.catalog).process(ItemId("permit.intake"));
    ActivityMap map(*process);
    std::ostringstream lines;
    lines << std::ifstream(example / "activities.map").rdbuf();
    map.add_lines(lines.str());
    const auto whole = report::check_log(log, UtcOffset{60}, *process, map, {});
    CHECK(whole.cases == 1434);
    CHECK(whole.events == 8577);
    CHECK(whole.conformance.variants().size() == 116);
    std::uint64_t fitting = 0;
    for (const auto& variant : whole.conformance.variants())
        if (variant.fits()) fitting += variant.cases;
    // The others are the 162 that are open when the log ends.
    CHECK(fitting == 1272);
    const auto under_way =
        report::check_log(log, UtcOffset{60}, *process, map, {.unfinished = true});
    std::vector<std::string> odd;
    for (const auto& names : under_way.deviating) odd.insert(odd.end(), names.begin(), names.end());
    CHECK(odd == std::vector<std::string>{"case-7917"});
}

TEST_CASE("the textbook's log of requests for compensation fits its textbook net") {
    const auto log = testing::event_logs() / "running-example.xes";
    if (!std::filesystem::exists(log)) {
        std::cerr << "skipped: no running-example.xes\n";
        return;
    }
    // Van der Aalst, Process Mining (2016), figure 2.2.
    const auto process = compiled(R"(item: compensation
title: Compensation
kind: instant
start: register-request
steps:
  register-request: {title: register request, task: a, post: p, outcomes: {ok: both}}
  both:
    parallel:
      examination:
        start: examine
        steps:
          examine: {task: b, post: p, outcomes: {thoroughly: done, casually: done}}
      ticket: {start: check, steps: {check: {title: check ticket, task: d, post: p, outcomes: {ok: done}}}}
    then: decide
  decide: {task: e, post: p, outcomes: {again: reinitiate, pay: pay, reject: reject}}
  reinitiate: {title: reinitiate request, task: f, post: p, outcomes: {ok: both}}
  pay: {title: pay compensation, task: g, post: p, outcomes: {ok: paid}}
  reject: {title: reject request, task: h, post: p, outcomes: {ok: rejected}}
  paid: {end: granted}
  rejected: {end: refused}
)");
    ActivityMap map(process);
    map.add_lines("examine thoroughly=examine.thoroughly\nexamine casually=examine.casually\n");
    const auto checked = report::check_log(log, UtcOffset{60}, process, map, {});
    CHECK(checked.cases == 6);
    CHECK(checked.events == 42);
    CHECK(checked.conformance.fitness() == 1.0);
}

}  // namespace workflow::testing::conform_test
