#pragma once

/// Turns a command into events, or into a refusal. Pure: no clock, no randomness, no I/O.

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

/// External facts at the moment of the command.
struct Facts {
    Instant now;
    const definition::Organization* organization = nullptr;
    /// The organization when the case was received. A drawn officer must be eligible by both, and
    /// draw weights are from that time. Null: the same as `organization`.
    const definition::Organization* at_reception = nullptr;
    const WorkingDays* calendar = nullptr;
    CaseNumber number;                       ///< for OpenCase
    std::array<std::uint64_t, 4> entropy{};  ///< the store's own secret, for draws without shares
    std::span<const DrawShare> draw_shares;  ///< if there are any, draws depend on them alone
    /// Returns what earlier cases of a matter have left. Called when a case is opened. Empty: the
    /// matter is new.
    std::function<std::optional<MatterRow>(const Digest& matter)> matter;
    /// Returns how many tasks an officer holds. Called only for the shortest queue. Empty: none.
    std::function<std::uint32_t(const OfficerId&)> held;
    /// Returns whose turn it was last at a step of the item. Called for round robin. Empty:
    /// nobody's.
    std::function<OfficerId(const StepId&)> last_turn;
    /// Returns how many readings of cases an officer has started at or after `since`. Called where
    /// their number is limited. Empty: none.
    std::function<std::uint32_t(const OfficerId&, Instant since)> reads;
    /// Returns the token with which the applicant rates a task of this case, or the whole case.
    /// Empty: nobody is invited to rate.
    std::function<std::string(TaskNumber)> rating_token;
    /// Returns the alias of a person in draws that others verify. Empty: the person's id.
    std::function<PersonId(const PersonId&)> alias;
    /// Returns an HMAC fingerprint of a request, never 0, which resists guessing of its content.
    /// Empty: `fingerprint` is used.
    std::function<std::uint64_t(std::string_view canonical)> blinded;
    std::optional<Limit> late_entry;  ///< how long after it happened an act may be entered
    bool in_turn = false;             ///< the engine itself has found the next task
    /// The command before its texts were normalized, if that changed it. Older trails recognize a
    /// repeated request by it.
    const Command* as_given = nullptr;
};

/// The events that `command` causes in `c`. Order of checks: key, version, signature, case open,
/// times in order, role, operator of a batch, the action's own checks (task, actor, separation of
/// duty, requirements), required signature. For a repeated key, `repeated` is set.
struct Decision {
    /// Empty for a repeated command, for an AdvanceCase with nothing due, and for a ReadCase that
    /// the trail already contains for that day.
    Events events;
    bool repeated = false;
    std::uint32_t before = 0,
                  after = 0;  ///< for a repeated command: its events were (before, after]
};
Expected<Decision> decide(const process::Process& process, const Case& c, const Command& command,
                          const Facts& facts);

}  // namespace workflow::engine
