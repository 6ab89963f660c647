#pragma once

/// A batch script: which input, how rows become cases, and what each duty decides. docs/batch.md is
/// the page for its authors.

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <workflow/values.hpp>

#include "../base/diagnostics.hpp"
#include "../feel/expression.hpp"
#include "input.hpp"

namespace workflow::batch {

/// A constant, or `=` and a FEEL expression over the row.
struct Given {
    Value constant;
    feel::Expression expression;
    bool there = false;

    [[nodiscard]] Value value(std::span<const Value> slots, const feel::Moment& moment) const {
        return expression ? expression.evaluate(slots, moment) : constant;
    }
};

using GivenFields = std::vector<std::pair<FieldId, Given>>;
using GivenMaterials = std::vector<std::pair<MaterialId, Given>>;

struct OpenRule {
    Given item, person, name, kind, channel, hall, at, by;
    GivenFields fields;
    GivenMaterials materials;
};

struct OutcomeRule {
    feel::Expression when;  ///< empty: always
    OutcomeId outcome;
    Given reason;
    GivenFields fields;
    GivenMaterials materials;
};

/// What is done with the open tasks of a duty, or of a step.
struct DutyRule {
    std::string name;
    Given by;  ///< not there: any officer who may, in turn
    Given at;
    std::vector<OutcomeRule> outcomes;
};

/// What the applicant does, when the condition holds.
struct ApplicantRule {
    feel::Expression when;
    Given at, reason;
    GivenFields fields;
    GivenMaterials materials;
};

struct Script {
    std::string name;
    std::filesystem::path input;  ///< empty: the store's open cases
    Format format = Format::csv;
    std::optional<ItemId> cases_item;  ///< of the open cases
    Given key;                         ///< not there: the row's line
    std::filesystem::path rejected;
    OpenRule open;
    std::vector<DutyRule> duties;
    std::optional<ApplicantRule> supply, withdraw;
    bool reads_case = false;  ///< some expression looks at the case, not only at the row
};

/// Slots after the row's columns that expressions may read.
inline constexpr std::size_t extra_slots = 4;  // line, times, case, materials

/// Reads the script and opens its input, whose columns are the names that its expressions know.
/// Nothing when there are errors. Throws InputError when the input cannot be read.
struct Opened {
    Script script;
    std::unique_ptr<Input> input;  ///< nullptr for the store's open cases
};
std::optional<Opened> open_script(const std::filesystem::path& file, const std::string& other_input,
                                  Sources& sources, Findings& findings);

/// Columns of a row that is an open case of the store.
std::vector<std::string> case_columns();

}  // namespace workflow::batch
