#pragma once

/// What a store has of a person: told, erased, and its keys put under another one (PIPL, articles
/// 45 and 47).

#include <cstdint>
#include <string>
#include <vector>

#include "transaction.hpp"

namespace workflow::shell {

/// The cases in which the store has something sealed of the person, by key.
std::vector<CaseRow> cases_of(Transaction& unit, const PersonId& person);
/// The same, and those in which they apply, or act for the applicant, in clear.
std::vector<CaseRow> cases_by(Transaction& unit, const PersonId& person);

/// Has the journal the key, or one that was made of it?
bool erased_under(Transaction& unit, const CommandKey& key);
/// What is in memory of the person's cases is whole until the workplace forgets it. `again`: the
/// key may be known.
Expected<Answer> erase(Transaction& unit, const PersonId& person, const Actor& actor,
                       const std::string& reason, const CommandKey& key, bool again);
std::uint64_t rekey(Transaction& unit, const VaultKey& key);

}  // namespace workflow::shell
