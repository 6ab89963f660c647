// Reading personal data requires a purpose, which the trail records, and is limited per hour.

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "authorization.hpp"
#include "draft.hpp"
#include "visibility.hpp"

namespace workflow::engine {

namespace {

constexpr std::int64_t hour = 3'600'000'000;

std::optional<Refusal> refuse_purpose(const Draft& draft, const std::string& purpose) {
    const auto& rules = draft.organization().reading;
    if (rules && rules->find(purpose)) return {};
    if (!rules && !purpose.empty()) return {};
    if (!rules)
        return refuse(RefusalCode::purpose_required, "reading personal data requires a purpose");
    std::vector<std::string> known;
    for (const auto& one : rules->purposes) known.push_back(one.id);
    return refuse(RefusalCode::purpose_required,
                  fmt::format("reading personal data requires one of these purposes: {}",
                              fmt::join(known, ", ")));
}

/// Counts readings by all accounts of the officer's person.
std::uint32_t begun_within_an_hour(const Draft& draft) {
    if (!draft.facts.reads) return 0;
    std::uint32_t begun = 0;
    const Instant since{draft.facts.now.microseconds - hour + 1};
    for (const auto& officer : draft.organization().officers)
        if (officer.person == draft.officer->person) begun += draft.facts.reads(officer.id, since);
    return begun;
}

}  // namespace

std::optional<Refusal> decide_read(Draft& draft, const ReadCase& read) {
    if (draft.happened != draft.facts.now)
        return refuse(RefusalCode::time_out_of_order, "a reading cannot be entered afterwards");
    if (auto refusal = know_officer(draft)) return refusal;
    const auto visibility =
        visibility_of(draft.process, draft.organization(), draft.c, *draft.officer, draft.day);
    if (!visibility) return visibility.refusal();
    if (auto refusal = refuse_purpose(draft, read.purpose)) return refusal;
    const auto& readings = draft.c.readings;
    if (std::find(readings.begin(), readings.end(),
                  Reading{draft.officer->id, read.purpose, draft.day}) != readings.end())
        return {};
    const auto& rules = draft.organization().reading;
    if (rules && rules->per_hour && begun_within_an_hour(draft) >= *rules->per_hour)
        return refuse(RefusalCode::reading_exhausted,
                      fmt::format("{} has read {} cases within an hour, which is the maximum",
                                  draft.officer->id.text, *rules->per_hour));
    draft.act<CaseRead>().purpose = read.purpose;
    return {};
}

}  // namespace workflow::engine
