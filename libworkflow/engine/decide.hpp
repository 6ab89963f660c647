#pragma once

/// A command to events, or the rule that refuses it. Pure: no clock, no randomness, no I/O.

#include <array>
#include <cstdint>
#include <functional>

#include <workflow/command.hpp>
#include <workflow/draw.hpp>
#include <workflow/event.hpp>
#include <workflow/ports.hpp>
#include <workflow/refusal.hpp>

#include "../calendar/working_days.hpp"
#include "../definition/organization.hpp"
#include "../process/net.hpp"
#include "case_state.hpp"

namespace workflow::engine {

/// What the world says at the moment of the command.
struct Facts {
    Instant now;
    const definition::Organization* organization = nullptr;
    /// As it was when the case was received: who draws and is drawn must be eligible by both, and
    /// weights are of then. Null: the same as `organization`.
    const definition::Organization* at_reception = nullptr;
    const WorkingDays* calendar = nullptr;
    CaseNumber number;                       ///< for OpenCase
    std::array<std::uint64_t, 4> entropy{};  ///< the store's own secret, for draws without shares
    std::span<const DrawShare> draw_shares;  ///< where there are any, draws follow from them alone
    /// What earlier cases of a matter have left; asked when a case is opened. Nothing: it is new.
    std::function<std::optional<MatterRow>(const Digest& matter)> matter;
    /// How many tasks an officer holds; asked for the shortest queue only. Nothing: none.
    std::function<std::uint32_t(const OfficerId&)> held;
    /// Whose turn it was last at a step of the item; asked where tasks go round. Nothing: nobody's.
    std::function<OfficerId(const StepId&)> last_turn;
    /// How many readings of cases an officer has begun at `since` or later; asked where they are
    /// bounded. Nothing: none.
    std::function<std::uint32_t(const OfficerId&, Instant since)> reads;
    /// The token by which the applicant rates a task of this case, or the whole case. Nothing:
    /// nobody is asked to rate.
    std::function<std::string(TaskNumber)> rating_token;
    /// What stands for a person in draws that others check. Nothing: he himself.
    std::function<PersonId(const PersonId&)> alias;
    /// What tells requests apart, never 0, where nobody may find out by trying what they said.
    /// Nothing: `fingerprint`.
    std::function<std::uint64_t(std::string_view canonical)> blinded;
    std::optional<Limit> late_entry;  ///< how long after it happened an act may still be entered
    bool in_turn = false;             ///< the engine itself has found the task that is next
    /// The command before its texts were normalized, where that changed it: trails from before then
    /// tell a repeated request by it.
    const Command* as_given = nullptr;
};

/// The events that `command` brings about in `c`. The order of checks: key, version, signature,
/// case open, task, actor, separation, the outcome's own requirements, whether it had to be signed.
/// A repeated key answers Repeated.
struct Decision {
    /// Empty for a repeated command, for an AdvanceCase with nothing due, and for a ReadCase that
    /// is in the trail of that day already.
    Events events;
    bool repeated = false;
    std::uint32_t before = 0,
                  after = 0;  ///< for a repeated command: its events were (before, after]
};
Expected<Decision> decide(const process::Process& process, const Case& c, const Command& command,
                          const Facts& facts);

}  // namespace workflow::engine
