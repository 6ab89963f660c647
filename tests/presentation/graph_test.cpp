#include <pugixml.hpp>

#include <workflow/catalog.hpp>

#include "presentation/graph/layout.hpp"
#include "presentation/graph/render.hpp"
#include "processes.hpp"
#include "shell/catalog_access.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::graph_test {

using namespace workflow::presentation;

namespace {

struct Piece {
    std::string name;
    Box box;
};

bool overlap(const Box& a, const Box& b) {
    return a.left < b.right() && b.left < a.right() && a.top < b.bottom() && b.top < a.bottom();
}

bool inside(const Box& inner, const Box& outer) {
    return inner.left >= outer.left && inner.right() <= outer.right() && inner.top >= outer.top &&
           inner.bottom() <= outer.bottom();
}

bool holds_node(const Chart& chart, int node, std::size_t region) {
    for (; node != nowhere; node = chart.nodes[static_cast<std::size_t>(node)].parent) {
        if (static_cast<std::size_t>(node) == region) return true;
    }
    return false;
}

/// No box lies over another, no label over a box or a label, and what belongs to a region is in it.
void check_clear(const Chart& chart, const Layout& layout) {
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
        const auto parent = chart.nodes[i].parent;
        if (parent != nowhere) {
            INFO(chart.nodes[i].id);
            CHECK(inside(layout.nodes[i].box, layout.nodes[static_cast<std::size_t>(parent)].box));
        }
        if (chart.nodes[i].kind != ChartNode::Kind::region) {
            pieces.push_back({chart.nodes[i].id, layout.nodes[i].box});
            continue;
        }
        for (std::size_t k = 0; k < chart.nodes.size(); ++k) {
            if (holds_node(chart, static_cast<int>(k), i)) continue;
            if (holds_node(chart, static_cast<int>(i), k)) continue;
            INFO(chart.nodes[i].id << " and " << chart.nodes[k].id);
            CHECK_FALSE(overlap(layout.nodes[i].box, layout.nodes[k].box));
        }
    }
    for (std::size_t i = 0; i < chart.arrows.size(); ++i) {
        if (layout.arrows[i].lines.empty()) continue;
        REQUIRE(layout.arrows[i].label.width > 0);
        pieces.push_back({"label " + layout.arrows[i].lines.front(), layout.arrows[i].label});
    }
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        for (std::size_t k = i + 1; k < pieces.size(); ++k) {
            INFO(pieces[i].name << " and " << pieces[k].name);
            CHECK_FALSE(overlap(pieces[i].box, pieces[k].box));
        }
    }
}

Point at(const Point& from, const std::array<Point, 3>& curve, double t) {
    const double u = 1 - t;
    const double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
    return {a * from.x + b * curve[0].x + c * curve[1].x + d * curve[2].x,
            a * from.y + b * curve[0].y + c * curve[1].y + d * curve[2].y};
}

/// No arrow runs through a box that it neither leaves nor reaches.
void check_arrows(const Chart& chart, const Layout& layout) {
    for (std::size_t i = 0; i < chart.arrows.size(); ++i) {
        const ChartArrow& arrow = chart.arrows[i];
        Point from = layout.arrows[i].stroke.from;
        for (const auto& curve : layout.arrows[i].stroke.curves) {
            for (int step = 0; step <= 20; ++step) {
                const Point point = at(from, curve, step / 20.0);
                for (std::size_t n = 0; n < chart.nodes.size(); ++n) {
                    const int node = static_cast<int>(n);
                    if (chart.nodes[n].kind == ChartNode::Kind::region || node == arrow.from ||
                        node == arrow.to)
                        continue;
                    const Box& box = layout.nodes[n].box;
                    INFO(chart.nodes[static_cast<std::size_t>(arrow.from)].id
                         << " to " << chart.nodes[static_cast<std::size_t>(arrow.to)].id
                         << " through " << chart.nodes[n].id);
                    CHECK_FALSE((point.x > box.left && point.x < box.right() && point.y > box.top &&
                                 point.y < box.bottom()));
                }
            }
            from = curve[2];
        }
    }
}

