#include "layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "../text/text.hpp"
#include "level_builder.hpp"
#include "stroke.hpp"

namespace workflow::presentation {

namespace {

void move(Box& box, double x, double y) {
    box.left += x;
    box.top += y;
}

struct Drawing {
    Chart& chart;
    Layout layout = {};
    std::vector<BoxSize> sizes = {};

    // ------------------------------------------------------------ sizes

    void measure_arrow(std::size_t i) {
        const ChartArrow& arrow = chart.arrows[i];
        ArrowLayout& out = layout.arrows[i];
        out.lines = folded(arrow.label, metrics::text, 150);
        for (auto& line : folded(arrow.detail, metrics::small, 170))
            out.lines.push_back(std::move(line));
        if (arrow.cases && !arrow.inside_from) out.lines.push_back(grouped(*arrow.cases));
        double widest = 0;
        for (const auto& line : out.lines)
            widest = std::max(widest, text_width(line, metrics::text));
        if (arrow.kind == ChartArrow::Kind::timer) widest += 16;  // the clock before the words
        if (!out.lines.empty()) {
            out.label.width = widest + 2 * metrics::label_padding;
            out.label.height = static_cast<double>(out.lines.size()) * metrics::label_line + 6;
        }
        out.width = 1.6;
        if (arrow.cases && chart.cases.value_or(0) > 0) {
            const double share =
                static_cast<double>(*arrow.cases) / static_cast<double>(*chart.cases);
            out.width = 1.4 + 7.6 * std::min(1.0, share);
        }
    }

    void measure_node(std::size_t i) {
        const ChartNode& node = chart.nodes[i];
        BoxSize& size = sizes[i];
        if (node.kind == ChartNode::Kind::start) {
            size.width = size.height = metrics::start_circle;
            return;
        }
        double widest = 0, height = 0;
        for (const BoxLine& line : lines_of(node)) {
            widest = std::max(widest, text_width(line.text, line.size));
            height += line.size >= metrics::title ? metrics::line_title : metrics::line_text;
        }
        const std::string badge = node.cases ? grouped(*node.cases) : std::string();
        switch (node.kind) {
            case ChartNode::Kind::end:
                if (!badge.empty()) height += metrics::line_text;
                widest = std::max(widest, text_width(badge, metrics::title));
                size.width = std::max(widest, metrics::end_circle) + 8;
                size.height = metrics::end_circle + 6 + height;
                break;
            case ChartNode::Kind::choose:
                size.width = std::max(72.0, widest * 1.45 + 40);
                size.height = std::max(56.0, height * 1.7 + 12);
                break;
            default: {
                // The icons are in the corner, beside the title.
                const int icons = (node.seal.empty() ? 0 : 1) + (node.drawn ? 1 : 0);
                const double beside = lines_of(node).empty()
                                          ? 0
                                          : text_width(lines_of(node).front().text, metrics::title);
                size.width = std::max({140.0, widest + 36, beside + 36 + 2.0 * 24 * icons});
                size.height = height + 18;
            }
        }
    }

    // ------------------------------------------------------------ one level

