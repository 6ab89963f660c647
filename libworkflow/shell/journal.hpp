#pragma once

/// What happened beside the cases, kept in the store as if it were a case of no item: changes of
/// the organization, revisions published, clocks set back, persons erased, officers who wanted to
/// read too much. It is chained, counted and signed like cases.

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

/// The organization as it was at earlier moments, so that a case is drawn for by what was so when
/// it was received. Keeps the last few; one thread at a time.
class EarlierStaff {
public:
    /// `file`: what everything begins with.
    void begin(const definition::Organization& file, const Journal& journal);
    /// Nothing where no change has been recorded since, and it is as it is now.
    std::shared_ptr<const definition::Organization> at(Instant received);

private:
    const definition::Organization* file_ = nullptr;
    std::vector<std::pair<Instant, StaffChanged>> changes_;                        // in order
    std::map<std::size_t, std::shared_ptr<const definition::Organization>> made_;  // by how many
};

/// Its row; nothing where nothing was noted yet.
std::optional<CaseRow> journal_row(Store& store);
/// Nothing where nothing was noted yet. Throws StoreError where an event is damaged.
std::optional<Journal> read_journal(Store& store);

}  // namespace workflow::shell
