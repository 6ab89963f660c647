// Results compared (R29): figures from the trail, officers against their pool, pairs, pools.

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "office.hpp"
#include "report/compare/compare.hpp"
#include "report/compare/facts.hpp"
#include "store/memory_store.hpp"
#include "support/made_trail.hpp"
#include "support/make_store.hpp"

namespace workflow::testing::compare_test {

using namespace workflow::report;

namespace {

CompareOptions as_of(const char* day) {
    CompareOptions options;
    options.today = *parse_date(day);
    return options;
}

Comparison compared(const MadeTrail& made, CompareOptions options = as_of("2026-12-31")) {
    const auto catalog = catalog_of(made_texts(made.items, made.reviewers));
    const auto store = open_memory_store();
    TrailMaker(made, catalog, *store).write();
    return compare(catalog, *store, options);
}

const OfficerRow& row_of(const Comparison& report, const OfficerId& officer) {
    for (const auto& row : report.officers)
        if (row.officer == officer) return row;
    FAIL("no row of " << officer.text);
    return report.officers.front();
}

std::vector<std::string> flagged(const Comparison& report, Measure measure, bool high) {
    std::vector<std::string> found;
    for (const auto& flag : report.flags)
        if (flag.measure == measure && flag.high == high)
            found.push_back(report.names[flag.officer].text);
    return found;
}

Comparison compare_office(Office& office, CompareOptions options) {
    const auto store = make_store(office.path("hall.db"));
    return compare(office.catalog, *store, options);
}

}  // namespace

TEST_CASE("a report counts what each officer did, and what became of the cases") {
    Office office;
    office.grant("1001");
    office.grant("1002");
    const auto refused = office.open("1003");
    office.complete(refused, "accept");
    office.complete(refused, "reject", "不符合条件");
    const auto open = office.open("1004");
    office.complete(open, "accept");
    office.open("1005");
    const auto report = compare_office(office, as_of("2026-03-03"));

    CHECK(report.cases == 5);
    REQUIRE(report.items.size() == 1);
    const auto& item = report.items.front().figures;
    CHECK(item.received == 5);
    CHECK(item.accepted == 4);
    CHECK(item.completed == 3);
    CHECK(item.open == 1);
    CHECK(item.lost == 0);
    CHECK(item.pending == 1);
    CHECK(item.refused == 1);
    CHECK(item.on_time_rate() == 1.0);
    REQUIRE(report.halls.size() == 1);
    CHECK(report.halls.front().hall == HallId("north"));
    CHECK(report.halls.front().figures.received == 5);
    const auto& sun = row_of(report, OfficerId("sun")).figures;
    const auto& wang = row_of(report, OfficerId("wang")).figures;
    CHECK(wang.tasks == 2);
    CHECK(wang.cases == 2);
    CHECK(sun.tasks >= 4);
    std::uint64_t refusals = 0, waiting = 0;
    for (const auto& row : report.officers) {
        refusals += row.figures.refused;
        waiting += row.figures.open;
    }
    CHECK(refusals == 1);
    CHECK(waiting == 1);
    CHECK(report.flags.empty());
}

TEST_CASE(
    "what was accepted and is neither completed nor withdrawn nor open in time is lost, named") {
    Office office;
    office.grant("1001");
    const auto forgotten = office.open("1002");
    office.complete(forgotten, "accept");
    // Promised within 5 working days of Monday 2026-03-02.
    CHECK(compare_office(office, as_of("2026-03-09")).lost.empty());
    const auto report = compare_office(office, as_of("2026-03-10"));
    REQUIRE(report.lost.size() == 1);
    CHECK(report.lost.front().number == forgotten);
    CHECK(report.lost.front().due == *parse_date("2026-03-09"));
    const auto& item = report.items.front().figures;
    CHECK(item.accepted == item.completed + item.withdrawn + item.open + item.lost);
    CHECK(item.on_time_rate() == 0.5);
    std::uint64_t overdue = 0;
    for (const auto& row : report.officers) overdue += row.figures.overdue;
    CHECK(overdue == 1);
}

TEST_CASE("of 96 in time, one late and one overdue, 96 in 98 are on time") {
    CaseFigures figures;
    figures.accepted = 100;
    figures.completed = 97;
    figures.on_time = 96;
    figures.late = 1;
    figures.open = 2;
    figures.lost = 1;
    CHECK(figures.on_time_rate() == Approx(96.0 / 98));
    CHECK(!CaseFigures{}.on_time_rate());
}

TEST_CASE("the time a case is paused is nobody's time") {
    CaseFact fact;
    Edition edition;
    const WorkingDays calendar;
    edition.calendar = &calendar;
    fact.edition = &edition;
    const auto day = [](const char* text) {
        return static_cast<std::int32_t>(parse_date(text)->days);
    };
    // Monday to the Monday after: five working days, the first day not counted.
    CHECK(FactReader::working_days(fact, day("2026-03-02"), day("2026-03-09")) == 5);
    fact.pauses = {{*parse_date("2026-03-04"), *parse_date("2026-03-05")},
                   {*parse_date("2026-03-05"), *parse_date("2026-03-08")}};
    CHECK(FactReader::working_days(fact, day("2026-03-02"), day("2026-03-09")) == 2);
    fact.pauses = {{*parse_date("2026-02-01"), *parse_date("2026-03-31")}};
    CHECK(FactReader::working_days(fact, day("2026-03-02"), day("2026-03-09")) == 0);
}

TEST_CASE("a decision that a later step sends back is counted for who made it") {
    Office office;
    const auto number = office.open("1001");
    office.complete(number, "accept");
    office.complete(number, "return", "材料不清");
    office.complete(number, "decline", "不符合条件");
    const auto report = compare_office(office, as_of("2026-03-03"));
    const auto& item = report.items.front().figures;
    CHECK(item.returned == 1);
    // Accepted first, declined when it came back.
    CHECK(item.overturned == 1);
    const auto& clerk = row_of(report, OfficerId("sun")).figures;
    CHECK(clerk.returned == 1);
    CHECK(clerk.overturned == 1);
}

TEST_CASE("a supplement that was asked for is not work sent back") {
    Office office;
    const auto number = office.open("1001");
    office.complete(number, "supplement");
    SupplyMaterials supply;
    supply.materials = {{MaterialId("photo"), MaterialForm::provided}};
    REQUIRE(office.engine->supply(number, supply));
    office.complete(number, "accept");
    CHECK(compare_office(office, as_of("2026-03-03")).items.front().figures.returned == 0);
}

TEST_CASE("two cases with equal facts and different results are listed as a pair") {
    Office office;
    const auto granted = office.grant("1001", {{FieldId("copies"), Value(decimal_of(2))}});
    const auto refused = office.open("1002", {{FieldId("copies"), Value(decimal_of(2))}});
    office.complete(refused, "accept");
    office.complete(refused, "reject", "不符合条件");
    office.grant("1003", {{FieldId("copies"), Value(decimal_of(3))}});
    const auto report = compare_office(office, as_of("2026-03-03"));
    REQUIRE(report.pairs.size() == 1);
    CHECK(report.pairs.front().first == granted);
    CHECK(report.pairs.front().second == refused);
    CHECK(report.pairs.front().first_end == "granted");
    CHECK(report.pairs.front().second_end == "refused");
    CHECK(!report.pairs.front().second_officer.empty());
    auto none = as_of("2026-03-03");
    none.listed = 0;
    CHECK(compare_office(office, none).pairs_left_out == 1);
}

TEST_CASE("personal fields are no facts: without others nothing is compared") {
    MadeTrail made;
    made.cases = 200;
    const auto report = compared(made);
    // `loss_reported` is a fact, the number of the identity card is none: so all are equal.
    CHECK(report.pairs.size() == made.items);
    CHECK(report.without_facts == 0);
}

TEST_CASE(
    "days in a report are working days, without the day of the beginning and without pauses") {
    MadeTrail made;
    made.cases = 3'000;
    made.pace = [](auto, auto) { return 0.0; };
    const auto report = compared(made);
    for (const auto& item : report.items) CHECK(item.figures.days.median() == 0.0);
    made.pace = [](auto, auto) { return 4.0; };
    const auto slower = compared(made);
    for (std::size_t officer = 0; officer < made.reviewers; ++officer)
        CHECK(row_of(slower, made_officer(officer)).figures.days.mean().value() ==
              Approx(4.0).margin(0.6));
}

TEST_CASE("the same report comes of a store in a file, in its order, and of one a case at a time") {
    MadeTrail made;
    made.cases = 2'000;
    const auto catalog = catalog_of(made_texts(made.items, made.reviewers));
    const TemporaryFolder folder;
    const auto file = make_store((folder / "made.db").string());
    TrailMaker(made, catalog, *file).write();
    const auto options = as_of("2026-12-31");
    const auto one = compare(catalog, *file, options), other = compared(made);
    REQUIRE(one.officers.size() == other.officers.size());
    CHECK(one.events == other.events);
    for (std::size_t i = 0; i < one.officers.size(); ++i) {
        CHECK(one.officers[i].officer == other.officers[i].officer);
        CHECK(one.officers[i].figures.tasks == other.officers[i].figures.tasks);
        CHECK(one.officers[i].observed_days == other.officers[i].observed_days);
        CHECK(one.officers[i].expected_days.value_or(-1) ==
              Approx(other.officers[i].expected_days.value_or(-1)));
    }
}

TEST_CASE("a period keeps what fell into it, and the periods add up") {
    MadeTrail made;
    made.cases = 3'000;
    auto options = as_of("2026-12-31");
    const auto whole = compared(made, options);
    options.by = Grain::month;
    const auto months = compared(made, options);
    std::map<OfficerId, std::uint64_t> tasks;
    for (const auto& row : months.officers) tasks[row.officer] += row.figures.tasks;
    for (const auto& row : whole.officers) CHECK(tasks[row.officer] == row.figures.tasks);
    CHECK(name_of(months.officers.front().period, Grain::month) == "2026-01");
    options.from = parse_date("2026-02-01");
    options.to = parse_date("2026-02-28");
    const auto february = compared(made, options);
    for (const auto& row : february.officers) {
        CHECK(name_of(row.period, Grain::month) == "2026-02");
        for (const auto& other : months.officers)
            if (other.officer == row.officer && other.period == row.period)
                CHECK(other.figures.tasks == row.figures.tasks);
    }
    options.from = options.to = std::nullopt;
    options.by = Grain::quarter;
    CHECK(name_of(compared(made, options).officers.front().period, Grain::quarter) == "2026-Q1");
}

// ---------------------------------------------------------------- flags

TEST_CASE("identical officers are hardly ever flagged") {
    // Fewer than one in a hundred officers, over twenty offices of twelve.
    std::size_t flags = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        MadeTrail made;
        made.seed = seed;
        made.cases = 4'000;
        made.reviewers = 12;
        made.pace = [](std::size_t item, auto) { return 1.0 + static_cast<double>(item); };
        flags += compared(made).flags.size();
    }
    CHECK(flags <= 2);
}

