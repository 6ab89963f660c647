// Hidden data are shown to an officer on a ground, once a second person grants it. The request
// itself shows nothing.

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "authorization.hpp"
#include "draft.hpp"
#include "visibility.hpp"

namespace workflow::engine {

namespace {

std::optional<Refusal> refuse_ground(const Draft& draft, const std::string& ground) {
    std::vector<std::string> known;
    for (const auto& one : draft.organization().unseal_grounds) {
        if (one.id == ground) return {};
        known.push_back(one.id);
    }
    return refuse(
        RefusalCode::ground_required,
        fmt::format("unsealing requires one of these grounds: {}", fmt::join(known, ", ")));
}

bool is_person(const Draft& draft, const OfficerId& id, const definition::Officer& officer) {
    const auto* known = draft.organization().officer(id);
    return id == officer.id || (known && known->person == officer.person);
}

/// Refuses unless the actor is a supervisor of the case's hall (engine/authority) who is not a
/// party and does not review it.
std::optional<Refusal> refuse_second_person(Draft& draft) {
    if (auto refusal = know_officer(draft)) return refusal;
    if (reviews(draft.process, draft.organization(), draft.c, *draft.officer))
        return refuse(RefusalCode::second_person,
                      "an officer who reviews the case may not decide this");
    return {};
}

/// Returns whether a request of that kind is by a reviewer whom the supervisor must not learn.
bool asker_is_sealed(const Draft& draft, const Unsealing& asked) {
    if (asked.what != Sealed::applicant) return false;
    const auto visibility =
        visibility_of(draft.process, draft.organization(), draft.c, *draft.officer, draft.day);
    return !visibility || !visibility->reviewers;
}

/// Returns the request to decide on. Where the requester reviews the case, a named officer would be
/// a guess at who it is, so the answer must not depend on the name.
Expected<Unsealing> find_request(const Draft& draft, const DecideUnsealing& decision) {
    const auto& asked = draft.c.unseal_asked;
    const auto of_kind = [&](const Unsealing& one) { return one.what == decision.what; };
    const auto first = std::find_if(asked.begin(), asked.end(), of_kind);
    if (first == asked.end())
        return refuse(RefusalCode::nothing_asked,
                      "there is no pending request to see data of that kind");
    if (decision.officer.empty()) return *first;
    if (asker_is_sealed(draft, *first))
        return refuse(RefusalCode::not_yours_to_read,
                      "the requester may review the case: decide without naming the officer");
    const auto named =
        std::find(asked.begin(), asked.end(), Unsealing{decision.officer, decision.what});
    if (named != asked.end()) return *named;
    return refuse(
        RefusalCode::nothing_asked,
        fmt::format("{} has no pending request to see data of that kind", decision.officer.text));
}

}  // namespace

std::optional<Refusal> decide_unseal(Draft& draft, const UnsealCase& unseal) {
    if (auto refusal = know_officer(draft)) return refusal;
    const auto visibility =
        visibility_of(draft.process, draft.organization(), draft.c, *draft.officer, draft.day);
    if (!visibility) return visibility.refusal();
    if (unseal.reason.empty())
        return refuse(RefusalCode::reason_required, "unsealing requires a reason");
    if (auto refusal = refuse_ground(draft, unseal.ground)) return refusal;
    const auto& officer = *draft.officer;
    if (unseal.what == Sealed::applicant ? visibility->applicant : visibility->reviewers)
        return refuse(RefusalCode::nothing_sealed,
                      fmt::format("that is not hidden from {}", officer.id.text));
    const auto& asked = draft.c.unseal_asked;
    if (std::any_of(asked.begin(), asked.end(), [&](const Unsealing& one) {
            return one.what == unseal.what && is_person(draft, one.officer, officer);
        }))
        return refuse(
            RefusalCode::asked_already,
            fmt::format("{} has already asked, and the request is pending", officer.id.text));
    auto& done = draft.act<UnsealAsked>();
    done.what = unseal.what;
    done.ground = unseal.ground;
    done.reason = unseal.reason;
    return {};
}

std::optional<Refusal> decide_unsealing(Draft& draft, const DecideUnsealing& decision) {
    if (auto refusal = refuse_second_person(draft)) return refusal;
    const auto asked = find_request(draft, decision);
    if (!asked) return asked.refusal();
    if (is_person(draft, asked->officer, *draft.officer))
        return refuse(RefusalCode::second_person, "a second person must decide on unsealing");
    if (!decision.granted) {
        auto& declined = draft.act<UnsealDeclined>();
        declined.officer = asked->officer;
        declined.what = decision.what;
        declined.reason = decision.reason;
        return {};
    }
    auto& done = draft.act<CaseUnsealed>();
    done.what = decision.what;
    done.reason = decision.reason;
    done.officer = asked->officer;
    return {};
}

}  // namespace workflow::engine
