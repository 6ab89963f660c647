#pragma once

/// Who has performed what in a case: officers, and operators of scripts.

#include "case_state.hpp"

namespace workflow::engine {

void perform(Case& c, const OfficerId& officer, process::MemberMask members);

/// Records that the operator of the script that caused the event performed what it did. Does
/// nothing for an event by hand.
void operate(Case& c, const Event& event, process::MemberMask members);
/// Records intake for an officer who receives the application or materials, because they have met
/// the applicant.
void take_in(Case& c, const Event& event, process::MemberMask intake);

}  // namespace workflow::engine
