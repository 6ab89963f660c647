#pragma once

/// The events outside cases, stored like a case without an item: changes of the organization,
/// published revisions, clocks set back, erased persons, officers who tried to read too many cases.
/// The journal is chained, counted and signed like cases.

#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <workflow/event.hpp>
#include <workflow/ports.hpp>

#include "../definition/organization.hpp"

namespace workflow::shell {

struct Journal {
    CaseRow row;
    Events events;
    Digest staff{};  ///< hash of the last change of the organization

    [[nodiscard]] std::vector<StaffChanged> staff_changes() const;
};

/// The organization at earlier moments, so that a draw for a case uses the organization at its
/// receipt. Keeps the last few states. Not thread-safe.
class EarlierStaff {
public:
    /// `file`: the initial organization.
    void begin(const definition::Organization& file, const Journal& journal);
    /// Returns nothing if no change has been recorded since, so that the current organization
    /// applies.
    std::shared_ptr<const definition::Organization> at(Instant received);

private:
    const definition::Organization* file_ = nullptr;
    std::vector<std::pair<Instant, StaffChanged>> changes_;                        // in order
    std::map<std::size_t, std::shared_ptr<const definition::Organization>> made_;  // by how many
};

/// Returns the journal's row; nothing if the journal has no event yet.
std::optional<CaseRow> journal_row(Store& store);
/// Returns nothing if the journal has no event yet. Throws StoreError if an event is damaged.
std::optional<Journal> read_journal(Store& store);

}  // namespace workflow::shell
