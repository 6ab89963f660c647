#pragma once

/// Inside of the XML reader: an element's attributes, texts and place.

#include <cstddef>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "../base/diagnostics.hpp"
#include "model.hpp"

namespace workflow::decision {

/// Boxed expressions, and types, within each other.
inline constexpr int deepest_nesting = 64;

/// Reads text number `source` as XML; a finding says why when it is none, or beyond the bounds of
/// models. Nothing outside of the text is read: a document type is refused.
bool load_xml(const Sources& sources, std::uint32_t source, pugi::xml_document& document,
              DiagnosticSink& findings);

/// An element's name without the prefix of its namespace.
std::string_view local_name(pugi::xml_node node);

/// One reading of one text.
class XmlReading {
public:
    XmlReading(std::uint32_t source, DiagnosticSink& findings)
        : source_(source), findings_(&findings) {}

    /// The element's name in the text.
    [[nodiscard]] Mark mark(pugi::xml_node node) const;
    /// An attribute's value, or nothing.
    [[nodiscard]] std::string attribute(pugi::xml_node node, const char* name) const;
    /// What stands between the element's tags, blanks at both ends taken off.
    [[nodiscard]] Text text(pugi::xml_node node) const;
    /// What stands in the element `<text>` inside.
    [[nodiscard]] Text child_text(pugi::xml_node node) const;
    /// `name` and `typeRef`; the type may also stand in an element of its own (DMN 1.1).
    [[nodiscard]] Variable variable(pugi::xml_node node) const;
    /// Whether `depth` is allowed; a finding says when it is not.
    [[nodiscard]] bool within(pugi::xml_node node, int depth) const;
    DiagnosticSink& findings() const { return *findings_; }

private:
    std::uint32_t source_;
    DiagnosticSink* findings_;
};

/// Whether the element is a boxed expression.
bool is_logic(pugi::xml_node node);
Logic read_logic(const XmlReading& in, pugi::xml_node node, int depth);
/// A function's parameters and body: `functionDefinition`, `encapsulatedLogic`.
Logic read_function(const XmlReading& in, pugi::xml_node node, int depth);

}  // namespace workflow::decision
