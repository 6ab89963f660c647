#include "checker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "../base/diagnostics.hpp"
#include "builtins/table.hpp"
#include "pattern.hpp"
#include "type_rules.hpp"

namespace workflow::feel {
namespace {

class Checker {
public:
    Checker(const Scope& scope, const Type& input, std::vector<Mistake>& mistakes)
        : scope_(scope), input_(input), mistakes_(mistakes) {}

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
        mistake(node, fmt::format("{} requires a {}, but this is a {}", where, to_string(of(kind)),
                                  to_string(node.type)));
    }

    // Trees may be deep: an inlined function would enlarge the stack frame of each level.
    Type typed(Node& node) {
        switch (node.op) {
            case Operator::constant:
                return type_of(node.value);
            case Operator::slot:
                if (entry_of_item(node)) return typed(node);
                return node.index < scope_.names.size() ? scope_.names[node.index].type : input_;
            case Operator::local:
                if (entry_of_item(node)) return typed(node);
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
            case Operator::none_of:
                visit(node.parts[0]);
                for (std::size_t i = 1; i < node.parts.size(); ++i)
                    test(node.parts[i], node.parts[0]);
                return of(Kind::boolean);
            case Operator::test_equal:
            case Operator::test_not_equal:
            case Operator::test_less:
            case Operator::test_less_equal:
            case Operator::test_greater:
            case Operator::test_greater_equal:
            case Operator::test_value:
            case Operator::test_holds:
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
            case Operator::item_entry:
                visit(node.parts[0]);
                visit_outside(node.parts[1]);
                return {};
            case Operator::filter:
                return filter(node);
            case Operator::call:
                return call(node);
            case Operator::invoke:
                return invocation(node);
            case Operator::function:
            case Operator::external:
                return function(node);
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

    /// A name inside a filter refers to an entry of the item before it refers to a field. If the
    /// item's entries are unknown, this is decided at evaluation.
    [[gnu::noinline]] bool entry_of_item(Node& node) {
        if (node.name.empty() || outside_) return false;
        for (auto item = items_.rbegin(); item != items_.rend(); ++item) {
            const auto& type = locals_[*item];
            // A variable inside the filter has precedence over the item.
            if (node.op == Operator::local && node.index > *item) return false;
            const bool known = std::any_of(type.entries.begin(), type.entries.end(),
                                           [&](const auto& one) { return one.name == node.name; });
            const bool may_be =
                type.kind == Kind::any || (type.kind == Kind::context && type.entries.empty());
            if (!known && !may_be) continue;
            Node local;
            local.op = Operator::local;
            local.begin = node.begin;
            local.end = node.end;
            local.index = *item;
            Node outer = node;
            node.op = known ? Operator::path : Operator::item_entry;
            node.parts.clear();
            node.parts.push_back(std::move(local));
            if (!known) node.parts.push_back(std::move(outer));
            return true;
        }
        return false;
    }

    /// Resolves a name outside the filter, for an item without such an entry.
    void visit_outside(Node& node) {
        outside_ = true;
        visit(node);
        outside_ = false;
    }

    [[gnu::noinline]] Type negated(Node& node) {
        const auto& type = visit(node.parts[0]);
        if (!open(type) && type.kind != Kind::number && !is_duration(type))
            mistake(node, fmt::format("`-` cannot be applied to a {}", to_string(type)));
        return of(type.kind);
    }

    [[gnu::noinline]] Type arithmetic(Node& node) {
        const auto a = visit(node.parts[0]);
        const auto b = visit(node.parts[1]);
        if (open(a) || open(b))
            return a.kind == Kind::number && b.kind == Kind::number ? of(Kind::number) : Type();
        const auto refuse = [&](std::string_view symbol) {
            std::string hint;
            if (symbol == "+" && (a.kind == Kind::string || b.kind == Kind::string))
                hint = "use string(...) to convert a value to a text";
            if (is_day(a) && b.kind == Kind::number) hint = "write a number of days as @\"P10D\"";
            mistake(node,
                    fmt::format("`{}` cannot combine a {} and a {}", symbol, to_string(a),
                                to_string(b)),
                    hint);
            return Type();
        };
        const auto result = arithmetic_type(node.op, a, b);
        return result ? *result : refuse(symbol_of(node.op));
    }

    /// Reports a text that an enumeration does not contain and that can never be equal to its
    /// value.
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
                hint = "write a date as @\"2026-03-02\" or date(\"2026-03-02\")";
            if (a.type.kind == Kind::number && b.type.kind == Kind::string)
                hint = "write the number without quotes";
            if (a.type.kind == Kind::boolean && b.type.kind == Kind::string)
                hint = "write true or false without quotes";
            mistake(b,
                    fmt::format("a {} is compared with a {}, which is never true",
                                to_string(a.type), to_string(b.type)),
                    hint);
        } else if (ordering && !ordered(a.type)) {
            mistake(a, fmt::format("a {} has no order", to_string(a.type)));
        }
    }

