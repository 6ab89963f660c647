#pragma once

/// Small pieces of SVG.

#include <string>
#include <string_view>

#include "layout.hpp"

namespace workflow::presentation {

/// The `d` of a path.
std::string path_of(const Stroke& stroke);
/// Takes `length` off the end of the stroke, for the arrow's head; gives where the tip is.
Point shorten(Stroke& stroke, double length);

std::string clock_icon(double x, double y, double radius, std::string_view colour);
std::string seal_icon(double x, double y);
std::string die_icon(double x, double y, std::string_view colour);
std::string end_icon(EndKind end, double x, double y, std::string_view colour);

}  // namespace workflow::presentation
