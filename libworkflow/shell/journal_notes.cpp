#include "journal_notes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../trail/chain.hpp"
#include "../trail/codec.hpp"
#include "catalog_access.hpp"

namespace workflow::shell {

Refusal key_reused(const CommandKey& key) {
    return {RefusalCode::key_reused,
            fmt::format("the key {} was used for another request", key.text),
            {}};
}

Answer note(Transaction& unit, Event event, const LocalClock& clock) {
    auto& context = unit.context();
    const CaseNumber number{std::string(journal_number)};
    auto& hasher = context.hasher;
    const auto now = context.options.clock();
    event.recorded = std::max(event.recorded, now);
    event.happened = event.recorded;
    event.offset = clock.offset_at(event.recorded);

    Change written;
    auto row = journal_row(unit.store());
    written.opened = !row;
    if (!row) {
        row.emplace();
        row->key = context.numbering.next_key([&unit]() -> Store& { return unit.store(); });
        row->number = number;
        row->status = "journal";
        row->opened = event.recorded;
        row->head = trail::genesis(hasher, number);
    }
    row->changed = event.recorded;
    EventRecord record{row->key, ++row->version, trail::encode(event), {}};
    row->head = record.hash = trail::link(hasher, row->head, record.body);
    written.row = *row;
    written.events.push_back(std::move(record));
    unit.add(std::move(written));
    return Answer{number, Version{row->version}, {std::move(event)}, false, {}};
}

std::optional<Expected<Answer>> answered(const Events& journal, const CommandKey& key,
                                         std::uint64_t request) {
    if (key.empty()) return {};
    for (std::uint32_t i = 0; i < journal.size(); ++i) {
        if (journal[i].key != key) continue;
        if (journal[i].request != request) return key_reused(key);
        return Answer{
            CaseNumber(std::string(journal_number)), Version{i + 1}, {journal[i]}, true, {}};
    }
    return {};
}

std::optional<Expected<Answer>> answered(Transaction& unit, const CommandKey& key,
                                         std::uint64_t request) {
    if (key.empty()) return {};
    const auto journal = read_journal(unit.store());
    return journal ? answered(journal->events, key, request) : std::nullopt;
}

void note_stopped_reading(Transaction& unit, const OfficerId& officer) {
    const auto& context = unit.context();
    constexpr std::int64_t hour = 3'600'000'000;
    const auto now = context.options.clock();
    const auto& organization = compiled(context.catalog).organization();
    Event event;
    if (const auto journal = read_journal(unit.store()))
        for (const auto& before : journal->events) {
            const auto* stopped = std::get_if<ReadingStopped>(&before.what);
            if (stopped && stopped->officer == officer &&
                now.microseconds - before.recorded.microseconds < hour)
                return;
            event.recorded = before.recorded;
        }
    const auto& rules = organization.reading;
    event.what = ReadingStopped{officer, rules ? rules->per_hour.value_or(0) : 0};
    (void)note(unit, std::move(event), organization.clock);
}

std::optional<Instant> clock_behind(Transaction& unit) {
    const auto& context = unit.context();
    const auto last = unit.store().last_event();
    if (!last) return {};
    Instant reached;
    try {
        reached = trail::decode(last->body).recorded;
    } catch (const trail::CodecError&) {
        return {};  // `trail verify` reports it
    }
    const auto now = context.options.clock();
    if (now >= reached) return {};
    const auto journal = read_journal(unit.store());
    const bool noted = journal && !journal->events.empty() &&
                       std::holds_alternative<ClockSetBack>(journal->events.back().what) &&
                       journal->events.back().recorded == reached;
    if (!noted) {
        Event event;
        event.what = ClockSetBack{reached, now};
        event.recorded = reached;
        (void)note(unit, std::move(event), compiled(context.catalog).organization().clock);
    }
    return reached;
}

}  // namespace workflow::shell
