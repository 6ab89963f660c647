#include "null_flows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "regions.hpp"

namespace workflow::process {

using feel::Slots;

namespace {

Slots fields_at_opening(const Process& process) {
    Slots given;
    for (std::size_t slot = 0; slot < process.fields.size(); ++slot)
        if (process.fields[slot].always_given()) given.insert(static_cast<std::uint32_t>(slot));
    for (const auto& panel : process.panels) given.insert(panel.slot);
    return given;
}

void tell(const Process& process, const feel::Expression& condition, const Mark& text,
          const Slots& given, const char* then, DiagnosticSink& findings) {
    Slots may_be_null;
    // The votes of a panel, after the fields, are never null.
    for (const auto slot : condition.reads())
        if (slot < process.fields.size() && !given.contains(slot)) may_be_null.insert(slot);
    Slots told;
    for (const auto& flow : feel::null_flows(condition, may_be_null)) {
        if (!told.insert(flow.slot).second) continue;
        Mark mark = text;
        mark.begin = std::min(text.begin + flow.begin, text.end);
        mark.end = std::clamp(text.begin + flow.end, mark.begin, text.end);
        const auto& name = process.fields[flow.slot].id.text;
        findings.add(
            "null-flows", mark,
            fmt::format("`{}` may have no value here: the condition is then null, and {}", name,
                        then),
            fmt::format("ask for it first, `{} != null and ...`, or require it before", name));
    }
}

/// Determines the fields that have a value where a token is, by its path. Where several paths lead
/// there, the fields that all of them give.
class Given {
public:
    explicit Given(const Process& process) : process_(process), ways_(process.places.size()) {
        for (const auto& step : process.steps)
            if (step.done != none) regions_.emplace(step.done, branches_of(process, step));
        ways_[process.start].emplace(0, fields_at_opening(process));
        while (spread()) {
        }
    }

    /// With `tokens` tokens there, each from another branch. Returns nullopt if no path leads
    /// there.
    [[nodiscard]] std::optional<Slots> at(PlaceIndex place, std::size_t tokens) const {
        const auto& ways = ways_[place];
        if (ways.empty()) return {};
        std::map<std::uint32_t, std::size_t> by;
        for (const auto& [branch, slots] : ways)
            for (const auto slot : slots) ++by[slot];
        Slots given;
        // Too few branches leave the field unset for all tokens to be theirs.
        for (const auto& [slot, count] : by)
            if (ways.size() - count < tokens) given.insert(slot);
        return given;
    }

private:
    bool spread() {
        bool changed = false;
        for (const auto& transition : process_.transitions) {
            auto now = feel::not_null_where_true(transition.guard);
            bool reached = !transition.takes.empty();
            for (const auto& arc : transition.takes) {
                const auto before = at(arc.place, arc.weight);
                reached = reached && before;
                if (before) now.insert(before->begin(), before->end());
            }
            if (!reached) continue;
            for (const auto& set : transition.sets) now.insert(set.field);
            for (const auto& arc : transition.gives)
                changed = arrive(arc.place, transition.takes.front().place, now) || changed;
        }
        return changed;
    }

    bool arrive(PlaceIndex place, PlaceIndex from, const Slots& slots) {
        const auto region = regions_.find(place);
        const auto [way, fresh] =
            ways_[place].emplace(region == regions_.end() ? 0 : region->second[from], slots);
        if (fresh) return true;
        return std::erase_if(way->second, [&](auto slot) { return !slots.contains(slot); }) > 0;
    }

    const Process& process_;
    std::vector<std::map<std::uint16_t, Slots>> ways_;  // by place and, at a join, by branch
    std::map<PlaceIndex, std::vector<std::uint16_t>> regions_;  // branch by place, by join
};

}  // namespace

std::vector<Slots> fields_given(const Process& process) {
    const Given given(process);
    std::vector<Slots> known;
    for (std::size_t place = 0; place < process.places.size(); ++place)
        known.push_back(given.at(static_cast<PlaceIndex>(place), 1).value_or(Slots()));
    return known;
}

void check_null_flows(const Process& process, DiagnosticSink& findings) {
    const auto given = fields_given(process);
    for (std::size_t place = 0; place < process.places.size(); ++place)
        for (const auto index : process.places[place].automatic) {
            const auto& branch = process.transitions[index];
            if (branch.guard)
                tell(process, branch.guard, branch.guard_mark, given[place],
                     "the branch is not taken", findings);
        }
    const auto at_opening = fields_at_opening(process);
    for (const auto& material : process.materials)
        if (material.when)
            tell(process, material.when, material.when_mark, at_opening,
                 "the material is not asked for", findings);
}

}  // namespace workflow::process
