#pragma once

/// Internal to the XML reader: the attributes, texts and place of an element.

#include <cstddef>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "../base/diagnostics.hpp"
#include "model.hpp"

namespace workflow::decision {

/// The maximum nesting of boxed expressions and types.
inline constexpr int deepest_nesting = 64;

/// Reads text number `source` as XML. Reports a finding if it is not XML or exceeds the bounds of
/// models. Nothing outside the text is read: a document type is refused.
bool load_xml(const Sources& sources, std::uint32_t source, pugi::xml_document& document,
              DiagnosticSink& findings);

/// Returns the name of an element without the prefix of its namespace.
std::string_view local_name(pugi::xml_node node);

/// One reading of one text.
class XmlReading {
public:
    XmlReading(std::uint32_t source, DiagnosticSink& findings)
        : source_(source), findings_(&findings) {}

    /// Returns the place of the element's name in the text.
    [[nodiscard]] Mark mark(pugi::xml_node node) const;
    /// Returns the value of an attribute, or an empty text.
    [[nodiscard]] std::string attribute(pugi::xml_node node, const char* name) const;
    /// Returns the text between the element's tags, without spaces at both ends.
    [[nodiscard]] Text text(pugi::xml_node node) const;
    /// Returns the text in the element `<text>` inside.
    [[nodiscard]] Text child_text(pugi::xml_node node) const;
    /// Returns `name` and `typeRef`; the type may also be a separate element (DMN 1.1).
    [[nodiscard]] Variable variable(pugi::xml_node node) const;
    /// Returns whether `depth` is allowed; reports a finding if not.
    [[nodiscard]] bool within(pugi::xml_node node, int depth) const;
    DiagnosticSink& findings() const { return *findings_; }

private:
    std::uint32_t source_;
    DiagnosticSink* findings_;
};

/// Returns whether the element is a boxed expression.
bool is_logic(pugi::xml_node node);
Logic read_logic(const XmlReading& in, pugi::xml_node node, int depth);
/// Reads the parameters and body of a function: `functionDefinition`, `encapsulatedLogic`.
Logic read_function(const XmlReading& in, pugi::xml_node node, int depth);

}  // namespace workflow::decision