void check_drawing(const process::Process& process, const definition::Organization& organization,
                   const Traffic* traffic, ChartLanguage language) {
    Chart chart = chart_of(process, organization, traffic, language);
    const Layout layout = lay_out(chart);
    INFO(process.item.text);
    check_clear(chart, layout);
    check_arrows(chart, layout);
    const std::string svg = svg_of(chart, layout);
    pugi::xml_document document;
    CHECK(document.load_string(svg.c_str()));
    for (const char* number : {"\"nan", "\"-nan", " nan", " -nan", "\"inf", " inf"}) {
        CHECK(svg.find(number) == std::string::npos);
    }
}

}  // namespace

TEST_CASE("nothing lies over anything in a drawing of each shipped item") {
    const auto loaded =
        Catalog::load(std::vector<std::filesystem::path>{WORKFLOW_SOURCE_DIR "/definitions"});
    REQUIRE(loaded.catalog);
    for (const ItemId& item : loaded.catalog->items()) {
        const auto process = compiled(*loaded.catalog).process(item);
        Traffic traffic;
        traffic.opened = 100'000;
        for (std::size_t i = 0; i < process->transitions.size(); ++i)
            traffic.fired.push_back(i * 7919 % 100'000);
        for (const auto language : {ChartLanguage::both, ChartLanguage::zh, ChartLanguage::en}) {
            check_drawing(*process, compiled(*loaded.catalog).organization(), nullptr, language);
            check_drawing(*process, compiled(*loaded.catalog).organization(), &traffic, language);
        }
    }
}

TEST_CASE("regions in regions, ways out of them and loops are drawn clear of each other") {
    const auto rich = workflow::testing::rich_net();
    check_drawing(rich.net, rich.organization, nullptr, ChartLanguage::both);
    const auto standard = workflow::testing::standard_net();
    check_drawing(standard.net, standard.organization, nullptr, ChartLanguage::both);
}

TEST_CASE("an arrow is as wide as its share of the cases") {
    const auto standard = workflow::testing::standard_net();
    Traffic traffic;
    traffic.opened = 100;
    traffic.fired.assign(standard.net.transitions.size(), 0);
    traffic.fired[0] = 100;
    traffic.fired[1] = 50;
    Chart chart = chart_of(standard.net, standard.organization, &traffic, ChartLanguage::both);
    const Layout layout = lay_out(chart);
    // Arrow 0 is the opening; outcomes follow in the order of the definition.
    CHECK(layout.arrows[1].width > layout.arrows[2].width);
    CHECK(layout.arrows[2].width > layout.arrows[3].width);
    CHECK(layout.arrows[1].lines.back() == "100");
}

TEST_CASE("only arrows that lead to an earlier step lead back") {
    const auto standard = workflow::testing::standard_net();
    Chart chart = chart_of(standard.net, standard.organization, nullptr, ChartLanguage::en);
    lay_out(chart);
    std::vector<std::string> back;
    for (const ChartArrow& arrow : chart.arrows) {
        if (arrow.back) back.push_back(arrow.label);
    }
    CHECK(back == std::vector<std::string>{"supplied", "return"});
}

TEST_CASE("words from a definition cannot break out of a drawing") {
    workflow::testing::NetMaker maker("x.y", {"<script>&\"", "a\"b\\c"});
    const auto task = maker.task("only", {"</text><b>", "\"]"}, "intake", "post", 0);
    const auto end = maker.end("end", {"完", "End"}, EndKind::granted);
    maker.outcome(task, "go", {"<&>", "go\"|"}, end);
    maker.net.start = task;
    Chart chart = chart_of(maker.net, maker.organization, nullptr, ChartLanguage::both);
    const std::string svg = svg_of(chart, lay_out(chart));
    pugi::xml_document document;
    REQUIRE(document.load_string(svg.c_str()));
    CHECK(svg.find("<script>") == std::string::npos);
    CHECK(mermaid_of(chart).find("\"]\"") == std::string::npos);
}

}  // namespace workflow::testing::graph_test
