// `staff confirm` and `staff proposals`: the second person.

#include <fmt/format.h>

#include <charconv>
#include <ostream>

#include "../cli_context.hpp"
#include "../paint.hpp"
#include "commands.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"
#include "presentation/words/staff.hpp"
#include "shell/catalog_access.hpp"
#include "staff_answer.hpp"

namespace workflow::tools {

using presentation::in_words;
using presentation::JsonRows;
using presentation::Table;

namespace {

std::uint32_t proposal_number(const std::string& text) {
    std::uint32_t number = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end || number == 0)
        throw UsageError("`" + text + "` is not the number of a proposal",
                         "`workflow staff proposals` lists them");
    return number;
}

int run_confirm(const Arguments& arguments, Streams& streams) {
    const auto actor = Actor::of(officer_of(arguments));
    const ConfirmStaff asked{proposal_number(arguments.operands().front()),
                             !arguments.has("decline"), arguments.text("reason")};
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    const auto before = engine->catalog();
    const auto answer =
        engine->administration().confirm_staff(asked, actor, CommandKey(arguments.text("key")));
    return tell_change(answer, before, arguments, streams, *engine);
}

int run_proposals(const Arguments& arguments, Streams& streams) {
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    const auto catalog = engine->catalog();
    const auto& organization = compiled(catalog).organization();
    JsonRows rows(streams.out);
    Table table(streams.out, paint_of(arguments, streams, streams.out_terminal),
                {{"", true}, {"when"}, {"by"}, {"officer"}, {"what"}, {"reason"}});
    for (const auto& one : engine->administration().proposals()) {
        const auto words = in_words(one.change, organization, language_of(arguments, streams));
        const auto when = to_string(one.proposed, organization.clock);
        if (arguments.json())
            rows.add({{"proposal", one.number},
                      {"proposed", when},
                      {"by", one.by.text},
                      {"officer", one.officer.text},
                      {"what", words},
                      {"reason", one.reason}});
        else
            table.add({std::to_string(one.number), when, one.by.text, one.officer.text, words,
                       one.reason});
    }
    if (arguments.json())
        rows.close();
    else
        table.flush();
    return exit_done;
}

}  // namespace

Subcommand staff_confirm_command() {
    std::vector<Option> options{
        {.name = "as", .value = "OFFICER", .meaning = "the second supervisor"},
        {.name = "decline", .meaning = "decline the change; needs `--reason`"},
        {.name = "reason", .value = "TEXT", .meaning = "why"},
        {.name = "key",
         .value = "KEY",
         .meaning = "a name for this request; a repeated request changes nothing and gets the "
                    "same answer"}};
    for (Option& option : acting_store_options()) options.push_back(std::move(option));
    options.push_back(language_option());
    return {.name = "staff confirm",
            .summary = "Confirms a proposed change of the staff, or declines it.",
            .operands = {{"N", "the proposal's number", false, false}},
            .options = std::move(options),
            .formats = {"human", "json"},
            .examples = {"workflow staff confirm 5 --as chief-too --store hall.db",
                         "workflow staff confirm 5 --decline --reason 'not needed' \\\n"
                         "      --as chief-too --store hall.db"},
            .note =
                "A supervisor of any hall may confirm, except the person who proposed the change "
                "and the person concerned, under any of their accounts, and supervisors whose "
                "account either of them made. The supervisor who proposed the change may decline "
                "it.",
            .run = run_confirm};
}

Subcommand staff_proposals_command() {
    auto options = store_options();
    options.push_back(language_option());
    return {.name = "staff proposals",
            .summary = "Lists the changes of the staff that wait for a second person.",
            .options = std::move(options),
            .formats = {"human", "json"},
            .examples = {"workflow staff proposals --store hall.db"},
            .run = run_proposals};
}

}  // namespace workflow::tools
