#include "checks.hpp"

#include <fmt/format.h>

#include "data_flow.hpp"
#include "deadlines.hpp"
#include "guarantees.hpp"
#include "guarded_paths.hpp"
#include "item_soundness.hpp"
#include "staffing.hpp"
#include "ways_out.hpp"

namespace workflow::verify {

void Checks::check(const process::Process& process, const WorkingDays& calendar) {
    // The other checks would only report consequences.
    if (!check_item(process, findings_) || !check_guarded_ways(process, findings_)) return;
    any_ = true;
    check_data_flow(process, findings_);
    check_deadlines(process, calendar, findings_);
    if (organization_) check_staffing(process, *organization_, findings_);
    if (organization_) check_ways_out(process, *organization_, findings_);
    const auto set_off = check_guarantees(process, guarantees_, findings_);
    for (std::size_t i = 0; i < set_off.size(); ++i) set_off_[i] = set_off_[i] || set_off[i];
}

void Checks::finish() {
    if (!any_) return;
    for (std::size_t i = 0; i < guarantees_.size(); ++i)
        if (!set_off_[i])
            findings_.add(
                "vacuous-guarantee", guarantees_[i].mark,
                fmt::format(
                    "`{}` has no effect on any item: the activities that trigger it never occur",
                    guarantees_[i].text),
                fmt::format("it means: {}", in_words(guarantees_[i])));
}

}  // namespace workflow::verify
