#include "verify_trail.hpp"

#include <algorithm>
#include <deque>
#include <future>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "../base/digest.hpp"
#include "../engine/apply.hpp"
#include "../engine/signing.hpp"
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

/// A case as it was at one moment, read by whoever may use the store.
struct Gathered {
    CaseRow row;
    std::vector<EventRecord> records;
    std::vector<TaskRow> tasks;
    std::shared_ptr<const process::Process> process;
    std::string without_process;  ///< why there is none
    std::vector<SealedRow> sealed;
    std::optional<Found> not_opened;  ///< with the vault's key
};

/// The breaks of a page of cases, in their order.
using Breaks = std::vector<TrailReport::Break>;

Gathered gather(Workplace& place, const CaseRow& row) {
    Gathered all;
    all.row = row;
    all.records = place.store->events(row.key);
    all.tasks = place.store->tasks_of(row.key);
    if (all.records.empty()) return all;
    CaseOpener whole(place.vault, *place.store, row.number, row.key);
    if (place.vault.present()) all.sealed = whole.rows();
    if (place.vault.unlocked() && !all.sealed.empty()) try {
            for (const auto& record : all.records) {
                auto event = trail::decode(record.body);
                whole(event, record.sequence);
            }
        } catch (const trail::CodecError&) {
            // Told where the events are checked.
        } catch (const SealBroken& error) {
            all.not_opened = Found{error.sequence, error.why};
        } catch (const StoreError& error) {
            all.not_opened = Found{0, error.what()};
        }
    try {
        const auto first = trail::decode(all.records.front().body);
        if (const auto* opened = std::get_if<CaseOpened>(&first.what))
            all.process = place.process_of(opened->item, opened->definition);
        else
            all.without_process = "the trail does not begin with case_opened";
    } catch (const BrokenCase& error) {
        all.without_process = error.what();
    } catch (const trail::CodecError& error) {
        all.without_process = error.what();
    }
    return all;
}

bool same_row(const CaseRow& stored, const CaseRow& derived) {
    return stored.number == derived.number && stored.item == derived.item &&
           stored.definition == derived.definition && stored.hall == derived.hall &&
           stored.status == derived.status && stored.steps == derived.steps &&
           stored.version == derived.version && stored.opened == derived.opened &&
           stored.changed == derived.changed && stored.statutory_due == derived.statutory_due &&
           stored.promised_due == derived.promised_due && stored.wake == derived.wake;
}

/// Why the rows that come next, of the event, are not those that it names; moves past them.
std::optional<std::string> missed(const Event& event, std::uint32_t sequence,
                                  std::vector<SealedRow>::const_iterator& next,
                                  std::vector<SealedRow>::const_iterator end) {
    std::set<std::int64_t> named;
    for (const auto& part : event.sealed) named.insert(part.person);
    for (; next != end && next->sequence <= sequence; ++next)
        if (next->sequence < sequence || named.erase(next->person) == 0)
            return "something is sealed that the event does not name";
    if (named.empty()) return {};
    return "what is sealed of it is gone";
}

/// The first way in which a case's trail and rows do not fit.
std::optional<Found> check(Gathered& all, const definition::Organization& organization,
                           Hasher& hasher) {
    const auto& row = all.row;
    if (const auto broken = trail::verify(hasher, row.number, all.records, row.head, row.version))
        return Found{broken->sequence, broken->what};
    if (all.records.empty()) return Found{0, "the case has no events"};
    if (!all.process) return Found{all.records.front().sequence, all.without_process};

    engine::Case state;
    Event event;
    CommandKey key;  // of the command that the event is of
    std::uint32_t before = 0;
    auto sealed = all.sealed.cbegin();
    for (const auto& record : all.records) {
        try {
            trail::decode(record.body, event);
            if (event.request != 0) {
                key = event.key;
                before = record.sequence - 1;
            }
            if (!engine::signatures_hold(event, {row.number, before, row.definition, key}))
                return Found{record.sequence, "the officer's signature does not verify"};
            if (auto why = missed(event, record.sequence, sealed, all.sealed.cend()))
                return Found{record.sequence, std::move(*why)};
            engine::apply(*all.process, state, event);
        } catch (const std::exception& error) {
            return Found{record.sequence, error.what()};
        }
    }
    if (sealed != all.sealed.cend())
        return Found{sealed->sequence, "something is sealed that the event does not name"};
    if (all.not_opened) return all.not_opened;
    if (!same_row(row, engine::row_of(*all.process, state)))
        return Found{0, "its row in the case table does not follow from its events"};
    auto derived = engine::tasks_of(*all.process, organization, state);
    for (auto& task : derived) {
        task.case_key = row.key;
        // Who is barred follows from today's organization too, so it may have been written
        // otherwise.
        task.barred.clear();
    }
    for (auto& task : all.tasks) task.barred.clear();
    if (derived != all.tasks)
        return Found{0, "its rows in the work list do not follow from its events"};
    return {};
}

Breaks check_page(std::vector<Gathered> cases, const definition::Organization& organization,
                  Hashing hashing) {
    Hasher hasher(hashing);
    Breaks breaks;
    for (auto& one : cases)
        if (auto found = check(one, organization, hasher))
            breaks.push_back({one.row.number, found->sequence, std::move(found->what)});
    return breaks;
}

