#include "deadlines.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "critical_path.hpp"

namespace workflow::verify {
namespace {

using process::none;
using process::Process;
using process::StepIndex;

std::string unit_name(Limit limit) {
    return limit.unit == LimitUnit::workdays ? "workdays" : "days";
}

std::string told(const Process& process, const Longest& longest) {
    constexpr std::size_t most = 10;
    std::vector<std::string> parts;
    for (const auto& part : longest.way)
        parts.push_back(fmt::format("{} {}", process.steps[part.step].id.text, part.days));
    const auto shown = std::min(most, parts.size());
    auto text = fmt::format(
        "{}{}", fmt::join(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
        parts.size() > shown ? ", ..." : "");
    if (longest.started)
        text +=
            fmt::format("; the longest time is for acceptance on {}", to_string(*longest.started));
    return text;
}

void tell_undecided(const Process& process, Mark mark, DiagnosticSink& findings) {
    findings.add(
        "not-decided", mark,
        fmt::format("whether `{}` keeps its limits is not decided: its steps form too many loops",
                    process.item.text),
        "add `at most` to outcomes that lead back");
}

void check_limit(const Process& process, const WorkingDays& calendar, Limit limit, Mark mark,
                 bool by_law, DiagnosticSink& findings) {
    if (!counts_days(limit.unit)) return;
    // The promise assumes that the hall responds; the law also covers its silence.
    const auto longest = critical_path(process, calendar, limit, by_law);
    if (!longest.decided) return tell_undecided(process, mark, findings);
    if (longest.days <= longest.allowed) return;
    auto& finding = findings.add(
        by_law ? "law-not-kept" : "promise-not-kept", mark,
        fmt::format("`{}` may take {} {} with every step within its limit, and {} are {}: {}",
                    process.item.text, longest.days, unit_name(limit), to_string(limit),
                    by_law ? "all that the law allows" : "promised", told(process, longest)),
        by_law ? "shorten a step's `limit`" : "shorten a step's `limit` or promise a longer limit");
    if (!longest.way.empty())
        findings.relate(finding, process.steps[longest.way.back().step].mark,
                        "the last step on that path");
}

}  // namespace

void check_deadlines(const Process& process, const WorkingDays& calendar,
                     DiagnosticSink& findings) {
    if (process.promised && process.promised_mark)
        check_limit(process, calendar, *process.promised, *process.promised_mark, false, findings);
    if (process.statutory && process.statutory_mark)
        check_limit(process, calendar, *process.statutory, *process.statutory_mark, true, findings);
    for (StepIndex index = 0; index < process.steps.size(); ++index) {
        const auto& step = process.steps[index];
        if (step.done == none || !step.limit || !counts_days(step.limit->unit)) continue;
        const auto needed = longest_inside(process, calendar, index, *step.limit);
        if (!needed)
            tell_undecided(process, step.mark, findings);
        else if (*needed > step.limit->amount)
            findings.add(
                "stage-not-kept", step.mark,
                fmt::format("the steps of `{}` may take {} {}, but its own limit is {}",
                            step.id.text, *needed, unit_name(*step.limit), to_string(*step.limit)),
                "shorten a step's `limit` or lengthen this one");
    }
}

}  // namespace workflow::verify
