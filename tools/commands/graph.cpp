// `graph ITEM`: draws an item's process, with the counts of a store's cases on its arrows.

#include <algorithm>
#include <map>
#include <ostream>

#include "../cli_context.hpp"
#include "../outputs.hpp"
#include "commands.hpp"
#include "presentation/graph/layout.hpp"
#include "presentation/graph/render.hpp"
#include "shell/catalog_access.hpp"

namespace workflow::tools {

using presentation::Chart;
using presentation::chart_of;
using presentation::ChartLanguage;
using presentation::dot_of;
using presentation::lay_out;
using presentation::Layout;
using presentation::mermaid_of;
using presentation::svg_of;
using presentation::Traffic;

namespace {

Traffic traffic_of(Engine& engine, const ItemId& item) {
    Traffic traffic;
    traffic.fired = engine.reader().flows(item);
    std::map<std::string, std::uint64_t> standing;
    CaseFilter filter;
    filter.item = item;
    while (true) {
        const auto page = engine.reader().cases(filter);
        for (const CaseView& view : page) {
            ++traffic.opened;
            if (view.status != "open") continue;
            std::size_t at = 0;
            while (at < view.steps.size()) {
                const std::size_t end = std::min(view.steps.find(' ', at), view.steps.size());
                ++standing[view.steps.substr(at, end - at)];
                at = end + 1;
            }
        }
        if (page.size() < filter.limit) break;
        filter.after = page.back().key;
    }
    for (const auto& [step, count] : standing) traffic.standing.emplace_back(StepId(step), count);
    return traffic;
}

int run_graph(const Arguments& arguments, Streams& streams) {
    const ItemId item(arguments.operands().front());
    const std::string words = arguments.text("language");
    const ChartLanguage language = words == "zh"   ? ChartLanguage::zh
                                   : words == "en" ? ChartLanguage::en
                                                   : ChartLanguage::both;
    check_output(arguments, "output");
    std::optional<Traffic> traffic;
    std::optional<Catalog> catalog;
    if (arguments.has("store") && !arguments.has("no-counts")) {
        const auto engine = open_engine(arguments, streams, StoreNeed::reading);
        catalog = engine->catalog();
        process_of(*catalog, item);
        traffic = traffic_of(*engine, item);
    } else {
        catalog = load_catalog(arguments, streams);
    }
    Chart chart = chart_of(*process_of(*catalog, item), compiled(*catalog).organization(),
                           traffic ? &*traffic : nullptr, language);
    std::string picture;
    const std::string as = arguments.text("as");
    if (as == "dot") {
        picture = dot_of(chart);
    } else if (as == "mermaid") {
        picture = mermaid_of(chart);
    } else {
        const Layout layout = lay_out(chart);
        picture = svg_of(chart, layout);
    }
    write_document(arguments, streams, "output", Holds::nothing_personal,
                   [&](std::ostream& out) { out << picture; });
    return exit_done;
}

}  // namespace

Subcommand graph_command() {
    std::vector<Option> options{
        {.name = "as",
         .value = "FORMAT",
         .meaning = "the format of the drawing",
         .choices = {"svg", "dot", "mermaid"},
         .initial = "svg"},
        {.name = "output",
         .letter = 'o',
         .value = "FILE",
         .meaning = "the output file; without it, or for -, standard output",
         .output = true},
        {.name = "language",
         .value = "LANGUAGE",
         .meaning = "the language of titles",
         .choices = {"both", "zh", "en"},
         .initial = "both"},
        {.name = "no-counts", .meaning = "draw only the process, even if a store is given"}};
    for (Option& option : store_options()) options.push_back(std::move(option));
    return {.name = "graph",
            .summary =
                "Draws an item's process; with a store, shows the counts of its cases on the "
                "arrows.",
            .operands = {{"ITEM", "the service item", false, false}},
            .options = std::move(options),
            .examples = {"workflow graph social-card.replace-lost --store hall.db -o card.svg",
                         "workflow graph social-card.replace-lost --as mermaid"},
            .run = run_graph};
}

}  // namespace workflow::tools