/// The first way in which the journal does not hold together.
std::optional<Found> check_journal(Store& store, Hasher& hasher, const CaseRow& row,
                                   const std::vector<EventRecord>& records) {
    if (const auto broken = trail::verify(hasher, row.number, records, row.head, row.version))
        return Found{broken->sequence, broken->what};
    if (row.number.text != journal_number) return Found{0, "its row in the case table has no item"};
    for (const auto& record : records) {
        try {
            const auto event = trail::decode(record.body);
            if (!is_of_journal(event.what)) return Found{record.sequence, "it is of a case"};
            const auto* published = std::get_if<DefinitionPublished>(&event.what);
            if (published && !store.published(published->definition))
                return Found{record.sequence, "the definition that it publishes is gone"};
        } catch (const trail::CodecError& error) {
            return Found{record.sequence, error.what()};
        }
    }
    return {};
}

/// Whose data the journal says were erased; those that it can be read of.
std::set<std::int64_t> erased_persons(Store& store) {
    std::set<std::int64_t> erased;
    try {
        if (const auto journal = read_journal(store))
            for (const auto& event : journal->events)
                if (const auto* person = std::get_if<PersonErased>(&event.what))
                    erased.insert(person->person);
    } catch (const StoreError&) {
        // Told where the journal is checked.
    }
    return erased;
}

/// The first way in which the keys of persons are not those that the journal and the cases, up to
/// the person of number `greatest`, speak of.
std::optional<std::string> check_persons(Workplace& place, std::int64_t greatest) {
    // Whoever erases meanwhile does so in both or in neither.
    Unit locked(place);
    locked.begin();
    auto& store = *place.store;
    const auto erased = erased_persons(store);
    std::int64_t last = 0;
    while (true) {
        const auto rows = store.persons(last, page);
        if (rows.empty()) break;
        for (const auto& row : rows) {
            if (row.id != last + 1) return fmt::format("the key of person {} is gone", last + 1);
            last = row.id;
            if (row.wrapped.empty() && !erased.contains(row.id))
                return fmt::format(
                    "the key of person {} was erased, and the journal does not say so", row.id);
            if (!row.wrapped.empty() && erased.contains(row.id))
                return fmt::format("the key of person {} was erased, and is back", row.id);
        }
    }
    if (greatest > last) return fmt::format("the key of person {} is gone", greatest);
    return {};
}

/// The cases that `filter` lets through, a page under one lock at a time.
void for_each_page(Workplace& place, CaseFilter filter,
                   const std::function<void(const std::vector<CaseRow>&)>& visit) {
    filter.limit = page;
    while (true) {
        Unit locked(place);
        locked.begin();
        const auto rows = place.store->cases(filter);
        visit(rows);
        if (rows.size() < page) return;
        filter.after = rows.back().key;
    }
}

}  // namespace

TrailReport verify_trail(Workplace& place, const std::function<void(std::uint64_t)>& progress) {
    TrailReport report;
    std::uint64_t tasks = 0;
    std::int64_t greatest = 0;  // number of a person of whom something is sealed
    const auto add = [&](TrailReport::Break found) {
        ++report.broken;
        if (report.breaks.size() < 1000) report.breaks.push_back(std::move(found));
    };
    // This thread reads, others check what was read: pages wait in a queue that is as long as there
    // are processors, and are reported in their order.
    std::deque<std::future<Breaks>> checking;
    const auto finish_one = [&] {
        for (auto& found : checking.front().get()) add(std::move(found));
        checking.pop_front();
    };
    const std::size_t at_once = std::max(2U, std::thread::hardware_concurrency());
    const auto catalog = place.current();
    const auto& organization = catalog.organization();
    const auto hashing = place.store->hashing();
    CaseFilter everything;
    everything.journal = true;
    for_each_page(place, everything, [&](const std::vector<CaseRow>& rows) {
        std::vector<Gathered> cases;
        cases.reserve(rows.size());
        for (const auto& row : rows) {
            if (row.item.empty()) {
                const auto records = place.store->events(row.key);
                report.events += records.size();
                if (auto found = check_journal(*place.store, place.hasher, row, records))
                    add({row.number, found->sequence, std::move(found->what)});
                continue;
            }
            cases.push_back(gather(place, row));
            report.events += cases.back().records.size();
            tasks += cases.back().tasks.size();
            for (const auto& sealed : cases.back().sealed)
                greatest = std::max(greatest, sealed.person);
        }
        report.cases += cases.size();
        if (checking.size() >= at_once) finish_one();
        checking.push_back(std::async(std::launch::async, check_page, std::move(cases),
                                      std::cref(organization), hashing));
        if (progress) progress(report.cases);
    });
    while (!checking.empty()) finish_one();
    if (auto why = check_persons(place, greatest)) add({{}, 0, std::move(*why)});
    const auto counts = place.store->counts();
    if (counts.events != report.events)
        add({{},
             0,
             fmt::format("{} events belong to no case",
                         static_cast<std::int64_t>(counts.events - report.events))});
    if (counts.tasks != tasks)
        add({{},
             0,
             fmt::format("{} rows of the work list belong to no case",
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
    const auto count_case = [&](const CaseRow& row) {
        if (row.definition != process->digest) return;
        for (const auto& record : place.store->events(row.key)) {
            const auto event = trail::decode(record.body);
            std::visit(
                [&](const auto& what) {
                    if constexpr (requires { what.path; }) count(what.path);
                },
                event.what);
        }
    };
    for_each_page(place, filter, [&](const std::vector<CaseRow>& rows) {
        for (const auto& row : rows) count_case(row);
    });
    return times;
}

}  // namespace workflow::shell
