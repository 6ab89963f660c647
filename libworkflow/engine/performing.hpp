#pragma once

/// Who has performed what in a case: the officers who did it, and whoever ran the scripts that did.

#include "case_state.hpp"

namespace workflow::engine {

void perform(Case& c, const OfficerId& officer, process::MemberMask members);

/// Whoever ran the script that brought the event has performed what it did, too. Nothing for an
/// event by hand.
void operate(Case& c, const Event& event, process::MemberMask members);
/// An officer who takes in what the applicant applies with, or brings, has met them: it counts as
/// intake.
void take_in(Case& c, const Event& event, process::MemberMask intake);

}  // namespace workflow::engine
