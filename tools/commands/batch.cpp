// `batch` works through a backlog by a script; `import` is the same with another input.

#include <fmt/format.h>

#include <ostream>

#include <workflow/batch.hpp>

#include "../cli_context.hpp"
#include "../ending_signals.hpp"
#include "../outputs.hpp"
#include "../paint.hpp"
#include "../progress.hpp"
#include "base/render.hpp"
#include "commands.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"

namespace workflow::tools {

using presentation::dump;
using presentation::grouped;
using presentation::Json;

namespace {

using Counts = std::vector<std::pair<std::string, std::uint64_t>>;

Json counts(const Counts& given) {
    Json json = Json::object();
    for (const auto& [name, count] : given) json[name] = count;
    return json;
}

void list(Streams& streams, const char* title, const Counts& given) {
    for (const auto& [name, count] : given) {
        streams.out << fmt::format("  {:10} {:<20} {:>10}\n", title, name, grouped(count));
        title = "";
    }
}

void print(const Arguments& arguments, Streams& streams, const BatchReport& report) {
    if (arguments.json()) {
        streams.out << dump(Json{{"read", report.read},
                                 {"done", report.done},
                                 {"skipped", report.skipped},
                                 {"rejected", report.rejected},
                                 {"events", report.events},
                                 {"seconds", report.seconds},
                                 {"stopped", report.stopped},
                                 {"statuses", counts(report.statuses)},
                                 {"rules", counts(report.rules)},
                                 {"rejected_file", report.rejected_file}},
                            2)
                    << '\n';
        return;
    }
    streams.out << fmt::format(
        "{} rows read: {} done, {} skipped, {} rejected; {} events in {:.1f} s{}\n",
        grouped(report.read), grouped(report.done), grouped(report.skipped),
        grouped(report.rejected), grouped(report.events), report.seconds,
        arguments.has("dry-run") ? " (dry run: nothing was kept)" : "");
    list(streams, "cases", report.statuses);
    list(streams, "rejected", report.rules);
    if (!report.rejected_file.empty())
        streams.out << fmt::format("rejected rows, with the reasons: {}\n", report.rejected_file);
}

int work_through(const Arguments& arguments, Streams& streams, const std::string& script,
                 const std::string& input) {
    if (!std::filesystem::exists(script))
        throw WorldError(fmt::format("there is no script {}", script));
    check_output(arguments, "rejected");
    const StopRequest request;
    const auto engine = open_engine(arguments, streams, StoreNeed::made_when_missing);
    BatchOptions options;
    options.jobs = static_cast<unsigned>(arguments.whole("jobs", 1, 64));
    options.rows_a_commit = static_cast<std::size_t>(arguments.whole("rows-a-commit", 1, 100'000));
    options.dry_run = arguments.has("dry-run");
    if (arguments.has("as")) options.operated_by = officer_of(arguments);
    options.key = CommandKey(arguments.text("key"));
    options.rejected = arguments.text("rejected");
    options.files = output_rules(arguments, "rejected").others;
    options.stop = StopRequest::asked;
    options.input = input;
    Progress progress(arguments, streams, "rows");
    options.progress = [&](std::uint64_t rows, double share) { progress.show(rows, share); };
    const auto outcome = [&] {
        try {
            return run_batch(*engine, script, options);
        } catch (const StoreError&) {
            throw;
        } catch (const OutputRefused&) {
            throw;
        } catch (const std::runtime_error& error) {
            throw WorldError(error.what());
        }
    }();
    progress.clear();
    if (const auto* mistakes = std::get_if<BatchMistakes>(&outcome)) {
        const auto paint = paint_of(arguments, streams, streams.err_terminal);
        for (const auto& finding : mistakes->diagnostics)
            streams.err << paint.rendered(finding) << '\n';
        return exit_found;
    }
    const auto& report = std::get<BatchReport>(outcome);
    print(arguments, streams, report);
    if (report.stopped) {
        streams.err << "stopped by a signal; committed work is kept, and the same command line "
                       "continues from there\n";
        return exit_world;
    }
    return report.rejected == 0 ? exit_done : exit_found;
}

int run_script(const Arguments& arguments, Streams& streams) {
    return work_through(arguments, streams, arguments.operands().at(0), {});
}

int run_import(const Arguments& arguments, Streams& streams) {
    const auto& log = arguments.operands().at(0);
    if (!std::filesystem::exists(log)) throw WorldError(fmt::format("there is no file {}", log));
    if (!arguments.has("script"))
        throw UsageError("the script is missing: it defines how rows become cases",
                         "add --script FILE");
    return work_through(arguments, streams, arguments.text("script"), log);
}

std::vector<Option> batch_options() {
    auto options = making_store_options();
    options.push_back({.name = "as",
                       .value = "OFFICER",
                       .meaning = "the officer who runs the script and is responsible for it; "
                                  "without it, the trail names an account of the machine"});
    options.push_back({.name = "key",
                       .value = "KEY",
                       .meaning = "a name for this run, else the script's; a repeated run skips "
                                  "the rows that are done"});
    options.push_back({.name = "jobs",
                       .letter = 'j',
                       .value = "N",
                       .meaning = "the number of threads that read and evaluate rows ahead",
                       .initial = "2"});
    options.push_back({.name = "rows-a-commit",
                       .value = "N",
                       .meaning = "the number of rows that share a commit",
                       .initial = "1000"});
    options.push_back({.name = "rejected",
                       .value = "FILE",
                       .meaning = "the file for rejected rows, instead of the one in the script",
                       .output = true});
    options.push_back({.name = "dry-run", .meaning = "run everything, then undo it"});
    return options;
}

}  // namespace

Subcommand batch_command() {
    return {
        .name = "batch",
        .summary =
            "Runs a batch script over a backlog; a repeated run continues where the last "
            "one stopped.",
        .operands = {{"SCRIPT", "the script (docs/batch.md)", false, false}},
        .options = batch_options(),
        .formats = {"human", "json"},
        .examples = {"workflow batch examples/backlog.yaml --store hall.db --jobs 2"},
        .note =
            "Exits 1 if rows were rejected; the file of rejected rows gives the reasons. "
            "Separation also applies to the officer who runs the script, unless the organization "
            "lets scripts decide (`batch: rules`). SIGINT and SIGTERM end it after the current "
            "commit, with 3; the same command line continues.",
        .run = run_script};
}

Subcommand import_command() {
    auto options = batch_options();
    options.push_back({.name = "script",
                       .value = "FILE",
                       .meaning = "the batch script that says how rows become cases"});
    return {.name = "import",
            .summary =
                "Imports cases from another system's ledger (CSV, JSON Lines) or event log "
                "(XES).",
            .operands = {{"FILE", "the ledger or log; .gz for XES", false, false}},
            .options = std::move(options),
            .formats = {"human", "json"},
            .examples = {"workflow import receipt.xes.gz --script permits.yaml --store hall.db"},
            .note = "Runs the batch script with FILE as its input.",
            .run = run_import};
}

}  // namespace workflow::tools
