#pragma once

/// Facade: processes a backlog of cases by a script.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <workflow/diagnostic.hpp>
#include <workflow/engine.hpp>

namespace workflow::inline v0 {

struct BatchOptions {
    unsigned jobs = 1;  ///< threads that read and evaluate rows ahead of the writing thread
    std::size_t rows_a_commit = 1000;
    /// The officer who runs the script and is responsible for it. Empty: a machine account, as
    /// recorded in the trail.
    OfficerId operated_by = {};
    /// Replaces the script's name in the keys of rows, so that another run of the same script
    /// counts as new rows. Empty: the script's name.
    CommandKey key = {};
    bool dry_run = false;  ///< runs everything and rolls it back; writes no file
    std::string input;     ///< overrides the script's `input.file`; empty: as in the script
    std::string rejected;  ///< overrides the script's `rejected`; empty: as in the script
    /// Further files that the file of rejected rows must not replace, in addition to script, input
    /// and databases: the store, definitions, keys.
    std::vector<std::filesystem::path> files = {};
    /// Called after each commit with the rows read and the fraction of the input read (0 to 1).
    std::function<void(std::uint64_t, double)> progress;
    /// Called after each commit. Returning true ends the run.
    std::function<bool()> stop = {};
};

struct BatchReport {
    std::uint64_t read = 0;      ///< rows of the input
    std::uint64_t done = 0;      ///< rows processed in this run without a refusal
    std::uint64_t skipped = 0;   ///< rows whose case had already ended or could not be advanced
    std::uint64_t rejected = 0;  ///< rows refused by a rule; the file states why
    std::uint64_t events = 0;    ///< events added in this run
    double seconds = 0;
    bool stopped = false;       ///< by `stop`, with rows left
    std::string rejected_file;  ///< empty when no row was rejected, and after a dry run
    /// Current status of the cases of the rows done in this run, by name: `granted`, `open` ...
    std::vector<std::pair<std::string, std::uint64_t>> statuses;
    /// Number of rejected rows per rule, by the rule's name.
    std::vector<std::pair<std::string, std::uint64_t>> rules;
};

/// The findings of a script that cannot be run.
struct BatchMistakes {
    std::vector<Diagnostic> diagnostics;
};

/// Processes the rows of `script` (docs/batch.md specifies the format).
///
/// Every event records who ran the script, the digest of its text and the row. Separation of duty
/// also applies to the person who runs the script, unless a rule of the organization lets a script
/// decide (`batch: rules`).
///
/// Each row is processed completely in one commit, under a key made of the script's name and the
/// row's key. To resume a killed run, run it again: no row is lost or processed twice. A row that a
/// rule refuses is written to the file of rejected rows, with the reason. What was already done for
/// it stays, and so do all other rows.
///
/// The file of rejected rows is put in place at the end and always covers the whole input. A
/// stopped run leaves the previous file. The file must not replace a database, a key, a definition
/// or any of `files`. A path from the script must lie in the script's folder. Otherwise throws
/// OutputRefused, before any row is processed. Throws StoreError, and std::runtime_error when a
/// file cannot be read or written. Run one batch at a time on an engine.
std::variant<BatchReport, BatchMistakes> run_batch(Engine& engine,
                                                   const std::filesystem::path& script,
                                                   const BatchOptions& options = {});

}  // namespace workflow::inline v0
