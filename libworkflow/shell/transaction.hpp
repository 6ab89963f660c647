#pragma once

/// One transaction on the store. Only this module begins, writes and commits it. The headers that
/// take it by reference work in it: `executor` (commands on cases), `work_list`, `case_reading`,
/// `journal_notes`, `publishing`, `staff_changes`, `erasure`.

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

/// Thrown if decisions made in memory depend on data that no longer agree with the store. They have
/// been dropped, and must be made again.
class Outdated : public std::exception {};

/// Stays in memory as long as nothing must be looked up. Begins in the store when that is needed,
/// or at `begin`. Drops everything on destruction unless committed.
class Transaction {
public:
    enum class State : std::uint8_t {
        deciding_in_memory,  ///< the store was not used; decisions are not written yet
        in_store,            ///< other writers are locked out, and decisions are valid
        committed,           ///< all of it is durable
        rolled_back          ///< nothing of it is kept
    };

    /// `before_store` is called once, before the store is used; it may wait for its turn.
    explicit Transaction(EngineContext& context, std::function<void()> before_store = {});
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] bool in_store() const { return state_ == State::in_store; }
    EngineContext& context() { return context_; }

    /// Locks other writers out of the store and confirms the earlier decisions. Throws Outdated if
    /// they are no longer valid; the transaction continues, empty, and does not throw it again.
    /// Throws std::logic_error after the transaction was committed or rolled back.
    void begin();
    /// Writes what is not written yet, and returns when all is durable; rolls back if that throws.
    /// Does not use the memory of the context: once the transaction is in the store, the next one
    /// may decide meanwhile.
    void commit();

    /// Returns the store, begun, with all decisions written.
    Store& store();
    /// Adds the change of a command: to the store if it is begun, else to what is written later.
    void add(Change change);
    /// Returns the case as of this transaction; nullptr if there is none.
    LiveCase* live(const CaseNumber& number);
    /// Marks that the memory of the context is used or changed: it must be forgotten if this
    /// transaction is not kept.
    void use_memory() { used_memory_ = true; }

    /// Returns whether the key must be looked up in the store. Before the store is begun, a key
    /// that is first asked for is assumed to be new; `begin` checks it.
    bool must_look_up(const CommandKey& key);
    /// Returns what earlier cases of the matter left. Before the store is begun, a matter is
    /// assumed to be new; `begin` checks it.
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
    std::vector<Change> unwritten_;             // decided before the store was begun
    std::unordered_set<std::string> new_keys_;  // assumed to be new before the store was begun
    std::vector<Digest> new_matters_;           // the same
};

}  // namespace workflow::shell
