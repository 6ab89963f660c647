#pragma once

/// A case on paper: one file in HTML that needs nothing else.

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include <workflow/engine.hpp>
#include <workflow/evidence.hpp>

namespace workflow::presentation {

struct DossierEvent {
    std::uint32_t sequence = 0;  ///< in the case, from 1
    Event event;
    std::optional<Digest> hash;  ///< nothing: it is not shown whole
};

struct Dossier {
    const Catalog& catalog;
    const CaseDetail& detail;
    const std::vector<DossierEvent>& trail;
    std::string language;                      ///< "zh" or "en"
    bool personal = false;                     ///< the values of personal fields are shown
    std::optional<InclusionProof> proof = {};  ///< of an event of the case
    Hashing hashing = Hashing::sha256;         ///< that gave the hashes
};

/// Writes it: what the case is, its tasks as a picture, its trail in words with the hash of each
/// event. It holds no script and loads nothing.
void write_dossier(std::ostream& out, const Dossier& dossier);

}  // namespace workflow::presentation
