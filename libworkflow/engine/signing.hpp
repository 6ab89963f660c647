#pragma once

/// Signatures of officers on their acts: checks that a required one is present and valid.

#include <optional>

#include <workflow/event.hpp>
#include <workflow/refusal.hpp>

#include "../definition/organization.hpp"

namespace workflow::engine {

/// The state of the case and the key of the command that started from it.
struct CommandStart {
    const CaseNumber& number;
    std::uint32_t before = 0;  ///< number of events of the case before
    const Digest& definition;
    const CommandKey& key;  ///< of the command
};
/// Returns whether all signatures of the event verify, for an act like the event's.
bool signatures_hold(const Event& event, const CommandStart& start);

/// Refuses signature_invalid: the signature is not by the officer's key over this command, there is
/// no key, the command has no nonce or expected version, or it states `now` as a past time, which
/// the event could not distinguish. Accepts a command without a signature.
std::optional<Refusal> refuse_signature(const definition::Organization& organization,
                                        const Command& command, const CaseNumber& number,
                                        const Digest& definition, Instant now);
/// Refuses signature_required: the act is from a post with signed acts and is not signed. For an
/// act from no post, for example returning a task, refuses when the officer is on such a post on
/// `day`, their own or a colleague's. Claiming a task needs no signature, because it decides
/// nothing.
std::optional<Refusal> refuse_unsigned(const definition::Organization& organization,
                                       const Command& command, const PostId& post, Date day);
/// Stores the command's signature on the event that states what was done. The command must have
/// been accepted.
void keep_signature(const definition::Organization& organization, const Command& command,
                    Events& events);

}  // namespace workflow::engine