TEST_CASE("an officer who takes twice as long is flagged, with the figures of each month") {
    MadeTrail made;
    made.cases = 6'000;
    made.pace = [](auto, std::size_t officer) { return officer == 2 ? 4.0 : 2.0; };
    const auto report = compared(made);
    CHECK(flagged(report, Measure::days, true) == std::vector{made_officer(2).text});
    CHECK(flagged(report, Measure::days, false).empty());
    for (const auto& flag : report.flags) {
        CHECK(flag.periods.size() >= 3);
        for (const auto& one : flag.periods) {
            CHECK(one.tasks >= 30);
            CHECK(one.observed > one.expected);
            CHECK(one.deviations >= 3);
        }
    }
    const auto& row = row_of(report, made_officer(2));
    CHECK(*row.observed_days - *row.expected_days > *row.half_band);
}

TEST_CASE("in a pool of three a slow officer does not make the others look quick") {
    MadeTrail made;
    made.cases = 3'000;
    made.reviewers = 3;
    made.pace = [](auto, std::size_t officer) { return officer == 0 ? 5.0 : 2.0; };
    made.in_pool = [](auto, auto) { return true; };
    const auto report = compared(made);
    CHECK(flagged(report, Measure::days, false).empty());
}

TEST_CASE("an officer who refuses much more than others is flagged") {
    MadeTrail made;
    made.cases = 6'000;
    made.strictness = [](auto, std::size_t officer) { return officer == 5 ? 0.25 : 0.05; };
    const auto report = compared(made);
    CHECK(flagged(report, Measure::refused, true) == std::vector{made_officer(5).text});
    CHECK(flagged(report, Measure::days, true).empty());
}

