#pragma once

/// What an applicant, or the agent in a case, may see of the case: their own data, steps and days,
/// whom they met at a window, notices to them, and the outcome once the case has ended.

#include <map>
#include <optional>
#include <set>
#include <vector>

#include <workflow/event.hpp>

#include "../process/net.hpp"
#include "../process/panels.hpp"
#include "case_state.hpp"
#include "panel_secrecy.hpp"

namespace workflow::engine {

/// Returns whether `person` is the applicant or the agent in the case that `opened` opens. Ids are
/// compared in normalized form.
bool is_applicant(const CaseOpened& opened, const PersonId& person);

/// Filters a case's events for its applicant. Must be called for all events in order.
class ApplicantRedaction {
public:
    /// Keeps references to `process` and `c`, the current state of the case.
    ApplicantRedaction(const process::Process& process, const Case& c, Unrevealed secret);

    /// Returns the event without what is hidden from the applicant, or nullopt when all of it is.
    std::optional<Event> operator()(const Event& event);

    /// Returns whether, after the events so far, the field at `slot` has a value that the applicant
    /// may see.
    [[nodiscard]] bool shows_field(std::uint16_t slot) const { return !inner_.contains(slot); }
    /// Returns whether the officer of the task meets the applicant at a window.
    [[nodiscard]] bool meets(TaskNumber task) const;

private:
    struct Hide;
    /// Returns whether the task's outcome is communicated: at a window, by a notice, or at the end.
    [[nodiscard]] bool tells(const TaskCompleted& done) const;

    const process::Process& process_;
    const Case& case_;
    std::vector<process::Panel> panels_;
    Unrevealed secret_;
    bool reviewers_;  ///< may be shown: the case was decided and has ended
    std::map<TaskNumber, bool> visits_;
    std::set<TaskNumber> votes_;     ///< tasks of members of panels
    std::set<std::uint16_t> inner_;  ///< slots set by acts that are not shown
    std::set<OfficerId> asked_;      ///< officers whom the applicant asked to exclude
    bool secret_act_ = false;        ///< the current command is an answer not yet revealed
};

}  // namespace workflow::engine
