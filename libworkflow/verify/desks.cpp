#include "desks.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace workflow::verify {

namespace {

/// Returns whether only a withdrawal by the applicant leads there.
bool only_withdrawn_to(const process::Process& process, process::PlaceIndex end) {
    using Trigger = process::Transition::Trigger;
    return std::all_of(
        process.transitions.begin(), process.transitions.end(), [&](const auto& transition) {
            const bool leads = std::any_of(transition.gives.begin(), transition.gives.end(),
                                           [&](const auto& arc) { return arc.place == end; });
            return !leads || transition.trigger == Trigger::withdraw;
        });
}

void check_ends(const process::Process& process, const Desk& desk, DiagnosticSink& findings) {
    for (const auto& step : process.steps) {
        const auto* end = process.end_at(step.at);
        if (!end || end->end == EndKind::answered) continue;
        if (end->end == EndKind::withdrawn && only_withdrawn_to(process, step.at)) continue;
        auto& finding = findings.add(
            "not-a-desk", step.mark,
            fmt::format("`{}` can end in `{}` without an answer, but the catalog names it as `{}`",
                        process.item.text, step.id.text, desk.key),
            "write `end: answered`");
        findings.relate(finding, desk.mark, "named here");
    }
}

void check_fields(const process::Process& process, const Desk& desk, DiagnosticSink& findings) {
    for (const auto& field : process.fields) {
        const bool known =
            std::find(desk.filled.begin(), desk.filled.end(), field.id.text) != desk.filled.end();
        if (!field.required || field.initial || known ||
            field.origin != definition::FieldOrigin::applicant)
            continue;
        auto& finding = findings.add("not-a-desk", field.mark,
                                     fmt::format("the engine opens `{}` and cannot fill in `{}`",
                                                 process.item.text, field.id.text),
                                     fmt::format("give it a `default`; the engine fills in only {}",
                                                 fmt::join(desk.filled, ", ")));
        findings.relate(finding, desk.mark, "named here");
    }
}

void check_applicants(const process::Process& process, const Desk& desk, DiagnosticSink& findings) {
    for (const char* kind : {"person", "enterprise"}) {
        const auto& kinds = process.applicants;
        if (kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) continue;
        auto& finding = findings.add(
            "not-a-desk", process.step_at(process.start).mark,
            fmt::format("`{}` must be for every applicant, but it is not for the kind {}",
                        process.item.text, kind),
            "write `applicant: [person, enterprise]`");
        findings.relate(finding, desk.mark, "named here");
    }
}

}  // namespace

void check_desk(const process::Process& process, const Desk& desk, DiagnosticSink& findings) {
    check_ends(process, desk, findings);
    check_fields(process, desk, findings);
    check_applicants(process, desk, findings);
}

}  // namespace workflow::verify
