// Recorded arrivals: a table of times, or the first events of a log.

#include <algorithm>

#include <fmt/format.h>

#include "../../batch/convert.hpp"
#include "../../batch/input.hpp"
#include "simulate.hpp"

namespace workflow::report {

namespace {

/// Visits the rows of the opened input; converts an error of the file to a SimulationError.
template <class Open, class Visit>
void each_row(const std::string& path, Open open, Visit visit) {
    try {
        const auto input = open(path);
        batch::Row row;
        while (input->next(row)) {
            if (!row.mistake.empty())
                throw SimulationError(fmt::format("{}:{}: {}", path, row.line, row.mistake));
            visit(*input, row);
        }
    } catch (const batch::InputError& error) {
        throw SimulationError(error.what());
    }
}

std::vector<Arrival> in_order(std::vector<Arrival> arrivals, const std::string& path) {
    if (arrivals.empty()) throw SimulationError(path + ": nothing arrives in this file");
    std::stable_sort(arrivals.begin(), arrivals.end(),
                     [](const Arrival& a, const Arrival& b) { return a.at < b.at; });
    return arrivals;
}

std::optional<std::size_t> column_of(const batch::Input& input, std::string_view name) {
    const auto& columns = input.columns();
    const auto found = std::find(columns.begin(), columns.end(), name);
    if (found == columns.end()) return {};
    return static_cast<std::size_t>(found - columns.begin());
}

}  // namespace

std::vector<Arrival> arrivals_of_csv(const std::string& path, const std::vector<ItemId>& items,
                                     const LocalClock& clock) {
    std::vector<Arrival> arrivals;
    each_row(
        path, [](const std::string& file) { return batch::open_csv(file, ','); },
        [&](const batch::Input& input, const batch::Row& row) {
            const auto time = column_of(input, "time");
            if (!time)
                throw SimulationError(path +
                                      ": it has no column `time`; name the column of the "
                                      "arrivals so in the first line");
            const auto at = batch::instant_of(row.cells[*time], clock);
            if (!at)
                throw SimulationError(fmt::format(
                    "{}:{}: `{}` is not a time; write 2026-03-02T09:30", path, row.line,
                    row.cells[*time].as<std::string>() ? *row.cells[*time].as<std::string>() : ""));
            Arrival arrival{*at, arrivals.size() % items.size()};
            if (const auto column = column_of(input, "item")) {
                const auto* name = row.cells[*column].as<std::string>();
                const auto item = std::find(items.begin(), items.end(), ItemId(name ? *name : ""));
                if (item == items.end())
                    throw SimulationError(fmt::format("{}:{}: `{}` is none of the simulated items",
                                                      path, row.line, name ? *name : ""));
                arrival.item = static_cast<std::size_t>(item - items.begin());
            }
            arrivals.push_back(arrival);
        });
    return in_order(std::move(arrivals), path);
}

std::vector<Arrival> arrivals_of_log(const std::string& path, std::size_t items,
                                     const LocalClock& clock) {
    std::vector<Arrival> arrivals;
    each_row(
        path, [](const std::string& file) { return batch::open_xes(file); },
        [&](const batch::Input&, const batch::Row& row) {
            std::optional<Instant> first;
            const auto* events = row.cells.back().as<List>();
            for (const auto& event : events ? *events : List{}) {
                const auto* attributes = event.as<Context>();
                if (attributes == nullptr) continue;
                for (const auto& [name, value] : *attributes) {
                    if (name != "time_timestamp") continue;
                    const auto at = batch::instant_of(value, clock);
                    if (at && (!first || *at < *first)) first = at;
                }
            }
            if (!first)
                throw SimulationError(fmt::format(
                    "{}:{}: no event of this trace has a time:timestamp", path, row.line));
            arrivals.push_back({*first, arrivals.size() % items});
        });
    return in_order(std::move(arrivals), path);
}

}  // namespace workflow::report
