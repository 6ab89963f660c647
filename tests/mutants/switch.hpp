#pragma once
/// \file
/// Included by each source of the copy that mutants.py compiles: the conditions of the copy ask here
/// which mutant is active.

#include <array>
#include <atomic>
#include <cstdlib>

namespace mutants {

/// The most conditions times the ways in which each is changed.
inline constexpr int most = 30000;

/// Which conditions were evaluated, by their numbers.
inline std::array<std::atomic<bool>, most> reached{};

/// The active mutant; -1: none.
inline int active() {
    static const int number = [] {
        const char* said = std::getenv("WORKFLOW_MUTANT");
        return said != nullptr ? std::atoi(said) : -1;
    }();
    return number;
}

/// Returns what the condition comes to: `first` never holds, the next is inverted, the third always
/// holds.
inline bool ask(int first, bool value) {
    reached[static_cast<std::size_t>(first)].store(true, std::memory_order_relaxed);
    switch (active() - first) {
        case 0: return false;
        case 1: return !value;
        case 2: return true;
        default: return value;
    }
}

}  // namespace mutants
