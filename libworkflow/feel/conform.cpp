#include "conform.hpp"

#include <algorithm>

#include "function.hpp"

namespace workflow::feel {
namespace {

bool every(const List& list, const Type& type) {
    return std::all_of(list.begin(), list.end(),
                       [&](const Value& item) { return conforms(item, type); });
}

}  // namespace

bool conforms(const Value& value, const Type& type) {
    if (type.kind == Kind::any) return true;
    if (value.is_null()) return type.kind == Kind::null || type.nullable;
    if (kind_of(value) != type.kind) return false;
    switch (type.kind) {
        case Kind::list:
            return !type.element || every(*value.as<List>(), *type.element);
        case Kind::range: {
            const auto& range = *value.as<Range>();
            return !type.element ||
                   (conforms(range.low, *type.element) && conforms(range.high, *type.element));
        }
        case Kind::context: {
            const auto& entries = *value.as<Context>();
            return std::all_of(type.entries.begin(), type.entries.end(), [&](const auto& wanted) {
                const auto found =
                    std::find_if(entries.begin(), entries.end(),
                                 [&](const auto& entry) { return entry.first == wanted.name; });
                return found != entries.end() && conforms(found->second, wanted.type);
            });
        }
        case Kind::function: {
            const auto parameters = value.as<Function>()->parameters();
            return type.entries.empty() || parameters.size() == type.entries.size();
        }
        default:
            return true;
    }
}

Value coerce(Value value, const Type& type) {
    if (conforms(value, type)) return value;
    if (const auto* items = value.as<List>();
        items && items->size() == 1 && conforms(items->front(), type))
        return items->front();
    if (type.kind == Kind::list && (!type.element || conforms(value, *type.element)))
        return List{std::move(value)};
    if (const auto* date = value.as<Date>(); date && type.kind == Kind::date_time)
        return DateTime{*date, {0, ClockZone{}}};
    return {};
}

}  // namespace workflow::feel
