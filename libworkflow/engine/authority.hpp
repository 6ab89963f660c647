#pragma once

/// Who may give which command: one table of roles and states, checked before every command is
/// decided. Each command checks its further requirements (the task's post, separation of duty,
/// evidence) itself.

#include <cstdint>
#include <optional>
#include <string_view>

#include <workflow/command.hpp>
#include <workflow/refusal.hpp>

#include "draft.hpp"

namespace workflow::engine {

/// The parts an actor can have in a case. Bits, because an officer can have several.
struct Part {
    enum Bit : std::uint8_t {
        applicant = 1,
        agent = 2,        ///< the person applying for another, in this case
        officer = 4,      ///< any officer; the command checks post, duty and holder
        window = 8,       ///< an officer of an accepting post in the case's hall
        supervisor = 16,  ///< a supervisor of the case's hall, or of any hall where it has none
        system = 32,      ///< an embedding system, by its name
        the_engine = 64
    };
};

/// The states of a case. Bits.
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

/// Refuses not_entitled where the actor has no part that may give the command, or the case is in a
/// state where nobody may. Refuses not_supervisor where only a supervisor may and the officer is
/// not one.
std::optional<Refusal> refuse_unentitled(const Draft& draft);

/// An officer of an accepting post records the applicant's request, with evidence. Sets the draft's
/// officer and post. Refuses evidence_required, not_entitled, absent, and separated where the
/// officer has another, incompatible duty in the case.
std::optional<Refusal> record_for_applicant(Draft& draft, const std::string& evidence);

}  // namespace workflow::engine
