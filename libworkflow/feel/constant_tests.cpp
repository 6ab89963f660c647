#include "constant_tests.hpp"

#include <algorithm>

#include "ast.hpp"
#include "builtins/table.hpp"
#include "operators.hpp"

namespace workflow::feel {
namespace {

using Pieces = std::vector<Piece>;

bool below(const Value& a, const Value& b) {
    const auto lies = order(a, b);
    if (lies) return *lies < 0;
    const auto *x = a.as<bool>(), *y = b.as<bool>();
    return x && y && !*x && *y;
}

bool can_bound(const Value& value) {
    return value.as<bool>() || order(value, value).has_value();
}

/// Adds the intervals of a constant that a value is tested against.
bool add_constant(const Value& value, Pieces& pieces) {
    if (const auto* list = value.as<List>())
        return std::all_of(list->begin(), list->end(),
                           [&](const Value& item) { return add_constant(item, pieces); });
    if (const auto* range = value.as<Range>()) {
        pieces.push_back({range->low, range->high, range->low_included, range->high_included});
        return true;
    }
    if (!can_bound(value)) return false;
    pieces.push_back({value, value, true, true});
    return true;
}

bool add_test(const Node& test, Pieces& pieces) {
    const auto& operand = test.parts[0];
    if (test.op == Operator::test_holds || operand.op != Operator::constant) return false;
    const auto& value = operand.value;
    switch (test.op) {
        case Operator::test_value:
            return add_constant(value, pieces);
        case Operator::test_equal:
            return can_bound(value) && add_constant(value, pieces);
        case Operator::test_not_equal:
            if (!can_bound(value)) return false;
            pieces.push_back({Value(), value, true, false});
            pieces.push_back({value, Value(), false, true});
            return true;
        case Operator::test_less:
        case Operator::test_less_equal:
            if (!can_bound(value)) return false;
            pieces.push_back({Value(), value, true, test.op == Operator::test_less_equal});
            return true;
        default:
            if (!can_bound(value)) return false;
            pieces.push_back({value, Value(), test.op == Operator::test_greater_equal, true});
            return true;
    }
}

/// Returns whether interval `a` ends before `b` begins, with a value between them.
bool apart(const Piece& a, const Piece& b) {
    if (a.high.is_null() || b.low.is_null()) return false;
    if (below(a.high, b.low)) return true;
    return !below(b.low, a.high) && !a.high_included && !b.low_included;
}

bool begins_before(const Piece& a, const Piece& b) {
    if (a.low.is_null() || b.low.is_null()) return a.low.is_null() && !b.low.is_null();
    if (below(a.low, b.low)) return true;
    return !below(b.low, a.low) && a.low_included && !b.low_included;
}

bool empty(const Piece& piece) {
    if (piece.low.is_null() || piece.high.is_null()) return false;
    if (below(piece.high, piece.low)) return true;
    return !below(piece.low, piece.high) && !(piece.low_included && piece.high_included);
}

Pieces joined(Pieces pieces) {
    std::erase_if(pieces, empty);
    std::stable_sort(pieces.begin(), pieces.end(), begins_before);
    Pieces out;
    for (auto& piece : pieces) {
        if (out.empty() || apart(out.back(), piece)) {
            out.push_back(std::move(piece));
            continue;
        }
        auto& last = out.back();
        if (last.high.is_null()) continue;
        if (piece.high.is_null() || below(last.high, piece.high)) {
            last.high = piece.high;
            last.high_included = piece.high_included;
        } else if (!below(piece.high, last.high)) {
            last.high_included = last.high_included || piece.high_included;
        }
    }
    return out;
}

/// Returns the values between the intervals.
Pieces inverse(const Pieces& pieces) {
    Pieces out;
    Piece rest;
    bool open = true;
    for (const auto& piece : pieces) {
        rest.high = piece.low;
        rest.high_included = !piece.low_included;
        if (!piece.low.is_null()) out.push_back(rest);
        rest = Piece{piece.high, Value(), !piece.high_included, true};
        open = !piece.high.is_null();
    }
    if (open) out.push_back(rest);
    std::erase_if(out, empty);
    return out;
}

/// Only values of one kind can be ordered together.
bool on_one_line(const Pieces& pieces) {
    std::optional<std::size_t> kind;
    const auto fits = [&](const Value& value) {
        if (value.is_null()) return true;
        if (!kind) kind = value.held().index();
        return *kind == value.held().index();
    };
    return std::all_of(pieces.begin(), pieces.end(),
                       [&](const Piece& one) { return fits(one.low) && fits(one.high); });
}

}  // namespace

std::optional<std::vector<Piece>> constant_tests(const Expression& tests) {
    if (!tests) return Pieces{Piece{}};
    const auto& root = *tests.root();
    if (root.op == Operator::constant) {
        const auto* all = root.value.as<bool>();
        return all && *all ? std::optional(Pieces{Piece{}}) : std::nullopt;
    }
    if (root.op != Operator::in && root.op != Operator::none_of) return {};
    Pieces pieces;
    for (std::size_t i = 1; i < root.parts.size(); ++i)
        if (!add_test(root.parts[i], pieces)) return {};
    if (!on_one_line(pieces)) return {};
    pieces = joined(std::move(pieces));
    return root.op == Operator::in ? pieces : inverse(pieces);
}

namespace {

using Regions = std::vector<Region>;
constexpr std::size_t most_regions = 64;

Pieces intersection(const Pieces& a, const Pieces& b) {
    auto outside = inverse(a);
    for (auto& piece : inverse(b)) outside.push_back(std::move(piece));
    return inverse(joined(std::move(outside)));
}

/// Returns the region in which both hold.
Region both(Region region, const Region& other) {
    for (const auto& [slot, pieces] : other) {
        const auto same =
            std::find_if(region.begin(), region.end(),
                         [slot = slot](const auto& one) { return one.first == slot; });
        if (same == region.end())
            region.emplace_back(slot, pieces);
        else
            same->second = intersection(same->second, pieces);
    }
    return region;
}

/// Returns the unary test that corresponds to `op` with a constant to the right of the value, or to
/// the left.
Operator test_of(Operator op, bool swapped) {
    switch (op) {
        case Operator::equal:
            return Operator::test_equal;
        case Operator::not_equal:
            return Operator::test_not_equal;
        case Operator::less:
            return swapped ? Operator::test_greater : Operator::test_less;
        case Operator::less_equal:
            return swapped ? Operator::test_greater_equal : Operator::test_less_equal;
        case Operator::greater:
            return swapped ? Operator::test_less : Operator::test_greater;
        default:
            return swapped ? Operator::test_less_equal : Operator::test_greater_equal;
    }
}

std::optional<Regions> regions_of(const Node& node, bool negated);

/// Returns the regions of a single slot and its intervals.
std::optional<Regions> of_slot(const Node& slot, Pieces pieces, bool negated) {
    if (slot.op != Operator::slot || !on_one_line(pieces)) return {};
    pieces = joined(std::move(pieces));
    return Regions{{{slot.index, negated ? inverse(pieces) : std::move(pieces)}}};
}

std::optional<Regions> of_comparison(const Node& node, bool negated) {
    const bool swapped = node.parts[0].op == Operator::constant;
    Node test;
    test.op = test_of(node.op, swapped);
    test.parts.push_back(node.parts[swapped ? 0 : 1]);
    Pieces pieces;
    if (!add_test(test, pieces)) return {};
    return of_slot(node.parts[swapped ? 1 : 0], std::move(pieces), negated);
}

std::optional<Regions> of_junction(const Node& node, bool negated) {
    const bool all = (node.op == Operator::both) != negated;
    Regions found;
    if (all) found.emplace_back();
    for (const auto& part : node.parts) {
        const auto one = regions_of(part, negated);
        if (!one) return {};
        if (all) {
            Regions product;
            for (const auto& left : found)
                for (const auto& right : *one) product.push_back(both(left, right));
            found = std::move(product);
        } else {
            found.insert(found.end(), one->begin(), one->end());
        }
        if (found.size() > most_regions) return {};
    }
    return found;
}

std::optional<Regions> regions_of(const Node& node, bool negated) {
    switch (node.op) {
        case Operator::constant: {
            const auto* truth = node.value.as<bool>();
            if (!truth) return {};
            return *truth == negated ? Regions() : Regions{Region()};
        }
        case Operator::slot:
            return of_slot(node, {{Value(true), Value(true), true, true}}, negated);
        case Operator::equal:
        case Operator::not_equal:
        case Operator::less:
        case Operator::less_equal:
        case Operator::greater:
        case Operator::greater_equal:
            return of_comparison(node, negated);
        case Operator::both:
        case Operator::either:
            return of_junction(node, negated);
        case Operator::between:
            if (node.parts[1].op != Operator::constant || node.parts[2].op != Operator::constant)
                return {};
            return of_slot(node.parts[0], {{node.parts[1].value, node.parts[2].value, true, true}},
                           negated);
        case Operator::in:
        case Operator::none_of: {
            Pieces pieces;
            for (std::size_t i = 1; i < node.parts.size(); ++i)
                if (!add_test(node.parts[i], pieces)) return {};
            return of_slot(node.parts[0], std::move(pieces),
                           negated != (node.op == Operator::none_of));
        }
        case Operator::call:
            if (node.builtin->name != "not" || node.parts.size() != 1) return {};
            return regions_of(node.parts[0], !negated);
        default:
            return {};
    }
}

}  // namespace

std::optional<std::vector<Region>> constant_condition(const Expression& condition) {
    if (!condition) return {};
    return regions_of(*condition.root(), false);
}

}  // namespace workflow::feel
