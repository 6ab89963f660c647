#pragma once

/// Revisions of items: each is published once, and its number permanently stands for one text.

#include <optional>
#include <string>

#include "transaction.hpp"

namespace workflow::shell {

/// Publishes the revision so that the store's cases may run on it; returns no answer if it is
/// published already. `asked` has the actor, the key and the request. Refuses changed_revision.
Expected<std::optional<Answer>> publish(Transaction& unit, const process::Process& process,
                                        Event asked, const std::string& reason);
/// Implements Administration::publish.
Expected<Answer> publish(Transaction& unit, const ItemId& item, const Actor& actor,
                         const std::string& reason, const CommandKey& key);

}  // namespace workflow::shell
