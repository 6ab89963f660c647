#pragma once

/// Types of FEEL values, as the checker sees them.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace workflow::feel {

enum class Kind : std::uint8_t {
    any,
    null,
    boolean,
    number,
    string,
    date,
    time,
    date_time,
    days_duration,
    months_duration,
    list,
    context,
    range,
    function
};

struct Type {
    Kind kind = Kind::any;
    bool nullable = true;
    std::shared_ptr<const Type> element;  ///< of a list or a range; nothing: any
    std::vector<std::string> values;      ///< of a string: the only values it can have; empty: any
    std::vector<std::pair<std::string, Type>> entries;  ///< of a context
};

std::string to_string(const Type& type);

}  // namespace workflow::feel
