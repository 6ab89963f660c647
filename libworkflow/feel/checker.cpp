#include "checker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "../base/diagnostics.hpp"
#include "builtins/table.hpp"

namespace workflow::feel {
namespace {

Type of(Kind kind) {
    Type type;
    type.kind = kind;
    return type;
}

Type of(Kind kind, const Type& element) {
    Type type = of(kind);
    type.element = std::make_shared<const Type>(element);
    return type;
}

bool open(const Type& type) {
    return type.kind == Kind::any || type.kind == Kind::null;
}

bool is_duration(const Type& type) {
    return type.kind == Kind::days_duration || type.kind == Kind::months_duration;
}
bool is_day(const Type& type) {
    return type.kind == Kind::date || type.kind == Kind::date_time;
}

bool ordered(const Type& type) {
    return type.kind == Kind::number || type.kind == Kind::string || type.kind == Kind::date ||
           type.kind == Kind::time || type.kind == Kind::date_time || is_duration(type);
}

Type type_of(const Value& value) {
    static constexpr std::array kinds{Kind::null,      Kind::boolean,       Kind::number,
                                      Kind::string,    Kind::date,          Kind::time,
                                      Kind::date_time, Kind::days_duration, Kind::months_duration,
                                      Kind::list,      Kind::context,       Kind::range};
    auto type = of(kinds.at(value.held().index()));
    type.nullable = value.is_null();
    return type;
}

class Checker {
public:
    Checker(const Scope& scope, std::vector<Mistake>& mistakes)
        : scope_(scope), mistakes_(mistakes) {}

    const Type& visit(Node& node) {
        node.type = typed(node);
        return node.type;
    }

private:
    void mistake(const Node& node, std::string message, std::string hint = {}) {
        mistakes_.push_back(
            {Mistake::Kind::type, node.begin, node.end, std::move(message), std::move(hint)});
    }

    void want(const Node& node, Kind kind, std::string_view where) {
        if (open(node.type) || node.type.kind == kind) return;
        mistake(node, fmt::format("{} wants a {}, and this is a {}", where, to_string(of(kind)),
                                  to_string(node.type)));
    }

    Type typed(Node& node) {
        switch (node.op) {
            case Operator::constant:
                return type_of(node.value);
            case Operator::slot:
                if (entry_of_item(node)) return path(node);
                return scope_.names.at(node.index).type;
            case Operator::local:
                return node.index < locals_.size() ? locals_[node.index] : Type();
            case Operator::negate:
                return negated(node);
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
                return comparison(node);
            case Operator::both:
            case Operator::either:
                for (auto& part : node.parts) {
                    visit(part);
                    want(part, Kind::boolean, node.op == Operator::both ? "`and`" : "`or`");
                }
                return of(Kind::boolean);
            case Operator::between:
                for (auto& part : node.parts) visit(part);
                comparable(node.parts[0], node.parts[1], true);
                comparable(node.parts[0], node.parts[2], true);
                return of(Kind::boolean);
            case Operator::in:
                visit(node.parts[0]);
                for (std::size_t i = 1; i < node.parts.size(); ++i)
                    test(node.parts[i], node.parts[0]);
                return of(Kind::boolean);
            case Operator::test_less:
            case Operator::test_less_equal:
            case Operator::test_greater:
            case Operator::test_greater_equal:
            case Operator::test_value:
                return of(Kind::boolean);
            case Operator::condition:
                for (auto& part : node.parts) visit(part);
                want(node.parts[0], Kind::boolean, "`if`");
                return common(node.parts[1].type, node.parts[2].type);
            case Operator::list:
                return list(node);
            case Operator::context:
                return context(node);
            case Operator::range:
                for (auto& part : node.parts) visit(part);
                comparable(node.parts[0], node.parts[1], true);
                return of(Kind::range, common(node.parts[0].type, node.parts[1].type));
            case Operator::path:
                return path(node);
            case Operator::filter:
                return filter(node);
            case Operator::call:
                return call(node);
            case Operator::instance_of:
                visit(node.parts[0]);
                return of(Kind::boolean);
            case Operator::loop:
            case Operator::some:
            case Operator::every:
                return loop(node);
        }
        return {};
    }

