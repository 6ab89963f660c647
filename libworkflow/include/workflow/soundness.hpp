#pragma once

/// Facade: is a process model of another tool sound?

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <workflow/diagnostic.hpp>

namespace workflow {

/// The verdict on one process, or on processes that send each other messages. Conditions are not
/// looked at: any branch may be taken. Nothing means: not decided.
struct ModelVerdict {
    std::string file, process;
    std::optional<bool> sound;               ///< completes, safe and no dead element
    std::optional<bool> option_to_complete;  ///< an end can be reached from wherever it can come to
    std::optional<bool> safe;                ///< no flow ever holds two tokens
    std::optional<bool> proper_completion;   ///< no end is gone through twice
    std::optional<bool> no_dead_elements;
    std::size_t states = 0;  ///< markings that were looked at
};

struct ModelReport {
    std::vector<ModelVerdict> models;
    std::vector<Diagnostic> diagnostics;  ///< each fault with the shortest way to it
    std::size_t files = 0, errors = 0, warnings = 0;
};

/// Reads BPMN 2.0 (`.bpmn`) and PNML (`.pnml`) files and checks each process for soundness (van der
/// Aalst, "Verification of workflow nets", 1997). Never throws on what a file can hold.
/// Thread-safe.
ModelReport check_models(const std::vector<std::filesystem::path>& files);

/// Is it a file that `check_models` reads, by its name?
bool is_process_model(const std::filesystem::path& file);

}  // namespace workflow
