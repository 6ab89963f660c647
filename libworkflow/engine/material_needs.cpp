#include "material_needs.hpp"

#include "../calendar/legal_clock.hpp"

namespace workflow::engine {

using definition::MaterialSource;

namespace {

constexpr std::string_view owed = "owed since ";

/// A case that ended without being granted owes nothing any more.
bool can_owe(const Case& c) {
    return c.accepted && (!c.end || *c.end == EndKind::granted);
}

}  // namespace

bool is_needed(const process::MaterialInfo& info, std::span<const Value> fields,
               const feel::Moment& moment, bool by_proxy) {
    if (info.for_proxy && !by_proxy) return false;
    if (!info.when) return true;
    const auto answer = info.when.evaluate(fields, moment);
    const auto* truth = answer.as<bool>();
    return !truth || *truth;
}

std::string state_of_material(const process::Process& process, const Case& c, std::size_t index,
                              const WorkingDays& calendar, const feel::Moment& moment) {
    if (c.materials[index] == MaterialState::provided) return "provided";
    if (c.materials[index] == MaterialState::committed) return "committed";
    const auto& info = process.materials[index];
    if (!is_needed(info, c.fields, moment, c.by_proxy)) return "not needed";
    switch (info.source) {
        case MaterialSource::shared:
            return "to be fetched";
        case MaterialSource::later:
            if (!can_owe(c)) return c.end ? "not needed" : "later";
            return std::string(owed) + to_string(*c.accepted) +
                   (info.within
                        ? ", due " + to_string(due_day(calendar, *c.accepted, *info.within).date)
                        : std::string());
        case MaterialSource::applicant:
        case MaterialSource::commitment:
            break;
    }
    return "missing";
}

bool is_owed(std::string_view state) {
    return state.starts_with(owed);
}

}  // namespace workflow::engine
