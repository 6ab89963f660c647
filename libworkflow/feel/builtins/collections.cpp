#include <algorithm>

#include "../../base/decimal.hpp"
#include "../budget.hpp"
#include "../function.hpp"
#include "../operators.hpp"
#include "table.hpp"

namespace workflow::feel {
namespace {

using Arguments = std::span<const Value>;

Value sublist(Arguments a, const Call& call) {
    const auto* list = a[0].as<List>();
    if (!list || !spend_for_items(call.budget, *list)) return {};
    const auto first = index_at(*list, a[1]);
    if (!first) return {};
    auto last = list->size();
    if (a.size() > 2 && !a[2].is_null()) {
        const auto length = whole_number(a[2]);
        if (!length || *length < 1 || static_cast<std::uint64_t>(*length) > list->size() - *first)
            return {};
        last = *first + static_cast<std::size_t>(*length);
    }
    return List(list->begin() + static_cast<std::ptrdiff_t>(*first),
                list->begin() + static_cast<std::ptrdiff_t>(last));
}

Value insert_before(Arguments a, const Call& call) {
    const auto* given = a[0].as<List>();
    if (!given || !spend_for_items(call.budget, *given)) return {};
    auto list = *given;
    // The position after the last one precedes nothing.
    auto at = index_at(list, a[1]);
    const auto position = whole_number(a[1]);
    if (!at && position == static_cast<std::int64_t>(list.size()) + 1) at = list.size();
    if (!at) return {};
    list.insert(list.begin() + static_cast<std::ptrdiff_t>(*at), a[2]);
    return list;
}

Value removed(Arguments a, const Call& call) {
    const auto* given = a[0].as<List>();
    if (!given || !spend_for_items(call.budget, *given)) return {};
    auto list = *given;
    const auto at = index_at(list, a[1]);
    if (!at) return {};
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(*at));
    return list;
}

/// Replaces the item at a position, or each item for which the function of item and new item is
/// true.
Value list_replace(Arguments a, const Call& call) {
    const auto* given = a[0].as<List>();
    if (!given || !spend_for_items(call.budget, *given)) return {};
    auto list = *given;
    const auto* match = a[1].as<Function>();
    if (!match) {
        const auto* number = a[1].as<Decimal>();
        const auto cut = number ? round(*number, 0, Rounding::down) : std::nullopt;
        const auto at = cut ? index_at(list, Value(*cut)) : std::nullopt;
        if (!at) return {};
        list[*at] = a[2];
        return list;
    }
    if (match->parameters().size() != 2) return {};
    for (auto& item : list) {
        const std::array<Value, 2> pair{item, a[2]};
        const auto answer = invoke(*match, pair, call.evaluation);
        const auto* holds = truth(answer);
        if (!holds) return {};
        if (*holds) item = a[2];
    }
    return list;
}

Value united(Arguments a, const Call& call) {
    List out;
    for (const auto& part : a) {
        const auto* list = part.as<List>();
        if (!list && part.is_null()) return {};
        for (const auto& item : list ? *list : List{part}) {
            if (!spend_for(call.budget, item) || !spend(call.budget, out.size() / 8)) return {};
            if (std::none_of(out.begin(), out.end(),
                             [&](const Value& one) { return same(one, item); }))
                out.push_back(item);
        }
    }
    return out;
}

/// Returns the numbers of a list, or of the arguments; no value if there is anything else among
/// them.
std::optional<std::vector<Decimal>> numbers(Arguments a, const Call& call) {
    std::vector<Decimal> out;
    for (const auto& item : spread(a)) {
        const auto* number = item.as<Decimal>();
        if (!number || !spend(call.budget, 1)) return {};
        out.push_back(*number);
    }
    return out;
}

Value product(Arguments a, const Call& call) {
    const auto given = numbers(a, call);
    if (!given || given->empty()) return {};
    std::optional<Decimal> result = decimal_of(1);
    for (const auto& number : *given) result = result ? multiply(*result, number) : std::nullopt;
    return number_value(result);
}

Value median(Arguments a, const Call& call) {
    auto given = numbers(a, call);
    if (!given || given->empty()) return {};
    std::sort(given->begin(), given->end(),
              [](const Decimal& x, const Decimal& y) { return compare(x, y) < 0; });
    const auto middle = given->size() / 2;
    if (given->size() % 2 == 1) return (*given)[middle];
    const auto sum = add((*given)[middle - 1], (*given)[middle]);
    return sum ? number_value(divide(*sum, decimal_of(2))) : Value();
}

/// Returns the square root of the variance of a sample (divided by the number of values minus one).
Value standard_deviation(Arguments a, const Call& call) {
    const auto given = numbers(a, call);
    if (!given || given->size() < 2) return {};
    std::optional<Decimal> total = decimal_of(0);
    for (const auto& number : *given) total = total ? add(*total, number) : std::nullopt;
    const auto count = static_cast<std::int64_t>(given->size());
    const auto mean = total ? divide(*total, decimal_of(count)) : std::nullopt;
    std::optional<Decimal> squares = mean ? std::optional(decimal_of(0)) : std::nullopt;
    for (const auto& number : *given) {
        const auto difference = squares ? subtract(number, *mean) : std::nullopt;
        const auto square = difference ? multiply(*difference, *difference) : std::nullopt;
        squares = square ? add(*squares, *square) : std::nullopt;
    }
    const auto variance = squares ? divide(*squares, decimal_of(count - 1)) : std::nullopt;
    return variance ? number_value(square_root(*variance)) : Value();
}

Value mode(Arguments a, const Call& call) {
    auto given = numbers(a, call);
    if (!given) return {};
    std::sort(given->begin(), given->end(),
              [](const Decimal& x, const Decimal& y) { return compare(x, y) < 0; });
    List out;
    std::size_t most = 0;
    for (std::size_t i = 0; i < given->size();) {
        auto end = i;
        while (end < given->size() && compare((*given)[end], (*given)[i]) == 0) ++end;
        if (end - i > most) out.clear();
        if (end - i >= most) {
            most = end - i;
            out.emplace_back((*given)[i]);
        }
        i = end;
    }
    return out;
}

/// Merge sort: it ends for any results of the function, and makes at most n log n comparisons.
bool merge_sort(List& list, std::size_t first, std::size_t last, const Function& precedes,
                const Call& call) {
    if (last - first < 2) return true;
    const auto middle = first + (last - first) / 2;
    if (!merge_sort(list, first, middle, precedes, call) ||
        !merge_sort(list, middle, last, precedes, call))
        return false;
    List merged;
    auto left = first, right = middle;
    while (left < middle && right < last) {
        const std::array<Value, 2> pair{list[right], list[left]};
        const auto answer = invoke(precedes, pair, call.evaluation);
        const auto* before = truth(answer);
        if (!before || !spend(call.budget, 1)) return false;
        merged.push_back(*before ? list[right++] : list[left++]);
    }
    while (left < middle) merged.push_back(list[left++]);
    while (right < last) merged.push_back(list[right++]);
    std::move(merged.begin(), merged.end(), list.begin() + static_cast<std::ptrdiff_t>(first));
    return true;
}

/// The natural order of values that have one.
class NaturalOrder final : public Function {
public:
    [[nodiscard]] std::span<const Parameter> parameters() const override { return parameters_; }
    [[nodiscard]] Value call(std::span<const Value> arguments, Evaluation&) const override {
        const auto lies = order(arguments[0], arguments[1]);
        return lies ? Value(*lies < 0) : Value();
    }

private:
    std::array<Parameter, 2> parameters_{Parameter{"a", {}}, Parameter{"b", {}}};
};

Value sorted(Arguments a, const Call& call) {
    const auto* given = a[0].as<List>();
    if (!given || !spend_for_items(call.budget, *given)) return {};
    const auto* precedes = a.size() > 1 ? a[1].as<Function>() : nullptr;
    if (a.size() > 1 && !precedes && !a[1].is_null()) return {};
    if (precedes && precedes->parameters().size() != 2) return {};
    auto list = *given;
    const NaturalOrder natural;
    if (!merge_sort(list, 0, list.size(), precedes ? *precedes : natural, call)) return {};
    return list;
}

}  // namespace

