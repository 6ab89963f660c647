// What a store has of a person: told, erased, and its keys put under another one (PIPL, articles 45
// and 47).

#include <fmt/format.h>

#include <algorithm>

#include "../engine/command_texts.hpp"
#include "../engine/staff.hpp"
#include "engine_state.hpp"

namespace workflow {

namespace shell {

namespace {

constexpr std::size_t page = 1000;

}  // namespace

std::vector<CaseRow> Unit::cases_of(const PersonId& person) {
    std::vector<CaseRow> rows;
    for (const auto& known : place_.vault.find(store(), person)) {
        CaseKey after{};
        while (true) {
            const auto keys = store().cases_of_person(known.id, after, page);
            for (const auto key : keys) {
                auto row = store().find(key);
                if (!row) throw StoreError("something is sealed of a case that is not there");
                rows.push_back(std::move(*row));
            }
            if (keys.size() < page) break;
            after = keys.back();
        }
    }
    return rows;
}

Expected<Answer> Unit::erase(const PersonId& person, const Actor& actor,
                             const std::string& reason) {
    if (auto refusal = engine::refuse_texts(actor, reason)) return std::move(*refusal);
    begin();
    place_.check_journal();
    if (!place_.vault.sealing()) throw StoreError("without a vault nothing can be erased");
    const auto& organization = place_.catalog.organization();
    const auto* officer = organization.officer(actor.officer);
    const auto& clock = organization.clock_of(officer ? officer->hall : HallId());
    const auto today = clock.day_of(place_.options.clock());
    if (auto refusal = engine::refuse_supervision(organization, actor, today))
        return std::move(*refusal);
    if (reason.empty())
        return Refusal{Rule::reason_required, "data are erased for a reason, and for good", {}};
    const auto known = place_.vault.find(store(), person);
    // Who is asked for stands in no message: logs keep those.
    if (known.empty())
        return Refusal{Rule::unknown_person, "the store keeps nothing of that person", {}};
    for (const auto& row : cases_of(person))
        if (row.status == "open")
            return Refusal{Rule::case_open,
                           fmt::format("the person's case {} has not ended", row.number.text),
                           {}};
    std::optional<Answer> answer;
    for (const auto& one : known) {
        store().put_person({one.id, {}, {}});
        Event event;
        event.what = PersonErased{one.id, reason};
        event.actor = actor;
        auto noted = note(std::move(event), clock);
        if (answer)
            noted.events.insert(noted.events.begin(), answer->events.begin(), answer->events.end());
        answer = std::move(noted);
    }
    return std::move(*answer);
}

std::uint64_t Unit::rekey(const VaultKey& key) {
    begin();
    return place_.vault.rekey(store(), key);
}

}  // namespace shell

Expected<Answer> Engine::erase(const PersonId& person, const Actor& actor,
                               const std::string& reason) {
    return erase(std::span(&person, 1), actor, reason).front();
}

std::vector<Expected<Answer>> Engine::erase(std::span<const PersonId> persons, const Actor& actor,
                                            const std::string& reason) {
    std::vector<Expected<Answer>> answers;
    state_->commits.alone([&] {
        shell::Unit unit(state_->place);
        for (const auto& person : persons) answers.push_back(unit.erase(person, actor, reason));
        unit.commit();
        state_->place.forget_everything();
    });
    return answers;
}

std::vector<CaseView> Engine::cases_of(const PersonId& person) {
    std::vector<CaseView> views;
    state_->commits.alone([&] {
        shell::Unit unit(state_->place);
        for (const auto& row : unit.cases_of(person)) views.push_back(shell::view_of(row));
        unit.commit();
    });
    return views;
}

std::uint64_t Engine::rekey(const VaultKey& key) {
    std::uint64_t count = 0;
    state_->commits.alone([&] {
        shell::Unit unit(state_->place);
        count = unit.rekey(key);
        unit.commit();
        state_->place.vault.take(key);
        state_->place.vault.look(*state_->place.store);
    });
    return count;
}

}  // namespace workflow
