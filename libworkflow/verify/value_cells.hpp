#pragma once

/// The values that conditions tell apart, as far as they compare fields with constants.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "../decision/axis.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// Combinations of values, a bit each: all values that no condition tells apart are one.
using ValueSet = std::uint64_t;

class ValueCells {
public:
    /// Of the fields that conditions compare with constants, those that most conditions speak of,
    /// as many as make 64 combinations; of the others nothing is known. Keeps a reference.
    explicit ValueCells(const process::Process& process);

    /// Is there anything to tell apart?
    [[nodiscard]] bool any() const { return !fields_.empty(); }
    [[nodiscard]] ValueSet all() const { return all_; }
    /// What the fields' checks allow: no act leaves anything else.
    [[nodiscard]] ValueSet allowed() const { return allowed_; }
    /// With what a case can begin: what nobody gives at the opening has its default, or no value.
    [[nodiscard]] ValueSet at_opening() const { return at_opening_; }

    /// Some of the fields, a bit each.
    using Fields = std::uint32_t;
    [[nodiscard]] Fields fields_in(std::span<const std::uint16_t> slots) const;
    /// Those that the applicant gives.
    [[nodiscard]] Fields of_applicant() const { return of_applicant_; }
    /// What `some` can become when these fields get any values that the checks allow.
    [[nodiscard]] ValueSet rewritten(ValueSet some, Fields fields) const;

    /// Where the condition may be true, and where it surely is.
    [[nodiscard]] ValueSet may(std::size_t transition) const { return may_[transition]; }
    [[nodiscard]] ValueSet must(std::size_t transition) const { return must_[transition]; }
    /// What they become by what an outcome sets.
    [[nodiscard]] ValueSet after(ValueSet before, const process::Transition& transition) const;
    /// The combinations that can become one of `values` by what it sets.
    [[nodiscard]] ValueSet before(ValueSet values, const process::Transition& transition) const;

    /// A combination of `some` in words, without the fields that make no difference to being in
    /// it. `some` is not empty.
    [[nodiscard]] std::string words(ValueSet some) const;

private:
    struct Field {
        std::uint32_t slot = 0;
        decision::Axis axis;
        bool null = false;  ///< the last cell: it has no value
        std::uint32_t cells = 0, stride = 0;
    };
    static ValueSet bit(std::uint32_t combination) { return ValueSet{1} << combination; }
    [[nodiscard]] std::uint32_t cell(const Field& field, std::uint32_t combination) const {
        return combination / field.stride % field.cells;
    }
    [[nodiscard]] bool is_null(const Field& field, std::uint32_t combination) const {
        return field.null && cell(field, combination) + 1 == field.cells;
    }
    /// Where it is true; nothing where that depends on more than these fields.
    [[nodiscard]] std::optional<ValueSet> where(const feel::Expression& condition) const;
    void add_fields();
    void limit_values();
    void limit_opening();
    [[nodiscard]] ValueSet where_null(const Field& field) const;

    const process::Process& process_;
    std::vector<Field> fields_;
    std::uint32_t count_ = 1;  ///< combinations
    ValueSet all_ = 1, allowed_ = 1, at_opening_ = 1;
    Fields of_applicant_ = 0;
    std::vector<ValueSet> may_, must_;  ///< by transition
};

}  // namespace workflow::verify
