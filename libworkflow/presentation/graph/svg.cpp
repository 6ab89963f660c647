#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <numeric>

#include "../../base/markup.hpp"
#include "../text/text.hpp"
#include "palette.hpp"
#include "render.hpp"
#include "svg_shapes.hpp"

namespace workflow::presentation {

namespace {

constexpr double margin = 32;
constexpr double head = 66;

struct Svg {
    const Chart& chart;
    const Layout& layout;
    std::string out = {};
    std::map<std::string, std::string> colours = {};

    template <class... Args>
    void add(fmt::format_string<Args...> format, Args&&... args) {
        fmt::format_to(std::back_inserter(out), format, std::forward<Args>(args)...);
    }
    void text(double x, double y, std::string_view words, double size, const char* fill,
              bool strong = false, const char* anchor = "middle") {
        add("<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{}\" fill=\"{}\" "
            "text-anchor=\"{}\"{}>{}</text>\n",
            x, y, size, fill, anchor, strong ? " font-weight=\"600\"" : "", xml_escaped(words));
    }
    /// Writes lines centred in a column, with the top of the first one at `y`.
    void column(double x, double y, const std::vector<BoxLine>& lines,
                const char* first = "#0f172a") {
        bool beginning = true;
        for (const BoxLine& line : lines) {
            const bool title = line.size >= metrics::title;
            const double height = title ? metrics::line_title : metrics::line_text;
            text(x, y + height * 0.74, line.text, line.size,
                 title ? first
                       : (line.strong ? "#b45309"
                          : beginning ? "#0f172a"
                                      : "#475569"),
                 line.strong);
            y += height;
            beginning = false;
        }
    }

    void frame(std::size_t i) {
        const ChartNode& node = chart.nodes[i];
        const NodeLayout& at = layout.nodes[i];
        add("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"14\" "
            "fill=\"{}\" "
            "stroke=\"#94a3b8\" stroke-width=\"1.2\"/>\n",
            at.box.left, at.box.top, at.box.width, at.box.height,
            depth(node) % 2 == 0 ? "#f1f5f9" : "#f8fafc");
        double x = at.box.left + 16;
        for (const BoxLine& line : lines_of(node)) {
            const bool title = line.size >= metrics::title;
            text(x, at.box.top + 23, line.text, line.size, title ? "#0f172a" : "#475569",
                 line.strong, "start");
            x += text_width(line.text, line.size) + 14;
        }
    }
    [[nodiscard]] int depth(const ChartNode& node) const {
        int count = 0;
        for (int up = node.parent; up != nowhere;
             up = chart.nodes[static_cast<std::size_t>(up)].parent)
            ++count;
        return count;
    }

    void bar(const Box& box, bool end) {
        if (box.width < 20) {
            add("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\" fill=\"{}\" stroke=\"#334155\" "
                "stroke-width=\"1.6\"/>\n",
                box.middle(), box.top + box.height / 2, end ? "#ffffff" : "#334155");
            return;
        }
        add("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"3\" "
            "fill=\"#334155\"/>\n",
            box.left, box.top, box.width, box.height);
    }

    void arrow(std::size_t i) {
        const ChartArrow& of = chart.arrows[i];
        const ArrowLayout& at = layout.arrows[i];
        if (at.stroke.curves.empty()) return;
        const bool unused = chart.cases && of.cases.value_or(0) == 0;
        const std::string colour = unused ? "#cbd5e1" : colour_of_arrow(of);
        const double width = unused ? 1.3 : at.width;
        const double size = std::max(8.0, width * 1.5 + 4);
        Stroke stroke = at.stroke;
        const Point tip = shorten(stroke, size * 0.8);
        add("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{:.1f}\"{}/>\n",
            path_of(stroke), colour, width,
            of.kind == ChartArrow::Kind::timer ? " stroke-dasharray=\"6 4\"" : "");
        const Point& last = stroke.curves.back()[2];
        const double length = std::hypot(tip.x - last.x, tip.y - last.y);
        const double dx = length > 0 ? (tip.x - last.x) / length : 0,
                     dy = length > 0 ? (tip.y - last.y) / length : 1;
        const double base_x = tip.x - dx * size, base_y = tip.y - dy * size, half = size * 0.52;
        add("<path d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}L{:.1f} {:.1f}Z\" fill=\"{}\"/>\n", tip.x, tip.y,
            base_x - dy * half, base_y + dx * half, base_x + dy * half, base_y - dx * half, colour);
    }

