#include "draw.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

namespace workflow::engine {

using definition::Officer;
using definition::Organization;

namespace {

/// Checks one officer after another. Computes once whatever does not depend on the officer.
class Doorkeeper {
public:
    explicit Doorkeeper(const Pool& pool)
        : organization_(pool.organization),
          calendar_(pool.calendar),
          day_(pool.day),
          eligible_(pool.process, pool.task, pool.organization, hall_of(pool), pool.day),
          separation_(pool.process, pool.organization, pool.done, pool.parties, pool.task.members),
          returned_(pool.returned),
          members_(pool.task.members),
          candidates_(pool.process, pool.organization, pool.hall, pool.day),
          outlook_(candidates_, pool.done, pool.parties, pool.ahead) {
        if (pool.at_reception && pool.at_reception != &pool.organization) {
            at_reception_ = pool.at_reception;
            then_.emplace(pool.process, pool.task, *at_reception_, hall_of(pool), pool.day);
        }
    }

    [[nodiscard]] bool on_post(const Officer& officer) const {
        return eligible_.post(officer) != nullptr;
    }
    [[nodiscard]] std::optional<RefusalCode> kept_out(const Officer& officer) {
        if (const auto rule = eligible_.kept_out(officer)) return rule;
        if (const auto rule = kept_out_then(officer.id)) return rule;
        if (definition::off_shift(organization_, officer, calendar_, day_))
            return RefusalCode::off_shift;
        if (const auto rule = separation_(officer)) return rule;
        if (gave_back(officer)) return RefusalCode::not_your_task;
        if (outlook_.loses(officer, members_)) return RefusalCode::needed_later;
        return {};
    }
    /// Returns the rule that would have excluded the officer when the case was received.
    [[nodiscard]] std::optional<RefusalCode> kept_out_then(const OfficerId& id) const {
        if (!then_) return {};
        const auto* officer = at_reception_->officer(id);
        if (!officer || !then_->post(*officer)) return RefusalCode::not_on_post;
        const auto rule = then_->kept_out(*officer);
        return rule == RefusalCode::absent ? std::nullopt : rule;
    }
    /// Returns whether the rule follows from an act in this case, or from a change of staff.
    [[nodiscard]] bool by_act(const OfficerId& id, RefusalCode rule) const {
        const bool always = rule == RefusalCode::recused || rule == RefusalCode::not_your_task ||
                            rule == RefusalCode::absent;
        const bool changed =
            then_ && (rule == RefusalCode::not_qualified || rule == RefusalCode::other_section ||
                      rule == RefusalCode::not_on_post);
        return (always || changed) && !kept_out_then(id);
    }
    /// Visits officers who could have done the task when the case was received and no longer have a
    /// post for it.
    void visit_moved(const std::function<void(const OfficerId&)>& visit) const {
        if (!then_) return;
        for (const auto& officer : at_reception_->officers) {
            const auto* now = organization_.officer(officer.id);
            if (then_->post(officer) && (!now || !on_post(*now))) visit(officer.id);
        }
    }

private:
    static const HallId& hall_of(const Pool& pool) {
        static const HallId every_hall;
        return pool.every_hall ? every_hall : pool.hall;
    }
    [[nodiscard]] bool gave_back(const Officer& officer) const {
        return std::any_of(returned_.begin(), returned_.end(), [&](const OfficerId& id) {
            if (id == officer.id) return true;
            const auto* other = organization_.officer(id);
            return other && other->person == officer.person;
        });
    }