    static Type common(const Type& a, const Type& b) {
        if (a.kind == Kind::null) return b;
        if (b.kind == Kind::null) return a;
        auto type = a.kind == b.kind ? of(a.kind) : Type();
        if (a.kind == b.kind && (a.kind == Kind::list || a.kind == Kind::range))
            type.element = a.element;
        return type;
    }

    /// A name inside a filter means the item's entry before it means a field.
    bool entry_of_item(Node& node) const {
        for (auto item = items_.rbegin(); item != items_.rend(); ++item)
            for (const auto& [name, type] : locals_[*item].entries)
                if (name == node.name) {
                    Node local;
                    local.op = Operator::local;
                    local.begin = node.begin;
                    local.end = node.end;
                    local.index = *item;
                    node.op = Operator::path;
                    node.parts.push_back(std::move(local));
                    return true;
                }
        return false;
    }

    Type negated(Node& node) {
        const auto& type = visit(node.parts[0]);
        if (!open(type) && type.kind != Kind::number && !is_duration(type))
            mistake(node, fmt::format("`-` cannot be put before a {}", to_string(type)));
        return of(type.kind);
    }

    Type arithmetic(Node& node) {
        const auto a = visit(node.parts[0]);
        const auto b = visit(node.parts[1]);
        if (open(a) || open(b))
            return a.kind == Kind::number && b.kind == Kind::number ? of(Kind::number) : Type();
        const bool numbers = a.kind == Kind::number && b.kind == Kind::number;
        const auto refuse = [&](std::string_view symbol) {
            std::string hint;
            if (symbol == "+" && (a.kind == Kind::string || b.kind == Kind::string))
                hint = "string(...) makes a text of a value";
            if (is_day(a) && b.kind == Kind::number) hint = "a number of days is written @\"P10D\"";
            mistake(node,
                    fmt::format("`{}` does not go with a {} and a {}", symbol, to_string(a),
                                to_string(b)),
                    hint);
            return Type();
        };
        switch (node.op) {
            case Operator::add:
                if (numbers || (a.kind == b.kind && (a.kind == Kind::string || is_duration(a))))
                    return of(a.kind);
                if ((is_day(a) || a.kind == Kind::time) && is_duration(b)) return of(a.kind);
                if (is_duration(a) && (is_day(b) || b.kind == Kind::time)) return of(b.kind);
                return refuse("+");
            case Operator::subtract:
                if (numbers || (a.kind == b.kind && is_duration(a))) return of(a.kind);
                if ((is_day(a) || a.kind == Kind::time) && is_duration(b)) return of(a.kind);
                if ((is_day(a) && is_day(b)) || (a.kind == Kind::time && b.kind == Kind::time))
                    return of(Kind::days_duration);
                return refuse("-");
            case Operator::multiply:
                if (numbers) return of(Kind::number);
                if (is_duration(a) && b.kind == Kind::number) return of(a.kind);
                if (is_duration(b) && a.kind == Kind::number) return of(b.kind);
                return refuse("*");
            case Operator::divide:
                if (numbers || (a.kind == b.kind && is_duration(a))) return of(Kind::number);
                if (is_duration(a) && b.kind == Kind::number) return of(a.kind);
                return refuse("/");
            default:
                return numbers ? of(Kind::number) : refuse("**");
        }
    }

    /// A text that an enumeration does not have can never be equal to it.
    void member(const Node& value, const Node& enumeration) {
        const auto& name = enumeration.op == Operator::slot ? enumeration.name : std::string();
        check_member(value, enumeration.type, name.empty() ? "this" : name, mistakes_);
    }

