#include "type_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../base/diagnostics.hpp"
#include "checker.hpp"

namespace workflow::feel {
bool is_duration(const Type& type) {
    return type.kind == Kind::days_duration || type.kind == Kind::months_duration;
}

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

bool is_day(const Type& type) {
    return type.kind == Kind::date || type.kind == Kind::date_time;
}

bool ordered(const Type& type) {
    return type.kind == Kind::number || type.kind == Kind::string || type.kind == Kind::date ||
           type.kind == Kind::time || type.kind == Kind::date_time || is_duration(type);
}

Type type_of(const Value& value) {
    auto type = of(kind_of(value));
    type.nullable = value.is_null();
    return type;
}

bool fits_in(const Type& type, std::size_t& left) {
    if (left == 0) return false;
    --left;
    if (type.element && !fits_in(*type.element, left)) return false;
    return std::all_of(type.entries.begin(), type.entries.end(),
                       [&](const TypeEntry& entry) { return fits_in(entry.type, left); });
}

Type common(const Type& a, const Type& b) {
    if (a.kind == Kind::null) return b;
    if (b.kind == Kind::null) return a;
    auto type = a.kind == b.kind ? of(a.kind) : Type();
    if (a.kind == b.kind && (a.kind == Kind::list || a.kind == Kind::range))
        type.element = a.element;
    return type;
}

std::optional<Type> arithmetic_type(Operator op, const Type& a, const Type& b) {
    const bool numbers = a.kind == Kind::number && b.kind == Kind::number;
    switch (op) {
        case Operator::add:
            if (numbers || (a.kind == b.kind && (a.kind == Kind::string || is_duration(a))))
                return of(a.kind);
            if ((is_day(a) || a.kind == Kind::time) && is_duration(b)) return of(a.kind);
            if (is_duration(a) && (is_day(b) || b.kind == Kind::time)) return of(b.kind);
            return {};
        case Operator::subtract:
            if (numbers || (a.kind == b.kind && is_duration(a))) return of(a.kind);
            if ((is_day(a) || a.kind == Kind::time) && is_duration(b)) return of(a.kind);
            if ((is_day(a) && is_day(b)) || (a.kind == Kind::time && b.kind == Kind::time))
                return of(Kind::days_duration);
            return {};
        case Operator::multiply:
            if (numbers) return of(Kind::number);
            if (is_duration(a) && b.kind == Kind::number) return of(a.kind);
            if (is_duration(b) && a.kind == Kind::number) return of(b.kind);
            return {};
        case Operator::divide:
            if (numbers || (a.kind == b.kind && is_duration(a))) return of(Kind::number);
            if (is_duration(a) && b.kind == Kind::number) return of(a.kind);
            return {};
        default:
            return numbers ? std::optional(of(Kind::number)) : std::nullopt;
    }
}

std::string_view symbol_of(Operator op) {
    switch (op) {
        case Operator::add:
            return "+";
        case Operator::subtract:
            return "-";
        case Operator::multiply:
            return "*";
        case Operator::divide:
            return "/";
        default:
            return "**";
    }
}

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
                             : fmt::format("use one of: {}", fmt::join(values, ", "))});
}

bool fits(const Type& given, const Type& wanted) {
    if (given.kind == Kind::any || given.kind == Kind::null || wanted.kind == Kind::any)
        return true;
    if (given.kind != wanted.kind) return false;
    return !given.element || !wanted.element || fits(*given.element, *wanted.element);
}

}  // namespace workflow::feel