    const Organization& organization_;
    const WorkingDays& calendar_;
    Date day_;
    process::Eligibility eligible_;
    process::Separation separation_;
    std::span<const OfficerId> returned_;
    process::MemberMask members_;
    process::Candidates candidates_;
    process::Outlook outlook_;
    const Organization* at_reception_ = nullptr;  // null: the organization has not changed
    std::optional<process::Eligibility> then_;
};

/// Removes the candidates that `stays` rejects, and records the rule.
template <class Stays>
void leave_out(TaskDrawn& drawn, RefusalCode rule, Stays stays) {
    const auto others =
        std::stable_partition(drawn.candidates.begin(), drawn.candidates.end(), stays);
    for (auto id = others; id != drawn.candidates.end(); ++id)
        drawn.excluded.push_back({*id, static_cast<std::uint8_t>(rule)});
    drawn.candidates.erase(others, drawn.candidates.end());
}

/// Keeps the officers with the most specific qualification for the item, also among the lost ones.
void keep_specialists(const Pool& pool, TaskDrawn& drawn, std::vector<OfficerId>& lost) {
    const auto rank = [&](const OfficerId& id) {
        const auto* officer = pool.organization.officer(id);
        return officer ? definition::narrowness(*officer, pool.process.item) : 0;
    };
    std::size_t most = 0;
    for (const auto& id : drawn.candidates) most = std::max(most, rank(id));
    leave_out(drawn, RefusalCode::not_specialist, [&](const auto& id) { return rank(id) == most; });
    std::erase_if(lost, [&](const auto& id) { return rank(id) < most; });
}

/// Gives each human being one chance: of several accounts the first one stays.
void keep_persons(const Pool& pool, TaskDrawn& drawn) {
    std::vector<const PersonId*> seen;
    seen.reserve(drawn.candidates.size());
    leave_out(drawn, RefusalCode::same_person, [&](const auto& id) {
        const auto& person = pool.organization.officer(id)->person;
        const bool known = std::any_of(seen.begin(), seen.end(),
                                       [&](const PersonId* one) { return *one == person; });
        if (!known) seen.push_back(&person);
        return !known;
    });
}

/// Returns the candidates' weights by the organization at reception, or nothing if all are 1.
std::vector<std::uint32_t> weights_of(const Pool& pool, std::span<const OfficerId> candidates) {
    const auto& organization = pool.at_reception ? *pool.at_reception : pool.organization;
    std::vector<std::uint32_t> weights;
    weights.reserve(candidates.size());
    for (const auto& id : candidates)
        weights.push_back(std::clamp(organization.officer(id)->weight, 1U, most_weight));
    const bool alike = std::all_of(weights.begin(), weights.end(), [](auto w) { return w == 1; });
    if (alike) weights.clear();
    return weights;
}

}  // namespace

process::TaskActivity widened(const process::TaskActivity& task) {
    auto wider = task;
    wider.among = definition::Among::everybody;
    return wider;
}

std::size_t gather(const Pool& pool, TaskDrawn& drawn) {
    Doorkeeper door(pool);
    std::vector<OfficerId> lost;
    bool several_accounts = false;
    const auto leave = [&](const OfficerId& id, RefusalCode rule) {
        drawn.excluded.push_back({id, static_cast<std::uint8_t>(rule)});
        if (door.by_act(id, rule)) lost.push_back(id);
    };
    const auto consider = [&](const Officer& officer) {
        if (const auto rule = door.kept_out(officer)) return leave(officer.id, *rule);
        drawn.candidates.push_back(officer.id);
        several_accounts = several_accounts || officer.person.text != officer.id.text;
    };
    const auto& officers = pool.organization.officers;
    if (pool.process.staff && *pool.process.staff == pool.organization.digest) {
        drawn.candidates.reserve(pool.process.roles[pool.task.role].roster.size());
        for (const auto index : pool.process.roles[pool.task.role].roster)
            if ((pool.task.post.empty() && officers[index].substitutes.empty()) ||
                door.on_post(officers[index]))
                consider(officers[index]);
    } else {
        for (const auto& officer : officers)
            if (door.on_post(officer)) consider(officer);
    }
    door.visit_moved([&](const OfficerId& id) { leave(id, RefusalCode::not_on_post); });
    if (pool.task.among == definition::Among::specialists) keep_specialists(pool, drawn, lost);
    // Most accounts have the same id as their person. Then no person has two.
    if (several_accounts) keep_persons(pool, drawn);
    std::sort(drawn.excluded.begin(), drawn.excluded.end(),
              [](const Exclusion& a, const Exclusion& b) { return a.officer < b.officer; });
    if (pool.task.allocate == Allocation::draw) drawn.figures = weights_of(pool, drawn.candidates);
    return lost.size();
}

bool may_have(const Pool& pool, const OfficerId& id) {
    const auto* officer = pool.organization.officer(id);
    Doorkeeper door(pool);
    return officer && door.on_post(*officer) && !door.kept_out(*officer);
}

std::size_t pick(std::uint64_t entropy, std::size_t n) {
    return static_cast<std::size_t>(static_cast<unsigned __int128>(entropy) * n >> 64);
}

std::size_t pick(std::uint64_t entropy, std::size_t count, std::span<const std::uint32_t> weights) {
    if (weights.empty()) return pick(entropy, count);
    std::uint64_t all = 0;
    for (const auto weight : weights) all += weight;
    auto at = pick(entropy, all);
    std::size_t chosen = 0;
    while (chosen + 1 < weights.size() && at >= weights[chosen]) at -= weights[chosen++];
    return chosen;
}

}  // namespace workflow::engine