    void label(std::size_t i) {
        const ChartArrow& of = chart.arrows[i];
        const ArrowLayout& at = layout.arrows[i];
        if (at.lines.empty()) return;
        const bool unused = chart.cases && of.cases.value_or(0) == 0;
        add("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"{}\" "
            "fill=\"#ffffff\" "
            "stroke=\"{}\" stroke-width=\"1\"/>\n",
            at.label.left, at.label.top, at.label.width, at.label.height, 9,
            unused ? "#e2e8f0" : colour_of_label(of));
        double middle = at.label.middle();
        if (of.kind == ChartArrow::Kind::timer) {
            out += clock_icon(at.label.left + 14, at.label.top + 3 + metrics::label_line / 2, 5.5,
                              "#7c3aed");
            middle += 8;
        }
        const bool counted = of.cases.has_value();
        for (std::size_t k = 0; k < at.lines.size(); ++k) {
            const bool count = counted && k + 1 == at.lines.size();
            text(middle, at.label.top + 3 + metrics::label_line * (static_cast<double>(k) + 0.76),
                 at.lines[k], metrics::text,
                 unused  ? "#94a3b8"
                 : count ? "#0f172a"
                         : "#334155",
                 count);
        }
    }

    void task(const ChartNode& node, const Box& box) {
        const std::string& colour = colours.at(node.duty);
        add("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"10\" "
            "fill=\"#0f172a\" "
            "fill-opacity=\"0.07\"/>\n",
            box.left + 1.5, box.top + 3, box.width, box.height);
        add("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"10\" "
            "fill=\"#ffffff\"/>\n",
            box.left, box.top, box.width, box.height);
        add("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"10\" "
            "fill=\"{}\" "
            "fill-opacity=\"0.08\" stroke=\"{}\" stroke-width=\"1.6\"/>\n",
            box.left, box.top, box.width, box.height, colour, colour);
        add("<path d=\"M{0:.1f} {1:.1f}v{2:.1f}\" stroke=\"{3}\" stroke-width=\"5\" "
            "stroke-linecap=\"round\"/>\n",
            box.left + 9, box.top + 11, box.height - 22, colour);
        column(box.middle() + 4, box.top + 9, lines_of(node));
        if (!node.seal.empty()) out += seal_icon(box.right() - 17, box.top + 17);
        const double beside = node.seal.empty() ? 17 : 39;
        if (node.drawn) out += die_icon(box.right() - beside, box.top + 17, colour);
    }

