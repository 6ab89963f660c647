#pragma once

/// The compiled parts of a catalog, for the library's own layers, its tools and its tests.

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <workflow/catalog.hpp>
#include <workflow/event.hpp>

#include "../calendar/working_days.hpp"
#include "../definition/organization.hpp"
#include "../process/net.hpp"

namespace workflow::shell {

/// Refers to the catalog. Its results live as long as any copy of that catalog.
class CompiledCatalog {
public:
    explicit CompiledCatalog(const Catalog& catalog) : catalog_(catalog) {}

    /// Returns nullptr if the catalog has no such item.
    [[nodiscard]] std::shared_ptr<const process::Process> process(const ItemId& item) const;
    /// Returns the texts that `item` was built from, as one; publishing keeps it for running cases.
    [[nodiscard]] std::string bundle(const ItemId& item) const;
    /// Compiles a published bundle again (R19): a running case keeps its revision. Returns nullptr
    /// if it cannot be read.
    [[nodiscard]] std::shared_ptr<const process::Process> restore(const std::string& bundle) const;
    [[nodiscard]] const definition::Organization& organization() const;
    /// Returns the same definitions, with the organization after these changes. `journal`: the hash
    /// that stands for all of them.
    [[nodiscard]] Catalog with_staff(std::span<const StaffChanged> changes,
                                     const Digest& journal) const;
    /// Returns the intersection of all calendars of the item.
    [[nodiscard]] const WorkingDays& calendar(const process::Process& process) const;
    /// Returns each calendar of the item separately.
    [[nodiscard]] std::vector<std::pair<CalendarId, const WorkingDays*>> calendars(
        const process::Process& process) const;

private:
    const Catalog& catalog_;
};

}  // namespace workflow::shell

namespace workflow::inline v0 {

/// In the catalog's own namespace, so that every layer finds it by its argument.
inline shell::CompiledCatalog compiled(const Catalog& catalog) {
    return shell::CompiledCatalog(catalog);
}

}  // namespace workflow::inline v0
