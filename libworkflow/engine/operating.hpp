#pragma once

/// Who runs a batch, and what separation says of them.

#include <optional>
#include <string_view>

#include <workflow/refusal.hpp>

#include "draft.hpp"

namespace workflow::engine {

/// Refuses a batch's command whose operator cannot answer for it: unknown_officer, absent, and
/// applicant_is_officer or recused where they have a side in the matter. Nothing for a command by
/// hand, and for one that an account of the machine ran.
std::optional<Refusal> know_operator(const Draft& draft);

/// Whoever runs a script performs what it does, too: refuses separated where they performed by
/// hand, or had a script perform, what is kept apart from `members`. A rule of the organization may
/// allow the second (never the first), and is then put into the draft. An account of the machine
/// may be anybody's: it is taken for the operator of every earlier script.
std::optional<Refusal> may_operate(Draft& draft, process::MemberMask members, const DutyId& duty);

}  // namespace workflow::engine