    void node(std::size_t i) {
        const ChartNode& of = chart.nodes[i];
        const NodeLayout& at = layout.nodes[i];
        const Box& box = at.box;
        using Kind = ChartNode::Kind;
        switch (of.kind) {
            case Kind::start:
                add("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\" fill=\"#0f172a\"/>\n",
                    box.middle(), box.top + box.height / 2, metrics::start_circle / 2);
                return;
            case Kind::task:
                task(of, box);
                return;
            case Kind::choose: {
                add("<path d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}L{:.1f} {:.1f}L{:.1f} {:.1f}Z\" "
                    "fill=\"#fffbeb\" "
                    "stroke=\"#d97706\" stroke-width=\"1.6\" stroke-linejoin=\"round\"/>\n",
                    box.middle(), box.top, box.right(), box.top + box.height / 2, box.middle(),
                    box.bottom(), box.left, box.top + box.height / 2);
                const auto lines = lines_of(of);
                double height = 0;
                for (const auto& line : lines)
                    height +=
                        line.size >= metrics::title ? metrics::line_title : metrics::line_text;
                column(box.middle(), box.top + (box.height - height) / 2, lines);
                return;
            }
            case Kind::wait:
            case Kind::withdrawal:
                add("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"{}\" "
                    "fill=\"#ffffff\" "
                    "stroke=\"#64748b\" stroke-width=\"1.4\" stroke-dasharray=\"5 3\"/>\n",
                    box.left, box.top, box.width, box.height,
                    of.kind == Kind::wait ? 10.0 : box.height / 2);
                column(box.middle(), box.top + 9, lines_of(of));
                if (of.kind == Kind::wait)
                    out += clock_icon(box.right() - 15, box.top + 15, 6.5, "#64748b");
                return;
            case Kind::end: {
                const char* colour = colour_of_end(of.end);
                const double y = at.shape.top + at.shape.height / 2;
                add("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\" fill=\"#ffffff\" stroke=\"{}\" "
                    "stroke-width=\"4\"/>\n",
                    box.middle(), y, metrics::end_circle / 2 - 2, colour);
                out += end_icon(of.end, box.middle(), y, colour);
                auto lines = lines_of(of);
                column(box.middle(), at.shape.bottom() + 4, lines);
                if (of.cases) {
                    text(box.middle(), box.bottom() - 5, grouped(*of.cases), metrics::title, colour,
                         true);
                }
                return;
            }
            case Kind::region:
                return;
        }
    }

    double header(double width) {
        const std::string title = words_of(chart.title, chart.language);
        text(margin, 42, chart.title.in(chart.language == ChartLanguage::en ? "en" : "zh"), 21,
             "#0f172a", true, "start");
        std::string under;
        if (chart.language == ChartLanguage::both && !chart.title.en.empty() &&
            !chart.title.zh.empty())
            under = chart.title.en + "  ·  ";
        under += chart.id + fmt::format("  ·  r{}", chart.revision);
        if (!chart.limits.empty()) under += "  ·  " + chart.limits;
        text(margin, 64, under, 12.5, "#475569", false, "start");
        if (chart.cases) {
            text(width - margin, 42, grouped(*chart.cases), 21, "#0f172a", true, "end");
            text(width - margin, 64, say("件", "cases"), 12.5, "#475569", false, "end");
        }
        return std::max(text_width(title, 21), text_width(under, 12.5)) + 2 * margin;
    }
    [[nodiscard]] std::string say(const char* zh, const char* en) const {
        return words_of(Title{zh, en}, chart.language);
    }

    struct Entry {
        std::string icon, words;
    };
    [[nodiscard]] std::vector<Entry> legend_entries() const {
        std::vector<Entry> entries;
        for (const auto& node : chart.nodes) {
            if (node.kind != ChartNode::Kind::task) continue;
            const std::string icon = fmt::format(
                "<rect x=\"0\" y=\"-10\" width=\"16\" height=\"12\" rx=\"3\" fill=\"{}\"/>",
                colours.at(node.duty));
            const std::string words = say_duty(node.duty);
            if (std::ranges::none_of(entries, [&](const Entry& e) { return e.words == words; }))
                entries.push_back({icon, words});
        }
        const auto any = [&](auto test) { return std::ranges::any_of(chart.arrows, test); };
        if (any([](const ChartArrow& a) { return a.back; })) {
            entries.push_back({"<path d=\"M0 -4h22\" stroke=\"#d97706\" stroke-width=\"2\"/>",
                               say("退回前一步", "goes back")});
        }
        if (any([](const ChartArrow& a) { return a.kind == ChartArrow::Kind::timer; })) {
            entries.push_back(
                {"<path d=\"M0 -4h22\" stroke=\"#8b5cf6\" stroke-width=\"2\" stroke-dasharray=\"6 "
                 "4\"/>",
                 say("期满", "when time has passed")});
        }
        const auto any_node = [&](auto test) { return std::ranges::any_of(chart.nodes, test); };
        if (any_node([](const ChartNode& n) { return n.drawn; })) {
            entries.push_back(
                {die_icon(9, -4, "#2563eb"), say("系统随机抽取", "drawn, nobody picks")});
        }
        if (any_node([](const ChartNode& n) { return !n.seal.empty(); })) {
            entries.push_back({seal_icon(9, -4), say("用印", "sealed")});
        }
        if (chart.cases) {
            entries.push_back({"<path d=\"M0 -4h22\" stroke=\"#64748b\" stroke-width=\"7\"/>",
                               say("宽度为办件占比", "width: share of cases")});
        }
        return entries;
    }
    [[nodiscard]] std::string say_duty(const std::string& duty) const {
        const auto known = duty_title(duty);
        return known ? words_of(*known, chart.language) : duty;
    }

