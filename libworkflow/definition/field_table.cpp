#include "field_table.hpp"

#include <array>
#include <stdexcept>
#include <string>
#include <vector>

namespace workflow::definition {

namespace {

constexpr KeyRow item[] = {
    {"item", "name", "required", "Identifies the item; it never changes.",
     "item: social-card.replace-lost"},
    {"revision", "whole number from 1", "1",
     "Counts the versions of the definition; a running case keeps the one it was opened with.",
     "revision: 3"},
    {"code", "letters, digits, `-`, `.`, `_`", "the item's name", "Begins each case number.",
     "code: HRSS-042"},
    {"title", "title", "required", "The title that the citizen reads.",
     "title: {zh: 社会保障卡补领, en: Replace a lost social security card}"},
    {"authority", "text", "none", "The department that makes the decision.", "authority: hrss"},
    {"section", "text", "none", "The section of the department that handles the item.",
     "section: 养老科"},
    {"kind", "`instant`, `committed`", "`committed`",
     "When it is decided: while the applicant waits, or within the promised limit.",
     "kind: instant"},
    {"applicant", "list of `person`, `enterprise`", "`[person]`",
     "The kinds of applicant that may apply.", "applicant: [person, enterprise]"},
    {"channels", "list of `window`, `web`, `mobile`, `terminal`, `assisted`, `auto`", "`[window]`",
     "The channels through which an application is received.", "channels: [window, web]"},
    {"modes", "list of modes", "all of the organization's",
     "The service modes in which it is offered, in addition to the usual one.",
     "modes: [express, assisted]"},
    {"limits", "mapping", "none",
     "The limits of the whole case; a committed item needs at least "
     "one.",
     "limits: {statutory: 20 workdays, promised: 5 workdays}"},
    {"calendar", "name of a calendar, or a list of them", "the catalog's",
     "The calendar whose working days count; with several, only days that are working days in all "
     "of them.",
     "calendar: [china, bank]"},
    {"no_application", "`true`, `false`", "`false`", "Granted without an application (免申即享).",
     "no_application: true"},
    {"zero_refusal", "`true`, `false`", "`false`",
     "No path may end in `refused` or `not accepted` (零拒绝).", "zero_refusal: true"},
    {"fields", "mapping: name of the field to its keys", "none",
     "The fields that the form asks for and those that the process computes.",
     "fields: {fee: {type: number, default: 0}}"},
    {"materials", "mapping: name of the material to its keys, or to its title", "none",
     "The materials that the applicant hands in or the hall fetches.",
     "materials: {photo: 一寸照片}"},
    {"process", "name of a process", "none: its own `start` and `steps`",
     "The process that the item follows.", "process: accept-review-issue"},
    {"with", "mapping: parameter to value", "the parameters' defaults",
     "Values for the process's parameters.", "with: {review_limit: 3 workdays}"},
    {"uses", "mapping: name in expressions to name of a decision", "the process's",
     "The decisions that expressions call: the name of a `decision` file, or `MODEL#ELEMENT` of a "
     "DMN model.",
     "uses: {months: unemployment-benefit.months}"},
    {"start", "name of a step", "the process's", "The first step.", "start: intake"},
    {"steps", "mapping: name of the step to its keys", "the process's",
     "The steps; with `process`, only those that differ from it.",
     "steps: {review: {limit: 2 workdays}}"},
    {"on", "mapping", "the process's", "Events that may happen at any step.",
     "on: {withdraw: withdrawn}"},
    {"separated", "list of lists of duties or steps", "the process's",
     "In one case, one person never performs two members of the same list. `[intake, review, "
     "issue]` always applies.",
     "separated: [[review, countersign]]"},
    {"guarantees", "list of guarantees", "the process's",
     "Properties that hold on every path of a case, in addition to those of the process.",
     "guarantees: ['response(intake.accept, end)']"},
    {"issues", "list of texts", "none", "The documents that a granted case issues.",
     "issues: [social-card]"},
    {"rating", "`required`, `optional`, `none`", "`optional`",
     "Whether the applicant is asked to rate (好差评): each visit to a window of a hall, or the "
     "case "
     "if it was received online.",
     "rating: required"},
    {"basis", "text or list of texts", "none", "The legal basis, as printed in the public guide.",
     "basis: 社会保险法第五十八条"},
    {"complaint", "text", "none", "Where to complain, as printed in the public guide.",
     "complaint: '12345'"},
    {"retention", "text", "none", "How long the case file is kept.", "retention: 10 years"},
};
constexpr KeyRow limits[] = {
    {"statutory", "limit, or computed limit", "none", "The longest time that the law allows.",
     "statutory: 20 workdays"},
    {"promised", "limit, or computed limit", "none",
     "The time that the hall promises; never longer than the law allows.", "promised: 5 workdays"},
    {"counted from", "`acceptance`, `receipt`", "`acceptance`",
     "The day from which both limits run: the day of acceptance, or the day on which the last "
     "requested material was received.",
     "counted from: receipt"},
    {"warn", "limit, or `{yellow, red}`", "no warning",
     "How long before the due day of either limit a warning is given.", "warn: 1 workday"},
};
constexpr KeyRow computed[] = {
    {"workdays", "FEEL, a number", "this or `days`",
     "The number of working days; a value that is not a whole number from 1 to `at most` gives "
     "`at most`.",
     "workdays: if simple then 5 else 15"},
    {"days", "FEEL, a number", "this or `workdays`", "The same in calendar days.",
     "days: if clear then 15 else 60"},
    {"at most", "whole number from 1", "required",
     "The longest possible value; the verification of the item uses it.", "at most: 60"},
};
constexpr KeyRow warn[] = {
    {"yellow", "limit in days or working days", "none", "The first warning.", "yellow: 3 workdays"},
    {"red", "limit in days or working days", "none", "The last warning.", "red: 1 workday"},
};
constexpr KeyRow field[] = {
    {"title", "title", "the field's name", "The label of the field on the form.",
     "title: 缴费金额"},
    {"type", "`string`, `number`, `boolean`, `date`, `strings`", "`string`",
     "The type of the value; `strings` is a list of texts.", "type: number"},
    {"values", "list of texts", "any", "The only values that a `string` field may have.",
     "values: [renting, owned]"},
    {"required", "`true`, `false`", "`false`", "Whether an application without it is refused.",
     "required: true"},
    {"personal", "`true`, `false`", "`false`",
     "Marks personal data: shown only to people who need it.", "personal: true"},
    {"purpose", "title", "none",
     "The purpose of asking for it; required for personal data that no rule reads.",
     "purpose: {zh: 核对身份, en: To know who applies}"},
    {"default", "a value of the field's type", "none", "The value if none is given.", "default: 0"},
    {"from", "`applicant`, `computed`, or duties and steps",
     "`computed` where an outcome sets it, else `applicant`",
     "Who may write it. `applicant`: the applicant, with the application and where the case waits "
     "for the applicant (the intake task may correct it until acceptance). `computed`: nobody; "
     "outcomes, decisions and the engine compute it. Duties and steps: the officer who performs "
     "one of these tasks.",
     "from: review"},
    {"max length", "whole number from 1 to 1000000", "10000",
     "The maximum number of characters of a text; for type `strings`, of each text in the list.",
     "max length: 200"},
    {"check", "FEEL, true or false", "none", "The condition under which the value is accepted.",
     "check: fee >= 0"},
};
constexpr KeyRow material[] = {
    {"title", "title", "the material's name", "The title that the citizen reads.",
     "title: 居民身份证"},
    {"source", "`applicant`, `shared`, `commitment`, `later`", "`applicant`",
     "Where it comes from. `applicant`: handed in. `shared`: fetched by the hall and never asked "
     "for. `commitment`: promised by signature. `later`: owed, and handed in later.",
     "source: shared"},
    {"connector", "name", "none", "The system from which a `shared` material is fetched.",
     "connector: e-licence"},
    {"when", "FEEL, true or false", "always", "The condition under which it is needed.",
     "when: not(loss_reported)"},
    {"within", "limit", "none", "The longest time that a `later` material may be owed.",
     "within: 10 workdays"},
    {"for", "`proxy`", "everybody",
     "Proves that an agent may act for the applicant; needed only if an agent does. Without such "
     "a material, no agent may act.",
     "for: proxy"},
};
constexpr KeyRow process[] = {
    {"process", "name", "required", "The name of the process.", "process: accept-review-issue"},
    {"title", "title", "none", "The title shown to people.",
     "title: {zh: 受理—审核—出件, en: 'Accept, review, issue'}"},
    {"based on", "name of a process", "none",
     "Inherits everything from that process; the keys given here replace or extend it.",
     "based on: accept-review-issue"},
    {"parameters", "mapping: name to type and default", "none",
     "The values that an item can set; used as `=name`.",
     "parameters: {review_limit: {type: duration}}"},
    {"uses", "mapping: name in expressions to name of a decision", "none", "As in an item.",
     "uses: {months: unemployment-benefit.months}"},
    {"start", "name of a step", "required", "The first step.", "start: intake"},
    {"steps", "mapping: name of the step to its keys", "required", "The steps.",
     "steps: {completed: {end: granted}}"},
    {"on", "mapping", "none", "Events that may happen at any step.", "on: {withdraw: withdrawn}"},
    {"separated", "list of lists of duties or steps", "none", "As in an item.",
     "separated: [[review, countersign]]"},
    {"guarantees", "list of guarantees", "none", "As in an item.",
     "guarantees: ['response(intake.accept, end)']"},
};
constexpr KeyRow parameter[] = {
    {"type", "`duration`, `text`, `number`, `post`, `seal`, `boolean`", "required",
     "The type of the value; a duration is a limit.", "type: duration"},
    {"default", "a value of that type", "none: the item must give one",
     "The value if the item gives none.", "default: 3 workdays"},
};
constexpr KeyRow on[] = {
    {"withdraw", "name of a step", "no withdrawal",
     "Allows the applicant to withdraw until an outcome that `decides`; the case then goes to "
     "this step.",
     "withdraw: withdrawn"},
};
constexpr KeyRow calendar[] = {
    {"calendar", "name", "required",
     "The name of the calendar; files with the same name provide its years.", "calendar: china"},
    {"year", "whole number", "required", "The year that this file covers.", "year: 2026"},
    {"title", "title", "none", "The title of the official notice.",
     "title: 国务院办公厅关于2026年部分节假日安排的通知"},
    {"document", "text", "none", "The document number of the notice.",
     "document: 国办发明电〔2025〕7号"},
    {"issued", "date", "none",
     "The date of the notice; of two notices for one year, the later "
     "one applies.",
     "issued: 2025-11-04"},
    {"revision", "whole number", "1", "The order of notices that were issued on the same day.",
     "revision: 2"},
    {"source", "text", "none", "Where the notice is published.", "source: https://www.gov.cn/"},
    {"working_days_in_year", "whole number", "not checked",
     "The expected number of working days, checked to find typing errors.",
     "working_days_in_year: 248"},
    {"periods", "list of mappings", "none",
     "The holiday periods as the notice states them; not "
     "evaluated.",
     "periods: [{name: 元旦, from: 2026-01-01, to: 2026-01-03}]"},
    {"holidays", "list of dates", "required", "The days off, including weekends within a holiday.",
     "holidays: [2026-01-01, 2026-01-02]"},
    {"workdays", "list of dates", "none", "The weekend days that count as working days (调休上班).",
     "workdays: [2026-01-04]"},
    {"half_days", "list of dates", "none",
     "The working days on which offices close at noon; limits in days count them as whole days.",
     "half_days: [2026-02-13]"},
};
constexpr KeyRow catalog[] = {
    {"catalog", "name", "required", "The name of the catalog.", "catalog: city"},
    {"title", "title", "required", "The title shown to people.", "title: 市级政务服务事项目录"},
    {"calendar", "name of a calendar, or a list of them", "none",
     "The calendar for items that name none.", "calendar: china"},
    {"guarantees", "list of guarantees", "none",
     "Properties that hold on every path of every item; an item without the named step or outcome "
     "does not break them.",
     "guarantees: ['response(accepted, end)']"},
    {"demand desk", "name of an item", "none",
     "The item for requests that fit no other item (零拒绝); every path through it ends with an "
     "answer.",
     "demand desk: service-desk.demand"},
    {"rating follow-up", "name of an item", "none",
     "The item opened for each negative rating (差评); every path through it ends with an answer, "
     "and the rated officer takes no part.",
     "rating follow-up: service-desk.rating-follow-up"},
    {"late entry", "limit", "at any time",
     "How long after an act it may still be entered (`--at`); counted by the item's calendar.",
     "late entry: 30 days"},
};
constexpr KeyRow decision[] = {
    {"decision", "name", "required", "The name by which expressions call it.",
     "decision: unemployment-benefit.months"},
    {"title", "title", "none", "The title of the decision.", "title: 领金月数"},
    {"inputs", "mapping", "required",
     "The inputs: each name with its type, or with a mapping of further keys.",
     "inputs: {years: number}"},
    {"outputs", "mapping", "of a table: required",
     "The outputs of a rule: each name with its type, or with a mapping of further keys. One "
     "output is the value itself, several form a context.",
     "outputs: {months: number}"},
    {"hit", "word", "unique",
     "The hit policy, for when several rules apply: `unique`, `any`, `first`, `priority`, `rule "
     "order`, `output order`, `collect`, `sum`, `count`, `min`, `max`.",
     "hit: first"},
    {"rules", "list of mappings", "of a table: required",
     "The rules; each tests inputs and gives every output. An input that a rule omits may have "
     "any value.",
     "rules: [{years: '[1..5)', months: 12}]"},
    {"value", "expression", "none", "The result, instead of a table.", "value: years * 12"},
    {"uses", "mapping: name in expressions to name of a decision", "none",
     "The other decisions that its expressions call.", "uses: {years: contribution.years}"},
};
constexpr KeyRow decision_input[] = {
    {"type", "type", "Any",
     "`string`, `number`, `whole number`, `boolean`, `date`, `time`, `date and time`, `days and "
     "time "
     "duration`, `years and months duration`, `strings` or `Any`.",
     "type: whole number"},
    {"values", "unary tests", "any",
     "The values that it may have; any other value gives no "
     "result.",
     "values: '[0..60]'"},
    {"title", "title", "none", "The title used in documents.", "title: 缴费年限"},
};
constexpr KeyRow decision_output[] = {
    {"type", "type", "Any", "As for an input.", "type: number"},
    {"values", "unary tests", "any",
     "The values that it may have; their order decides for `priority` and `output order`.",
     "values: '\"high\", \"low\"'"},
    {"otherwise", "expression", "none", "The result if no rule applies.", "otherwise: 0"},
    {"title", "title", "none", "The title used in documents.", "title: 月数"},
};
constexpr KeyRow title[] = {
    {"zh", "text", "this or `en`", "The title in Chinese.", "zh: 受理"},
    {"en", "text", "this or `zh`", "The title in English.", "en: Accept"},
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
        for (const auto more : {organization_key_groups(), step_key_groups()})
            groups.insert(groups.end(), more.begin(), more.end());
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
