#include "field_table.hpp"

#include <array>
#include <stdexcept>
#include <string>

namespace workflow::definition {

namespace {

constexpr KeyRow item[] = {
    {"item", "name", "required", "The item's name; it never changes.",
     "item: social-card.replace-lost"},
    {"revision", "whole number from 1", "1",
     "Counts the versions of the definition; a running case keeps the one it was opened with.",
     "revision: 3"},
    {"code", "letters, digits, `-`, `.`, `_`", "the item's name", "Begins each case number.",
     "code: HRSS-042"},
    {"title", "title", "required", "What the citizen reads.",
     "title: {zh: 社会保障卡补领, en: Replace a lost social security card}"},
    {"authority", "text", "none", "The department that decides.", "authority: hrss"},
    {"section", "text", "none", "The section of the department that it belongs to.",
     "section: 养老科"},
    {"kind", "`instant`, `committed`", "`committed`",
     "Decided while the applicant waits, or within the promised limit.", "kind: instant"},
    {"applicant", "list of `person`, `enterprise`", "`[person]`", "Who may apply.",
     "applicant: [person, enterprise]"},
    {"channels", "list of `window`, `web`, `mobile`, `terminal`, `assisted`, `auto`", "`[window]`",
     "Where an application comes in.", "channels: [window, web]"},
    {"modes", "list of modes", "all of the organization's",
     "Ways of serving in which it is offered, beside the usual one.", "modes: [express, assisted]"},
    {"limits", "mapping", "none", "How long the whole case may take; a committed item needs one.",
     "limits: {statutory: 20 workdays, promised: 5 workdays}"},
    {"calendar", "name of a calendar, or a list of them", "the catalog's",
     "Whose working days count; of several, the days that are working days in all.",
     "calendar: [china, bank]"},
    {"no_application", "`true`, `false`", "`false`", "Granted without an application (免申即享).",
     "no_application: true"},
    {"zero_refusal", "`true`, `false`", "`false`",
     "No path may end in `refused` or `not accepted` (零拒绝).", "zero_refusal: true"},
    {"fields", "mapping: name of the field to its keys", "none",
     "What the form asks and the process computes.", "fields: {fee: {type: number, default: 0}}"},
    {"materials", "mapping: name of the material to its keys, or to its title", "none",
     "What the applicant hands in, or the hall fetches.", "materials: {photo: 一寸照片}"},
    {"process", "name of a process", "none: its own `start` and `steps`",
     "The process that the item follows.", "process: accept-review-issue"},
    {"with", "mapping: parameter to value", "the parameters' defaults",
     "Values for the process's parameters.", "with: {review_limit: 3 workdays}"},
    {"uses", "mapping: name in expressions to name of a decision", "the process's",
     "The decisions that expressions call: of a `decision` file, or `MODEL#ELEMENT` of a DMN "
     "model.",
     "uses: {months: unemployment-benefit.months}"},
    {"start", "name of a step", "the process's", "The first step.", "start: intake"},
    {"steps", "mapping: name of the step to its keys", "the process's",
     "The steps; with `process`, what differs from it.", "steps: {review: {limit: 2 workdays}}"},
    {"on", "mapping", "the process's", "What may happen at any step.", "on: {withdraw: withdrawn}"},
    {"separated", "list of lists of duties or steps", "the process's",
     "Members of one list are never performed by one person in one case. `[intake, review, issue]` "
     "always holds.",
     "separated: [[review, countersign]]"},
    {"guarantees", "list of guarantees", "the process's",
     "What holds on every way that a case can go, beside what the process guarantees.",
     "guarantees: ['response(intake.accept, end)']"},
    {"issues", "list of texts", "none", "The documents that a granted case issues.",
     "issues: [social-card]"},
    {"rating", "`required`, `optional`, `none`", "`optional`",
     "Whether the applicant is asked to rate (好差评): each visit to a window of a hall, or the "
     "case when it came in on line.",
     "rating: required"},
    {"basis", "text or list of texts", "none", "The legal basis, as in the public guide.",
     "basis: 社会保险法第五十八条"},
    {"complaint", "text", "none", "Where to complain, as in the public guide.",
     "complaint: '12345'"},
    {"retention", "text", "none", "How long the file is kept.", "retention: 10 years"},
};
constexpr KeyRow limits[] = {
    {"statutory", "limit, or computed limit", "none", "What the law allows.",
     "statutory: 20 workdays"},
    {"promised", "limit, or computed limit", "none",
     "What the hall promises; never longer than the law allows.", "promised: 5 workdays"},
    {"counted from", "`acceptance`, `receipt`", "`acceptance`",
     "The day from which both run: of the acceptance, or on which the last material that was asked "
     "for was received.",
     "counted from: receipt"},
    {"warn", "limit, or `{yellow, red}`", "no warning",
     "So long before the day of either limit the case is said to be near it.", "warn: 1 workday"},
};
constexpr KeyRow computed[] = {
    {"workdays", "FEEL, a number", "this or `days`",
     "How many working days; what is no whole number from 1 to `at most` gives `at most`.",
     "workdays: if simple then 5 else 15"},
    {"days", "FEEL, a number", "this or `workdays`", "The same in calendar days.",
     "days: if clear then 15 else 60"},
    {"at most", "whole number from 1", "required",
     "The longest that it can be; what is verified of the item is verified of this.",
     "at most: 60"},
};
constexpr KeyRow warn[] = {
    {"yellow", "limit in days or working days", "none", "The first warning.", "yellow: 3 workdays"},
    {"red", "limit in days or working days", "none", "The last one.", "red: 1 workday"},
};
constexpr KeyRow field[] = {
    {"title", "title", "the field's name", "The label on the form.", "title: 缴费金额"},
    {"type", "`string`, `number`, `boolean`, `date`, `strings`", "`string`",
     "What it holds; `strings` is a list of texts.", "type: number"},
    {"values", "list of texts", "any", "The only values that a `string` field can have.",
     "values: [renting, owned]"},
    {"required", "`true`, `false`", "`false`", "Whether an application without it is refused.",
     "required: true"},
    {"personal", "`true`, `false`", "`false`", "Personal: shown only to whom it concerns.",
     "personal: true"},
    {"purpose", "title", "none",
     "What it is asked for; personal data that nothing reads needs one.",
     "purpose: {zh: 核对身份, en: To know who applies}"},
    {"default", "a value of the field's type", "none", "The value when none is given.",
     "default: 0"},
    {"check", "FEEL, true or false", "none", "What must hold for the value to be taken.",
     "check: fee >= 0"},
};
constexpr KeyRow material[] = {
    {"title", "title", "the material's name", "What the citizen reads.", "title: 居民身份证"},
    {"source", "`applicant`, `shared`, `commitment`, `later`", "`applicant`",
     "Handed in; fetched by the hall and never asked for; promised by signature; or owed and "
     "handed in later.",
     "source: shared"},
    {"connector", "name", "none", "The system that a `shared` material is fetched from.",
     "connector: e-licence"},
    {"when", "FEEL, true or false", "always", "Needed only when this holds.",
     "when: not(loss_reported)"},
    {"within", "limit", "none", "How long a `later` material may be owed.", "within: 10 workdays"},
    {"for", "`proxy`", "everybody",
     "Shows that somebody may act for the applicant: needed only when one does. Without such a "
     "material nobody may.",
     "for: proxy"},
};
constexpr KeyRow process[] = {
    {"process", "name", "required", "The process's name.", "process: accept-review-issue"},
    {"title", "title", "none", "What people call it.",
     "title: {zh: 受理—审核—出件, en: 'Accept, review, issue'}"},
    {"based on", "name of a process", "none",
     "Takes over all of that process; the own keys say what differs.",
     "based on: accept-review-issue"},
    {"parameters", "mapping: name to type and default", "none",
     "What an item can set; used as `=name`.", "parameters: {review_limit: {type: duration}}"},
    {"uses", "mapping: name in expressions to name of a decision", "none", "As in an item.",
     "uses: {months: unemployment-benefit.months}"},
    {"start", "name of a step", "required", "The first step.", "start: intake"},
    {"steps", "mapping: name of the step to its keys", "required", "The steps.",
     "steps: {completed: {end: granted}}"},
    {"on", "mapping", "none", "What may happen at any step.", "on: {withdraw: withdrawn}"},
    {"separated", "list of lists of duties or steps", "none", "As in an item.",
     "separated: [[review, countersign]]"},
    {"guarantees", "list of guarantees", "none", "As in an item.",
     "guarantees: ['response(intake.accept, end)']"},
};
constexpr KeyRow parameter[] = {
    {"type", "`duration`, `text`, `number`, `post`, `seal`, `boolean`", "required",
     "What may be given; a duration is a limit.", "type: duration"},
    {"default", "a value of that type", "none: the item must give one",
     "The value when the item gives none.", "default: 3 workdays"},
};
constexpr KeyRow on[] = {
    {"withdraw", "name of a step", "no withdrawal",
     "The applicant may withdraw until an outcome that `decides`; the case goes to this step.",
     "withdraw: withdrawn"},
};
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
    {"then", "name of a step, or `done`", "required", "Where the case goes.", "then: answer"},
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
constexpr KeyRow organization[] = {
    {"organization", "name", "required", "The organization's name.", "organization: city-hall"},
    {"title", "title", "required", "What people call it.", "title: 市政务服务中心"},
    {"zone", "IANA time zone", "`utc_offset`",
     "The clock that its days follow, with every change of clocks.", "zone: Asia/Shanghai"},
    {"utc_offset", "`+HH:MM` or `-HH:MM`, in quotes", "`'+08:00'`",
     "A clock that never changes; not together with `zone`.", "utc_offset: '+08:00'"},
    {"hours", "mapping: weekdays to one or more spans of time", "none",
     "When halls that say nothing else are open: what limits in working hours count.",
     "hours: {mon-fri: [09:00-12:00, 13:30-17:00]}"},
    {"by appointment", "mapping: weekdays to one or more spans of time", "none",
     "When they are open beside that for those with an appointment.",
     "by appointment: {sat: 09:00-12:00}"},
    {"halls", "mapping: name of the hall to its keys, or to its title", "required",
     "Where the organization works.", "halls: {main: {title: 主大厅}}"},
    {"posts", "mapping: name of the post to its keys", "required", "The posts (岗位).",
     "posts: {reviewer: {title: 审核岗, duties: [review]}}"},
    {"modes", "mapping: name of the mode to its keys, or to its title", "none",
     "Ways of serving people beside the usual one (六办).", "modes: {express: {order: first}}"},
    {"officers", "mapping: name of the officer to its keys", "required", "The members of staff.",
     "officers: {lin: {name: 林, hall: main, posts: [reviewer]}}"},
};
constexpr KeyRow hall[] = {
    {"title", "title", "required", "What people call it.", "title: 主大厅"},
    {"zone", "IANA time zone", "the organization's",
     "The clock that the days of its cases and officers follow.", "zone: Asia/Urumqi"},
    {"utc_offset", "`+HH:MM` or `-HH:MM`, in quotes", "the organization's",
     "A clock that never changes; not together with `zone`.", "utc_offset: '+06:00'"},
    {"hours", "mapping: weekdays to one or more spans of time", "the organization's",
     "When it is open; nothing of the organization's hours holds beside them.",
     "hours: {mon-fri: [09:00-12:00, 13:30-17:00], sat: 09:00-12:00}"},
    {"by appointment", "mapping: weekdays to one or more spans of time", "none",
     "When it is open beside its `hours` for those with an appointment.",
     "by appointment: {mon-fri: 17:00-19:00}"},
};
constexpr KeyRow mode[] = {
    {"title", "title", "the mode's name", "What people call it.", "title: 快速办"},
    {"order", "`as it comes`, `first`", "`as it comes`",
     "`first`: its cases are taken up before others, however long those wait.", "order: first"},
    {"place", "`its hall`, `any hall`", "`its hall`",
     "`any hall`: officers of every hall may take its tasks.", "place: any hall"},
    {"by appointment", "`true`, `false`", "`false`",
     "There is an appointment, and the case's turn comes then.", "by appointment: true"},
    {"hours", "mapping: weekdays to one or more spans of time", "at every time",
     "When applications come in that way, by the hall's clock.",
     "hours: {mon-fri: 17:00-20:00, sat: 09:00-12:00}"},
};
constexpr KeyRow post[] = {
    {"title", "title", "the post's name", "What people call it.", "title: 综合窗口"},
    {"duties", "list of duties", "required", "What its holders may do.", "duties: [intake]"},
    {"not with", "list of posts", "none", "Posts that no officer may hold together with this one.",
     "not with: [reviewer]"},
};
constexpr KeyRow officer[] = {
    {"name", "text", "required", "The officer's name.", "name: 林晓"},
    {"person", "text", "the officer's name in the file",
     "The human being, when one has several accounts.", "person: p-1042"},
    {"hall", "name of a hall", "required", "Where the officer works.", "hall: main"},
    {"section", "text", "none", "The section inside the department.", "section: 社保科"},
    {"posts", "list of posts", "required", "The posts the officer holds.", "posts: [reviewer]"},
    {"qualified", "list of items, `prefix.*` or `'*'`", "`['*']`",
     "The items the officer may work on.", "qualified: ['social-card.*']"},
    {"absent", "list of `{from, to}`", "never", "Days away, both included.",
     "absent: [{from: 2026-03-02, to: 2026-03-06}]"},
    {"left", "date", "in service", "No longer in service from this day.", "left: 2026-07-01"},
    {"supervisor", "`true`, `false`", "`false`", "May reassign tasks that are not drawn.",
     "supervisor: true"},
    {"weight", "whole number from 1 to 1000", "1",
     "The officer's chance in draws beside the others': who works half the time has 1 where they "
     "have 2.",
     "weight: 2"},
};
constexpr KeyRow absence[] = {
    {"from", "date", "required", "The first day away.", "from: 2026-03-02"},
    {"to", "date", "required", "The last day away.", "to: 2026-03-06"},
};
constexpr KeyRow calendar[] = {
    {"calendar", "name", "required",
     "The calendar's name; several files with one name give its years.", "calendar: china"},
    {"year", "whole number", "required", "The year.", "year: 2026"},
    {"title", "title", "none", "The notice's title.",
     "title: 国务院办公厅关于2026年部分节假日安排的通知"},
    {"document", "text", "none", "The notice's number.", "document: 国办发明电〔2025〕7号"},
    {"issued", "date", "none", "The notice's day; of two notices for a year the later one holds.",
     "issued: 2025-11-04"},
    {"revision", "whole number", "1", "The order of notices that were issued on the same day.",
     "revision: 2"},
    {"source", "text", "none", "Where it can be read.", "source: https://www.gov.cn/"},
    {"working_days_in_year", "whole number", "not checked",
     "How many working days there must be: a guard against slips.", "working_days_in_year: 248"},
    {"periods", "list of mappings", "none", "The notice as people read it; not evaluated.",
     "periods: [{name: 元旦, from: 2026-01-01, to: 2026-01-03}]"},
    {"holidays", "list of dates", "required", "Days off, weekends inside included.",
     "holidays: [2026-01-01, 2026-01-02]"},
    {"workdays", "list of dates", "none", "Weekend days that count as working days (调休上班).",
     "workdays: [2026-01-04]"},
    {"half_days", "list of dates", "none",
     "Working days on which offices close at noon; whole ones for limits in days.",
     "half_days: [2026-02-13]"},
};
constexpr KeyRow catalog[] = {
    {"catalog", "name", "required", "The catalog's name.", "catalog: city"},
    {"title", "title", "required", "What people call it.", "title: 市级政务服务事项目录"},
    {"calendar", "name of a calendar, or a list of them", "none",
     "The calendar of items that name none.", "calendar: china"},
    {"guarantees", "list of guarantees", "none",
     "What holds on every way of every item; what an item does not have breaks nothing.",
     "guarantees: ['response(accepted, end)']"},
    {"demand desk", "name of an item", "none",
     "Takes up whatever fits no item (零拒绝): every way through it ends with an answer.",
     "demand desk: service-desk.demand"},
    {"rating follow-up", "name of an item", "none",
     "Opened for each negative rating (差评): every way through it ends with an answer, and the "
     "officer who was rated takes no part.",
     "rating follow-up: service-desk.rating-follow-up"},
};
constexpr KeyRow decision[] = {
    {"decision", "name", "required", "The name by which expressions call it.",
     "decision: unemployment-benefit.months"},
    {"title", "title", "none", "What it decides.", "title: 领金月数"},
    {"inputs", "mapping", "required",
     "What it is decided by: each name with its type, or with a mapping of more.",
     "inputs: {years: number}"},
    {"outputs", "mapping", "of a table: required",
     "What a rule gives: each name with its type, or with a mapping of more. One output is the "
     "value itself, several are a context.",
     "outputs: {months: number}"},
    {"hit", "word", "unique",
     "What holds when several rules apply: `unique`, `any`, `first`, `priority`, `rule order`, "
     "`output order`, `collect`, `sum`, `count`, `min`, `max`.",
     "hit: first"},
    {"rules", "list of mappings", "of a table: required",
     "Each rule tests inputs and gives every output. An input that is left out may be anything.",
     "rules: [{years: '[1..5)', months: 12}]"},
    {"value", "expression", "none", "In place of a table: the result.", "value: years * 12"},
    {"uses", "mapping: name in expressions to name of a decision", "none",
     "Other decisions that its expressions call.", "uses: {years: contribution.years}"},
};
constexpr KeyRow decision_input[] = {
    {"type", "type", "Any",
     "`string`, `number`, `whole number`, `boolean`, `date`, `time`, `date and time`, `days and "
     "time "
     "duration`, `years and months duration`, `strings` or `Any`.",
     "type: whole number"},
    {"values", "unary tests", "any", "The values it can have; with another there is no result.",
     "values: '[0..60]'"},
    {"title", "title", "none", "What it is called on paper.", "title: 缴费年限"},
};
constexpr KeyRow decision_output[] = {
    {"type", "type", "Any", "As for an input.", "type: number"},
    {"values", "unary tests", "any",
     "The values it can have. `priority` and `output order` go by their order.",
     "values: '\"high\", \"low\"'"},
    {"otherwise", "expression", "none", "The result where no rule applies.", "otherwise: 0"},
    {"title", "title", "none", "What it is called on paper.", "title: 月数"},
};
constexpr KeyRow title[] = {
    {"zh", "text", "this or `en`", "In Chinese.", "zh: 受理"},
    {"en", "text", "this or `zh`", "In English.", "en: Accept"},
};

constexpr std::array groups{
    KeyGroup{"item", "an item", item},
    KeyGroup{"item.limits", "`limits`", limits},
    KeyGroup{"limit.computed", "a computed limit", computed},
    KeyGroup{"warn", "`warn`", warn},
    KeyGroup{"item.field", "a field", field},
    KeyGroup{"item.material", "a material", material},
    KeyGroup{"process", "a process", process},
    KeyGroup{"process.parameter", "a parameter", parameter},
    KeyGroup{"on", "`on` of an item or process", on},
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
    KeyGroup{"organization", "an organization", organization},
    KeyGroup{"organization.hall", "a hall", hall},
    KeyGroup{"organization.mode", "a mode", mode},
    KeyGroup{"organization.post", "a post", post},
    KeyGroup{"organization.officer", "an officer", officer},
    KeyGroup{"organization.absence", "an absence", absence},
    KeyGroup{"calendar", "a calendar", calendar},
    KeyGroup{"catalog", "a catalog", catalog},
    KeyGroup{"decision", "a decision", decision},
    KeyGroup{"decision.input", "an input", decision_input},
    KeyGroup{"decision.output", "an output", decision_output},
    KeyGroup{"title", "a title", title},
};

}  // namespace

std::span<const KeyGroup> key_groups() {
    return groups;
}

const KeyGroup& key_group(std::string_view name) {
    for (const KeyGroup& group : groups) {
        if (group.name == name) return group;
    }
    throw std::logic_error("no such group of keys: " + std::string(name));
}

}  // namespace workflow::definition
