#pragma once

/// A chart in each of the formats of `graph --as`.

#include <string>

#include "chart.hpp"
#include "layout.hpp"

namespace workflow::presentation {

/// Self-contained: no script, no font, nothing fetched.
std::string svg_of(const Chart& chart, const Layout& layout);
std::string dot_of(const Chart& chart);
std::string mermaid_of(const Chart& chart);

}  // namespace workflow::presentation
