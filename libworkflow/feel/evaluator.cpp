#include "evaluator.hpp"

#include <algorithm>
#include <array>

#include "../base/decimal.hpp"
#include "builtins/table.hpp"
#include "operators.hpp"

namespace workflow::feel {
namespace {

class Evaluator {
public:
    Evaluator(std::span<const Value> slots, const Moment& moment)
        : slots_(slots), moment_(moment) {}

    Value value(const Node& node) {
        if (budget_ == 0) return {};
        --budget_;
        switch (node.op) {
            case Operator::constant:
                return node.value;
            case Operator::slot:
                return node.index < slots_.size() ? slots_[node.index] : Value();
            case Operator::local:
                return node.index < locals_.size() ? locals_[node.index] : Value();
            case Operator::negate:
                return negate(value(node.parts[0]));
            case Operator::add:
                return add(value(node.parts[0]), value(node.parts[1]));
            case Operator::subtract:
                return subtract(value(node.parts[0]), value(node.parts[1]));
            case Operator::multiply:
                return multiply(value(node.parts[0]), value(node.parts[1]));
            case Operator::divide:
                return divide(value(node.parts[0]), value(node.parts[1]));
            case Operator::power:
                return power(value(node.parts[0]), value(node.parts[1]));
            case Operator::equal:
            case Operator::not_equal:
                return equality(node);
            case Operator::less:
            case Operator::less_equal:
            case Operator::greater:
            case Operator::greater_equal:
                return comparison(node.op, node.parts[0], node.parts[1]);
            case Operator::both:
                return connective(node, false);
            case Operator::either:
                return connective(node, true);
            case Operator::between:
                return between(node);
            case Operator::in:
                return membership(node);
            case Operator::test_less:
            case Operator::test_less_equal:
            case Operator::test_greater:
            case Operator::test_greater_equal:
            case Operator::test_value:
                return {};  // only ever read by membership()
            case Operator::condition: {
                const auto test = value(node.parts[0]);
                const auto* holds = truth(test);
                return value(node.parts[holds && *holds ? 1 : 2]);
            }
            case Operator::list:
                return list(node);
            case Operator::context:
                return context(node);
            case Operator::range:
                return Range{value(node.parts[0]), value(node.parts[1]), node.low_included,
                             node.high_included};
            case Operator::path:
                return path(value(node.parts[0]), node.name);
            case Operator::filter:
                return filter(node);
            case Operator::call:
                return call(node);
            case Operator::instance_of:
                return instance_of(value(node.parts[0]), node.name);
            case Operator::loop:
            case Operator::some:
            case Operator::every:
                return loop(node);
        }
        return {};
    }

private:
    /// The value without a copy, where it stands ready; `store` holds it otherwise.
    const Value& look(const Node& node, Value& store) {
        if (node.op == Operator::constant) return node.value;
        if (node.op == Operator::slot && node.index < slots_.size()) return slots_[node.index];
        store = value(node);
        return store;
    }

    Value equality(const Node& node) {
        Value left_store, right_store;
        const auto& left = look(node.parts[0], left_store);
        const auto answer = equals(left, look(node.parts[1], right_store));
        const auto* same = truth(answer);
        if (!same || node.op == Operator::equal) return answer;
        return !*same;
    }

    static Value ordered(Operator op, const Value& left, const Value& right) {
        const auto lies = order(left, right);
        if (!lies) return {};
        switch (op) {
            case Operator::less:
            case Operator::test_less:
                return *lies < 0;
            case Operator::less_equal:
            case Operator::test_less_equal:
                return *lies <= 0;
            case Operator::greater:
            case Operator::test_greater:
                return *lies > 0;
            default:
                return *lies >= 0;
        }
    }

    Value comparison(Operator op, const Node& a, const Node& b) {
        Value left_store, right_store;
        const auto& left = look(a, left_store);
        return ordered(op, left, look(b, right_store));
    }

    /// and, or: the decisive value settles it, null if nothing does and something is unknown.
    Value connective(const Node& node, bool decisive) {
        bool unknown = false;
        for (const auto& part : node.parts) {
            const auto one = value(part);
            const auto* holds = truth(one);
            if (!holds)
                unknown = true;
            else if (*holds == decisive)
                return decisive;
        }
        return unknown ? Value() : Value(!decisive);
    }

    Value between(const Node& node) {
        Value store;
        const auto& middle = look(node.parts[0], store);
        return within(middle, Range{value(node.parts[1]), value(node.parts[2]), true, true});
    }

    Value membership(const Node& node) {
        Value store;
        const auto& wanted = look(node.parts[0], store);
        bool unknown = false;
        for (std::size_t i = 1; i < node.parts.size(); ++i) {
            const auto one = test(node.parts[i], wanted);
            const auto* holds = truth(one);
            if (!holds)
                unknown = true;
            else if (*holds)
                return true;
        }
        return unknown ? Value() : Value(false);
    }

