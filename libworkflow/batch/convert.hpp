#pragma once

/// From what a row holds to what the engine takes.

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

/// A cell or a row that cannot be what it should be.
struct Unreadable {
    std::string reason;
};

/// Officers as ledgers write them: by id, or by a name that only one of them has.
class OfficerNames {
public:
    explicit OfficerNames(const definition::Organization& organization);
    /// A text that is neither is taken as an id, for the engine to refuse.
    [[nodiscard]] OfficerId officer(const std::string& text) const;
    [[nodiscard]] bool knows(const std::string& text) const;

private:
    const definition::Organization* organization_;
    std::unordered_map<std::string, OfficerId> by_name_;  // empty: several have the name
};

/// The value as text; nothing for null.
std::string text_of(const Value& value);

/// A text as the type that the field has; anything else stays as it is, for the engine to judge. An
/// empty text is no value.
Value as_field(const process::FieldInfo& field, Value value);

/// A text as the type that the column has. Throws Unreadable when it is none.
Value as_cell(CellType type, const Value& value, const std::string& column);
std::string_view to_string(CellType type);

/// `process`: of the case; nothing while it is not known.
FieldValues fields_of(const GivenFields& given, const process::Process* process,
                      std::span<const Value> slots, const feel::Moment& moment);

/// true, "true", "provided": handed in; "committed": promised; anything else: not there.
std::vector<MaterialReceipt> materials_of(const GivenMaterials& given, std::span<const Value> slots,
                                          const feel::Moment& moment);

/// Throws Unreadable, which names `key`, when `at` is there and is neither a day nor a moment.
std::optional<Said> said_of(const Given& at, std::span<const Value> slots,
                            const feel::Moment& moment, const LocalClock& clock,
                            std::string_view key = "at");
std::optional<Instant> instant_of(const Given& at, std::span<const Value> slots,
                                  const feel::Moment& moment, const LocalClock& clock,
                                  std::string_view key = "at");

/// Whether a condition is true; an empty one is.
bool holds(const feel::Expression& condition, std::span<const Value> slots,
           const feel::Moment& moment);

}  // namespace workflow::batch
