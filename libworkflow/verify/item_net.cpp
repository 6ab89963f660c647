#include "item_net.hpp"

#include <algorithm>

#include "../process/regions.hpp"

namespace workflow::verify {

using models::Arc;
using models::PlaceIndex;
using models::Transition;
namespace {

using process::Process;
using process::StepInfo;

/// A larger number of repetitions is treated as unlimited.
constexpr std::uint32_t most_counted = 12;

class ItemNet {
public:
    ItemNet(const Process& process, bool counted) : process_(process) {
        for (std::size_t place = 0; place < process.places.size(); ++place) net_.add_place();
        net_.places[process.start].tokens = 1;
        for (PlaceIndex place = 0; place < process.places.size(); ++place) {
            if (process.end_at(static_cast<process::PlaceIndex>(place))) net_.ends.push_back(place);
            net_.places[place].counts = process.places[place].role == process::Place::Role::done;
        }
        for (std::size_t t = 0; t < process.transitions.size(); ++t) {
            const auto& from = process.transitions[t];
            if (from.trigger == process::Transition::Trigger::withdraw) continue;
            Transition made;
            for (const auto& arc : from.takes) made.takes.push_back({arc.place, arc.weight});
            for (const auto& arc : from.gives) made.gives.push_back({arc.place, arc.weight});
            for (const auto place : from.clears)
                if (!takes_all(made, place)) made.clears.push_back(place);
            made.node = process.places[from.takes.front().place].step;
            if (counted && from.at_most && *from.at_most <= most_counted)
                made.takes.push_back({times_left(*from.at_most)});
            net_.transitions.push_back(std::move(made));
        }
        for (const auto& step : process.steps)
            if (step.done != process::none) tell_branches_apart(step);
        for (auto& transition : net_.transitions) {
            join_arcs(transition.takes);
            join_arcs(transition.gives);
        }
    }
    Net take() { return std::move(net_); }

private:
    /// Adds a place whose tokens count how often an outcome may still be taken.
    PlaceIndex times_left(std::uint32_t times) {
        const auto place = net_.add_place(times);
        net_.places[place].counts = true;
        return place;
    }
    static bool takes_all(const Transition& transition, PlaceIndex place) {
        return std::any_of(transition.takes.begin(), transition.takes.end(),
                           [&](const Arc& arc) { return arc.place == place && arc.weight == 1; });
    }

    /// If a region waits for all branches and is left in no other way, each branch gets a separate
    /// place for its completion. Branches can then be reduced one by one.
    void tell_branches_apart(const StepInfo& region) {
        const auto branch = process::branches_of(process_, region);
        const auto branches = *std::max_element(branch.begin(), branch.end());
        Transition* join = nullptr;
        for (auto& transition : net_.transitions) {
            const Arc all{region.done, branches};
            if (std::find(transition.takes.begin(), transition.takes.end(), all) !=
                transition.takes.end())
                join = &transition;
            else if (std::find(transition.clears.begin(), transition.clears.end(), region.active) !=
                         transition.clears.end() ||
                     takes_all(transition, region.active))
                return;
        }
        if (!join || branches == 0) return;
        join->takes = {{region.active}};
        join->clears.clear();
        std::vector<PlaceIndex> done(branches);
        for (auto& place : done) {
            place = net_.add_place();
            join->takes.push_back({place});
        }
        for (auto& transition : net_.transitions)
            for (auto& arc : transition.gives)
                if (arc.place == region.done)
                    arc.place = done[branch[transition.takes.front().place] - 1U];
    }

    const Process& process_;
    Net net_;
};

}  // namespace

Net net_of(const Process& process, bool counted) {
    return ItemNet(process, counted).take();
}

}  // namespace workflow::verify