    /// Returns where arrows meet the upper (`top`) or lower side of a vertex, by run.
    std::map<std::size_t, double> ports(const Level& level, int vertex, bool top) const {
        struct Port {
            std::size_t run;
            double wanted, weight;
        };
        const Vertex& at = level.vertices[index(vertex)];
        std::vector<Port> list;
        double reach = std::max(0.0, (at.left - 12) * 0.8);
        if (at.kind == Vertex::Kind::fork || at.kind == Vertex::Kind::join)
            reach = at.left < 10 ? 0 : at.left - 6;
        if (at.kind == Vertex::Kind::exit_up || at.kind == Vertex::Kind::exit_down) reach = 0;
        if (at.node != nowhere) {
            const auto kind = chart.nodes[index(at.node)].kind;
            const double half = sizes[index(at.node)].width / 2;
            reach = kind == ChartNode::Kind::start    ? 0
                    : kind == ChartNode::Kind::end    ? 7
                    : kind == ChartNode::Kind::choose ? half * 0.55
                                                      : half - 16;
        }
        for (std::size_t r = 0; r < level.runs.size(); ++r) {
            const Run& run = level.runs[r];
            if ((top ? run.chain.back() : run.chain.front()) != vertex) continue;
            const auto& fixed = top ? run.fixed_lower : run.fixed_upper;
            const int next = top ? run.chain[run.chain.size() - 2] : run.chain[1];
            const double offset = level.vertices[index(next)].x - at.x;
            const bool round =
                at.node != nowhere && chart.nodes[index(at.node)].kind == ChartNode::Kind::end;
            if (fixed) {
                list.push_back({r, *fixed, 1e6});
            } else if (round) {
                list.push_back({r, 0, 1});
            } else if (run.weight >= main_line) {
                list.push_back({r, 0, 1e5});
            } else {
                list.push_back({r, std::clamp(offset, -reach, reach), run.weight});
            }
        }
        const auto towards = [&](const Port& port) {
            const Run& run = level.runs[port.run];
            if (port.weight >= 1e6) return at.x + port.wanted;
            return level.vertices[index(top ? run.chain[run.chain.size() - 2] : run.chain[1])].x;
        };
        std::ranges::stable_sort(list, {}, towards);
        std::vector<double> wanted, weights, gaps;
        const double fit = list.size() < 2 ? 0 : 2 * reach / static_cast<double>(list.size() - 1);
        for (const Port& port : list) {
            wanted.push_back(port.wanted);
            weights.push_back(port.weight);
            gaps.push_back(std::min(20.0, fit));
        }
        auto places = spread(wanted, weights, gaps);
        // Moves back between the corners: the gaps are small enough for all of them to fit.
        double bound = reach;
        for (std::size_t i = places.size(); i-- > 0;) {
            if (list[i].weight < 1e6) places[i] = std::min(places[i], bound);
            bound = places[i] - gaps[i];
        }
        bound = -reach;
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (list[i].weight < 1e6) places[i] = std::max(places[i], bound);
            bound = places[i] + (i + 1 < gaps.size() ? gaps[i + 1] : 0);
        }
        std::map<std::size_t, double> result;
        for (std::size_t i = 0; i < list.size(); ++i) result[list[i].run] = at.x + places[i];
        return result;
    }

    /// Returns how far below its top, or above its bottom, an arrow meets a shape that is not a
    /// rectangle.
    [[nodiscard]] double inset(const Vertex& vertex, double x) const {
        if (vertex.node == nowhere) return 0;
        const ChartNode& node = chart.nodes[index(vertex.node)];
        const double off = std::abs(x - vertex.x);
        if (node.kind == ChartNode::Kind::choose) {
            const BoxSize& size = sizes[index(vertex.node)];
            return size.height / 2 * std::min(1.0, off / (size.width / 2));
        }
        if (node.kind == ChartNode::Kind::end || node.kind == ChartNode::Kind::start) {
            const double radius = node.kind == ChartNode::Kind::end ? metrics::end_circle / 2
                                                                    : metrics::start_circle / 2;
            return radius - std::sqrt(std::max(0.0, radius * radius - off * off));
        }
        return 0;
    }

    struct Bands {
        std::vector<double> top, height;
    };

    Bands set_rows(Level& level) const {
        Bands bands;
        double y = 0;
        std::vector<double> steepest(level.ranks.size(), 0);
        for (const Run& run : level.runs) {
            for (std::size_t i = 0; i + 1 < run.chain.size(); ++i) {
                const Vertex& upper = level.vertices[index(run.chain[i])];
                const Vertex& lower = level.vertices[index(run.chain[i + 1])];
                auto& gap = steepest[index(upper.rank)];
                gap = std::max(gap, std::abs(upper.x - lower.x));
            }
        }
        for (std::size_t r = 0; r < level.ranks.size(); ++r) {
            double height = 0;
            bool region = false;
            for (const int v : level.ranks[r]) {
                const Vertex& vertex = level.vertices[index(v)];
                height = std::max(height, vertex.height);
                region =
                    region || (vertex.node != nowhere &&
                               chart.nodes[index(vertex.node)].kind == ChartNode::Kind::region);
            }
            for (const int v : level.ranks[r]) {
                Vertex& vertex = level.vertices[index(v)];
                const bool bend = vertex.kind == Vertex::Kind::bend;
                vertex.y = region || bend ? y : y + (height - vertex.height) / 2;
                if (vertex.node != nowhere &&
                    chart.nodes[index(vertex.node)].kind == ChartNode::Kind::start) {
                    vertex.y = y + height - vertex.height;
                }
            }
            bands.top.push_back(y);
            bands.height.push_back(height);
            y += height + std::clamp(13 + 0.16 * steepest[r], 20.0, 52.0);
        }
        return bands;
    }

