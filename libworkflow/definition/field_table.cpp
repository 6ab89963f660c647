#include "field_table.hpp"

#include <array>
#include <stdexcept>
#include <string>
#include <vector>

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
    {"from", "`applicant`, `computed`, or duties and steps",
     "`computed` where an outcome sets it, else `applicant`",
     "Who may write it: the applicant, with the application and where the case waits for the "
     "applicant (the intake task may correct it until acceptance); nobody, since outcomes, "
     "decisions and the engine compute it; or the officer who performs one of these tasks.",
     "from: review"},
    {"max length", "whole number from 1 to 1000000", "10000",
     "How many characters a text may have; of type `strings`, each of them.", "max length: 200"},
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
    {"shifts", "mapping: name of the shift to its hours, weekdays to spans of time", "none",
     "The weeks of those who work in shifts (班次).", "shifts: {early: {mon-fri: 08:00-12:00}}"},
    {"draw", "mapping", "as its keys say",
     "What draws keep to where acts have made their pool small.",
     "draw: {minimum: 3, widen: [other sections], stranded: head}"},
    {"recusal", "mapping", "`kin`, `interest`, `handled_before`, `other_relation`",
     "On what grounds an officer may be asked to take no part (回避).",
     "recusal: {grounds: {kin: 亲属关系, interest: 利害关系}}"},
    {"reading", "mapping", "for no purpose, and any number",
     "What officers read personal data for, and how many cases.",
     "reading: {purposes: {handling: 业务办理, complaint: 投诉核查}, per hour: 200}"},
    {"identity", "mapping", "nothing is checked", "How ids of human beings are checked.",
     "identity: {citizen_id: checked}"},
    {"staff", "mapping", "by the number of supervisors", "Who may change the staff.",
     "staff: {second person: required}"},
    {"batch", "mapping", "scripts decide nothing that is kept apart",
     "What scripts may decide by rule.",
     "batch: {rules: [{name: lost-cards, items: [social-card.*], duties: [intake, review]}]}"},
    {"unseal", "mapping", "complaint, audit, court, safety",
     "On which grounds a seal is opened for an officer.",
     "unseal: {grounds: {complaint: 投诉核查, court: 法院调查}}"},
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
    {"windows", "mapping: name of the window to its keys", "none", "Its counters (窗口).",
     "windows: {a01: {posts: [general-window]}}"},
};
constexpr KeyRow window[] = {
    {"title", "title", "the window's name", "What people call it.", "title: 综合窗口一号"},
    {"posts", "list of posts", "required", "What is served there.", "posts: [general-window]"},
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
constexpr KeyRow reading[] = {
    {"purposes", "mapping: name of the purpose to its title", "required",
     "What personal data are read for; officers are shown none without saying for which.",
     "purposes: {handling: 业务办理, complaint: 投诉核查}"},
    {"per hour", "whole number from 1 to 10000", "any number",
     "How many readings one person may begin within an hour.", "per hour: 200"},
};
constexpr KeyRow identity[] = {
    {"citizen_id", "`checked`, `not checked`", "required",
     "Whether the last digit of an id of 18 digits (GB 11643) must be what the others give: of "
     "applicants of the kind `person`, of agents and of officers.",
     "citizen_id: checked"},
};
constexpr KeyRow staff[] = {
    {"second person", "`required`, `recorded`", "required",
     "Whether a second supervisor confirms changes of officers that shape draws or give rights, or "
     "one makes them and the journal names who did. Without `staff`, required where the file names "
     "supervisors who are two different human beings.",
     "second person: required"},
};
constexpr KeyRow batch[] = {
    {"rules", "list of mappings", "required",
     "Each names items and duties that one operator's script may perform together.",
     "rules: [{name: lost-cards, items: [social-card.*], duties: [intake, review, issue]}]"},
};
constexpr KeyRow batch_rule[] = {
    {"name", "name", "required", "Stands in the trail of what the rule allowed.",
     "name: lost-cards"},
    {"items", "list of items, `prefix.*` or `'*'`", "required", "Where it holds.",
     "items: [social-card.replace-lost]"},
    {"duties", "list of duties", "required",
     "The duties that one operator's script may perform in one case, although they are kept apart.",
     "duties: [intake, review, issue]"},
};
constexpr KeyRow unseal[] = {
    {"grounds", "mapping: name of the ground to its title", "required",
     "The grounds; a second person grants each request.",
     "grounds: {complaint: 投诉核查, court: 法院调查}"},
};
constexpr KeyRow draw[] = {
    {"minimum", "whole number from 1 to 100", "`3`",
     "A pool that had so many, and has fewer by recusals, returns, absences and changes of staff "
     "since the case was received, is widened or waits. A pool that was smaller from the start is "
     "drawn from as it is.",
     "minimum: 3"},
    {"widen", "list of `other sections`, `other halls`", "`[other sections, other halls]`",
     "By whom such a pool is widened first, in this order. Only a draw among a post's officers is "
     "of one hall.",
     "widen: [other sections]"},
    {"stranded", "post", "the supervisors",
     "Whose officers choose the way out of a drawn task that nobody can take.", "stranded: head"},
};
constexpr KeyRow recusal[] = {
    {"grounds", "mapping: name of the ground to its title", "required",
     "The grounds (回避事由); a request names one of them.", "grounds: {kin: 亲属关系}"},
};
constexpr KeyRow post[] = {
    {"title", "title", "the post's name", "What people call it.", "title: 综合窗口"},
    {"duties", "list of duties", "required", "What its holders may do.", "duties: [intake]"},
    {"not with", "list of posts", "none", "Posts that no officer may hold together with this one.",
     "not with: [reviewer]"},
    {"signed", "`true`, `false`", "`false`",
     "Who acts from the post signs what he does, with the key of which the organization has the "
     "public half.",
     "signed: true"},
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
    {"substitutes", "list of `{for, from, to}`", "for nobody",
     "Colleagues whom the officer stands in for: on those days he has their posts beside his own.",
     "substitutes: [{for: zhao, from: 2026-03-02, to: 2026-03-06}]"},
    {"left", "date", "in service", "No longer in service from this day.", "left: 2026-07-01"},
    {"supervisor", "`true`, `false`", "`false`", "May reassign tasks that are not drawn.",
     "supervisor: true"},
    {"weight", "whole number from 1 to 10", "1",
     "The officer's chance in draws beside the others': who works half the time has 1 where they "
     "have 2.",
     "weight: 2"},
    {"key", "public key: name, hash and base64", "none",
     "Verifies what the officer signs; its name is the officer's.",
     "key: lin+f0cd2a85+AZ7gIMkFoLWOKOOSkNeyFNkT9fQUprxfF7R7JlNDmTPN"},
    {"window", "name of a window of the hall", "none", "Where the officer sits.", "window: a01"},
    {"shift", "name of a shift", "every day", "When the officer works.", "shift: early"},
};
constexpr KeyRow absence[] = {
    {"from", "date", "required", "The first day away.", "from: 2026-03-02"},
    {"to", "date", "required", "The last day away.", "to: 2026-03-06"},
};
constexpr KeyRow substitution[] = {
    {"for", "name of an officer", "required", "Whose posts they are.", "for: zhao"},
    {"from", "date", "required", "The first day.", "from: 2026-03-02"},
    {"to", "date", "required", "The last day.", "to: 2026-03-06"},
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
    {"late entry", "limit", "at any time",
     "How long after it happened an act may still be entered (`--at`); counted by the item's "
     "calendar.",
     "late entry: 30 days"},
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

constexpr std::array other_groups{
    KeyGroup{"item", "an item", item},
    KeyGroup{"item.limits", "`limits`", limits},
    KeyGroup{"limit.computed", "a computed limit", computed},
    KeyGroup{"warn", "`warn`", warn},
    KeyGroup{"item.field", "a field", field},
    KeyGroup{"item.material", "a material", material},
    KeyGroup{"process", "a process", process},
    KeyGroup{"process.parameter", "a parameter", parameter},
    KeyGroup{"on", "`on` of an item or process", on},
    KeyGroup{"organization", "an organization", organization},
    KeyGroup{"organization.hall", "a hall", hall},
    KeyGroup{"organization.window", "a window", window},
    KeyGroup{"organization.mode", "a mode", mode},
    KeyGroup{"organization.reading", "`reading`", reading},
    KeyGroup{"organization.identity", "`identity`", identity},
    KeyGroup{"organization.staff", "`staff`", staff},
    KeyGroup{"organization.batch", "`batch`", batch},
    KeyGroup{"organization.batch.rule", "a rule of `batch`", batch_rule},
    KeyGroup{"organization.unseal", "`unseal`", unseal},
    KeyGroup{"organization.draw", "`draw` of an organization", draw},
    KeyGroup{"organization.recusal", "`recusal`", recusal},
    KeyGroup{"organization.post", "a post", post},
    KeyGroup{"organization.officer", "an officer", officer},
    KeyGroup{"organization.absence", "an absence", absence},
    KeyGroup{"organization.substitution", "a substitution", substitution},
    KeyGroup{"calendar", "a calendar", calendar},
    KeyGroup{"catalog", "a catalog", catalog},
    KeyGroup{"decision", "a decision", decision},
    KeyGroup{"decision.input", "an input", decision_input},
    KeyGroup{"decision.output", "an output", decision_output},
    KeyGroup{"title", "a title", title},
};

}  // namespace

std::span<const KeyGroup> key_groups() {
    static const std::vector<KeyGroup> all = [] {
        std::vector<KeyGroup> groups(other_groups.begin(), other_groups.end());
        const auto steps = step_key_groups();
        groups.insert(groups.end(), steps.begin(), steps.end());
        return groups;
    }();
    return all;
}

const KeyGroup& key_group(std::string_view name) {
    for (const KeyGroup& group : key_groups()) {
        if (group.name == name) return group;
    }
    throw std::logic_error("no such group of keys: " + std::string(name));
}

}  // namespace workflow::definition
