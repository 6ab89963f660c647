#pragma once

/// Carries commands out in a unit of work. Everything the engine does to a case goes through here:
/// gather the facts, decide, apply, project, encode, add.

#include "../engine/decide.hpp"
#include "facts.hpp"
#include "transaction.hpp"

namespace workflow::shell {

class Executor {
public:
    explicit Executor(Transaction& unit) : unit_(unit), context_(unit.context()) {}

    /// An empty number: the command opens a case.
    Expected<Answer> perform(const CaseNumber& number, const Command& command);
    /// The same on a case whose row this unit of work has just read. One that is not in memory does
    /// not stay there: what goes through all cases would push out those that are worked on.
    Expected<Answer> perform(const CaseRow& row, const Command& command);
    /// The same for a task that the engine itself has found to be the next one.
    Expected<Answer> perform_in_turn(const CaseNumber& number, const Command& command);
    /// What the command would be answered now. Nothing is changed.
    Expected<engine::Decision> consider(const LiveCase& live, const Command& command);

private:
    Expected<Answer> normalize_and_perform(const CaseNumber& number, const Command& command,
                                           Asking asking);
    Expected<Answer> perform_normal(const CaseNumber& number, const Command& command,
                                    const Asking& asking);
    Expected<Answer> open(const Command& command, const Command* as_given);
    /// The answer to a command that opened a case before, where the store knows its key.
    std::optional<Expected<Answer>> opened_before(const Command& command, const Command* as_given);
    Expected<Answer> carry_out(LiveCase& live, const Command& command, const Asking& asking);
    /// Gives the case that is opened its key and the beginning of its chain.
    std::optional<Refusal> begin_case(LiveCase& live, const CaseNumber& number);
    void remember_matter(LiveCase& live, const engine::Facts& facts, const Events& events) const;
    /// Applies the events, and makes of them what the store is to change.
    Change change_by(LiveCase& live, const Command& command, bool opening, const Events& events);
    void append(LiveCase& live, const Event& event, Change& change);
    Answer repeated(const LiveCase& live, const engine::Decision& decision);

    Transaction& unit_;
    EngineContext& context_;
};

}  // namespace workflow::shell