    Stroke stroke_of(const Level& level, const Bands& bands, const Run& run, double from_x,
                     double to_x) const {
        const Vertex& upper = level.vertices[index(run.chain.front())];
        const Vertex& lower = level.vertices[index(run.chain.back())];
        const bool circle =
            upper.node != nowhere && chart.nodes[index(upper.node)].kind == ChartNode::Kind::end;
        Stroke stroke;
        stroke.from = {
            from_x, upper.y + (circle ? metrics::end_circle : upper.height) - inset(upper, from_x)};
        double x = from_x;
        for (std::size_t i = 1; i < run.chain.size(); ++i) {
            const Vertex& before = level.vertices[index(run.chain[i - 1])];
            const Vertex& vertex = level.vertices[index(run.chain[i])];
            const double bottom = bands.top[index(before.rank)] + bands.height[index(before.rank)];
            straight(stroke, {x, bottom});
            x = i + 1 == run.chain.size() ? to_x : vertex.x;
            swing(stroke, {x, bands.top[index(vertex.rank)]});
        }
        straight(stroke, {to_x, lower.y + inset(lower, to_x)});
        return stroke;
    }

    Box loop_label(const Level& level, int arrow, Stroke& stroke) const {
        for (const Vertex& vertex : level.vertices) {
            if (vertex.node != chart.arrows[index(arrow)].from) continue;
            const double side = vertex.x + sizes[index(vertex.node)].width / 2;
            const double up = vertex.y + vertex.height * 0.3,
                         down = vertex.y + vertex.height * 0.72;
            stroke.from = {side, up};
            stroke.curves.push_back(
                {Point{side + 34, up - 12}, Point{side + 34, down + 12}, Point{side, down}});
            Box label = layout.arrows[index(arrow)].label;
            label.left = side + 28;
            label.top = vertex.y + vertex.height / 2 - label.height / 2;
            return label;
        }
        return {};
    }

    void shift_inside(int region, double x, double y) {
        for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
            if (lifted(chart, static_cast<int>(i), region) == nowhere) continue;
            for (Box* box : {&layout.nodes[i].box, &layout.nodes[i].shape, &layout.nodes[i].fork,
                             &layout.nodes[i].join}) {
                move(*box, x, y);
            }
        }
        move(layout.nodes[index(region)].fork, x, y);
        move(layout.nodes[index(region)].join, x, y);
        for (std::size_t i = 0; i < chart.arrows.size(); ++i) {
            const ChartArrow& arrow = chart.arrows[i];
            const bool begins_inside = (arrow.inside_from && arrow.from == region) ||
                                       lifted(chart, arrow.from, region) != nowhere;
            if (!begins_inside) continue;
            move(layout.arrows[i].stroke, x, y);
            move(layout.arrows[i].label, x, y);
        }
    }

