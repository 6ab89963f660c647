#pragma once

/// The single list of all keys of the language. The check for unknown keys, the hints and the
/// tables in docs/language.md are derived from it.

#include <span>
#include <string_view>

namespace workflow::definition {

/// A key at one place in the language.
struct KeyRow {
    std::string_view key;
    std::string_view type;     ///< in words, with the unit if there is one
    std::string_view initial;  ///< what applies if the key is not given; `required`
    std::string_view meaning;
    std::string_view example;
};

/// A place in the language where a mapping with fixed keys is expected.
struct KeyGroup {
    std::string_view name;  ///< `item`, `item.limits`, `step.task`
    std::string_view noun;  ///< in messages: "an item"
    std::span<const KeyRow> rows;
};

std::span<const KeyGroup> key_groups();
/// Returns the groups of the organization, which are also among the groups above.
std::span<const KeyGroup> organization_key_groups();
/// Returns the groups of steps, which are also among the groups above.
std::span<const KeyGroup> step_key_groups();
/// Returns the group with this name. Throws std::logic_error if there is none.
const KeyGroup& key_group(std::string_view name);

}  // namespace workflow::definition
