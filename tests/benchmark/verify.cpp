// How fast is the search for what is unsound: the shipped items as a catalogue of 308, branches
// side by side, and, where it is to be had, a model of 17 branches with reading.
//
//     bench_verify

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>

#include <workflow/catalog.hpp>
#include <workflow/soundness.hpp>

#include "base/diagnostics.hpp"
#include "process/net.hpp"
#include "shell/catalog_access.hpp"
#include "verify/deadlines.hpp"
#include "verify/guarantees.hpp"
#include "verify/guarded_paths.hpp"
#include "verify/item_soundness.hpp"
#include "verify/soundness.hpp"
#include "workflow_paths.hpp"

using namespace workflow;

namespace {

/// Median milliseconds of 15 runs, of the processor: others may be using the machine as well.
double milliseconds(const std::function<void()>& work) {
    std::vector<double> times;
    for (int i = 0; i < 15; ++i) {
        const auto start = std::clock();
        work();
        times.push_back(1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

void row(const char* what, double measured, double goal) {
    fmt::print("{:<62} {:>9.3f} ms   <= {:<6} {}\n", what, measured, goal,
               measured <= goal ? "ok" : "MISSED");
}

/// `branches` of `steps` each, between a split and a join.
models::Net side_by_side(std::size_t branches, std::size_t steps) {
    models::Net net;
    models::Transition split, join, end;
    split.takes = {{net.add_place(1)}};
    join.node = 1;
    end.node = 2;
    for (std::size_t b = 0; b < branches; ++b) {
        auto last = net.add_place();
        split.gives.push_back({last});
        for (std::size_t s = 0; s < steps; ++s) {
            models::Transition work;
            work.node = static_cast<models::NodeIndex>(3 + net.transitions.size());
            work.takes = {{last}};
            last = net.add_place();
            work.gives = {{last}};
            net.transitions.push_back(std::move(work));
        }
        join.takes.push_back({last});
    }
    const auto done = net.add_place();
    join.gives = {{done}};
    end.takes = {{done}};
    net.transitions.insert(net.transitions.end(), {split, join, end});
    net.end_nodes = {false, false, true};
    return net;
}

void check(const models::Net& net) {
    if (verify::check_soundness(net, net.transitions.size()).sound() != verify::Answer::yes)
        std::abort();
}

/// Cycles side by side in which nothing can be reduced: 2^count markings.
models::Net rigid(std::size_t count) {
    models::Net net;
    for (std::size_t i = 0; i < count; ++i) {
        const auto place = net.add_place(1);
        models::Transition out, in;
        out.takes = {{place}};
        in.gives = {{place}};
        in.empty = {place};
        net.transitions.push_back(out);
        net.transitions.push_back(in);
    }
    net.end_nodes = {false};
    return net;
}

/// Officers in a ring, each with a seal to either side: one at a time, all but the last the left
/// one first, an officer takes both, and when the work is done lays them down or goes home with the
/// seals left behind. All at home, it is over. Who takes a seal depends on others, and no rule
/// makes it less: eleven have more than a million markings.
models::Net ring(std::size_t officers) {
    models::Net net;
    models::Transition over;
    std::vector<models::PlaceIndex> seals;
    for (std::size_t i = 0; i < officers; ++i) seals.push_back(net.add_place(1));
    const auto add = [&](std::vector<models::Arc> takes, std::vector<models::Arc> gives) {
        models::Transition made;
        made.takes = std::move(takes);
        made.gives = std::move(gives);
        made.node = static_cast<models::NodeIndex>(net.transitions.size());
        net.transitions.push_back(std::move(made));
        net.end_nodes.push_back(false);
    };
    for (std::size_t i = 0; i < officers; ++i) {
        auto first = seals[i], second = seals[(i + 1) % officers];
        if (i + 1 == officers) std::swap(first, second);
        const auto idle = net.add_place(1), one = net.add_place(), both = net.add_place(),
                   home = net.add_place();
        add({{idle}, {first}}, {{one}});
        add({{one}, {second}}, {{both}});
        add({{both}}, {{first}, {second}, {idle}});
        add({{both}}, {{first}, {second}, {home}});
        over.takes.push_back({home});
    }
    for (const auto seal : seals) over.takes.push_back({seal});
    add(over.takes, {});
    net.end_nodes.back() = true;
    return net;
}

}  // namespace

int main() {
    const auto loaded = Catalog::load({std::filesystem::path(WORKFLOW_SOURCE_DIR) / "definitions"});
    if (!loaded.catalog) return 1;
    std::vector<std::shared_ptr<const process::Process>> items;
    for (const auto& id : loaded.catalog->items())
        items.push_back(compiled(*loaded.catalog).process(id));
    row("308 items (the shipped ones over and over), search alone", milliseconds([&] {
            Sources sources;
            DiagnosticSink findings(sources);
            for (std::size_t i = 0; i < 308; ++i)
                verify::check_item(*items[i % items.size()], findings);
            if (findings.errors() > 0) std::abort();
        }),
        50);
    row("308 items, the ways that values lead along", milliseconds([&] {
            Sources sources;
            DiagnosticSink findings(sources);
            for (std::size_t i = 0; i < 308; ++i)
                verify::check_guarded_ways(*items[i % items.size()], findings);
            if (findings.errors() > 0) std::abort();
        }),
        50);
    row("308 items, their own guarantees", milliseconds([&] {
            Sources sources;
            DiagnosticSink findings(sources);
            for (std::size_t i = 0; i < 308; ++i)
                verify::check_guarantees(*items[i % items.size()], {}, findings);
            if (findings.errors() > 0) std::abort();
        }),
        300);
    row("308 items, limits from every day of three years", milliseconds([&] {
            Sources sources;
            DiagnosticSink findings(sources);
            for (std::size_t i = 0; i < 308; ++i) {
                const auto& item = *items[i % items.size()];
                verify::check_deadlines(item, compiled(*loaded.catalog).calendar(item), findings);
            }
            if (findings.errors() > 0) std::abort();
        }),
        1000);
    const auto twenty = side_by_side(20, 1), many = side_by_side(200, 5);
    row("20 branches", milliseconds([&] { check(twenty); }), 1);
    row("200 branches of five steps", milliseconds([&] { check(many); }), 10);
    const auto entangled = rigid(16);
    row("65,536 markings, each place by itself",
        milliseconds([&] { (void)verify::check_soundness(entangled, 1); }), 130);
    const auto eleven = ring(11);
    const auto found = verify::check_soundness(eleven, eleven.transitions.size());
    row(fmt::format("{} markings that nothing reduces", found.states).c_str(),
        milliseconds([&] { check(eleven); }), 2000);
    const char* suites = std::getenv("WORKFLOW_SUITES");
    const auto models = (suites ? std::filesystem::path(suites)
                                : std::filesystem::path(WORKFLOW_SOURCE_DIR) / "../shared/suites") /
                        "soundness" / "rust_bpmn_analyzer";
    for (const auto& [name, goal] : {std::pair{"p17x01.bpmn", 1.3}, std::pair{"500.bpmn", 20.0}}) {
        if (!std::filesystem::exists(models / name)) continue;
        row(fmt::format("{}, reading included", name).c_str(),
            milliseconds([&, file = models / name] { (void)check_models({file}); }), goal);
    }
    return 0;
}
