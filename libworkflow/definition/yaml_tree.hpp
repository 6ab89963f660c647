#pragma once

/// A positioned tree of our own, built from yaml-cpp's events under limits. Scalars stay text: what
/// `no` or `0777` mean is for the reader who knows the wanted type, not for YAML 1.1.

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
    Mark mark;          ///< of a quoted scalar: what stands inside the quotes
    std::vector<YamlNode> items;
    std::vector<Entry> entries;  ///< in written order; keys are scalars and unique

    /// A plain scalar that says nothing: ``, `~`, `null`.
    [[nodiscard]] bool empty() const;
    [[nodiscard]] const YamlNode* find(std::string_view key) const;
};

struct YamlNode::Entry {
    std::string key;
    Mark key_mark;
    YamlNode value;
};

/// What one text may have.
struct YamlLimits {
    std::size_t bytes = bounds::yaml_bytes;
    std::size_t depth = bounds::yaml_depth;
    std::size_t nodes = bounds::yaml_values;
};

/// Reads text number `source`. Anchors, aliases, tags, several documents, duplicate keys, keys that
/// are not scalars, invalid UTF-8, NUL, and what exceeds `limits` are findings. Nothing is returned
/// when the text has no usable tree; otherwise the tree leaves out what was wrong.
std::optional<YamlNode> read_yaml(const Sources& sources, std::uint32_t source,
                                  DiagnosticSink& findings, const YamlLimits& limits = {});

}  // namespace workflow::definition
