#pragma once

/// The types of FEEL values, as the checker sees them.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/values.hpp>

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

struct TypeEntry;

struct Type {
    Kind kind = Kind::any;
    bool nullable = true;
    /// of a list or a range; of a function: its result; empty: any
    std::shared_ptr<const Type> element;
    /// of a string: the only values that it can have; empty: any
    std::vector<std::string> values;
    /// The entries of a context, or the parameters of a function, without names.
    std::vector<TypeEntry> entries;
};

struct TypeEntry {
    std::string name;
    Type type;
    TypeEntry(std::string entry_name, Type entry_type)
        : name(std::move(entry_name)), type(std::move(entry_type)) {}
};

/// Returns the kind of a value.
Kind kind_of(const Value& value);

std::string to_string(const Type& type);

}  // namespace workflow::feel
