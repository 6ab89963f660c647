#include "acting.hpp"

#include <fmt/format.h>

#include "../process/staffing.hpp"
#include "nearby.hpp"

namespace workflow::engine {

using definition::Officer;

std::optional<Refusal> party(process::Parties parties, const Officer& officer) {
    const auto rule = parties.keep_out(officer.person);
    if (!rule) return {};
    return refuse(*rule, *rule == Rule::recused
                             ? fmt::format("{} has an interest in this case, or acts for the "
                                           "applicant, and takes no part in it",
                                           officer.id.text)
                             : fmt::format("{} is the applicant of this case", officer.id.text));
}

std::optional<Refusal> know_actor(Draft& draft) {
    const auto& actor = draft.command.actor;
    if (actor.kind != Actor::Kind::officer) return {};
    draft.officer = draft.organization().officer(actor.officer);
    if (!draft.officer)
        return refuse(Rule::unknown_officer,
                      fmt::format("there is no officer {}{}", actor.officer.text,
                                  nearby(actor.officer.text, draft.organization().officers)));
    if (!process::present(*draft.officer, draft.day))
        return refuse(Rule::absent,
                      fmt::format("{} is absent on {}", actor.officer.text, to_string(draft.day)));
    return party(draft.c.parties(), *draft.officer);
}

std::optional<Refusal> know_officer(Draft& draft) {
    if (draft.command.actor.kind != Actor::Kind::officer)
        return refuse(Rule::unknown_officer, "only an officer does this");
    return know_actor(draft);
}

Expected<const Task*> find_task(const Draft& draft, TaskNumber wanted) {
    if (const auto* task = draft.c.task(wanted)) return task;
    return refuse(Rule::unknown_task, fmt::format("the case {} has no open task {}",
                                                  draft.c.number.text, number(wanted)));
}

std::optional<Refusal> on_shift(const Draft& draft, const Officer& officer) {
    if (!definition::off_shift(draft.organization(), officer, *draft.facts.calendar, draft.day))
        return {};
    return refuse(Rule::off_shift,
                  fmt::format("the shift {} of {} has no hours on {}", officer.shift.text,
                              officer.id.text, to_string(draft.day)));
}

Expected<PostId> admit(const Draft& draft, const Task& task, const Officer& officer) {
    const auto& activity = *draft.process.task_at(task.place);
    auto post = process::post_for(draft.process, activity, draft.organization(), officer,
                                  draft.served_in(), draft.day);
    if (!post) return post;
    const auto rule =
        process::separation(draft.process, draft.organization(), view(draft.c.performed),
                            draft.c.parties(), officer, activity.members);
    if (auto refusal = party(draft.c.parties(), officer)) return std::move(*refusal);
    if (rule)
        return refuse(*rule,
                      fmt::format("{} has performed a duty in this case that is kept apart from {}",
                                  officer.id.text, activity.duty.text));
    if (task.holder == officer.id) return post;
    if (auto refusal = on_shift(draft, officer)) return std::move(*refusal);
    const process::Candidates candidates(draft.process, draft.organization(), draft.served_in(),
                                         draft.day);
    process::Outlook outlook(candidates, view(draft.c.performed), draft.c.parties(),
                             ahead_of(draft.process, draft.c.marking));
    if (!outlook.loses(officer, activity.members)) return post;
    return refuse(Rule::needed_later,
                  fmt::format("nobody but {} could do a later task of this case that is kept apart "
                              "from {}",
                              officer.id.text, activity.duty.text));
}

}  // namespace workflow::engine
