#include "foreign_log.hpp"

#include <algorithm>
#include <deque>
#include <unordered_map>

#include <fmt/format.h>

#include "../../base/text_file.hpp"
#include "../../batch/convert.hpp"
#include "../../batch/input.hpp"

namespace workflow::report {
namespace {

using batch::InputError;

bool completes(std::string_view lifecycle) {
    constexpr std::string_view word = "complete";
    return lifecycle.empty() ||
           std::equal(lifecycle.begin(), lifecycle.end(), word.begin(), word.end(),
                      [](char a, char b) { return (a | 0x20) == b; });
}

std::size_t column(const batch::Input& input, std::string_view name) {
    const auto& columns = input.columns();
    return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) -
                                    columns.begin());
}

std::string entry(const Context& context, std::string_view name) {
    for (const auto& [key, value] : context)
        if (key == name) return batch::text_of(value);
    return {};
}

[[noreturn]] void fail(const std::filesystem::path& file, std::uint64_t line,
                       const std::string& what) {
    throw InputError(fmt::format("{}:{}: {}", file.string(), line, what));
}

void read_xes(const std::filesystem::path& file,
              const std::function<void(const ForeignCase&)>& visit) {
    const auto input = batch::open_xes(file);
    const auto name = column(*input, "concept_name");
    batch::Row row;
    for (ForeignCase found; input->next(row);) {
        if (!row.mistake.empty()) fail(file, row.line, row.mistake);
        found.name = name < row.cells.size() ? batch::text_of(row.cells[name]) : std::string();
        found.deeds.clear();
        for (const auto& event : *row.cells.back().as<List>()) {
            const auto& context = *event.as<Context>();
            if (!completes(entry(context, "lifecycle_transition"))) continue;
            auto activity = entry(context, "concept_name");
            if (activity.empty())
                fail(file, row.line, "the trace has an event without a concept:name");
            found.deeds.push_back({std::move(activity), entry(context, "outcome")});
        }
        visit(found);
    }
}

/// The cases of a CSV file, in the order of their first occurrence.
class CsvCases {
public:
    CsvCases(const std::filesystem::path& file, const LocalClock& clock, std::uint64_t most_events)
        : file_(file), clock_(clock) {
        const auto input = batch::open_csv(file, ',');
        const auto needed = [&](const char* name) {
            const auto at = column(*input, name);
            if (at == input->columns().size())
                fail(file_, 1,
                     fmt::format("there is no column `{}`; a log has `case`, `activity` and `time`",
                                 name));
            return at;
        };
        const auto name = needed("case"), activity = needed("activity"), time = needed("time");
        const auto lifecycle = column(*input, "lifecycle"), outcome = column(*input, "outcome");
        batch::Row row;
        std::uint64_t read = 0;
        const auto cell = [&](std::size_t at) {
            return at < row.cells.size() ? batch::text_of(row.cells[at]) : std::string();
        };
        while (input->next(row)) {
            if (++read > most_events)
                fail(
                    file_, row.line,
                    fmt::format("a log in CSV has at most {} events; save it as XES", most_events));
            if (!row.mistake.empty()) fail(file_, row.line, row.mistake);
            if (cell(name).empty() || cell(activity).empty())
                fail(file_, row.line, "an event needs its `case` and its `activity`");
            auto& events = case_of(cell(name)).events;
            if (completes(cell(lifecycle)))
                events.push_back(
                    {moment(cell(time), row.line), deed(cell(activity), cell(outcome))});
        }
    }

    void visit(const std::function<void(const ForeignCase&)>& visitor) {
        ForeignCase told;
        for (auto& found : cases_) {
            std::stable_sort(found.events.begin(), found.events.end(),
                             [](const Happened& a, const Happened& b) { return a.at < b.at; });
            told.name = found.name;
            told.deeds.clear();
            for (const auto& event : found.events) told.deeds.push_back(deeds_[event.deed]);
            visitor(told);
        }
    }

private:
    struct Happened {
        Instant at;
        std::uint32_t deed = 0;
    };
    struct Case {
        std::string name;
        std::vector<Happened> events;
    };

    Case& case_of(const std::string& name) {
        const auto [at, fresh] = by_name_.try_emplace(name, cases_.size());
        if (fresh) cases_.push_back({name, {}});
        return cases_[at->second];
    }
    std::uint32_t deed(const std::string& activity, const std::string& outcome) {
        const auto [at, fresh] = numbers_.try_emplace(activity + '\0' + outcome,
                                                      static_cast<std::uint32_t>(deeds_.size()));
        if (fresh) deeds_.push_back({activity, outcome});
        return at->second;
    }
    [[nodiscard]] Instant moment(std::string text, std::uint64_t line) const {
        std::replace(text.begin(), text.end(), ' ', 'T');
        if (const auto date = parse_date(text)) return start_of(*date, clock_);
        if (const auto instant = read_instant(text, clock_)) return *instant;
        fail(file_, line,
             fmt::format("`{}` is no time; write 2026-03-02T09:00:00+08:00, or without +08:00",
                         text));
    }

    const std::filesystem::path& file_;
    LocalClock clock_;
    std::vector<Deed> deeds_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::deque<Case> cases_;
    std::unordered_map<std::string, std::size_t> by_name_;
};

}  // namespace

void read_foreign_log(const std::filesystem::path& file, const LocalClock& clock,
                      const std::function<void(const ForeignCase&)>& visit,
                      std::uint64_t most_events) {
    auto name = file;
    if (ending_of(name) == ".gz") name.replace_extension();
    if (ending_of(name) == ".csv")
        CsvCases(file, clock, most_events).visit(visit);
    else if (ending_of(name) == ".xes")
        read_xes(file, visit);
    else
        throw InputError(
            fmt::format("{}: a log ends in .xes, .csv, .xes.gz or .csv.gz", file.string()));
}

}  // namespace workflow::report
