#pragma once

/// The maximum size of each input. Every reader refuses larger input, names the bound and the
/// position, and takes time in proportion to the input up to the bound. docs/limits.md has the
/// table. The bounds of FEEL are in docs/feel.md.

#include <cstddef>
#include <cstdint>

namespace workflow::bounds {

// A definition or a batch script in YAML. yaml-cpp takes some 300 ns per character and, while a
// flow collection is open, some 200 bytes, so these bounds keep any text within half a second and
// 100 MB.
inline constexpr std::size_t yaml_bytes = 1U << 20U;
inline constexpr std::size_t yaml_depth = 64;
inline constexpr std::size_t yaml_values = 100'000;

// A model in DMN, BPMN or PNML.
inline constexpr std::size_t xml_bytes = 16U << 20U;
inline constexpr std::size_t xml_depth = 256;
inline constexpr std::size_t xml_elements = 250'000;

// Files of definitions, or models, in the folders of one load.
inline constexpr std::size_t definition_files = 20'000;

// A JSON text: an application, inputs of a decision, a proof.
inline constexpr std::size_t json_bytes = 16U << 20U;
inline constexpr std::size_t json_depth = 32;
inline constexpr std::size_t json_values = 100'000;

// Rows of a batch, a ledger or an event log. Files are streamed and may have any length.
inline constexpr std::size_t record_bytes = 1U << 20U;  // a row of CSV, a line of JSON
inline constexpr std::size_t columns = 1'000;
inline constexpr std::size_t trace_bytes = 16U << 20U;  // a trace of an event log in XES
inline constexpr std::size_t trace_depth = 64;

// Inputs held completely in memory.
inline constexpr std::uint64_t ledger_rows = 2'000'000;
inline constexpr std::uint64_t log_events = 10'000'000;  // of an event log in CSV

// Files in addition to a store.
inline constexpr std::size_t secret_bytes = 4'096;            // a draw, rating or vault secret
inline constexpr std::size_t key_bytes = 65'536;              // a key, or certificates, in PEM
inline constexpr std::size_t publication_bytes = 16U << 20U;  // what a party to draws publishes
inline constexpr std::size_t note_bytes = 4'096;              // one checkpoint; typically 250
inline constexpr std::size_t checkpoints_bytes = 512U << 20U;
inline constexpr std::size_t tree_bytes = 64U << 20U;
inline constexpr std::size_t stamp_bytes = 1U << 20U;  // an authority's response
inline constexpr std::size_t list_bytes = 16U << 20U;  // persons to erase, names of activities

}  // namespace workflow::bounds
