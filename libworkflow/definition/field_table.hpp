#pragma once

/// Every key of the language, once: what is unknown, what the hints offer and the tables in
/// docs/language.md come from here.

#include <span>
#include <string_view>

namespace workflow::definition {

/// A key at one place of the language.
struct KeyRow {
    std::string_view key;
    std::string_view type;     ///< in words, with the unit where there is one
    std::string_view initial;  ///< what holds without it; `required`
    std::string_view meaning;
    std::string_view example;
};

/// A place where a mapping with fixed keys stands.
struct KeyGroup {
    std::string_view name;  ///< `item`, `item.limits`, `step.task`
    std::string_view noun;  ///< in messages: "an item"
    std::span<const KeyRow> rows;
};

std::span<const KeyGroup> key_groups();
/// Those of steps, which are among them.
std::span<const KeyGroup> step_key_groups();
/// Throws std::logic_error when there is none of that name.
const KeyGroup& key_group(std::string_view name);

}  // namespace workflow::definition
