// `trail CASE` and `trail verify`.

#include <fmt/format.h>

#include <chrono>
#include <future>
#include <ostream>

#include <workflow/evidence.hpp>

#include "../cli_context.hpp"
#include "../paint.hpp"
#include "../progress.hpp"
#include "../public_key.hpp"
#include "../reader.hpp"
#include "../reading_purpose.hpp"
#include "base/bounds.hpp"
#include "commands.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"
#include "presentation/words/trail.hpp"

namespace workflow::tools {

using presentation::dump;
using presentation::grouped;
using presentation::harmless;
using presentation::Json;
using presentation::json_of;
using presentation::Paint;
using presentation::Table;
using presentation::TrailLine;
using presentation::TrailWords;

namespace {

int run_trail(const Arguments& arguments, Streams& streams) {
    check_reading(arguments);
    const auto engine = open_engine(arguments, streams, need_of_reading(arguments));
    const CaseNumber number(arguments.operands().front());
    const auto reader = reader_of(arguments);
    if (reader && !reader->applicant)
        if (const auto refusal = begin_reading(arguments, streams, *engine, number))
            return report(arguments, streams, *refusal);
    const auto trail = reader ? trail_to(*engine, *reader, number) : whole_trail(*engine, number);
    if (!trail) return report(arguments, streams, trail.refusal());
    const LocalClock clock = clock_of(*engine);
    if (arguments.json()) {
        Json events = Json::array();
        for (const auto& one : *trail) events.push_back(json_of(one.event, one.sequence, clock));
        streams.out << dump(Json{{"case", number.text}, {"events", events}}, 2) << '\n';
        return exit_done;
    }
    TrailWords words(engine->catalog(), language_of(arguments, streams), arguments.has("personal"));
    Table table(streams.out, paint_of(arguments, streams, streams.out_terminal),
                {{"", true}, {"when"}, {"who"}, {"due"}, {"what"}});
    for (const auto& one : *trail) {
        const TrailLine line = words.tell(one.event);
        table.add({std::to_string(one.sequence), line.when, line.who, line.due, line.what});
    }
    table.flush();
    if (arguments.has("personal")) tell_withheld(arguments, streams, *engine, number);
    return exit_done;
}

/// The comparison with the checkpoints that --checkpoints names, which runs beside the other checks
/// on a connection of its own.
std::future<AnchorReport> begin_comparison(const Arguments& arguments, Streams& streams) {
    if (!arguments.has("checkpoints")) {
        if (arguments.has("public-key"))
            throw UsageError("`--public-key` without checkpoints", "give --checkpoints FILE");
        return {};
    }
    const std::string path = arguments.text("checkpoints");
    const std::string key = public_key_text(arguments, streams);
    const std::string checkpoints = read_all(path, streams, bounds::checkpoints_bytes);
    std::shared_ptr<Store> store = open_named_store(arguments, StoreNeed::reading);
    return std::async(std::launch::async, [path, key, checkpoints, store] {
        try {
            return verify_checkpoints(*store, checkpoints, key);
        } catch (const EvidenceError& error) {
            throw WorldError(path + ": " + error.what());
        }
    });
}

constexpr const char* without_checkpoints =
    "This shows that the store is consistent, but not that nothing was changed: anyone who can "
    "write the file can recompute the chains, delete cases or replace the file by an old copy. "
    "Signed checkpoints prove that nothing was changed: give --checkpoints FILE.";

Json json_of(const TrailReport& report, const std::optional<AnchorReport>& anchors) {
    Json breaks = Json::array();
    for (const auto& found : report.breaks) {
        breaks.push_back({{"case", found.number.text},
                          {"sequence", found.sequence},
                          {"what", found.what},
                          {"table", found.table},
                          {"row", found.row},
                          {"column", found.column}});
    }
    Json json{{"cases", report.cases},
              {"events", report.events},
              {"intact", report.intact() && (!anchors || anchors->intact())},
              {"broken", report.broken + (anchors ? anchors->broken : 0)}};
    if (anchors) {
        for (const auto& found : anchors->breaks) {
            breaks.push_back(
                {{"checkpoint", found.checkpoint}, {"line", found.line}, {"what", found.what}});
        }
        json["checkpoints"] = anchors->checkpoints;
        json["anchored"] = anchors->anchored;
        json["not_yet_anchored"] = anchors->not_yet_anchored();
    }
    json["breaks"] = std::move(breaks);
    if (!anchors) json["not_shown"] = without_checkpoints;
    return json;
}

/// `case event 3: table (row), column: what`, as far as it is known.
std::string line_of(const TrailReport::Break& found) {
    std::string line;
    if (!found.number.empty()) line = found.number.text + ' ';
    if (found.sequence > 0) line += fmt::format("event {}", found.sequence);
    if (!line.empty()) line.append(found.sequence > 0 ? ": " : "");
    if (!found.table.empty()) line += found.table;
    if (!found.row.empty()) line += fmt::format(" ({})", found.row);
    if (!found.column.empty()) line += ", " + found.column;
    return line + (found.table.empty() ? "" : ": ") + found.what;
}

void tell(const AnchorReport& anchors, const std::string& path, const Paint& paint,
          std::ostream& out) {
    for (const auto& found : anchors.breaks) {
        const std::string where =
            found.checkpoint == 0
                ? "the order of events"
                : fmt::format("checkpoint {} ({}:{})", found.checkpoint, path, found.line);
        out << paint.red("broken") << "  " << harmless(where + ": " + found.what) << '\n';
    }
    out << fmt::format("{} checkpoint{}, {} events anchored{}, {} not yet anchored\n",
                       grouped(anchors.checkpoints), anchors.checkpoints == 1 ? "" : "s",
                       grouped(anchors.anchored),
                       anchors.last ? " by " + to_string(*anchors.last, UtcOffset{0}) : "",
                       grouped(anchors.not_yet_anchored()));
}

int run_verify(const Arguments& arguments, Streams& streams) {
    const auto engine = open_engine(arguments, streams, StoreNeed::reading);
    auto comparison = begin_comparison(arguments, streams);
    const bool talk = streams.err_terminal && !arguments.quiet();
    auto last = std::chrono::steady_clock::now();
    const TrailReport report = engine->administration().verify([&](std::uint64_t cases) {
        const auto now = std::chrono::steady_clock::now();
        if (!talk || now - last < std::chrono::milliseconds(200)) return;
        last = now;
        streams.err << start_of_line() << fmt::format("{} cases checked", grouped(cases))
                    << std::flush;
    });
    std::optional<AnchorReport> anchors;
    if (comparison.valid()) anchors = comparison.get();
    if (talk) streams.err << start_of_line() << std::flush;
    const std::uint64_t broken = report.broken + (anchors ? anchors->broken : 0);
    if (arguments.json()) {
        streams.out << dump(json_of(report, anchors), 2) << '\n';
    } else {
        const auto paint = paint_of(arguments, streams, streams.out_terminal);
        for (const auto& found : report.breaks) {
            streams.out << paint.red("broken") << "  " << harmless(line_of(found)) << '\n';
        }
        if (anchors) tell(*anchors, arguments.text("checkpoints"), paint, streams.out);
        const std::string counts =
            fmt::format("{} case{}, {} events: ", grouped(report.cases),
                        report.cases == 1 ? "" : "s", grouped(report.events));
        streams.out << counts
                    << (broken == 0 ? paint.green("the trail is intact")
                                    : paint.red(fmt::format("{} break{}", grouped(broken),
                                                            broken == 1 ? "" : "s")))
                    << '\n';
        if (!anchors && !arguments.quiet()) streams.out << without_checkpoints << '\n';
    }
    return broken == 0 ? exit_done : exit_found;
}

}  // namespace

Subcommand trail_command() {
    std::vector<Option> options = store_options();
    options.push_back(language_option());
    for (Option& option : reading_options()) options.push_back(std::move(option));
    options.push_back({.name = "personal", .meaning = "include the values of personal fields"});
    return {.name = "trail",
            .summary = "Prints a case's full trail: who did what, and when.",
            .operands = {{"CASE", "the case's number", false, false}},
            .options = std::move(options),
            .formats = {"human", "json"},
            .examples = {"workflow trail social-card-20260302-00001 --store hall.db"},
            .note = "`workflow trail verify` checks the trail of the whole store.",
            .run = run_trail};
}

Subcommand trail_verify_command() {
    std::vector<Option> options = store_options();
    options.push_back({.name = "checkpoints",
                       .value = "FILE",
                       .meaning = "also compare the trail with these signed checkpoints"});
    options.push_back(public_key_option());
    return {
        .name = "trail verify",
        .summary =
            "Verifies the whole store: checks every chain, replays every case, compares "
            "every row.",
        .options = std::move(options),
        .formats = {"human", "json"},
        .examples = {"workflow trail verify --store hall.db",
                     "workflow trail verify --store hall.db --checkpoints "
                     "/elsewhere/hall.checkpoints --public-key hall.pub"},
        .note =
            "Exits 1 if something was changed, lost or added; each break is listed with the "
            "table, the row and the column. Needs no lock, and changes nothing: a read-only copy, "
            "or one of an older schema, is verified as it is. Events after the last checkpoint "
            "are counted as not yet anchored, which is not an error.",
        .run = run_verify};
}

}  // namespace workflow::tools
