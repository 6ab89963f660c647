// How fast is a log checked against a definition: ten million events of random ways through the
// intake of permits, a tenth of the variants with a mistake or two in them.
//
//     bench_conform [EVENTS]

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <workflow/catalog.hpp>

#include "report/conform/conform.hpp"
#include "shell/catalog_access.hpp"
#include "workflow_paths.hpp"

using namespace workflow;
using report::Activity;

namespace {

template <class Work>
double seconds(Work work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// A token game without the library's: the outcomes' steps, by the number of their place.
std::u16string random_way(const process::Process& process,
                          const std::map<process::PlaceIndex, Activity>& activities,
                          std::mt19937_64& random) {
    std::vector<int> tokens(process.places.size());
    tokens[process.start] = 1;
    std::u16string way;
    for (;;) {
        std::vector<const process::Transition*> open;
        for (std::size_t place = 0; place < tokens.size(); ++place)
            if (tokens[place] > 0 && process.end_at(static_cast<process::PlaceIndex>(place)))
                return way;
        for (const auto& transition : process.transitions)
            if (transition.trigger != process::Transition::Trigger::withdraw &&
                std::all_of(transition.takes.begin(), transition.takes.end(),
                            [&](const auto& arc) { return tokens[arc.place] >= arc.weight; }))
                open.push_back(&transition);
        if (open.empty()) return way;
        const auto& fired = *open[random() % open.size()];
        for (const auto& arc : fired.takes) tokens[arc.place] -= arc.weight;
        for (const auto place : fired.clears) tokens[place] = 0;
        for (const auto& arc : fired.gives) tokens[arc.place] += arc.weight;
        if (fired.trigger == process::Transition::Trigger::outcome)
            way += activities.at(fired.takes.front().place);
    }
}

void spoil(std::u16string& way, std::mt19937_64& random) {
    if (way.size() < 2) return;
    const auto at = random() % (way.size() - 1);
    switch (random() % 3) {
        case 0:
            way.erase(at, 1);
            return;
        case 1:
            way.insert(at, 1, way[random() % way.size()]);
            return;
        default:
            std::swap(way[at], way[at + 1]);
    }
}

}  // namespace

int main(int count, char** words) {
    const std::size_t events = count > 1 ? std::strtoull(words[1], nullptr, 10) : 10'000'000;
    const auto loaded = Catalog::load(std::vector<std::filesystem::path>{
        WORKFLOW_SOURCE_DIR "/examples/permit-intake/definitions"});
    if (!loaded.catalog) return 1;
    const auto process = compiled(*loaded.catalog).process(ItemId("permit.intake"));
    report::Conformance conformance(*process, {});
    std::map<process::PlaceIndex, Activity> activities;
    for (process::PlaceIndex place = 0; place < process->places.size(); ++place)
        if (const auto* task = process->task_at(place))
            activities.emplace(place, conformance.add(task->outcomes));

    std::mt19937_64 random(7);
    std::vector<std::u16string> ways;
    for (int i = 0; i < 3'000; ++i) {
        ways.push_back(random_way(*process, activities, random));
        if (i % 10 == 0)
            for (auto mistakes = 1 + random() % 2; mistakes > 0; --mistakes)
                spoil(ways.back(), random);
    }
    // Few variants have most of the cases.
    std::u16string log;
    std::vector<std::size_t> ends;
    while (log.size() < events) {
        const auto rank = std::min(random() % ways.size(), random() % ways.size());
        log += ways[std::min<std::size_t>(rank, random() % (rank + 1))];
        ends.push_back(log.size());
    }
    const auto taken = seconds([&] {
        std::size_t begin = 0;
        for (const auto end : ends) {
            conformance.check(std::u16string_view(log).substr(begin, end - begin));
            begin = end;
        }
    });
    std::uint64_t fitting = 0, undecided = 0;
    for (const auto& variant : conformance.variants()) {
        fitting += variant.fits() ? 1 : 0;
        undecided += variant.decided ? 0 : 1;
    }
    fmt::print("{} events, {} cases, {} variants, {} of them fit, {} undecided; fitness {:.4f}\n",
               log.size(), ends.size(), conformance.variants().size(), fitting, undecided,
               conformance.fitness());
    fmt::print("{:<62} {:>9.3f} s    <= {:<6} {}\n", "replayed and aligned, by variant", taken, 2.0,
               taken <= 2.0 ? "ok" : "MISSED");
    std::uint32_t longest = 0;
    const auto again = seconds([&] {
        report::Conformance fresh(*process, {});
        for (const auto& [place, activity] : activities)
            fresh.add(process->task_at(place)->outcomes);
        for (const auto& way : ways) longest = std::max(longest, fresh.check(way).steps);
    });
    fmt::print("{} ways alone: {:.3f} s, {:.3f} ms each; up to {} steps missing or extra\n",
               ways.size(), again, again * 1000 / static_cast<double>(ways.size()), longest);
    return 0;
}
