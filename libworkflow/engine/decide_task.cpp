#include <fmt/format.h>

#include "authorization.hpp"
#include "draft.hpp"
#include "nearby.hpp"
#include "offering.hpp"
#include "operating.hpp"
#include "requirements.hpp"

namespace workflow::engine {

using process::TaskActivity;
using process::Transition;

namespace {

/// Names the holder for a message without revealing a reviewer.
std::string_view holder_of(const Draft& draft, const Task& task) {
    if (draft.process.task_at(task.place)->post.empty()) return "another officer";
    return task.holder.text;
}

/// Where the oldest task comes first, the engine finds it and nobody chooses.
std::optional<Refusal> out_of_line(const Draft& draft, const TaskActivity& activity) {
    if (!activity.in_line || draft.facts.in_turn) return {};
    return refuse(RefusalCode::next_in_line,
                  fmt::format("tasks of the post {} are taken oldest first: "
                              "ask for the next one",
                              activity.post.text));
}

std::optional<Refusal> may_complete(Draft& draft, const Task& task, const TaskActivity& activity) {
    if (auto refusal = know_officer(draft)) return refusal;
    const auto& id = draft.officer->id;
    if (!task.holder.empty() && task.holder != id)
        return refuse(
            RefusalCode::not_your_task,
            fmt::format("task {} is held by {}", number(task.number), holder_of(draft, task)));
    if (task.holder.empty() && activity.drawn)
        return refuse(RefusalCode::drawn_not_chosen,
                      fmt::format("task {} is drawn, and no officer has been drawn yet",
                                  number(task.number)));
    if (task.holder.empty())
        if (auto refusal = out_of_line(draft, activity)) return refusal;
    auto post = admit(draft, task, *draft.officer);
    if (!post) return post.refusal();
    draft.post = std::move(post).value();
    return may_operate(draft, activity.members, activity.duty);
}

Expected<TransitionIndex> find_outcome(const Draft& draft, const Task& task,
                                       const TaskActivity& activity, const OutcomeId& outcome) {
    for (const auto index : activity.outcomes)
        if (draft.process.transitions[index].outcome == outcome) return index;
    return refuse(
        RefusalCode::unknown_outcome,
        fmt::format("{} has no outcome {}{}", draft.process.step_at(task.place).id.text,
                    outcome.text, nearby(outcome.text, activity.outcomes, [&](auto index) {
                        return draft.process.transitions[index].outcome.text;
                    })));
}

std::uint32_t times_taken(const Case& c, TransitionIndex outcome) {
    for (const auto& count : c.outcomes)
        if (count.transition == outcome) return count.times;
    return 0;
}

/// 行政许可法第四十二条: only before the limit has passed, and only once.
std::optional<Refusal> may_extend(const Draft& draft) {
    const auto& c = draft.c;
    if (!c.statutory)
        return refuse(RefusalCode::too_late_to_extend,
                      fmt::format("the limit of the case {} is not running yet", c.number.text));
    if (c.extended)
        return refuse(RefusalCode::extended_already,
                      fmt::format("the limit of the case {} was already extended", c.number.text));
    if (c.statutory_passed || (c.statutory_due && draft.day > *c.statutory_due))
        return refuse(RefusalCode::too_late_to_extend,
                      fmt::format("the limit of the case {} has passed", c.number.text));
    return {};
}

/// A required field written by this task must have a value when the task ends.
std::optional<Refusal> leaves_what_is_required(const Draft& draft, const TaskActivity& activity) {
    for (const auto slot : activity.writes)
        if (draft.process.fields[slot].required && draft.fields()[slot].is_null())
            return refuse(RefusalCode::field_missing,
                          fmt::format("{} must have a value", draft.process.fields[slot].id.text));
    return {};
}

/// Returns the fields of the application whose value the act changes.
std::vector<FieldId> corrected(const Draft& draft, const FieldValues& given) {
    std::vector<FieldId> fields;
    for (const auto& [id, value] : given) {
        const auto slot = draft.process.field(id);
        if (slot && draft.process.fields[*slot].origin == definition::FieldOrigin::applicant &&
            draft.c.fields[*slot] != value)
            fields.push_back(id);
    }
    return fields;
}

/// Counts the vote of a panel's member before the case moves on by it.
void count_vote(Draft& draft, const TaskActivity& activity, const OutcomeId& outcome) {
    if (activity.panel == process::none) return;
    const auto& panel = draft.process.panels[activity.panel];
    if (draft.values.empty()) draft.values = draft.c.fields;
    draft.values[panel.slot] = panel.with_vote(draft.values[panel.slot], outcome);
}

/// Checks the outcome's own requirements against the values and materials that the officer leaves.
std::optional<Refusal> satisfy(Draft& draft, const CompleteTask& complete,
                               const TaskActivity& activity, TransitionIndex index) {
    const auto& outcome = draft.process.transitions[index];
    if (auto refusal = take_fields(draft, complete.fields, &activity)) return refusal;
    if (auto refusal = leaves_what_is_required(draft, activity)) return refusal;
    if (!complete.fields.empty())
        if (auto refusal = check_fields(draft)) return refusal;
    if (outcome.guard) {
        const auto answer = outcome.guard.evaluate(draft.fields(), draft.moment());
        const auto* truth = answer.as<bool>();
        if (!truth || !*truth)
            return refuse(RefusalCode::condition_not_met,
                          fmt::format("{} is possible only when {}", outcome.outcome.text,
                                      outcome.guard_text));
    }
    if (outcome.needs_materials || !complete.materials.empty()) {
        if (auto refusal = take_materials(draft, complete.materials)) return refusal;
        if (outcome.needs_materials)
            if (auto missing = missing_materials(draft); !missing.empty())
                return refuse(RefusalCode::materials_missing, fmt::format("missing: {}", missing));
    }
    if (outcome.needs_reason && complete.reason.empty())
        return refuse(RefusalCode::reason_required,
                      fmt::format("{} requires a reason", outcome.outcome.text));
    if (outcome.at_most && times_taken(draft.c, index) >= *outcome.at_most)
        return refuse(RefusalCode::outcome_exhausted,
                      fmt::format("{} may be taken at most {} times", outcome.outcome.text,
                                  *outcome.at_most));
    return outcome.extends ? may_extend(draft) : std::nullopt;
}

/// Sets the outcome's values, all computed from the values before any of them is set.
std::optional<Refusal> set_values(Draft& draft, const Transition& outcome, FieldValues& fields) {
    if (outcome.sets.empty()) return {};
    SmallVector<Value, 4> values;
    for (const auto& set : outcome.sets)
        values.push_back(set.value.evaluate(draft.fields(), draft.moment()));
    if (draft.values.empty()) draft.values = draft.c.fields;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto& info = draft.process.fields[outcome.sets[i].field];
        if (values[i].is_null() ? info.required : !fits(info, values[i]))
            return refuse(RefusalCode::field_invalid,
                          fmt::format("{} cannot have the value that {} sets", info.id.text,
                                      outcome.outcome.text));
        fields.emplace_back(info.id, values[i]);
        draft.values[outcome.sets[i].field] = std::move(values[i]);
    }
    return check_fields(draft);
}

}  // namespace

