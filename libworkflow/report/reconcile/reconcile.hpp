#pragma once

/// Another system's ledger of cases against the store: what one has and the other has not, and what
/// they say differently.

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
    /// Of the columns `case`, `item`, `received`, `applicant`, `accepted`, `decided`, `outcome` and
    /// `officer`, how the ledger heads them; the same where it is not said.
    std::map<std::string, std::string> columns;
    /// What the ledger calls the ends `granted`, `refused` ..., by its words.
    std::map<std::string, std::string> outcomes;
    std::size_t listed = 1000;  ///< findings kept, of each kind
    std::uint64_t most_rows = bounds::ledger_rows;
    std::optional<VaultKey> vault;  ///< of a store that has one: applicants are compared
};

/// One thing that does not fit. Never holds what identifies an applicant.
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
    std::uint64_t row = 0;  ///< line of the ledger, from 1; 0: none
    CaseNumber number;      ///< empty where no case is known
    std::string column;     ///< what differs
    std::string theirs, ours;
};
std::string_view name_of(Mismatch::Kind kind);

struct Reconciliation {
    std::uint64_t rows = 0, cases = 0;  ///< of the ledger; of the store, within the ledger's reach
    std::uint64_t equal = 0;            ///< cases that both tell alike
    std::map<Mismatch::Kind, std::uint64_t> counts;
    std::vector<Mismatch> found;  ///< by kind, then by row or case

    [[nodiscard]] bool agrees() const { return counts.empty(); }
};

/// Matches rows by case number, or by item, day of receipt and applicant where a row has none; only
/// cells that are there are compared. A case counts as missing there when its item is in the ledger
/// (where that names items) and it was received between the ledger's first and last day (where it
/// has days). Memory grows with the ledger. Throws InputError for a file that is no such ledger,
/// StoreError.
Reconciliation reconcile(const Catalog& catalog, Store& store, const std::filesystem::path& ledger,
                         const LedgerOptions& options);

}  // namespace workflow::report
