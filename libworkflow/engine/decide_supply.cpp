#include <algorithm>

#include <fmt/format.h>

#include "authority.hpp"
#include "authorization.hpp"
#include "draft.hpp"
#include "offering.hpp"
#include "requirements.hpp"

namespace workflow::engine {

namespace {

/// Returns the steps that wait for the applicant. One supply answers all of them.
SmallVector<TransitionIndex, 4> awaited(const Draft& draft) {
    SmallVector<TransitionIndex, 4> supplied;
    for (const auto& token : draft.c.marking)
        if (const auto* wait = draft.process.wait_at(token.place);
            wait && wait->for_applicant && wait->supplied != process::none)
            supplied.push_back(wait->supplied);
    return supplied;
}

/// Owed materials may be supplied whenever the case is open. This moves no token.
bool brings_what_is_owed(const Draft& draft, const SupplyMaterials& supply) {
    if (supply.materials.empty() || !supply.fields.empty()) return false;
    for (const auto& receipt : supply.materials) {
        const auto index = draft.process.material(receipt.material);
        if (!index || draft.process.materials[*index].source != definition::MaterialSource::later ||
            draft.c.materials[*index] != MaterialState::missing)
            return false;
    }
    return true;
}

/// A system may fetch shared materials (数据共享) whenever the case is open. This moves no token.
bool brings_what_is_shared(const Draft& draft, const SupplyMaterials& supply) {
    if (supply.materials.empty() || !supply.fields.empty()) return false;
    return std::all_of(supply.materials.begin(), supply.materials.end(), [&](const auto& receipt) {
        const auto index = draft.process.material(receipt.material);
        return !index ||
               draft.process.materials[*index].source == definition::MaterialSource::shared;
    });
}

}  // namespace

std::optional<Refusal> decide_supply(Draft& draft, const SupplyMaterials& supply) {
    if (auto refusal = record_for_applicant(draft, supply.evidence)) return refusal;
    const bool fetched = draft.command.actor.kind == Actor::Kind::system;
    if (fetched && !brings_what_is_shared(draft, supply))
        return refuse(RefusalCode::not_entitled, "a system may supply only shared materials");
    const auto waits = fetched ? SmallVector<TransitionIndex, 4>() : awaited(draft);
    if (waits.empty() && !fetched && !brings_what_is_owed(draft, supply))
        return refuse(
            RefusalCode::not_waiting,
            fmt::format("the case {} does not wait for the applicant", draft.c.number.text));
    if (auto refusal = take_fields(draft, supply.fields, nullptr)) return refusal;
    if (!supply.fields.empty())
        if (auto refusal = check_fields(draft)) return refusal;
    if (auto refusal = take_materials(draft, supply.materials)) return refusal;

    draft.events.reserve(4);
    auto& supplied = draft.act<MaterialsSupplied>();
    draft.marking = draft.c.marking;
    for (const auto transition : waits) {
        // The first answer may have cancelled the branch that waited for the second.
        if (!enabled(draft.process, transition, draft.marking)) continue;
        if (auto refusal = draft.move(transition, supplied.path)) return refusal;
    }
    supplied.fields = supply.fields;
    supplied.materials = supply.materials;
    supplied.evidence = supply.evidence;
    // An officer who receives something from the applicant has met them.
    const auto intake = draft.officer ? draft.process.member("intake") : process::MemberMask{0};
    arrive(draft, Arrival{draft.c.parties(), draft.c.hall, intake});
    return {};
}

std::optional<Refusal> decide_withdraw(Draft& draft, const WithdrawCase& withdraw) {
    if (auto refusal = record_for_applicant(draft, withdraw.evidence)) return refusal;
    if (draft.process.withdraw == process::none)
        return refuse(RefusalCode::withdraw_closed,
                      fmt::format("{} cannot be withdrawn", draft.process.item.text));
    if (draft.c.decided)
        return refuse(RefusalCode::withdraw_closed,
                      fmt::format("the case {} has been decided", draft.c.number.text));
    draft.events.reserve(4);
    auto& withdrawn = draft.act<CaseWithdrawn>();
    draft.marking = draft.c.marking;
    if (auto refusal = draft.move(draft.process.withdraw, withdrawn.path)) return refusal;
    withdrawn.reason = withdraw.reason;
    withdrawn.evidence = withdraw.evidence;
    arrive(draft, Arrival{draft.c.parties(), draft.c.hall, {}});
    return {};
}

}  // namespace workflow::engine
