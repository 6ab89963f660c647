// `export xes|ocel|csv`: the trail as an event log.

#include <workflow/event_log.hpp>

#include <fmt/format.h>

#include <filesystem>
#include <ostream>

#include "../cli_context.hpp"
#include "../outputs.hpp"
#include "../progress.hpp"
#include "../vault_files.hpp"
#include "base/diagnostics.hpp"
#include "commands.hpp"
#include "presentation/text/text.hpp"

namespace workflow::tools {

using presentation::grouped;

namespace {

using Write = EventLogReport (*)(const Catalog&, Store&, std::ostream&, const EventLogOptions&);

Write writer_of(const std::string& form) {
    const std::vector<std::string> known{"xes", "ocel", "csv"};
    if (form == "xes") return write_xes;
    if (form == "ocel") return write_ocel;
    if (form == "csv") return write_csv;
    const auto near = nearest(form, known);
    throw UsageError("a log is written as xes, ocel or csv, not as `" + form + "`",
                     near ? "did you mean `" + *near + "`?" : std::string());
}

int run_export(const Arguments& arguments, Streams& streams) {
    const std::string form = arguments.operands().front();
    const auto write = writer_of(form);
    const bool into_file = !goes_to_standard_output(arguments, "out");
    const std::filesystem::path file = into_file ? arguments.text("out") : "";
    const bool database =
        form == "ocel" && (arguments.has("sqlite") || file.extension() == ".sqlite");
    if (arguments.has("sqlite") && form != "ocel")
        throw UsageError("only `export ocel` writes a database");
    if (arguments.has("raw") && form != "csv") throw UsageError("only `export csv` has --raw");
    if (database && !into_file)
        throw UsageError("a database needs a file", "give --out FILE.sqlite");
    check_output(arguments, "out");
    EventLogOptions options;
    options.from = arguments.day("from");
    options.to = arguments.day("to");
    options.personal = arguments.has("personal");
    options.raw_cells = arguments.has("raw");
    options.vault = vault_key_of(arguments);
    const auto store = open_named_store(arguments, StoreNeed::reading);
    const Catalog catalog = as_staffed(load_catalog(arguments, streams), *store);
    if (arguments.has("item"))
        options.item = process_of(catalog, ItemId(arguments.text("item")))->item;
    Progress progress(arguments, streams, "cases");
    const double all = static_cast<double>(store->counts().cases);
    options.progress = [&](std::uint64_t cases) {
        progress.show(cases, all > 0 ? static_cast<double>(cases) / all : 1);
    };
    const auto holds = options.personal ? Holds::personal_data : Holds::nothing_personal;
    EventLogReport written;
    if (database)
        write_file(arguments, "out", holds, [&](const std::filesystem::path& part) {
            written = write_ocel_database(catalog, *store, part, options);
        });
    else
        write_document(arguments, streams, "out", holds,
                       [&](std::ostream& out) { written = write(catalog, *store, out, options); });
    progress.clear();
    if (into_file && !arguments.quiet())
        streams.err << fmt::format("{} cases, {} events in {}\n", grouped(written.cases),
                                   grouped(written.events), file.string());
    return exit_done;
}

}  // namespace

Subcommand export_command() {
    std::vector<Option> options{
        {.name = "out",
         .value = "FILE",
         .meaning = "the output file; without it, or for -, standard output",
         .output = true},
        raw_option(),
        {.name = "sqlite",
         .meaning = "write ocel as a database, as for a FILE that ends in "
                    ".sqlite"},
        {.name = "item", .value = "ITEM", .meaning = "only cases of this item"},
        {.name = "from", .value = "DATE", .meaning = "only cases received on this day or later"},
        {.name = "to", .value = "DATE", .meaning = "only cases received on this day or earlier"},
        {.name = "personal",
         .meaning = "include personal fields, reasons, and the identity of the applicant"}};
    for (Option& option : store_options()) options.push_back(std::move(option));
    return {.name = "export",
            .summary = "Writes the trail as an event log that other tools read.",
            .operands = {{"FORM", "xes (IEEE 1849), ocel (OCEL 2.0) or csv", false, false}},
            .options = std::move(options),
            .examples = {"workflow export xes --store hall.db --out hall.xes",
                         "workflow export ocel --store hall.db --out hall.sqlite"},
            .note =
                "docs/event-logs.md describes how events are mapped. Without --personal the log "
                "contains no values of personal fields, no reasons that people wrote, and nothing "
                "about the applicant except whether it is a person.",
            .run = run_export};
}

}  // namespace workflow::tools
