// The keys of the organization.

#include <array>

#include "field_table.hpp"

namespace workflow::definition {

namespace {

constexpr KeyRow organization[] = {
    {"organization", "name", "required", "The name of the organization.",
     "organization: city-hall"},
    {"title", "title", "required", "The title shown to people.", "title: 市政务服务中心"},
    {"zone", "IANA time zone", "`utc_offset`",
     "The time zone of its days, with all its clock changes.", "zone: Asia/Shanghai"},
    {"utc_offset", "`+HH:MM` or `-HH:MM`, in quotes", "`'+08:00'`",
     "A fixed offset from UTC; not allowed together with `zone`.", "utc_offset: '+08:00'"},
    {"hours", "mapping: weekdays to one or more spans of time", "none",
     "The opening hours of halls that do not set their own; limits in working hours count these.",
     "hours: {mon-fri: [09:00-12:00, 13:30-17:00]}"},
    {"by appointment", "mapping: weekdays to one or more spans of time", "none",
     "Additional opening hours for applicants with an appointment.",
     "by appointment: {sat: 09:00-12:00}"},
    {"halls", "mapping: name of the hall to its keys, or to its title", "required",
     "The halls of the organization.", "halls: {main: {title: 主大厅}}"},
    {"posts", "mapping: name of the post to its keys", "required", "The posts (岗位).",
     "posts: {reviewer: {title: 审核岗, duties: [review]}}"},
    {"modes", "mapping: name of the mode to its keys, or to its title", "none",
     "The service modes in addition to the usual one (六办).", "modes: {express: {order: first}}"},
    {"shifts", "mapping: name of the shift to its hours, weekdays to spans of time", "none",
     "The weekly hours of officers who work in shifts (班次).",
     "shifts: {early: {mon-fri: 08:00-12:00}}"},
    {"draw", "mapping", "as its keys say", "The rules for a draw whose pool has become small.",
     "draw: {minimum: 3, widen: [other sections], stranded: head}"},
    {"recusal", "mapping", "`kin`, `interest`, `handled_before`, `other_relation`",
     "The grounds on which the recusal of an officer may be requested (回避).",
     "recusal: {grounds: {kin: 亲属关系, interest: 利害关系}}"},
    {"reading", "mapping", "for no purpose, and any number",
     "The purposes for which officers read personal data, and how many cases they may read.",
     "reading: {purposes: {handling: 业务办理, complaint: 投诉核查}, per hour: 200}"},
    {"identity", "mapping", "nothing is checked", "How the ids of persons are checked.",
     "identity: {citizen_id: checked}"},
    {"staff", "mapping", "by the number of supervisors", "How changes of the staff are confirmed.",
     "staff: {second person: required}"},
    {"batch", "mapping", "scripts decide nothing that is kept apart",
     "The rules under which scripts may decide.",
     "batch: {rules: [{name: lost-cards, items: [social-card.*], duties: [intake, review]}]}"},
    {"unseal", "mapping", "complaint, audit, court, safety",
     "The grounds on which hidden data may be opened to an officer.",
     "unseal: {grounds: {complaint: 投诉核查, court: 法院调查}}"},
    {"officers", "mapping: name of the officer to its keys", "required",
     "The officers of the organization.",
     "officers: {lin: {name: 林, hall: main, posts: [reviewer]}}"},
};
constexpr KeyRow hall[] = {
    {"title", "title", "required", "The title shown to people.", "title: 主大厅"},
    {"zone", "IANA time zone", "the organization's",
     "The time zone of the days of its cases and officers.", "zone: Asia/Urumqi"},
    {"utc_offset", "`+HH:MM` or `-HH:MM`, in quotes", "the organization's",
     "A fixed offset from UTC; not allowed together with `zone`.", "utc_offset: '+06:00'"},
    {"hours", "mapping: weekdays to one or more spans of time", "the organization's",
     "Its opening hours; they replace the organization's hours completely.",
     "hours: {mon-fri: [09:00-12:00, 13:30-17:00], sat: 09:00-12:00}"},
    {"by appointment", "mapping: weekdays to one or more spans of time", "none",
     "Opening hours in addition to `hours`, for applicants with an appointment.",
     "by appointment: {mon-fri: 17:00-19:00}"},
    {"windows", "mapping: name of the window to its keys", "none", "Its counters (窗口).",
     "windows: {a01: {posts: [general-window]}}"},
};
constexpr KeyRow window[] = {
    {"title", "title", "the window's name", "The title shown to people.", "title: 综合窗口一号"},
    {"posts", "list of posts", "required", "The posts that are served there.",
     "posts: [general-window]"},
};
constexpr KeyRow mode[] = {
    {"title", "title", "the mode's name", "The title shown to people.", "title: 快速办"},
    {"order", "`as it comes`, `first`", "`as it comes`",
     "The order of its cases. `first`: before all others, no matter how long the others have "
     "waited.",
     "order: first"},
    {"place", "`its hall`, `any hall`", "`its hall`",
     "Where its tasks are done. `any hall`: officers of every hall may take them.",
     "place: any hall"},
    {"by appointment", "`true`, `false`", "`false`",
     "Requires an appointment; the case is queued from the time of the appointment.",
     "by appointment: true"},
    {"hours", "mapping: weekdays to one or more spans of time", "at every time",
     "The times at which applications are received in this mode, in the hall's local time.",
     "hours: {mon-fri: 17:00-20:00, sat: 09:00-12:00}"},
};
constexpr KeyRow reading[] = {
    {"purposes", "mapping: name of the purpose to its title", "required",
     "The purposes of reading personal data; an officer must name one before any is shown.",
     "purposes: {handling: 业务办理, complaint: 投诉核查}"},
    {"per hour", "whole number from 1 to 10000", "any number",
     "The maximum number of readings that one person may start within an hour.", "per hour: 200"},
};
constexpr KeyRow identity[] = {
    {"citizen_id", "`checked`, `not checked`", "required",
     "Whether the check digit of an 18-digit id (GB 11643) is verified: for applicants of kind "
     "`person`, agents and officers.",
     "citizen_id: checked"},
};
constexpr KeyRow staff[] = {
    {"second person", "`required`, `recorded`", "required",
     "Who makes changes of officers that affect draws or grant rights. `required`: a second "
     "supervisor confirms them. `recorded`: one supervisor makes them, and the journal names that "
     "supervisor. Without `staff`, `required` applies if the file names two supervisors who are "
     "different persons.",
     "second person: required"},
};
constexpr KeyRow batch[] = {
    {"rules", "list of mappings", "required",
     "Rules; each names items, and the duties that one operator's script may perform together.",
     "rules: [{name: lost-cards, items: [social-card.*], duties: [intake, review, issue]}]"},
};
constexpr KeyRow batch_rule[] = {
    {"name", "name", "required",
     "The name of the rule; the trail records it with every act that "
     "the rule allowed.",
     "name: lost-cards"},
    {"items", "list of items, `prefix.*` or `'*'`", "required",
     "The items to which the rule applies.", "items: [social-card.replace-lost]"},
    {"duties", "list of duties", "required",
     "The duties that one operator's script may perform in one case although they are separated.",
     "duties: [intake, review, issue]"},
};
constexpr KeyRow unseal[] = {
    {"grounds", "mapping: name of the ground to its title", "required",
     "The grounds for opening hidden data; a second person grants each request.",
     "grounds: {complaint: 投诉核查, court: 法院调查}"},
};
constexpr KeyRow draw[] = {
    {"minimum", "whole number from 1 to 100", "`3`",
     "The minimum size of a pool. A pool that had at least this many officers when the case was "
     "received, and has fewer by recusals, returns, absences or changes of staff since, is widened "
     "or waits. A pool that was smaller from the start is used as it is.",
     "minimum: 3"},
    {"widen", "list of `other sections`, `other halls`", "`[other sections, other halls]`",
     "How such a pool is widened, in this order. Only a draw among the officers of a post is "
     "limited to one hall.",
     "widen: [other sections]"},
    {"stranded", "post", "the supervisors",
     "The post whose officers resolve a drawn task that nobody can take.", "stranded: head"},
};
constexpr KeyRow recusal[] = {
    {"grounds", "mapping: name of the ground to its title", "required",
     "The grounds for recusal (回避事由); a request names one of them.",
     "grounds: {kin: 亲属关系}"},
};
constexpr KeyRow post[] = {
    {"title", "title", "the post's name", "The title shown to people.", "title: 综合窗口"},
    {"duties", "list of duties", "required", "The duties that its holders may perform.",
     "duties: [intake]"},
    {"not with", "list of posts", "none",
     "The posts that no officer may hold together with this "
     "one.",
     "not with: [reviewer]"},
    {"signed", "`true`, `false`", "`false`",
     "Requires officers who act from this post to sign their acts, with the key whose public half "
     "the organization has.",
     "signed: true"},
};
constexpr KeyRow officer[] = {
    {"name", "text", "required", "The officer's name.", "name: 林晓"},
    {"person", "text", "the officer's name in the file",
     "The id of the person, if one person has several accounts.", "person: p-1042"},
    {"hall", "name of a hall", "required", "The hall where the officer works.", "hall: main"},
    {"section", "text", "none", "The officer's section of the department.", "section: 社保科"},
    {"posts", "list of posts", "required", "The posts that the officer holds.",
     "posts: [reviewer]"},
    {"qualified", "list of items, `prefix.*` or `'*'`", "`['*']`",
     "The items that the officer may work on.", "qualified: ['social-card.*']"},
    {"absent", "list of `{from, to}`", "never",
     "The days on which the officer is away; both ends are "
     "included.",
     "absent: [{from: 2026-03-02, to: 2026-03-06}]"},
    {"substitutes", "list of `{for, from, to}`", "for nobody",
     "The colleagues for whom the officer substitutes; on those days the officer also has their "
     "posts.",
     "substitutes: [{for: zhao, from: 2026-03-02, to: 2026-03-06}]"},
    {"left", "date", "in service", "The first day on which the officer is no longer in service.",
     "left: 2026-07-01"},
    {"supervisor", "`true`, `false`", "`false`",
     "Allows the officer to act as a supervisor, for example "
     "to reassign tasks that are not drawn.",
     "supervisor: true"},
    {"weight", "whole number from 1 to 10", "1",
     "The officer's relative chance in draws: an officer who works half the time has 1 where the "
     "others have 2.",
     "weight: 2"},
    {"key", "public key: name, hash and base64", "none",
     "Verifies the officer's signatures; the name in the key is the officer's name in the file.",
     "key: lin+f0cd2a85+AZ7gIMkFoLWOKOOSkNeyFNkT9fQUprxfF7R7JlNDmTPN"},
    {"window", "name of a window of the hall", "none", "The window where the officer sits.",
     "window: a01"},
    {"shift", "name of a shift", "every day", "The shift in which the officer works.",
     "shift: early"},
};
constexpr KeyRow absence[] = {
    {"from", "date", "required", "The first day away.", "from: 2026-03-02"},
    {"to", "date", "required", "The last day away.", "to: 2026-03-06"},
};
constexpr KeyRow substitution[] = {
    {"for", "name of an officer", "required", "The colleague whose posts the officer has.",
     "for: zhao"},
    {"from", "date", "required", "The first day.", "from: 2026-03-02"},
    {"to", "date", "required", "The last day.", "to: 2026-03-06"},
};

constexpr std::array groups{
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
};

}  // namespace

std::span<const KeyGroup> organization_key_groups() {
    return groups;
}

}  // namespace workflow::definition
