#include "verify_case.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../engine/apply.hpp"
#include "../engine/signing.hpp"
#include "../engine/worklist.hpp"
#include "../trail/chain.hpp"
#include "../trail/codec.hpp"
#include "barred_officers.hpp"

namespace workflow::shell {
namespace {

std::string said(const std::string& text) {
    return '`' + text + '`';
}
std::string said(const std::optional<Date>& day) {
    return day ? to_string(*day) : "nothing";
}
std::string said(Instant moment) {
    return to_string(moment, UtcOffset{0});
}

/// Reports each column in which the row differs from what follows from the events.
template <class Add>
struct Columns {
    const Add& add;
    template <class T>
    void operator()(const char* column, const T& stored, const T& derived) const {
        if (stored == derived) return;
        if constexpr (requires { said(stored); })
            add(column, fmt::format("it is {}, and by the events {}", said(stored), said(derived)));
        else
            add(column, "it does not follow from the events");
    }
};

}  // namespace

void FollowsFromEvents::add(const FollowsFromEvents& other) {
    sums.add(other.sums);
    for (const auto& [queue, turn] : other.turns) {
        auto& last = turns[queue];
        if (turn.first > last.first) last = turn;
    }
    definitions.insert(other.definitions.begin(), other.definitions.end());
    unread.insert(other.unread.begin(), other.unread.end());
    greatest_person = std::max(greatest_person, other.greatest_person);
}

/// A case as replayed from its events.
struct CaseCheck::Replayed {
    engine::Case state;
    std::vector<PersonId> recused;
    bool sealed = false;  ///< the applicant is not known here
};

void CaseCheck::add(const CaseRow& row, std::uint32_t sequence, std::string what, std::string table,
                    std::string name, std::string column) {
    breaks.push_back({row.number, sequence, std::move(what), std::move(table), std::move(name),
                      std::move(column)});
}

void CaseCheck::add_event(const CaseRow& row, std::uint32_t sequence, std::string what,
                          std::string column) {
    add(row, sequence, std::move(what), "events",
        fmt::format("case_key {}, sequence {}", static_cast<std::int64_t>(row.key), sequence),
        std::move(column));
}

void CaseCheck::expect(const TableRow& row) {
    const auto hash = hash_(row);
    follows.sums.add(row.table, hash);
    if (again_ && again_->wants(row, hash)) again_->expect(row);
}

/// Reports the first break of the chain. Of body, hash and row, reports the one that was changed:
/// the others still match.
bool CaseCheck::chain(const CaseRow& row, const std::vector<EventRecord>& records) {
    const auto broken = trail::verify(hasher_, row.number, records, row.head, row.version);
    if (!broken) return true;
    using Kind = trail::Break::Kind;
    const auto key = fmt::format("key {}", static_cast<std::int64_t>(row.key));
    if (records.empty()) {
        add(row, 0, "the case has no events", "cases", key);
        return false;
    }
    switch (broken->kind) {
        case Kind::missing:
            add_event(row, broken->sequence, broken->what, "sequence");
            break;
        case Kind::count: {
            const bool whole = records.back().hash == row.head;
            if (whole)
                add(row, broken->sequence, broken->what, "cases", key, "version");
            else
                add_event(row, broken->sequence, broken->what, "sequence");
            break;
        }
        case Kind::head:
            add(row, 0, broken->what, "cases", key, "head");
            break;
        case Kind::hash: {
            const auto at = broken->sequence - 1;
            const auto& event = records[at];
            const auto before =
                at == 0 ? trail::genesis(hasher_, row.number) : records[at - 1].hash;
            const auto follows_from = trail::link(hasher_, before, event.body);
            const bool goes_on = at + 1 < records.size()
                                     ? trail::link(hasher_, follows_from, records[at + 1].body) ==
                                           records[at + 1].hash
                                     : follows_from == row.head;
            if (at == 0 && !goes_on) {
                Hasher other(hashing_ == Hashing::sha256 ? Hashing::sm3 : Hashing::sha256);
                if (trail::link(other, trail::genesis(other, row.number), event.body) ==
                    event.hash) {
                    add(row, 1, "the chains are not computed by what it says", "hashing", "row 1",
                        "algorithm");
                    break;
                }
                try {
                    const auto first = trail::decode(event.body);
                    const auto* opened = std::get_if<CaseOpened>(&first.what);
                    const auto number =
                        opened ? opened->number : CaseNumber(std::string(journal_number));
                    if (number != row.number &&
                        trail::link(hasher_, trail::genesis(hasher_, number), event.body) ==
                            event.hash) {
                        add(row, 1, fmt::format("by the events it is {}", said(number.text)),
                            "cases", key, "number");
                        break;
                    }
                } catch (const trail::CodecError&) {
                    // Otherwise the body was changed.
                }
            }
            add_event(row, broken->sequence, broken->what, goes_on ? "hash" : "body");
            break;
        }
    }
    return false;
}

void CaseCheck::places(const CaseRow& row, const std::vector<EventRecord>& records,
                       const std::vector<std::int64_t>& positions) {
    for (std::size_t i = 0; i < positions.size(); ++i) {
        if (i > 0 && positions[i] <= positions[i - 1])
            add_event(row, records[i].sequence,
                      fmt::format("it stands at position {}, before the event that it follows",
                                  positions[i]),
                      "position");
        expect({Table::events,
                {},
                {positions[i], static_cast<std::int64_t>(row.key), records[i].sequence}});
    }
}

void CaseCheck::journal(const CaseRow& row, const std::vector<EventRecord>& records,
                        const std::vector<std::int64_t>& positions) {
    places(row, records, positions);
    if (!chain(row, records) || !read_journal(row, records)) leave(row);
}

bool CaseCheck::read_journal(const CaseRow& row, const std::vector<EventRecord>& records) {
    if (row.number.text != journal_number) {
        add(row, 0, "a case is of an item", "cases",
            fmt::format("key {}", static_cast<std::int64_t>(row.key)), "item");
        return false;
    }
    CaseRow derived = row;
    derived.definition = {};
    derived.hall = {};
    derived.status = "journal";
    derived.steps = {};
    derived.statutory_due = derived.promised_due = derived.wake = {};
    for (const auto& record : records) {
        try {
            const auto event = trail::decode(record.body);
            if (!is_of_journal(event.what)) throw trail::CodecError("it is of a case");
            if (record.sequence == 1) derived.opened = event.recorded;
            derived.changed = event.recorded;
            if (const auto* published = std::get_if<DefinitionPublished>(&event.what))
                follows.definitions.emplace(view(published->definition));
        } catch (const trail::CodecError& error) {
            add_event(row, record.sequence, error.what());
            return false;
        }
    }
    compare_row(row, derived);
    return true;
}

/// Leaves a broken case out, since its results are unknown.
void CaseCheck::leave(const CaseRow& row) {
    follows.unread.insert(static_cast<std::int64_t>(row.key));
    if (row.definition != Digest()) follows.definitions.emplace(view(row.definition));
}

bool CaseCheck::replay(GatheredCase& one, Replayed& into) {
    auto& state = into.state;
    const auto key = static_cast<std::int64_t>(one.row.key);
    Event event;
    CommandKey command;  // the command of the event
    std::uint32_t before = 0;
    std::set<std::pair<std::string, std::int64_t>> reads;
    // Whose turn it was is known only after all events of a command.
    std::vector<std::pair<Event, std::int64_t>> drawn_in_turn;
    const auto take_turns = [&] {
        for (const auto& [draw, position] : drawn_in_turn)
            for (const auto& [queue, officer] : engine::turns_taken(*one.process, state, {draw})) {
                auto& last = follows.turns[queue];
                if (position > last.first) last = {position, officer};
            }
        drawn_in_turn.clear();
    };
    for (std::size_t i = 0; i < one.records.size(); ++i) {
        const auto& record = one.records[i];
        try {
            trail::decode(record.body, event);
            if (event.request != 0) {
                take_turns();
                command = event.key;
                before = record.sequence - 1;
            }
            if (!engine::signatures_hold(event,
                                         {one.row.number, before, one.row.definition, command})) {
                add_event(one.row, record.sequence, "the officer's signature does not verify");
                return false;
            }
            if (!event.sealed.empty()) {
                into.sealed = true;
                std::set<std::int64_t> named;
                for (const auto& part : event.sealed)
                    if (named.insert(part.person).second) {
                        expect({Table::sealed, {}, {key, record.sequence, part.person}});
                        follows.greatest_person = std::max(follows.greatest_person, part.person);
                    }
            }
            if (const auto* opened = std::get_if<CaseOpened>(&event.what))
                follows.definitions.emplace(view(opened->definition));
            if (std::holds_alternative<CaseRead>(event.what) &&
                reads.emplace(event.actor.officer.text, event.recorded.microseconds).second)
                expect({Table::reads,
                        event.actor.officer.text,
                        {event.recorded.microseconds, key, 0}});
            engine::apply(*one.process, state, event);
            const auto* drawn = std::get_if<TaskDrawn>(&event.what);
            if (drawn && drawn->by == Allocation::round_robin)
                drawn_in_turn.emplace_back(event, i < one.positions.size() ? one.positions[i] : 0);
        } catch (const std::exception& error) {
            add_event(one.row, record.sequence, error.what());
            return false;
        }
    }
    take_turns();
    into.recused.assign(state.others.begin(), state.others.end());
    for (const auto& known : state.keys)
        if (known.before == 0 || engine::names_no_case(known.key))
            expect({Table::requests, known.key.text, {key, known.after, 0}});
    return true;
}

void CaseCheck::compare_row(const CaseRow& stored, const CaseRow& derived) {
    const auto tell = [&](const char* column, std::string what) {
        add(stored, 0, std::move(what), "cases",
            fmt::format("key {}", static_cast<std::int64_t>(stored.key)), column);
    };
    const Columns<decltype(tell)> compare{tell};
    compare("number", stored.number.text, derived.number.text);
    compare("item", stored.item.text, derived.item.text);
    compare("definition", stored.definition, derived.definition);
    compare("hall", stored.hall.text, derived.hall.text);
    compare("status", stored.status, derived.status);
    compare("steps", stored.steps, derived.steps);
    compare("version", stored.version, derived.version);
    compare("opened", stored.opened, derived.opened);
    compare("changed", stored.changed, derived.changed);
    compare("statutory_due", stored.statutory_due, derived.statutory_due);
    compare("promised_due", stored.promised_due, derived.promised_due);
    compare("wake", stored.wake, derived.wake);
}

void CaseCheck::compare_tasks(const GatheredCase& one, const Replayed& replayed) {
    auto derived = engine::tasks_of(*one.process, organization_, replayed.state);
    const auto name_of = [&](TaskNumber task) {
        return fmt::format("case_key {}, task {}", static_cast<std::int64_t>(one.row.key),
                           number(task));
    };
    for (const auto& task : derived) {
        const auto stored = std::find_if(one.tasks.begin(), one.tasks.end(),
                                         [&](const TaskRow& row) { return row.task == task.task; });
        if (stored == one.tasks.end()) {
            add(one.row, 0, "the task is open, and its row is gone", "tasks", name_of(task.task));
            continue;
        }
        const auto tell = [&](const char* column, std::string what) {
            add(one.row, 0, std::move(what), "tasks", name_of(task.task), column);
        };
        const Columns<decltype(tell)> compare{tell};
        compare("step", stored->step.text, task.step.text);
        compare("item", stored->item.text, task.item.text);
        compare("post", stored->post.text, task.post.text);
        compare("hall", stored->hall.text, task.hall.text);
        compare("holder", stored->holder.text, task.holder.text);
        compare("due", stored->due, task.due);
        compare("offered", stored->offered, task.offered);
        compare("later", stored->comes_first, task.comes_first);
        const BarredOfficers barred{organization_, replayed.state, replayed.recused,
                                    replayed.sealed && !one.applicant};
        if (auto why = barred.fault(stored->barred, task.barred)) tell("barred", std::move(*why));
    }
    for (const auto& stored : one.tasks)
        if (std::none_of(derived.begin(), derived.end(),
                         [&](const TaskRow& task) { return task.task == stored.task; }))
            add(one.row, 0, "no such task is open: the row was put in", "tasks",
                name_of(stored.task));
}

void CaseCheck::operator()(GatheredCase& one) {
    places(one.row, one.records, one.positions);
    if (!chain(one.row, one.records) || !read(one)) leave(one.row);
}

bool CaseCheck::read(GatheredCase& one) {
    if (one.row.number.text == journal_number) {
        add(one.row, 0, "the journal is of no item", "cases",
            fmt::format("key {}", static_cast<std::int64_t>(one.row.key)), "item");
        return false;
    }
    if (!one.process) {
        add_event(one.row, 1, one.without_process);
        return false;
    }
    Replayed replayed;
    if (!replay(one, replayed)) return false;
    if (one.applicant) replayed.state.applicant = *one.applicant;
    if (one.not_opened)
        add(one.row, one.not_opened->first, one.not_opened->second, "sealed",
            fmt::format("case_key {}, sequence {}", static_cast<std::int64_t>(one.row.key),
                        one.not_opened->first),
            "box");
    compare_row(one.row, engine::row_of(*one.process, replayed.state));
    compare_tasks(one, replayed);
    return true;
}

}  // namespace workflow::shell
