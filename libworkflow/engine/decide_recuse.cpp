// Recusal of persons with an interest in a matter (回避). It must not allow anybody to shape the
// pool: it needs a ground from the list, a named requester, and a second person who decides.

#include <algorithm>

#include <fmt/format.h>

#include "../base/diagnostics.hpp"
#include "authorization.hpp"
#include "draft.hpp"
#include "offering.hpp"
#include "recusal.hpp"

namespace workflow::engine {

namespace {

bool is_person(const Draft& draft, const OfficerId& id, const PersonId& person) {
    const auto* officer = draft.organization().officer(id);
    return officer ? officer->person == person : id.text == person.text;
}

/// Returns the tasks of the recused person and draws again.
void take_back(Draft& draft, const PersonId& person) {
    std::vector<PersonId> others(draft.c.others.begin(), draft.c.others.end());
    others.push_back(person);
    for (const auto& task : draft.c.tasks) {
        if (task.holder.empty() || !is_person(draft, task.holder, person)) continue;
        auto& handed = draft.follow<TaskHandedOver>();
        handed.task = task.number;
        handed.way = TaskHandedOver::Way::absent;
        handed.from = task.holder;
        handed.reason = "recused";
        if (!draft.process.task_at(task.place)->drawn) continue;
        draw_again(
            draft, task,
            {{draft.c.parties().applicant, others}, task.returned, task.widened, task.small_pool});
    }
}

std::string listed(const definition::Organization& organization) {
    std::vector<std::string_view> names;
    for (const auto& ground : organization.recusal_grounds) names.push_back(ground.id);
    return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

bool out_at_once(const Draft& draft, const OfficerId& officer) {
    const auto& asker = draft.command.actor;
    if (asker == Actor::the_engine()) return true;
    const auto* named = draft.organization().officer(officer);
    return asker.kind == Actor::Kind::officer && named &&
           is_person(draft, asker.officer, named->person);
}

std::optional<Refusal> bad_recusal(const Draft& draft, const RecusalRequest& request) {
    const auto& organization = draft.organization();
    if (!organization.officer(request.officer))
        return refuse(RefusalCode::unknown_officer,
                      fmt::format("there is no officer {}", request.officer.text));
    if (!organization.recusal_ground(request.ground))
        return refuse(
            RefusalCode::ground_required,
            fmt::format("a recusal requires one of these grounds: {}", listed(organization)));
    if (request.reason.empty())
        return refuse(RefusalCode::reason_required, "a recusal requires a reason");
    return {};
}

void ask(Draft& draft, const RecusalRequest& request) {
    auto& asked = draft.act<RecusalAsked>();
    const auto& asker = draft.command.actor;
    const bool own = asker != Actor::the_engine() && out_at_once(draft, request.officer);
    asked.officer = own ? asker.officer : request.officer;
    asked.person = draft.organization().officer(request.officer)->person;
    asked.ground = request.ground;
    asked.reason = request.reason;
}

std::optional<Refusal> decide_recuse(Draft& draft, const RecuseOfficer& recuse) {
    if (auto refusal = know_actor(draft)) return refusal;
    const RecusalRequest request{recuse.officer, recuse.ground, recuse.reason};
    if (auto refusal = bad_recusal(draft, request)) return refusal;
    const auto& officer = *draft.organization().officer(recuse.officer);
    const auto& open = draft.c.recusals;
    const bool now = out_at_once(draft, officer.id);
    // An officer's own request needs no answer to what others have asked.
    const bool waiting = !now && std::any_of(open.begin(), open.end(), [&](const auto& one) {
        return one.person == officer.person;
    });
    if (waiting || draft.c.parties().keep_out(officer.person))
        return refuse(RefusalCode::asked_already,
                      fmt::format("{} is already recused, or the recusal was already requested",
                                  officer.id.text));
    ask(draft, request);
    if (now) take_back(draft, officer.person);
    return {};
}

std::optional<Refusal> decide_recusal(Draft& draft, const DecideRecusal& decision) {
    if (auto refusal = know_officer(draft)) return refusal;
    const auto& open = draft.c.recusals;
    const auto asked = std::find_if(open.begin(), open.end(), [&](const OpenRecusal& one) {
        return one.officer == decision.officer;
    });
    if (asked == open.end())
        return refuse(RefusalCode::nothing_asked,
                      fmt::format("no recusal of {} was requested", decision.officer.text));
    const auto intake = draft.process.member("intake");
    const auto concerned = [&](const definition::Officer& one) {
        return one.person == asked->person ||
               is_person(draft, asked->asked_by.officer, one.person) ||
               has_performed(draft, one.person, intake);
    };
    if (auto refusal = supervises(draft, concerned)) return refusal;
    if (!decision.granted && decision.reason.empty())
        return refuse(RefusalCode::reason_required, "declining a recusal requires a reason");
    const auto person = asked->person;
    auto& decided = draft.act<RecusalDecided>();
    decided.officer = decision.officer;
    decided.granted = decision.granted;
    decided.reason = decision.reason;
    if (decision.granted) take_back(draft, person);
    return {};
}

}  // namespace workflow::engine
