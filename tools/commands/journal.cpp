// `journal` and `publish`: events of the journal, which belong to no case.

#include "journal.hpp"

#include "../cli_context.hpp"
#include "../paint.hpp"
#include "commands.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"
#include "presentation/words/trail.hpp"

namespace workflow::tools {

using presentation::json_of;
using presentation::JsonRows;
using presentation::Table;
using presentation::TrailWords;

void print_journal(const Events& events, std::uint32_t first, const Arguments& arguments,
                   Streams& streams, const Engine& engine) {
    JsonRows rows(streams.out);
    TrailWords words(engine.catalog(), language_of(arguments, streams), false);
    Table table(streams.out, paint_of(arguments, streams, streams.out_terminal),
                {{"", true}, {"when"}, {"who"}, {"what"}});
    for (const auto& event : events) {
        const auto number = first++;
        if (arguments.json()) {
            rows.add(json_of(event, number, clock_of(engine)));
            continue;
        }
        const auto line = words.tell(event);
        table.add({std::to_string(number), line.when, line.who, line.what});
    }
    if (arguments.json())
        rows.close();
    else
        table.flush();
}

namespace {

int run_journal(const Arguments& arguments, Streams& streams) {
    const auto engine = open_engine(arguments, streams, StoreNeed::reading);
    print_journal(engine->administration().journal(), 1, arguments, streams, *engine);
    return exit_done;
}

int run_publish(const Arguments& arguments, Streams& streams) {
    const auto actor = Actor::of(officer_of(arguments));
    const auto engine = open_engine(arguments, streams, StoreNeed::made_when_missing);
    const auto answer = engine->administration().publish(ItemId(arguments.operands().front()),
                                                         actor, arguments.text("reason"),
                                                         CommandKey(arguments.text("key")));
    if (!answer) return report(arguments, streams, answer.refusal());
    if (!arguments.quiet())
        print_journal(answer->events, number(answer->version), arguments, streams, *engine);
    return exit_done;
}

}  // namespace

Subcommand journal_command() {
    auto options = store_options();
    options.push_back(language_option());
    return {.name = "journal",
            .summary = "Lists the events of the journal, which belong to no case.",
            .options = std::move(options),
            .formats = {"human", "json"},
            .examples = {"workflow journal --store hall.db"},
            .note =
                "The journal records changes of the organization, published revisions of "
                "definitions, clocks that were set back, persons whose data were erased, and "
                "officers who tried to read more cases than allowed.",
            .run = run_journal};
}

Subcommand publish_command() {
    std::vector<Option> options{
        {.name = "as", .value = "OFFICER", .meaning = "the supervisor who orders the change"},
        {.name = "reason", .value = "TEXT", .meaning = "why"},
        request_key_option()};
    for (Option& option : making_store_options()) options.push_back(std::move(option));
    options.push_back(language_option());
    return {
        .name = "publish",
        .summary = "Publishes the catalog's revision of an item, as an event of the journal.",
        .operands = {{"ITEM", "the item", false, false}},
        .options = std::move(options),
        .formats = {"human", "json"},
        .examples = {"workflow publish social-card.replace-lost --as chief \\\n"
                     "      --reason 'fewer materials' --store hall.db"},
        .note =
            "The first case of a revision also publishes it. A published revision number stands "
            "for one text permanently: a changed item needs a higher one (changed_revision). "
            "Running cases keep the revision with which they began, even if the file changes.",
        .run = run_publish};
}

}  // namespace workflow::tools
