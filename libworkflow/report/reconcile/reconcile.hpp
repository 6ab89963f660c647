#pragma once

/// Compares another system's ledger of cases with the store: what only one of them has, and where
/// they differ.

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <workflow/catalog.hpp>
#include <workflow/ports.hpp>
#include <workflow/vault.hpp>

#include "../../base/bounds.hpp"

namespace workflow::report {

struct LedgerOptions {
    /// The names in the ledger of the columns `case`, `item`, `received`, `applicant`, `accepted`,
    /// `decided`, `outcome` and `officer`; the same name if not given.
    std::map<std::string, std::string> columns;
    /// The ends `granted`, `refused` ... by the ledger's words for them.
    std::map<std::string, std::string> outcomes;
    std::size_t listed = 1000;  ///< findings kept, of each kind
    std::uint64_t most_rows = bounds::ledger_rows;
    std::optional<VaultKey> vault;  ///< needed to compare applicants if the store has a vault
};

/// One difference. Never contains what identifies an applicant.
struct Mismatch {
    enum class Kind : std::uint8_t {
        missing_here,   ///< a row without a case in the store
        missing_there,  ///< a case without a row in the ledger
        different,
        doubled,     ///< a second row of a case
        unreadable,  ///< a row that cannot be matched or read; `theirs` says why
        count
    };
    Kind kind{};
    std::uint64_t row = 0;  ///< line in the ledger, from 1; 0: none
    CaseNumber number;      ///< empty if no case is known
    std::string column;     ///< what differs
    std::string theirs, ours;
};
std::string_view name_of(Mismatch::Kind kind);

struct Reconciliation {
    std::uint64_t rows = 0, cases = 0;  ///< in the ledger; in the store, within the ledger's range
    std::uint64_t equal = 0;            ///< cases in which both agree
    std::map<Mismatch::Kind, std::uint64_t> counts;
    std::vector<Mismatch> found;  ///< by kind, then by row or case

    [[nodiscard]] bool agrees() const { return counts.empty(); }
};

/// Matches rows by case number, or by item, day of receipt and applicant if a row has none;
/// compares only cells that are present. A case counts as missing in the ledger if its item is in
/// the ledger (if the ledger names items) and it was received between the ledger's first and last
/// day (if it has days). Memory grows with the ledger. Throws InputError for a file that is not
/// such a ledger, and StoreError.
Reconciliation reconcile(const Catalog& catalog, Store& store, const std::filesystem::path& ledger,
                         const LedgerOptions& options);

}  // namespace workflow::report
