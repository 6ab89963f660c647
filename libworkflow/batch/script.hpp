#pragma once

/// A batch script: its input, how rows become cases, and what each duty decides. docs/batch.md is
/// the reference for authors.

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <workflow/catalog.hpp>
#include <workflow/values.hpp>

#include "../base/diagnostics.hpp"
#include "../calendar/local_clock.hpp"
#include "../feel/expression.hpp"
#include "input.hpp"

namespace workflow::batch {

/// A constant, or an expression over the row and its case.
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
    Given mode, appointment, agent_person, agent_name;
    std::vector<Given> recused;  ///< a request each (parse_recusal), or a list of them
    GivenFields fields;
    GivenMaterials materials;
};

struct OutcomeRule {
    feel::Expression when;  ///< empty: always
    OutcomeId outcome;
    Given reason;
    Given by;  ///< absent: any officer who may
    Given at;
    GivenFields fields;
    GivenMaterials materials;
};

/// What to do with the open tasks of a duty, or of a step.
struct DutyRule {
    std::string name;
    std::vector<OutcomeRule> outcomes;
};

/// What the applicant does when the condition holds.
struct ApplicantRule {
    feel::Expression when;
    Given at, reason;
    GivenFields fields;
    GivenMaterials materials;
};

/// Names available to expressions in addition to columns and the script's own. Their slots come
/// last.
enum class Extra : std::uint8_t { line, times, case_fields, materials, officer, last };
inline constexpr std::size_t extras = 6;

/// The type to which a column's cells are converted.
enum class CellType : std::uint8_t { any, string, number, boolean, date, date_time };

struct Script {
    std::string name;
    Digest digest;                ///< SHA-256 of its text
    std::filesystem::path input;  ///< empty: the store's cases
    Format format = Format::csv;
    char separator = ',';
    std::optional<ItemId> cases_item;
    std::string cases_status = "open";
    std::vector<std::string> columns;    ///< the input's, then those only the script names
    std::vector<feel::Expression> lets;  ///< their slots follow the columns'
    std::vector<std::pair<std::size_t, CellType>> typed;  ///< columns that are converted
    Given key;                                            ///< absent: the row's line
    feel::Expression only;                                ///< empty: every row
    std::filesystem::path rejected;
    OpenRule open;
    std::vector<DutyRule> duties;
    std::vector<ApplicantRule> supply;
    std::optional<ApplicantRule> withdraw;
    bool advance = false;
    std::vector<bool> reads = std::vector<bool>(extras);  ///< extras that some expression reads

    [[nodiscard]] std::size_t slots() const { return columns.size() + lets.size() + extras; }
    [[nodiscard]] std::size_t slot(Extra extra) const {
        return columns.size() + lets.size() + static_cast<std::size_t>(extra);
    }
    [[nodiscard]] bool reads_extra(Extra extra) const {
        return reads[static_cast<std::size_t>(extra)];
    }
};

struct Opened {
    Script script;
    std::unique_ptr<Input> input;  ///< nullptr for the store's cases
};

/// Reads the script, opens its input, whose columns are the names available to expressions, and
/// checks the names it uses against `catalog`. `other_input` replaces the script's input unless it
/// is empty. Returns nullopt when there are errors. Throws InputError when the input cannot be
/// read.
std::optional<Opened> open_script(const std::filesystem::path& file, const std::string& other_input,
                                  const Catalog& catalog, Sources& sources,
                                  DiagnosticSink& findings);

/// Returns the columns of a row that is a case of the store.
std::vector<std::string> case_columns();

/// When something is stated to have happened.
struct Said {
    Instant at;              ///< for a day alone its first moment
    bool whole_day = false;  ///< a day alone: some moment of it is meant
};
/// Returns nullopt when the value is neither a day nor a moment, or names a time that the clock
/// never shows.
std::optional<Said> said_of(const Value& value, const LocalClock& clock);
std::optional<Instant> instant_of(const Value& value, const LocalClock& clock);

}  // namespace workflow::batch
