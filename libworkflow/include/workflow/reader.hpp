#pragma once

/// Facade: reads the cases of an engine.

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <workflow/case_view.hpp>
#include <workflow/command.hpp>
#include <workflow/refusal.hpp>
#include <workflow/views.hpp>

namespace workflow::inline v0 {

/// An outcome of an open task, as of now.
struct PossibleOutcome {
    OutcomeId id;
    Title title;  ///< both texts empty if the author gave none
    bool requires_reason = false, requires_materials = false;
    bool requires_signature = false;  ///< the officer's post signs its acts
    bool possible = false;
    std::optional<Refusal>
        refusal;  ///< why completing with it would be refused; nothing if possible
};

/// What an officer would enter with an outcome.
struct CompletionDraft {
    FieldValues fields;
    std::vector<MaterialReceipt> materials;
};

/// Reads an engine's store without restrictions, for programs that may see everything. `seen_by`
/// and `seen_by_applicant` read what may be shown to one officer or applicant.
///
/// A handle, returned by `Engine::reader`: copies are cheap and valid as long as the engine lives.
/// All members are thread-safe. They throw StoreError if the store cannot be read, and
/// std::logic_error if they are called from inside the engine's own work (Engine::transact,
/// Engine::submit).
class Reader {
public:
    /// Returns the cases that match the filter, by key. Set `CaseFilter::after` to continue.
    std::vector<CaseView> cases(const CaseFilter& filter) const;
    /// Returns the open tasks that match the filter, by case and number. Set `TaskFilter::after` to
    /// continue.
    std::vector<TaskView> tasks(const TaskFilter& filter) const;
    /// Returns nothing if there is no such case.
    std::optional<CaseDetail> show(const CaseNumber& number) const;
    /// Returns the case's full trail; nothing if there is no such case.
    std::optional<Events> trail(const CaseNumber& number) const;
    /// Returns the outcomes with which `officer` may end `task` now, in the author's order. Decides
    /// each one with the contents of `draft` and as if with a reason; writes nothing. A task that
    /// nobody holds is treated as if the officer took it. Refuses unknown_case, unknown_task,
    /// unknown_officer, case_ended, text_invalid, text_too_long.
    Expected<std::vector<PossibleOutcome>> outcomes(const CaseNumber& number, TaskNumber task,
                                                    const OfficerId& officer,
                                                    const CompletionDraft& draft = {}) const;
    /// Returns how often the cases of `item` on the catalog's revision fired each transition of its
    /// net, in the net's order, as drawn by `workflow graph`. Reads the whole trail of the item.
    /// Empty if the catalog has no such item.
    std::vector<std::uint64_t> flows(const ItemId& item) const;

    /// Returns the cases that have encrypted data of the person, as applicant or agent (PIPL,
    /// article 45). None if the store has no vault, or if the person was erased.
    std::vector<CaseView> cases_of(const PersonId& person) const;
    /// Returns the cases in which the person applies or acts for the applicant, encrypted or not.
    /// Reads the first event of every case that is not encrypted.
    std::vector<CaseView> cases_by(const PersonId& person) const;

    /// Returns the view of what the officer may see.
    [[nodiscard]] OfficerView seen_by(OfficerId officer) const {
        return {*state_, std::move(officer)};
    }
    /// Returns the view of what the person may see, as applicant or agent.
    [[nodiscard]] ApplicantView seen_by_applicant(PersonId person) const {
        return {*state_, std::move(person)};
    }

private:
    friend class Engine;
    explicit Reader(shell::EngineState& state) : state_(&state) {}
    shell::EngineState* state_;
};

}  // namespace workflow::inline v0