std::vector<Builtin> collection_functions() {
    constexpr auto l = Kind::list;
    constexpr auto n = Kind::number;
    return {
        {"sublist",
         {{"list", l}, {"start position", n}, {"length", n, true}},
         false,
         l,
         sublist,
         "the part from a position on, counted from 1, or from the end if negative",
         "sublist([4, 5, 6], 1, 2)",
         "[4, 5]",
         Builtin::Like::argument},
        {"insert before",
         {{"list", l}, {"position", n}, {"newItem"}},
         false,
         l,
         insert_before,
         "inserts an item before a position",
         "insert before([1, 3], 1, 2)",
         "[2, 1, 3]"},
        {"remove",
         {{"list", l}, {"position", n}},
         false,
         l,
         removed,
         "removes the item at a position",
         "remove([1, 2, 3], 2)",
         "[1, 3]",
         Builtin::Like::argument},
        {"list replace",
         {{"list", l}, {"position"}, {"newItem"}},
         false,
         l,
         list_replace,
         "replaces the item at a position",
         "list replace([2, 4, 7], 2, 5)",
         "[2, 5, 7]"},
        {"list replace",
         {{"list", l}, {"match", Kind::function}, {"newItem"}},
         false,
         l,
         list_replace,
         "replaces each item for which the function of the item and the new item is true",
         "list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)",
         "[5, 5, 7, 8]"},
        {"union",
         {{"list", l}},
         true,
         l,
         united,
         "the items of all lists, each once",
         "union([1, 2], [2, 3])",
         "[1, 2, 3]",
         Builtin::Like::argument},
        {"product",
         {{"list"}},
         true,
         n,
         product,
         "the product of the items",
         "product([2, 3, 4])",
         "24"},
        {"median",
         {{"list"}},
         true,
         n,
         median,
         "the middle item, or the mean of the two middle items",
         "median(8, 2, 5, 3, 4)",
         "4"},
        {"stddev",
         {{"list"}},
         true,
         n,
         standard_deviation,
         "the standard deviation of a sample",
         "stddev(2, 4, 7, 5)",
         "2.081665999466132735282297706979931"},
        {"mode",
         {{"list"}},
         true,
         l,
         mode,
         "the most frequent items, in ascending order",
         "mode([6, 3, 9, 6, 6, 1, 3])",
         "[6]"},
        {"sort",
         {{"list", l}, {"precedes", Kind::function, true}},
         false,
         l,
         sorted,
         "sorts by the function of two items; without one, in the natural order",
         "sort([3, 1, 2], function(x, y) x > y)",
         "[3, 2, 1]",
         Builtin::Like::argument},
    };
}

}  // namespace workflow::feel
