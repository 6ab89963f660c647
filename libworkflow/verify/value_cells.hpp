#pragma once

/// The values that conditions distinguish, as far as they compare fields with constants.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "../decision/axis.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// A set of combinations of values, one bit for each. Values that no condition distinguishes count
/// as one.
using ValueSet = std::uint64_t;

class ValueCells {
public:
    /// Considers those fields that conditions compare with constants, in order of the number of
    /// conditions, as long as there are at most 64 combinations. Nothing is known of the other
    /// fields. Keeps a reference.
    explicit ValueCells(const process::Process& process);

    /// Returns whether there is anything to distinguish.
    [[nodiscard]] bool any() const { return !fields_.empty(); }
    [[nodiscard]] ValueSet all() const { return all_; }
    /// Returns the combinations that the checks of the fields allow. No activity leaves any other.
    [[nodiscard]] ValueSet allowed() const { return allowed_; }
    /// Returns the combinations with which a case can begin: a field that is not given at the
    /// opening has its default, or no value.
    [[nodiscard]] ValueSet at_opening() const { return at_opening_; }

    /// A set of fields, one bit for each.
    using Fields = std::uint32_t;
    [[nodiscard]] Fields fields_in(std::span<const std::uint16_t> slots) const;
    /// Returns the fields that the applicant gives.
    [[nodiscard]] Fields of_applicant() const { return of_applicant_; }
    /// Returns what `some` can become if these fields take any values that the checks allow.
    [[nodiscard]] ValueSet rewritten(ValueSet some, Fields fields) const;

    /// Return the combinations for which the condition may be true, and those for which it is
    /// surely true.
    [[nodiscard]] ValueSet may(std::size_t transition) const { return may_[transition]; }
    [[nodiscard]] ValueSet must(std::size_t transition) const { return must_[transition]; }
    /// Returns what the combinations become when an outcome sets fields.
    [[nodiscard]] ValueSet after(ValueSet before, const process::Transition& transition) const;
    /// Returns the combinations that can become one of `values` when an outcome sets fields.
    [[nodiscard]] ValueSet before(ValueSet values, const process::Transition& transition) const;

    /// Returns a combination of `some` in words, without the fields that do not affect whether it
    /// belongs to `some`. `some` must not be empty.
    [[nodiscard]] std::string words(ValueSet some) const;

private:
    struct Field {
        std::uint32_t slot = 0;
        decision::Axis axis;
        bool null = false;  ///< the last cell: no value
        std::uint32_t cells = 0, stride = 0;
    };
    static ValueSet bit(std::uint32_t combination) { return ValueSet{1} << combination; }
    [[nodiscard]] std::uint32_t cell(const Field& field, std::uint32_t combination) const {
        return combination / field.stride % field.cells;
    }
    [[nodiscard]] bool is_null(const Field& field, std::uint32_t combination) const {
        return field.null && cell(field, combination) + 1 == field.cells;
    }
    /// Returns where the condition is true; no value if that depends on other fields.
    [[nodiscard]] std::optional<ValueSet> where(const feel::Expression& condition) const;
    void add_fields();
    void limit_values();
    void limit_opening();
    [[nodiscard]] ValueSet where_null(const Field& field) const;

    const process::Process& process_;
    std::vector<Field> fields_;
    std::uint32_t count_ = 1;  ///< the number of combinations
    ValueSet all_ = 1, allowed_ = 1, at_opening_ = 1;
    Fields of_applicant_ = 0;
    std::vector<ValueSet> may_, must_;  ///< by transition
};

}  // namespace workflow::verify
