#pragma once

/// Small pieces of SVG.

#include <string>
#include <string_view>

#include "layout.hpp"

namespace workflow::presentation {

/// Returns the `d` of an SVG path.
std::string path_of(const Stroke& stroke);
/// Shortens the end of the stroke by `length`, for the arrow's head; returns where the tip is.
Point shorten(Stroke& stroke, double length);

std::string clock_icon(double x, double y, double radius, std::string_view colour);
std::string seal_icon(double x, double y);
std::string die_icon(double x, double y, std::string_view colour);
std::string end_icon(EndKind end, double x, double y, std::string_view colour);

}  // namespace workflow::presentation
