#include "compiler.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "branches.hpp"
#include "flow.hpp"
#include "lower/lowering.hpp"
#include "members.hpp"
#include "null_flows.hpp"
#include "origins.hpp"
#include "staffing.hpp"
#include "transition_ids.hpp"

namespace workflow::process {

using lower::Lowering;
using lower::Scope;

namespace {

void take_over(const definition::Item& item, Process& process) {
    process.item = item.id;
    process.revision = item.revision;
    process.code = item.code;
    process.title = item.title;
    process.digest = item.digest;
    process.kind = item.kind;
    process.applicants = item.applicants;
    process.channels = item.channels;
    for (const auto& mode : item.modes) process.modes.push_back(mode.id);
    process.section = item.section;
    process.rated = item.rating != definition::Rating::none;
    process.statutory = item.statutory;
    process.promised = item.promised;
    process.warn = item.warn;
    process.counted_from_receipt = item.counted_from_receipt;
    process.statutory_mark = item.statutory_mark;
    process.promised_mark = item.promised_mark;
    // What is done while the applicant waits is promised for the same day.
    if (item.kind == definition::ItemKind::instant && !process.promised)
        process.promised = Limit{0, LimitUnit::workdays};
    process.calendars = item.calendars;
    process.no_application = item.no_application;
    process.zero_refusal = item.zero_refusal;
    process.guarantees = item.guarantees;
}

void lower_fields(Lowering& to) {
    const auto origins = origins_of(to.item);
    for (const auto& field : to.item.fields) {
        FieldInfo lowered;
        lowered.id = field.id;
        lowered.title = field.title;
        lowered.type = field.type;
        lowered.values = field.values;
        lowered.required = field.required;
        lowered.longest = field.longest;
        lowered.personal = field.personal;
        lowered.has_purpose = !field.purpose.zh.empty() || !field.purpose.en.empty();
        lowered.mark = field.mark;
        lowered.origin = origins[to.process.fields.size()];
        lowered.initial = field.initial;
        lowered.check = to.compile_condition(field.check);
        to.process.fields.push_back(std::move(lowered));
    }
}

void lower_materials(Lowering& to) {
    for (const auto& material : to.item.materials) {
        MaterialInfo lowered;
        lowered.id = material.id;
        lowered.title = material.title;
        lowered.source = material.source;
        lowered.when = to.compile_condition(material.when);
        lowered.when_mark = material.when.mark;
        lowered.within = material.within;
        lowered.for_proxy = material.for_proxy;
        lowered.mark = material.mark;
        to.process.materials.push_back(std::move(lowered));
    }
}

void lower_limits(Lowering& to) {
    to.process.statutory_rule = to.compile_amount(to.item.statutory_rule);
    to.process.promised_rule = to.compile_amount(to.item.promised_rule);
}

void lower_withdraw(Lowering& to, const Scope& top) {
    if (!to.item.withdraw) return;
    Transition transition;
    transition.trigger = Transition::Trigger::withdraw;
    transition.mark = to.item.withdraw->mark;
    for (std::size_t place = 0; place < to.process.places.size(); ++place)
        transition.clears.push_back(static_cast<PlaceIndex>(place));
    to.lead_to(transition, *to.item.withdraw, top);
    to.process.transitions.push_back(std::move(transition));
    to.process.withdraw = to.last();
}

bool accepts(const Transition& transition) {
    return transition.accepts;
}

bool warns(const Process& process) {
    const definition::WarningTimes never;
    return process.warn != never ||
           std::any_of(process.places.begin(), process.places.end(), [&](const Place& place) {
               const auto* task = std::get_if<TaskActivity>(&place.activity);
               return task && task->warn != never;
           });
}

/// An extension must use the same unit as the statutory limit.
void check_extensions(const Process& process, DiagnosticSink& findings) {
    for (const auto& transition : process.transitions) {
        if (!transition.extends) continue;
        if (!process.statutory) {
            findings.add("idle-key", transition.mark,
                         fmt::format("`{}` extends the law's limit, and the item names none",
                                     transition.outcome.text),
                         "add `statutory` to the item's `limits`");
        } else if (transition.extends->unit != process.statutory->unit) {
            auto& finding =
                findings.add("other-unit", transition.mark,
                             fmt::format("`{}` extends {} by {}: the two are counted differently",
                                         transition.outcome.text, to_string(*process.statutory),
                                         to_string(*transition.extends)),
                             "give both in the same unit");
            if (process.statutory_mark)
                findings.relate(finding, *process.statutory_mark, "the law's limit");
        }
    }
}

}  // namespace

std::optional<Process> compile(const definition::Item& item,
                               const definition::Organization* organization,
                               DiagnosticSink& findings) {
    const auto errors_before = findings.errors();
    Process process;
    take_over(item, process);
    if (organization && organization->digest != Digest()) process.staff = organization->digest;
    Lowering lowering(item, organization, process, findings);
    try {
        lower_fields(lowering);
        lower_materials(lowering);
        lower_limits(lowering);
        name_members(item, organization, process, findings);
        Scope top;
        lowering.declare(item.steps, top);
        process.start = lowering.start_of(top, item.start, item.start_mark);
        lowering.lower(item.steps, top);
        lower_withdraw(lowering, top);
        resolve_origins(item, process, findings);
    } catch (const std::length_error&) {
        findings.add("too-many-steps", item.mark,
                     fmt::format("`{}` has too many steps", item.id.text));
        return {};
    }
    if (!name_roles(process, organization))
        findings.add("too-many-members", item.mark,
                     "more than 64 kinds of tasks are distinguished by duty, post or separation",
                     "give tasks that the same officers do the same duty");
    check_extensions(process, findings);
    process.warns = warns(process);
    process.accepted_at_opening =
        std::none_of(process.transitions.begin(), process.transitions.end(), accepts);
    // Checks on an incomplete net would only repeat the same mistakes.
    if (findings.errors() == errors_before) {
        check_flow(item, process, findings);
        check_branches(process, findings);
        check_null_flows(process, findings);
    }
    if (findings.errors() != errors_before) return {};
    identify_transitions(process);
    return process;
}

}  // namespace workflow::process