std::optional<Refusal> decide_claim(Draft& draft, const ClaimTask& claim) {
    const auto task = find_task(draft, claim.task);
    if (!task) return task.refusal();
    if (auto refusal = know_officer(draft)) return refusal;
    const auto& activity = *draft.process.task_at((*task)->place);
    if (auto refusal = out_of_line(draft, activity)) return refusal;
    if (activity.drawn)
        return refuse(RefusalCode::drawn_not_chosen,
                      fmt::format("task {} is drawn and cannot be claimed", number(claim.task)));
    if (!(*task)->holder.empty())
        return refuse(
            RefusalCode::already_claimed,
            fmt::format("task {} is held by {}", number(claim.task), holder_of(draft, **task)));
    auto post = admit(draft, **task, *draft.officer);
    if (!post) return post.refusal();
    draft.post = std::move(post).value();
    if (auto refusal = may_operate(draft, activity.members, activity.duty)) return refusal;
    auto& claimed = draft.act<TaskClaimed>();
    claimed.task = claim.task;
    claimed.officer = draft.officer->id;
    return {};
}

std::optional<Refusal> decide_complete(Draft& draft, const CompleteTask& complete) {
    const auto found = find_task(draft, complete.task);
    if (!found) return found.refusal();
    const auto& task = **found;
    const auto& activity = *draft.process.task_at(task.place);
    if (auto refusal = may_complete(draft, task, activity)) return refusal;
    const auto outcome = find_outcome(draft, task, activity, complete.outcome);
    if (!outcome) return outcome.refusal();
    if (auto refusal = satisfy(draft, complete, activity, *outcome)) return refusal;

    const auto& transition = draft.process.transitions[*outcome];
    draft.events.reserve(transition.accepts ? 4 : 2);
    auto& completed = draft.act<TaskCompleted>();
    completed.fields = complete.fields;
    if (auto refusal = set_values(draft, transition, completed.fields)) return refusal;
    count_vote(draft, activity, complete.outcome);
    draft.marking = draft.c.marking;
    if (auto refusal = draft.move(*outcome, completed.path)) return refusal;
    completed.task = complete.task;
    completed.outcome = complete.outcome;
    completed.officer = draft.officer->id;
    completed.reason = complete.reason;
    completed.materials = complete.materials;
    // `completed` is not used below, because the following events can move it.

    if (auto fields = corrected(draft, complete.fields); !fields.empty()) {
        auto& correction = draft.follow<FieldsCorrected>();
        correction.task = complete.task;
        correction.fields = std::move(fields);
    }
    draft.completed = complete.task;
    Arrival arrival{draft.c.parties(), draft.c.hall, {}};
    arrival.performed = activity.members;
    arrival.performed_at = task.place;
    arrival.accepts = transition.accepts;
    arrival.extends = transition.extends;
    arrive(draft, arrival);
    // In a hall each visit is rated once (一次一评); online the case is rated when it ends.
    if (!draft.c.hall.empty() && is_visit(activity)) invite(draft, complete.task);
    return {};
}

}  // namespace workflow::engine