    void comparable(const Node& a, const Node& b, bool ordering) {
        member(a, b);
        member(b, a);
        if (open(a.type) || open(b.type)) return;
        if (a.type.kind != b.type.kind) {
            std::string hint;
            if (is_day(a.type) && b.type.kind == Kind::string)
                hint = "a date is written @\"2026-03-02\" or date(\"2026-03-02\")";
            if (a.type.kind == Kind::number && b.type.kind == Kind::string)
                hint = "write the number without quotes";
            if (a.type.kind == Kind::boolean && b.type.kind == Kind::string)
                hint = "write true or false without quotes";
            mistake(b,
                    fmt::format("a {} is compared with a {}: that is never true", to_string(a.type),
                                to_string(b.type)),
                    hint);
        } else if (ordering && !ordered(a.type)) {
            mistake(a, fmt::format("a {} has no order", to_string(a.type)));
        }
    }

    Type comparison(Node& node) {
        visit(node.parts[0]);
        visit(node.parts[1]);
        comparable(node.parts[0], node.parts[1],
                   node.op != Operator::equal && node.op != Operator::not_equal);
        return of(Kind::boolean);
    }

    void test(Node& node, const Node& value) {
        node.type = of(Kind::boolean);
        auto& operand = node.parts[0];
        visit(operand);
        if (node.op != Operator::test_value) return comparable(value, operand, true);
        if (operand.op == Operator::list && value.type.kind != Kind::list) {
            for (const auto& item : operand.parts)
                if (item.type.kind != Kind::range) comparable(value, item, false);
            return;
        }
        if (operand.op == Operator::range) return comparable(value, operand.parts[0], true);
        if (operand.type.kind == Kind::list || operand.type.kind == Kind::range) {
            const auto& element = operand.type.element;
            if (element && !open(*element) && !open(value.type) && element->kind != value.type.kind)
                mistake(operand, fmt::format("a {} is looked for in a {}: that is never true",
                                             to_string(value.type), to_string(operand.type)));
            return;
        }
        comparable(value, operand, false);
    }

    Type list(Node& node) {
        Type element;
        bool first = true;
        for (auto& part : node.parts) {
            const auto& type = visit(part);
            element = first ? type : common(element, type);
            element.values.clear();
            first = false;
        }
        return of(Kind::list, element);
    }

    Type context(Node& node) {
        auto type = of(Kind::context);
        for (std::size_t i = 0; i < node.parts.size(); ++i)
            type.entries.emplace_back(node.names[i], visit(node.parts[i]));
        return type;
    }

    Type path(Node& node) {
        const auto from = visit(node.parts[0]);
        // A path on a list is taken on each of its items.
        const auto& on = from.kind == Kind::list && from.element ? *from.element : from;
        if (on.kind == Kind::context && !on.entries.empty()) {
            std::vector<std::string> known;
            for (const auto& [name, type] : on.entries) {
                if (name == node.name) return from.kind == Kind::list ? of(Kind::list, type) : type;
                known.push_back(name);
            }
            const auto near = nearest(node.name, known);
            mistake(node, fmt::format("there is no entry `{}`", node.name),
                    near ? fmt::format("did you mean `{}`?", *near)
                         : fmt::format("it has {}", fmt::join(known, ", ")));
            return {};
        }
        const bool plain =
            on.kind == Kind::number || on.kind == Kind::string || on.kind == Kind::boolean;
        if (plain) mistake(node, fmt::format("a {} has no entry `{}`", to_string(on), node.name));
        const bool counted = is_day(on) || on.kind == Kind::time || is_duration(on);
        return counted && node.name != "time offset" ? of(Kind::number) : Type();
    }

