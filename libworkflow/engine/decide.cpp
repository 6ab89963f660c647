#include "decide.hpp"

#include <fmt/format.h>

#include "../calendar/legal_clock.hpp"
#include "authority.hpp"
#include "draft.hpp"
#include "operating.hpp"
#include "request.hpp"
#include "signing.hpp"

namespace workflow::engine {

namespace {

/// Returns whether this is the same request as before texts were normalized.
bool asked_before(std::uint64_t request, const Command& as_given, const Facts& facts) {
    return request == fingerprint(as_given) ||
           (facts.blinded && request == facts.blinded(canonical(as_given)));
}

/// Returns the earlier answer to the command's key, or the refusal of a key used for something
/// else.
std::optional<Expected<Decision>> answered(const Case& c, const Command& command,
                                           const Facts& facts, std::uint64_t request) {
    if (command.key.empty()) return {};
    for (const auto& known : c.keys) {
        if (known.key != command.key && !(facts.as_given && known.key == facts.as_given->key))
            continue;
        // Before the store had a vault, requests were distinguished by their plain fingerprints.
        if (known.request != request && !(facts.blinded && known.request == fingerprint(command)) &&
            !(facts.as_given && asked_before(known.request, *facts.as_given, facts)))
            return refuse(RefusalCode::key_reused,
                          fmt::format("the key {} was used for another request", known.key.text));
        Decision decision;
        decision.repeated = true;
        decision.before = known.before;
        decision.after = known.after;
        return decision;
    }
    return {};
}

std::optional<Refusal> stale(const Case& c, const Command& command) {
    const bool reopens = std::holds_alternative<OpenCase>(command.action) && c.version > 0;
    const bool moved_on = command.expected && number(*command.expected) != c.version;
    if (!reopens && !moved_on) return {};
    return Refusal{RefusalCode::stale_version,
                   fmt::format("the case {} is at version {}", c.number.text, c.version),
                   Version{c.version}};
}

/// Commands that are allowed after the end of a case: rating and inspecting it.
bool comes_after_the_end(const Action& action) {
    return std::holds_alternative<RateCase>(action) ||
           std::holds_alternative<SupplementRating>(action) ||
           std::holds_alternative<SetRatingAside>(action) ||
           std::holds_alternative<UnsealCase>(action) ||
           std::holds_alternative<DecideUnsealing>(action) ||
           std::holds_alternative<ReadCase>(action);
}

std::optional<Refusal> closed(const Case& c, const Command& command) {
    if (c.version == 0 && !std::holds_alternative<OpenCase>(command.action))
        return refuse(RefusalCode::unknown_case, "the case was never opened");
    if (c.end && !comes_after_the_end(command.action))
        return refuse(RefusalCode::case_ended,
                      fmt::format("the case {} has ended: {}", c.number.text, to_string(*c.end)));
    return {};
}

/// Refuses paper work that is entered too late to be checked.
std::optional<Refusal> too_late(const Draft& draft) {
    const auto& limit = draft.facts.late_entry;
    if (!limit || !draft.command.happened) return {};
    const auto& clock = draft.clock();
    const auto last = due_day(*draft.facts.calendar, clock.day_of(draft.happened), *limit).date;
    if (clock.day_of(draft.facts.now) <= last) return {};
    return refuse(RefusalCode::entered_too_late,
                  fmt::format("acts of {} could be entered only until {}",
                              to_string(clock.day_of(draft.happened)), to_string(last)));
}

std::optional<Refusal> out_of_order(const Draft& draft) {
    const auto& clock = draft.clock();
    if (draft.facts.now < draft.c.last_recorded)
        return refuse(RefusalCode::time_out_of_order,
                      fmt::format("{} is before the last event of the case, recorded {}",
                                  to_string(draft.facts.now, clock),
                                  to_string(draft.c.last_recorded, clock)));
    if (draft.happened > draft.facts.now)
        return refuse(RefusalCode::time_out_of_order,
                      fmt::format("{} is in the future", to_string(draft.happened, clock)));
    if (auto refusal = too_late(draft)) return refusal;
    if (draft.c.version > 0 && draft.happened < draft.c.last_happened)
        return refuse(
            RefusalCode::time_out_of_order,
            fmt::format("{} is before the last event of the case, of {}",
                        to_string(draft.happened, clock), to_string(draft.c.last_happened, clock)));
    return {};
}

struct Dispatch {
    Draft& draft;

