#include "evaluator.hpp"

#include <algorithm>
#include <array>

#include "../base/decimal.hpp"
#include "budget.hpp"
#include "builtins/table.hpp"
#include "operators.hpp"

namespace workflow::feel {
namespace {

/// Three-valued truth, small enough to be passed about in conditions instead of values.
enum class Truth : std::uint8_t { no, yes, unknown };

Truth truth_from(bool holds) {
    return holds ? Truth::yes : Truth::no;
}
Truth truth_from(const Value& value) {
    const auto* holds = truth(value);
    return holds ? truth_from(*holds) : Truth::unknown;
}
Value value_from(Truth truth) {
    return truth == Truth::unknown ? Value() : Value(truth == Truth::yes);
}

class Evaluator {
public:
    Evaluator(std::span<const Value> slots, const Moment& moment, std::uint32_t& budget)
        : slots_(slots), moment_(moment), budget_(budget) {}

    Value value(const Node& node) {
        if (!spend(budget_, 1)) return {};
        switch (node.op) {
            case Operator::constant:
                return copy(node.value);
            case Operator::slot:
                return node.index < slots_.size() ? copy(slots_[node.index]) : Value();
            case Operator::local:
                return node.index < locals_.size() ? copy(locals_[node.index]) : Value();
            case Operator::negate:
            case Operator::add:
            case Operator::subtract:
            case Operator::multiply:
            case Operator::divide:
            case Operator::power:
                return arithmetic(node);
            case Operator::equal:
            case Operator::not_equal:
            case Operator::less:
            case Operator::less_equal:
            case Operator::greater:
            case Operator::greater_equal:
            case Operator::both:
            case Operator::either:
            case Operator::between:
            case Operator::in:
                return value_from(holds(node));
            case Operator::test_less:
            case Operator::test_less_equal:
            case Operator::test_greater:
            case Operator::test_greater_equal:
            case Operator::test_value:
                return {};  // only ever read by membership()
            case Operator::condition:
                return value(node.parts[holds(node.parts[0]) == Truth::yes ? 1 : 2]);
            case Operator::list:
                return list(node);
            case Operator::context:
                return context(node);
            case Operator::range:
                return built(Range{value(node.parts[0]), value(node.parts[1]), node.low_included,
                                   node.high_included});
            case Operator::path:
                return path(node);
            case Operator::filter:
                return filter(node);
            case Operator::call:
                return call(node);
            case Operator::instance_of:
                return instance_of(node);
            case Operator::loop:
            case Operator::some:
            case Operator::every:
                return loop(node);
        }
        return {};
    }

private:
    // ------------------------------------------------------------ values

    Value copy(const Value& value) { return spend(budget_, cost_of_copy(value)) ? value : Value(); }
    /// A value just put together of others, paid in full.
    Value built(Value value) { return spend_for(budget_, value) ? std::move(value) : Value(); }

    /// The value without a copy, where it stands ready; `store` holds it otherwise.
    const Value& look(const Node& node, Value& store) {
        if (node.op == Operator::constant) return node.value;
        if (node.op == Operator::slot && node.index < slots_.size()) return slots_[node.index];
        store = value(node);
        return store;
    }

    Value arithmetic(const Node& node) {
        Value left_store, right_store;
        const auto& left = look(node.parts[0], left_store);
        if (node.op == Operator::negate) return negate(left);
        const auto& right = look(node.parts[1], right_store);
        switch (node.op) {
            case Operator::add:
                if (!spend(budget_, cost_of_copy(left) + cost_of_copy(right))) return {};
                return add(left, right);
            case Operator::subtract:
                return subtract(left, right);
            case Operator::multiply:
                return multiply(left, right);
            case Operator::divide:
                return divide(left, right);
            default:
                return power(left, right);
        }
    }

    Value list(const Node& node) {
        List items;
        items.reserve(node.parts.size());
        for (const auto& part : node.parts) items.push_back(value(part));
        return built(std::move(items));
    }

    Value context(const Node& node) {
        Context entries;
        entries.reserve(node.parts.size());
        for (std::size_t i = 0; i < node.parts.size(); ++i)
            entries.emplace_back(node.names[i], value(node.parts[i]));
        return built(std::move(entries));
    }

    Value path(const Node& node) {
        Value store;
        const auto& from = look(node.parts[0], store);
        const auto* items = from.as<List>();
        if (!items) return copy(entry(from, node.name).value_or(Value()));
        List taken;
        for (const auto& item : *items) {
            if (!spend(budget_, 1)) return {};
            taken.push_back(copy(entry(item, node.name).value_or(Value())));
        }
        return built(std::move(taken));
    }

