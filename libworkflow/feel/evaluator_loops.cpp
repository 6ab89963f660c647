// Filters, and for, some, every.

#include <functional>

#include "../base/decimal.hpp"
#include "interpreter.hpp"
#include "operators.hpp"

namespace workflow::feel {
namespace {

Value item_at(const List& items, const Decimal& number) {
    const auto at = to_integer(number).value_or(0);
    const auto size = static_cast<std::int64_t>(items.size());
    if (at == 0 || at > size || at < -size) return {};
    return items[static_cast<std::size_t>(at > 0 ? at - 1 : size + at)];
}

}  // namespace

/// A number picks an item, counted from 1 or, negative, from the end; a condition keeps items.
Value Interpreter::filter(const Node& node) {
    const auto from = value(node.parts[0]);
    const auto* given = from.as<List>();
    const List single = given || from.is_null() ? List() : List{from};
    const auto& items = given ? *given : single;
    const auto& inside = node.parts[1];
    if (inside.type.kind == Kind::number || inside.op == Operator::constant) {
        const auto index = value(inside);
        if (const auto* number = index.as<Decimal>()) return copy(item_at(items, *number));
        if (inside.type.kind == Kind::number) return {};
    }
    List kept;
    for (const auto& item : items) {
        locals_.resize(node.index);
        locals_.push_back(copy(item));
        const auto answer = value(inside);
        if (budget_ == 0) return {};
        if (const auto* number = answer.as<Decimal>()) {
            locals_.resize(node.index);
            return copy(item_at(items, *number));
        }
        if (const auto* keep = truth(answer); keep && *keep) kept.push_back(copy(item));
    }
    locals_.resize(node.index);
    return built(std::move(kept));
}

struct Interpreter::Looping {
    const Node& node;
    List results;          ///< of `for`
    Truth answer;          ///< of some, every
    bool settled = false;  ///< nothing further can change the answer
};

Value Interpreter::loop(const Node& node) {
    Looping looping{node, {}, truth_from(node.op == Operator::every), false};
    const bool complete = iterate(looping, 0);
    locals_.resize(node.index);
    if (!complete) return {};
    return node.op == Operator::loop ? built(std::move(looping.results))
                                     : value_from(looping.answer);
}

/// Runs variable number `variable` over its source, and those after it inside; false when it
/// has no items to run over.
bool Interpreter::iterate(Looping& looping, std::size_t variable) {
    if (variable + 1 == looping.node.parts.size()) return body(looping);
    const auto place = looping.node.index + variable;
    const auto once = [&](Value item) {
        locals_.resize(place);
        locals_.push_back(std::move(item));
        return iterate(looping, variable + 1);
    };
    locals_.resize(place);
    const auto from = value(looping.node.parts[variable]);
    if (const auto* list = from.as<List>()) {
        for (const auto& item : *list)
            if (!looping.settled && !once(copy(item))) return false;
        return true;
    }
    if (const auto* range = from.as<Range>())
        return iterate_range(*range,
                             [&](Value item) { return looping.settled || once(std::move(item)); });
    // A single value is a list of one.
    return !from.is_null() && once(from);
}

/// The whole numbers, or the days, of a range, from its low end to its high one or backwards.
bool Interpreter::iterate_range(const Range& range, const std::function<bool(Value)>& once) {
    const auto place = [](const Value& end) -> std::optional<std::int64_t> {
        if (const auto* number = end.as<Decimal>()) return to_integer(*number);
        if (const auto* date = end.as<Date>()) return date->days;
        return {};
    };
    const auto low = place(range.low), high = place(range.high);
    if (!low || !high || range.low.held().index() != range.high.held().index()) return false;
    const std::int64_t step = *low <= *high ? 1 : -1;
    const auto first = range.low_included ? *low : *low + step;
    const auto last = range.high_included ? *high : *high - step;
    const bool days = range.low.as<Date>() != nullptr;
    for (auto at = first; step > 0 ? at <= last : at >= last; at += step)
        if (!once(days ? Value(Date{at}) : Value(decimal_of(at)))) return false;
    return true;
}

bool Interpreter::body(Looping& looping) {
    const auto& node = looping.node;
    if (node.op == Operator::loop) {
        // `partial`: the results so far.
        if (node.sees_partial && !spend_for_items(budget_, looping.results)) return false;
        locals_.push_back(node.sees_partial ? Value(looping.results) : Value());
        looping.results.push_back(value(node.parts.back()));
        return budget_ > 0;
    }
    const auto decisive = truth_from(node.op == Operator::some);
    const auto one = holds(node.parts.back());
    looping.settled = one == decisive;
    if (looping.settled || one == Truth::unknown) looping.answer = one;
    return budget_ > 0;
}

}  // namespace workflow::feel
