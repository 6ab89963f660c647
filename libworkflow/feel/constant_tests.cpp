#include "constant_tests.hpp"

#include <algorithm>

#include "ast.hpp"
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

/// The pieces of a constant that a value is tested against.
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

/// Does piece `a` end before `b` begins, with something between them?
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

/// What lies between the pieces.
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

/// Values of one kind only lie on one line.
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

}  // namespace workflow::feel
