#pragma once

/// Proofs as JSON. docs/formats/checkpoint.md has them on paper.

#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

#include <workflow/evidence.hpp>

#include "../json/json.hpp"

namespace workflow::presentation {

/// The text is no proof; says why.
class NoProof : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

Json json_of(const InclusionProof& proof);
Json json_of(const ConsistencyProof& proof);
/// A proof as JSON, or the dossier of a case that holds one. Throws NoProof.
std::variant<InclusionProof, ConsistencyProof> proof_of(const std::string& text);
/// What goes before and after a proof in a page.
inline constexpr std::string_view proof_begins = "<pre id=\"proof\">";
inline constexpr std::string_view proof_ends = "</pre>";

}  // namespace workflow::presentation
