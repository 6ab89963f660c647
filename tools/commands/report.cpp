// `report officers|items|halls|pools|ratings`: results compared, from the trail.

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "../cli_context.hpp"
#include "../outputs.hpp"
#include "../paint.hpp"
#include "../progress.hpp"
#include "commands.hpp"
#include "presentation/report/report.hpp"
#include "shell/catalog_access.hpp"

namespace workflow::tools {

using presentation::halls_sheet;
using presentation::items_sheet;
using presentation::officers_sheet;
using presentation::pools_sheet;
using presentation::print_report_csv;
using presentation::print_report_json;
using presentation::print_report_page;
using presentation::print_report_table;
using presentation::RatedBy;
using presentation::ratings_sheet;
using presentation::ReportView;
using presentation::Sheet;

namespace {

report::CompareOptions options_of(const Arguments& arguments, const Streams& streams,
                                  const Catalog& catalog) {
    report::CompareOptions options;
    options.from = arguments.day("from");
    options.to = arguments.day("to");
    if (options.from && options.to && *options.to < *options.from)
        throw UsageError("`--to` is before `--from`");
    const auto by = arguments.text("by");
    options.by = by == "month"     ? report::Grain::month
                 : by == "quarter" ? report::Grain::quarter
                                   : report::Grain::all;
    const auto now = streams.clock ? streams.clock() : system_clock()();
    options.today = compiled(catalog).organization().clock.day_of(now);
    if (arguments.has("list"))
        options.listed = static_cast<std::size_t>(arguments.whole("list", 0, 1000));
    if (arguments.has("threshold")) options.least_candidates = arguments.whole("threshold", 1, 999);
    if (arguments.has("least-tasks"))
        options.rule.least_tasks =
            static_cast<std::uint32_t>(arguments.whole("least-tasks", 10, 1'000'000));
    return options;
}

int print(const ReportView& view, const Arguments& arguments, Streams& streams) {
    const auto format = arguments.text("format");
    if (format == "json")
        print_report_json(view, streams.out);
    else if (format == "csv")
        print_report_csv(view, formulas_of(arguments), document_of(streams));
    else if (format == "html")
        print_report_page(view, document_of(streams));
    else
        print_report_table(view, paint_of(arguments, streams, streams.out_terminal), streams.out);
    return exit_done;
}

using MakeSheet = Sheet (*)(const report::Comparison&, report::Grain);

int run_sheet(const Arguments& arguments, Streams& streams, MakeSheet make) {
    const auto store = open_named_store(arguments, StoreNeed::reading);
    const Catalog catalog = as_staffed(load_catalog(arguments, streams), *store);
    auto options = options_of(arguments, streams, catalog);
    Progress progress(arguments, streams, "events");
    const double all = streams.err_terminal ? static_cast<double>(store->counts().events) : 0;
    options.progress = [&](std::uint64_t events) {
        progress.show(events, all > 0 ? std::min(1.0, static_cast<double>(events) / all) : 1);
    };
    const auto compared = report::compare(catalog, *store, options);
    progress.clear();
    const auto sheet = make(compared, options.by);
    return print({sheet, compared, options, catalog, language_of(arguments, streams)}, arguments,
                 streams);
}

int run_ratings(const Arguments& arguments, Streams& streams) {
    const auto store = open_named_store(arguments, StoreNeed::reading);
    const Catalog catalog = as_staffed(load_catalog(arguments, streams), *store);
    const auto options = options_of(arguments, streams, catalog);
    const auto ratings = report::ratings(catalog, *store, options);
    const auto of = arguments.text("of");
    const auto who = of == "posts"     ? RatedBy::post
                     : of == "windows" ? RatedBy::window
                     : of == "items"   ? RatedBy::item
                                       : RatedBy::officer;
    const auto sheet = ratings_sheet(ratings, who, options.by);
    report::Comparison frame;
    frame.cases = ratings.cases;
    frame.events = ratings.events;
    frame.first = ratings.first;
    frame.last = ratings.last;
    return print({sheet, frame, options, catalog, language_of(arguments, streams), &ratings},
                 arguments, streams);
}

template <MakeSheet make>
int run_as(const Arguments& arguments, Streams& streams) {
    return run_sheet(arguments, streams, make);
}

Subcommand command(std::string name, std::string summary, std::vector<Option> own) {
    std::vector<Option> options{
        {.name = "from", .value = "DATE", .meaning = "only events on this day or later"},
        {.name = "to", .value = "DATE", .meaning = "only events on this day or earlier"},
        {.name = "by",
         .value = "PERIOD",
         .meaning = "one row for each period, or one for all",
         .choices = {"month", "quarter", "all"},
         .initial = "all"},
        raw_option()};
    for (Option& option : own) options.push_back(std::move(option));
    for (Option& option : store_options()) options.push_back(std::move(option));
    options.push_back(language_option());
    Subcommand command;
    command.examples = {"workflow report " + name +
                        " --from 2026-01-01 --to 2026-06-30 --format html > " + name + ".html"};
    command.name = "report " + std::move(name);
    command.summary = std::move(summary);
    command.options = std::move(options);
    command.formats = {"table", "json", "csv", "html"};
    command.note =
        "Reads only the trail, and names no applicant. docs/reports.md explains what each column "
        "counts, and the rule by which an officer is flagged.";
    return command;
}

}  // namespace

Subcommand report_officers_command() {
    auto made = command("officers", "Compares officers with the others in the same pools.",
                        {{.name = "least-tasks",
                          .value = "N",
                          .meaning = "the minimum number of comparable tasks in a period for an "
                                     "officer to be judged; 30 if not given"}});
    made.run = run_as<officers_sheet>;
    return made;
}

Subcommand report_items_command() {
    auto made =
        command("items",
                "Compares items: acceptances with decisions, times with limits, cases "
                "with equal facts.",
                {{.name = "list",
                  .value = "N",
                  .meaning = "the number of lost cases and pairs listed; 20 if not given"}});
    made.run = run_as<items_sheet>;
    return made;
}

Subcommand report_halls_command() {
    auto made = command("halls", "Compares halls by the cases that they received.", {});
    made.run = run_as<halls_sheet>;
    return made;
}

Subcommand report_ratings_command() {
    auto made = command("ratings",
                        "Reports the ratings of applicants, by officer, post, window or item "
                        "(好差评).",
                        {{.name = "of",
                          .value = "WHOM",
                          .meaning = "one row for each officer, post, window or item",
                          .choices = {"officers", "posts", "windows", "items"},
                          .initial = "officers"}});
    made.run = run_ratings;
    return made;
}

Subcommand report_pools_command() {
    auto made =
        command("pools", "Reports how many officers could have been drawn, by item and step.",
                {{.name = "threshold",
                  .value = "N",
                  .meaning = "the number of candidates below which a pool counts as shrunk; 3 if "
                             "not given"}});
    made.run = run_as<pools_sheet>;
    return made;
}

}  // namespace workflow::tools
