#pragma once

/// One input of a table, cut where its rules cut it: between two cuts all values are alike.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <workflow/values.hpp>

#include "../feel/constant_tests.hpp"
#include "../feel/types.hpp"

namespace workflow::decision {

/// What a cell accepts: pieces of the line of values, sorted. Nothing: it cannot be said
/// beforehand, because the cell speaks of other names or calls functions.
using Cell = std::optional<std::vector<feel::Piece>>;

/// Segments of an axis, [first, last].
struct Stretch {
    std::uint32_t first = 0, last = 0;
    friend bool operator==(const Stretch&, const Stretch&) = default;
};

/// The segments of an axis, numbered from 0 in their order. A point at which some rule begins or
/// ends is a segment of its own.
class Axis {
public:
    struct Domain {
        feel::Kind kind = feel::Kind::any;
        Cell values;         ///< what the input's clause allows; nothing: any value of the kind
        bool whole = false;  ///< of numbers: only whole ones
    };
    Axis(const Domain& domain, const std::vector<const Cell*>& cells);

    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(place_.size()); }
    /// Where the cell lies, in order; the whole axis when that cannot be said.
    [[nodiscard]] std::vector<Stretch> stretches(const Cell& cell) const;
    /// A value of the segment.
    [[nodiscard]] Value witness(std::uint32_t segment) const;
    /// Whether values can be looked up: all cuts are of one kind that has a total order.
    [[nodiscard]] bool can_be_searched() const { return searched_; }
    /// The segment of a value; nothing for null, another kind, or what the clause does not allow.
    [[nodiscard]] std::optional<std::uint32_t> segment_of(const Value& value) const;

private:
    // Cut i is the point 2i + 1; what lies before it is 2i.
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> raw(const feel::Piece& piece) const;
    [[nodiscard]] bool exists(std::uint32_t raw_segment) const;
    [[nodiscard]] std::optional<Value> value_in(std::uint32_t raw_segment) const;
    [[nodiscard]] std::uint32_t cut(const Value& value) const;

    Domain domain_;
    bool searched_ = false;
    std::vector<Value> cuts_;
    std::vector<std::uint32_t> place_;   ///< raw segment of each segment
    std::vector<std::uint32_t> before_;  ///< segments before each raw segment
};

}  // namespace workflow::decision
