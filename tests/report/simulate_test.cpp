// The simulated hall, against what queueing theory says and against its own books.

#include <catch2/catch.hpp>
#include <cmath>

#include <fmt/format.h>

#include "report/simulate/simulate.hpp"
#include "support/standard_item.hpp"

namespace workflow::testing::simulate_test {

using namespace workflow::report;

namespace {

/// An item with one task, at a window (each clerk of one post takes the next in the line) or drawn
/// (each clerk has a line of his own), and so many clerks.
Catalog one_task(unsigned clerks, const std::string& where) {
    std::string hall = R"(organization: hall
title: Hall
halls: {north: {title: N}}
posts: {window: {title: W, duties: [serve]}}
officers:
)";
    for (unsigned i = 0; i < clerks; ++i)
        hall += fmt::format("  clerk-{}: {{name: C, hall: north, posts: [window]}}\n", i);
    const auto loaded = Catalog::load(std::vector<Catalog::Text>{
        {"hall.yaml", hall},
        {"card.yaml",
         "item: card\ntitle: Card\nkind: instant\nchannels: [web]\nstart: serve\n"
         "steps:\n  serve: {task: serve, " +
             where + ", outcomes: {done: granted}}\n  granted: {end: granted}\n"}});
    REQUIRE(loaded.catalog);
    return *loaded.catalog;
}

Scenario without_nights(double arrivals_a_day, double minutes, int days) {
    Scenario scenario;
    scenario.items = {ItemId("card")};
    scenario.rates = {arrivals_a_day};
    scenario.first = *parse_date("2026-01-05");
    scenario.days = days;
    scenario.hours = {{0, 1440}};
    scenario.services = {{StepId("serve"), {minutes, true}}};
    scenario.seed = 7;
    return scenario;
}

double figure(const Run& run, const std::string& group, const std::string& name) {
    for (const auto& one : run.figures)
        if (one.group == group && one.name == name) return one.value.value_or(NAN);
    FAIL("no figure " << group << ' ' << name);
    return NAN;
}

/// The share by which the mean over replications differs from `expected`.
double error_of(const std::vector<Run>& runs, const std::string& group, const std::string& name,
                double expected) {
    double sum = 0;
    for (const auto& run : runs) sum += figure(run, group, name);
    return std::abs(sum / static_cast<double>(runs.size()) / expected - 1);
}

/// The mean over runs of a figure of the window, and its standard error, with the load that each
/// run happened to have as control variate: its expectation is known, and most of the difference
/// between runs comes from it.
std::pair<double, double> at_load(const std::vector<Run>& runs, const std::string& group,
                                  double load) {
    const auto n = static_cast<double>(runs.size());
    double x = 0, y = 0, xx = 0, xy = 0, yy = 0;
    for (const auto& run : runs) {
        x += figure(run, "load", "window") / n;
        y += figure(run, group, "window") / n;
    }
    for (const auto& run : runs) {
        const auto dx = figure(run, "load", "window") - x, dy = figure(run, group, "window") - y;
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
    }
    const auto slope = xy / xx;
    return {y + slope * (load - x), std::sqrt((yy - slope * xy) / (n - 2) / n)};
}

Scenario standard(int days) {
    Scenario scenario;
    scenario.items = {ItemId("social-card.replace-lost")};
    scenario.rates = {40};
    scenario.first = *parse_date("2026-03-02");
    scenario.days = days;
    scenario.outcomes = {{{StepId("intake"), OutcomeId("supplement")}, 0.2},
                         {{StepId("review"), OutcomeId("return")}, 0.1},
                         {{StepId("review"), OutcomeId("reject")}, 0.1}};
    return scenario;
}

const Catalog& standard_hall() {
    static const Catalog catalog = *Catalog::load(testing::standard_texts()).catalog;
    return catalog;
}

bool same(const Run& a, const Run& b) {
    for (std::size_t i = 0; i < a.figures.size(); ++i)
        if (a.figures[i].value != b.figures[i].value) return false;
    return a.figures.size() == b.figures.size() && a.arrived == b.arrived;
}

}  // namespace

