#pragma once

/// Facade: a backlog worked through by a script.

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

namespace workflow {

struct BatchOptions {
    unsigned jobs = 1;  ///< threads that read and evaluate rows ahead of the writing one
    std::size_t rows_a_commit = 1000;
    /// The officer who runs the script and answers for it; empty: an account of the machine does,
    /// and the trail says so.
    OfficerId operated_by = {};
    /// Takes the place of the script's name in the keys of rows: rows of another run of the same
    /// script are others. Empty: the script's name.
    CommandKey key = {};
    bool dry_run = false;  ///< everything is done and undone again; no file is written
    std::string input;     ///< instead of the script's `input.file`; empty: the script's
    std::string rejected;  ///< instead of the script's `rejected`; empty: the script's
    /// Files that the file of rejected rows must not replace, beside script, input and databases:
    /// the store, definitions, keys.
    std::vector<std::filesystem::path> files = {};
    /// Called after each commit: rows read, the share of the input that is read (0 to 1).
    std::function<void(std::uint64_t, double)> progress;
    /// Asked after each commit; true ends the run there.
    std::function<bool()> stop = {};
};

struct BatchReport {
    std::uint64_t read = 0;      ///< rows of the input
    std::uint64_t done = 0;      ///< rows worked on in this run without a refusal
    std::uint64_t skipped = 0;   ///< rows whose case had ended, or could not be moved on, before
    std::uint64_t rejected = 0;  ///< rows that a rule refused; the file says why
    std::uint64_t events = 0;    ///< added in this run
    double seconds = 0;
    bool stopped = false;       ///< by `stop`, with rows left
    std::string rejected_file;  ///< empty when no row was rejected, and after a dry run
    /// Where the cases of the rows done in this run stand now: `granted`, `open` ..., by name.
    std::vector<std::pair<std::string, std::uint64_t>> statuses;
    /// Why rows were rejected: the rule's name, by name.
    std::vector<std::pair<std::string, std::uint64_t>> rules;
};

/// A script that cannot be run: its findings.
struct BatchMistakes {
    std::vector<Diagnostic> diagnostics;
};

/// Works through the rows of `script` (docs/batch.md has the format).
///
/// Every event carries who ran the script, the digest of its text and the row. Separation holds for
/// whoever runs it, too, unless a rule of the organization lets a script decide (`batch: rules`).
///
/// Each row is done whole in one commit, under a key made of the script's name and the row's: a run
/// that was killed is resumed by running it again, and no row is lost or done twice. A row that a
/// rule refuses is written to the file of rejected rows, with the reason; what was done for it
/// before stays, and so do all other rows. That file is put in place at the end and always tells of
/// the whole input: a run that was stopped leaves the one before it. It replaces no database, no
/// key, no definition and none of `files`, and the one that the script names lies in the script's
/// folder: otherwise OutputRefused, before any row is worked on. Throws StoreError, and
/// std::runtime_error when a file cannot be read or written. One batch at a time on an engine.
std::variant<BatchReport, BatchMistakes> run_batch(Engine& engine,
                                                   const std::filesystem::path& script,
                                                   const BatchOptions& options = {});

}  // namespace workflow
