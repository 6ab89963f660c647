// Ratings (好差评, R28): once for each rateable moment, with the token issued for it.

#include <fmt/format.h>

#include <workflow/rating.hpp>

#include "../crypto/digest.hpp"
#include "authorization.hpp"
#include "draft.hpp"

namespace workflow::engine {

namespace {

std::string what(TaskNumber task) {
    return task == TaskNumber{} ? std::string("the case") : fmt::format("task {}", number(task));
}

const Rateable* find(const Case& c, TaskNumber task) {
    for (const auto& rateable : c.rateable)
        if (rateable.task == task) return &rateable;
    return nullptr;
}

/// Returns what the applicant's token gives access to.
Expected<const Rateable*> opened_by(const Draft& draft, TaskNumber task, const std::string& token) {
    const auto* rateable = find(draft.c, task);
    if (!rateable)
        return refuse(RefusalCode::not_rateable,
                      fmt::format("no rating was requested for {}", what(task)));
    if (sha256(tidied_token(token)) != rateable->token)
        return refuse(RefusalCode::wrong_token,
                      fmt::format("this is not the token issued for {}", what(task)));
    return rateable;
}

}  // namespace

void invite(Draft& draft, TaskNumber task) {
    if (!draft.facts.rating_token || !draft.process.rated) return;
    const auto token = draft.facts.rating_token(task);
    auto& invited = draft.follow<RatingInvited>();
    invited.task = task;
    if (task != TaskNumber{}) {
        invited.officer = draft.officer->id;
        invited.window = draft.officer->window;
    }
    invited.token = sha256(token);
}

bool is_visit(const process::TaskActivity& activity) {
    return activity.duty.text == "intake" || activity.duty.text == "issue";
}

std::optional<Refusal> decide_rate(Draft& draft, const RateCase& rate) {
    const auto rateable = opened_by(draft, rate.task, rate.token);
    if (!rateable) return rateable.refusal();
    if ((*rateable)->grade)
        return refuse(RefusalCode::rated_already,
                      fmt::format("{} was already rated", what(rate.task)));
    if (rate.grade < Grade::very_dissatisfied || rate.grade > Grade::very_satisfied)
        return refuse(RefusalCode::field_invalid, "a grade must be from 1 to 5");
    auto& rated = draft.act<CaseRated>();
    rated.task = rate.task;
    rated.grade = rate.grade;
    rated.comment = rate.comment;
    return {};
}

std::optional<Refusal> decide_supplement(Draft& draft, const SupplementRating& supplement) {
    const auto rateable = opened_by(draft, supplement.task, supplement.token);
    if (!rateable) return rateable.refusal();
    if (!(*rateable)->grade)
        return refuse(RefusalCode::not_rated,
                      fmt::format("{} has not been rated", what(supplement.task)));
    if ((*rateable)->supplemented)
        return refuse(
            RefusalCode::rated_already,
            fmt::format("the rating of {} was already supplemented", what(supplement.task)));
    if (supplement.comment.empty())
        return refuse(RefusalCode::reason_required, "a supplement requires a comment");
    auto& added = draft.act<RatingSupplemented>();
    added.task = supplement.task;
    added.comment = supplement.comment;
    return {};
}

std::optional<Refusal> decide_set_aside(Draft& draft, const SetRatingAside& aside) {
    if (auto refusal = know_officer(draft)) return refusal;
    const auto& officer = *draft.officer;
    const auto* rateable = find(draft.c, aside.task);
    if (!rateable || !rateable->grade)
        return refuse(RefusalCode::not_rated,
                      fmt::format("{} has not been rated", what(aside.task)));
    const auto* rated = draft.organization().officer(rateable->officer);
    if (rateable->officer == officer.id || (rated && rated->person == officer.person))
        return refuse(RefusalCode::own_affair,
                      fmt::format("{} is the officer who was rated", officer.id.text));
    if (aside.reason.empty())
        return refuse(RefusalCode::reason_required, "setting a rating aside requires a reason");
    if (rateable->set_aside)
        return refuse(RefusalCode::nothing_changed, "the rating was already set aside");
    auto& done = draft.act<RatingSetAside>();
    done.task = aside.task;
    done.reason = aside.reason;
    return {};
}

}  // namespace workflow::engine
