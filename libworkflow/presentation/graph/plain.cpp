// Graphviz and Mermaid: the same chart, with the layout left to those tools.

#include <fmt/format.h>

#include "../text/text.hpp"
#include "palette.hpp"
#include "render.hpp"

namespace workflow::presentation {

namespace {

std::string joined(const ChartNode& node, std::string_view between) {
    std::string text;
    for (const BoxLine& line : lines_of(node))
        text += (text.empty() ? "" : std::string(between)) + line.text;
    if (node.kind == ChartNode::Kind::end && node.cases)
        text += std::string(between) + grouped(*node.cases);
    return text;
}

std::string words_on(const ChartArrow& arrow, std::string_view between) {
    std::string text = arrow.label;
    if (!arrow.detail.empty()) text += std::string(between) + arrow.detail;
    if (arrow.cases && !arrow.label.empty()) text += std::string(between) + grouped(*arrow.cases);
    return text;
}

std::string replaced(std::string_view text,
                     std::initializer_list<std::pair<char, std::string_view>> marks) {
    std::string out;
    for (const char c : text) {
        std::string_view piece(&c, 1);
        for (const auto& [mark, instead] : marks) {
            if (mark == c) piece = instead;
        }
        out += piece;
    }
    return out;
}

std::string dot_text(std::string_view text) {
    return replaced(text, {{'"', "\\\""}, {'\\', "\\\\"}, {'\n', "\\n"}});
}
std::string mermaid_text(std::string_view text) {
    return replaced(
        text, {{'"', "#quot;"}, {'#', "#35;"}, {'<', "#lt;"}, {'>', "#gt;"}, {'\n', "<br/>"}});
}

struct Plain {
    const Chart& chart;
    std::string out = {};

    [[nodiscard]] static std::string name(int node) { return fmt::format("n{}", node); }
    [[nodiscard]] bool is_region(int node) const {
        return chart.nodes[static_cast<std::size_t>(node)].kind == ChartNode::Kind::region;
    }
    /// Returns the fork or the join of a region as the end of its arrows.
    [[nodiscard]] std::string from_of(const ChartArrow& arrow) const {
        if (!is_region(arrow.from)) return name(arrow.from);
        return name(arrow.from) + (arrow.inside_from ? "_fork" : "_join");
    }
    [[nodiscard]] std::string to_of(const ChartArrow& arrow) const {
        if (!is_region(arrow.to)) return name(arrow.to);
        return name(arrow.to) + (arrow.inside_to ? "_join" : "_fork");
    }

    void dot_nodes(int parent, const std::string& indent) {
        for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
            const ChartNode& node = chart.nodes[i];
            if (node.parent != parent) continue;
            const std::string id = name(static_cast<int>(i));
            const std::string label = dot_text(joined(node, "\n"));
            switch (node.kind) {
                case ChartNode::Kind::region:
                    out += fmt::format(
                        "{0}subgraph cluster_{1} {{\n{0}  label=\"{2}\"; style=rounded; "
                        "color=\"#94a3b8\";\n",
                        indent, id, label);
                    out += fmt::format(
                        "{0}  {1}_fork [shape=box, height=0.06, label=\"\", style=filled, "
                        "fillcolor=\"#334155\"];\n"
                        "{0}  {1}_join [shape=box, height=0.06, label=\"\", style=filled, "
                        "fillcolor=\"#334155\"];\n",
                        indent, id);
                    dot_nodes(static_cast<int>(i), indent + "  ");
                    out += indent + "}\n";
                    break;
                case ChartNode::Kind::start:
                    out += fmt::format(
                        "{}{} [shape=circle, width=0.25, label=\"\", style=filled, "
                        "fillcolor=\"#0f172a\"];\n",
                        indent, id);
                    break;
                case ChartNode::Kind::end:
                    out += fmt::format("{}{} [shape=doublecircle, label=\"{}\", color=\"{}\"];\n",
                                       indent, id, label, colour_of_end(node.end));
                    break;
                case ChartNode::Kind::choose:
                    out += fmt::format("{}{} [shape=diamond, label=\"{}\", color=\"#d97706\"];\n",
                                       indent, id, label);
                    break;
                case ChartNode::Kind::task:
                    out += fmt::format(
                        "{}{} [shape=box, style=rounded, label=\"{}\", color=\"{}\"];\n", indent,
                        id, label, colour_of_duty(node.duty));
                    break;
                case ChartNode::Kind::wait:
                case ChartNode::Kind::withdrawal:
                    out +=
                        fmt::format("{}{} [shape=box, style=\"rounded,dashed\", label=\"{}\"];\n",
                                    indent, id, label);
                    break;
            }
        }
    }

