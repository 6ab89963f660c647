#pragma once

/// Revisions of items: each is published once, and its number stands for one text for good.

#include <optional>
#include <string>

#include "transaction.hpp"

namespace workflow::shell {

/// Makes the revision one that the store's cases may run on; no answer where it is already. `asked`
/// has the actor, the key and the request. Refuses changed_revision.
Expected<std::optional<Answer>> publish(Transaction& unit, const process::Process& process,
                                        Event asked, const std::string& reason);
/// What Administration::publish does.
Expected<Answer> publish(Transaction& unit, const ItemId& item, const Actor& actor,
                         const std::string& reason, const CommandKey& key);

}  // namespace workflow::shell
