#include "seen.hpp"

#include "case_reading.hpp"

namespace workflow::shell {

Expected<Events> without_numbers(Expected<std::vector<SeenEvent>> shown) {
    if (!shown) return shown.refusal();
    auto numbered = std::move(shown).value();
    Events events;
    events.reserve(numbered.size());
    for (auto& one : numbered) events.push_back(std::move(one.event));
    return events;
}

Answer only_its_own(Answer whole, std::vector<SeenEvent> shown) {
    const auto last = number(whole.version);
    const auto first = last - static_cast<std::uint32_t>(whole.events.size()) + 1;
    whole.events.clear();
    whole.sequences.clear();
    for (auto& one : shown) {
        if (one.sequence < first || one.sequence > last) continue;
        whole.events.push_back(std::move(one.event));
        whole.sequences.push_back(one.sequence);
    }
    return whole;
}

engine::Unrevealed unrevealed(EngineContext& place, const LiveCase& live) {
    const auto& c = live.state;
    const auto events =
        engine::panel_open(*live.process, c) ? place.events_of(c.number, live.key) : Events();
    return engine::unrevealed(*live.process, c, events);
}

CaseView seen_view_of(EngineContext& place, const CaseRow& row) {
    auto view = view_of(row);
    view.steps = engine::without_members(*place.process_of(row.item, row.definition), view.steps);
    return view;
}

}  // namespace workflow::shell
