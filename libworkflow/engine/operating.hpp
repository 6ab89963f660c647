#pragma once

/// Who runs a batch, and how separation of duty applies to them.

#include <optional>
#include <string_view>

#include <workflow/refusal.hpp>

#include "draft.hpp"

namespace workflow::engine {

/// Refuses a batch's command whose operator cannot be responsible for it: unknown_officer, absent,
/// and applicant_is_officer or recused where they are a party. Never refuses a command by hand, or
/// one that a machine account ran.
std::optional<Refusal> know_operator(const Draft& draft);

/// Whoever runs a script also performs what it does. Refuses separated where they performed by
/// hand, or had a script perform, what is incompatible with `members`. A rule of the organization
/// may allow the latter (never the former) and is then stored in the draft. A machine account may
/// be used by anybody, so it counts as the operator of every earlier script.
std::optional<Refusal> may_operate(Draft& draft, process::MemberMask members, const DutyId& duty);

}  // namespace workflow::engine
