#include <algorithm>

#include <fmt/format.h>

#include "lowering.hpp"

namespace workflow::process::lower {

using definition::Outcome;

namespace {

void lower_sets(Lowering& to, const Outcome& outcome, Transition& transition) {
    for (const auto& assignment : outcome.sets) {
        const auto field = to.process.field(assignment.field);
        if (!field) {
            std::vector<std::string> known;
            for (const auto& declared : to.process.fields) known.push_back(declared.id.text);
            const auto near = nearest(assignment.field.text, known);
            to.findings.add("unknown-field", assignment.mark,
                            fmt::format("there is no field `{}`", assignment.field.text),
                            did_you_mean(near));
            continue;
        }
        auto wanted = type_of(to.item.fields[*field], to.process.fields[*field].origin);
        // A missing value is refused at run time, where the officer can supply it.
        wanted.nullable = true;
        transition.sets.push_back({*field, to.compile(assignment.value, wanted)});
    }
}

void check_staff(Lowering& to, const definition::Step& step, const definition::TaskStep& task) {
    if (!to.organization) return;
    const auto& organization = *to.organization;
    const auto has_duty = [&](const definition::Post& post) {
        for (const auto& duty : post.duties)
            if (duty == task.duty) return true;
        return false;
    };
    if (!task.post.empty()) {
        const auto* post = organization.post(task.post);
        if (!post) {
            std::vector<std::string> known;
            for (const auto& declared : organization.posts) known.push_back(declared.id.text);
            const auto near = nearest(task.post.text, known);
            to.findings.add("unknown-post", task.post_mark,
                            fmt::format("there is no post `{}`", task.post.text),
                            did_you_mean(near));
            return;
        }
        if (!has_duty(*post)) {
            auto& finding = to.findings.add("duty-not-held", task.duty_mark,
                                            fmt::format("the post `{}` does not have the duty `{}`",
                                                        task.post.text, task.duty.text));
            to.findings.relate(finding, post->mark, "the post is here");
            return;
        }
    } else {
        bool held = false;
        std::vector<std::string> known;
        for (const auto& post : organization.posts) {
            held = held || has_duty(post);
            for (const auto& duty : post.duties) known.push_back(duty.text);
        }
        if (!held) {
            const auto near = nearest(task.duty.text, known);
            to.findings.add("duty-not-held", task.duty_mark,
                            fmt::format("no post has the duty `{}`", task.duty.text),
                            did_you_mean(near));
            return;
        }
    }
    for (const auto& officer : organization.officers) {
        if (!qualified_for(officer, to.process.item)) continue;
        if (task.among == definition::Among::section && officer.section != to.item.section)
            continue;
        for (const auto& held : officer.posts) {
            if (!task.post.empty() && held != task.post) continue;
            const auto* post = organization.post(held);
            if (post && has_duty(*post)) return;
        }
    }
    to.findings.add(
        "nobody-for-task", task.duty_mark,
        fmt::format("no officer may do `{}`: nobody on such a post is qualified for {}{}",
                    step.id.text, to.process.item.text,
                    task.among == definition::Among::section
                        ? fmt::format(" and works in the section {}", to.item.section)
                        : std::string()));
}

}  // namespace

void lower_task(Lowering& to, const definition::Step& step, const definition::TaskStep& task,
                const Scope& scope) {
    const auto place = to.process.steps[to.index_of(step)].at;
    TaskActivity activity;
    activity.duty = task.duty;
    activity.post = task.post;
    activity.drawn = task.drawn;
    activity.among = task.among;
    activity.allocate = task.allocate;
    activity.in_line = task.in_line;
    for (const auto& seen : task.sees)
        if (const auto field = to.process.field(seen.field)) activity.sees.push_back(*field);
    if (task.among == definition::Among::section && to.item.section.empty())
        to.findings.add("missing-key", task.post_mark,
                        "the item does not say which section it belongs to",
                        "add `section` to the item, or draw among all: `pool: pass-through`");
    activity.same_officer = task.same_officer;
    activity.seal = task.seal;
    activity.limit = step.limit;
    activity.limit_rule = to.compile_amount(step.limit_rule);
    activity.warn = task.warn;
    activity.escalate = task.escalate;
    activity.members = to.process.member(task.duty.text) | to.process.member(step.id.text);
    if ((to.process.conflicts_of(activity.members) & activity.members) != 0)
        to.findings.add("task-kept-from-itself", step.mark,
                        fmt::format("the duty `{}` and the step `{}` are kept apart, so nobody "
                                    "could do this task",
                                    task.duty.text, step.id.text));
    check_staff(to, step, task);

    for (const auto& outcome : task.outcomes) {
        auto& transition = to.leave(place, Transition::Trigger::outcome, outcome.mark);
        transition.outcome = outcome.id;
        transition.title = outcome.title;
        transition.needs_materials = outcome.needs_materials;
        transition.needs_reason = outcome.needs_reason;
        transition.accepts = outcome.accepts;
        transition.decides = outcome.decides;
        transition.extends = outcome.extends;
        transition.at_most = outcome.at_most;
        transition.notice = outcome.notice;
        transition.guard = to.compile_condition(outcome.when);
        transition.guard_text = outcome.when.text;
        transition.guard_mark = outcome.when.mark;
        lower_sets(to, outcome, transition);
        to.lead_to(transition, outcome.to, scope);
        activity.outcomes.push_back(to.last());
    }
    to.process.places[place].activity = std::move(activity);
    to.add_timers(step, place, scope);
    to.add_clock(step, place);
}

}  // namespace workflow::process::lower
