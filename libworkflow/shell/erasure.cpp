#include "erasure.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../engine/applicant_visibility.hpp"
#include "../engine/command_texts.hpp"
#include "../engine/staff.hpp"
#include "../trail/codec.hpp"
#include "catalog_access.hpp"
#include "journal_notes.hpp"

namespace workflow::shell {

namespace {

constexpr std::size_t page = 1000;

/// Returns the request as one text, to be hashed with the vault's own key: it must not be kept.
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

std::vector<CaseRow> cases_of(Transaction& unit, const PersonId& person) {
    std::vector<CaseRow> rows;
    for (const auto& known : unit.context().vault.find(unit.store(), person)) {
        CaseKey after{};
        while (true) {
            const auto keys = unit.store().cases_of_person(known.id, after, page);
            for (const auto key : keys) {
                auto row = unit.store().find(key);
                if (!row)
                    throw StoreError("there are encrypted data of a case that does not exist");
                rows.push_back(std::move(*row));
            }
            if (keys.size() < page) break;
            after = keys.back();
        }
    }
    return rows;
}

std::vector<CaseRow> cases_by(Transaction& unit, const PersonId& person) {
    (void)unit.context().vault.sealing();  // throws if encrypted data cannot be read
    auto rows = cases_of(unit, person);
    const auto sealed = rows;
    CaseFilter filter;
    while (true) {
        const auto found = unit.store().cases(filter);
        for (const auto& row : found) {
            filter.after = row.key;
            const auto same = [&](const CaseRow& other) { return other.key == row.key; };
            if (std::any_of(sealed.begin(), sealed.end(), same)) continue;
            const auto records = unit.store().events(row.key);
            if (!records.empty() && is_party(decode_event(row.number, records.front()), person))
                rows.push_back(row);
        }
        if (found.size() < filter.limit) break;
    }
    std::sort(rows.begin(), rows.end(),
              [](const CaseRow& a, const CaseRow& b) { return a.key < b.key; });
    return rows;
}

bool erased_under(Transaction& unit, const CommandKey& key) {
    if (key.empty()) return false;
    const auto journal = read_journal(unit.store());
    return journal &&
           std::any_of(journal->events.begin(), journal->events.end(), [&](const Event& event) {
               return event.key == key || event.key.text.starts_with(key.text + '/');
           });
}

Expected<Answer> erase(Transaction& unit, const PersonId& person, const Actor& actor,
                       const std::string& reason, const CommandKey& key, bool again) {
    if (auto refusal = engine::refuse_texts(actor, reason)) return std::move(*refusal);
    unit.begin();
    unit.context().check_journal();
    if (!unit.context().vault.sealing()) throw StoreError("without a vault nothing can be erased");
    const auto request =
        unit.context().vault.blinded(unit.store(), asked_of(person, actor, reason));
    if (again)
        if (auto before = answered(unit, key, request)) return std::move(*before);
    const auto& organization = compiled(unit.context().catalog).organization();
    const auto* officer = organization.officer(actor.officer);
    const auto& clock = organization.clock_of(officer ? officer->hall : HallId());
    const auto today = clock.day_of(unit.context().options.clock());
    if (auto refusal = engine::refuse_supervision(organization, actor, today))
        return std::move(*refusal);
    if (reason.empty())
        return Refusal{
            RefusalCode::reason_required, "erasing data needs a reason, and is final", {}};
    const auto known = unit.context().vault.find(unit.store(), person);
    // No message names the person, since logs keep messages.
    if (known.empty())
        return Refusal{RefusalCode::unknown_person, "the store has no data of that person", {}};
    for (const auto& row : cases_of(unit, person))
        if (row.status == "open")
            return Refusal{RefusalCode::case_open,
                           fmt::format("the person's case {} has not ended", row.number.text),
                           {}};
    std::optional<Answer> answer;
    for (const auto& one : known) {
        unit.store().put_person({one.id, {}, {}});
        Event event;
        event.what = PersonErased{one.id, reason};
        event.actor = actor;
        if (!answer) event.key = key;
        event.request = request;
        auto noted = note(unit, std::move(event), clock);
        if (answer)
            noted.events.insert(noted.events.begin(), answer->events.begin(), answer->events.end());
        answer = std::move(noted);
    }
    return std::move(*answer);
}

std::uint64_t rekey(Transaction& unit, const VaultKey& key) {
    unit.begin();
    return unit.context().vault.rekey(unit.store(), key);
}

}  // namespace workflow::shell