    void mermaid_nodes(int parent, const std::string& indent) {
        for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
            const ChartNode& node = chart.nodes[i];
            if (node.parent != parent) continue;
            const std::string id = name(static_cast<int>(i));
            const std::string label = mermaid_text(joined(node, "\n"));
            switch (node.kind) {
                case ChartNode::Kind::region:
                    out += fmt::format(
                        "{0}subgraph {1}[\"{2}\"]\n{0}  {1}_fork[ ]\n{0}  {1}_join[ ]\n", indent,
                        id, label);
                    mermaid_nodes(static_cast<int>(i), indent + "  ");
                    out += indent + "end\n";
                    break;
                case ChartNode::Kind::start:
                    out += fmt::format("{}{}(( ))\n", indent, id);
                    break;
                case ChartNode::Kind::end:
                    out += fmt::format("{}{}(((\"{}\")))\n", indent, id, label);
                    break;
                case ChartNode::Kind::choose:
                    out += fmt::format("{}{}{{\"{}\"}}\n", indent, id, label);
                    break;
                case ChartNode::Kind::task:
                    out += fmt::format("{}{}(\"{}\")\n", indent, id, label);
                    break;
                case ChartNode::Kind::wait:
                case ChartNode::Kind::withdrawal:
                    out += fmt::format("{}{}([\"{}\"])\n", indent, id, label);
                    break;
            }
        }
    }
};

}  // namespace

std::string dot_of(const Chart& chart) {
    Plain plain{chart};
    plain.out = fmt::format(
        "digraph workflow {{\n  label=\"{}\"; labelloc=t; fontname=\"Noto Sans CJK SC\";\n"
        "  node [fontname=\"Noto Sans CJK SC\"]; edge [fontname=\"Noto Sans CJK SC\", "
        "fontsize=10];\n",
        dot_text(words_of(chart.title, chart.language)));
    plain.dot_nodes(nowhere, "  ");
    for (const ChartArrow& arrow : chart.arrows) {
        plain.out += fmt::format("  {} -> {} [label=\"{}\"{}];\n", plain.from_of(arrow),
                                 plain.to_of(arrow), dot_text(words_on(arrow, "\n")),
                                 arrow.kind == ChartArrow::Kind::timer ? ", style=dashed" : "");
    }
    return plain.out + "}\n";
}

std::string mermaid_of(const Chart& chart) {
    Plain plain{chart};
    plain.out = fmt::format("---\ntitle: \"{}\"\n---\nflowchart TD\n",
                            dot_text(words_of(chart.title, chart.language)));
    plain.mermaid_nodes(nowhere, "  ");
    for (const ChartArrow& arrow : chart.arrows) {
        const std::string words = mermaid_text(words_on(arrow, "\n"));
        const bool dashed = arrow.kind == ChartArrow::Kind::timer;
        plain.out += fmt::format("  {} {}{} {}\n", plain.from_of(arrow), dashed ? "-.->" : "-->",
                                 words.empty() ? "" : "|\"" + words + "\"|", plain.to_of(arrow));
    }
    return plain.out;
}

}  // namespace workflow::presentation
