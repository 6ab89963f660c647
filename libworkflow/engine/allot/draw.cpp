#include "draw.hpp"

#include <algorithm>
#include <functional>
#include <optional>

namespace workflow::engine {

using definition::Officer;
using definition::Organization;

namespace {

/// Answers for one officer after another; what does not depend on him is found out once.
class Doorkeeper {
public:
    explicit Doorkeeper(const Pool& pool)
        : organization_(pool.organization),
          calendar_(pool.calendar),
          day_(pool.day),
          eligible_(pool.process, pool.task, pool.organization, pool.hall, pool.day),
          separation_(pool.process, pool.organization, pool.done, pool.parties, pool.task.members),
          returned_(pool.returned),
          members_(pool.task.members),
          candidates_(pool.process, pool.organization, pool.hall, pool.day),
          outlook_(candidates_, pool.done, pool.parties, pool.ahead) {}

    [[nodiscard]] bool on_post(const Officer& officer) const {
        return eligible_.post(officer) != nullptr;
    }
    [[nodiscard]] std::optional<Rule> kept_out(const Officer& officer) {
        if (const auto rule = eligible_.kept_out(officer)) return rule;
        if (definition::off_shift(organization_, officer, calendar_, day_)) return Rule::off_shift;
        if (const auto rule = separation_(officer)) return rule;
        if (gave_back(officer)) return Rule::not_your_task;
        if (outlook_.loses(officer, members_)) return Rule::needed_later;
        return {};
    }

private:
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
};

/// Leaves those in whose qualification names the item most narrowly.
void keep_specialists(const Pool& pool, TaskDrawn& drawn) {
    const auto rank = [&](const OfficerId& id) {
        return definition::narrowness(*pool.organization.officer(id), pool.process.item);
    };
    std::size_t most = 0;
    for (const auto& id : drawn.candidates) most = std::max(most, rank(id));
    const auto others = std::stable_partition(drawn.candidates.begin(), drawn.candidates.end(),
                                              [&](const auto& id) { return rank(id) == most; });
    for (auto id = others; id != drawn.candidates.end(); ++id)
        drawn.excluded.push_back({*id, static_cast<std::uint8_t>(Rule::not_specialist)});
    drawn.candidates.erase(others, drawn.candidates.end());
    std::sort(drawn.excluded.begin(), drawn.excluded.end(),
              [](const Exclusion& a, const Exclusion& b) { return a.officer < b.officer; });
}

/// The candidates' weights, where they are not all alike.
std::vector<std::uint32_t> weights_of(const Organization& organization,
                                      std::span<const OfficerId> candidates) {
    std::vector<std::uint32_t> weights;
    weights.reserve(candidates.size());
    for (const auto& id : candidates) weights.push_back(organization.officer(id)->weight);
    if (std::adjacent_find(weights.begin(), weights.end(), std::not_equal_to<>()) == weights.end())
        weights.clear();
    return weights;
}

}  // namespace

void gather(const Pool& pool, TaskDrawn& drawn) {
    Doorkeeper door(pool);
    bool weighted = false;
    const auto consider = [&](const Officer& officer) {
        if (const auto rule = door.kept_out(officer)) {
            drawn.excluded.push_back({officer.id, static_cast<std::uint8_t>(*rule)});
            return;
        }
        drawn.candidates.push_back(officer.id);
        weighted = weighted || officer.weight != 1;
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
    if (pool.task.among == definition::Among::specialists) keep_specialists(pool, drawn);
    // Most organizations give nobody a weight: then nobody is looked up again.
    if (weighted && pool.task.allot == Allotment::draw)
        drawn.figures = weights_of(pool.organization, drawn.candidates);
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
