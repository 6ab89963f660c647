#pragma once

/// Drawing a line piece by piece.

#include "layout.hpp"

namespace workflow::presentation {

/// On to a point in a straight line, or in a curve that leaves and arrives vertically.
void straight(Stroke& stroke, Point to);
void swing(Stroke& stroke, Point to);
/// The same line from its end to its beginning.
Stroke turned(const Stroke& stroke);
/// Goes on with another line, straight to its beginning first.
void append(Stroke& stroke, const Stroke& more);
void move(Stroke& stroke, double x, double y);

}  // namespace workflow::presentation
