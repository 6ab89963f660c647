#pragma once

/// Reads and writes proofs as JSON (docs/formats/checkpoint.md).

#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

#include <workflow/evidence.hpp>

#include "../json/json.hpp"

namespace workflow::presentation {

/// The text is not a proof; says why.
class NoProof : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

Json json_of(const InclusionProof& proof);
Json json_of(const ConsistencyProof& proof);
/// Reads a proof in JSON, or from the dossier of a case that contains one. Throws NoProof.
std::variant<InclusionProof, ConsistencyProof> proof_of(const std::string& text);
/// The text before and after a proof in a page.
inline constexpr std::string_view proof_begins = "<pre id=\"proof\">";
inline constexpr std::string_view proof_ends = "</pre>";

}  // namespace workflow::presentation
