// What an applicant, or the agent in a case, may see.

#include <fmt/format.h>

#include "../engine/applicant_visibility.hpp"
#include "../engine/visibility.hpp"
#include "case_reading.hpp"
#include "engine_state.hpp"
#include "seen.hpp"

namespace workflow::inline v0 {

namespace {

using engine::ApplicantRedaction;

/// A case in memory with its trail.
struct Own {
    const shell::LiveCase* live = nullptr;
    Events events;

    [[nodiscard]] ApplicantRedaction redaction() const {
        return {*live->process, live->state,
                engine::unrevealed(*live->process, live->state, events)};
    }
};

Expected<Own> find(shell::EngineContext& place, shell::Transaction& unit,
                   const CaseNumber& number) {
    const auto* live = unit.live(number);
    if (!live)
        return Refusal{
            RefusalCode::unknown_case, fmt::format("there is no case {}", number.text), {}};
    return Own{live, place.events_of(number, live->key)};
}

bool is_theirs(const Events& events, const PersonId& person) {
    if (events.empty()) return false;
    const auto* opened = std::get_if<CaseOpened>(&events.front().what);
    return opened && engine::is_applicant(*opened, person);
}

Expected<Own> find_own(shell::EngineContext& place, shell::Transaction& unit,
                       const CaseNumber& number, const PersonId& person) {
    auto own = find(place, unit, number);
    if (own && !is_theirs(own->events, person))
        return Refusal{
            RefusalCode::not_yours_to_read,
            fmt::format("this person neither applies in the case {} nor acts in it as the agent",
                        number.text),
            {}};
    return own;
}

void hide(CaseDetail& detail, const Own& own) {
    auto redact = own.redaction();
    for (const auto& event : own.events) (void)redact(event);
    for (std::uint16_t slot = 0; slot < detail.fields.size(); ++slot)
        if (!redact.shows_field(slot))
            detail.fields[slot].second = Value(std::string(engine::withheld));
    for (auto& task : detail.tasks)
        if (!task.holder.empty() && !redact.meets(task.task))
            task.holder = OfficerId(engine::withheld);
    const auto& process = *own.live->process;
    detail.decided = engine::unrevealed(process, own.live->state, own.events).decided;
    detail.view.steps = engine::without_members(process, detail.view.steps);
}

}  // namespace

Expected<CaseDetail> ApplicantView::show(const CaseNumber& number) const {
    return state_->in_store([&](shell::Transaction& unit) -> Expected<CaseDetail> {
        const auto own = find_own(unit.context(), unit, number, person_);
        if (!own) return own.refusal();
        auto detail = shell::detail_of(unit, number);
        hide(*detail, *own);
        return std::move(*detail);
    });
}

Expected<std::vector<SeenEvent>> ApplicantView::numbered(const CaseNumber& number) const {
    return state_->in_store([&](shell::Transaction& unit) -> Expected<std::vector<SeenEvent>> {
        const auto own = find_own(unit.context(), unit, number, person_);
        if (!own) return own.refusal();
        auto redact = own->redaction();
        return shell::numbered(own->events, redact);
    });
}

Expected<Events> ApplicantView::trail(const CaseNumber& number) const {
    return shell::without_numbers(numbered(number));
}

Answer ApplicantView::answer(Answer whole) const {
    auto shown = state_->in_store([&](shell::Transaction& unit) -> std::vector<SeenEvent> {
        const auto own = find(unit.context(), unit, whole.number);
        if (!own) return {};
        auto redact = own->redaction();
        return shell::numbered(own->events, redact);
    });
    return shell::only_its_own(std::move(whole), std::move(shown));
}

std::vector<CaseView> ApplicantView::cases(CaseFilter filter) const {
    if (person_.empty()) return {};
    return state_->in_store([&](shell::Transaction& unit) {
        auto& place = unit.context();
        std::vector<CaseView> views;
        const auto wanted = filter.limit;
        filter.limit = 1000;
        while (views.size() < wanted) {
            const auto rows = unit.store().cases(filter);
            for (const auto& row : rows) {
                filter.after = row.key;
                if (views.size() == wanted) break;
                if (is_theirs(place.events_of(row.number, row.key), person_))
                    views.push_back(shell::seen_view_of(place, row));
            }
            if (rows.size() < filter.limit) break;
        }
        return views;
    });
}

}  // namespace workflow::inline v0
