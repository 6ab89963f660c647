// The keys of steps.

#include <array>

#include "field_table.hpp"

namespace workflow::definition {

namespace {

constexpr KeyRow step[] = {
    {"title", "title", "the step's name", "What people call it.", "title: 材料审核"},
    {"limit", "limit; for a task also computed limit", "none",
     "The day by which the step is to be done; passing it is recorded and moves nothing.",
     "limit: 3 workdays"},
    {"clock", "`paused`, `running`", "`running`",
     "Paused: while the case stands here, the case's limits do not run.", "clock: paused"},
    {"ground", "text", "required with `clock: paused`", "The legal ground of the pause.",
     "ground: 行政许可法第四十五条"},
    {"notice", "name", "none", "The notice that the applicant gets when the step is reached.",
     "notice: hearing-notice"},
    {"on",
     "mapping: `after LIMIT` to a step or `{to, accepts}`; for `wait: applicant` also `supplied`",
     "none", "What moves the case on by itself.", "on: {after 30 workdays: lapsed}"},
};
constexpr KeyRow timeout[] = {
    {"to", "name of a step, or `done`", "required", "Where the case goes.", "to: review"},
    {"accepts", "`true`, `false`", "`false`",
     "Deemed acceptance (视为受理): nobody has answered in time, and the case's limits run from "
     "the day on which the materials were received.",
     "accepts: true"},
};
constexpr KeyRow task[] = {
    {"task", "name of a duty", "required",
     "A person does this: who may, and what else he may not do in the case, follows from the duty.",
     "task: review"},
    {"post", "name of a post", "this or `pool`", "Officers of this post claim the task.",
     "post: general-window"},
    {"pool", "`pass-through`, `section`, `specialists`", "this or `post`",
     "The engine gives it to one of all qualified officers, of those of the item's section, or of "
     "those whose qualification names the item most narrowly; nobody picks.",
     "pool: pass-through"},
    {"allot", "`draw`, `shortest queue`, `round robin`, `oldest first`",
     "`draw` in a pool, else none",
     "How the engine chooses the officer. At a post without it, officers take the task themselves; "
     "with `oldest first` they ask for the next one and choose none.",
     "allot: shortest queue"},
    {"sees", "list of fields", "none",
     "Personal fields that whoever is drawn needs to see; the others are kept from him.",
     "sees: [birth_date]"},
    {"again", "`same officer`, `anew`", "`same officer` in a pool, else `anew`",
     "Who gets the task when the case comes back to it.", "again: anew"},
    {"seal", "name", "none", "The seal that is put under the result.", "seal: hrss-business"},
    {"warn", "limit, or `{yellow, red}`", "no warning",
     "So long before its due day the task is said to be near it.", "warn: 1 workday"},
    {"escalate", "name of a post", "nobody",
     "Whom the trail names when the task's limit has passed, so that they are told.",
     "escalate: chief"},
    {"outcomes", "mapping: name of the outcome to its keys, or to the next step", "required",
     "What the task can end with.", "outcomes: {approve: issue}"},
};
constexpr KeyRow outcome[] = {
    {"to", "name of a step, or `done`", "required", "Where the case goes.", "to: review"},
    {"title", "title", "the outcome's name", "What the button says.", "title: 准予受理"},
    {"requires", "`materials`, `reason`, or a list of both", "nothing",
     "What must be there before the outcome can be chosen.", "requires: materials"},
    {"accepts", "`true`, `false`", "`false`", "Acceptance (受理): the case's limits run from here.",
     "accepts: true"},
    {"decides", "`true`, `false`", "`false`",
     "The decision: afterwards the applicant cannot withdraw.", "decides: true"},
    {"extends", "limit", "nothing",
     "Extension by approval (延期): the law's limit becomes so much longer. Once in a case, before "
     "the limit has passed, and never without a reason.",
     "extends: 10 workdays"},
    {"at most", "whole number from 1", "any number", "How often it can be chosen in one case.",
     "at most: 1"},
    {"when", "FEEL, true or false", "always", "It can be chosen only when this holds.",
     "when: fee > 0"},
    {"sets", "mapping: field to FEEL", "nothing", "Fields that get a value.",
     "sets: {decided_on: today()}"},
    {"notice", "name", "none", "The notice that the applicant gets.", "notice: decision-notice"},
};
constexpr KeyRow choose[] = {
    {"choose", "list of branches, or FEEL", "required",
     "The first branch whose `when` holds is taken, or the one that `to` has for the value; nobody "
     "is asked.",
     "choose: [{when: fee > 0, to: pay}, {otherwise: issue}]"},
    {"to", "mapping: value to a step or `done`", "required with FEEL",
     "Where the case goes for each value, a text, a number, `true` or `false`; `otherwise` for all "
     "others, null among them.",
     "to: {high: head, low: desk, otherwise: desk}"},
};
constexpr KeyRow choice[] = {
    {"when", "FEEL, true or false", "this or `otherwise`", "Takes the branch when it holds.",
     "when: fee > 0"},
    {"to", "name of a step, or `done`", "required with `when`", "Where the case goes.", "to: pay"},
    {"otherwise", "name of a step, or `done`", "a warning where something is left over",
     "Where the case goes when nothing before holds; comes last.", "otherwise: issue"},
};
constexpr KeyRow sample[] = {
    {"sample", "`N %`, or `M in N`", "required",
     "A random re-check: a draw sends that share of the cases to `to`.", "sample: 5 %"},
    {"to", "name of a step, or `done`", "required", "Where cases that are drawn go.",
     "to: second-look"},
    {"otherwise", "name of a step, or `done`", "required", "Where all others go.",
     "otherwise: issue"},
};
constexpr KeyRow wait[] = {
    {"wait", "`applicant`, `time`", "required",
     "For the applicant to bring what is missing (`on: {supplied: STEP}`), or for time to pass "
     "(`on: {after LIMIT: STEP}`).",
     "wait: applicant"},
    {"asks", "list of fields", "all that are the applicant's",
     "For `wait: applicant`: the fields that the applicant may give or change here.",
     "asks: [account]"},
};
constexpr KeyRow parallel[] = {
    {"parallel",
     "mapping: name of the branch to `{start, steps}`, or to a single step of that name",
     "required", "Branches that go on side by side; `done` ends one.",
     "parallel: {fire: {task: fire-opinion, post: fire, outcomes: {agree: done}}}"},
    {"join", "`all`, `any`, `M of N`", "`all`",
     "How many branches must be done; the others are cancelled.", "join: 2 of 3"},
    {"then", "name of a step, or `done`", "required", "Where the case goes.", "then: review"},
};
constexpr KeyRow panel[] = {
    {"panel", "name of a duty", "required",
     "Several officers study the case side by side (集体研判), each drawn by himself; nobody sits "
     "twice.",
     "panel: study"},
    {"members", "whole number from 2 to 15", "required", "How many.", "members: 3"},
    {"quorum", "whole number from 1", "all members",
     "How many of them must have answered; what the others have not done is cancelled.",
     "quorum: 2"},
    {"pool", "`pass-through`, `section`, `specialists`", "`pass-through`",
     "Among whom they are drawn, as for a task.", "pool: specialists"},
    {"sees", "list of fields", "none", "As for a task.", "sees: [comment]"},
    {"warn", "limit, or `{yellow, red}`", "no warning", "As for a task.", "warn: 1 workday"},
    {"escalate", "name of a post", "nobody", "As for a task.", "escalate: chief"},
    {"outcomes", "mapping: name of the outcome to its keys, or to `done`", "required",
     "What each of them can say; `done` ends his part.",
     "outcomes: {advised: {to: done, requires: reason}}"},
    {"decide", "`majority`, `M of N OUTCOME`, or FEEL over the counts by outcome", "nothing",
     "How the votes decide. The engine counts them as `PANEL.OUTCOME`; nobody else writes the "
     "counts, and no member sees what another has said before the panel is over.",
     "decide: 2 of 3 favour"},
    {"then", "name of a step or `done`; with `decide` a mapping: outcome to step, and `otherwise`",
     "required", "Where the case goes.", "then: {favour: issue, otherwise: rejected}"},
};
constexpr KeyRow stage[] = {
    {"stage", "mapping: `start`, `steps`", "required",
     "Steps with a limit of their own, left as one; `done` ends it.",
     "stage: {start: visit, steps: {}}"},
    {"then", "name of a step, or `done`", "required", "Where the case goes.", "then: review"},
};
constexpr KeyRow region[] = {
    {"start", "name of a step", "required", "The first step inside.", "start: visit"},
    {"steps", "mapping: name of the step to its keys", "required",
     "The steps inside; their names are unique in the whole item.", "steps: {visit: {wait: time}}"},
};
constexpr KeyRow end[] = {
    {"end", "`granted`, `refused`, `not accepted`, `withdrawn`, `answered`, `lapsed`", "required",
     "The case ends here, always with a reply to the applicant.", "end: granted"},
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
