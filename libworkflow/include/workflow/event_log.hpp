#pragma once

/// Facade: exports the trail of a store as an event log for third-party tools.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>

#include <workflow/catalog.hpp>
#include <workflow/ports.hpp>
#include <workflow/vault.hpp>

namespace workflow::inline v0 {

struct EventLogOptions {
    std::optional<ItemId> item;    ///< only its cases
    std::optional<Date> from, to;  ///< only cases received on these days, inclusive
    /// Includes the values of personal fields, reasons written by people, and the applicant's
    /// identity. Otherwise none of these leaves the store.
    bool personal = false;
    /// In CSV, does not escape cells that a spreadsheet would read as formulas. For machine
    /// readers.
    bool raw_cells = false;
    /// Required for `personal` in a store that has a vault. Throws StoreError if it is missing.
    std::optional<VaultKey> vault;
    std::function<void(std::uint64_t)> progress;  ///< called with the cases written so far
};

struct EventLogReport {
    std::uint64_t cases = 0, events = 0;
};

/// Each function writes the cases of `store` in the order of their receipt. Memory does not grow
/// with the store. docs/event-logs.md specifies which event becomes what. Not safe while another
/// thread uses the same Store object. Other programs may keep writing. Throws StoreError when the
/// store cannot be read, std::runtime_error when the log cannot be written.

/// Writes XES (IEEE 1849-2016) with the extensions concept, time, lifecycle and organizational.
EventLogReport write_xes(const Catalog& catalog, Store& store, std::ostream& out,
                         const EventLogOptions& options = {});
/// Writes CSV (RFC 4180), one row per event.
EventLogReport write_csv(const Catalog& catalog, Store& store, std::ostream& out,
                         const EventLogOptions& options = {});
/// Writes OCEL 2.0 as JSON.
EventLogReport write_ocel(const Catalog& catalog, Store& store, std::ostream& out,
                          const EventLogOptions& options = {});
/// Writes OCEL 2.0 as a SQLite database. `file` must not exist yet, or be empty.
EventLogReport write_ocel_database(const Catalog& catalog, Store& store,
                                   const std::filesystem::path& file,
                                   const EventLogOptions& options = {});

}  // namespace workflow::inline v0
