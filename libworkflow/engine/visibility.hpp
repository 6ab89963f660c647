#pragma once

/// What an officer may see of a case: applicant and reviewer stay hidden from each other
/// (群众不见面, R23, R24), and nobody reads a case in which they are not involved.

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include <workflow/event.hpp>
#include <workflow/refusal.hpp>

#include "../definition/organization.hpp"
#include "../process/net.hpp"
#include "case_state.hpp"
#include "panel_secrecy.hpp"

namespace workflow::engine {

/// Stands for hidden data. No name in a definition can be spelled like this.
inline constexpr std::string_view withheld = "(withheld)";

struct Visibility {
    /// Identity of applicant and agent, officers who received and handled the case, and personal
    /// fields. Hidden from reviewers of a pool until the decision.
    bool applicant = true;
    std::vector<std::uint16_t> shown;  ///< slots of personal fields that are shown nevertheless
    /// Who was or could have been drawn from a pool. Hidden from all others until a decided case
    /// has ended. A case that ended undecided reaches the same reviewer when it is filed again.
    bool reviewers = true;
    /// Personal fields, including those in `shown`, the identity of applicant and agent, and
    /// comments of ratings. Hidden from readers who have not stated a purpose on that day, where
    /// the organization requires one.
    bool personal = true;
    bool ratings = true;         ///< of every month; otherwise only of past months
    bool oversees = true;        ///< remarks of officers about each other: recusals, unsealing
    std::vector<OfficerId> own;  ///< the reader's accounts: they see what they did
    Date month;                  ///< the first day of the month in which they read

    [[nodiscard]] bool is_own(const OfficerId& id) const;
};

/// Returns what `reader` may see of the case on `today`. Refuses not_yours_to_read, or a party to
/// the case.
Expected<Visibility> visibility_of(const process::Process& process,
                                   const definition::Organization& organization, const Case& c,
                                   const definition::Officer& reader, Date today);

/// Returns whether the person of `officer` holds or did a task of a pool in the case.
bool reviews(const process::Process& process, const definition::Organization& organization,
             const Case& c, const definition::Officer& officer);

/// Returns whether the field at `slot` may be seen.
bool shows_field(const process::Process& process, const Visibility& visibility, std::size_t slot);

/// Filters a case's events for an officer. Must be called for all events in order.
class Redaction {
public:
    /// Keeps a reference to `process`.
    Redaction(const process::Process& process, Visibility visibility, Unrevealed secret = {})
        : process_(process), sight_(std::move(visibility)), secret_(std::move(secret)) {}

    /// Returns the event without what is hidden from the reader, or nullopt when all of it is.
    std::optional<Event> operator()(const Event& event);

private:
    struct Hide;
    /// Returns whether the task was drawn from a pool.
    [[nodiscard]] bool pooled(TaskNumber task) const;
    /// Returns whether the reader may see the applicant and the data of the application form.
    [[nodiscard]] bool shows_applicant() const { return sight_.applicant && sight_.personal; }
    /// Shows `id`, or `withheld`.
    void show(OfficerId& id, bool of_pool) const;
    void show(FieldValues& fields) const;
    /// Handles the common parts of every event: key, fingerprint, post, signatures, batch.
    void show_envelope(Event& shown, const Event& event) const;

    const process::Process& process_;
    Visibility sight_;
    Unrevealed secret_;
    std::map<TaskNumber, bool> pooled_;
    bool pool_act_ = false;    ///< the current command is an act on a pool's task
    bool secret_act_ = false;  ///< ... and an answer not yet revealed
};

}  // namespace workflow::engine
