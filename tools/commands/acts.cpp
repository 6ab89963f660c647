// One act on one task or case: next, claim, complete, supply, withdraw.

#include <fmt/format.h>

#include <ostream>

#include "../cli_context.hpp"
#include "acts.hpp"
#include "commands.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"
#include "presentation/words/trail.hpp"
#include "shell/catalog_access.hpp"

namespace workflow::tools {

using presentation::dump;
using presentation::json_of;
using presentation::step_name;

namespace {

const Operand case_operand{"CASE", "the case's number", false, false};

std::vector<Option> material_options(std::string what) {
    return {{.name = "field", .value = "NAME=VALUE", .meaning = "a field's value", .many = true},
            {.name = "material",
             .value = "NAME[=committed]",
             .meaning = std::move(what),
             .many = true}};
}

int run_next(const Arguments& arguments, Streams& streams) {
    const OfficerId officer = officer_of(arguments);
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    const auto task = engine->next(officer, CommandKey(arguments.text("key")));
    if (!task) return report(arguments, streams, task.refusal());
    const LocalClock clock = clock_of(*engine);
    if (arguments.json()) {
        streams.out << dump(json_of(*task, clock), 2) << '\n';
        return exit_done;
    }
    const std::string language = language_of(arguments, streams);
    const auto process = compiled(engine->catalog()).process(task->item);
    const auto title = engine->catalog().title(task->item);
    streams.out << fmt::format("{}  task {}  {}\n", task->number.text, number(task->task),
                               step_name(process.get(), task->step, language));
    if (arguments.quiet()) return exit_done;
    streams.out << fmt::format("  of {}\n", title ? title->in(language) : task->item.text);
    if (task->due) streams.out << "  due " << to_string(*task->due) << '\n';
    if (process == nullptr) return exit_done;
    for (const auto& place : process->places) {
        const auto* activity = std::get_if<process::TaskActivity>(&place.activity);
        if (activity == nullptr || process->steps[place.step].id != task->step) continue;
        for (const TransitionIndex index : activity->outcomes) {
            const auto& outcome = process->transitions[index];
            std::string line = "  can end with " + outcome.outcome.text;
            const std::string& name = outcome.title.in(language);
            if (!name.empty()) line += " (" + name + ")";
            if (outcome.needs_materials) line += ", needs all materials";
            if (outcome.needs_reason) line += ", needs --reason";
            streams.out << line << '\n';
        }
    }
    return exit_done;
}

int run_claim(const Arguments& arguments, Streams& streams) {
    const OfficerId officer = officer_of(arguments);
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    const CaseNumber number(arguments.operands().front());
    const auto task = task_of(arguments, *engine, number, officer, TaskChoice::unheld);
    if (!task) return report(arguments, streams, task.refusal());
    return carry_out(arguments, streams, *engine, number, ClaimTask{*task}, Actor::of(officer));
}

int run_complete(const Arguments& arguments, Streams& streams) {
    const OfficerId officer = officer_of(arguments);
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    const CaseNumber number(arguments.operands().front());
    const auto task = task_of(arguments, *engine, number, officer, TaskChoice::own_or_unheld);
    if (!task) return report(arguments, streams, task.refusal());
    CompleteTask act;
    act.task = *task;
    act.outcome = OutcomeId(arguments.operands().back());
    act.reason = arguments.text("reason");
    act.fields = fields_of(arguments, process_of_case(*engine, number).get());
    act.materials = materials_of(arguments);
    return carry_out(arguments, streams, *engine, number, std::move(act), Actor::of(officer));
}

/// The actor if no officer acts.
Actor applicant_or_agent(const Arguments& arguments) {
    return arguments.has("agent") ? Actor::the_agent() : Actor::the_applicant();
}

const Option agent_option{.name = "agent",
                          .meaning = "the agent of the applicant in this case acts"};
const Option evidence_option{
    .name = "evidence",
    .value = "TEXT",
    .meaning =
        "with --as: evidence of the applicant's request, such as the number of a signed "
        "paper"};

int run_supply(const Arguments& arguments, Streams& streams) {
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    const CaseNumber number(arguments.operands().front());
    SupplyMaterials act{fields_of(arguments, process_of_case(*engine, number).get()),
                        materials_of(arguments), arguments.text("evidence")};
    return carry_out(arguments, streams, *engine, number, std::move(act),
                     applicant_or_agent(arguments));
}

int run_withdraw(const Arguments& arguments, Streams& streams) {
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    const CaseNumber number(arguments.operands().front());
    return carry_out(arguments, streams, *engine, number,
                     WithdrawCase{arguments.text("reason"), arguments.text("evidence")},
                     applicant_or_agent(arguments));
}

int run_urge(const Arguments& arguments, Streams& streams) {
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    const CaseNumber number(arguments.operands().front());
    return carry_out(arguments, streams, *engine, number, UrgeCase{arguments.text("reason")},
                     applicant_or_agent(arguments));
}

/// The task of the act that was done under the key: repeated, the command means the same one.
std::optional<TaskNumber> task_under(Engine& engine, const CaseNumber& number,
                                     const CommandKey& key) {
    const auto trail = key.empty() ? std::nullopt : engine.reader().trail(number);
    if (!trail) return {};
    for (const auto& event : *trail) {
        if (event.key != key) continue;
        if (const auto* claimed = std::get_if<TaskClaimed>(&event.what)) return claimed->task;
        if (const auto* handed = std::get_if<TaskHandedOver>(&event.what)) return handed->task;
        if (const auto* done = std::get_if<TaskCompleted>(&event.what)) return done->task;
    }
    return {};
}

}  // namespace

Expected<TaskNumber> task_of(const Arguments& arguments, Engine& engine,
                             const CaseNumber& number_of_case, const OfficerId& officer,
                             TaskChoice choice) {
    const auto& operands = arguments.operands();
    const bool second_is_task =
        operands.size() >= 2 && operands[1].find_first_not_of("0123456789") == std::string::npos;
    if (second_is_task || operands.size() == 3) return task_number(operands[1]);
    if (arguments.has("task")) return task_number(arguments.text("task"));
    if (const auto before = task_under(engine, number_of_case, CommandKey(arguments.text("key"))))
        return *before;
    const auto detail = engine.reader().show(number_of_case);
    if (!detail)
        return Refusal{RefusalCode::unknown_case, "there is no case " + number_of_case.text, {}};
    std::vector<TaskNumber> own, unheld;
    for (const TaskView& task : detail->tasks) {
        if (task.holder == officer) own.push_back(task.task);
        if (task.holder.empty()) unheld.push_back(task.task);
    }
    const bool want_own = choice != TaskChoice::unheld;
    const auto& fitting = want_own && !own.empty() ? own : choice != TaskChoice::own ? unheld : own;
    if (fitting.size() == 1) return fitting.front();
    if (fitting.size() > 1) {
        throw UsageError(
            fmt::format("case {} has {} matching tasks", number_of_case.text, fitting.size()),
            "name one: `workflow show " + number_of_case.text + "` lists them");
    }
    // The engine knows the exact reason why not; ask it about the only task there is.
    if (!detail->tasks.empty()) return detail->tasks.front().task;
    if (detail->view.status != "open") {
        return Refusal{RefusalCode::case_ended, "case " + number_of_case.text + " has ended", {}};
    }
    return Refusal{
        RefusalCode::unknown_task, "case " + number_of_case.text + " has no open task", {}};
}

Subcommand next_command() {
    return {.name = "next",
            .summary = "Gives an officer the next task.",
            .options =
                [] {
                    std::vector<Option> options{
                        {.name = "as", .value = "OFFICER", .meaning = "the officer"},
                        {.name = "key",
                         .value = "KEY",
                         .meaning = "a name for this request; a repeated request gets the same "
                                    "answer"}};
                    for (Option& option : acting_store_options())
                        options.push_back(std::move(option));
                    options.push_back(language_option());
                    return options;
                }(),
            .formats = {"human", "json"},
            .examples = {"workflow next --as lin --store hall.db"},
            .note =
                "Gives the task that the officer has held longest. If the officer holds none, the "
                "officer gets the longest-waiting task that they may take at their posts. Exits 4 "
                "(nothing_to_do) if there is none.",
            .run = run_next};
}

Subcommand claim_command() {
    return {.name = "claim",
            .summary = "Assigns a waiting task of a case to the officer who asks for it.",
            .operands = {case_operand,
                         {"TASK", "the task's number; needed if several tasks wait", true, false}},
            .options = action_options(
                false, {{.name = "task", .value = "TASK", .meaning = "the task's number"}}),
            .formats = {"human", "json"},
            .examples = {"workflow claim social-card-20260302-00001 --as lin --store hall.db"},
            .run = run_claim};
}

Subcommand complete_command() {
    auto more = material_options("a material handed in with the act, or promised");
    more.insert(
        more.begin(),
        {{.name = "task", .value = "TASK", .meaning = "the task's number"},
         {.name = "reason", .value = "TEXT", .meaning = "the reason; some outcomes require one"}});
    return {
        .name = "complete",
        .summary = "Ends a task with one of its outcomes.",
        .operands = {case_operand,
                     {"TASK", "the task's number; needed if several tasks are open", true, false},
                     {"OUTCOME", "the outcome, such as `accept`", false, false}},
        .options = action_options(false, std::move(more)),
        .formats = {"human", "json"},
        .examples = {"workflow complete social-card-20260302-00001 accept --as lin --store hall.db",
                     "workflow complete social-card-20260302-00001 2 reject --reason 'not insured "
                     "here' \\\n"
                     "      --as zhao --store hall.db"},
        .run = run_complete};
}

Subcommand supply_command() {
    return {
        .name = "supply",
        .summary = "Supplies the fields and materials that a case waits for.",
        .operands = {case_operand},
        .options = action_options(true,
                                  [] {
                                      auto more = material_options("a material that is handed in");
                                      more.push_back(agent_option);
                                      more.push_back(evidence_option);
                                      return more;
                                  }()),
        .formats = {"human", "json"},
        .examples = {"workflow supply social-card-20260302-00001 --material photo --store hall.db"},
        .note =
            "The applicant supplies. An officer of an accepting post can record it for the "
            "applicant with --as and --evidence.",
        .run = run_supply};
}

Subcommand withdraw_command() {
    return {
        .name = "withdraw",
        .summary = "Withdraws an application before the decision.",
        .operands = {case_operand},
        .options = action_options(
            true,
            {{.name = "reason", .value = "TEXT", .meaning = "why"}, agent_option, evidence_option}),
        .formats = {"human", "json"},
        .examples =
            {"workflow withdraw social-card-20260302-00001 --reason 'card found' --store hall.db",
             "workflow withdraw social-card-20260302-00001 --as lin --evidence 'letter 12' \\\n"
             "      --reason 'card found' --store hall.db"},
        .note =
            "The applicant withdraws. An officer of an accepting post of the case's hall can "
            "record it for the applicant with --as and --evidence.",
        .run = run_withdraw};
}

Subcommand urge_command() {
    return {.name = "urge",
            .summary = "Urges a case (催办), as the applicant or a supervisor.",
            .operands = {case_operand},
            .options = action_options(
                true, {{.name = "reason", .value = "TEXT", .meaning = "why"}, agent_option}),
            .formats = {"human", "json"},
            .examples = {"workflow urge social-card-20260302-00001 --reason 'I travel on Monday' "
                         "--store hall.db"},
            .note =
                "The request is recorded and shown with the case; it changes neither order nor "
                "draw. The applicant and the supervisor may each urge once a day.",
            .run = run_urge};
}

}  // namespace workflow::tools
