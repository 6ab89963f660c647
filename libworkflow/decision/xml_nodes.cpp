#include "xml_nodes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "xml_bounds.hpp"
#include "xml_reader.hpp"

namespace workflow::decision {
namespace {

constexpr std::string_view blanks = " \t\r\n";

}  // namespace

std::string_view local_name(pugi::xml_node node) {
    const std::string_view name = node.name();
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool load_xml(const Sources& sources, std::uint32_t source, pugi::xml_document& document,
              DiagnosticSink& findings) {
    const auto text = sources.at(source).text();
    const auto at = [&](std::size_t byte) {
        const auto begin = static_cast<std::uint32_t>(std::min(byte, text.size()));
        return Mark{source, begin, begin + (begin < text.size() ? 1 : 0)};
    };
    if (text.size() > largest_model) {
        findings.add("too-large-model", at(0), "this model is larger than 16 MiB",
                     "split it into models that import each other");
        return false;
    }
    if (auto excess = first_excess(text)) {
        findings.add(excess->kind, at(excess->at), std::move(excess->message),
                     std::move(excess->hint));
        return false;
    }
    const auto parsed = document.load_buffer(text.data(), text.size(),
                                             pugi::parse_default | pugi::parse_ws_pcdata_single,
                                             pugi::encoding_utf8);
    if (!parsed) {
        findings.add("xml-syntax", at(static_cast<std::size_t>(parsed.offset)),
                     fmt::format("this is not XML: {}", parsed.description()),
                     "look for the error here or shortly before");
        return false;
    }
    return true;
}

Mark XmlReading::mark(pugi::xml_node node) const {
    const auto offset = node.offset_debug();
    if (offset < 0) return {source_, 0, 0};
    const auto begin = static_cast<std::uint32_t>(offset);
    return {source_, begin,
            begin + static_cast<std::uint32_t>(std::string_view(node.name()).size())};
}

std::string XmlReading::attribute(pugi::xml_node node, const char* name) const {
    return node.attribute(name).value();
}

Text XmlReading::text(pugi::xml_node node) const {
    Text taken;
    taken.mark = mark(node);
    for (const auto child : node.children()) {
        if (child.type() != pugi::node_pcdata && child.type() != pugi::node_cdata) continue;
        const std::string_view value = child.value();
        const auto first = value.find_first_not_of(blanks);
        if (taken.text.empty()) {
            if (first == std::string_view::npos) continue;
            // Before the first entity, the text in the file is the same as here.
            const auto begin = static_cast<std::uint32_t>(child.offset_debug()) +
                               static_cast<std::uint32_t>(first);
            taken.mark.begin = begin;
            taken.text = value.substr(first);
        } else {
            taken.text += value;
        }
    }
    taken.text.resize(taken.text.find_last_not_of(blanks) + 1);
    if (!taken.text.empty())
        taken.mark.end = taken.mark.begin + static_cast<std::uint32_t>(taken.text.size());
    return taken;
}

Text XmlReading::child_text(pugi::xml_node node) const {
    for (const auto child : node.children())
        if (local_name(child) == "text") return text(child);
    Text none;
    none.mark = mark(node);
    return none;
}

Variable XmlReading::variable(pugi::xml_node node) const {
    Variable made{attribute(node, "name"), attribute(node, "typeRef"), mark(node)};
    if (!made.type.empty()) return made;
    for (const auto child : node.children())
        if (local_name(child) == "typeRef") made.type = text(child).text;
    return made;
}

bool XmlReading::within(pugi::xml_node node, int depth) const {
    if (depth <= deepest_nesting) return true;
    findings_->add(
        "too-deep", mark(node),
        fmt::format("expressions and types may be nested at most {} deep", deepest_nesting));
    return false;
}

}  // namespace workflow::decision
