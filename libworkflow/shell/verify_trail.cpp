#include "verify_trail.hpp"

#include <fmt/format.h>

#include "../engine/apply.hpp"
#include "../engine/worklist.hpp"
#include "../trail/chain.hpp"
#include "../trail/codec.hpp"

namespace workflow::shell {
namespace {

constexpr std::size_t page = 256;

struct Found {
    std::uint32_t sequence = 0;
    std::string what;
};

bool same_row(const CaseRow& stored, const CaseRow& derived) {
    return stored.number == derived.number && stored.item == derived.item &&
           stored.definition == derived.definition && stored.hall == derived.hall &&
           stored.status == derived.status && stored.steps == derived.steps &&
           stored.version == derived.version && stored.opened == derived.opened &&
           stored.changed == derived.changed && stored.statutory_due == derived.statutory_due &&
           stored.promised_due == derived.promised_due && stored.wake == derived.wake;
}

/// The first way in which a case's trail and rows do not fit.
std::optional<Found> check(Workplace& place, const CaseRow& row, std::uint64_t& events,
                           std::uint64_t& tasks) {
    const auto records = place.store->events(row.key);
    events += records.size();
    auto stored_tasks = place.store->tasks_of(row.key);
    tasks += stored_tasks.size();
    if (const auto broken = trail::verify(place.hasher, row.number, records, row.head, row.version))
        return Found{broken->sequence, broken->what};

    std::shared_ptr<const process::Process> process;
    engine::Case state;
    for (const auto& record : records) {
        try {
            const auto event = trail::decode(record.body);
            if (const auto* opened = std::get_if<CaseOpened>(&event.what); opened && !process)
                process = place.process_of(opened->item, opened->definition);
            if (!process)
                return Found{record.sequence, "the trail does not begin with case_opened"};
            engine::apply(*process, state, event);
        } catch (const std::exception& error) {
            return Found{record.sequence, error.what()};
        }
    }
    if (!process) return Found{0, "the case has no events"};
    if (!same_row(row, engine::row_of(*process, state)))
        return Found{0, "its row in the case table does not follow from its events"};
    auto derived = engine::tasks_of(*process, place.catalog.organization(), state);
    for (auto& task : derived) {
        task.case_key = row.key;
        // Who is barred follows from today's organization too, so it may have been written
        // otherwise.
        task.barred.clear();
    }
    for (auto& task : stored_tasks) task.barred.clear();
    if (derived != stored_tasks)
        return Found{0, "its rows in the work list do not follow from its events"};
    return {};
}

/// Calls `visit` for every case that `filter` lets through, a page under one lock at a time.
void for_each_case(Workplace& place, CaseFilter filter,
                   const std::function<void(const CaseRow&)>& visit) {
    filter.limit = page;
    while (true) {
        Unit locked(place);
        locked.begin();
        const auto rows = place.store->cases(filter);
        for (const auto& row : rows) visit(row);
        if (rows.size() < page) return;
        filter.after = rows.back().key;
    }
}

}  // namespace

TrailReport verify_trail(Workplace& place, const std::function<void(std::uint64_t)>& progress) {
    TrailReport report;
    std::uint64_t tasks = 0;
    const auto add = [&](const CaseNumber& number, Found found) {
        ++report.broken;
        if (report.breaks.size() < 1000)
            report.breaks.push_back({number, found.sequence, std::move(found.what)});
    };
    for_each_case(place, {}, [&](const CaseRow& row) {
        ++report.cases;
        if (auto found = check(place, row, report.events, tasks))
            add(row.number, std::move(*found));
        if (progress && report.cases % page == 0) progress(report.cases);
    });
    const auto counts = place.store->counts();
    if (counts.events != report.events)
        add({}, {0, fmt::format("{} events belong to no case",
                                static_cast<std::int64_t>(counts.events - report.events))});
    if (counts.tasks != tasks)
        add({}, {0, fmt::format("{} rows of the work list belong to no case",
                                static_cast<std::int64_t>(counts.tasks - tasks))});
    return report;
}

std::vector<std::uint64_t> count_flows(Workplace& place, const ItemId& item) {
    const auto process = place.catalog.process(item);
    if (!process) return {};
    std::vector<std::uint64_t> times(process->transitions.size());
    const auto count = [&](const Path& path) {
        for (const auto transition : path) ++times.at(transition);
    };
    CaseFilter filter;
    filter.item = item;
    for_each_case(place, filter, [&](const CaseRow& row) {
        if (row.definition != process->digest) return;
        for (const auto& record : place.store->events(row.key)) {
            const auto event = trail::decode(record.body);
            std::visit(
                [&](const auto& what) {
                    if constexpr (requires { what.path; }) count(what.path);
                },
                event.what);
        }
    });
    return times;
}

}  // namespace workflow::shell
