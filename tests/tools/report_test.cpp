// `report`: results compared, from the command line.

#include <workflow/engine.hpp>

#include "report/compare.hpp"
#include "support/made_trail.hpp"
#include "tools/terminal.hpp"

using namespace workflow;
using workflow::testing::holds;
using workflow::testing::Terminal;

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
    const auto store = open_store(run.path("hall.db"));
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
}
