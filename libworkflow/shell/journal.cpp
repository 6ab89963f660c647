#include "journal.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../engine/command_texts.hpp"
#include "../engine/nearby.hpp"
#include "../engine/staff.hpp"
#include "../trail/chain.hpp"
#include "../trail/codec.hpp"
#include "transaction.hpp"

namespace workflow::shell {

std::vector<StaffChanged> Journal::staff_changes() const {
    std::vector<StaffChanged> changes;
    for (const auto& event : events)
        if (const auto* change = std::get_if<StaffChanged>(&event.what)) changes.push_back(*change);
    return changes;
}

void EarlierStaff::begin(const definition::Organization& file, const Journal& journal) {
    file_ = &file;
    changes_.clear();
    made_.clear();
    for (const auto& event : journal.events)
        if (const auto* change = std::get_if<StaffChanged>(&event.what))
            changes_.emplace_back(event.recorded, *change);
}

std::shared_ptr<const definition::Organization> EarlierStaff::at(Instant received) {
    constexpr std::size_t kept = 16;
    const auto before = [](Instant moment, const auto& change) { return moment < change.first; };
    const auto end = std::upper_bound(changes_.begin(), changes_.end(), received, before);
    if (end == changes_.end()) return {};
    const auto count = static_cast<std::size_t>(end - changes_.begin());
    if (const auto known = made_.find(count); known != made_.end()) return known->second;
    auto earlier = std::make_shared<definition::Organization>(*file_);
    for (auto change = changes_.begin(); change != end; ++change)
        engine::apply(*earlier, change->second);
    // No process has its rosters by it: they are looked up.
    earlier->digest = sha256(std::string(view(file_->digest)) + std::to_string(count));
    if (made_.size() >= kept) made_.clear();
    return made_[count] = std::move(earlier);
}

std::optional<CaseRow> journal_row(Store& store) {
    return store.find(CaseNumber(std::string(journal_number)));
}

std::optional<Journal> read_journal(Store& store) {
    const auto row = journal_row(store);
    if (!row) return {};
    Journal journal{*row, {}, {}};
    for (const auto& record : store.events(row->key)) try {
            const auto& event = journal.events.emplace_back(trail::decode(record.body));
            if (!is_of_journal(event.what)) throw trail::CodecError("it is of a case");
            if (std::holds_alternative<StaffChanged>(event.what)) journal.staff = record.hash;
        } catch (const trail::CodecError& error) {
            throw StoreError(fmt::format("the journal, event {}: {}; run `trail verify`",
                                         record.sequence, error.what()));
        }
    return journal;
}

Answer Transaction::note(Event event, const LocalClock& clock) {
    const CaseNumber number{std::string(journal_number)};
    auto& hasher = context_.hasher;
    const auto now = context_.options.clock();
    event.recorded = std::max(event.recorded, now);
    event.happened = event.recorded;
    event.offset = clock.offset_at(event.recorded);

    Change written;
    auto row = journal_row(store());
    written.opened = !row;
    if (!row) {
        row.emplace();
        row->key = context_.numbering.next_key([this]() -> Store& { return store(); });
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
    used_memory_ = true;
    store().append(written);
    return Answer{number, Version{row->version}, {std::move(event)}, false, {}};
}

std::optional<Expected<Answer>> Transaction::answered(const CommandKey& key,
                                                      std::uint64_t request) {
    if (key.empty()) return {};
    const auto journal = read_journal(store());
    if (!journal) return {};
    for (std::uint32_t i = 0; i < journal->events.size(); ++i) {
        const auto& event = journal->events[i];
        if (event.key != key) continue;
        if (event.request == request)
            return Answer{
                CaseNumber(std::string(journal_number)), Version{i + 1}, {event}, true, {}};
        return Refusal{RefusalCode::key_reused,
                       fmt::format("the key {} was used for another request", key.text),
                       {}};
    }
    return {};
}

void Transaction::note_stopped(const OfficerId& officer) {
    constexpr std::int64_t hour = 3'600'000'000;
    const auto now = context_.options.clock();
    const auto& organization = context_.catalog.organization();
    Event event;
    if (const auto journal = read_journal(store()))
        for (const auto& before : journal->events) {
            const auto* stopped = std::get_if<ReadingStopped>(&before.what);
            if (stopped && stopped->officer == officer &&
                now.microseconds - before.recorded.microseconds < hour)
                return;
            event.recorded = before.recorded;
        }
    const auto& rules = organization.reading;
    event.what = ReadingStopped{officer, rules ? rules->per_hour.value_or(0) : 0};
    (void)note(std::move(event), organization.clock);
}

std::optional<Instant> Transaction::clock_behind() {
    const auto last = store().last_event();
    if (!last) return {};
    Instant reached;
    try {
        reached = trail::decode(last->body).recorded;
    } catch (const trail::CodecError&) {
        return {};  // `trail verify` names it
    }
    const auto now = context_.options.clock();
    if (now >= reached) return {};
    const auto journal = read_journal(store());
    const bool noted = journal && !journal->events.empty() &&
                       std::holds_alternative<ClockSetBack>(journal->events.back().what) &&
                       journal->events.back().recorded == reached;
    if (!noted) {
        Event event;
        event.what = ClockSetBack{reached, now};
        event.recorded = reached;
        (void)note(std::move(event), context_.catalog.organization().clock);
    }
    return reached;
}

}  // namespace workflow::shell
