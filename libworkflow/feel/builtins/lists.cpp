#include <algorithm>

#include "../../base/decimal.hpp"
#include "../budget.hpp"
#include "../operators.hpp"
#include "table.hpp"

namespace workflow::feel {
namespace {

using Arguments = std::span<const Value>;

/// Returns a list, or a list of one item for a single value.
List as_list(const Value& value) {
    if (const auto* list = value.as<List>()) return *list;
    return value.is_null() ? List{} : List{value};
}

/// Takes the cost of comparing all items of `list`, including nested items.
bool pay_to_compare(const Call& call, const List& list) {
    return std::all_of(list.begin(), list.end(),
                       [&](const Value& item) { return spend_for(call.budget, item); });
}

bool holds(const List& list, const Value& wanted) {
    return std::any_of(list.begin(), list.end(),
                       [&](const Value& item) { return same(item, wanted); });
}

Value count(Arguments a, const Call&) {
    return a[0].is_null() ? Value()
                          : Value(decimal_of(static_cast<std::int64_t>(as_list(a[0]).size())));
}

Value list_contains(Arguments a, const Call& call) {
    const auto* list = a[0].as<List>();
    return list && pay_to_compare(call, *list) ? Value(holds(*list, a[1])) : Value();
}

Value append(Arguments a, const Call& call) {
    auto list = as_list(a[0]);
    if (!spend_for_items(call.budget, list)) return {};
    list.insert(list.end(), a.begin() + 1, a.end());
    return list;
}

Value concatenate(Arguments a, const Call& call) {
    List all;
    for (const auto& part : a) {
        const auto items = as_list(part);
        if (!spend_for_items(call.budget, items)) return {};
        all.insert(all.end(), items.begin(), items.end());
    }
    return all;
}

Value distinct(Arguments a, const Call& call) {
    const auto list = as_list(a[0]);
    List out;
    for (const auto& item : list) {
        // A comparison ends early unless two items are nearly the same; the cost of `out` is taken
        // each time.
        if (!spend_for(call.budget, item) || !spend(call.budget, out.size() / 8)) return {};
        if (!holds(out, item)) out.push_back(item);
    }
    return out;
}

Value index_of(Arguments a, const Call& call) {
    const auto* list = a[0].as<List>();
    if (!list || !pay_to_compare(call, *list)) return {};
    List out;
    for (std::size_t i = 0; i < list->size(); ++i)
        if (same((*list)[i], a[1])) out.emplace_back(decimal_of(static_cast<std::int64_t>(i + 1)));
    return out;
}

Value reverse(Arguments a, const Call& call) {
    auto list = as_list(a[0]);
    if (!spend_for_items(call.budget, list)) return {};
    std::reverse(list.begin(), list.end());
    return list;
}

bool flatten_into(const Value& value, List& out, const Call& call) {
    if (!spend(call.budget, 1 + cost_of_copy(value))) return false;
    const auto* list = value.as<List>();
    if (!list) {
        out.push_back(value);
        return true;
    }
    return std::all_of(list->begin(), list->end(),
                       [&](const Value& item) { return flatten_into(item, out, call); });
}

Value flatten(Arguments a, const Call& call) {
    List out;
    return flatten_into(a[0], out, call) ? Value(std::move(out)) : Value();
}

/// Three-valued: a `decisive` item determines the result; otherwise null if any item is not a
/// boolean.
template <bool decisive>
Value quantified(Arguments a, const Call& call) {
    const auto items = spread(a);
    if (!spend(call.budget, items.size())) return {};
    bool unknown = false;
    for (const auto& item : items) {
        const auto* one = truth(item);
        if (!one)
            unknown = true;
        else if (*one == decisive)
            return decisive;
    }
    return unknown ? Value() : Value(!decisive);
}

Value negated(Arguments a, const Call&) {
    const auto* one = truth(a[0]);
    return one ? Value(!*one) : Value();
}

Value is_defined(Arguments a, const Call&) {
    return !a[0].is_null();
}

}  // namespace

std::vector<Builtin> list_functions() {
    constexpr auto l = Kind::list;
    return {
        {"not",
         {{"negand", Kind::boolean}},
         false,
         Kind::boolean,
         negated,
         "true for false, false for true, null for null",
         "not(false)",
         "true"},
        {"is defined",
         {{"value"}},
         false,
         Kind::boolean,
         is_defined,
         "true if the value is not null",
         "is defined(null)",
         "false"},
        {"count",
         {{"list", l}},
         false,
         Kind::number,
         count,
         "the number of items",
         "count([1, 2, 3])",
         "3"},
        {"list contains",
         {{"list", l}, {"element"}},
         false,
         Kind::boolean,
         list_contains,
         "true if the list contains the element",
         "list contains([1, 2], 2)",
         "true"},
        {"append",
         {{"list", l}, {"item"}},
         true,
         l,
         append,
         "adds the items at the end of the list",
         "append([1], 2, 3)",
         "[1, 2, 3]",
         Builtin::Like::argument},
        {"concatenate",
         {{"list", l}},
         true,
         l,
         concatenate,
         "joins the lists, one after the other",
         "concatenate([1], [2, 3])",
         "[1, 2, 3]",
         Builtin::Like::argument},
        {"distinct values",
         {{"list", l}},
         false,
         l,
         distinct,
         "the values of the list, each once",
         "distinct values([1, 2, 1])",
         "[1, 2]",
         Builtin::Like::argument},
        {"index of",
         {{"list", l}, {"match"}},
         false,
         l,
         index_of,
         "the positions of a value, counted from 1",
         "index of([7, 8, 7], 7)",
         "[1, 3]"},
        {"reverse",
         {{"list", l}},
         false,
         l,
         reverse,
         "reverses the order of the items",
         "reverse([1, 2])",
         "[2, 1]",
         Builtin::Like::argument},
        {"flatten",
         {{"list", l}},
         false,
         l,
         flatten,
         "joins the items of nested lists into one list",
         "flatten([1, [2, [3]]])",
         "[1, 2, 3]"},
        {"all",
         {{"list"}},
         true,
         Kind::boolean,
         quantified<false>,
         "true if all items are true",
         "all([true, true])",
         "true"},
        {"any",
         {{"list"}},
         true,
         Kind::boolean,
         quantified<true>,
         "true if at least one item is true",
         "any([false, true])",
         "true"},
    };
}

}  // namespace workflow::feel
