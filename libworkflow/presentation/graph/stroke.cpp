#include "stroke.hpp"

#include <cmath>

namespace workflow::presentation {

void straight(Stroke& stroke, Point to) {
    const Point from = stroke.curves.empty() ? stroke.from : stroke.curves.back()[2];
    if (std::abs(from.x - to.x) < 0.01 && std::abs(from.y - to.y) < 0.01) return;
    const auto between = [&](double part) {
        return Point{from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part};
    };
    stroke.curves.push_back({between(1.0 / 3), between(2.0 / 3), to});
}

void swing(Stroke& stroke, Point to) {
    const Point from = stroke.curves.empty() ? stroke.from : stroke.curves.back()[2];
    if (std::abs(from.x - to.x) < 0.5) {
        straight(stroke, to);
        return;
    }
    const double middle = (from.y + to.y) / 2;
    stroke.curves.push_back({Point{from.x, middle}, Point{to.x, middle}, to});
}

Stroke turned(const Stroke& stroke) {
    Stroke back;
    if (stroke.curves.empty()) return stroke;
    back.from = stroke.curves.back()[2];
    for (std::size_t i = stroke.curves.size(); i-- > 0;) {
        const Point end = i == 0 ? stroke.from : stroke.curves[i - 1][2];
        back.curves.push_back({stroke.curves[i][1], stroke.curves[i][0], end});
    }
    return back;
}

void append(Stroke& stroke, const Stroke& more) {
    if (stroke.curves.empty()) {
        stroke = more;
        return;
    }
    straight(stroke, more.from);
    stroke.curves.insert(stroke.curves.end(), more.curves.begin(), more.curves.end());
}

void move(Stroke& stroke, double x, double y) {
    stroke.from = {stroke.from.x + x, stroke.from.y + y};
    for (auto& curve : stroke.curves) {
        for (Point& point : curve) point = {point.x + x, point.y + y};
    }
}

}  // namespace workflow::presentation
