#include "svg_shapes.hpp"

#include <fmt/format.h>

#include <cmath>

namespace workflow::presentation {

std::string path_of(const Stroke& stroke) {
    std::string d = fmt::format("M{:.1f} {:.1f}", stroke.from.x, stroke.from.y);
    for (const auto& [a, b, end] : stroke.curves) {
        d += fmt::format("C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}", a.x, a.y, b.x, b.y, end.x,
                         end.y);
    }
    return d;
}

Point shorten(Stroke& stroke, double length) {
    const Point tip = stroke.curves.back()[2];
    while (stroke.curves.size() > 1) {
        const Point from = stroke.curves[stroke.curves.size() - 2][2];
        const Point end = stroke.curves.back()[2];
        if (std::hypot(end.x - from.x, end.y - from.y) > length) break;
        length -= std::hypot(end.x - from.x, end.y - from.y);
        stroke.curves.pop_back();
    }
    auto& [a, b, end] = stroke.curves.back();
    const Point from =
        stroke.curves.size() > 1 ? stroke.curves[stroke.curves.size() - 2][2] : stroke.from;
    const double whole = std::hypot(end.x - from.x, end.y - from.y);
    if (whole <= length || whole == 0) return tip;
    // De Casteljau: keep the first `part` of the curve.
    const double part = 1 - length / whole;
    const auto mix = [&](Point p, Point q) {
        return Point{p.x + (q.x - p.x) * part, p.y + (q.y - p.y) * part};
    };
    const Point ab = mix(from, a), bc = mix(a, b), cd = mix(b, end);
    const Point abc = mix(ab, bc), bcd = mix(bc, cd);
    a = ab;
    b = abc;
    end = mix(abc, bcd);
    return tip;
}

std::string clock_icon(double x, double y, double radius, std::string_view colour) {
    return fmt::format(
        "<g fill=\"none\" stroke=\"{}\" stroke-width=\"1.4\" stroke-linecap=\"round\"><circle "
        "cx=\"{:.1f}\" "
        "cy=\"{:.1f}\" r=\"{}\" fill=\"#ffffff\"/><path d=\"M{:.1f} {:.1f}v{:.1f}h{:.1f}\"/></g>\n",
        colour, x, y, radius, x, y - radius * 0.55, radius * 0.55, radius * 0.45);
}

std::string seal_icon(double x, double y) {
    return fmt::format(
        "<g><rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"17\" height=\"17\" rx=\"3\" "
        "fill=\"#dc2626\"/><text x=\"{:.1f}\" "
        "y=\"{:.1f}\" font-size=\"12\" fill=\"#ffffff\" text-anchor=\"middle\" "
        "font-weight=\"600\">印</text></g>\n",
        x - 8.5, y - 8.5, x, y + 4.3);
}

std::string die_icon(double x, double y, std::string_view colour) {
    std::string dots;
    for (const auto& [dx, dy] : {std::pair{-4, -4}, {4, -4}, {0, 0}, {-4, 4}, {4, 4}}) {
        dots += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"1.6\"/>", x + dx, y + dy);
    }
    return fmt::format(
        "<g fill=\"{}\"><rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"17\" height=\"17\" rx=\"4\" "
        "fill=\"#ffffff\" "
        "stroke=\"{}\" stroke-width=\"1.4\"/>{}</g>\n",
        colour, x - 8.5, y - 8.5, colour, dots);
}

std::string end_icon(EndKind end, double x, double y, std::string_view colour) {
    const auto path = [&](std::string_view d) {
        return fmt::format(
            "<path transform=\"translate({:.1f} {:.1f})\" d=\"{}\" fill=\"none\" stroke=\"{}\" "
            "stroke-width=\"3\" "
            "stroke-linecap=\"round\" stroke-linejoin=\"round\"/>\n",
            x, y, d, colour);
    };
    switch (end) {
        case EndKind::granted:
            return path("M-7 0.5L-2 5.5L7 -5");
        case EndKind::refused:
            return path("M-5.5 -5.5L5.5 5.5M5.5 -5.5L-5.5 5.5");
        case EndKind::not_accepted:
            return path("M-7 0H7");
        case EndKind::withdrawn:
            return path("M7 4.5C7 -3 1 -3.5 -6 -2M-2 -7L-7 -2L-2 3");
        case EndKind::answered:
            return path("M-6 -3.5H6M-6 3.5H2");
        case EndKind::lapsed:
            return path("M0 -7V1L5 4.5");
    }
    return {};
}

}  // namespace workflow::presentation