    /// Draws the legend from `y` down; returns where it ends.
    double legend(double y, double width) {
        const auto entries = legend_entries();
        if (entries.empty()) return y;
        double x = margin;
        add("<path d=\"M{:.1f} {:.1f}H{:.1f}\" stroke=\"#e2e8f0\"/>\n", margin, y, width - margin);
        y += 26;
        for (const Entry& entry : entries) {
            const double needed = 28 + text_width(entry.words, 12) + 22;
            if (x + needed > width - margin + 22 && x > margin) {
                x = margin;
                y += 24;
            }
            add("<g transform=\"translate({:.1f} {:.1f})\">{}</g>\n", x, y, entry.icon);
            text(x + 28, y, entry.words, 12, "#475569", false, "start");
            x += needed;
        }
        return y + 8;
    }

    std::string run() {
        for (const auto& node : chart.nodes) {
            if (node.kind == ChartNode::Kind::task)
                colours.try_emplace(node.duty, colour_of_duty(node.duty));
        }
        std::string body;
        std::swap(out, body);
        for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
            if (chart.nodes[i].kind == ChartNode::Kind::region) frame(i);
        }
        std::vector<std::size_t> arrows(chart.arrows.size());
        std::iota(arrows.begin(), arrows.end(), std::size_t{0});
        std::ranges::stable_sort(arrows, [&](auto a, auto b) {
            return layout.arrows[a].width > layout.arrows[b].width;
        });
        for (const auto i : arrows) arrow(i);
        for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
            if (chart.nodes[i].kind != ChartNode::Kind::region) continue;
            bar(layout.nodes[i].fork, false);
            const NodeLayout& region = layout.nodes[i];
            add("<path d=\"M{:.1f} {:.1f}V{:.1f}\" stroke=\"#64748b\" stroke-width=\"1.6\"/>\n",
                region.join.middle(), region.join.bottom(), region.box.bottom());
            bar(region.join, true);
        }
        for (std::size_t i = 0; i < chart.nodes.size(); ++i) node(i);
        for (std::size_t i = 0; i < chart.arrows.size(); ++i) label(i);
        std::string drawing;
        std::swap(out, drawing);
        const double words = header(0);
        out.clear();
        const double width = std::max({layout.width + 2 * margin, words + 120, 480.0});
        const double top = head + 26;
        header(width);
        add("<g transform=\"translate({:.1f} {:.1f})\">\n", (width - layout.width) / 2, top);
        out += drawing;
        out += "</g>\n";
        const double height = legend(top + layout.height + 26, width) + 22;
        std::string whole = fmt::format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
            "viewBox=\"0 0 {0:.0f} {1:.0f}\" "
            "role=\"img\" font-family=\"'Noto Sans CJK SC','Noto Sans SC','Source Han Sans "
            "SC','PingFang SC',"
            "'Microsoft YaHei','Helvetica Neue',Arial,sans-serif\">\n<title>{2}</title>\n"
            "<rect x=\"0.5\" y=\"0.5\" width=\"{3:.0f}\" height=\"{4:.0f}\" rx=\"16\" "
            "fill=\"#ffffff\" stroke=\"#e2e8f0\"/>\n",
            width, height, xml_escaped(words_of(chart.title, chart.language)), width - 1,
            height - 1);
        return whole + out + "</svg>\n";
    }
};

}  // namespace

std::string svg_of(const Chart& chart, const Layout& layout) {
    return Svg{chart, layout}.run();
}

}  // namespace workflow::presentation
