#pragma once

/// One input of a table, divided at the boundaries of its rules. The rules do not distinguish the
/// values between two boundaries.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <workflow/values.hpp>

#include "../feel/constant_tests.hpp"
#include "../feel/types.hpp"

namespace workflow::decision {

/// The values that a cell accepts: sorted intervals. No value: they are not known in advance,
/// because the cell uses other names or calls functions.
using Cell = std::optional<std::vector<feel::Piece>>;

/// Segments of an axis, [first, last].
struct Stretch {
    std::uint32_t first = 0, last = 0;
    friend bool operator==(const Stretch&, const Stretch&) = default;
};

/// The segments of an axis, numbered from 0 in their order. A point at which some rule begins or
/// ends is a separate segment.
class Axis {
public:
    struct Domain {
        feel::Kind kind = feel::Kind::any;
        /// the values that the clause of the input allows; no value: any value of the kind
        Cell values;
        bool whole = false;  ///< of numbers: whether only whole numbers are allowed
    };
    Axis(const Domain& domain, const std::vector<const Cell*>& cells);

    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(place_.size()); }
    /// Returns the position of the cell, in order; the whole axis if it is not known.
    [[nodiscard]] std::vector<Stretch> stretches(const Cell& cell) const;
    /// Returns a value in the segment.
    [[nodiscard]] Value witness(std::uint32_t segment) const;
    /// Returns whether values can be looked up: all boundaries are of one kind with a total order.
    [[nodiscard]] bool can_be_searched() const { return searched_; }
    /// Returns the segment of a value; no value for null, for another kind, or for a value that the
    /// clause does not allow.
    [[nodiscard]] std::optional<std::uint32_t> segment_of(const Value& value) const;

private:
    // Boundary i is the point 2i + 1; the values before it are segment 2i.
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> raw(const feel::Piece& piece) const;
    [[nodiscard]] bool exists(std::uint32_t raw_segment) const;
    [[nodiscard]] std::optional<Value> value_in(std::uint32_t raw_segment) const;
    [[nodiscard]] std::uint32_t cut(const Value& value) const;

    Domain domain_;
    bool searched_ = false;
    std::vector<Value> cuts_;
    std::vector<std::uint32_t> place_;   ///< the raw segment of each segment
    std::vector<std::uint32_t> before_;  ///< the number of segments before each raw segment
};

}  // namespace workflow::decision