TEST_CASE("Erlang's formula gives the published values") {
    // M/M/1 at load 0.5: half of the customers wait, one service time on the mean.
    CHECK(erlang_c(1, 0.5, 1).waits == Approx(0.5));
    CHECK(erlang_c(1, 0.5, 1).mean_wait == Approx(1.0));
    // M/M/2 at load 0.5: a third wait (2 r^2 / (1 + r)).
    CHECK(erlang_c(2, 1, 1).waits == Approx(1.0 / 3));
    CHECK(erlang_c(5, 4, 1).waits == Approx(0.5541).margin(1e-4));
}

TEST_CASE("clerks at one window wait for as the theory of M/M/c says, within one in a hundred") {
    // Four clerks, 10 minutes each: 403.2 arrivals a day are a load of 0.7.
    const auto catalog = one_task(4, "post: window");
    const auto expected = erlang_c(4, 403.2 / 1440, 0.1);
    auto scenario = without_nights(403.2, 10, 220);
    scenario.warm_up = 7;
    std::vector<Run> runs;
    for (unsigned i = 0; i < 20; ++i) runs.push_back(simulate(catalog, scenario, i));
    CHECK(error_of(runs, "load", "window", 0.7) < 0.005);
    const auto wait = at_load(runs, "wait", 0.7);
    INFO(wait.first << " with a standard error of " << wait.second);
    CHECK(std::abs(wait.first / expected.mean_wait - 1) < 0.01);
    CHECK(wait.second / expected.mean_wait < 0.01);
    // Little: as many wait as arrive during a mean wait.
    const auto queue = at_load(runs, "queue", 0.7);
    INFO(queue.first << " with a standard error of " << queue.second);
    CHECK(std::abs(queue.first / (expected.mean_wait * 403.2 / 1440) - 1) < 0.01);
}

TEST_CASE("drawn tasks wait longer, each officer having a line of his own") {
    const auto catalog = one_task(4, "pool: pass-through");
    // Each of the four is an M/M/1 at load 0.5, whose customers wait one service time.
    auto scenario = without_nights(288, 10, 1400);
    scenario.warm_up = 14;
    std::vector<Run> runs;
    for (unsigned i = 0; i < 2; ++i) runs.push_back(simulate(catalog, scenario, i));
    CHECK(error_of(runs, "wait", "window", 10) < 0.015);
}

TEST_CASE("nights and weekends change nothing of a queue that counts opening hours") {
    const auto catalog = one_task(4, "post: window");
    auto scenario = without_nights(403.2 * 390 / 1440, 10, 1400);
    scenario.hours = {{9 * 60, 12 * 60}, {13 * 60 + 30, 17 * 60}};
    const auto expected = erlang_c(4, 403.2 / 1440, 0.1);
    std::vector<Run> runs;
    for (unsigned i = 0; i < 4; ++i) runs.push_back(simulate(catalog, scenario, i));
    CHECK(error_of(runs, "wait", "window", expected.mean_wait) < 0.03);
    CHECK(error_of(runs, "load", "window", 0.7) < 0.01);
}

TEST_CASE("what arrived is done or open, and the same seed gives the same run") {
    const auto run = simulate(standard_hall(), standard(120), 3);
    CHECK(run.arrived > 2000);
    CHECK(run.arrived == run.done + run.open);
    CHECK(run.stuck == 0);
    CHECK(run.days.size() == 120);
    CHECK(same(run, simulate(standard_hall(), standard(120), 3)));
    CHECK_FALSE(same(run, simulate(standard_hall(), standard(120), 4)));
}

TEST_CASE("an empty hall's cases end on the day, and all of them are in time") {
    auto scenario = standard(60);
    scenario.rates = {2};
    scenario.outcomes.clear();
    const auto run = simulate(standard_hall(), scenario, 0);
    CHECK(figure(run, "on time", "promised") == 1);
    CHECK(figure(run, "on time", "law") == 1);
    CHECK(figure(run, "days", "opening to end") < 3);
}

