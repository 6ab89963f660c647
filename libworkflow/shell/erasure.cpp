// What a store has of a person: told, erased, and its keys put under another one (PIPL, articles 45
// and 47).

#include <fmt/format.h>

#include <algorithm>

#include "../engine/applicant_visibility.hpp"
#include "../engine/command_texts.hpp"
#include "../engine/staff.hpp"
#include "../trail/codec.hpp"
#include "engine_state.hpp"

namespace workflow {

namespace shell {

namespace {

constexpr std::size_t page = 1000;

/// What was asked, without a word of it in clear: hashed by the vault's own key.
std::string asked_of(const PersonId& person, const Actor& actor, const std::string& reason) {
    std::string asked = "erase";
    for (const auto* part : {&person.text, &actor.officer.text, &reason})
        asked += ' ' + std::to_string(part->size()) + ' ' + *part;
    return asked;
}

bool is_party(const Event& event, const PersonId& person) {
    const auto* opened = std::get_if<CaseOpened>(&event.what);
    return opened && engine::is_applicant(*opened, person);
}

}  // namespace

std::vector<CaseRow> Transaction::cases_of(const PersonId& person) {
    std::vector<CaseRow> rows;
    for (const auto& known : context_.vault.find(store(), person)) {
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

std::vector<CaseRow> Transaction::cases_by(const PersonId& person) {
    (void)context_.vault.sealing();  // throws where what is sealed cannot be read
    auto rows = cases_of(person);
    const auto sealed = rows;
    CaseFilter filter;
    while (true) {
        const auto found = store().cases(filter);
        for (const auto& row : found) {
            filter.after = row.key;
            const auto same = [&](const CaseRow& other) { return other.key == row.key; };
            if (std::any_of(sealed.begin(), sealed.end(), same)) continue;
            const auto records = store().events(row.key);
            if (!records.empty() && is_party(trail::decode(records.front().body), person))
                rows.push_back(row);
        }
        if (found.size() < filter.limit) break;
    }
    std::sort(rows.begin(), rows.end(),
              [](const CaseRow& a, const CaseRow& b) { return a.key < b.key; });
    return rows;
}

bool Transaction::erased_under(const CommandKey& key) {
    if (key.empty()) return false;
    const auto journal = read_journal(store());
    return journal &&
           std::any_of(journal->events.begin(), journal->events.end(), [&](const Event& event) {
               return event.key == key || event.key.text.starts_with(key.text + '/');
           });
}

Expected<Answer> Transaction::erase(const PersonId& person, const Actor& actor,
                                    const std::string& reason, const CommandKey& key, bool again) {
    if (auto refusal = engine::refuse_texts(actor, reason)) return std::move(*refusal);
    begin();
    context_.check_journal();
    if (!context_.vault.sealing()) throw StoreError("without a vault nothing can be erased");
    const auto request = context_.vault.blinded(store(), asked_of(person, actor, reason));
    if (again)
        if (auto before = answered(key, request)) return std::move(*before);
    const auto& organization = context_.catalog.organization();
    const auto* officer = organization.officer(actor.officer);
    const auto& clock = organization.clock_of(officer ? officer->hall : HallId());
    const auto today = clock.day_of(context_.options.clock());
    if (auto refusal = engine::refuse_supervision(organization, actor, today))
        return std::move(*refusal);
    if (reason.empty())
        return Refusal{
            RefusalCode::reason_required, "data are erased for a reason, and for good", {}};
    const auto known = context_.vault.find(store(), person);
    // Who is asked for stands in no message: logs keep those.
    if (known.empty())
        return Refusal{RefusalCode::unknown_person, "the store keeps nothing of that person", {}};
    for (const auto& row : cases_of(person))
        if (row.status == "open")
            return Refusal{RefusalCode::case_open,
                           fmt::format("the person's case {} has not ended", row.number.text),
                           {}};
    std::optional<Answer> answer;
    for (const auto& one : known) {
        store().put_person({one.id, {}, {}});
        Event event;
        event.what = PersonErased{one.id, reason};
        event.actor = actor;
        if (!answer) event.key = key;
        event.request = request;
        auto noted = note(std::move(event), clock);
        if (answer)
            noted.events.insert(noted.events.begin(), answer->events.begin(), answer->events.end());
        answer = std::move(noted);
    }
    return std::move(*answer);
}

std::uint64_t Transaction::rekey(const VaultKey& key) {
    begin();
    return context_.vault.rekey(store(), key);
}

}  // namespace shell

Expected<Answer> Engine::erase(const PersonId& person, const Actor& actor,
                               const std::string& reason, const CommandKey& key) {
    return erase(std::span(&person, 1), actor, reason, key).front();
}

std::vector<Expected<Answer>> Engine::erase(std::span<const PersonId> persons, const Actor& actor,
                                            const std::string& reason, const CommandKey& key) {
    std::vector<Expected<Answer>> answers;
    state_->commits.alone([&] {
        shell::Transaction unit(state_->place);
        // Asked once: the journal may be long, and so may the list.
        const bool again = unit.erased_under(key);
        for (std::size_t i = 0; i < persons.size(); ++i) {
            const CommandKey own =
                key.empty() || i == 0 ? key : CommandKey(fmt::format("{}/{}", key.text, i + 1));
            answers.push_back(unit.erase(persons[i], actor, reason, own, again));
        }
        unit.commit();
        state_->place.forget_everything();
    });
    return answers;
}

std::vector<CaseView> Engine::cases_of(const PersonId& person) {
    std::vector<CaseView> views;
    state_->commits.alone([&] {
        shell::Transaction unit(state_->place);
        for (const auto& row : unit.cases_of(person)) views.push_back(shell::view_of(row));
        unit.commit();
    });
    return views;
}

std::vector<CaseView> Engine::cases_by(const PersonId& person) {
    std::vector<CaseView> views;
    state_->commits.alone([&] {
        shell::Transaction unit(state_->place);
        unit.begin();
        for (const auto& row : unit.cases_by(person)) views.push_back(shell::view_of(row));
        unit.commit();
    });
    return views;
}

std::uint64_t Engine::rekey(const VaultKey& key) {
    std::uint64_t count = 0;
    state_->commits.alone([&] {
        shell::Transaction unit(state_->place);
        count = unit.rekey(key);
        unit.commit();
        state_->place.vault.take(key);
        state_->place.vault.look(*state_->place.store);
    });
    return count;
}

}  // namespace workflow