    void lay_out_level(int region) {
        for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
            if (chart.nodes[i].parent == region && chart.nodes[i].kind == ChartNode::Kind::region) {
                lay_out_level(static_cast<int>(i));
            }
        }
        Level level = build_level(chart, region, sizes, layout.arrows);
        order(level);
        place(level);
        double left = std::numeric_limits<double>::max(),
               right = std::numeric_limits<double>::lowest();
        for (const Vertex& vertex : level.vertices) {
            left = std::min(left, vertex.x - vertex.left);
            right = std::max(right, vertex.x + vertex.right);
        }
        const double side = region == nowhere ? 0 : metrics::region_padding;
        double widen = 0;
        if (region != nowhere) {
            double header = 0;
            for (const auto& line : lines_of(chart.nodes[index(region)]))
                header += text_width(line.text, line.size) + 14;
            widen = std::max(0.0, header + 24 - (right - left + 2 * side)) / 2;
        }
        for (Vertex& vertex : level.vertices) vertex.x += side + widen - left;
        const double width = right - left + 2 * (side + widen);
        const Bands bands = set_rows(level);
        const double top = region == nowhere ? 0 : metrics::region_header + 10;
        const double height =
            bands.top.back() + bands.height.back() + top + (region == nowhere ? 0 : 16);
        put_nodes(level, region);
        put_arrows(level, bands);
        if (region == nowhere) {
            layout.width = width;
            layout.height = height;
            return;
        }
        BoxSize& size = sizes[index(region)];
        size.width = width;
        size.height = height;
        for (const Vertex& vertex : level.vertices) {
            if (vertex.kind == Vertex::Kind::join) size.join_port = vertex.x;
            if (vertex.kind != Vertex::Kind::exit_up && vertex.kind != Vertex::Kind::exit_down)
                continue;
            size.ports[vertex.arrow] = vertex.x;
            straight(layout.arrows[index(vertex.arrow)].stroke,
                     {vertex.x, vertex.kind == Vertex::Kind::exit_up ? -top : height - top});
        }
        shift_inside(region, 0, top);
    }

    void put_nodes(const Level& level, int region) {
        for (const Vertex& vertex : level.vertices) {
            if (vertex.kind == Vertex::Kind::fork || vertex.kind == Vertex::Kind::join) {
                const Box bar{vertex.x - vertex.left, vertex.y, vertex.left + vertex.right,
                              vertex.height};
                NodeLayout& frame = layout.nodes[index(region)];
                (vertex.kind == Vertex::Kind::fork ? frame.fork : frame.join) = bar;
            }
            if (vertex.kind != Vertex::Kind::box) continue;
            NodeLayout& out = layout.nodes[index(vertex.node)];
            const BoxSize& size = sizes[index(vertex.node)];
            const Box box{vertex.x - size.width / 2, vertex.y, size.width, size.height};
            if (chart.nodes[index(vertex.node)].kind == ChartNode::Kind::region) {
                shift_inside(vertex.node, box.left, box.top);
            }
            out.box = out.shape = box;
            if (chart.nodes[index(vertex.node)].kind == ChartNode::Kind::end) {
                out.shape = {vertex.x - metrics::end_circle / 2, vertex.y, metrics::end_circle,
                             metrics::end_circle};
            }
        }
    }

    void put_arrows(const Level& level, const Bands& bands) {
        std::vector<double> from(level.runs.size()), to(level.runs.size());
        for (std::size_t v = 0; v < level.vertices.size(); ++v) {
            const auto kind = level.vertices[v].kind;
            if (kind == Vertex::Kind::bend || kind == Vertex::Kind::label) continue;
            for (const auto& [run, x] : ports(level, static_cast<int>(v), false)) from[run] = x;
            for (const auto& [run, x] : ports(level, static_cast<int>(v), true)) to[run] = x;
        }
        for (std::size_t r = 0; r < level.runs.size(); ++r) {
            const Run& run = level.runs[r];
            Stroke stroke = stroke_of(level, bands, run, from[r], to[r]);
            ArrowLayout& out = layout.arrows[index(run.arrow)];
            append(out.stroke, run.reversed ? turned(stroke) : stroke);
            for (const int v : run.chain) {
                const Vertex& vertex = level.vertices[index(v)];
                if (vertex.kind != Vertex::Kind::label) continue;
                out.label.left = vertex.x - vertex.left;
                out.label.top = vertex.y;
            }
        }
        for (const int arrow : level.loops) {
            ArrowLayout& out = layout.arrows[index(arrow)];
            out.label = loop_label(level, arrow, out.stroke);
        }
    }

    Layout run() {
        layout.nodes.resize(chart.nodes.size());
        layout.arrows.resize(chart.arrows.size());
        sizes.resize(chart.nodes.size());
        mark_back(chart, nowhere);
        for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
            if (chart.nodes[i].kind == ChartNode::Kind::region)
                mark_back(chart, static_cast<int>(i));
        }
        for (std::size_t i = 0; i < chart.arrows.size(); ++i) measure_arrow(i);
        for (std::size_t i = 0; i < chart.nodes.size(); ++i) measure_node(i);
        lay_out_level(nowhere);
        return std::move(layout);
    }
};

}  // namespace

Layout lay_out(Chart& chart) {
    return Drawing{chart}.run();
}

}  // namespace workflow::presentation
