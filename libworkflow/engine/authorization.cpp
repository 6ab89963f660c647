#include "authorization.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "../process/staffing.hpp"
#include "allocation/draw.hpp"
#include "nearby.hpp"

namespace workflow::engine {

using definition::Officer;

std::optional<Refusal> party(process::Parties parties, const Officer& officer) {
    const auto rule = parties.keep_out(officer.person);
    if (!rule) return {};
    return refuse(*rule, *rule == RefusalCode::recused
                             ? fmt::format("{} has an interest in this case, or acts for the "
                                           "applicant, and may not take part in it",
                                           officer.id.text)
                             : fmt::format("{} is the applicant of this case", officer.id.text));
}

std::optional<Refusal> know_actor(Draft& draft) {
    const auto& actor = draft.command.actor;
    if (actor.kind != Actor::Kind::officer) return {};
    draft.officer = draft.organization().officer(actor.officer);
    if (!draft.officer)
        return refuse(RefusalCode::unknown_officer,
                      fmt::format("there is no officer {}{}", actor.officer.text,
                                  nearby(actor.officer.text, draft.organization().officers)));
    if (!process::present(*draft.officer, draft.day))
        return refuse(RefusalCode::absent,
                      fmt::format("{} is absent on {}", actor.officer.text, to_string(draft.day)));
    return party(draft.c.parties(), *draft.officer);
}

std::optional<Refusal> know_officer(Draft& draft) {
    if (draft.command.actor.kind != Actor::Kind::officer)
        return refuse(RefusalCode::unknown_officer, "only an officer may do this");
    return know_actor(draft);
}

Expected<const Task*> find_task(const Draft& draft, TaskNumber wanted) {
    if (const auto* task = draft.c.task(wanted)) return task;
    return refuse(RefusalCode::unknown_task, fmt::format("the case {} has no open task {}",
                                                         draft.c.number.text, number(wanted)));
}

std::optional<Refusal> on_shift(const Draft& draft, const Officer& officer) {
    if (!definition::off_shift(draft.organization(), officer, *draft.facts.calendar, draft.day))
        return {};
    return refuse(RefusalCode::off_shift,
                  fmt::format("the shift {} of {} has no hours on {}", officer.shift.text,
                              officer.id.text, to_string(draft.day)));
}

Expected<PostId> admit(const Draft& draft, const Task& task, const Officer& officer) {
    const auto& activity = *draft.process.task_at(task.place);
    static const HallId every_hall;
    std::optional<process::TaskActivity> wider;
    if (task.widened) wider = widened(activity);
    auto post = process::post_for(draft.process, wider ? *wider : activity, draft.organization(),
                                  officer, wider ? every_hall : draft.served_in(), draft.day);
    if (!post) return post;
    const auto rule =
        process::separation(draft.process, draft.organization(), view(draft.c.performed),
                            draft.c.parties(), officer, activity.members);
    if (auto refusal = party(draft.c.parties(), officer)) return std::move(*refusal);
    if (rule)
        return refuse(
            *rule, fmt::format("{} has performed a duty in this case that is incompatible with {}",
                               officer.id.text, activity.duty.text));
    if (task.holder == officer.id) return post;
    if (auto refusal = on_shift(draft, officer)) return std::move(*refusal);
    const process::Candidates candidates(draft.process, draft.organization(), draft.served_in(),
                                         draft.day);
    process::Outlook outlook(candidates, view(draft.c.performed), draft.c.parties(),
                             ahead_of(draft.process, draft.c.marking));
    if (!outlook.loses(officer, activity.members)) return post;
    return refuse(
        RefusalCode::needed_later,
        fmt::format("only {} could do a later task of this case that is incompatible with {}",
                    officer.id.text, activity.duty.text));
}

std::optional<Refusal> supervises(const Draft& draft,
                                  const std::function<bool(const Officer&)>& kept_out) {
    const auto& officer = *draft.officer;
    const auto& hall = draft.hall();
    if (!officer.supervisor)
        return refuse(RefusalCode::not_supervisor,
                      fmt::format("{} is not a supervisor", officer.id.text));
    if (kept_out(officer))
        return refuse(
            RefusalCode::second_person,
            fmt::format(
                "{} asked for it, is concerned, or accepted the case: a second person must decide",
                officer.id.text));
    if (hall.empty() || officer.hall == hall) return {};
    const auto& officers = draft.organization().officers;
    const bool another = std::any_of(officers.begin(), officers.end(), [&](const Officer& one) {
        return one.supervisor && one.hall == hall && process::present(one, draft.day) &&
               !draft.c.parties().keep_out(one.person) && !kept_out(one);
    });
    if (!another) return {};
    return refuse(RefusalCode::not_supervisor,
                  fmt::format("{} is not a supervisor of the hall {}", officer.id.text, hall.text));
}

bool has_performed(const Draft& draft, const PersonId& person, process::MemberMask members) {
    return std::any_of(draft.c.performed.begin(), draft.c.performed.end(), [&](const auto& one) {
        if ((one.members & members) == 0) return false;
        const auto* officer = draft.organization().officer(one.officer);
        return officer ? officer->person == person : one.officer.text == person.text;
    });
}

}  // namespace workflow::engine
