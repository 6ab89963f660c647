#pragma once

/// Facade: the trail of a store as an event log, for tools that were made by others.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>

#include <workflow/catalog.hpp>
#include <workflow/ports.hpp>
#include <workflow/vault.hpp>

namespace workflow {

struct EventLogOptions {
    std::optional<ItemId> item;    ///< only its cases
    std::optional<Date> from, to;  ///< only cases received on these days, both included
    /// Also the values of personal fields, the reasons that people wrote, and who the applicant is.
    /// Without it none of these leaves the store.
    bool personal = false;
    /// In CSV, leaves cells that a spreadsheet takes for formulas as they are, for machines.
    bool raw_cells = false;
    /// For `personal` in a store that has a vault. Throws StoreError without it.
    std::optional<VaultKey> vault;
    std::function<void(std::uint64_t)> progress;  ///< called with the cases written so far
};

struct EventLogReport {
    std::uint64_t cases = 0, events = 0;
};

/// Each writes the cases of `store` one after the other, in the order they were received; memory
/// does not grow with the store. docs/event-logs.md says which event becomes what. Not safe while
/// another thread uses the same Store object; other programs may go on writing. Throws StoreError
/// when the store cannot be read, std::runtime_error when the log cannot be written.

/// XES (IEEE 1849-2016) with the extensions concept, time, lifecycle and organizational.
EventLogReport write_xes(const Catalog& catalog, Store& store, std::ostream& out,
                         const EventLogOptions& options = {});
/// One row an event, by RFC 4180.
EventLogReport write_csv(const Catalog& catalog, Store& store, std::ostream& out,
                         const EventLogOptions& options = {});
/// OCEL 2.0 as JSON.
EventLogReport write_ocel(const Catalog& catalog, Store& store, std::ostream& out,
                          const EventLogOptions& options = {});
/// OCEL 2.0 as a SQLite database, in a file that is not there yet or is empty.
EventLogReport write_ocel_database(const Catalog& catalog, Store& store,
                                   const std::filesystem::path& file,
                                   const EventLogOptions& options = {});

}  // namespace workflow
