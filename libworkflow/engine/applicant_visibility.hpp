#pragma once

/// What an applicant, or the agent in a case, may see of it: their own data, steps and days, whom
/// they met at a window, what is notified to them, and the outcome once the case has ended.

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

/// Whether `person` applies in the case that `opened` opens, or is the agent in it, however the ids
/// are spelled.
bool is_applicant(const CaseOpened& opened, const PersonId& person);

/// A case's events as its applicant may see them. To be asked of all of them, in their order.
class ApplicantRedaction {
public:
    /// Keeps references to `process` and `c`, the case as it is now.
    ApplicantRedaction(const process::Process& process, const Case& c, Unrevealed secret);

    /// The event without what is kept from the applicant; nothing when all of it is.
    std::optional<Event> operator()(const Event& event);

    /// Whether the field at `slot` has, after the events so far, a value that the applicant may
    /// see.
    [[nodiscard]] bool shows_field(std::uint16_t slot) const { return !inner_.contains(slot); }
    /// Whether the officer of the task meets the applicant at a window.
    [[nodiscard]] bool meets(TaskNumber task) const;

private:
    struct Hide;
    /// Whether the task's outcome is told: at a window, by a notice, or at the end.
    [[nodiscard]] bool tells(const TaskCompleted& done) const;

    const process::Process& process_;
    const Case& case_;
    std::vector<process::Panel> panels_;
    Unrevealed secret_;
    bool reviewers_;  ///< may be known: the case was decided and has ended
    std::map<TaskNumber, bool> visits_;
    std::set<TaskNumber> votes_;     ///< tasks of members of panels
    std::set<std::uint16_t> inner_;  ///< slots that were set by acts that are not told
    std::set<OfficerId> asked_;      ///< whom the applicant asked to take no part
    bool secret_act_ = false;        ///< the command at hand is an answer not revealed yet
};

}  // namespace workflow::engine
