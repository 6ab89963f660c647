#pragma once

/// The bare floor: what the same rows cost in the same SQLite with the same hash chain, and nothing
/// else. No decision, no replay, no checks, no cache: a loop over statements.

#include <filesystem>
#include <span>

#include <workflow/ports.hpp>

namespace workflow::benchmark {

/// Writes `changes` into a new store at `file`, a commit after every `changes_a_commit` of them,
/// and answers the seconds it took, those for the first `untimed` left out. The hash of each event
/// is computed again.
double play_floor(const std::filesystem::path& file, std::span<const Change> changes,
                  std::size_t changes_a_commit, std::size_t untimed = 0);

}  // namespace workflow::benchmark
