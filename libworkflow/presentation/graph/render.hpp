#pragma once

/// Renders a chart in each of the formats of `graph --as`.

#include <string>

#include "chart.hpp"
#include "layout.hpp"

namespace workflow::presentation {

/// Returns a self-contained drawing: no script, no font, no external resource.
std::string svg_of(const Chart& chart, const Layout& layout);
std::string dot_of(const Chart& chart);
std::string mermaid_of(const Chart& chart);

}  // namespace workflow::presentation
