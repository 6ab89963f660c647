#include "branches.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../decision/analysis.hpp"
#include "../feel/constant_tests.hpp"

namespace workflow::process {
namespace {

/// The regions in which branches of a choose hold, over the fields that their conditions read.
class Branches {
public:
    Branches(const Process& process, const Place& place, DiagnosticSink& findings)
        : process_(process), findings_(findings), mark_(process.steps[place.step].mark) {
        for (const auto index : place.automatic) {
            const auto& branch = process.transitions[index];
            otherwise_ = otherwise_ || !branch.guard;
            const auto regions = feel::constant_condition(branch.guard);
            all_known_ = all_known_ && regions;
            if (!regions) continue;
            for (const auto& region : *regions) add(branch, region);
        }
        for (auto& rule : cells_.rules) rule.resize(slots_.size(), any());
    }

    void check() const {
        const decision::Grid grid(cells_);
        if (!otherwise_) check_gaps(grid);
        if (!slots_.empty()) check_overlaps(grid);
    }

private:
    void check_overlaps(const decision::Grid& grid) const {
        constexpr std::size_t most = 1'000;
        std::vector<std::pair<const Transition*, const Transition*>> told;
        for (const auto& overlap : decision::find_overlaps(grid, most)) {
            const auto *first = owners_[overlap.first], *second = owners_[overlap.second];
            const std::pair pair{first, second};
            if (first == second || std::find(told.begin(), told.end(), pair) != told.end())
                continue;
            told.push_back(pair);
            tell(grid, overlap, *first, *second);
        }
    }

    /// Reports where no branch holds and there is no `otherwise`.
    void check_gaps(const decision::Grid& grid) const {
        if (!all_known_) return tell_gap("");
        for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
            const auto& field = process_.fields[slots_[slot]];
            if (field.always_given()) continue;
            // For a null value, the branches that do not use the field hold.
            auto rest = cells_;
            std::erase_if(rest.rules, [&](const auto& rule) { return !is_any(rule[slot]); });
            const decision::Grid without(rest);
            const auto gaps = decision::find_gaps(without, 1);
            if (!gaps.witnesses.empty())
                return tell_gap(fmt::format(" with {} = null", field.id.text));
        }
        if (slots_.empty()) {
            if (cells_.rules.empty()) tell_gap("");
            return;
        }
        const auto gaps = decision::find_gaps(grid, 1);
        if (!gaps.witnesses.empty())
            tell_gap(fmt::format(" with {}", witness(grid, gaps.witnesses.front())));
        else if (!gaps.complete)
            tell_gap("");
    }

    void tell_gap(const std::string& values) const {
        findings_.add("no-otherwise", mark_,
                      fmt::format("where no branch holds, the case cannot go on{}", values),
                      "add a last branch `otherwise: STEP`");
    }

    static bool is_any(const decision::Cell& cell) {
        return cell && cell->size() == 1 && cell->front().low.is_null() &&
               cell->front().high.is_null();
    }
    static decision::Cell any() { return std::vector<feel::Piece>{feel::Piece{}}; }

    void add(const Transition& branch, const feel::Region& region) {
        std::vector<decision::Cell> rule(slots_.size(), any());
        for (const auto& [slot, pieces] : region) {
            auto at = std::find(slots_.begin(), slots_.end(), slot);
            if (at == slots_.end()) {
                slots_.push_back(slot);
                cells_.domains.push_back(domain_of(process_.fields[slot]));
                rule.push_back(any());
                at = slots_.end() - 1;
            }
            rule[static_cast<std::size_t>(at - slots_.begin())] = pieces;
        }
        cells_.rules.push_back(std::move(rule));
        owners_.push_back(&branch);
    }

    void tell(const decision::Grid& grid, const decision::Overlap& overlap, const Transition& first,
              const Transition& second) const {
        // All of its regions lie within those of the other branch.
        bool always = true;
        for (std::size_t i = 0; i < owners_.size(); ++i) {
            if (owners_[i] != &second) continue;
            bool covered = false;
            for (std::size_t j = 0; j < owners_.size(); ++j)
                covered = covered ||
                          (owners_[j] == &first && decision::covers(grid.boxes[j], grid.boxes[i]));
            always = always && covered;
        }
        if (!always && first.gives.size() == second.gives.size() &&
            std::equal(first.gives.begin(), first.gives.end(), second.gives.begin(),
                       [](const Arc& a, const Arc& b) { return a.place == b.place; }))
            return;
        auto& finding =
            always ? findings_.add("branch-never-taken", second.mark,
                                   "this branch is never taken: an earlier one always is",
                                   "put it before, or delete it")
                   : findings_.add("branches-overlap", second.mark,
                                   fmt::format("two branches hold for {}; the first is taken",
                                               witness(grid, overlap.witness)),
                                   "state here only what the earlier branch leaves");
        findings_.relate(finding, first.mark, "the earlier branch");
    }

    [[nodiscard]] std::string witness(const decision::Grid& grid,
                                      const std::vector<std::uint32_t>& segments) const {
        std::string text;
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            const auto value = grid.axes[i].witness(segments[i]);
            text += fmt::format("{}{} = {}", i > 0 ? ", " : "", process_.fields[slots_[i]].id.text,
                                value.is_null() ? "anything" : to_string(value));
        }
        return text;
    }

    const Process& process_;
    DiagnosticSink& findings_;
    Mark mark_;
    bool otherwise_ = false, all_known_ = true;
    std::vector<std::uint32_t> slots_;  ///< one per axis
    decision::Cells cells_;
    std::vector<const Transition*> owners_;  ///< one per region
};

/// Reports a condition that no value of the fields makes true.
void check_possible(const Transition& transition, DiagnosticSink& findings) {
    const auto regions = feel::constant_condition(transition.guard);
    if (!regions) return;
    const auto nothing = [](const auto& one) { return one.second.empty(); };
    for (const auto& region : *regions)
        if (std::none_of(region.begin(), region.end(), nothing)) return;
    findings.add("branch-never-taken", transition.guard_mark,
                 fmt::format("no value makes `{}` true", transition.guard_text),
                 "correct the condition, or delete what depends on it");
}

}  // namespace

decision::Axis::Domain domain_of(const FieldInfo& field) {
    decision::Axis::Domain domain;
    domain.kind = definition::type_of(field.type, field.values).kind;
    if (field.values.empty()) return domain;
    domain.values.emplace();
    for (const auto& value : field.values)
        domain.values->push_back({Value(value), Value(value), true, true});
    return domain;
}

void check_branches(const Process& process, DiagnosticSink& findings) {
    for (const auto& transition : process.transitions)
        if (transition.guard) check_possible(transition, findings);
    for (const auto& place : process.places)
        if (!place.automatic.empty() && place.role == Place::Role::at &&
            process.transitions[place.automatic.front()].guard)
            Branches(process, place, findings).check();
}

}  // namespace workflow::process