TEST_CASE("an officer who gets only the hard items is not flagged") {
    MadeTrail made;
    made.cases = 6'000;
    made.items = 3;
    // Item 2 takes five times as long and is refused often; officer 0 gets nothing else.
    made.pace = [](std::size_t item, auto) { return item == 2 ? 7.5 : 1.5; };
    made.strictness = [](std::size_t item, auto) { return item == 2 ? 0.4 : 0.03; };
    made.in_pool = [](std::size_t item, std::size_t officer) {
        return item == 2 ? officer < 5 : officer > 0;
    };
    const auto report = compared(made);
    CHECK(report.flags.empty());
    // Though by the plain mean nobody is slower.
    double slowest = 0;
    for (std::size_t officer = 1; officer < made.reviewers; ++officer)
        slowest =
            std::max(slowest, row_of(report, made_officer(officer)).figures.days.mean().value());
    CHECK(row_of(report, made_officer(0)).figures.days.mean().value() > slowest);
}

TEST_CASE("where counts are small nobody is flagged, however he differs") {
    MadeTrail made;
    made.cases = 500;
    made.pace = [](auto, std::size_t officer) { return officer == 2 ? 20.0 : 2.0; };
    const auto report = compared(made);
    CHECK(report.flags.empty());
    CHECK(report.compared == 0);
    CHECK(report.too_few >= made.reviewers);
}

