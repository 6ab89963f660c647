#include "types.hpp"

#include <array>

namespace workflow::feel {

Kind kind_of(const Value& value) {
    static constexpr std::array kinds{
        Kind::null,    Kind::boolean,   Kind::number,        Kind::string,          Kind::date,
        Kind::time,    Kind::date_time, Kind::days_duration, Kind::months_duration, Kind::list,
        Kind::context, Kind::range,     Kind::function};
    return kinds.at(value.held().index());
}

std::string to_string(const Type& type) {
    switch (type.kind) {
        case Kind::any:
            return "any value";
        case Kind::null:
            return "null";
        case Kind::boolean:
            return "boolean";
        case Kind::number:
            return "number";
        case Kind::string:
            return "string";
        case Kind::date:
            return "date";
        case Kind::time:
            return "time";
        case Kind::date_time:
            return "date and time";
        case Kind::days_duration:
            return "days and time duration";
        case Kind::months_duration:
            return "years and months duration";
        case Kind::list:
            return type.element && type.element->kind != Kind::any
                       ? "list of " + to_string(*type.element)
                       : "list";
        case Kind::context:
            return "context";
        case Kind::range:
            return type.element && type.element->kind != Kind::any
                       ? "range of " + to_string(*type.element)
                       : "range";
        case Kind::function:
            return "function";
    }
    return "any value";
}

}  // namespace workflow::feel
