#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <boost/graph/topological_sort.hpp>
#include <iterator>

#include "level.hpp"

namespace workflow::presentation {

namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                                    boost::property<boost::edge_index_t, std::size_t>>;

Graph graph_of(std::size_t vertices, const std::vector<std::pair<int, int>>& edges) {
    Graph graph(vertices);
    for (std::size_t i = 0; i < edges.size(); ++i) {
        boost::add_edge(static_cast<std::size_t>(edges[i].first),
                        static_cast<std::size_t>(edges[i].second), i, graph);
    }
    return graph;
}

struct MarkBack : boost::default_dfs_visitor {
    explicit MarkBack(std::vector<bool>& marks) : back(&marks) {}
    template <class Edge>
    void back_edge(Edge edge, const Graph& graph) const {
        (*back)[boost::get(boost::edge_index, graph, edge)] = true;
    }
    std::vector<bool>* back;
};

}  // namespace

std::vector<bool> back_edges(std::size_t vertices, const std::vector<std::pair<int, int>>& edges,
                             int start) {
    std::vector<bool> back(edges.size(), false);
    if (vertices == 0) return back;
    const Graph graph = graph_of(vertices, edges);
    boost::depth_first_search(
        graph, boost::visitor(MarkBack(back)).root_vertex(static_cast<std::size_t>(start)));
    return back;
}

std::vector<int> longest_ways(std::size_t vertices, const std::vector<std::pair<int, int>>& edges) {
    const Graph graph = graph_of(vertices, edges);
    std::vector<std::size_t> order;
    boost::topological_sort(graph, std::back_inserter(order));
    std::vector<int> ways(vertices, 0);
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
        for (auto [edge, end] = boost::out_edges(*at, graph); edge != end; ++edge) {
            const std::size_t to = boost::target(*edge, graph);
            ways[to] = std::max(ways[to], ways[*at] + 1);
        }
    }
    return ways;
}

}  // namespace workflow::presentation
