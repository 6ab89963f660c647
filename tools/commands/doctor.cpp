// `doctor`: reports what makes the guarantees of a store weaker than documented.

#include <fmt/format.h>

#include <ostream>

#include "../cli_context.hpp"
#include "../doctor.hpp"
#include "commands.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"

namespace workflow::tools {

using presentation::dump;
using presentation::harmless;
using presentation::Json;

namespace {

void examine(const Arguments& arguments, Streams& streams, Weaknesses& found) {
    const std::filesystem::path file = arguments.text("store");
    if (file.empty())
        throw UsageError("the store is missing", "give --store FILE, or set WORKFLOW_STORE");
    if (!std::filesystem::exists(file)) throw WorldError("no store at " + file.string());
    auto catalog = load_catalog(arguments, streams);
    const auto now = streams.clock ? streams.clock() : system_clock()();
    found = missing_secrets(arguments, streams);
    examine_secrets(arguments, found);
    if (examine_file(file, found)) {
        const auto store = open_named_store(arguments, StoreNeed::there_already);
        // A store with a vault cannot be worked with without its key.
        if (!store->persons(0, 1).empty())
            std::erase_if(found, [](const Weakness& one) { return one.code == "vault"; });
        catalog = as_staffed(catalog, *store);
        examine_trail(arguments, streams, catalog, *store, now, found);
    }
    examine_staff(catalog, now, found);
}

int run_doctor(const Arguments& arguments, Streams& streams) {
    Weaknesses found;
    examine(arguments, streams, found);
    if (arguments.json()) {
        Json rows = Json::array();
        for (const auto& one : found)
            rows.push_back({{"code", one.code},
                            {"what", one.what},
                            {"help", one.help},
                            {"accepted", is_accepted(one, streams)}});
        streams.out << dump(Json{{"store", arguments.text("store")}, {"findings", rows}}, 2)
                    << '\n';
        return found.empty() ? exit_done : exit_found;
    }
    for (const auto& one : found)
        streams.out << harmless(fmt::format("{}: {}{}", one.code, one.what,
                                            is_accepted(one, streams) ? " (accepted)" : ""))
                    << "\n  help: " << harmless(one.help) << '\n';
    if (found.empty())
        streams.out << "the guarantees of the store are as documented\n";
    else if (!arguments.quiet())
        streams.err << fmt::format("{} finding{}\n", found.size(), found.size() == 1 ? "" : "s");
    return found.empty() ? exit_done : exit_found;
}

}  // namespace

Subcommand doctor_command() {
    auto options = acting_store_options();
    options.push_back(checkpoints_option());
    options.push_back({.name = "backup",
                       .value = "FILE",
                       .meaning = "the latest backup of the store",
                       .environment = "WORKFLOW_BACKUP"});
    return {
        .name = "doctor",
        .summary = "Reports what makes the guarantees of a store weaker than documented.",
        .options = std::move(options),
        .formats = {"human", "json"},
        .examples = {"workflow doctor --store hall.db --checkpoints /elsewhere/hall.checkpoints "
                     "\\\n      --backup /backup/hall.db"},
        .note =
            "Checks for secrets that are not given or can be read by others, checkpoints and "
            "backups that are old or missing, the store's schema, journal, triggers and file "
            "modes, free disk space, the clock, small pools, items that one absence stops, a "
            "single supervisor, calendars that end, and items changed under a published revision. "
            "Writes nothing. Exits 1 if it finds something. "
            "WORKFLOW_ACCEPTED=draws,ratings,vault,checkpoints,operator names the findings that "
            "other commands do not repeat at each start; this command lists them anyway.",
        .run = run_doctor};
}

}  // namespace workflow::tools
