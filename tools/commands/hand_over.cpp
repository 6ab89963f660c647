// A task changes hands: delegate, reassign, return.

#include "../cli_context.hpp"
#include "acts.hpp"
#include "commands.hpp"

namespace workflow::tools {

namespace {

enum class Way { delegated, reassigned, returned };

Action action_of(Way way, TaskNumber task, const Arguments& arguments) {
    const OfficerId to(arguments.text("to"));
    const std::string reason = arguments.text("reason");
    switch (way) {
        case Way::delegated:
            return DelegateTask{task, to, reason};
        case Way::reassigned:
            return ReassignTask{task, to, reason};
        case Way::returned:
            break;
    }
    return ReturnTask{task, reason};
}

Subcommand hand_over(Way way, std::string name, std::string summary, std::string example,
                     TaskChoice choice) {
    std::vector<Option> more{{.name = "task", .value = "TASK", .meaning = "the task's number"},
                             {.name = "reason", .value = "TEXT", .meaning = "why"}};
    if (way != Way::returned) {
        more.push_back({.name = "to", .value = "COLLEAGUE", .meaning = "the officer who gets it"});
    }
    return {
        .name = std::move(name),
        .summary = std::move(summary),
        .operands = {{"CASE", "the case's number", false, false},
                     {"TASK", "the task's number; needed if several tasks are open", true, false}},
        .options = action_options(false, std::move(more)),
        .formats = {"human", "json"},
        .examples = {std::move(example)},
        .note =
            "A drawn task cannot be delegated or reassigned: the engine draws the officer, "
            "nobody chooses.",
        .run = [way, choice](const Arguments& arguments, Streams& streams) -> int {
            const OfficerId officer = officer_of(arguments);
            if (way != Way::returned && !arguments.has("to")) {
                throw UsageError("the receiving officer is missing", "give --to OFFICER");
            }
            const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
            const CaseNumber number(arguments.operands().front());
            const auto task = task_of(arguments, *engine, number, officer, choice);
            if (!task) return report(arguments, streams, task.refusal());
            return carry_out(arguments, streams, *engine, number, action_of(way, *task, arguments),
                             Actor::of(officer));
        }};
}

}  // namespace

Subcommand delegate_command() {
    return hand_over(
        Way::delegated, "delegate", "Hands the officer's own task to a colleague.",
        "workflow delegate social-card-20260302-00001 --as lin --to wu --store hall.db",
        TaskChoice::own);
}

Subcommand reassign_command() {
    return hand_over(Way::reassigned, "reassign",
                     "Gives a task to a named officer; for supervisors.",
                     "workflow reassign social-card-20260302-00001 1 --as chen --to wu \\\n"
                     "      --reason 'lin is ill' --store hall.db",
                     TaskChoice::own_or_unheld);
}

Subcommand return_command() {
    return hand_over(Way::returned, "return", "Gives the officer's own task back.",
                     "workflow return social-card-20260302-00001 --as zhao --reason 'a relative' "
                     "--store hall.db",
                     TaskChoice::own);
}

}  // namespace workflow::tools
