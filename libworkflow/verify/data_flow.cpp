#include "data_flow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "../process/regions.hpp"

namespace workflow::verify {
namespace {

using process::Process;

bool reads(const feel::Expression& expression, std::size_t slot) {
    if (!expression) return false;
    const auto slots = expression.reads();
    return std::binary_search(slots.begin(), slots.end(), static_cast<std::uint32_t>(slot));
}

/// Returns the assignment that overwrites the field. A value that is computed from the field's own
/// value does not: a vote that is added to the others loses none.
const process::Transition::Set* overwrites(const process::Transition& transition,
                                           std::size_t field) {
    for (const auto& set : transition.sets)
        if (set.field == field && !reads(set.value, field)) return &set;
    return nullptr;
}

/// Reports a field that two branches set which may be active at the same time: the later value
/// overwrites the earlier.
void check_written_at_once(const Process& process, DiagnosticSink& findings) {
    for (const auto& region : process.steps) {
        if (region.done == process::none) continue;
        const auto branch = process::branches_of(process, region);
        for (std::size_t field = 0; field < process.fields.size(); ++field) {
            const process::Transition* first = nullptr;
            for (const auto& transition : process.transitions) {
                if (transition.takes.empty() || !overwrites(transition, field)) continue;
                const auto here = branch[transition.takes.front().place];
                if (here == 0) continue;
                if (!first) first = &transition;
                if (branch[first->takes.front().place] == here) continue;
                auto& finding = findings.add(
                    "written-at-once", transition.mark,
                    fmt::format("`{}` sets `{}`, and so does `{}` in a parallel branch: the later "
                                "value overwrites the earlier",
                                process.step_at(transition.takes.front().place).id.text,
                                process.fields[field].id.text,
                                process.step_at(first->takes.front().place).id.text),
                    "give each branch its own field, or set the field after the join");
                findings.relate(finding, first->mark, "the other branch");
                break;
            }
        }
    }
}

/// Returns whether anything other than its own check reads the field.
bool is_read(const Process& process, std::size_t slot) {
    const auto read_by = [&](const process::Transition& transition) {
        return reads(transition.guard, slot) ||
               std::any_of(transition.sets.begin(), transition.sets.end(),
                           [&](const auto& set) { return reads(set.value, slot); });
    };
    for (std::size_t other = 0; other < process.fields.size(); ++other)
        if (other != slot && reads(process.fields[other].check, slot)) return true;
    for (const auto& place : process.places)
        if (const auto* task = std::get_if<process::TaskActivity>(&place.activity);
            task && (reads(task->limit_rule, slot) ||
                     std::find(task->sees.begin(), task->sees.end(), slot) != task->sees.end()))
            return true;
    return reads(process.statutory_rule, slot) || reads(process.promised_rule, slot) ||
           std::any_of(process.transitions.begin(), process.transitions.end(), read_by) ||
           std::any_of(process.materials.begin(), process.materials.end(),
                       [&](const auto& material) { return reads(material.when, slot); });
}

void check_personal(const Process& process, DiagnosticSink& findings) {
    for (std::size_t slot = 0; slot < process.fields.size(); ++slot) {
        const auto& field = process.fields[slot];
        if (!field.personal || field.has_purpose || is_read(process, slot)) continue;
        findings.add("personal-data-unused", field.mark,
                     fmt::format("`{}` is personal, and nothing in `{}` reads it", field.id.text,
                                 process.item.text),
                     "delete it, name it in the `sees` of the step that needs it, or state with "
                     "`purpose` what it is for");
    }
}

void check_materials(const Process& process, DiagnosticSink& findings) {
    const auto asked_for = [](const process::Transition& transition) {
        return transition.needs_materials;
    };
    if (std::any_of(process.transitions.begin(), process.transitions.end(), asked_for)) return;
    for (const auto& material : process.materials) {
        const auto never = material.when.constant();
        const bool idle = never && never->as<bool>() && !*never->as<bool>();
        if (idle || material.source == definition::MaterialSource::shared) continue;
        findings.add(
            "material-never-required", material.mark,
            fmt::format("`{}` is listed, and no outcome of `{}` requires materials",
                        material.id.text, process.item.text),
            "add `requires: materials` to the outcome that accepts, or delete the material");
        return;
    }
}

}  // namespace

void check_data_flow(const Process& process, DiagnosticSink& findings) {
    check_written_at_once(process, findings);
    check_personal(process, findings);
    check_materials(process, findings);
}

}  // namespace workflow::verify
