#include "lowering.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include <fmt/format.h>

#include "../../decision/texts.hpp"
#include "../origins.hpp"

namespace workflow::process::lower {

using definition::Branch;
using definition::ExpressionText;
using definition::Step;
using definition::Target;

namespace {

// Indexes are 16 bits wide. 0xffff means none.
constexpr std::size_t most = 0xfff0;

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace

feel::Type type_of(const definition::Field& field, definition::FieldOrigin origin) {
    auto type = definition::type_of(field.type, field.values);
    // A field that is not given at the opening has no value at first.
    const bool given = field.required && origin == definition::FieldOrigin::applicant;
    type.nullable = !given && !field.initial;
    return type;
}

Lowering::Lowering(const definition::Item& from, const definition::Organization* staff,
                   Process& into, DiagnosticSink& report)
    : item(from), organization(staff), process(into), findings(report) {
    const auto origins = origins_of(item);
    for (std::size_t slot = 0; slot < item.fields.size(); ++slot)
        names_.names.push_back(
            {item.fields[slot].id.text, type_of(item.fields[slot], origins[slot])});
    name_panels(item.steps);
    // After the fields, whose slots are their numbers. These need no slots.
    for (const auto& used : item.uses)
        names_.names.push_back({used.name, used.type, used.function});
}

void Lowering::name_panels(const std::vector<Step>& steps) {
    for (const auto& step : steps) {
        if (const auto* stage = std::get_if<definition::StageStep>(&step.kind))
            name_panels(stage->body.steps);
        const auto* parallel = std::get_if<definition::ParallelStep>(&step.kind);
        if (!parallel) continue;
        for (const auto& branch : parallel->branches) name_panels(branch.steps);
        if (!parallel->tally) continue;
        const auto taken = [&](const feel::Scope::Name& name) { return name.name == step.id.text; };
        if (std::any_of(names_.names.begin(), names_.names.end(), taken))
            findings.add("bad-vote", step.mark,
                         fmt::format("`{}` is the name of a field, too", step.id.text),
                         "give the panel another name: its votes are counted under it");
        PanelInfo panel;
        panel.slot = static_cast<std::uint16_t>(names_.names.size());
        panel.outcomes = parallel->tally->outcomes;
        panel.decides = parallel->tally->vote.has_value();
        feel::Type counts;
        counts.kind = feel::Kind::context;
        counts.nullable = false;
        feel::Type number;
        number.kind = feel::Kind::number;
        number.nullable = false;
        for (const auto& outcome : panel.outcomes)
            counts.entries.emplace_back(outcome.text, number);
        names_.names.push_back({step.id.text, std::move(counts)});
        panels_.emplace(&step, static_cast<std::uint16_t>(process.panels.size()));
        process.panels.push_back(std::move(panel));
    }
}

std::uint16_t Lowering::panel_of(const Step& step) const {
    const auto found = panels_.find(&step);
    return found == panels_.end() ? none : found->second;
}

PlaceIndex Lowering::add_place(Place::Role role, StepIndex step) {
    if (process.places.size() >= most) throw std::length_error("too many places");
    auto& place = process.places.emplace_back();
    place.role = role;
    place.step = step;
    return static_cast<PlaceIndex>(process.places.size() - 1);
}

void Lowering::declare(const std::vector<Step>& steps, Scope& scope) {
    for (const auto& step : steps) {
        const auto index = static_cast<StepIndex>(process.steps.size());
        const auto at = add_place(Place::Role::at, index);
        if (const auto first = process.step(step.id)) {
            auto& finding = findings.add("duplicate-step", step.mark,
                                         fmt::format("there are two steps `{}`", step.id.text),
                                         "step names are unique in the whole item");
            findings.relate(finding, process.steps[*first].mark, "the other one is here");
        }
        process.steps.push_back(
            {step.id, step.title, scope.region, at, none, none, step.limit, step.mark});
        if (step.limit) check_hours(*step.limit, step.mark);
        scope.steps.push_back(index);
        indexes_.emplace(&step, index);

        const auto open_region = [&] {
            process.steps[index].active = add_place(Place::Role::active, index);
            process.steps[index].done = add_place(Place::Role::done, index);
        };
        const auto close_region = [&] {
            regions_[index] = {process.steps[index].active,
                               static_cast<PlaceIndex>(process.places.size())};
        };
        std::visit(
            Overloaded{[](const definition::TaskStep&) {}, [](const definition::ChooseStep&) {},
                       [](const definition::WaitStep&) {}, [](const definition::SampleStep&) {},
                       [&](const definition::EndStep& end) {
                           process.places[at].activity = lower_end(end);
                       },
                       [&](const definition::ParallelStep& parallel) {
                           open_region();
                           for (const auto& branch : parallel.branches)
                               declare_branch(branch, scope, index);
                           close_region();
                       },
                       [&](const definition::StageStep& stage) {
                           open_region();
                           declare_branch(stage.body, scope, index);
                           close_region();
                       }},
            step.kind);
    }
}

void Lowering::declare_branch(const Branch& branch, const Scope& outer, StepIndex region) {
    auto scope = std::make_unique<Scope>();
    scope->outer = &outer;
    scope->region = region;
    declare(branch.steps, *scope);
    scopes_.emplace(&branch, std::move(scope));
}

void Lowering::lower(const std::vector<Step>& steps, const Scope& scope) {
    for (const auto& step : steps) {
        std::visit(
            Overloaded{
                [&](const definition::TaskStep& kind) { lower_task(*this, step, kind, scope); },
                [&](const definition::ChooseStep& kind) { lower_choose(*this, step, kind, scope); },
                [&](const definition::SampleStep& kind) { lower_sample(*this, step, kind, scope); },
                [&](const definition::WaitStep& kind) { lower_wait(*this, step, kind, scope); },
                [&](const definition::ParallelStep& kind) {
                    lower_parallel(*this, step, kind, scope);
                },
                [&](const definition::StageStep& kind) { lower_stage(*this, step, kind, scope); },
                [](const definition::EndStep&) {}},
            step.kind);
    }
}

Transition& Lowering::leave(PlaceIndex place, Transition::Trigger trigger, Mark mark) {
    if (process.transitions.size() >= most) throw std::length_error("too many transitions");
    auto& transition = process.transitions.emplace_back();
    transition.trigger = trigger;
    transition.takes.push_back({place, 1});
    transition.mark = mark;
    return transition;
}

StepIndex Lowering::find(const Scope& scope, const StepId& id) const {
    for (const auto step : scope.steps)
        if (process.steps[step].id == id) return step;
    return none;
}

void Lowering::leave_region(Transition& transition, StepIndex step) const {
    const auto range = regions_.at(step);
    for (auto place = range.begin; place < range.end; ++place)
        if (std::find(transition.clears.begin(), transition.clears.end(), place) ==
            transition.clears.end())
            transition.clears.push_back(place);
}

void Lowering::lead_to(Transition& transition, const Target& target, const Scope& scope) {
    if (target.step.text == definition::done_target) {
        if (scope.region == none) {
            findings.add("done-outside", target.mark,
                         "`done` ends a branch or a stage, and here is neither");
            return;
        }
        transition.gives.push_back({process.steps[scope.region].done, 1});
        return;
    }
    StepIndex found = none;
    const Scope* at = &scope;
    std::vector<StepIndex> left;
    for (; at; at = at->outer) {
        found = find(*at, target.step);
        if (found != none) break;
        if (at->region != none) left.push_back(at->region);
    }
    if (found == none) {
        report_unknown(target, scope);
        return;
    }
    // An end is the end of the whole case, however deeply it is nested.
    if (process.end_at(process.steps[found].at) != nullptr)
        for (; at; at = at->outer)
            if (at->region != none) left.push_back(at->region);
    for (const auto region_left : left) leave_region(transition, region_left);
    transition.gives.push_back({process.steps[found].at, 1});
}

void Lowering::report_unknown(const Target& target, const Scope& scope) {
    if (const auto elsewhere = process.step(target.step)) {
        auto& finding = findings.add(
            "entered-from-outside", target.mark,
            fmt::format("`{}` lies inside `{}` and cannot be entered from outside",
                        target.step.text, process.steps[process.steps[*elsewhere].within].id.text),
            fmt::format("lead to `{}` instead",
                        process.steps[process.steps[*elsewhere].within].id.text));
        findings.relate(finding, process.steps[*elsewhere].mark, "the step is here");
        return;
    }
    std::vector<std::string> known;
    for (const auto* at = &scope; at; at = at->outer)
        for (const auto step : at->steps) known.push_back(process.steps[step].id.text);
    if (scope.region != none) known.emplace_back(definition::done_target);
    const auto near = nearest(target.step.text, known);
    findings.add("unknown-step", target.mark,
                 fmt::format("there is no step `{}`", target.step.text), did_you_mean(near));
}

PlaceIndex Lowering::start_of(const Scope& scope, const StepId& start, Mark mark) {
    const auto found = find(scope, start);
    if (found != none) return process.steps[found].at;
    Scope inside = scope;
    inside.outer = nullptr;
    report_unknown({start, mark}, inside);
    return none;
}

void Lowering::add_timers(const Step& step, PlaceIndex place, const Scope& scope) {
    for (const auto& timeout : step.timeouts) {
        auto& transition = leave(place, Transition::Trigger::timer, timeout.to.mark);
        transition.after = timeout.after;
        transition.accepts = timeout.accepts;
        check_hours(timeout.after, timeout.to.mark);
        // A region that runs out of time is left as a whole.
        if (process.places[place].role == Place::Role::active)
            leave_region(transition, process.places[place].step);
        lead_to(transition, timeout.to, scope);
        process.places[place].timers.push_back(last());
    }
}

void Lowering::check_hours(Limit limit, Mark mark) {
    // Cases from online channels use the organization's hours, whatever halls define.
    if (limit.unit != LimitUnit::working_minutes || !organization || organization->hours) return;
    auto& finding =
        findings.add("no-hours", mark,
                     fmt::format("{} are counted, and the organization does not say its hours",
                                 limit.amount % 60 == 0 ? "working hours" : "working minutes"),
                     "add `hours: {mon-fri: [09:00-12:00, 13:30-17:00]}` to the organization");
    findings.relate(finding, organization->mark, "the organization");
}

void Lowering::add_clock(const Step& step, PlaceIndex place) {
    process.places[place].pauses_clock = step.pauses_clock;
    process.places[place].ground = step.ground;
}

feel::Expression Lowering::compile(const ExpressionText& text, const feel::Type& wanted) {
    if (text.empty()) return {};
    std::vector<feel::Mistake> mistakes;
    auto expression = feel::compile(text.text, names_, mistakes, {.wanted = wanted});
    decision::report_mistakes(std::move(mistakes), text, findings);
    return expression;
}

feel::Expression Lowering::compile_amount(const ExpressionText& text) {
    feel::Type number;
    number.kind = feel::Kind::number;
    // Without a result the limit's own amount applies.
    number.nullable = true;
    return compile(text, number);
}

feel::Expression Lowering::compile_condition(const ExpressionText& text) {
    feel::Type truth;
    truth.kind = feel::Kind::boolean;
    return compile(text, truth);
}

}  // namespace workflow::process::lower
