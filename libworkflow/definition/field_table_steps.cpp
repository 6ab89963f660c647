// The keys of steps.

#include <array>

#include "field_table.hpp"

namespace workflow::definition {

namespace {

constexpr KeyRow step[] = {
    {"title", "title", "the step's name", "The title shown to people.", "title: 材料审核"},
    {"limit", "limit; for a task also computed limit", "none",
     "The time in which the step is to be done; if it passes, the trail records this and the case "
     "stays where it is.",
     "limit: 3 workdays"},
    {"clock", "`paused`, `running`", "`running`",
     "Whether the case's limits run at this step. `paused`: they do not run while the case is "
     "here.",
     "clock: paused"},
    {"ground", "text", "required with `clock: paused`", "The legal ground of the pause.",
     "ground: 行政许可法第四十五条"},
    {"notice", "name", "none", "The notice sent to the applicant when the step is reached.",
     "notice: hearing-notice"},
    {"on",
     "mapping: `after LIMIT` to a step or `{to, accepts}`; for `wait: applicant` also `supplied`",
     "none", "Events that move the case on automatically.", "on: {after 30 workdays: lapsed}"},
};
constexpr KeyRow timeout[] = {
    {"to", "name of a step, or `done`", "required", "The next step.", "to: review"},
    {"accepts", "`true`, `false`", "`false`",
     "Deemed acceptance (视为受理): nobody answered in time, so the case's limits run from the day "
     "on "
     "which the materials were received.",
     "accepts: true"},
};
constexpr KeyRow task[] = {
    {"task", "name of a duty", "required",
     "A task that an officer performs. The duty decides who may perform it, and which other tasks "
     "of the case the same officer may not perform.",
     "task: review"},
    {"post", "name of a post", "this or `pool`", "The post whose officers claim the task.",
     "post: general-window"},
    {"pool", "`pass-through`, `section`, `specialists`", "this or `post`",
     "The officers among whom the engine chooses: all qualified officers, those of the item's "
     "section, or those whose qualification names the item most narrowly. Nobody chooses a task "
     "or an officer by hand.",
     "pool: pass-through"},
    {"allot", "`draw`, `shortest queue`, `round robin`, `oldest first`",
     "`draw` in a pool, else none",
     "How the engine chooses the officer. At a post without this key, officers take the task "
     "themselves; with `oldest first` they ask for the next task and cannot choose.",
     "allot: shortest queue"},
    {"sees", "list of fields", "none",
     "The personal fields that the drawn officer needs to see; the others stay hidden.",
     "sees: [birth_date]"},
    {"again", "`same officer`, `anew`", "`same officer` in a pool, else `anew`",
     "Who gets the task if the case returns to it.", "again: anew"},
    {"seal", "name", "none", "The seal applied to the result.", "seal: hrss-business"},
    {"warn", "limit, or `{yellow, red}`", "no warning",
     "How long before the due day of the task a warning is given.", "warn: 1 workday"},
    {"escalate", "name of a post", "nobody",
     "The post that the trail names when the task's limit has passed, so that its officers can be "
     "notified.",
     "escalate: chief"},
    {"outcomes", "mapping: name of the outcome to its keys, or to the next step", "required",
     "The outcomes with which the task can end.", "outcomes: {approve: issue}"},
};
constexpr KeyRow outcome[] = {
    {"to", "name of a step, or `done`", "required", "The next step.", "to: review"},
    {"title", "title", "the outcome's name", "The label of the button.", "title: 准予受理"},
    {"requires", "`materials`, `reason`, or a list of both", "nothing",
     "What must be present before the outcome can be chosen.", "requires: materials"},
    {"accepts", "`true`, `false`", "`false`", "Acceptance (受理): the case's limits run from here.",
     "accepts: true"},
    {"decides", "`true`, `false`", "`false`",
     "The decision: afterwards the applicant cannot withdraw.", "decides: true"},
    {"extends", "limit", "nothing",
     "Extension by approval (延期): lengthens the statutory limit by this amount. Allowed once in "
     "a "
     "case, before the limit has passed, and only with a reason.",
     "extends: 10 workdays"},
    {"at most", "whole number from 1", "any number",
     "The maximum number of times that it can be chosen in one "
     "case.",
     "at most: 1"},
    {"when", "FEEL, true or false", "always", "The condition under which it can be chosen.",
     "when: fee > 0"},
    {"sets", "mapping: field to FEEL", "nothing",
     "The fields that it sets, each with its expression.", "sets: {decided_on: today()}"},
    {"notice", "name", "none", "The notice sent to the applicant.", "notice: decision-notice"},
};
constexpr KeyRow choose[] = {
    {"choose", "list of branches, or FEEL", "required",
     "An automatic choice: takes the first branch whose `when` holds, or the branch that `to` "
     "lists for the value.",
     "choose: [{when: fee > 0, to: pay}, {otherwise: issue}]"},
    {"to", "mapping: value to a step or `done`", "required with FEEL",
     "The next step for each value: a text, a number, `true` or `false`; `otherwise` for all "
     "other values, including null.",
     "to: {high: head, low: desk, otherwise: desk}"},
};
constexpr KeyRow choice[] = {
    {"when", "FEEL, true or false", "this or `otherwise`",
     "The condition under which the branch is taken.", "when: fee > 0"},
    {"to", "name of a step, or `done`", "required with `when`", "The next step.", "to: pay"},
    {"otherwise", "name of a step, or `done`", "a warning where something is left over",
     "The next step if no branch before it holds; must come last.", "otherwise: issue"},
};
constexpr KeyRow sample[] = {
    {"sample", "`N %`, or `M in N`", "required",
     "A random re-check: a draw sends this share of the cases to `to`.", "sample: 5 %"},
    {"to", "name of a step, or `done`", "required", "The next step of cases that are drawn.",
     "to: second-look"},
    {"otherwise", "name of a step, or `done`", "required", "The next step of all other cases.",
     "otherwise: issue"},
};
constexpr KeyRow wait[] = {
    {"wait", "`applicant`, `time`", "required",
     "What the case waits for: the applicant to hand in what is missing (`on: {supplied: STEP}`), "
     "or time to pass (`on: {after LIMIT: STEP}`).",
     "wait: applicant"},
    {"asks", "list of fields", "all that are the applicant's",
     "With `wait: applicant`: the fields that the applicant may enter or change here.",
     "asks: [account]"},
};
constexpr KeyRow parallel[] = {
    {"parallel",
     "mapping: name of the branch to `{start, steps}`, or to a single step of that name",
     "required", "The branches that run in parallel; `done` ends a branch.",
     "parallel: {fire: {task: fire-opinion, post: fire, outcomes: {agree: done}}}"},
    {"join", "`all`, `any`, `M of N`", "`all`",
     "The number of branches that must be done; the others are then cancelled.", "join: 2 of 3"},
    {"then", "name of a step, or `done`", "required", "The next step.", "then: review"},
};
constexpr KeyRow panel[] = {
    {"panel", "name of a duty", "required",
     "A panel of several officers who study the case in parallel (集体研判). Each member is drawn "
     "separately, and nobody is a member twice.",
     "panel: study"},
    {"members", "whole number from 2 to 15", "required", "The number of members.", "members: 3"},
    {"quorum", "whole number from 1", "all members",
     "The number of members who must answer; the unfinished tasks of the others are then "
     "cancelled.",
     "quorum: 2"},
    {"pool", "`pass-through`, `section`, `specialists`", "`pass-through`",
     "The officers among whom the members are drawn, as for a task.", "pool: specialists"},
    {"sees", "list of fields", "none", "As for a task.", "sees: [comment]"},
    {"warn", "limit, or `{yellow, red}`", "no warning", "As for a task.", "warn: 1 workday"},
    {"escalate", "name of a post", "nobody", "As for a task.", "escalate: chief"},
    {"outcomes", "mapping: name of the outcome to its keys, or to `done`", "required",
     "The outcomes that each member can choose; `done` ends the member's part.",
     "outcomes: {advised: {to: done, requires: reason}}"},
    {"decide", "`majority`, `M of N OUTCOME`, or FEEL over the counts by outcome", "nothing",
     "How the votes decide. The engine counts them as `PANEL.OUTCOME`; nobody else writes the "
     "counts, and no member sees the answer of another member before the panel is over.",
     "decide: 2 of 3 favour"},
    {"then", "name of a step or `done`; with `decide` a mapping: outcome to step, and `otherwise`",
     "required", "The next step.", "then: {favour: issue, otherwise: rejected}"},
};
constexpr KeyRow stage[] = {
    {"stage", "mapping: `start`, `steps`", "required",
     "A group of steps with a common limit, left together; `done` ends the stage.",
     "stage: {start: visit, steps: {}}"},
    {"then", "name of a step, or `done`", "required", "The next step.", "then: review"},
};
constexpr KeyRow region[] = {
    {"start", "name of a step", "required", "The first step inside the branch or stage.",
     "start: visit"},
    {"steps", "mapping: name of the step to its keys", "required",
     "The steps inside the branch or stage; their names must be unique in the whole item.",
     "steps: {visit: {wait: time}}"},
};
constexpr KeyRow end[] = {
    {"end", "`granted`, `refused`, `not accepted`, `withdrawn`, `answered`, `lapsed`", "required",
     "How the case ends here; the applicant always gets a reply.", "end: granted"},
};

constexpr std::array groups{
    KeyGroup{"step", "a step", step},
    KeyGroup{"step.timeout", "what follows a term", timeout},
    KeyGroup{"step.task", "a task", task},
    KeyGroup{"step.task.outcome", "an outcome", outcome},
    KeyGroup{"step.choose", "a choice", choose},
    KeyGroup{"step.choose.branch", "a branch of a choice", choice},
    KeyGroup{"step.sample", "a sample", sample},
    KeyGroup{"step.wait", "a wait", wait},
    KeyGroup{"step.parallel", "a parallel step", parallel},
    KeyGroup{"step.panel", "a panel", panel},
    KeyGroup{"step.stage", "a stage", stage},
    KeyGroup{"step.region", "a branch or stage", region},
    KeyGroup{"step.end", "an end", end},
};

}  // namespace

std::span<const KeyGroup> step_key_groups() {
    return groups;
}

}  // namespace workflow::definition
