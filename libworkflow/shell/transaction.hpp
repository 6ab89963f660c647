#pragma once

/// One unit of work on the store: begun, written and committed here, and nowhere else. What is done
/// in it is in the headers that take it by reference: `executor` (commands on cases), `work_list`,
/// `case_reading`, `journal_notes`, `publishing`, `staff_changes`, `erasure`.

#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include <workflow/engine.hpp>

#include "../crypto/digest.hpp"
#include "case_cache.hpp"
#include "engine_context.hpp"
#include "journal.hpp"
#include "numbering.hpp"
#include "vault.hpp"

namespace workflow::shell {

/// What was decided ahead of the store rests on memory that no longer agrees with it: it has been
/// dropped, and must be decided anew.
class Outdated : public std::exception {};

/// Stays in memory for as long as nothing must be looked up, and goes into the store when that is
/// needed, or at `begin`. Drops everything on destruction unless committed.
class Transaction {
public:
    enum class State : std::uint8_t {
        deciding_in_memory,  ///< the store was not touched; what is decided is not written yet
        in_store,            ///< others are kept out of the store, and what was decided stands
        committed,           ///< all of it is durable
        rolled_back          ///< nothing of it is kept
    };

    /// `before_store` is called once, before the store is touched: it may wait for its turn.
    explicit Transaction(EngineContext& context, std::function<void()> before_store = {});
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] bool in_store() const { return state_ == State::in_store; }
    EngineContext& context() { return context_; }

    /// From here on others are kept out of the store, and what was decided stands. Throws Outdated
    /// when what was decided before does not; the unit of work goes on, empty, and it is not thrown
    /// again. Throws std::logic_error once it was committed or rolled back.
    void begin();
    /// Writes what is not written yet, and returns when all is durable; rolls back where that
    /// throws. Does not use the memory of the workplace: once the unit is in the store, the next
    /// one may decide meanwhile.
    void commit();

    /// The store, begun, with everything written that was decided.
    Store& store();
    /// Adds what a command changes: to the store where that is begun, else to what is written then.
    void add(Change change);
    /// The case as it is in this unit of work; nullptr when there is none.
    LiveCase* live(const CaseNumber& number);
    /// The memory of the workplace is being used, or changed: it must be forgotten when this unit
    /// of work is not kept.
    void use_memory() { used_memory_ = true; }

    /// Whether the key must be looked up in the store. Ahead of the store a key is taken for a new
    /// one when it is asked for first; `begin` looks whether it was.
    bool must_look_up(const CommandKey& key);
    /// What earlier cases of the matter left. Ahead of the store a matter is taken for a new one;
    /// `begin` looks whether it was.
    std::optional<MatterRow> matter_of(const Digest& matter);

private:
    void write();
    void roll_back() noexcept;
    bool knows_a_new_key();
    bool knows_a_new_matter();
    void forget_unwritten();

    EngineContext& context_;
    std::function<void()> before_store_;
    State state_ = State::deciding_in_memory;
    bool used_memory_ = false;
    std::vector<Change> unwritten_;             // decided ahead of the store
    std::unordered_set<std::string> new_keys_;  // taken for new ahead of the store
    std::vector<Digest> new_matters_;           // the same
};

}  // namespace workflow::shell
