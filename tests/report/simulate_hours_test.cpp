// The simulated hall keeps the hours that its halls declare.

#include <catch2/catch.hpp>

#include "report/simulate/simulate.hpp"

namespace workflow::testing::simulate_hours_test {

using namespace workflow::report;

namespace {

/// One clerk in the hall north, in an organization that says `hours` of itself and of that hall.
Catalog one_clerk(const std::string& hours, const std::string& of_north) {
    const auto loaded = Catalog::load(std::vector<Catalog::Text>{
        {"hall.yaml", "organization: hall\ntitle: Hall\n" + hours + "halls: {north: {title: N" +
                          of_north +
                          "}}\nposts: {window: {title: W, duties: [serve]}}\n"
                          "officers: {clerk: {name: C, hall: north, posts: [window]}}\n"},
        {"card.yaml",
         "item: card\ntitle: Card\nkind: instant\nchannels: [web]\nstart: serve\n"
         "steps:\n  serve: {task: serve, post: window, outcomes: {done: granted}}\n"
         "  granted: {end: granted}\n"}});
    REQUIRE(loaded.catalog);
    return *loaded.catalog;
}

/// Far more arrivals than one clerk can serve, an hour each, for four weeks.
Scenario overload() {
    Scenario scenario;
    scenario.items = {ItemId("card")};
    scenario.rates = {40};
    scenario.first = *parse_date("2026-01-05");
    scenario.days = 28;
    scenario.services = {{StepId("serve"), {60, false}}};
    scenario.seed = 7;
    return scenario;
}

std::uint64_t done(const Catalog& catalog, const Scenario& scenario) {
    return simulate(catalog, scenario, 0).done;
}

}  // namespace

TEST_CASE("an officer works in the hours of his hall, and of the organization where it has none") {
    const std::string whole = "hours: {mon-fri: [09:00-12:00, 13:00-17:00]}\n";
    const auto all_day = done(one_clerk(whole, ""), overload());
    const auto mornings = done(one_clerk(whole, ", hours: {mon-fri: 09:00-12:00}"), overload());
    // Seven or three hours on each of twenty days, less the first wait.
    CHECK(all_day >= 138);
    CHECK(all_day <= 140);
    CHECK(mornings >= 58);
    CHECK(mornings <= 60);
}

TEST_CASE("hours that the scenario gives stand before those that are declared") {
    auto scenario = overload();
    scenario.hours = {{9 * 60, 10 * 60}};
    const auto catalog =
        one_clerk("hours: {mon-fri: 09:00-17:00}\n", ", hours: {sat: 09:00-12:00}");
    CHECK(done(catalog, scenario) <= 20);
    CHECK(done(catalog, scenario) >= 18);
    // Else he is there on Saturdays alone.
    CHECK(done(catalog, overload()) <= 12);
}

TEST_CASE("a hall in another zone is there at its own hours of the day") {
    const std::string same = "hours: {mon-fri: 09:00-17:00}\n";
    const auto there =
        done(one_clerk("zone: Asia/Shanghai\n" + same, ", zone: Asia/Urumqi"), overload());
    CHECK(there >= 156);
    CHECK(there <= 160);
}

}  // namespace workflow::testing::simulate_hours_test