    Type filter(Node& node) {
        const auto from = visit(node.parts[0]);
        const auto element =
            from.kind == Kind::list ? (from.element ? *from.element : Type()) : from;
        locals_.resize(node.index);
        locals_.push_back(element);
        items_.push_back(node.index);
        const auto& inside = visit(node.parts[1]);
        items_.pop_back();
        locals_.pop_back();
        if (inside.kind == Kind::number) return element;
        want(node.parts[1], Kind::boolean, "a filter");
        return inside.kind == Kind::boolean ? of(Kind::list, element) : Type();
    }

    Type call(Node& node) {
        const auto& builtin = *node.builtin;
        for (std::size_t i = 0; i < node.parts.size(); ++i) {
            visit(node.parts[i]);
            if (builtin.parameters.empty()) continue;
            const auto& parameter = builtin.parameters[std::min(i, builtin.parameters.size() - 1)];
            // A single value may stand for a list of one.
            if (parameter.kind == Kind::any || parameter.kind == Kind::list) continue;
            want(node.parts[i], parameter.kind,
                 fmt::format("{}({})", builtin.name, parameter.name));
        }
        if (node.parts.empty() || builtin.like == Builtin::Like::itself) return of(builtin.result);
        const auto& first = node.parts.front().type;
        const bool list = first.kind == Kind::list;
        if (builtin.like == Builtin::Like::argument)
            return list && first.element ? of(Kind::list, plain(*first.element))
                   : list || open(first) ? of(builtin.result)
                                         : plain(first);
        if (list) return first.element ? plain(*first.element) : Type();
        return node.parts.size() == 1 ? plain(first) : Type();
    }

    /// Without the values of an enumeration: what a function makes of it may have others.
    static Type plain(Type type) {
        type.values.clear();
        return type;
    }

    Type loop(Node& node) {
        locals_.resize(node.index);
        for (std::size_t i = 0; i + 1 < node.parts.size(); ++i) {
            const auto& source = visit(node.parts[i]);
            const bool many = source.kind == Kind::list || source.kind == Kind::range;
            locals_.push_back(many && source.element ? *source.element : Type());
        }
        const auto body = visit(node.parts.back());
        locals_.resize(node.index);
        if (node.op == Operator::loop) return of(Kind::list, body);
        want(node.parts.back(), Kind::boolean, "`satisfies`");
        return of(Kind::boolean);
    }

    const Scope& scope_;
    std::vector<Mistake>& mistakes_;
    std::vector<Type> locals_;
    std::vector<std::uint32_t> items_;  ///< the locals that are items of filters
};

}  // namespace

void check_member(const Node& value, const Type& enumeration, std::string_view name,
                  std::vector<Mistake>& mistakes) {
    if (value.op == Operator::condition) {
        check_member(value.parts[1], enumeration, name, mistakes);
        check_member(value.parts[2], enumeration, name, mistakes);
    }
    const auto& element = enumeration.element;
    if (value.op == Operator::list && element)
        for (const auto& item : value.parts) check_member(item, *element, name, mistakes);
    const auto* text = value.op == Operator::constant ? value.value.as<std::string>() : nullptr;
    const auto& values = enumeration.values;
    if (!text || values.empty() || std::find(values.begin(), values.end(), *text) != values.end())
        return;
    const auto near = nearest(*text, values);
    mistakes.push_back({Mistake::Kind::type, value.begin, value.end,
                        fmt::format("{} has no value \"{}\"", name, *text),
                        near ? fmt::format("did you mean \"{}\"?", *near)
                             : fmt::format("it has: {}", fmt::join(values, ", "))});
}

void check(Node& root, const Scope& scope, std::vector<Mistake>& mistakes) {
    Checker(scope, mistakes).visit(root);
}

bool fits(const Type& given, const Type& wanted) {
    if (given.kind == Kind::any || given.kind == Kind::null || wanted.kind == Kind::any)
        return true;
    if (given.kind != wanted.kind) return false;
    return !given.element || !wanted.element || fits(*given.element, *wanted.element);
}

}  // namespace workflow::feel
