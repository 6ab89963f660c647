#pragma once

/// Converts the content of rows to the engine's types.

#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <workflow/command.hpp>

#include "../definition/organization.hpp"
#include "../feel/expression.hpp"
#include "../process/net.hpp"
#include "script.hpp"

namespace workflow::batch {

/// A cell or a row that cannot be converted.
struct Unreadable {
    std::string reason;
};

/// Officers as ledgers name them: by id, or by a name that only one of them has.
class OfficerNames {
public:
    explicit OfficerNames(const definition::Organization& organization);
    /// Returns a text that is neither as an id, which the engine then refuses.
    [[nodiscard]] OfficerId officer(const std::string& text) const;
    [[nodiscard]] bool knows(const std::string& text) const;

private:
    const definition::Organization* organization_;
    std::unordered_map<std::string, OfficerId> by_name_;  // empty: several have the name
};

/// Returns the value as text; empty for null.
std::string text_of(const Value& value);

/// Converts a text to the type of the field. Anything else is unchanged, for the engine to judge.
/// An empty text is no value.
Value as_field(const process::FieldInfo& field, Value value);

/// Converts a text to the type of the column. Throws Unreadable when it is not of that type.
Value as_cell(CellType type, const Value& value, const std::string& column);
std::string_view to_string(CellType type);

/// `process`: of the case; nullptr while it is unknown.
FieldValues fields_of(const GivenFields& given, const process::Process* process,
                      std::span<const Value> slots, const feel::Moment& moment);

/// true, "true", "provided": handed in. "committed": committed. Anything else: absent.
std::vector<MaterialReceipt> materials_of(const GivenMaterials& given, std::span<const Value> slots,
                                          const feel::Moment& moment);

/// Throws Unreadable, which names `key`, when `at` is given and is neither a day nor a moment.
std::optional<Said> said_of(const Given& at, std::span<const Value> slots,
                            const feel::Moment& moment, const LocalClock& clock,
                            std::string_view key = "at");
std::optional<Instant> instant_of(const Given& at, std::span<const Value> slots,
                                  const feel::Moment& moment, const LocalClock& clock,
                                  std::string_view key = "at");

/// Returns whether a condition is true. An empty one is true.
bool holds(const feel::Expression& condition, std::span<const Value> slots,
           const feel::Moment& moment);

}  // namespace workflow::batch
