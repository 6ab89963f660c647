#include "xml_bounds.hpp"

#include <fmt/format.h>

#include "../base/bounds.hpp"

namespace workflow::decision {

namespace {

/// Returns the byte after `close`, searched from `at` on, or the end of the text if it is not
/// found.
std::size_t past(std::string_view text, std::size_t at, std::string_view close) {
    const auto found = text.find(close, at);
    return found == std::string_view::npos ? text.size() : found + close.size();
}

/// Returns the byte after the tag that begins at `at`; a `>` in quotes does not end it.
std::size_t past_tag(std::string_view text, std::size_t at) {
    for (char quote = '\0'; at < text.size(); ++at) {
        const char c = text[at];
        if (quote != '\0') {
            if (c == quote) quote = '\0';
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            return at + 1;
        }
    }
    return at;
}

}  // namespace

std::optional<XmlExcess> first_excess(std::string_view text) {
    std::size_t depth = 0, elements = 0;
    for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
        const auto rest = text.substr(at);
        if (rest.starts_with("<!--")) {
            at = past(text, at + 4, "-->");
        } else if (rest.starts_with("<![CDATA[")) {
            at = past(text, at, "]]>");
        } else if (rest.starts_with("<?")) {
            at = past(text, at, "?>");
        } else if (rest.starts_with("<!")) {
            return XmlExcess{at, "xml-syntax",
                             "a DOCTYPE or similar declaration is not allowed in a model",
                             "delete it: document types and custom entities are not read"};
        } else if (rest.starts_with("</")) {
            if (depth > 0) --depth;
            at = past(text, at, ">");
        } else {
            const auto begin = at;
            at = past_tag(text, at);
            if (++elements > bounds::xml_elements)
                return XmlExcess{
                    begin, "too-large-model",
                    fmt::format("the model has more than {} elements", bounds::xml_elements),
                    "split it into several models"};
            const bool whole = at - begin > 2 && text[at - 2] == '/';
            if (!whole && ++depth > bounds::xml_depth)
                return XmlExcess{
                    begin, "too-large-model",
                    fmt::format("elements are nested more than {} deep", bounds::xml_depth), ""};
        }
    }
    return {};
}

}  // namespace workflow::decision