TEST_CASE("a hall that cannot keep up is late by the promise before it is by the law") {
    auto scenario = standard(120);
    scenario.rates = {60};
    scenario.services = {{StepId("intake"), {3, true}},
                         {StepId("review"), {3, true}},
                         {StepId("issue"), {20, true}}};
    const auto run = simulate(standard_hall(), scenario, 0);
    CHECK(figure(run, "on time", "promised") < 0.5);
    CHECK(figure(run, "on time", "promised") < figure(run, "on time", "law"));
    CHECK(figure(run, "load", "unified-window") > 0.95);
    CHECK(run.days.back().late > 0);
}

TEST_CASE("an officer who is away does nothing, and what was drawn for him is drawn again") {
    auto texts = testing::standard_texts();
    for (auto& text : texts)
        if (text.path == "organization.yaml") {
            const std::string zhao = "zhao: {name: 赵敏, hall: north, posts: [reviewer]";
            text.content.replace(text.content.find(zhao), zhao.size(),
                                 zhao + ", absent: [{from: 2026-03-09, to: 2026-06-30}]");
        }
    const auto loaded = Catalog::load(texts);
    REQUIRE(loaded.catalog);
    auto scenario = standard(100);
    scenario.rates = {20};
    const auto away = simulate(*loaded.catalog, scenario, 0);
    const auto there = simulate(standard_hall(), scenario, 0);
    CHECK(away.arrived == there.arrived);  // the same arrivals in both
    CHECK(figure(away, "load", "reviewer") > figure(there, "load", "reviewer"));
    CHECK(figure(away, "on time", "law") == 1);
}

TEST_CASE("two halls on the same numbers differ by less than two on their own") {
    const auto four = one_task(4, "post: window");
    const auto five = one_task(5, "post: window");
    const auto scenario = without_nights(403.2, 10, 100);
    std::vector<Run> first, second;
    for (unsigned i = 0; i < 5; ++i) {
        first.push_back(simulate(four, scenario, i));
        second.push_back(simulate(five, scenario, i));
    }
    const auto of_wait = [](const std::vector<Estimate>& estimates) {
        for (const auto& one : estimates)
            if (one.group == "wait" && one.name == "window") return one;
        FAIL("no wait");
        return Estimate{};
    };
    const auto paired = of_wait(difference(first, second));
    const auto expected =
        erlang_c(5, 403.2 / 1440, 0.1).mean_wait - erlang_c(4, 403.2 / 1440, 0.1).mean_wait;
    CHECK(std::abs(*paired.mean - expected) < 2 * *paired.half_width);
    CHECK(*paired.half_width < *of_wait(estimate(first)).half_width);
    for (const auto& one : difference(first, first))
        if (one.mean) CHECK(*one.mean == 0);
}

TEST_CASE("intervals are Student's") {
    CHECK(student_quantile(1) == Approx(12.7062));
    CHECK(student_quantile(40) == Approx(2.0211).margin(2e-4));
    CHECK(student_quantile(1000) == Approx(1.9623).margin(2e-4));
    const auto run = [](double value) {
        Run one;
        one.figures = {{"wait", "x", value}};
        return one;
    };
    const auto estimated = estimate({run(1), run(2), run(3)});
    CHECK(*estimated[0].mean == Approx(2));
    CHECK(*estimated[0].half_width == Approx(4.3027 / std::sqrt(3)));
}

TEST_CASE("an application that the item refuses says which field to give") {
    auto scenario = standard(10);
    scenario.fields = {{FieldId("id_number"), Value(true)}};
    CHECK_THROWS_WITH(simulate(standard_hall(), scenario, 0),
                      Catch::Contains("id_number") && Catch::Contains("--field"));
}

}  // namespace workflow::testing::simulate_test
