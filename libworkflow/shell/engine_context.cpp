#include "engine_context.hpp"

#include <fmt/format.h>

#include "../engine/apply.hpp"
#include "../engine/matter.hpp"
#include "../engine/worklist.hpp"
#include "../trail/codec.hpp"
#include "catalog_access.hpp"

namespace workflow::shell {

namespace {

/// Returns whether the event opens a case whose applicant's id is encrypted.
bool seals_applicant(const Event& event) {
    return std::holds_alternative<CaseOpened>(event.what) && !event.sealed.empty() &&
           event.sealed.front().part == SealedPart::applicant;
}

}  // namespace

std::shared_ptr<const process::Process> EngineContext::process_of(const ItemId& item,
                                                                  const Digest& digest) {
    if (auto current = compiled(catalog).process(item); current && current->digest == digest)
        return current;
    const std::string key(view(digest));
    if (const auto found = restored.find(key); found != restored.end()) return found->second;
    const auto bundled = store->published(digest);
    if (!bundled)
        throw BrokenCase(
            fmt::format("the store has cases of {} on revision {}, but not that revision",
                        item.text, hex(digest).substr(0, 12)));
    auto process = compiled(catalog).restore(*bundled);
    if (!process || process->digest != digest)
        throw BrokenCase(fmt::format("the published revision {} of {} cannot be read again",
                                     hex(digest).substr(0, 12), item.text));
    return restored.emplace(key, std::move(process)).first->second;
}

namespace {

BrokenCase broken_at(const CaseNumber& number, const EventRecord& record,
                     const std::exception& error) {
    return BrokenCase(fmt::format("case {}, event {}: {}; run `trail verify`", number.text,
                                  record.sequence, error.what()));
}

}  // namespace

LiveCase EngineContext::load(const CaseRow& row) {
    LiveCase live;
    live.key = row.key;
    live.process = process_of(row.item, row.definition);
    live.head = row.head;
    (void)vault.sealing();  // throws if the vault is locked
    CaseOpener whole(vault, *store, row.number, row.key);
    Event event;  // one for all, so that texts and lists keep their memory
    const auto records = store->events(row.key);
    if (records.empty() || records.back().hash != row.head)
        throw BrokenCase(fmt::format("case {} does not end with its last event; run `trail verify`",
                                     row.number.text));
    for (const auto& record : records) {
        try {
            trail::decode(record.body, event);
            live.sealed = live.sealed || seals_applicant(event);
            if (record.sequence == 1) live.matter = engine::matter_of(event);
            whole(event, record.sequence);
            engine::apply(*live.process, live.state, event);
        } catch (const trail::CodecError& error) {
            throw broken_at(row.number, record, error);
        } catch (const engine::ReplayError& error) {
            throw broken_at(row.number, record, error);
        }
    }
    live.erased = whole.erased();
    if (live.state.number != row.number || live.state.version != row.version)
        throw BrokenCase(fmt::format("case {} does not agree with its trail; run `trail verify`",
                                     row.number.text));
    if (!live.state.tasks.empty()) live.tasks = store->tasks_of(row.key);
    return live;
}

Event decode_event(const CaseNumber& number, const EventRecord& record) {
    try {
        return trail::decode(record.body);
    } catch (const trail::CodecError& error) {
        throw broken_at(number, record, error);
    }
}

Events EngineContext::events_of(const CaseNumber& number, CaseKey key) {
    CaseOpener whole(vault, *store, number, key);
    Events events;
    for (const auto& record : store->events(key))
        whole(events.emplace_back(decode_event(number, record)), record.sequence);
    return events;
}

LiveCase* EngineContext::live(const CaseNumber& number) {
    if (auto* known = cache.find(number)) return known;
    const auto row = store->find(number);
    return row && !row->item.empty() ? &cache.put(load(*row)) : nullptr;
}

void EngineContext::read_journal() {
    const auto row = journal_row(*store);
    const auto head = row ? row->head : Digest{};
    if (head == journal_head) return;
    journal_head = head;
    journal_fault.clear();
    try {
        const auto journal = shell::read_journal(*store);
        const auto staff = journal ? journal->staff : Digest{};
        if (staff == staff_head) return;
        auto changed =
            staff == Digest{} ? given : compiled(given).with_staff(journal->staff_changes(), staff);
        earlier.begin(compiled(given).organization(), journal ? *journal : Journal());
        const std::lock_guard lock(changing);
        catalog = std::move(changed);
        staff_head = staff;
    } catch (const StoreError& error) {
        journal_fault = error.what();
    }
}

void EngineContext::check_journal() const {
    if (!journal_fault.empty()) throw BrokenCase(journal_fault);
}

void EngineContext::forget_everything() {
    vault.look(*store);
    read_journal();
    cache.clear();
    draw_key.reset();
    numbering.forget();
    published.clear();
}

}  // namespace workflow::shell

namespace workflow::inline v0 {

Catalog as_staffed(const Catalog& catalog, Store& store) {
    const auto journal = shell::read_journal(store);
    if (!journal || journal->staff == Digest{}) return catalog;
    return compiled(catalog).with_staff(journal->staff_changes(), journal->staff);
}

}  // namespace workflow::inline v0