    std::optional<Refusal> operator()(const OpenCase& open) const {
        return decide_open(draft, open);
    }
    std::optional<Refusal> operator()(const ClaimTask& claim) const {
        return decide_claim(draft, claim);
    }
    std::optional<Refusal> operator()(const CompleteTask& complete) const {
        return decide_complete(draft, complete);
    }
    std::optional<Refusal> operator()(const DelegateTask& delegate) const {
        return decide_delegate(draft, delegate);
    }
    std::optional<Refusal> operator()(const ReassignTask& reassign) const {
        return decide_reassign(draft, reassign);
    }
    std::optional<Refusal> operator()(const ReturnTask& give_back) const {
        return decide_return(draft, give_back);
    }
    std::optional<Refusal> operator()(const SupplyMaterials& supply) const {
        return decide_supply(draft, supply);
    }
    std::optional<Refusal> operator()(const WithdrawCase& withdraw) const {
        return decide_withdraw(draft, withdraw);
    }
    std::optional<Refusal> operator()(const UrgeCase& urge) const {
        return decide_urge(draft, urge);
    }
    std::optional<Refusal> operator()(const RateCase& rate) const {
        return decide_rate(draft, rate);
    }
    std::optional<Refusal> operator()(const SupplementRating& supplement) const {
        return decide_supplement(draft, supplement);
    }
    std::optional<Refusal> operator()(const SetRatingAside& aside) const {
        return decide_set_aside(draft, aside);
    }
    std::optional<Refusal> operator()(const UnsealCase& unseal) const {
        return decide_unseal(draft, unseal);
    }
    std::optional<Refusal> operator()(const ReadCase& read) const {
        return decide_read(draft, read);
    }
    std::optional<Refusal> operator()(const DecideUnsealing& decision) const {
        return decide_unsealing(draft, decision);
    }
    std::optional<Refusal> operator()(const RecuseOfficer& recuse) const {
        return decide_recuse(draft, recuse);
    }
    std::optional<Refusal> operator()(const DecideRecusal& decision) const {
        return decide_recusal(draft, decision);
    }
    std::optional<Refusal> operator()(const ResolveStranded& resolve) const {
        return decide_stranded(draft, resolve);
    }
    std::optional<Refusal> operator()(const AdvanceCase&) const {
        draft.events = decide_advance(draft);
        return {};
    }
};

}  // namespace

Expected<Decision> decide(const process::Process& process, const Case& c, const Command& command,
                          const Facts& facts) {
    const auto request = facts.blinded ? facts.blinded(canonical(command)) : fingerprint(command);
    if (auto before = answered(c, command, facts, request)) return std::move(*before);
    if (auto refusal = stale(c, command)) return std::move(*refusal);
    if (auto refusal =
            refuse_signature(*facts.organization, command, c.number, process.digest, facts.now))
        return std::move(*refusal);
    if (auto refusal = closed(c, command)) return std::move(*refusal);
    Draft draft(process, c, command, facts, request);
    if (auto refusal = out_of_order(draft)) return std::move(*refusal);
    if (auto refusal = refuse_unentitled(draft)) return std::move(*refusal);
    if (auto refusal = know_operator(draft)) return std::move(*refusal);
    if (auto refusal = std::visit(Dispatch{draft}, command.action)) return std::move(*refusal);
    if (auto refusal = refuse_unsigned(*facts.organization, command, draft.post, draft.day))
        return std::move(*refusal);
    draft.mark_first();
    Decision decision;
    decision.events = std::move(draft.events);
    return decision;
}

}  // namespace workflow::engine
