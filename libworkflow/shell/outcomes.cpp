#include "outcomes.hpp"

#include <fmt/format.h>

#include "../engine/command_texts.hpp"
#include "executor.hpp"

namespace workflow::shell {

namespace {

/// A stand-in for the reason that the officer will write when they choose the outcome.
constexpr const char* some_reason = "-";

}  // namespace

Expected<std::vector<PossibleOutcome>> possible_outcomes(Transaction& unit,
                                                         const CaseNumber& number, TaskNumber task,
                                                         const OfficerId& officer,
                                                         const CompletionDraft& draft) {
    Command command{CompleteTask{task, {}, some_reason, draft.fields, draft.materials},
                    Actor::of(officer),
                    {},
                    {},
                    {}};
    if (auto refusal = engine::normalize(command)) return std::move(*refusal);
    const auto* live = unit.live(number);
    if (!live)
        return Refusal{
            RefusalCode::unknown_case, fmt::format("there is no case {}", number.text), {}};
    Executor executor(unit);
    const auto* open = live->state.task(task);
    if (!open || !live->state.open()) {
        const auto decision = executor.consider(*live, command);
        if (!decision) return decision.refusal();
        return std::vector<PossibleOutcome>();
    }
    std::vector<PossibleOutcome> outcomes;
    for (const auto index : live->process->task_at(open->place)->outcomes) {
        const auto& transition = live->process->transitions[index];
        std::get<CompleteTask>(command.action).outcome = transition.outcome;
        const auto decision = executor.consider(*live, command);
        if (decision.refused(RefusalCode::unknown_officer)) return decision.refusal();
        PossibleOutcome outcome;
        outcome.id = transition.outcome;
        outcome.title = transition.title;
        outcome.requires_reason = transition.needs_reason;
        outcome.requires_materials = transition.needs_materials;
        // A signature covers the act itself, which does not exist yet; it is checked last.
        outcome.requires_signature = decision.refused(RefusalCode::signature_required);
        outcome.possible = decision || outcome.requires_signature;
        if (!outcome.possible) outcome.refusal = decision.refusal();
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

}  // namespace workflow::shell
