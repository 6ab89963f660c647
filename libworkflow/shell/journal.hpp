#pragma once

/// What happened beside the cases, kept in the store as if it were a case of no item: changes of
/// the organization, revisions published, clocks set back, persons erased, officers who wanted to
/// read too much. It is chained, counted and signed like cases.

#include <optional>
#include <vector>

#include <workflow/event.hpp>
#include <workflow/ports.hpp>

namespace workflow::shell {

struct Journal {
    CaseRow row;
    Events events;
    Digest staff{};  ///< hash of the last change of the organization

    [[nodiscard]] std::vector<StaffChanged> staff_changes() const;
};

/// Its row; nothing where nothing was noted yet.
std::optional<CaseRow> journal_row(Store& store);
/// Nothing where nothing was noted yet. Throws StoreError where an event is damaged.
std::optional<Journal> read_journal(Store& store);

}  // namespace workflow::shell
