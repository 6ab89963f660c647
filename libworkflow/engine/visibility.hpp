#pragma once

/// What of a case an officer may see: applicant and reviewer do not meet (群众不见面, R23, R24),
/// and nobody reads what he has nothing to do with.

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

/// Stands for what is kept from the reader. No name in a definition is written so.
inline constexpr std::string_view withheld = "(withheld)";

struct Visibility {
    /// Who applies and who acts for them, who took the case in and dealt with it, and personal
    /// fields. Kept from who reviews in a pool, until the decision.
    bool applicant = true;
    std::vector<std::uint16_t> shown;  ///< slots of personal fields that are shown all the same
    /// Who was drawn from a pool, and who could have been. Kept from all others until a decided
    /// case has ended: one that ended undecided comes to the same reviewer when it is filed again.
    bool reviewers = true;
    /// Personal fields, also those that would be shown, who the applicant and their agent are, and
    /// what is said with ratings. Kept from who has not said on that day what they read for,
    /// where the organization names purposes.
    bool personal = true;
    bool ratings = true;         ///< of whatever month; without it of months that are over
    bool oversees = true;        ///< what officers say of each other: recusals, opened seals
    std::vector<OfficerId> own;  ///< the reader's accounts: they see what they did
    Date month;                  ///< the first day of the month in which they read

    [[nodiscard]] bool is_own(const OfficerId& id) const;
};

/// What `reader` may see of the case on `today`, or why nothing: not_yours_to_read, or that they
/// are a party to it.
Expected<Visibility> visibility_of(const process::Process& process,
                                   const definition::Organization& organization, const Case& c,
                                   const definition::Officer& reader, Date today);

/// Whether the person of `officer` holds or did a task of a pool in the case.
bool reviews(const process::Process& process, const definition::Organization& organization,
             const Case& c, const definition::Officer& officer);

/// May the field at `slot` be seen?
bool shows_field(const process::Process& process, const Visibility& visibility, std::size_t slot);

/// A case's events as an officer may see them. To be asked of all of them, in their order.
class Redaction {
public:
    /// Keeps a reference to `process`.
    Redaction(const process::Process& process, Visibility visibility, Unrevealed secret = {})
        : process_(process), sight_(std::move(visibility)), secret_(std::move(secret)) {}

    /// The event without what is kept from the reader; nothing when all of it is.
    std::optional<Event> operator()(const Event& event);

private:
    struct Hide;
    /// Was the task drawn from a pool?
    [[nodiscard]] bool pooled(TaskNumber task) const;
    /// Is the reader shown who applies, and what only the applicant's form says?
    [[nodiscard]] bool shows_applicant() const { return sight_.applicant && sight_.personal; }
    /// `id`, or `withheld`.
    void show(OfficerId& id, bool of_pool) const;
    void show(FieldValues& fields) const;
    /// What goes with every event: key, fingerprint, post, signatures, batch.
    void show_envelope(Event& shown, const Event& event) const;

    const process::Process& process_;
    Visibility sight_;
    Unrevealed secret_;
    std::map<TaskNumber, bool> pooled_;
    bool pool_act_ = false;    ///< the command at hand is an act on a pool's task
    bool secret_act_ = false;  ///< ... and an answer that is not revealed yet
};

}  // namespace workflow::engine
