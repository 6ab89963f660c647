#pragma once

/// Rows for a store, made up: a store neither hashes nor interprets what it keeps.

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <workflow/ports.hpp>

#include "temporary_folder.hpp"

namespace workflow::testing {

/// Thirty-two bytes that follow from two numbers, zeros among them.
inline Digest digest_of(std::uint64_t first, std::uint64_t second = 0) {
    Digest digest;
    for (std::size_t i = 0; i < 8; ++i) {
        digest.bytes[i] = static_cast<std::uint8_t>(first >> (8 * i));
        digest.bytes[8 + i] = static_cast<std::uint8_t>(second >> (8 * i));
        digest.bytes[16 + i] = static_cast<std::uint8_t>((first * 31 + second + 7) >> (8 * i));
    }
    return digest;
}

inline void add_events(Change& change, std::uint32_t count) {
    const auto key = static_cast<std::uint64_t>(change.row.key);
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto sequence = ++change.row.version;
        std::string body("\1\0event ", 8);
        body += change.row.number.text + '/' + std::to_string(sequence);
        change.events.push_back({change.row.key, sequence, body, digest_of(key, sequence)});
        change.row.head = change.events.back().hash;
    }
}

/// What opens a case, with `events` events.
inline Change opening(CaseKey key, const std::string& number, std::uint32_t events = 1) {
    Change change;
    change.opened = true;
    change.row.key = key;
    change.row.number = CaseNumber(number);
    change.row.item = ItemId("social-card.replace-lost");
    change.row.definition = digest_of(99);
    change.row.hall = HallId("north");
    change.row.status = "open";
    change.row.steps = "intake";
    change.row.opened = change.row.changed = Instant{1'772'415'000'000'000};
    add_events(change, events);
    return change;
}

/// What goes on from `row`, with `events` events.
inline Change going_on(const CaseRow& row, std::uint32_t events = 1) {
    Change change;
    change.row = row;
    change.row.changed.microseconds += 1'000'000;
    add_events(change, events);
    return change;
}

inline TaskRow waiting_task(CaseKey key, std::uint32_t task, const std::string& post,
                            const std::string& hall, std::int64_t offered) {
    TaskRow row;
    row.case_key = key;
    row.task = TaskNumber{task};
    row.step = StepId("intake");
    row.item = ItemId("social-card.replace-lost");
    row.post = PostId(post);
    row.hall = HallId(hall);
    row.offered = Instant{offered};
    return row;
}

inline TaskRow held_task(CaseKey key, std::uint32_t task, const std::string& holder,
                         std::int64_t offered) {
    auto row = waiting_task(key, task, "", "", offered);
    row.holder = OfficerId(holder);
    return row;
}

/// Appends in a unit of work of its own.
inline void write(Store& store, const std::vector<Change>& changes) {
    store.begin();
    try {
        for (const auto& change : changes) store.append(change);
        store.commit();
    } catch (...) {
        store.rollback();
        throw;
    }
}

/// Opens a case in a unit of work of its own; `edit` may change what is written.
template <class Edit>
CaseRow open_case(Store& store, const std::string& number, Edit edit) {
    store.begin();
    auto change = opening(store.new_case(), number);
    edit(change);
    store.append(change);
    store.commit();
    return change.row;
}
inline CaseRow open_case(Store& store, const std::string& number) {
    return open_case(store, number, [](Change&) {});
}

inline bool same(const CaseRow& a, const CaseRow& b) {
    return a.key == b.key && a.number == b.number && a.item == b.item &&
           a.definition == b.definition && a.hall == b.hall && a.status == b.status &&
           a.steps == b.steps && a.version == b.version && a.head == b.head &&
           a.opened == b.opened && a.changed == b.changed && a.statutory_due == b.statutory_due &&
           a.promised_due == b.promised_due && a.wake == b.wake;
}

/// All that a store holds of cases, events, tasks, persons and what is sealed, as one text to
/// compare; of readings, those by some.
inline std::string contents(Store& store) {
    std::string all;
    const auto bytes = [&](const Digest& digest) {
        all.append(reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size());
    };
    const auto text = [&](const std::string& value) { all += value + '|'; };
    const auto day = [&](const std::optional<Date>& date) {
        text(date ? std::to_string(date->days) : "-");
    };
    CaseFilter filter;
    filter.limit = 7;
    while (true) {
        const auto rows = store.cases(filter);
        for (const auto& row : rows) {
            text(std::to_string(static_cast<std::int64_t>(row.key)));
            for (const auto& part : {row.number.text, row.item.text, row.hall.text, row.status,
                                     row.steps, std::to_string(row.version)})
                text(part);
            bytes(row.definition);
            bytes(row.head);
            text(std::to_string(row.opened.microseconds));
            text(std::to_string(row.changed.microseconds));
            for (const auto& date : {row.statutory_due, row.promised_due, row.wake}) day(date);
            for (const auto& event : store.events(row.key)) {
                text(std::to_string(event.sequence));
                text(event.body);
                bytes(event.hash);
            }
            for (const auto& task : store.tasks_of(row.key)) {
                text(std::to_string(number(task.task)));
                for (const auto& part : {task.step.text, task.item.text, task.post.text,
                                         task.hall.text, task.holder.text, task.barred})
                    text(part);
                day(task.due);
                text(std::to_string(task.offered.microseconds));
                text(task.comes_first ? "first" : "later");
            }
            for (const auto& sealed : store.sealed(row.key)) {
                text(std::to_string(sealed.sequence) + '/' + std::to_string(sealed.person));
                text(sealed.box);
            }
            all += '\n';
        }
        if (rows.size() < filter.limit) break;
        filter.after = rows.back().key;
    }
    for (const auto& row : store.persons(0, SIZE_MAX)) {
        text(std::to_string(row.id));
        text(row.token);
        text(row.wrapped);
        for (const auto key : store.cases_of_person(row.id, CaseKey{}, SIZE_MAX))
            text(std::to_string(static_cast<std::int64_t>(key)));
    }
    for (const auto* officer : {"a", "b", "lin", "sun"})
        text(std::to_string(store.reads(OfficerId(officer), Instant{INT64_MIN})));
    const auto counts = store.counts();
    for (const auto count : {counts.cases, counts.events, counts.tasks})
        text(std::to_string(count));
    return all;
}

}  // namespace workflow::testing