    static Value item_at(const List& items, const Decimal& number) {
        const auto at = to_integer(number).value_or(0);
        const auto size = static_cast<std::int64_t>(items.size());
        if (at == 0 || at > size || at < -size) return {};
        return items[static_cast<std::size_t>(at > 0 ? at - 1 : size + at)];
    }

    /// A number picks an item, counted from 1 or, negative, from the end; a condition keeps items.
    Value filter(const Node& node) {
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

    Value call(const Node& node) {
        std::vector<Value> arguments;
        arguments.reserve(node.parts.size());
        for (const auto& part : node.parts) arguments.push_back(value(part));
        if (budget_ == 0) return {};
        auto answer = node.builtin->apply(arguments, Call{moment_, budget_});
        return budget_ == 0 ? Value() : built(std::move(answer));
    }

    Value instance_of(const Node& node) {
        static constexpr std::array<std::string_view, 12> names{"null",
                                                                "boolean",
                                                                "number",
                                                                "string",
                                                                "date",
                                                                "time",
                                                                "date and time",
                                                                "days and time duration",
                                                                "years and months duration",
                                                                "list",
                                                                "context",
                                                                "range"};
        Value store;
        const auto& given = look(node.parts[0], store);
        if (given.is_null()) return node.name == "null";
        return node.name == "Any" || node.name == names.at(given.held().index());
    }

    // ------------------------------------------------------------ truth

    /// The truth of a node without making a value of it, where its operator allows.
    Truth holds(const Node& node) {
        if (!spend(budget_, 1)) return Truth::unknown;
        switch (node.op) {
            case Operator::equal:
            case Operator::not_equal:
                return equality(node);
            case Operator::less:
            case Operator::less_equal:
            case Operator::greater:
            case Operator::greater_equal:
                return comparison(node);
            case Operator::both:
                return connective(node, Truth::no);
            case Operator::either:
                return connective(node, Truth::yes);
            case Operator::between:
                return between(node);
            case Operator::in:
                return membership(node);
            default:
                break;
        }
        Value store;
        return truth_from(look(node, store));
    }

    /// What is made of parts is paid before it is compared.
    bool comparable(const Value& value) {
        return (!value.as<List>() && !value.as<Context>()) || spend_for(budget_, value);
    }

    Truth equality(const Node& node) {
        Value left_store, right_store;
        const auto& left = look(node.parts[0], left_store);
        const auto& right = look(node.parts[1], right_store);
        if (!comparable(left)) return Truth::unknown;
        const auto same = truth_from(equals(left, right));
        if (same == Truth::unknown || node.op == Operator::equal) return same;
        return truth_from(same == Truth::no);
    }

    static Truth ordered(Operator op, const Value& left, const Value& right) {
        const auto lies = order(left, right);
        if (!lies) return Truth::unknown;
        switch (op) {
            case Operator::less:
            case Operator::test_less:
                return truth_from(*lies < 0);
            case Operator::less_equal:
            case Operator::test_less_equal:
                return truth_from(*lies <= 0);
            case Operator::greater:
            case Operator::test_greater:
                return truth_from(*lies > 0);
            default:
                return truth_from(*lies >= 0);
        }
    }

    Truth comparison(const Node& node) {
        Value left_store, right_store;
        const auto& left = look(node.parts[0], left_store);
        return ordered(node.op, left, look(node.parts[1], right_store));
    }

    /// and, or: the decisive value settles it, null if nothing does and something is unknown.
    Truth connective(const Node& node, Truth decisive) {
        auto answer = decisive == Truth::no ? Truth::yes : Truth::no;
        for (const auto& part : node.parts) {
            const auto one = holds(part);
            if (one == decisive) return decisive;
            if (one == Truth::unknown) answer = Truth::unknown;
        }
        return answer;
    }

    Truth between(const Node& node) {
        Value middle_store, low_store, high_store;
        const auto& middle = look(node.parts[0], middle_store);
        const auto low = ordered(Operator::greater_equal, middle, look(node.parts[1], low_store));
        const auto high = ordered(Operator::less_equal, middle, look(node.parts[2], high_store));
        if (low == Truth::no || high == Truth::no) return Truth::no;
        return low == Truth::unknown ? low : high;
    }

    Truth membership(const Node& node) {
        Value store;
        const auto& wanted = look(node.parts[0], store);
        auto answer = Truth::no;
        for (std::size_t i = 1; i < node.parts.size(); ++i) {
            const auto one = test(node.parts[i], wanted);
            if (one == Truth::yes) return one;
            if (one == Truth::unknown) answer = one;
        }
        return answer;
    }

    Truth test(const Node& node, const Value& wanted) {
        const auto& operand = node.parts[0];
        Value store;
        if (node.op != Operator::test_value) return ordered(node.op, wanted, look(operand, store));
        const auto& given = look(operand, store);
        if (given.as<List>() && !comparable(given)) return Truth::unknown;
        return truth_from(meets(wanted, given));
    }

    // ------------------------------------------------------------ loops

    struct Run {
        const Node& node;
        List results;          ///< of `for`
        Truth answer;          ///< of some, every
        bool settled = false;  ///< nothing further can change the answer
    };

    Value loop(const Node& node) {
        Run run{node, {}, truth_from(node.op == Operator::every), false};
        const bool complete = iterate(run, 0);
        locals_.resize(node.index);
        if (!complete) return {};
        return node.op == Operator::loop ? built(std::move(run.results)) : value_from(run.answer);
    }

    /// Runs variable number `variable` over its source, and those after it inside; false when it
    /// has no items to run over.
    bool iterate(Run& run, std::size_t variable) {
        if (variable + 1 == run.node.parts.size()) return body(run);
        const auto place = run.node.index + variable;
        const auto once = [&](Value item) {
            locals_.resize(place);
            locals_.push_back(std::move(item));
            return iterate(run, variable + 1);
        };
        locals_.resize(place);
        const auto from = value(run.node.parts[variable]);
        if (const auto* list = from.as<List>()) {
            for (const auto& item : *list)
                if (!run.settled && !once(copy(item))) return false;
            return true;
        }
        const auto* range = from.as<Range>();
        if (!range) return !from.is_null() && once(from);
        const auto* low = range->low.as<Decimal>();
        const auto* high = range->high.as<Decimal>();
        const auto first = low ? to_integer(*low) : std::nullopt;
        const auto last = high ? to_integer(*high) : std::nullopt;
        if (!first || !last) return false;
        const std::int64_t step = *first <= *last ? 1 : -1;
        for (auto at = *first; !run.settled; at += step) {
            if (!once(decimal_of(at))) return false;
            if (at == *last) break;
        }
        return true;
    }

    bool body(Run& run) {
        const auto& node = run.node;
        if (node.op == Operator::loop) {
            run.results.push_back(value(node.parts.back()));
            return budget_ > 0;
        }
        const auto decisive = truth_from(node.op == Operator::some);
        const auto one = holds(node.parts.back());
        run.settled = one == decisive;
        if (run.settled || one == Truth::unknown) run.answer = one;
        return budget_ > 0;
    }

    std::span<const Value> slots_;
    const Moment& moment_;
    std::uint32_t& budget_;
    std::vector<Value> locals_;
};

/// Does every run of this operator on the same parts give the same?
bool is_pure(const Node& node) {
    switch (node.op) {
        case Operator::constant:
        case Operator::slot:
        case Operator::local:
        case Operator::test_less:
        case Operator::test_less_equal:
        case Operator::test_greater:
        case Operator::test_greater_equal:
        case Operator::test_value:
            return false;
        case Operator::call:
            return !node.builtin->of_the_moment;
        default:
            return true;
    }
}

bool is_constant(const Node& node) {
    if (node.op == Operator::constant) return true;
    const bool is_test = node.op == Operator::test_less || node.op == Operator::test_less_equal ||
                         node.op == Operator::test_greater ||
                         node.op == Operator::test_greater_equal || node.op == Operator::test_value;
    return is_test && is_constant(node.parts[0]);
}

void fold(Node& node, std::uint32_t& budget) {
    for (auto& part : node.parts) fold(part, budget);
    if (!is_pure(node) || !std::all_of(node.parts.begin(), node.parts.end(), is_constant)) return;
    // What takes long or is large is left for the evaluation.
    auto steps = std::min<std::uint32_t>(budget, 2'000);
    const auto given = steps;
    const Moment none{};
    auto value = Evaluator({}, none, steps).value(node);
    budget -= given - steps;
    if (steps == 0) return;
    node.op = Operator::constant;
    node.value = std::move(value);
    node.parts.clear();
    node.names.clear();
}

}  // namespace

Value evaluate(const Node& root, std::span<const Value> slots, const Moment& moment) {
    auto budget = evaluation_budget;
    auto answer = Evaluator(slots, moment, budget).value(root);
    return budget == 0 ? Value() : answer;
}

void fold(Node& root) {
    auto budget = evaluation_budget;
    fold(root, budget);
}

}  // namespace workflow::feel
