// `advance`: processes what is due.

#include <fmt/format.h>

#include <ostream>

#include "../cli_context.hpp"
#include "../ending_signals.hpp"
#include "commands.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"

namespace workflow::tools {

using presentation::dump;
using presentation::grouped;
using presentation::Json;

namespace {

int run_advance(const Arguments& arguments, Streams& streams) {
    const StopRequest request;
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    const AdvanceReport report = arguments.has("recount") ? engine->recount(StopRequest::asked)
                                                          : engine->advance(StopRequest::asked);
    if (report.clock_behind && !arguments.json()) {
        streams.err << fmt::format(
            "nothing was done: the clock was set back, to before {}, which the trail has reached\n",
            to_string(*report.clock_behind, clock_of(*engine)));
        return exit_found;
    }
    if (arguments.json()) {
        streams.out << dump(Json{{"cases", report.cases},
                                 {"timers", report.timers},
                                 {"limits", report.limits},
                                 {"draws", report.draws},
                                 {"warnings", report.warnings},
                                 {"escalations", report.escalations},
                                 {"recounted", report.recounted},
                                 {"stopped", report.stopped},
                                 {"clock_behind", report.clock_behind.has_value()}},
                            2)
                    << '\n';
    } else if (!arguments.quiet() || report.cases != 0) {
        streams.out << fmt::format(
            "{} case{} advanced: {} terms fired, {} limits passed, {} warnings, {} escalated, {} "
            "draws repeated, {} recounted\n",
            grouped(report.cases), report.cases == 1 ? "" : "s", grouped(report.timers),
            grouped(report.limits), grouped(report.warnings), grouped(report.escalations),
            grouped(report.draws), grouped(report.recounted));
    }
    if (report.stopped) {
        streams.err << "stopped by a signal; committed work is kept, and the same command line "
                       "does the rest\n";
        return exit_world;
    }
    return report.clock_behind ? exit_found : exit_done;
}

}  // namespace

Subcommand advance_command() {
    return {.name = "advance",
            .summary =
                "Processes what is due: terms, warnings, passed limits, draws that found nobody.",
            .options =
                [] {
                    std::vector<Option> options{
                        {.name = "recount",
                         .meaning = "recount the days of all open cases by the current calendars"}};
                    for (Option& option : acting_store_options())
                        options.push_back(std::move(option));
                    return options;
                }(),
            .formats = {"human", "json"},
            .examples = {"workflow advance --store hall.db --quiet",
                         "workflow advance --recount --store hall.db"},
            .note =
                "Run it from cron, a few minutes after midnight and every quarter of an hour; "
                "running it twice changes nothing. SIGINT and SIGTERM end it after the current "
                "commit, with 3. Provisional days are recounted automatically; use --recount for "
                "a calendar that was amended.",
            .run = run_advance};
}

}  // namespace workflow::tools
