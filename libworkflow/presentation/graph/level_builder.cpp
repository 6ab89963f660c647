#include "level_builder.hpp"

#include <algorithm>

namespace workflow::presentation {

namespace {

/// The ends of an arrow in a level, as vertices: boxes by their index among the children, then the
/// bars. `nowhere` if that end is outside the level.
struct Ends {
    int from = nowhere, to = nowhere;
};

struct LevelBuilder {
    const Chart& chart;
    int region;
    Level level = {};
    std::vector<int> vertex_of_node = {};
    int fork = nowhere, join = nowhere;

    LevelBuilder(const Chart& of, int around) : chart(of), region(around) {
        vertex_of_node.assign(chart.nodes.size(), nowhere);
        if (region != nowhere) fork = add({.kind = Vertex::Kind::fork});
        for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
            if (chart.nodes[i].parent != region) continue;
            vertex_of_node[i] = add({.kind = Vertex::Kind::box, .node = static_cast<int>(i)});
        }
        if (region != nowhere) join = add({.kind = Vertex::Kind::join});
    }

    int add(Vertex vertex) {
        level.vertices.push_back(vertex);
        return static_cast<int>(level.vertices.size()) - 1;
    }

    [[nodiscard]] Ends ends_of(const ChartArrow& arrow) const {
        Ends ends;
        const int from = lifted(chart, arrow.from, region), to = lifted(chart, arrow.to, region);
        // An arrow wholly inside a region of this level belongs to that region's level.
        if (arrow.inside_from && from == arrow.from) return ends;
        if (arrow.inside_to && to == arrow.to) return ends;
        if (arrow.inside_from && arrow.from == region) {
            ends.from = fork;
        } else if (from != nowhere) {
            ends.from = vertex_of_node[index(from)];
        }
        if (arrow.inside_to && arrow.to == region) {
            ends.to = join;
        } else if (to != nowhere) {
            ends.to = vertex_of_node[index(to)];
        }
        return ends;
    }

    [[nodiscard]] int first() const { return fork != nowhere ? fork : 0; }
};

}  // namespace

int lifted(const Chart& chart, int node, int region) {
    while (node != nowhere && chart.nodes[index(node)].parent != region) {
        node = chart.nodes[index(node)].parent;
    }
    return node;
}

void mark_back(Chart& chart, int region) {
    const LevelBuilder builder(chart, region);
    std::vector<std::pair<int, int>> edges;
    std::vector<std::size_t> arrows;
    for (std::size_t i = 0; i < chart.arrows.size(); ++i) {
        const Ends ends = builder.ends_of(chart.arrows[i]);
        if (ends.from == nowhere || ends.to == nowhere || ends.from == ends.to) continue;
        edges.emplace_back(ends.from, ends.to);
        arrows.push_back(i);
    }
    const auto back = back_edges(builder.level.vertices.size(), edges, builder.first());
    for (std::size_t i = 0; i < edges.size(); ++i) chart.arrows[arrows[i]].back = back[i];
}

namespace {

void set_sizes(LevelBuilder& builder, const std::vector<BoxSize>& sizes,
               const std::vector<ArrowLayout>& arrows) {
    for (Vertex& vertex : builder.level.vertices) {
        if (vertex.kind == Vertex::Kind::box) {
            const BoxSize& size = sizes[index(vertex.node)];
            vertex.left = vertex.right = size.width / 2;
            vertex.height = size.height;
        }
    }
    for (const int arrow : builder.level.loops) {
        Vertex& vertex = builder.level.vertices[index(
            builder.vertex_of_node[index(builder.chart.arrows[index(arrow)].from)])];
        vertex.right += 34 + arrows[index(arrow)].label.width;
    }
}

void set_layers(LevelBuilder& builder, const std::vector<Run>& runs) {
    auto& vertices = builder.level.vertices;
    std::vector<std::pair<int, int>> edges;
    for (const Run& run : runs) edges.emplace_back(run.chain.front(), run.chain.back());
    for (std::size_t v = 0; v < vertices.size(); ++v) {
        // Everything inside a region lies between its bars.
        const int vertex = static_cast<int>(v);
        if (vertices[v].kind != Vertex::Kind::box) continue;
        if (builder.fork != nowhere) edges.emplace_back(builder.fork, vertex);
        if (builder.join != nowhere) edges.emplace_back(vertex, builder.join);
    }
    const auto ways = longest_ways(vertices.size(), edges);
    for (std::size_t v = 0; v < vertices.size(); ++v) vertices[v].layer = ways[v];
    for (Vertex& vertex : vertices) {
        if (vertex.kind == Vertex::Kind::exit_down)
            vertex.layer = vertices[index(builder.join)].layer;
    }
    // A vertex without incoming runs is placed directly above its successor.
    for (const Run& run : runs) {
        Vertex& upper = vertices[index(run.chain.front())];
        if (upper.kind != Vertex::Kind::box) continue;
        if (builder.chart.nodes[index(upper.node)].kind != ChartNode::Kind::withdrawal) continue;
        upper.layer = std::max(0, vertices[index(run.chain.back())].layer - 1);
    }
}

/// Returns the vertices from which a good end is reachable without going back; all if there is
/// none.
std::vector<bool> hopeful(const LevelBuilder& builder, const std::vector<Run>& runs) {
    const auto& vertices = builder.level.vertices;
    std::vector<bool> good(vertices.size(), false);
    for (std::size_t v = 0; v < vertices.size(); ++v) {
        if (vertices[v].node == nowhere) continue;
        const ChartNode& node = builder.chart.nodes[index(vertices[v].node)];
        good[v] = node.kind == ChartNode::Kind::end &&
                  (node.end == EndKind::granted || node.end == EndKind::answered);
    }
    if (std::ranges::count(good, true) == 0) return std::vector<bool>(vertices.size(), true);
    for (std::size_t round = 0; round < vertices.size(); ++round) {
        for (const Run& run : runs) {
            if (!run.reversed && good[index(run.chain.back())])
                good[index(run.chain.front())] = true;
        }
    }
    return good;
}

/// Follows the first good arrow from each step: the author's first choice is the main line. Between
/// the bars of a region, each branch has its own main line, and the bars are in the middle of them.
void weigh_main_line(LevelBuilder& builder, std::vector<Run>& runs) {
    std::vector<bool> seen(builder.level.vertices.size(), false);
    const std::vector<bool> good = hopeful(builder, runs);
    const auto follow = [&](int at) {
        while (at != nowhere && !seen[index(at)]) {
            seen[index(at)] = true;
            int next = nowhere;
            for (Run& run : runs) {
                if (run.reversed || run.chain.front() != at) continue;
                if (!good[index(run.chain.back())]) continue;
                if (run.chain.back() == builder.join) break;
                run.weight = main_line;
                next = run.chain.back();
                break;
            }
            at = next;
        }
    };
    if (builder.fork == nowhere) {
        follow(0);
        return;
    }
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (runs[i].chain.front() == builder.fork) follow(runs[i].chain.back());
    }
}

