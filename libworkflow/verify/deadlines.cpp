#include "deadlines.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../calendar/legal_clock.hpp"
#include "longest_way.hpp"

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
        text += fmt::format("; worst when accepted on {}", to_string(*longest.started));
    return text;
}

bool is_late(const WorkingDays& calendar, const Longest& longest, Limit limit) {
    if (!longest.started) return longest.days > limit.amount;
    const auto due = due_day(calendar, *longest.started, limit).date;
    const auto allowed = limit.unit == LimitUnit::workdays
                             ? calendar.count({longest.started->days + 1}, due)
                             : due.days - longest.started->days;
    return longest.days > allowed;
}

void check_limit(const Process& process, const WorkingDays& calendar, Limit limit, Mark mark,
                 bool by_law, Findings& findings) {
    if (limit.unit == LimitUnit::minutes) return;
    const auto longest = longest_way(process, calendar, limit, false);
    if (longest.way.empty() || !is_late(calendar, longest, limit)) return;
    auto& finding = findings.add(
        by_law ? "law-not-kept" : "promise-not-kept", mark,
        fmt::format("`{}` may take {} {} with every step within its limit, and {} are {}: {}",
                    process.item.text, longest.days, unit_name(limit), to_string(limit),
                    by_law ? "all that the law gives" : "promised", told(process, longest)),
        by_law ? "shorten a step's `limit`"
               : "shorten a step's `limit`, or promise what can be kept");
    findings.relate(finding, process.steps[longest.way.back().step].mark,
                    "the last step on that way");
}

/// Waits that nothing ends, while the clock runs.
void check_waits(const Process& process, const WorkingDays& calendar, Limit limit,
                 Findings& findings) {
    for (const auto step : longest_way(process, calendar, limit, true).endless_waits)
        findings.add("unbounded-wait", process.steps[step].mark,
                     fmt::format("nothing ends the wait at `{}`, and the limit of {} runs on",
                                 process.steps[step].id.text, to_string(limit)),
                     "add `on: {after 30 workdays: STEP}`, or `clock: paused` with its ground");
}

}  // namespace

void check_deadlines(const Process& process, const WorkingDays& calendar, Findings& findings) {
    if (process.promised && process.promised_mark)
        check_limit(process, calendar, *process.promised, *process.promised_mark, false, findings);
    if (process.statutory && process.statutory_mark)
        check_limit(process, calendar, *process.statutory, *process.statutory_mark, true, findings);
    if (const auto limit = process.statutory ? process.statutory : process.promised)
        check_waits(process, calendar, *limit, findings);
    for (StepIndex index = 0; index < process.steps.size(); ++index) {
        const auto& step = process.steps[index];
        if (step.done == none || !step.limit || step.limit->unit == LimitUnit::minutes) continue;
        const auto needed = longest_inside(process, calendar, index, *step.limit);
        if (needed > step.limit->amount)
            findings.add(
                "stage-not-kept", step.mark,
                fmt::format("the steps of `{}` may take {} {}, its own limit is {}", step.id.text,
                            needed, unit_name(*step.limit), to_string(*step.limit)),
                "shorten a step's `limit`, or give this one more time");
    }
}

}  // namespace workflow::verify
