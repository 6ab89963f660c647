// `report`: results compared, from the command line.

#include <workflow/engine.hpp>

#include "report/compare/compare.hpp"
#include "support/made_trail.hpp"
#include "support/make_store.hpp"
#include "tools/terminal.hpp"

namespace workflow::testing::report_test {

namespace {

/// A hall with a slow officer, r102, and one item for which two can be drawn.
void make_hall(Terminal& run) {
    testing::MadeTrail made;
    made.cases = 4'000;
    made.days = 120;
    made.pace = [](auto, std::size_t officer) { return officer == 2 ? 5.0 : 2.0; };
    made.in_pool = [](std::size_t item, std::size_t officer) { return item != 1 || officer < 2; };
    for (const auto& text : testing::made_texts(made.items, made.reviewers))
        run.write("definitions/" + text.path, text.content);
    std::filesystem::remove(run.path("definitions/replace-lost.yaml"));
    const auto catalog =
        Catalog::load(std::vector<std::filesystem::path>{run.path("definitions")}).catalog;
    REQUIRE(catalog);
    const auto store = make_store(run.path("hall.db"));
    testing::TrailMaker(made, *catalog, *store).write();
    run.pass_days(300);
}

}  // namespace

TEST_CASE("report officers flags in words, with the figures and the rule beside them") {
    Terminal run;
    make_hall(run);
    const auto said = run({"report", "officers"});
    CHECK(said.code == 0);
    CHECK(holds(said.out, "r102 takes longer than the others of the pool, in "));
    CHECK(holds(said.out, "of the last 4 months with enough tasks"));
    CHECK(holds(said.out, "standard deviations"));
    CHECK(holds(said.out, "Rule: only drawn tasks count"));
    CHECK(holds(said.out, "officers could be compared"));
    const auto chinese = run({"report", "officers", "--language", "zh"});
    CHECK(holds(chinese.out, "r102：用时长于同池人员"));

    const auto json = run({"report", "officers", "--format", "json"}).json();
    REQUIRE(!json.at("flags").empty());
    const auto flag = json.at("flags").at(0);
    CHECK(flag.at("officer") == "r102");
    CHECK(flag.at("measure") == "days");
    CHECK(flag.at("direction") == "high");
    CHECK(flag.at("periods").at(0).at("observed") > flag.at("periods").at(0).at("expected"));
    CHECK(flag.at("periods").at(0).at("tasks") >= 30);
    for (const auto& row : json.at("rows"))
        CHECK(row.at("flagged") == (row.at("officer") == "r102"));
}

TEST_CASE("report writes the same figures as JSON and as CSV") {
    Terminal run;
    make_hall(run);
    const auto json = run({"report", "halls", "--by", "month", "--format", "json"}).json();
    const auto csv = run({"report", "halls", "--by", "month", "--format", "csv"}).out;
    CHECK(csv.starts_with("hall,period,received,accepted,completed,"));
    std::uint64_t received = 0;
    for (const auto& row : json.at("rows")) {
        received += row.at("received").get<std::uint64_t>();
        CHECK(holds(csv, "north," + row.at("period").get<std::string>() + ',' +
                             std::to_string(row.at("received").get<int>()) + ','));
    }
    CHECK(received == 4'000);
    CHECK(json.at("cases") == 4'000);
}

TEST_CASE("report items names cases that are lost and pairs, and no applicant") {
    Terminal run;
    const auto lost = run.open("1001");
    run({"complete", lost, "accept", "--as", "lin"});
    run.pass_days(30);
    const auto said = run({"report", "items"});
    CHECK(holds(said.out, "Overdue, lost: 1"));
    CHECK(holds(said.out, lost + " (social-card.replace-lost), due 2026-03-09"));
    for (const char* format : {"table", "json", "csv", "html"}) {
        const auto text = run({"report", "items", "--format", format}).out;
        CHECK(!text.empty());
        CHECK(!holds(text, "42060019900101"));
    }
    CHECK(run({"report", "items", "--format", "json"}).json().at("lost").at(0).at("case") == lost);
    CHECK(holds(run({"report", "items", "--list", "0"}).out, "Overdue, lost: 0"));
}

TEST_CASE("report pools flags an item for which too few can be drawn") {
    Terminal run;
    make_hall(run);
    const auto said = run({"report", "pools"});
    CHECK(holds(said.out, "Shrunk pools: 1"));
    CHECK(holds(said.out, "made.item-1 / review: in "));
    CHECK(holds(said.out, "the median number of candidates is below 3"));
    CHECK(holds(run({"report", "pools", "--threshold", "2"}).out, "Shrunk pools: 0"));
}

TEST_CASE("a report is one page in either language that loads and runs nothing") {
    Terminal run;
    make_hall(run);
    for (const std::string kind : {"officers", "items", "halls", "pools"}) {
        const auto page = run({"report", kind, "--format", "html", "--language", "zh"}).out;
        CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh\">"));
        CHECK(holds(page, "default-src 'none'"));
        CHECK(holds(page, "全部数字"));
        CHECK(!holds(page, "<script"));
        CHECK(!holds(page, "http://"));
        CHECK(!holds(page, "https://"));
        CHECK(holds(run({"report", kind, "--format", "html", "--language", "en"}).out,
                    "All figures"));
    }
    const auto page = run({"report", "officers", "--format", "html"}).out;
    CHECK(holds(page, "class=\"bar flagged\""));
    CHECK(holds(page, "r102 takes longer than the others of the pool"));
}

TEST_CASE("report names what is wrong with its command line") {
    Terminal run;
    run.open();
    CHECK(run({"report", "officers", "--from", "spring"}).code == 2);
    CHECK(run({"report", "officers", "--by", "week"}).code == 2);
    CHECK(run({"report", "officers", "--from", "2026-05-01", "--to", "2026-04-01"}).code == 2);
    CHECK(run({"report", "pools", "--threshold", "0"}).code == 2);
    CHECK(run({"report", "officers", "--store", run.path("nowhere.db")}).code == 3);
    CHECK(run({"report", "officers"}).code == 0);
    CHECK(holds(run({"report"}).err, "there are report officers, report items, report halls"));
    CHECK(holds(run({"report", "offcers"}).err, "did you mean `workflow report officers`?"));
}

TEST_CASE("report reconcile tells what a ledger lacks, has more, or says otherwise, by its lines") {
    Terminal run;
    const auto one = run.open("1001"), two = run.open("1002"), three = run.open("1003");
    run({"complete", one, "accept", "--as", "lin"});
    run.write("ledger.csv", "办件编号,受理,结果,人员\n" + one + ",2026-03-02,在办,lin\n" + two +
                                ",2026-03-02,在办,\nm-0000009,,,\n" + two + ",,,\n");
    const std::vector<std::string> words{"report",        "reconcile",     run.path("ledger.csv"),
                                         "--column",      "case=办件编号", "--column",
                                         "accepted=受理", "--column",      "outcome=结果",
                                         "--column",      "officer=人员",  "--outcome",
                                         "在办=open"};
    auto as_json = words;
    as_json.insert(as_json.end(), {"--format", "json"});
    const auto said = run(as_json);
    CHECK(said.code == 1);
    const auto json = said.json();
    CHECK(json.at("rows") == 4);
    CHECK(json.at("equal") == 1);
    CHECK(json.at("counts").at("missing here") == 1);
    CHECK(json.at("counts").at("missing there") == 1);
    CHECK(json.at("counts").at("different") == 1);
    CHECK(json.at("counts").at("doubled") == 1);
    const auto& found = json.at("found");
    CHECK(found.at(0).at("row") == 4);
    CHECK(found.at(0).at("case") == "m-0000009");
    CHECK(found.at(1).at("case") == three);
    CHECK(found.at(2).at("row") == 3);
    CHECK(found.at(2).at("case") == two);
    CHECK(found.at(2).at("column") == "accepted");
    CHECK(found.at(2).at("ledger") == "2026-03-02");
    CHECK(holds(run(words).out, "4 rows, 3 cases: 1 equal, 1 missing here"));
}

TEST_CASE("report reconcile matches by item, day and applicant, and names no applicant") {
    Terminal run;
    const auto number = run.open("1001");
    run.write("ledger.csv",
              "item,received,applicant,outcome\n"
              "social-card.replace-lost,2026-03-02,1001,open\n");
    CHECK(run({"report", "reconcile", run.path("ledger.csv")}).code == 0);
    run.write("ledger.csv",
              "item,received,applicant,outcome\n"
              "social-card.replace-lost,2026-03-02,777001,open\n"
              "social-card.replace-lost,spring,777002,open\n");
    const auto said = run({"report", "reconcile", run.path("ledger.csv"), "--format", "csv"});
    CHECK(said.code == 1);
    CHECK(holds(said.out, "2,,missing here,,social-card.replace-lost received 2026-03-02,"));
    CHECK(holds(said.out, number + ",missing there"));
    CHECK(holds(said.out, "3,,unreadable,,"));
    CHECK(!holds(said.out, "77700"));
}

TEST_CASE("report reconcile names what is wrong with the ledger or the command line") {
    Terminal run;
    run.open();
    run.write("ledger.csv", "nothing,useful\n1,2\n");
    const auto said = run({"report", "reconcile", run.path("ledger.csv")});
    CHECK(said.code == 3);
    CHECK(holds(said.err, "neither a column `case` nor the three columns"));
    CHECK(run({"report", "reconcile", run.path("no.csv")}).code == 3);
    CHECK(run({"report", "reconcile", run.path("ledger.csv"), "--column", "cases=a"}).code == 2);
    CHECK(run({"report", "reconcile", run.path("ledger.csv"), "--column", "case=办件"}).code == 3);
    CHECK(run({"report", "reconcile", run.path("ledger.csv"), "--outcome", "a=grant"}).code == 2);
}

TEST_CASE("a case that comes back to the same reviewer is no draw from a pool of one") {
    Terminal run;
    const auto number = run.open();
    REQUIRE(run({"complete", number, "accept", "--as", "lin"}).code == 0);
    const auto task = run({"show", number, "--format", "json"}).json().at("tasks")[0];
    const auto reviewer = task.at("holder").get<std::string>();
    REQUIRE(run({"complete", number, "return", "--as", reviewer, "--reason", "unclear"}).code == 0);
    REQUIRE(run({"complete", number, "accept", "--as", "lin"}).code == 0);
    const auto again = run({"show", number, "--format", "json"}).json().at("tasks")[0];
    REQUIRE(again.at("holder") == reviewer);
    const auto pools = run({"report", "pools", "--format", "json"}).json().at("rows");
    REQUIRE(pools.size() == 1);
    CHECK(pools[0].at("draws") == 1);
    CHECK(pools[0].at("least").get<int>() > 1);
}

}  // namespace workflow::testing::report_test
