#pragma once

/// Lists and erases what a store has of a person, and encrypts its keys with another key (PIPL,
/// articles 45 and 47).

#include <cstdint>
#include <string>
#include <vector>

#include "transaction.hpp"

namespace workflow::shell {

/// Returns the cases in which the store has encrypted data of the person, by key.
std::vector<CaseRow> cases_of(Transaction& unit, const PersonId& person);
/// Returns the same cases, and those in which the person applies, or acts for the applicant,
/// unencrypted.
std::vector<CaseRow> cases_by(Transaction& unit, const PersonId& person);

/// Returns whether the journal has the key, or one that was derived from it.
bool erased_under(Transaction& unit, const CommandKey& key);
/// Erases a person. Cases in memory still show the person's data until the context forgets them.
/// `again`: the key may be known.
Expected<Answer> erase(Transaction& unit, const PersonId& person, const Actor& actor,
                       const std::string& reason, const CommandKey& key, bool again);
std::uint64_t rekey(Transaction& unit, const VaultKey& key);

}  // namespace workflow::shell
