#pragma once

/// Facade: checks process models of other tools for soundness.

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <workflow/diagnostic.hpp>

namespace workflow::inline v0 {

/// The verdict on one process, or on several processes that exchange messages. Conditions are
/// ignored: any branch may be taken. Nullopt means undecided.
struct ModelVerdict {
    std::string file, process;
    std::optional<bool> sound;               ///< completes, safe and no dead element
    std::optional<bool> option_to_complete;  ///< an end can be reached from every reachable state
    std::optional<bool> safe;                ///< no flow ever holds two tokens
    std::optional<bool> proper_completion;   ///< no end is passed twice
    std::optional<bool> no_dead_elements;
    std::size_t states = 0;  ///< number of markings examined
};

struct ModelReport {
    std::vector<ModelVerdict> models;
    std::vector<Diagnostic> diagnostics;  ///< each fault with the shortest path to it
    std::size_t files = 0, errors = 0, warnings = 0;
};

/// Reads BPMN 2.0 (`.bpmn`) and PNML (`.pnml`) files and checks each process for soundness (van der
/// Aalst, "Verification of workflow nets", 1997). Never throws because of a file's content.
/// Thread-safe.
ModelReport check_models(const std::vector<std::filesystem::path>& files);

/// Returns whether `check_models` reads this file, judging by its name.
bool is_process_model(const std::filesystem::path& file);

}  // namespace workflow::inline v0
