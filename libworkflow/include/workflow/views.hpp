#pragma once

/// Facade: what one officer, or one applicant, may see of the cases.

#include <utility>
#include <vector>

#include <workflow/answer.hpp>
#include <workflow/case_view.hpp>
#include <workflow/refusal.hpp>

namespace workflow::shell {
struct EngineState;
}

namespace workflow::inline v0 {

/// What one officer may see (群众不见面). Who reviews in a pool is not shown who applies, nor
/// anything personal but what the task's `sees` names, nor who else works on the case, until it
/// is decided; nobody else is shown who reviews, until it has ended decided; UnsealCase opens
/// either for one officer, once a second person grants it (DecideUnsealing). Answers of a panel
/// are shown to nobody before it is closed, but to each member their own. Ratings show to
/// supervisors, to others once their month is over. What is kept back reads `(withheld)`. Good
/// for as long as the engine lives.
class OfficerView {
public:
    /// Refuses unknown_officer, unknown_case, not_yours_to_read where none of the officer's
    /// posts has to do with the case, applicant_is_officer, recused. Where the organization
    /// names purposes, personal data are shown for one of them (ReadCase), which stands in the
    /// trail, once a day for each officer and purpose; without, or once they have read as many
    /// cases as they may, they read `(withheld)`.
    Expected<CaseDetail> show(const CaseNumber& number) const;
    Expected<Events> trail(const CaseNumber& number) const;
    /// The same with the number of each event.
    Expected<std::vector<SeenEvent>> numbered(const CaseNumber& number) const;
    /// The answer to an act, with the events that it may show them.
    Answer answer(Answer whole) const;
    /// Open tasks that the officer holds or that wait at their posts; for a supervisor those of
    /// their hall, too. Nothing for an unknown officer.
    std::vector<TaskView> tasks(TaskFilter filter) const;
    /// Cases of which the officer may see a task; for a supervisor those of their hall, too.
    std::vector<CaseView> cases(CaseFilter filter) const;

private:
    friend class Reader;
    OfficerView(shell::EngineState& state, OfficerId reader)
        : state_(&state), reader_(std::move(reader)) {}
    shell::EngineState* state_;
    OfficerId reader_;
};

/// What one applicant may see of their cases, and the agent of the cases in which they act:
/// their own data and acts, steps and days, the officers they met at windows, what is notified
/// to them, and the outcome with its reason once the case has ended. Who reviews, or could
/// have, is shown once a decided case has ended; what officers say to each other never is. A
/// case that ends undecided keeps its reviewer secret: filed again, the matter comes to the
/// same one. Good for as long as the engine lives.
class ApplicantView {
public:
    /// Refuses unknown_case, and not_yours_to_read where the person neither applies nor is the
    /// agent.
    Expected<CaseDetail> show(const CaseNumber& number) const;
    Expected<Events> trail(const CaseNumber& number) const;
    Expected<std::vector<SeenEvent>> numbered(const CaseNumber& number) const;
    /// The answer to an act of the applicant or agent of its case, whoever the view is of.
    Answer answer(Answer whole) const;
    /// Their cases. Reads the trail of each case that the filter lets through.
    std::vector<CaseView> cases(CaseFilter filter) const;

private:
    friend class Reader;
    ApplicantView(shell::EngineState& state, PersonId person)
        : state_(&state), person_(std::move(person)) {}
    shell::EngineState* state_;
    PersonId person_;
};

}  // namespace workflow::inline v0