    [[gnu::noinline]] Type comparison(Node& node) {
        visit(node.parts[0]);
        visit(node.parts[1]);
        comparable(node.parts[0], node.parts[1],
                   node.op != Operator::equal && node.op != Operator::not_equal);
        return of(Kind::boolean);
    }

    [[gnu::noinline]] void test(Node& node, const Node& value) {
        node.type = of(Kind::boolean);
        auto& operand = node.parts[0];
        visit(operand);
        if (node.op == Operator::test_holds) return want(operand, Kind::boolean, "a test with `?`");
        if (node.op == Operator::test_equal || node.op == Operator::test_not_equal)
            return comparable(value, operand, false);
        if (node.op != Operator::test_value) return comparable(value, operand, true);
        if (operand.op == Operator::list && value.type.kind != Kind::list) {
            for (const auto& item : operand.parts)
                if (item.type.kind != Kind::range) comparable(value, item, false);
            return;
        }
        if (operand.op == Operator::range) return comparable(value, operand.parts[0], true);
        if (operand.type.kind == Kind::list || operand.type.kind == Kind::range) {
            const auto& element = operand.type.element;
            const bool same = operand.type.kind == value.type.kind;  // a list is in itself
            if (!same && element && !open(*element) && !open(value.type) &&
                element->kind != value.type.kind)
                mistake(operand, fmt::format("a {} is searched for in a {}, which is never true",
                                             to_string(value.type), to_string(operand.type)));
            return;
        }
        comparable(value, operand, false);
    }

