#pragma once

/// Carries out commands in a transaction. Every change of a case goes through this module: gather
/// the facts, decide, apply, project, encode, add.

#include "../engine/decide.hpp"
#include "facts.hpp"
#include "transaction.hpp"

namespace workflow::shell {

class Executor {
public:
    explicit Executor(Transaction& unit) : unit_(unit), context_(unit.context()) {}

    /// With an empty number, the command opens a case.
    Expected<Answer> perform(const CaseNumber& number, const Command& command);
    /// Performs the command on a case whose row this transaction has just read. Does not cache a
    /// case that is not in memory: a pass over all cases would evict those in use.
    Expected<Answer> perform(const CaseRow& row, const Command& command);
    /// Performs the command for a task that the engine itself has found to be the next one.
    Expected<Answer> perform_in_turn(const CaseNumber& number, const Command& command);
    /// Returns what the command would be answered now. Changes nothing.
    Expected<engine::Decision> consider(const LiveCase& live, const Command& command);

private:
    Expected<Answer> normalize_and_perform(const CaseNumber& number, const Command& command,
                                           Asking asking);
    Expected<Answer> perform_normal(const CaseNumber& number, const Command& command,
                                    const Asking& asking);
    Expected<Answer> open(const Command& command, const Command* as_given);
    /// Returns the answer to a command that opened a case before, if the store knows its key.
    std::optional<Expected<Answer>> opened_before(const Command& command, const Command* as_given);
    Expected<Answer> carry_out(LiveCase& live, const Command& command, const Asking& asking);
    /// Assigns the key of a new case and the beginning of its chain.
    std::optional<Refusal> begin_case(LiveCase& live, const CaseNumber& number);
    void remember_matter(LiveCase& live, const engine::Facts& facts, const Events& events) const;
    /// Applies the events, and returns the resulting change of the store.
    Change change_by(LiveCase& live, const Command& command, bool opening, const Events& events);
    void append(LiveCase& live, const Event& event, Change& change);
    Answer repeated(const LiveCase& live, const engine::Decision& decision);

    Transaction& unit_;
    EngineContext& context_;
};

}  // namespace workflow::shell