TEST_CASE("who stands out in one month alone is not flagged") {
    std::vector<Cell> cells;
    for (Month period = 24'000; period < 24'006; ++period)
        for (std::uint32_t officer = 0; officer < 6; ++officer) {
            Cell cell;
            cell.officer = officer;
            cell.period = period;
            cell.tasks = cell.with_limit = 100;
            const bool slow = officer == 3 && period == 24'005;
            cell.sums[0] = slow ? 600 : 200;
            cell.squares = slow ? 4'000 : 800;
            cells.push_back(cell);
        }
    const FlagRule rule;
    const auto standings = judge(cells, rule);
    CHECK(std::ranges::count_if(standings, [](const auto& one) { return one.out; }) == 1);
    CHECK(flags_of(standings, rule).empty());
}

TEST_CASE("what differs by more than chance among all officers widens what is let pass") {
    // Twelve officers whose paces all differ: none of them stands out among the rest.
    std::mt19937_64 random(7);
    std::vector<Cell> cells;
    for (std::uint32_t officer = 0; officer < 12; ++officer) {
        Cell cell;
        cell.officer = officer;
        cell.period = 24'000;
        cell.tasks = cell.with_limit = 400;
        const double pace = 1.5 + 0.25 * officer;
        cell.sums[0] = 400 * pace;
        cell.squares = 400 * (pace * pace + 1);
        cells.push_back(cell);
    }
    for (const auto& standing : judge(cells, FlagRule{})) {
        if (standing.measure != Measure::days) continue;
        CHECK(standing.spread > 2);
        CHECK_FALSE(standing.out);
    }
}

// ---------------------------------------------------------------- pools

TEST_CASE("a pool that has shrunk below the threshold is told, one that has not is not") {
    MadeTrail made;
    made.cases = 900;
    made.in_pool = [](std::size_t item, std::size_t officer) { return item != 1 || officer < 2; };
    const auto report = compared(made);
    REQUIRE(report.pools.size() == 3);
    for (const auto& pool : report.pools) {
        const bool small = pool.item == made_item(1);
        CHECK(pool.step == StepId("review"));
        CHECK(pool.sizes.median() == (small ? 2.0 : 8.0));
        CHECK(pool.shrunk == small);
        CHECK(pool.below == (small ? pool.sizes.size() : 0));
    }
    auto options = as_of("2026-12-31");
    options.least_candidates = 2;
    for (const auto& pool : compared(made, options).pools) CHECK(!pool.shrunk);
}

}  // namespace workflow::testing::compare_test
