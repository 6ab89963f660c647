#pragma once

/// Facade: views of the cases for one officer or one applicant.

#include <utility>
#include <vector>

#include <workflow/answer.hpp>
#include <workflow/case_view.hpp>
#include <workflow/refusal.hpp>

namespace workflow::shell {
struct EngineState;
}

namespace workflow::inline v0 {

/// What one officer may see (群众不见面). Until a case is decided, an officer who reviews in a pool
/// sees neither the applicant, nor personal data except those that the task's `sees` names, nor the
/// other officers on the case. Nobody else sees who reviews before the case has ended with a
/// decision. UnsealCase discloses either to one officer, after a second person grants it
/// (DecideUnsealing). Before a panel is closed, its answers are hidden, except that each member
/// sees their own. Supervisors see ratings at once, others after the end of the month. Withheld
/// data read `(withheld)`. Valid as long as the engine lives.
class OfficerView {
public:
    /// Refuses unknown_officer, unknown_case, applicant_is_officer, recused, and not_yours_to_read
    /// if none of the officer's posts is involved in the case. If the organization names purposes,
    /// personal data are shown for one of them (ReadCase), which is recorded in the trail, once a
    /// day for each officer and purpose. Without a purpose, or after the officer has read the
    /// permitted number of cases, personal data read `(withheld)`.
    Expected<CaseDetail> show(const CaseNumber& number) const;
    Expected<Events> trail(const CaseNumber& number) const;
    /// Returns the trail with the number of each event.
    Expected<std::vector<SeenEvent>> numbered(const CaseNumber& number) const;
    /// Returns the answer to an act, with only the events that the officer may see.
    Answer answer(Answer whole) const;
    /// Returns the open tasks that the officer holds or that wait at their posts; for a supervisor,
    /// also those of their hall. Empty for an unknown officer.
    std::vector<TaskView> tasks(TaskFilter filter) const;
    /// Returns the cases of which the officer may see a task; for a supervisor, also those of their
    /// hall.
    std::vector<CaseView> cases(CaseFilter filter) const;

private:
    friend class Reader;
    OfficerView(shell::EngineState& state, OfficerId reader)
        : state_(&state), reader_(std::move(reader)) {}
    shell::EngineState* state_;
    OfficerId reader_;
};

/// What one person may see of the cases in which they apply or act as the agent: their own data and
/// acts, steps and days, the officers they met at windows, notifications to them, and the outcome
/// with its reason after the case has ended. Shows who reviewed, or could have, only after a
/// decided case has ended. Never shows what officers say to each other. A case that ends undecided
/// does not disclose its reviewer: if the matter is filed again, it comes to the same one. Valid as
/// long as the engine lives.
class ApplicantView {
public:
    /// Refuses unknown_case, and not_yours_to_read if the person is neither the applicant nor the
    /// agent.
    Expected<CaseDetail> show(const CaseNumber& number) const;
    Expected<Events> trail(const CaseNumber& number) const;
    Expected<std::vector<SeenEvent>> numbered(const CaseNumber& number) const;
    /// Returns the answer to an act of the applicant or agent of its case, regardless of the person
    /// of the view.
    Answer answer(Answer whole) const;
    /// Returns the person's cases. Reads the trail of each case that matches the filter.
    std::vector<CaseView> cases(CaseFilter filter) const;

private:
    friend class Reader;
    ApplicantView(shell::EngineState& state, PersonId person)
        : state_(&state), person_(std::move(person)) {}
    shell::EngineState* state_;
    PersonId person_;
};

}  // namespace workflow::inline v0
