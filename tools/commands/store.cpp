// `store backup`: a copy of the store while the hall is at work.

#include <fmt/format.h>

#include <ostream>

#include "../cli_context.hpp"
#include "../outputs.hpp"
#include "../vault_files.hpp"
#include "commands.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"
#include "store/sqlite_backup.hpp"

namespace workflow::tools {

using presentation::dump;
using presentation::grouped;
using presentation::Json;

namespace {

namespace fs = std::filesystem;

/// Removes the files that a store creates next to itself.
void remove_side_files(const fs::path& store) {
    std::error_code ignored;
    for (const char* ending : {"-wal", "-shm", "-lock"})
        fs::remove(store.string() + ending, ignored);
}

/// Reads the copy as a store: every chain, every case. Nobody knows its name yet.
TrailReport verified(const Arguments& arguments, Streams& streams, const fs::path& copy) {
    struct Alone {
        const fs::path& store;
        ~Alone() { remove_side_files(store); }
    } const alone{copy};
    Engine::Options options;
    options.vault = vault_key_of(arguments);
    Engine engine(load_catalog(arguments, streams), open_store(copy.string()), options);
    return engine.administration().verify();
}

int run_backup(const Arguments& arguments, Streams& streams) {
    const std::string out = arguments.needed("out", "FILE");
    auto rules = output_rules(arguments, "out");
    rules.fresh = true;
    (void)checked_output(out, rules);
    // Keeps the log from being moved under the copy, and brings the schema up to date.
    const auto store = open_named_store(arguments, StoreNeed::there_already);
    OutputFile file(out, std::move(rules));
    store::back_up(arguments.text("store"), file.part());
    const auto report = verified(arguments, streams, file.part());
    if (!report.intact()) {
        streams.err << fmt::format(
            "the copy has {} fault{}, and is not kept; `workflow trail verify` says what is wrong "
            "with the store\n",
            grouped(report.broken), report.broken == 1 ? "" : "s");
        return exit_found;
    }
    file.finish();
    if (arguments.json())
        streams.out << dump(Json{{"file", out}, {"cases", report.cases}, {"events", report.events}},
                            2)
                    << '\n';
    else if (!arguments.quiet())
        streams.out << fmt::format("{} case{}, {} events, intact: {}\n", grouped(report.cases),
                                   report.cases == 1 ? "" : "s", grouped(report.events), out);
    return exit_done;
}

}  // namespace

Subcommand store_backup_command() {
    auto options = store_options();
    options.insert(options.begin(), {.name = "out",
                                     .value = "FILE",
                                     .meaning = "the file for the copy; must not exist",
                                     .output = true});
    return {
        .name = "store backup",
        .summary = "Copies the store while it is in use, and verifies the copy.",
        .options = std::move(options),
        .formats = {"human", "json"},
        .examples = {"workflow store backup --out /backup/hall-2026-03-02.db --store hall.db"},
        .note =
            "The copy is one file with the state at one moment; only its owner may read it. It "
            "gets its name only after its chains and cases were verified, as by `trail verify`. "
            "Exits 1, and leaves no copy, if they are broken. Keys, definitions and checkpoints "
            "are separate files and are not copied.",
        .run = run_backup};
}

}  // namespace workflow::tools
