#include "net.hpp"

#include <algorithm>

#include "../base/decimal.hpp"

namespace workflow::process {

namespace {

template <class List, class Kind>
std::optional<std::uint16_t> position_of(const List& list, const Id<Kind>& id) {
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const auto& entry) { return entry.id == id; });
    if (found == list.end()) return {};
    return static_cast<std::uint16_t>(found - list.begin());
}

}  // namespace

std::optional<std::uint16_t> Process::field(const FieldId& id) const {
    return position_of(fields, id);
}

std::optional<std::uint16_t> Process::material(const MaterialId& id) const {
    return position_of(materials, id);
}

std::optional<StepIndex> Process::step(const StepId& id) const {
    return position_of(steps, id);
}

TransitionIndex Process::index_of(TransitionId id) const {
    // Trails of release 0.1 contain the index itself.
    if (const auto number = static_cast<std::uint32_t>(id); number < least_transition_id)
        return number < transitions.size() ? static_cast<TransitionIndex>(number) : none;
    const auto found = std::lower_bound(
        transition_ids.begin(), transition_ids.end(), id,
        [](const auto& entry, TransitionId wanted) { return entry.first < wanted; });
    return found != transition_ids.end() && found->first == id ? found->second : none;
}

MemberMask Process::conflicts_of(MemberMask mask) const {
    MemberMask all = 0;
    for (std::size_t bit = 0; bit < conflicts.size(); ++bit)
        if (mask >> bit & 1) all |= conflicts[bit];
    return all;
}

MemberMask Process::member(std::string_view name) const {
    const auto found = std::find(members.begin(), members.end(), name);
    return found == members.end() ? 0 : MemberMask{1} << (found - members.begin());
}

Value PanelInfo::nothing() const {
    Context counts;
    for (const auto& outcome : outcomes) counts.emplace_back(outcome.text, Value(decimal_of(0)));
    return Value(std::move(counts));
}

Value PanelInfo::with_vote(const Value& counts, const OutcomeId& outcome) const {
    Context next;
    if (const auto* before = counts.as<Context>()) next = *before;
    for (auto& [name, count] : next)
        if (name == outcome.text)
            if (const auto* number = count.as<Decimal>())
                count = Value(decimal_of(to_integer(*number).value_or(0) + 1));
    return Value(std::move(next));
}

}  // namespace workflow::process