    [[gnu::noinline]] Type list(Node& node) {
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

    /// Each entry can use the entries before it.
    [[gnu::noinline]] Type context(Node& node) {
        auto type = of(Kind::context);
        for (std::size_t i = 0; i < node.parts.size(); ++i) {
            const auto entry = visit(node.parts[i]);
            locals_.resize(node.index + i);
            locals_.push_back(entry);
            type.entries.emplace_back(node.names[i], entry);
        }
        // Nested types may double in size at each step: beyond this size the entries are unknown.
        if (std::size_t left = largest_type; !fits_in(type, left)) type.entries.clear();
        locals_.resize(node.index);
        return type;
    }

    [[gnu::noinline]] Type function(Node& node) {
        locals_.resize(node.index);
        locals_.insert(locals_.end(), node.types.begin(), node.types.end());
        const auto items = std::exchange(items_, {});
        auto type = of(Kind::function, visit(node.parts[0]));
        items_ = items;
        locals_.resize(node.index);
        for (const auto& parameter : node.types) type.entries.emplace_back("", parameter);
        return type;
    }

    [[gnu::noinline]] Type invocation(Node& node) {
        const auto callee = visit(node.parts[0]);
        for (std::size_t i = 1; i < node.parts.size(); ++i) visit(node.parts[i]);
        if (open(callee)) return {};
        if (callee.kind != Kind::function) {
            mistake(node.parts[0], fmt::format("a {} cannot be called", to_string(callee)));
            return {};
        }
        if (callee.entries.empty()) return callee.element ? *callee.element : Type();
        const auto count = callee.entries.size();
        if (count != node.parts.size() - 1)
            mistake(node, fmt::format("this function takes {} argument{}, not {}", count,
                                      count == 1 ? "" : "s", node.parts.size() - 1));
        else
            for (std::size_t i = 0; i < count; ++i) argument(node, i, callee.entries);
        return callee.element ? *callee.element : Type();
    }

    /// Checks an argument against the parameter with its position or name.
    void argument(const Node& call, std::size_t place, const std::vector<TypeEntry>& parameters) {
        const auto& given = call.parts[place + 1];
        const auto* parameter = &parameters[place];
        if (!call.names.empty()) {
            const auto found =
                std::find_if(parameters.begin(), parameters.end(),
                             [&](const TypeEntry& one) { return one.name == call.names[place]; });
            // The parameters of a function that an expression defines have no names here.
            if (found == parameters.end() && parameters[place].name.empty()) return;
            if (found == parameters.end()) {
                std::vector<std::string> known;
                for (const auto& one : parameters) known.push_back(one.name);
                const auto near = nearest(call.names[place], known);
                return mistake(
                    given, fmt::format("this function has no parameter `{}`", call.names[place]),
                    near ? did_you_mean(near)
                         : fmt::format("use one of: {}", fmt::join(known, ", ")));
            }
            parameter = &*found;
        }
        check_member(given, parameter->type,
                     parameter->name.empty() ? "the parameter" : parameter->name, mistakes_);
        if (!open(given.type) && !fits(given.type, parameter->type))
            mistake(given, fmt::format("a {} is required here, but this is a {}",
                                       to_string(parameter->type), to_string(given.type)));
    }

    [[gnu::noinline]] Type path(Node& node) {
        const auto from = visit(node.parts[0]);
        // A path on a list applies to each of its items.
        const auto& on = from.kind == Kind::list && from.element ? *from.element : from;
        if (on.kind == Kind::context && !on.entries.empty()) {
            std::vector<std::string> known;
            for (const auto& [name, type] : on.entries) {
                if (name == node.name) return from.kind == Kind::list ? of(Kind::list, type) : type;
                known.push_back(name);
            }
            const auto near = nearest(node.name, known);
            mistake(
                node, fmt::format("there is no entry `{}`", node.name),
                near ? did_you_mean(near) : fmt::format("use one of: {}", fmt::join(known, ", ")));
            return {};
        }
        const bool plain =
            on.kind == Kind::number || on.kind == Kind::string || on.kind == Kind::boolean;
        if (plain) mistake(node, fmt::format("a {} has no entry `{}`", to_string(on), node.name));
        const bool counted = is_day(on) || on.kind == Kind::time || is_duration(on);
        const bool clock = node.name == "time offset" || node.name == "timezone";
        return counted && !clock ? of(Kind::number) : Type();
    }

    [[gnu::noinline]] Type filter(Node& node) {
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

    [[gnu::noinline]] Type call(Node& node) {
        const auto& builtin = *node.builtin;
        for (std::size_t i = 0; i < node.parts.size(); ++i) {
            visit(node.parts[i]);
            if (builtin.parameters.empty()) continue;
            const auto& parameter = builtin.parameters[std::min(i, builtin.parameters.size() - 1)];
            // A single value is allowed in place of a list of one item.
            if (parameter.kind == Kind::any || parameter.kind == Kind::list) continue;
            want(node.parts[i], parameter.kind,
                 fmt::format("{}({})", builtin.name, parameter.name));
        }
        if (builtin.pattern < node.parts.size()) pattern(node);
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

    /// Compiles a constant pattern once, and reports an invalid pattern.
    void pattern(Node& call) {
        const auto constant = [&](std::size_t i) {
            const bool there = i < call.parts.size() && call.parts[i].op == Operator::constant;
            return there ? call.parts[i].value.as<std::string>() : nullptr;
        };
        const auto& builtin = *call.builtin;
        const auto* text = constant(builtin.pattern);
        const auto* flags = constant(builtin.flags);
        if (!text || (!flags && builtin.flags < call.parts.size())) return;
        auto compiled = Pattern::compile(*text, flags ? *flags : std::string());
        if (compiled)
            call.pattern = std::make_shared<const Pattern>(std::move(*compiled));
        else
            mistake(call.parts[builtin.pattern], "this is not a pattern, or it is too large",
                    "see docs/feel.md for the syntax of patterns");
    }

    /// Removes the values of an enumeration: the result of a function may have others.
    static Type plain(Type type) {
        type.values.clear();
        return type;
    }

    [[gnu::noinline]] Type loop(Node& node) {
        locals_.resize(node.index);
        for (std::size_t i = 0; i + 1 < node.parts.size(); ++i) {
            const auto& source = visit(node.parts[i]);
            const bool many = source.kind == Kind::list || source.kind == Kind::range;
            locals_.push_back(many && source.element ? *source.element : Type());
        }
        if (node.op == Operator::loop) locals_.push_back(of(Kind::list));
        const auto body = visit(node.parts.back());
        locals_.resize(node.index);
        if (node.op == Operator::loop) return of(Kind::list, body);
        want(node.parts.back(), Kind::boolean, "`satisfies`");
        return of(Kind::boolean);
    }

    const Scope& scope_;
    const Type& input_;  ///< of the value that unary tests apply to
    std::vector<Mistake>& mistakes_;
    bool outside_ = false;
    std::vector<Type> locals_;
    std::vector<std::uint32_t> items_;  ///< the locals that are the items of filters
};

}  // namespace

void check(Node& root, const Scope& scope, const Type& input, std::vector<Mistake>& mistakes) {
    Checker(scope, input, mistakes).visit(root);
}

}  // namespace workflow::feel
