#include "net.hpp"

#include <algorithm>

namespace workflow::models {

void join_arcs(std::vector<Arc>& arcs) {
    std::sort(arcs.begin(), arcs.end(),
              [](const Arc& a, const Arc& b) { return a.place < b.place; });
    std::vector<Arc> joined;
    for (const auto& arc : arcs) {
        if (!joined.empty() && joined.back().place == arc.place)
            joined.back().weight += arc.weight;
        else
            joined.push_back(arc);
    }
    arcs = std::move(joined);
}

}  // namespace workflow::models
