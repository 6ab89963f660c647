#pragma once

/// Draws a line piece by piece.

#include "layout.hpp"

namespace workflow::presentation {

/// Continues to a point in a straight line, or in a curve that leaves and arrives vertically.
void straight(Stroke& stroke, Point to);
void swing(Stroke& stroke, Point to);
/// Returns the same line from its end to its beginning.
Stroke turned(const Stroke& stroke);
/// Appends another line, with a straight line to its beginning.
void append(Stroke& stroke, const Stroke& more);
void move(Stroke& stroke, double x, double y);

}  // namespace workflow::presentation
