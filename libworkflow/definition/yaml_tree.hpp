#pragma once

/// A tree with positions, built from the events of yaml-cpp within limits. Scalars stay texts: the
/// reader that knows the expected type interprets `no` or `0777`, not the rules of YAML 1.1.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "../base/bounds.hpp"
#include "../base/diagnostics.hpp"
#include "../base/source.hpp"

namespace workflow::definition {

struct YamlNode {
    enum class Kind : std::uint8_t { scalar, sequence, mapping };
    struct Entry;

    Kind kind = Kind::scalar;
    bool plain = true;  ///< a scalar written without quotes
    std::string text;   ///< of a scalar
    Mark mark;          ///< of a quoted scalar: the content inside the quotes
    std::vector<YamlNode> items;
    std::vector<Entry> entries;  ///< in the written order; keys are scalars and unique

    /// Returns whether this is a plain scalar without a value: ``, `~`, `null`.
    [[nodiscard]] bool empty() const;
    [[nodiscard]] const YamlNode* find(std::string_view key) const;
};

struct YamlNode::Entry {
    std::string key;
    Mark key_mark;
    YamlNode value;
};

/// The limits for one text.
struct YamlLimits {
    std::size_t bytes = bounds::yaml_bytes;
    std::size_t depth = bounds::yaml_depth;
    std::size_t nodes = bounds::yaml_values;
};

/// Reads text number `source`. Reports findings for anchors, aliases, tags, several documents,
/// duplicate keys, keys that are not scalars, invalid UTF-8, NUL, and for what exceeds `limits`.
/// Returns no value if the text has no usable tree; otherwise the tree leaves out the erroneous
/// parts.
std::optional<YamlNode> read_yaml(const Sources& sources, std::uint32_t source,
                                  DiagnosticSink& findings, const YamlLimits& limits = {});

}  // namespace workflow::definition
