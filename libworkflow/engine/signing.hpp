#pragma once

/// Signatures of officers on their acts: is there one where there must be, and is it theirs?

#include <optional>

#include <workflow/event.hpp>
#include <workflow/refusal.hpp>

#include "../definition/organization.hpp"

namespace workflow::engine {

/// Where a case stood, and the key of the command that went on from there.
struct CommandStart {
    const CaseNumber& number;
    std::uint32_t before = 0;  ///< how many events the case had
    const Digest& definition;
    const CommandKey& key;  ///< of the command
};
/// Do all signatures of the event verify, as of an act like the event's?
bool signatures_hold(const Event& event, const CommandStart& start);

/// signature_invalid: it is not by the officer's key over this command, there is no key, or the
/// command has no nonce or expected version, or claims `now` as the time of something earlier,
/// which the event could not tell. For one without a signature nothing.
std::optional<Refusal> refuse_signature(const definition::Organization& organization,
                                        const Command& command, const CaseNumber& number,
                                        const Digest& definition, Instant now);
/// signature_required: the act is from a post whose acts are signed, and this one is not; an act
/// from no post, such as giving a task back, when the officer is on such a post on `day`, his
/// own or a colleague's. Taking a task needs none: it decides nothing.
std::optional<Refusal> refuse_unsigned(const definition::Organization& organization,
                                       const Command& command, const PostId& post, Date day);
/// Puts the command's signature on the event that says what was done. The command has been let
/// through.
void keep_signature(const definition::Organization& organization, const Command& command,
                    Events& events);

}  // namespace workflow::engine
