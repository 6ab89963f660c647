#include <fmt/format.h>

#include "../engine/apply.hpp"
#include "../engine/worklist.hpp"
#include "../trail/codec.hpp"
#include "unit.hpp"

namespace workflow::shell {

std::shared_ptr<const process::Process> Workplace::process_of(const ItemId& item,
                                                              const Digest& digest) {
    if (auto current = catalog.process(item); current && current->digest == digest) return current;
    const std::string key(view(digest));
    if (const auto found = restored.find(key); found != restored.end()) return found->second;
    const auto bundled = store->published(digest);
    if (!bundled)
        throw BrokenCase(
            fmt::format("the store has cases of {} on revision {}, but not that revision",
                        item.text, hex(digest).substr(0, 12)));
    auto process = catalog.restore(*bundled);
    if (!process || process->digest != digest)
        throw BrokenCase(fmt::format("the published revision {} of {} cannot be read again",
                                     hex(digest).substr(0, 12), item.text));
    return restored.emplace(key, std::move(process)).first->second;
}

LiveCase Workplace::load(const CaseRow& row) {
    LiveCase live;
    live.key = row.key;
    live.process = process_of(row.item, row.definition);
    live.head = row.head;
    Event event;  // one for all: its texts and lists keep their memory
    for (const auto& record : store->events(row.key)) {
        try {
            trail::decode(record.body, event);
            engine::apply(*live.process, live.state, event);
        } catch (const trail::CodecError& error) {
            throw BrokenCase(fmt::format("case {}, event {}: {}; run `trail verify`",
                                         row.number.text, record.sequence, error.what()));
        } catch (const engine::ReplayError& error) {
            throw BrokenCase(fmt::format("case {}, event {}: {}; run `trail verify`",
                                         row.number.text, record.sequence, error.what()));
        }
    }
    if (live.state.number != row.number || live.state.version != row.version)
        throw BrokenCase(fmt::format("case {} does not agree with its trail; run `trail verify`",
                                     row.number.text));
    if (!live.state.tasks.empty()) live.tasks = store->tasks_of(row.key);
    return live;
}

LiveCase* Workplace::live(const CaseNumber& number) {
    if (auto* known = cache.find(number)) return known;
    const auto row = store->find(number);
    return row ? &cache.put(load(*row)) : nullptr;
}

void Workplace::forget_everything() {
    cache.clear();
    numbering.forget();
    published.clear();
}

}  // namespace workflow::shell
