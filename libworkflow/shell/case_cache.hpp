#pragma once

/// The recently used cases, replayed. Bounded, so that memory does not grow with the number of
/// cases in the store.

#include <list>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <workflow/ports.hpp>

#include "../engine/case_state.hpp"
#include "../process/net.hpp"

namespace workflow::shell {

/// A case as stored, with its state.
struct LiveCase {
    CaseKey key{};
    std::shared_ptr<const process::Process> process;
    engine::Case state;
    Digest head;
    std::vector<TaskRow> tasks;    ///< as stored
    std::optional<Digest> matter;  ///< of a case that draws
    bool sealed = false;           ///< the case was opened with its applicant's id encrypted
    bool erased = false;           ///< data of a person in it were erased
};

/// Evicts the least recently used cases first. Not thread-safe.
class CaseCache {
public:
    explicit CaseCache(std::size_t capacity) : capacity_(capacity < 1 ? 1 : capacity) {}

    /// Returns the case, or nullptr. Valid until the next `put`, `drop` or `clear`.
    LiveCase* find(const CaseNumber& number);
    LiveCase& put(LiveCase live);
    void drop(const CaseNumber& number);
    void clear();

private:
    using Entries = std::list<LiveCase>;
    std::size_t capacity_;
    Entries entries_;  // most recently used first
    // Keys view the number inside the entry, which a list never moves.
    std::unordered_map<std::string_view, Entries::iterator> by_number_;
};

}  // namespace workflow::shell
