// `advance`: fires what is due.

#include <fmt/format.h>

#include <ostream>

#include "../desk.hpp"
#include "../render_json.hpp"
#include "../render_text.hpp"
#include "commands.hpp"

namespace workflow::tools {

namespace {

int run(const Arguments& arguments, Streams& streams) {
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    const AdvanceReport report = engine->advance();
    if (arguments.json()) {
        streams.out << dump(Json{{"cases", report.cases},
                                 {"timers", report.timers},
                                 {"limits", report.limits},
                                 {"draws", report.draws}},
                            2)
                    << '\n';
    } else if (!arguments.quiet() || report.cases != 0) {
        streams.out << fmt::format(
            "{} case{} advanced: {} terms fired, {} limits passed, {} draws tried again\n",
            grouped(report.cases), report.cases == 1 ? "" : "s", grouped(report.timers),
            grouped(report.limits), grouped(report.draws));
    }
    return exit_done;
}

}  // namespace

Subcommand advance_command() {
    return {.name = "advance",
            .summary = "Fires what is due by now: terms, passed limits, draws that found nobody.",
            .options = store_options(),
            .formats = {"human", "json"},
            .examples = {"workflow advance --store hall.db --quiet"},
            .note =
                "Run it from cron, a few minutes after midnight and every quarter of an hour; "
                "running it "
                "twice changes nothing.",
            .run = run};
}

}  // namespace workflow::tools
