#pragma once

/// Computes the positions of a chart: a layered drawing from top to bottom (Sugiyama, Tagawa and
/// Toda 1981), with each region laid out separately and then placed as one box.

#include <array>
#include <string>
#include <vector>

#include "chart.hpp"

namespace workflow::presentation {

struct Point {
    double x = 0, y = 0;
};

struct Box {
    double left = 0, top = 0, width = 0, height = 0;
    [[nodiscard]] double right() const { return left + width; }
    [[nodiscard]] double bottom() const { return top + height; }
    [[nodiscard]] double middle() const { return left + width / 2; }
};

/// Consecutive straight pieces and curves; each piece starts where the last one ended.
struct Stroke {
    Point from;
    std::vector<std::array<Point, 3>> curves;  ///< two control points and the end
};

struct NodeLayout {
    Box box;         ///< all of the node: shape and words
    Box shape;       ///< the shape arrows meet
    Box fork, join;  ///< regions: the bars inside
};

struct ArrowLayout {
    Stroke stroke;  ///< in the direction of the arrow
    double width = 1.5;
    Box label;  ///< empty without a label
    std::vector<std::string> lines;
};

struct Layout {
    double width = 0, height = 0;
    std::vector<NodeLayout> nodes;    ///< by node of the chart
    std::vector<ArrowLayout> arrows;  ///< by arrow of the chart
};

/// Sets `back` of the chart's arrows.
Layout lay_out(Chart& chart);

/// Sizes in the drawing's units (pixels).
namespace metrics {
inline constexpr double title = 15, text = 12, small = 11;
inline constexpr double line_title = 21, line_text = 17;
inline constexpr double label_line = 16, label_padding = 8;
inline constexpr double end_circle = 36, start_circle = 22, region_header = 34, region_padding = 20;
}  // namespace metrics

/// Returns the width of a text in a common sans-serif face; rather too wide than too narrow.
double text_width(std::string_view text, double size);
/// Returns `text` in lines no wider than `width`.
std::vector<std::string> folded(std::string_view text, double size, double width);

/// The words on a box, in the order they are drawn.
struct BoxLine {
    std::string text;
    double size = metrics::text;
    bool strong = false;
};
std::vector<BoxLine> lines_of(const ChartNode& node);

}  // namespace workflow::presentation
