#pragma once

/// Facade: what is read of the cases of an engine.

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <workflow/case_view.hpp>
#include <workflow/command.hpp>
#include <workflow/refusal.hpp>
#include <workflow/views.hpp>

namespace workflow::inline v0 {

/// An outcome of an open task, as it stands now.
struct PossibleOutcome {
    OutcomeId id;
    Title title;  ///< both texts empty where the author gave none
    bool requires_reason = false, requires_materials = false;
    bool requires_signature = false;  ///< the officer's post signs what it does
    bool possible = false;
    std::optional<Refusal> refusal;  ///< what completing with it would be refused by; where not
                                     ///< possible
};

/// What an officer would give with an outcome.
struct CompletionDraft {
    FieldValues fields;
    std::vector<MaterialReceipt> materials;
};

/// Reads what is in an engine's store, whole: for programs that may see everything. What is shown
/// to one officer or applicant is read by `seen_by` and `seen_by_applicant`.
///
/// A handle, got from `Engine::reader`: copies are cheap and good for as long as the engine lives.
/// All members are thread-safe. They throw StoreError where the store cannot be read, and
/// std::logic_error when they are called from inside the engine's own work (Engine::transact,
/// Engine::submit).
class Reader {
public:
    /// Rows that the filter lets through, by key; `CaseFilter::after` reads on.
    std::vector<CaseView> cases(const CaseFilter& filter) const;
    /// Open tasks that the filter lets through, by case and number; `TaskFilter::after` reads on.
    std::vector<TaskView> tasks(const TaskFilter& filter) const;
    /// Returns nothing when there is no such case.
    std::optional<CaseDetail> show(const CaseNumber& number) const;
    /// The case's full trail; nothing when there is no such case.
    std::optional<Events> trail(const CaseNumber& number) const;
    /// With which outcomes `officer` may end `task` now, in the author's order: each is decided,
    /// with what `draft` gives and as if with a reason, and nothing is written. A task that nobody
    /// holds is looked at as if the officer took it. Refuses unknown_case, unknown_task,
    /// unknown_officer, case_ended, text_invalid, text_too_long.
    Expected<std::vector<PossibleOutcome>> outcomes(const CaseNumber& number, TaskNumber task,
                                                    const OfficerId& officer,
                                                    const CompletionDraft& draft = {}) const;
    /// How often the cases of `item` that run on the catalog's revision took each transition of its
    /// net, in the net's order: what `workflow graph` draws. Reads the whole trail of the
    /// item. Empty where the catalog has no such item.
    std::vector<std::uint64_t> flows(const ItemId& item) const;

    /// The cases in which something is sealed of a person, as applicant or agent (PIPL, article
    /// 45). None where the store keeps no vault, or the person was erased.
    std::vector<CaseView> cases_of(const PersonId& person) const;
    /// The cases in which the person applies, or acts for the applicant, sealed or not. Reads the
    /// first event of every case that is not sealed.
    std::vector<CaseView> cases_by(const PersonId& person) const;

    /// What the officer may see.
    [[nodiscard]] OfficerView seen_by(OfficerId officer) const {
        return {*state_, std::move(officer)};
    }
    /// What the applicant, or the agent, may see.
    [[nodiscard]] ApplicantView seen_by_applicant(PersonId person) const {
        return {*state_, std::move(person)};
    }

private:
    friend class Engine;
    explicit Reader(shell::EngineState& state) : state_(&state) {}
    shell::EngineState* state_;
};

}  // namespace workflow::inline v0
