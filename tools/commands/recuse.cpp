// `recuse` and `resolve`: who takes no part in a case, and the way out of a drawn task that nobody
// can take.

#include "../cli_context.hpp"
#include "acts.hpp"
#include "commands.hpp"

namespace workflow::tools {

namespace {

int run_recuse(const Arguments& arguments, Streams& streams) {
    const CaseNumber number(arguments.operands().front());
    const OfficerId officer(arguments.operands().back());
    const bool confirm = arguments.has("confirm"), decline = arguments.has("decline");
    if (confirm && decline) throw UsageError("a request is confirmed or declined, not both");
    const auto reason = arguments.text("reason");
    if (!confirm && !decline) {
        const RecuseOfficer act{officer, arguments.needed("ground", "kin"),
                                arguments.needed("reason", "TEXT")};
        const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
        return carry_out(arguments, streams, *engine, number, act, Actor::the_applicant());
    }
    if (arguments.has("ground"))
        throw UsageError("the request already names the ground", "leave --ground out");
    const auto supervisor = officer_of(arguments);
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    return carry_out(arguments, streams, *engine, number, DecideRecusal{officer, confirm, reason},
                     Actor::of(supervisor));
}

/// The task that the arguments name, or the only one of the case that waits to be resolved.
TaskNumber stranded_task(const Arguments& arguments, Engine& engine, const CaseNumber& number) {
    const auto& operands = arguments.operands();
    if (operands.size() == 2) return task_number(operands.back());
    std::vector<TaskNumber> waiting;
    if (const auto detail = engine.reader().show(number)) {
        const auto process = process_of_case(engine, number);
        for (const auto& task : detail->tasks) {
            const auto step = process ? process->step(task.step) : std::nullopt;
            const auto* activity = step ? process->task_at(process->steps[*step].at) : nullptr;
            if (activity && activity->drawn && !task.post.empty()) waiting.push_back(task.task);
        }
    }
    if (waiting.size() > 1)
        throw UsageError("several tasks wait to be resolved",
                         "name one: workflow resolve CASE TASK");
    return waiting.empty() ? TaskNumber{} : waiting.front();
}

int run_resolve(const Arguments& arguments, Streams& streams) {
    const CaseNumber number(arguments.operands().front());
    const auto way = arguments.needed("way", "ask_again");
    const auto officer = officer_of(arguments);
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    const auto task = stranded_task(arguments, *engine, number);
    if (task == TaskNumber{} && engine->reader().show(number))
        return report(arguments, streams,
                      Refusal{RefusalCode::not_stranded,
                              "no task of the case " + number.text + " waits to be resolved",
                              {}});
    const auto chosen = way == "widen" ? WayOut::widen : WayOut::ask_again;
    return carry_out(arguments, streams, *engine, number,
                     ResolveStranded{task, chosen, arguments.text("reason")}, Actor::of(officer));
}

}  // namespace

Subcommand recuse_command() {
    return {.name = "recuse",
            .summary = "Requests the recusal of an officer from a case, or answers such a request.",
            .operands = {{"CASE", "the case's number", false, false},
                         {"OFFICER", "the officer to recuse", false, false}},
            .options = action_options(
                true, {{.name = "ground",
                        .value = "GROUND",
                        .meaning = "one of the organization's grounds: kin, interest, ..."},
                       {.name = "reason", .value = "TEXT", .meaning = "why"},
                       {.name = "confirm", .meaning = "grant the request, as a supervisor"},
                       {.name = "decline", .meaning = "decline the request, as a supervisor"}}),
            .formats = {"human", "json"},
            .examples = {"workflow recuse social-card-20260302-00001 zhao --ground kin \\\n"
                         "      --reason 'a cousin of the applicant' --store hall.db",
                         "workflow recuse social-card-20260302-00001 zhao --confirm --as chen \\\n"
                         "      --store hall.db"},
            .note =
                "A request has no effect until a second person confirms it: a supervisor of the "
                "hall who did not make the request, is not the officer concerned and did not "
                "accept the case. Officers who recuse themselves are recused at once. Tasks that "
                "the officer holds are taken back, and drawn again.",
            .run = run_recuse};
}

Subcommand resolve_command() {
    return {
        .name = "resolve",
        .summary = "Resolves a drawn task that nobody can take.",
        .operands = {{"CASE", "the case's number", false, false},
                     {"TASK", "the task's number; needed if several tasks wait", true, false}},
        .options = action_options(
            false, {{.name = "way",
                     .value = "WAY",
                     .meaning = "ask_again: the officers who gave the task back are in the draw "
                                "again; widen: officers of every section are in the draw",
                     .choices = {"ask_again", "widen"}},
                    {.name = "reason", .value = "TEXT", .meaning = "why"}}),
        .formats = {"human", "json"},
        .examples = {"workflow resolve social-card-20260302-00001 --way ask_again --as chen \\\n"
                     "      --reason 'nobody else is qualified' --store hall.db"},
        .note =
            "`tasks` lists such tasks under the post that the organization names (`draw: "
            "{stranded: POST}`), or under `supervisor`. An officer who gave the task back may not "
            "resolve it. The engine draws again.",
        .run = run_resolve};
}

}  // namespace workflow::tools