    Value test(const Node& node, const Value& wanted) {
        const auto& operand = node.parts[0];
        if (node.op != Operator::test_value) {
            Value store;
            return ordered(node.op, wanted, look(operand, store));
        }
        // A literal list is looked through without being built.
        if (operand.op == Operator::list && !wanted.as<List>()) {
            bool unknown = false;
            for (const auto& item : operand.parts) {
                Value store;
                const auto one = meets(wanted, look(item, store));
                const auto* holds = truth(one);
                if (holds && *holds) return true;
                unknown = unknown || !holds;
            }
            return unknown ? Value() : Value(false);
        }
        Value store;
        return meets(wanted, look(operand, store));
    }

    Value list(const Node& node) {
        List items;
        items.reserve(node.parts.size());
        for (const auto& part : node.parts) items.push_back(value(part));
        return items;
    }

    Value context(const Node& node) {
        Context entries;
        entries.reserve(node.parts.size());
        for (std::size_t i = 0; i < node.parts.size(); ++i)
            entries.emplace_back(node.names[i], value(node.parts[i]));
        return entries;
    }

    Value path(const Value& from, const std::string& name) {
        const auto* items = from.as<List>();
        if (!items) return entry(from, name).value_or(Value());
        List taken;
        for (const auto& item : *items) {
            if (budget_ == 0) return {};
            --budget_;
            taken.push_back(entry(item, name).value_or(Value()));
        }
        return taken;
    }

    /// A number picks an item, counted from 1 or, negative, from the end; a condition keeps items.
    Value filter(const Node& node) {
        const auto from = value(node.parts[0]);
        const auto* given = from.as<List>();
        const List single = given ? List() : from.is_null() ? List() : List{from};
        const auto& items = given ? *given : single;
        const auto& inside = node.parts[1];
        if (inside.type.kind == Kind::number || inside.op == Operator::constant) {
            const auto index = value(inside);
            if (const auto* number = index.as<Decimal>()) {
                const auto at = to_integer(*number).value_or(0);
                const auto size = static_cast<std::int64_t>(items.size());
                if (at == 0 || at > size || at < -size) return {};
                return items[static_cast<std::size_t>(at > 0 ? at - 1 : size + at)];
            }
        }
        List kept;
        locals_.resize(node.index);
        for (const auto& item : items) {
            if (budget_ == 0) return {};
            locals_.resize(node.index);
            locals_.push_back(item);
            const auto answer = value(inside);
            const auto* holds = truth(answer);
            if (holds && *holds) kept.push_back(item);
        }
        locals_.resize(node.index);
        return kept;
    }

    Value call(const Node& node) {
        std::vector<Value> arguments;
        arguments.reserve(node.parts.size());
        for (const auto& part : node.parts) arguments.push_back(value(part));
        if (budget_ == 0) return {};
        return node.builtin->apply(arguments, Call{moment_, budget_});
    }

    static Value instance_of(const Value& value, std::string_view type) {
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
        if (value.is_null()) return type == "null";
        return type == "Any" || type == names.at(value.held().index());
    }

    /// The items a loop runs over: a list's, a range's whole numbers, or the one value.
    bool source(const Value& from, List& items) {
        if (const auto* list = from.as<List>()) {
            items = *list;
            return true;
        }
        const auto* range = from.as<Range>();
        if (!range) {
            if (!from.is_null()) items.push_back(from);
            return !from.is_null();
        }
        const auto* low = range->low.as<Decimal>();
        const auto* high = range->high.as<Decimal>();
        const auto first = low ? to_integer(*low) : std::nullopt;
        const auto last = high ? to_integer(*high) : std::nullopt;
        if (!first || !last) return false;
        const std::int64_t end = last.value_or(0);
        std::int64_t at = first.value_or(0);
        const std::int64_t step = at <= end ? 1 : -1;
        for (;; at += step) {
            if (budget_ == 0) return false;
            --budget_;
            items.emplace_back(decimal_of(at));
            if (at == end) return true;
        }
    }

    Value loop(const Node& node) {
        List results;
        bool unknown = false, settled = false;
        const bool decisive = node.op == Operator::some;
        locals_.resize(node.index);
        if (!iterate(node, 0, results, unknown, settled)) return {};
        if (node.op == Operator::loop) return results;
        if (settled) return decisive;
        return unknown ? Value() : Value(!decisive);
    }

    /// Runs variable number `variable` over its source, and those after it inside.
    bool iterate(const Node& node, std::size_t variable, List& results, bool& unknown,
                 bool& settled) {
        if (variable + 1 == node.parts.size()) {
            auto result = value(node.parts.back());
            if (node.op == Operator::loop) {
                results.push_back(std::move(result));
                return budget_ > 0;
            }
            const auto* holds = truth(result);
            if (!holds)
                unknown = true;
            else if (*holds == (node.op == Operator::some))
                settled = true;
            return budget_ > 0;
        }
        List items;
        if (!source(value(node.parts[variable]), items)) return false;
        for (const auto& item : items) {
            locals_.resize(node.index + variable);
            locals_.push_back(item);
            if (!iterate(node, variable + 1, results, unknown, settled)) return false;
            if (settled) break;
        }
        locals_.resize(node.index + variable);
        return true;
    }

    std::span<const Value> slots_;
    const Moment& moment_;
    std::uint32_t budget_ = evaluation_budget;
    std::vector<Value> locals_;
};

}  // namespace

Value evaluate(const Node& root, std::span<const Value> slots, const Moment& moment) {
    return Evaluator(slots, moment).value(root);
}

}  // namespace workflow::feel
