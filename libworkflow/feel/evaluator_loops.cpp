// Filters, and for, some, every.

#include "interpreter.hpp"
#include "iteration.hpp"
#include "operators.hpp"

namespace workflow::feel {
namespace {

Value item_at(const List& items, const Value& position) {
    const auto index = index_at(items, position);
    return index ? items[*index] : Value();
}

}  // namespace

/// A number selects an item, counted from 1 or, if negative, from the end; a condition selects
/// items.
Value Interpreter::filter(const Node& node) {
    const auto from = value(node.parts[0]);
    const auto* given = from.as<List>();
    const List single = given || from.is_null() ? List() : List{from};
    const auto& items = given ? *given : single;
    const auto& inside = node.parts[1];
    if (inside.type.kind == Kind::number || inside.op == Operator::constant) {
        const auto index = value(inside);
        if (index.as<Decimal>()) return copy(item_at(items, index));
        if (inside.type.kind == Kind::number) return {};
    }
    List kept;
    for (const auto& item : items) {
        locals_.resize(node.index);
        locals_.push_back(copy(item));
        const auto answer = value(inside);
        if (budget_ == 0) return {};
        if (answer.as<Decimal>()) {
            locals_.resize(node.index);
            return copy(item_at(items, answer));
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
    bool settled = false;  ///< no further item can change the result
};

Value Interpreter::loop(const Node& node) {
    Looping looping{node, {}, truth_from(node.op == Operator::every), false};
    const bool complete = iterate(looping, 0);
    locals_.resize(node.index);
    if (!complete) return {};
    return node.op == Operator::loop ? built(std::move(looping.results))
                                     : value_from(looping.answer);
}

/// Iterates variable number `variable` over its source, and the following variables inside it.
/// Returns false if it has no items to iterate over.
bool Interpreter::iterate(Looping& looping, std::size_t variable) {
    if (variable + 1 == looping.node.parts.size()) return body(looping);
    const auto place = looping.node.index + variable;
    locals_.resize(place);
    const auto from = value(looping.node.parts[variable]);
    bool fine = true;
    const bool any = for_each_item(from, [&](const Value& item) {
        locals_.resize(place);
        locals_.push_back(copy(item));
        fine = iterate(looping, variable + 1);
        return fine && !looping.settled;
    });
    return any && fine;
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
