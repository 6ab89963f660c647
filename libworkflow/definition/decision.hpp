#pragma once

/// `decision:` files: a table or an expression as a function of named inputs.

#include <optional>
#include <string>
#include <vector>

#include "../base/diagnostics.hpp"
#include "../decision/model.hpp"
#include "yaml_tree.hpp"

namespace workflow::definition {

/// An entry of `uses:`: the name by which expressions call a decision.
struct DecisionUse {
    std::string name;
    std::string decision;  ///< `NAME` of a decision file, or `MODEL#ELEMENT` of a DMN model
    Mark name_mark, mark;
};

std::vector<DecisionUse> read_uses(const YamlNode& node, DiagnosticSink& findings);

/// A decision as a business knowledge model: a function of its inputs (DMN 1.5, 6.2.3).
struct DecisionFile {
    decision::Element element;
    std::vector<DecisionUse> uses;
};

/// Returns no value if the decision has errors.
std::optional<DecisionFile> read_decision(const YamlNode& tree, DiagnosticSink& findings);

/// Returns the types that inputs and outputs may name in addition to those of FEEL.
std::vector<decision::ItemDefinition> decision_types();

}  // namespace workflow::definition
