#pragma once

/// Shared parts of lowering an item to a net: scopes, targets, expressions.
///
/// First every step of every scope gets its places (`declare`), then each kind adds the transitions
/// that leave it (one file per kind). The places of a region are contiguous, so leaving it clears a
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

/// Where step names are resolved: the item, a branch, or the body of a stage.
struct Scope {
    const Scope* outer = nullptr;
    StepIndex region = none;  ///< the enclosing parallel or stage; none: the item
    std::vector<StepIndex> steps;
};

/// Places [begin, end) that are cleared when a region is left.
struct PlaceRange {
    PlaceIndex begin = 0, end = 0;
};

class Lowering {
public:
    Lowering(const definition::Item& from, const definition::Organization* staff, Process& into,
             DiagnosticSink& report);

    const definition::Item& item;
    const definition::Organization* organization;  ///< nullptr: references are not checked
    Process& process;
    DiagnosticSink& findings;

    /// Gives the steps of `scope`, and nested ones, their places.
    void declare(const std::vector<definition::Step>& steps, Scope& scope);
    /// Adds the transitions of the steps of `scope`, and of nested ones.
    void lower(const std::vector<definition::Step>& steps, const Scope& scope);

    /// Adds a transition that takes one token from `place`.
    Transition& leave(PlaceIndex place, Transition::Trigger trigger, Mark mark);
    [[nodiscard]] TransitionIndex last() const {
        return static_cast<TransitionIndex>(process.transitions.size() - 1);
    }
    /// Completes `transition` so that it leads from `scope` to `target`: the token it gives and the
    /// regions it leaves.
    void lead_to(Transition& transition, const definition::Target& target, const Scope& scope);
    /// Returns the place where `start` of `scope` begins, or none with a finding.
    PlaceIndex start_of(const Scope& scope, const StepId& start, Mark mark);
    /// Adds the `on: after` timers of `step` to `place`.
    void add_timers(const definition::Step& step, PlaceIndex place, const Scope& scope);
    void add_clock(const definition::Step& step, PlaceIndex place);
    /// A limit in working hours requires an organization with `hours`.
    void check_hours(Limit limit, Mark mark);

    /// Compiles `text` over the item's fields. Mistakes become findings at their columns.
    feel::Expression compile(const definition::ExpressionText& text, const feel::Type& wanted);
    feel::Expression compile_condition(const definition::ExpressionText& text);
    /// Compiles an expression for a number of days.
    feel::Expression compile_amount(const definition::ExpressionText& text);

    [[nodiscard]] StepIndex index_of(const definition::Step& step) const {
        return indexes_.at(&step);
    }
    [[nodiscard]] const Scope& scope_of(const definition::Branch& branch) const {
        return *scopes_.at(&branch);
    }
    [[nodiscard]] PlaceRange region(StepIndex step) const { return regions_.at(step); }
    /// Returns the index in `Process::panels`, or none where the step is not a panel.
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

/// Returns the FEEL type of a field's values.
feel::Type type_of(const definition::Field& field, definition::FieldOrigin origin);

// One file per kind of step.
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
/// An end has no targets, so it is complete before targets are resolved.
EndActivity lower_end(const definition::EndStep& end);

/// A way out of a region: taken when this many branches are done and `guard`, if any, holds.
struct Join {
    std::uint32_t needed = 0;
    definition::Target then;
    feel::Expression guard = {};
    std::string guard_text = {};
    Mark guard_mark = {};
};

/// Common part of parallel and stage: forks into `branches`. The first possible one of `joins` is
/// the way out.
void lower_region(Lowering& to, const definition::Step& step,
                  const std::vector<const definition::Branch*>& branches,
                  const std::vector<Join>& joins, const Scope& scope);
/// Returns the condition under which `by` has the value that the branch names.
feel::Expression condition_of(Lowering& to, const definition::ChooseBranch& branch,
                              const feel::Expression& by);

}  // namespace workflow::process::lower