void thread_runs(LevelBuilder& builder, std::vector<Run> runs,
                 const std::vector<ArrowLayout>& arrows) {
    Level& level = builder.level;
    for (Vertex& vertex : level.vertices) vertex.rank = 2 * vertex.layer;
    for (Run& run : runs) {
        const int upper = run.chain.front(), lower = run.chain.back();
        const int top = level.vertices[index(upper)].rank,
                  bottom = level.vertices[index(lower)].rank;
        const ArrowLayout& arrow = arrows[index(run.arrow)];
        // A label is on the level where its arrow begins; on the innermost level if there are
        // several.
        const bool starts_here =
            builder.vertex_of_node[index(builder.chart.arrows[index(run.arrow)].from)] != nowhere;
        const int label_rank = run.reversed ? bottom - 1 : top + 1;
        run.chain = {upper};
        for (int rank = top + 1; rank < bottom; ++rank) {
            Vertex vertex{.kind = Vertex::Kind::bend, .arrow = run.arrow};
            vertex.left = vertex.right = arrow.width / 2;
            if (rank == label_rank && starts_here && !arrow.lines.empty()) {
                vertex.kind = Vertex::Kind::label;
                vertex.left = vertex.right = arrow.label.width / 2;
                vertex.height = arrow.label.height;
            }
            vertex.rank = rank;
            run.chain.push_back(builder.add(vertex));
        }
        run.chain.push_back(lower);
    }
    level.runs = std::move(runs);
    // The initial order is that of a search along the arrows as written.
    int last = 0;
    for (const Vertex& vertex : level.vertices) last = std::max(last, vertex.rank);
    level.ranks.resize(index(last) + 1);
    for (std::size_t v = 0; v < level.vertices.size(); ++v) {
        level.ranks[index(level.vertices[v].rank)].push_back(static_cast<int>(v));
    }
}

}  // namespace

Level build_level(const Chart& chart, int region, const std::vector<BoxSize>& sizes,
                  const std::vector<ArrowLayout>& arrows) {
    LevelBuilder builder(chart, region);
    std::vector<Run> runs;
    for (std::size_t i = 0; i < chart.arrows.size(); ++i) {
        const ChartArrow& arrow = chart.arrows[i];
        const Ends ends = builder.ends_of(arrow);
        if (ends.from == nowhere) continue;
        Run run;
        run.arrow = static_cast<int>(i);
        run.reversed = arrow.back;
        int to = ends.to;
        if (to == nowhere) {
            to = builder.add({.kind = arrow.back ? Vertex::Kind::exit_up : Vertex::Kind::exit_down,
                              .arrow = run.arrow});
            builder.level.vertices.back().left = builder.level.vertices.back().right = 6;
        } else if (ends.from == to) {
            if (arrow.from == arrow.to) builder.level.loops.push_back(run.arrow);
            continue;
        }
        // An arrow that leaves a region from inside begins where it crosses the frame.
        std::optional<double> port;
        const Vertex& source = builder.level.vertices[index(ends.from)];
        if (source.kind == Vertex::Kind::box) {
            const BoxSize& size = sizes[index(source.node)];
            if (const auto found = size.ports.find(run.arrow); found != size.ports.end()) {
                port = found->second - size.width / 2;
            } else if (source.node == arrow.from && arrow.kind == ChartArrow::Kind::flow &&
                       chart.nodes[index(source.node)].kind == ChartNode::Kind::region) {
                port = size.join_port - size.width / 2;
            }
        }
        run.chain =
            run.reversed ? std::vector<int>{to, ends.from} : std::vector<int>{ends.from, to};
        (run.reversed ? run.fixed_lower : run.fixed_upper) = port;
        runs.push_back(std::move(run));
    }
    if (builder.fork != nowhere) {
        const auto starts = std::ranges::count_if(
            runs, [&](const Run& run) { return run.chain.front() == builder.fork; });
        Vertex& bar = builder.level.vertices[index(builder.fork)];
        bar.left = bar.right = starts < 2 ? 6 : 62.0 * static_cast<double>(starts);
        bar.height = starts < 2 ? 12 : 6;
        Vertex& end = builder.level.vertices[index(builder.join)];
        end.left = end.right = bar.right;
        end.height = bar.height;
    }
    set_sizes(builder, sizes, arrows);
    set_layers(builder, runs);
    weigh_main_line(builder, runs);
    thread_runs(builder, std::move(runs), arrows);
    return std::move(builder.level);
}

}  // namespace workflow::presentation
