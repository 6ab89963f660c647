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

namespace workflow::engine {

/// Stands for what is kept from the reader. No name in a definition is written so.
inline constexpr std::string_view withheld = "(withheld)";

struct Sight {
    /// Who applies and who acts for him, who took it in and dealt with it, and personal fields.
    /// Kept from whoever reviews in a pool, until the decision.
    bool applicant = true;
    std::vector<std::uint16_t> shown;  ///< slots of personal fields that are shown all the same
    /// Who was drawn from a pool, and who could have been. Kept from all others until the end.
    bool reviewers = true;
    /// Personal fields, also those that would be shown, who the applicant and his agent are, and
    /// what is said with ratings. Kept from whoever has not said on that day what he reads for,
    /// where the organization names purposes.
    bool personal = true;
    bool ratings = true;         ///< of whatever month; without it of months that are over
    std::vector<OfficerId> own;  ///< the reader's accounts: he sees what he did
    Date month;                  ///< the first day of the month in which he reads
};

/// What `reader` may see of the case on `today`, or why nothing: not_yours_to_read, or that he is a
/// party to it.
Expected<Sight> sight_of(const process::Process& process,
                         const definition::Organization& organization, const Case& c,
                         const definition::Officer& reader, Date today);

/// May the field at `slot` be seen?
bool shows_field(const process::Process& process, const Sight& sight, std::size_t slot);

/// A case's events as a reader may see them. To be asked of all of them, in their order.
class Redaction {
public:
    /// Keeps a reference to `process`.
    Redaction(const process::Process& process, Sight sight)
        : process_(process), sight_(std::move(sight)) {}

    /// The event without what is kept from the reader; nothing when all of it is.
    std::optional<Event> operator()(const Event& event);

private:
    struct Hide;
    /// Was the task drawn from a pool?
    [[nodiscard]] bool pooled(TaskNumber task) const;
    /// Is he shown who applies, and what only the applicant's form says?
    [[nodiscard]] bool shows_applicant() const { return sight_.applicant && sight_.personal; }
    /// `id`, or `withheld`.
    void show(OfficerId& id, bool of_pool) const;
    void show(FieldValues& fields) const;

    const process::Process& process_;
    Sight sight_;
    std::map<TaskNumber, bool> pooled_;
};

}  // namespace workflow::engine
