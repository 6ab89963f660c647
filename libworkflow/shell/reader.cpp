// Reads cases without restrictions.

#include <workflow/reader.hpp>

#include "case_reading.hpp"
#include "engine_state.hpp"
#include "erasure.hpp"
#include "outcomes.hpp"
#include "verify_trail.hpp"

namespace workflow::inline v0 {

namespace {

std::vector<CaseView> views_of(const std::vector<CaseRow>& rows) {
    std::vector<CaseView> views;
    views.reserve(rows.size());
    for (const auto& row : rows) views.push_back(shell::view_of(row));
    return views;
}

}  // namespace

std::vector<CaseView> Reader::cases(const CaseFilter& filter) const {
    std::vector<CaseView> views;
    state_->commits.alone([&] { views = views_of(state_->place.store->cases(filter)); });
    return views;
}

std::vector<TaskView> Reader::tasks(const TaskFilter& filter) const {
    std::vector<TaskView> views;
    state_->commits.alone([&] {
        auto& store = *state_->place.store;
        for (const auto& row : store.tasks(filter)) {
            const auto owner = store.find(row.case_key);
            if (owner) views.push_back(shell::view_of(row, owner->number));
        }
    });
    return views;
}

std::optional<CaseDetail> Reader::show(const CaseNumber& number) const {
    return state_->in_store(
        [&](shell::Transaction& unit) { return shell::detail_of(unit, number); });
}

std::optional<Events> Reader::trail(const CaseNumber& number) const {
    return state_->in_store([&](shell::Transaction& unit) -> std::optional<Events> {
        const auto row = unit.store().find(number);
        if (!row) return {};
        return unit.context().events_of(number, row->key);
    });
}

Expected<std::vector<PossibleOutcome>> Reader::outcomes(const CaseNumber& number, TaskNumber task,
                                                        const OfficerId& officer,
                                                        const CompletionDraft& draft) const {
    return state_->in_store([&](shell::Transaction& unit) {
        return shell::possible_outcomes(unit, number, task, officer, draft);
    });
}

std::vector<std::uint64_t> Reader::flows(const ItemId& item) const {
    std::vector<std::uint64_t> times;
    state_->commits.alone([&] { times = shell::count_flows(state_->place, item); });
    return times;
}

std::vector<CaseView> Reader::cases_of(const PersonId& person) const {
    return state_->in_store(
        [&](shell::Transaction& unit) { return views_of(shell::cases_of(unit, person)); });
}

std::vector<CaseView> Reader::cases_by(const PersonId& person) const {
    return state_->in_store(
        [&](shell::Transaction& unit) { return views_of(shell::cases_by(unit, person)); });
}

}  // namespace workflow::inline v0
