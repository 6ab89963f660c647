#include "weak_promises.hpp"

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <sstream>

namespace workflow::tools {

namespace {

bool has_option(const Subcommand& command, std::string_view name) {
    return std::any_of(command.options.begin(), command.options.end(),
                       [&](const Option& option) { return option.name == name; });
}

}  // namespace

Option checkpoints_option() {
    return {.name = "checkpoints",
            .value = "FILE",
            .meaning = "the file of checkpoints that `trail checkpoint` writes",
            .environment = "WORKFLOW_CHECKPOINTS"};
}

std::string checkpoints_of(const Arguments& arguments, const Streams& streams) {
    std::string file = arguments.text("checkpoints");
    if (file.empty() && streams.environment)
        file = streams.environment("WORKFLOW_CHECKPOINTS").value_or("");
    std::error_code ignored;
    return !file.empty() && std::filesystem::exists(file, ignored) ? file : std::string();
}

Weaknesses missing_secrets(const Arguments& arguments, const Streams& streams) {
    Weaknesses found;
    if (!arguments.has("draw-secret"))
        found.push_back({"draws", "draws cannot be proved: no --draw-secret",
                         "`workflow draw keygen` makes a party's secret"});
    if (!arguments.has("rating-secret"))
        found.push_back({"ratings", "applicants are not asked to rate: no --rating-secret",
                         "`workflow rate keygen` makes the secret"});
    if (!arguments.has("vault-key"))
        found.push_back({"vault",
                         "personal data are stored unencrypted, and stay so: no "
                         "--vault-key",
                         "`workflow vault keygen` makes the key; give it from the first case on"});
    if (checkpoints_of(arguments, streams).empty())
        found.push_back({"checkpoints",
                         "the owner of the database can rewrite the trail: WORKFLOW_CHECKPOINTS "
                         "names no checkpoints",
                         "take them by `workflow trail checkpoint`, and keep them where the "
                         "administrator of the store has no access"});
    return found;
}

bool is_accepted(const Weakness& weakness, const Streams& streams) {
    if (!streams.environment) return false;
    std::istringstream codes(streams.environment("WORKFLOW_ACCEPTED").value_or(""));
    for (std::string code; std::getline(codes, code, ',');)
        if (code == weakness.code) return true;
    return false;
}

void warn_of_weakness(const Subcommand& command, const Arguments& arguments, Streams& streams) {
    // Only commands that act in a store take the parties' secrets.
    if (!has_option(command, "draw-secret") || command.name == "doctor") return;
    auto found = missing_secrets(arguments, streams);
    if (has_option(command, "rows-a-commit") && !arguments.has("as"))
        found.push_back({"operator",
                         "the trail will say that an account of the machine ran the script: no "
                         "--as",
                         {}});
    std::string told, codes;
    for (const auto& weakness : found) {
        if (is_accepted(weakness, streams)) continue;
        told += (told.empty() ? "" : "; ") + weakness.what;
        codes += (codes.empty() ? "" : ",") + weakness.code;
    }
    if (told.empty()) return;
    streams.err << "workflow: guarantees weaker than documented: " << told
                << " (`workflow doctor` has the details; WORKFLOW_ACCEPTED=" << codes
                << " accepts them)\n"
                << std::flush;
}

}  // namespace workflow::tools
