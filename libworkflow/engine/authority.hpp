#pragma once

/// Who may give which command: one table of roles and states, asked before every command is
/// decided. What a role needs beyond it (the task's post, separation, evidence) its own command
/// asks.

#include <cstdint>
#include <optional>
#include <string_view>

#include <workflow/command.hpp>
#include <workflow/refusal.hpp>

#include "draft.hpp"

namespace workflow::engine {

/// What an actor can be to a case. Bits, since an officer can be several.
struct Part {
    enum Bit : std::uint8_t {
        applicant = 1,
        agent = 2,        ///< who applies for another, in this case
        officer = 4,      ///< any officer; the command asks for post, duty and holder
        window = 8,       ///< an officer of an accepting post in the case's hall
        supervisor = 16,  ///< a supervisor of the case's hall; of any hall where the case has none
        system = 32,      ///< an embedding system, by its name
        the_engine = 64
    };
};

/// Where a case stands. Bits.
struct Stage {
    enum Bit : std::uint8_t { unopened = 1, undecided = 2, decided = 4, ended = 8 };
    static constexpr std::uint8_t open = undecided | decided;
};

/// A row of the table.
struct Authority {
    std::uint8_t parts = 0;   ///< of `Part`: any of them may
    std::uint8_t stages = 0;  ///< of `Stage`: in any of them
    std::string_view what;    ///< the command in words, for messages
};
Authority authority_of(const Action& action);

/// Refuses not_entitled where the actor is nothing that may give the command, or the case stands
/// where nobody may; not_supervisor where only a supervisor may and the officer is none.
std::optional<Refusal> refuse_unentitled(const Draft& draft);

/// An officer of an accepting post records what the applicant asks for, with its evidence. Sets the
/// draft's officer and post. Refuses evidence_required, not_entitled, absent, separated where the
/// officer deals with the case otherwise.
std::optional<Refusal> record_for_applicant(Draft& draft, const std::string& evidence);

}  // namespace workflow::engine
