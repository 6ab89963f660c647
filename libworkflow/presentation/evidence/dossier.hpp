#pragma once

/// A printable dossier of a case: one self-contained HTML file.

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
    std::optional<Digest> hash;  ///< nothing: the event is not shown whole
};

struct Dossier {
    const Catalog& catalog;
    const CaseDetail& detail;
    const std::vector<DossierEvent>& trail;
    std::string language;                      ///< "zh" or "en"
    bool personal = false;                     ///< the values of personal fields are shown
    std::optional<InclusionProof> proof = {};  ///< of an event of the case
    Hashing hashing = Hashing::sha256;         ///< the hash function of the hashes
};

/// Writes the dossier: the case, its tasks as a picture, and its trail in words with the hash of
/// each event. It contains no script and loads nothing.
void write_dossier(std::ostream& out, const Dossier& dossier);

}  // namespace workflow::presentation
