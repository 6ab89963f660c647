// `staff`: lists the officers, and changes their data while cases run.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <ostream>

#include "../cli_context.hpp"
#include "../paint.hpp"
#include "commands.hpp"
#include "crypto/public_key.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"
#include "presentation/words/trail.hpp"
#include "shell/catalog_access.hpp"
#include "staff_answer.hpp"

namespace workflow::tools {

using presentation::Json;
using presentation::JsonRows;
using presentation::optional_text;
using presentation::post_name;
using presentation::Table;

namespace {

const Operand officer_operand{"OFFICER", "the officer concerned", false, false};

std::string away(const definition::Officer& officer, Date today) {
    if (officer.left && *officer.left <= today) return "left on " + to_string(*officer.left);
    for (const auto& span : officer.absent)
        if (covers(span, today)) return "absent until " + to_string(span.to);
    return {};
}

std::vector<std::string> colleagues_of(const definition::Officer& officer, Date today) {
    std::vector<std::string> names;
    for (const auto& one : officer.substitutes)
        if (covers(one.days, today)) names.push_back(one.colleague.text);
    return names;
}

Json texts(const std::vector<PostId>& posts) {
    Json list = Json::array();
    for (const auto& post : posts) list.push_back(post.text);
    return list;
}

int run_staff(const Arguments& arguments, Streams& streams) {
    const auto engine = open_engine(arguments, streams, StoreNeed::reading);
    const auto catalog = engine->catalog();
    const auto& organization = compiled(catalog).organization();
    const auto now = streams.clock ? streams.clock() : system_clock()();
    JsonRows rows(streams.out);
    Table table(streams.out, paint_of(arguments, streams, streams.out_terminal),
                {{"officer"},
                 {"name"},
                 {"hall"},
                 {"window"},
                 {"section"},
                 {"posts"},
                 {"qualified"},
                 {"shift"},
                 {"today"}});
    for (const auto& officer : organization.officers) {
        const auto today = organization.clock_of(officer.hall).day_of(now);
        if (arguments.has("hall") && officer.hall.text != arguments.text("hall")) continue;
        const auto posts = definition::posts_on(organization, officer, today);
        const auto stands_in = colleagues_of(officer, today);
        auto note = away(officer, today);
        if (arguments.json()) {
            rows.add({{"officer", officer.id.text},
                      {"name", officer.name},
                      {"hall", officer.hall.text},
                      {"window", optional_text(officer.window.text)},
                      {"section", optional_text(officer.section)},
                      {"posts", texts(posts)},
                      {"qualified", officer.qualified},
                      {"supervisor", officer.supervisor},
                      {"weight", officer.weight},
                      {"shift", optional_text(officer.shift.text)},
                      {"stands_in_for", stands_in},
                      {"away", optional_text(note)}});
            continue;
        }
        for (const auto& colleague : stands_in)
            note += (note.empty() ? "stands in for " : ", stands in for ") + colleague;
        std::vector<std::string> titles;
        for (const auto& post : posts)
            titles.push_back(post_name(organization, post, language_of(arguments, streams)));
        table.add({officer.id.text, officer.name + (officer.supervisor ? " (supervisor)" : ""),
                   officer.hall.text, officer.window.text, officer.section,
                   fmt::format("{}", fmt::join(titles, ", ")),
                   fmt::format("{}", fmt::join(officer.qualified, ", ")), officer.shift.text,
                   note});
    }
    if (arguments.json())
        rows.close();
    else
        table.flush();
    return exit_done;
}

int change(const Arguments& arguments, Streams& streams, StaffChange change) {
    const auto actor = Actor::of(officer_of(arguments));
    const ChangeStaff asked{OfficerId(arguments.operands().front()), std::move(change),
                            arguments.text("reason"), arguments.has("same-person")};
    const auto engine = open_engine(arguments, streams, StoreNeed::made_when_missing);
    const auto before = engine->catalog();
    const auto answer =
        engine->administration().change_staff(asked, actor, CommandKey(arguments.text("key")));
    return tell_change(answer, before, arguments, streams, *engine);
}

Date needed_day(const Arguments& arguments, const std::string& name) {
    (void)arguments.needed(name, "2026-03-02");
    return *arguments.day(name);
}

const Option from_option{.name = "from", .value = "DAY", .meaning = "the first day"};
const Option to_option{.name = "to", .value = "DAY", .meaning = "the last day"};
const Option hall_option{
    .name = "hall", .value = "HALL", .meaning = "the hall where the officer works"};
const Option section_option{
    .name = "section", .value = "SECTION", .meaning = "the officer's section of the department"};

/// The name after the officer's, or `--none`.
std::string name_or_none(const Arguments& arguments, const std::string& what) {
    const bool named = arguments.operands().size() > 1;
    if (named == arguments.has("none"))
        throw UsageError("one of " + what + " and `--none` is needed");
    return named ? arguments.operands()[1] : std::string();
}

/// The parts that all changes have in common.
Subcommand changing(std::string name, std::string summary, std::vector<Operand> operands,
                    std::vector<Option> options, const std::string& example,
                    StaffChange (*read)(const Arguments&)) {
    Subcommand command;
    command.examples = {"workflow " + name + ' ' + example +
                        " --as chief \\\n      --reason TEXT --store hall.db"};
    command.name = std::move(name);
    command.summary = std::move(summary);
    command.operands = {officer_operand};
    command.operands.insert(command.operands.end(), operands.begin(), operands.end());
    command.options = std::move(options);
    command.options.push_back(
        {.name = "as", .value = "OFFICER", .meaning = "the supervisor who orders the change"});
    command.options.push_back({.name = "reason", .value = "TEXT", .meaning = "why"});
    command.options.push_back(
        {.name = "key",
         .value = "KEY",
         .meaning = "a name for this request; a repeated request changes nothing and gets the "
                    "same answer"});
    for (Option& option : making_store_options()) command.options.push_back(std::move(option));
    command.options.push_back(language_option());
    command.formats = {"human", "json"};
    command.note =
        "Records an event in the store's journal (`workflow journal`). Supervisors change the "
        "data of officers of their own hall. Nobody may change their own data, except to record a "
        "future absence. Changes that affect draws are proposed, and take effect when another "
        "supervisor confirms them (`workflow staff confirm`), if the organization requires a "
        "second person.";
    command.run = [read](const Arguments& arguments, Streams& streams) {
        return change(arguments, streams, read(arguments));
    };
    return command;
}

}  // namespace

Subcommand staff_command() {
    auto options = store_options();
    options.push_back({.name = "hall", .value = "HALL", .meaning = "only officers of this hall"});
    options.push_back(language_option());
    return {.name = "staff",
            .summary = "Lists the current officers, with their posts.",
            .options = std::move(options),
            .formats = {"human", "json"},
            .examples = {"workflow staff --hall main --store hall.db"},
            .note =
                "Combines the organization's file with the changes made since by `staff join`, "
                "`staff post` and so on.",
            .run = run_staff};
}

Subcommand staff_join_command() {
    return changing("staff join", "Takes an officer into service.", {},
                    {{.name = "name", .value = "NAME", .meaning = "the officer's name"},
                     {.name = "person",
                      .value = "PERSON",
                      .meaning = "the id of the person, the same in all accounts; not needed for "
                                 "an account that returns"},
                     {.name = "same-person",
                      .meaning = "the person already has an account; this is an additional one"},
                     hall_option,
                     section_option},
                    "xu --name 徐静 --person 420600199203041225 --hall main",
                    [](const Arguments& arguments) -> StaffChange {
                        return OfficerJoined{
                            arguments.needed("name", "NAME"), PersonId(arguments.text("person")),
                            HallId(arguments.needed("hall", "HALL")), arguments.text("section")};
                    });
}

Subcommand staff_move_command() {
    return changing("staff move", "Moves an officer to another hall or section.", {},
                    {hall_option, section_option}, "xu --hall north",
                    [](const Arguments& arguments) -> StaffChange {
                        return OfficerMoved{HallId(arguments.needed("hall", "HALL")),
                                            arguments.text("section")};
                    });
}

Subcommand staff_post_command() {
    return changing(
        "staff post", "Gives an officer these posts, and removes all others.",
        {{"POST", "the officer's posts; without any, the officer has no post", true, true}}, {},
        "xu general-window", [](const Arguments& arguments) -> StaffChange {
            OfficerPosted posted;
            for (std::size_t i = 1; i < arguments.operands().size(); ++i)
                posted.posts.emplace_back(arguments.operands()[i]);
            return posted;
        });
}

Subcommand staff_qualify_command() {
    return changing("staff qualify",
                    "Sets the items on which an officer may work; all others are excluded.",
                    {{"ITEM",
                      "items, `prefix.*` or '*'; without any, the officer may work on "
                      "nothing",
                      true, true}},
                    {}, "xu 'social-card.*'", [](const Arguments& arguments) -> StaffChange {
                        OfficerQualified qualified;
                        for (std::size_t i = 1; i < arguments.operands().size(); ++i)
                            qualified.items.push_back(arguments.operands()[i]);
                        return qualified;
                    });
}

Subcommand staff_absent_command() {
    return changing(
        "staff absent",
        "Records that an officer is away; tasks drawn for the officer are drawn again.", {},
        {from_option, to_option}, "xu --from 2026-03-02 --to 2026-03-06",
        [](const Arguments& arguments) -> StaffChange {
            return OfficerAbsent{needed_day(arguments, "from"), needed_day(arguments, "to")};
        });
}

Subcommand staff_back_command() {
    return changing(
        "staff back", "Records that an officer is back from an absence.", {},
        {{.name = "on", .value = "DAY", .meaning = "the first day on which the officer is back"}},
        "xu --on 2026-03-04", [](const Arguments& arguments) -> StaffChange {
            return OfficerBack{needed_day(arguments, "on")};
        });
}

Subcommand staff_leave_command() {
    return changing("staff leave",
                    "Ends an officer's service; tasks that the officer holds go "
                    "back.",
                    {},
                    {{.name = "from",
                      .value = "DAY",
                      .meaning = "the first day on which the officer is no longer in "
                                 "service"}},
                    "xu --from 2026-07-01", [](const Arguments& arguments) -> StaffChange {
                        return OfficerLeft{needed_day(arguments, "from")};
                    });
}

Subcommand staff_substitute_command() {
    return changing(
        "staff substitute",
        "Lets an officer substitute for a colleague, with the colleague's "
        "posts.",
        {},
        {{.name = "for", .value = "OFFICER", .meaning = "the colleague"}, from_option, to_option},
        "xu --for lin --from 2026-03-02 --to 2026-03-06",
        [](const Arguments& arguments) -> StaffChange {
            return OfficerSubstitutes{OfficerId(arguments.needed("for", "OFFICER")),
                                      needed_day(arguments, "from"), needed_day(arguments, "to")};
        });
}

Subcommand staff_weigh_command() {
    return changing("staff weigh", "Sets an officer's relative chance in draws.", {},
                    {{.name = "weight",
                      .value = "N",
                      .meaning = "the weight, from 1 to 10; the default of every officer "
                                 "is 1"}},
                    "xu --weight 2", [](const Arguments& arguments) -> StaffChange {
                        (void)arguments.needed("weight", "2");
                        return OfficerWeighted{static_cast<std::uint32_t>(
                            arguments.whole("weight", 1, definition::most_weight))};
                    });
}

Subcommand staff_supervise_command() {
    return changing("staff supervise", "Makes an officer a supervisor, or ends that role.", {},
                    {{.name = "off", .meaning = "end the role"}}, "xu",
                    [](const Arguments& arguments) -> StaffChange {
                        return OfficerSupervises{!arguments.has("off")};
                    });
}

Subcommand staff_seat_command() {
    return changing(
        "staff seat", "Sets the window of the hall where an officer sits.",
        {{"WINDOW", "a window where one of the officer's posts is served", true, false}},
        {{.name = "none", .meaning = "the officer leaves the window"}}, "xu a01",
        [](const Arguments& arguments) -> StaffChange {
            return OfficerSeated{WindowId(name_or_none(arguments, "WINDOW"))};
        });
}

Subcommand staff_key_command() {
    return changing(
        "staff key", "Sets the key with which an officer signs acts.",
        {{"KEY", "the line that `trail keygen` printed", true, false}},
        {{.name = "none", .meaning = "the officer no longer has a key"}}, "xu xu+6b3a1c0f+AT...",
        [](const Arguments& arguments) -> StaffChange {
            const auto text = name_or_none(arguments, "KEY");
            if (text.empty()) return OfficerKeyed{};
            const auto key = read_public_key(text);
            if (!key || key->name != arguments.operands().front())
                throw UsageError(
                    "`" + text + "` is not a public key of " + arguments.operands().front(),
                    "`workflow trail keygen --origin " + arguments.operands().front() +
                        "` makes a pair and prints the public one");
            return OfficerKeyed{key->key};
        });
}

Subcommand staff_shift_command() {
    return changing("staff shift",
                    "Sets the shift of an officer; on a day without hours of the shift the "
                    "officer gets no work.",
                    {{"SHIFT", "one of the organization's shifts", true, false}},
                    {{.name = "none", .meaning = "the officer works in no shift, on every day"}},
                    "xu early", [](const Arguments& arguments) -> StaffChange {
                        return OfficerShifted{ShiftId(name_or_none(arguments, "SHIFT"))};
                    });
}

}  // namespace workflow::tools
