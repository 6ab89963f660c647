#pragma once

/// Every key of a batch script, once.

#include "../definition/field_table.hpp"

namespace workflow::batch::keys {

using definition::KeyRow;

inline constexpr KeyRow script_rows[] = {
    {"batch", "name", "required", "Names the script; part of each row's key.",
     "batch: backlog-2026"},
    {"title", "title", "none", "What it is for.", "title: 2026 年积压件"},
    {"input", "mapping", "none: the store's open cases", "Where rows come from.",
     "input: {file: rows.csv, key: row}"},
    {"cases", "mapping", "none", "Works through open cases of the store instead of an input.",
     "cases: {item: social-card.replace-lost}"},
    {"rejected", "file", "the script's name with `.rejected.csv`", "Where refused rows go.",
     "rejected: rejected.csv"},
    {"let", "mapping: name to FEEL", "none", "Names for what several expressions need.",
     "let: {late: reviewed > accepted + duration(\"P10D\")}"},
    {"open", "mapping", "required with `input`", "How a row becomes a case.", "open: {item: ...}"},
    {"duties", "mapping: duty or step to its rule", "none", "What is decided.",
     "duties: {intake: ...}"},
    {"supply", "mapping, or a list of them", "nothing is brought",
     "What the applicant supplies when a case waits for them; the first that holds.",
     "supply: {materials: {photo: true}}"},
    {"withdraw", "mapping", "never", "When the applicant takes the application back.",
     "withdraw: {when: changed_mind = \"yes\"}"},
    {"advance", "`true`, `false`", "`false`",
     "Whether what is due by the time of an act happens before it.", "advance: true"}};
inline constexpr KeyRow input_rows[] = {
    {"file", "file, from the script's folder", "required", "The rows.", "file: rows.csv"},
    {"format", "`csv`, `jsonl`, `xes`", "by the file's name", "How it is written.", "format: csv"},
    {"key", "FEEL", "the line's number", "Names each row; unique in the input.", "key: row"},
    {"columns", "mapping: column to type", "strings in CSV", "What the cells are.",
     "columns: {fee: number}"},
    {"only", "FEEL", "every row", "Other rows are skipped.", "only: hall = \"north\""},
    {"separator", "one character", "`,`", "Between the fields of CSV.", "separator: ;"}};
inline constexpr KeyRow cases_rows[] = {
    {"item", "name of an item", "every item", "Only its cases.", "item: social-card.replace-lost"},
    {"status", "name", "`open`", "Only cases that stand so.", "status: open"},
    {"only", "FEEL", "every case", "Other cases are skipped.", "only: steps = \"intake\""}};
inline constexpr KeyRow open_rows[] = {
    {"item", "name, or `=` FEEL", "required", "The item.", "item: social-card.replace-lost"},
    {"applicant", "mapping: person, name, kind", "required", "Who applies.",
     "applicant: {person: =id_number, name: =name}"},
    {"channel", "text, or `=` FEEL", "`window`", "Where it came in.", "channel: =channel"},
    {"hall", "text, or `=` FEEL", "none", "Which hall received it.", "hall: =hall"},
    {"at", "`=` FEEL", "now", "When it is said to have been received.", "at: =received"},
    {"by", "officer, or `=` FEEL", "the applicant", "Who received it.", "by: =clerk"},
    {"mode", "name of a mode, or `=` FEEL", "the usual way", "How it is served.", "mode: =mode"},
    {"appointment", "`=` FEEL", "none", "When the applicant comes, in a mode by appointment.",
     "appointment: =appointment"},
    {"agent", "mapping: person, name", "nobody", "Who applies for the applicant.",
     "agent: {person: =agent_id, name: =agent}"},
    {"recused", "`OFFICER=GROUND: REASON`, list of them, or `=` FEEL", "nobody",
     "Who is asked to take no part; a supervisor confirms it.", "recused: ['zhao=kin: a cousin']"},
    {"fields", "mapping: field to text or `=` FEEL", "none", "The form.",
     "fields: {fee: =number(fee)}"},
    {"materials", "mapping: material to `true`, `committed`, or `=` FEEL", "none", "What is there.",
     "materials: {photo: true}"}};
inline constexpr KeyRow applicant_rows[] = {
    {"person", "text, or `=` FEEL", "required", "The person's number.", "person: =id_number"},
    {"name", "text, or `=` FEEL", "none", "The person's name.", "name: =name"},
    {"kind", "`person`, `enterprise`, or `=` FEEL", "`person`", "What the applicant is.",
     "kind: enterprise"}};
inline constexpr KeyRow agent_rows[] = {
    {"person", "text, or `=` FEEL", "required", "The agent's number.", "person: =agent_id"},
    {"name", "text, or `=` FEEL", "none", "The agent's name.", "name: =agent"}};
inline constexpr KeyRow duty_rows[] = {
    {"by", "`any`, officer, or `=` FEEL", "`any`", "Who does it; a drawn officer does it anyway.",
     "by: =reviewer"},
    {"at", "`=` FEEL", "now", "When it is said to have been done.", "at: =decided"},
    {"outcomes", "list", "required", "The first whose `when` holds is taken; none: the task stays.",
     "outcomes: [{outcome: accept}]"}};
inline constexpr KeyRow outcome_rows[] = {
    {"when", "FEEL", "always", "Taken only when it holds.", "when: finding = \"complete\""},
    {"outcome", "name of an outcome", "this or `otherwise`", "How the task ends.",
     "outcome: accept"},
    {"otherwise", "name of an outcome", "this or `outcome`",
     "How it ends when nothing before holds; comes last.", "otherwise: accept"},
    {"by", "`any`, officer, or `=` FEEL", "the duty's", "Who does it.", "by: =reviewer"},
    {"at", "`=` FEEL", "the duty's", "When it is said to have been done.", "at: =decided"},
    {"reason", "text, or `=` FEEL", "none", "The reason.", "reason: =remark"},
    {"fields", "mapping: field to text or `=` FEEL", "none", "What the officer enters.",
     "fields: {fee: 20}"},
    {"materials", "mapping", "none", "What the officer receives.", "materials: {photo: true}"}};
inline constexpr KeyRow withdraw_rows[] = {
    {"when", "FEEL", "always", "Done only when it holds.", "when: finding = \"withdrawn\""},
    {"at", "`=` FEEL", "now", "When it is said to have been done.", "at: =withdrawn"},
    {"reason", "text, or `=` FEEL", "none", "The reason.", "reason: 不再需要"}};
inline constexpr KeyRow supply_rows[] = {
    {"when", "FEEL", "always", "Done only when it holds.", "when: finding != \"never-supplied\""},
    {"at", "`=` FEEL", "now", "When it is said to have been done.", "at: =supplied"},
    {"fields", "mapping: field to text or `=` FEEL", "none", "What is entered.",
     "fields: {fee: 20}"},
    {"materials", "mapping", "none", "What is brought.", "materials: {photo: true}"}};

inline constexpr definition::KeyGroup script{"batch", "a batch script", script_rows};
inline constexpr definition::KeyGroup input{"batch.input", "`input`", input_rows};
inline constexpr definition::KeyGroup cases{"batch.cases", "`cases`", cases_rows};
inline constexpr definition::KeyGroup open{"batch.open", "`open`", open_rows};
inline constexpr definition::KeyGroup applicant{"batch.applicant", "`applicant`", applicant_rows};
inline constexpr definition::KeyGroup agent{"batch.agent", "`agent`", agent_rows};
inline constexpr definition::KeyGroup duty{"batch.duty", "the rule of a duty", duty_rows};
inline constexpr definition::KeyGroup outcome{"batch.outcome", "an outcome", outcome_rows};
inline constexpr definition::KeyGroup supply{"batch.supply", "`supply`", supply_rows};
inline constexpr definition::KeyGroup withdraw{"batch.withdraw", "`withdraw`", withdraw_rows};

}  // namespace workflow::batch::keys
