// How long does it take to play a hall: a year of 200,000 cases on the forty officers of the
// shipped hall; and one addition of working days.
//
//     bench_simulate

#include <fmt/format.h>

#include <ctime>
#include <filesystem>

#include <workflow/catalog.hpp>

#include "calendar/working_days.hpp"
#include "definition/organization.hpp"
#include "report/simulate/simulate.hpp"
#include "shell/catalog_access.hpp"
#include "workflow_paths.hpp"

using namespace workflow;

namespace {

/// Of the processor: both measures run on one thread, and other programs' work is not theirs.
template <class Work>
double seconds(Work work) {
    const auto start = std::clock();
    work();
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

void row(const std::string& what, double measured, double goal, const char* unit) {
    fmt::print("{:<62} {:>9.2f} {}   <= {:<6} {}\n", what, measured, unit, goal,
               measured <= goal ? "ok" : "MISSED");
}

/// One addition, the start and the number changing each time: from all over three years, and each
/// sum decides the next start, so that none can be left out or overlapped.
void additions() {
    std::vector<YearNotice> years;
    for (int year = 2024; year <= 2026; ++year) {
        YearNotice notice{year, {}, {}};
        for (unsigned day = 1; day <= 7; ++day) notice.holidays.push_back(*date_of(year, 10, day));
        notice.workdays = {*date_of(year, 10, 10)};
        years.push_back(notice);
    }
    const WorkingDays calendar(years);
    const auto first = date_of(2024, 1, 1)->days;
    constexpr int times = 20'000'000;
    Date day{first};
    const auto took = seconds([&] {
        for (int i = 0; i < times; ++i)
            day.days = first + (calendar.add(day, 5 + (i & 31)).date.days * 7 + i) % 1000;
    });
    row(fmt::format("one addition of working days (ends on {})", to_string(day)),
        took / times * 1e9, 20, "ns");
}

}  // namespace

int main() {
    additions();
    const auto loaded = Catalog::load({std::filesystem::path(WORKFLOW_SOURCE_DIR) / "definitions"});
    if (!loaded.catalog) return 1;
    report::Scenario scenario;
    scenario.items = {ItemId("social-card.replace-lost"), ItemId("labour.dispatch-permit"),
                      ItemId("employment.unemployment-registration")};
    scenario.rates = {600, 25, 182};
    scenario.first = *date_of(2026, 1, 1);
    scenario.days = 365;
    // 807 a working day need some 12,000 minutes of the 15,600 that forty officers have.
    scenario.service = {5, true};
    report::Run run;
    const auto took = seconds([&] { run = report::simulate(*loaded.catalog, scenario, 0); });
    row(fmt::format("a year of {} cases on {} officers", run.arrived,
                    compiled(*loaded.catalog).organization().officers.size()),
        took, 10, "s");
    fmt::print("  {} done, {} open, {} tasks that no outcome could end {}\n", run.done, run.open,
               run.stuck, run.stuck_at);
    for (const auto& figure : run.figures)
        if (figure.group == "load" && figure.value)
            fmt::print("  load of {}: {:.2f}\n", figure.name, *figure.value);
    return 0;
}
