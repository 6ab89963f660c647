#pragma once

/// What the kinds of step share while an item becomes a net: scopes, targets, expressions.
///
/// First every step of every scope gets its places (`declare`), then each kind adds the transitions
/// that leave it (one file a kind). The places of a region are neighbours, so leaving it clears a
/// range.

#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "../../base/diagnostics.hpp"
#include "../../definition/item.hpp"
#include "../../definition/organization.hpp"
#include "../../feel/expression.hpp"
#include "../net.hpp"

namespace workflow::process::lower {

/// Where step names are looked up: the item itself, a branch, or the body of a stage.
struct Scope {
    const Scope* outer = nullptr;
    StepIndex region = none;  ///< the parallel or stage it belongs to; none: the item
    std::vector<StepIndex> steps;
};

/// Places [begin, end): what leaving a region empties.
struct PlaceRange {
    PlaceIndex begin = 0, end = 0;
};

class Lowering {
public:
    Lowering(const definition::Item& from, const definition::Organization* staff, Process& into,
             DiagnosticSink& report);

    const definition::Item& item;
    const definition::Organization* organization;  ///< nothing: references are not checked
    Process& process;
    DiagnosticSink& findings;

    /// Gives the steps of `scope`, and those inside them, their places.
    void declare(const std::vector<definition::Step>& steps, Scope& scope);
    /// Adds the transitions of the steps of `scope`, and of those inside them.
    void lower(const std::vector<definition::Step>& steps, const Scope& scope);

    /// A new transition that takes one token from `place`.
    Transition& leave(PlaceIndex place, Transition::Trigger trigger, Mark mark);
    [[nodiscard]] TransitionIndex last() const {
        return static_cast<TransitionIndex>(process.transitions.size() - 1);
    }
    /// Completes `transition` so that it leads from `scope` to `target`: the token that it gives
    /// and the regions that it leaves.
    void lead_to(Transition& transition, const definition::Target& target, const Scope& scope);
    /// The place where `start` of `scope` begins; none with a finding.
    PlaceIndex start_of(const Scope& scope, const StepId& start, Mark mark);
    /// Adds `on: after` of `step` to `place`.
    void add_timers(const definition::Step& step, PlaceIndex place, const Scope& scope);
    void add_clock(const definition::Step& step, PlaceIndex place);
    /// A limit in working hours needs an organization that says its hours.
    void check_hours(Limit limit, Mark mark);

    /// Compiles `text` over the item's fields; mistakes become findings at their columns.
    feel::Expression compile(const definition::ExpressionText& text, const feel::Type& wanted);
    feel::Expression compile_condition(const definition::ExpressionText& text);
    /// How many days: a number.
    feel::Expression compile_amount(const definition::ExpressionText& text);

    [[nodiscard]] StepIndex index_of(const definition::Step& step) const {
        return indexes_.at(&step);
    }
    [[nodiscard]] const Scope& scope_of(const definition::Branch& branch) const {
        return *scopes_.at(&branch);
    }
    [[nodiscard]] PlaceRange region(StepIndex step) const { return regions_.at(step); }
    /// The index in `Process::panels`; none where the step is no panel.
    [[nodiscard]] std::uint16_t panel_of(const definition::Step& step) const;

private:
    PlaceIndex add_place(Place::Role role, StepIndex step);
    void declare_branch(const definition::Branch& branch, const Scope& outer, StepIndex region);
    [[nodiscard]] StepIndex find(const Scope& scope, const StepId& id) const;
    void leave_region(Transition& transition, StepIndex step) const;
    void report_unknown(const definition::Target& target, const Scope& scope);
    void name_panels(const std::vector<definition::Step>& steps);

    feel::Scope names_;
    std::unordered_map<const definition::Step*, StepIndex> indexes_;
    std::unordered_map<const definition::Branch*, std::unique_ptr<Scope>> scopes_;
    std::unordered_map<StepIndex, PlaceRange> regions_;
    std::unordered_map<const definition::Step*, std::uint16_t> panels_;
};

/// The FEEL type of a field's values.
feel::Type type_of(const definition::Field& field, definition::FieldOrigin origin);

// One file a kind of step.
void lower_task(Lowering& to, const definition::Step& step, const definition::TaskStep& task,
                const Scope& scope);
void lower_choose(Lowering& to, const definition::Step& step, const definition::ChooseStep& choose,
                  const Scope& scope);
void lower_sample(Lowering& to, const definition::Step& step, const definition::SampleStep& sample,
                  const Scope& scope);
void lower_wait(Lowering& to, const definition::Step& step, const definition::WaitStep& wait,
                const Scope& scope);
void lower_parallel(Lowering& to, const definition::Step& step,
                    const definition::ParallelStep& parallel, const Scope& scope);
void lower_stage(Lowering& to, const definition::Step& step, const definition::StageStep& stage,
                 const Scope& scope);
/// Nothing leads away from an end, so it is all there before any target is looked up.
EndActivity lower_end(const definition::EndStep& end);

/// A way out of a region: taken when so many branches are done and `guard`, if any, holds.
struct Join {
    std::uint32_t needed = 0;
    definition::Target then;
    feel::Expression guard = {};
    std::string guard_text = {};
    Mark guard_mark = {};
};

/// What parallel and stage share: fork into `branches`; the first of `joins` that is possible is
/// the way out.
void lower_region(Lowering& to, const definition::Step& step,
                  const std::vector<const definition::Branch*>& branches,
                  const std::vector<Join>& joins, const Scope& scope);
/// The condition under which `by` chooses the value that the branch names.
feel::Expression condition_of(Lowering& to, const definition::ChooseBranch& branch,
                              const feel::Expression& by);

}  // namespace workflow::process::lower
