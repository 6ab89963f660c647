// Reads cases without restrictions.

#include <workflow/reader.hpp>

#include "case_reading.hpp"
#include "engine_state.hpp"
#include "erasure.hpp"
#include "outcomes.hpp"
#include "verify_trail.hpp"

namespace workflow::inline v0 {

std::vector<CaseView> Reader::cases(const CaseFilter& filter) const {
    std::vector<CaseView> views;
    state_->commits.alone([&] {
        for (const auto& row : state_->place.store->cases(filter))
            views.push_back(shell::view_of(row));
    });
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
    std::optional<CaseDetail> detail;
    state_->commits.alone([&] {
        shell::Transaction unit(state_->place);
        unit.begin();
        detail = shell::detail_of(unit, number);
        unit.commit();
    });
    return detail;
}

std::optional<Events> Reader::trail(const CaseNumber& number) const {
    std::optional<Events> events;
    state_->commits.alone([&] {
        // Another program may have erased a person.
        shell::Transaction unit(state_->place);
        unit.begin();
        if (const auto row = state_->place.store->find(number))
            events = state_->place.events_of(number, row->key);
        unit.commit();
    });
    return events;
}

Expected<std::vector<PossibleOutcome>> Reader::outcomes(const CaseNumber& number, TaskNumber task,
                                                        const OfficerId& officer,
                                                        const CompletionDraft& draft) const {
    std::optional<Expected<std::vector<PossibleOutcome>>> outcomes;
    state_->commits.alone([&] {
        shell::Transaction unit(state_->place);
        unit.begin();
        outcomes = shell::possible_outcomes(unit, number, task, officer, draft);
        unit.commit();
    });
    return std::move(*outcomes);
}

std::vector<std::uint64_t> Reader::flows(const ItemId& item) const {
    std::vector<std::uint64_t> times;
    state_->commits.alone([&] { times = shell::count_flows(state_->place, item); });
    return times;
}

std::vector<CaseView> Reader::cases_of(const PersonId& person) const {
    std::vector<CaseView> views;
    state_->commits.alone([&] {
        shell::Transaction unit(state_->place);
        for (const auto& row : shell::cases_of(unit, person)) views.push_back(shell::view_of(row));
        unit.commit();
    });
    return views;
}

std::vector<CaseView> Reader::cases_by(const PersonId& person) const {
    std::vector<CaseView> views;
    state_->commits.alone([&] {
        shell::Transaction unit(state_->place);
        unit.begin();
        for (const auto& row : shell::cases_by(unit, person)) views.push_back(shell::view_of(row));
        unit.commit();
    });
    return views;
}

}  // namespace workflow::inline v0
