#include <fmt/format.h>

#include <exception>
#include <new>
#include <ostream>

#include "base/diagnostics.hpp"
#include "cli_context.hpp"
#include "command.hpp"
#include "commands/commands.hpp"
#include "presentation/text/terminal.hpp"
#include "presentation/text/text.hpp"
#include "shell/vault.hpp"
#include "store/output_file.hpp"
#include "weak_promises.hpp"

namespace workflow::tools {

using presentation::harmless;
using presentation::TerminalText;

const std::vector<SubcommandRow>& subcommands() {
    static const std::vector<SubcommandRow> rows{
        {"validate", validate_command},
        {"decide", decide_command},
        {"eval", eval_command},
        {"graph", graph_command},
        {"staffing", staffing_command},
        {"simulate", simulate_command},
        {"open", open_command},
        {"demand", demand_command},
        {"next", next_command},
        {"claim", claim_command},
        {"complete", complete_command},
        {"supply", supply_command},
        {"withdraw", withdraw_command},
        {"rate", rate_command},
        {"rate add", rate_add_command},
        {"rate aside", rate_aside_command},
        {"rate tokens", rate_tokens_command},
        {"rate keygen", rate_keygen_command},
        {"unseal", unseal_command},
        {"publish", publish_command},
        {"journal", journal_command},
        {"staff", staff_command},
        {"staff confirm", staff_confirm_command},
        {"staff proposals", staff_proposals_command},
        {"staff join", staff_join_command},
        {"staff move", staff_move_command},
        {"staff post", staff_post_command},
        {"staff qualify", staff_qualify_command},
        {"staff absent", staff_absent_command},
        {"staff back", staff_back_command},
        {"staff leave", staff_leave_command},
        {"staff substitute", staff_substitute_command},
        {"staff weigh", staff_weigh_command},
        {"staff supervise", staff_supervise_command},
        {"staff seat", staff_seat_command},
        {"staff shift", staff_shift_command},
        {"staff key", staff_key_command},
        {"urge", urge_command},
        {"delegate", delegate_command},
        {"reassign", reassign_command},
        {"recuse", recuse_command},
        {"resolve", resolve_command},
        {"return", return_command},
        {"advance", advance_command},
        {"batch", batch_command},
        {"import", import_command},
        {"cases", cases_command},
        {"tasks", tasks_command},
        {"show", show_command},
        {"trail", trail_command},
        {"trail verify", trail_verify_command},
        {"trail keygen", trail_keygen_command},
        {"trail checkpoint", trail_checkpoint_command},
        {"trail signer", trail_signer_command},
        {"trail prove", trail_prove_command},
        {"trail consistency", trail_consistency_command},
        {"receipt", receipt_command},
        {"trail stamp", trail_stamp_command},
        {"trail stamped", trail_stamped_command},
        {"trail check", trail_check_command},
        {"draw keygen", draw_keygen_command},
        {"draw publish", draw_publish_command},
        {"draw reveal", draw_reveal_command},
        {"draw verify", draw_verify_command},
        {"report officers", report_officers_command},
        {"report items", report_items_command},
        {"report halls", report_halls_command},
        {"report pools", report_pools_command},
        {"report ratings", report_ratings_command},
        {"report reconcile", report_reconcile_command},
        {"export", export_command},
        {"conform", conform_command},
        {"doctor", doctor_command},
        {"vault keygen", vault_keygen_command},
        {"vault rekey", vault_rekey_command},
        {"vault cases", vault_cases_command},
        {"vault erase", vault_erase_command},
        {"store backup", store_backup_command},
        {"completion", completion_command},
        {"version", version_command},
        {"help", help_command},
    };
    return rows;
}

namespace {

/// The row that the words begin with, the longer name first, and how many words that took.
const SubcommandRow* find_row(const std::vector<std::string>& words, std::size_t& taken) {
    for (const std::size_t count : {2u, 1u}) {
        if (words.size() < count) continue;
        const std::string name = count == 2 ? words[0] + " " + words[1] : words[0];
        for (const SubcommandRow& row : subcommands()) {
            if (row.name == name) {
                taken = count;
                return &row;
            }
        }
    }
    return nullptr;
}

int say_usage(Streams& streams, const std::string& message, const std::string& hint) {
    streams.err << "workflow: " << harmless(message) << '\n';
    if (!hint.empty()) streams.err << "  help: " << harmless(hint) << '\n';
    return exit_usage;
}

int unknown_command(Streams& streams, const std::vector<std::string>& words) {
    std::vector<std::string> known, begun;
    for (const SubcommandRow& row : subcommands()) {
        known.emplace_back(row.name);
        if (row.name.starts_with(words[0] + " ")) begun.emplace_back(row.name);
    }
    if (begun.empty()) {
        const auto near = nearest(words[0], known);
        return say_usage(
            streams, "there is no command `" + words[0] + "`",
            near ? "did you mean `workflow " + *near + "`?" : "`workflow help` lists the commands");
    }
    // The first word of commands that have two.
    const std::string given = words.size() > 1 ? words[0] + " " + words[1] : words[0];
    const auto near = words.size() > 1 ? nearest(given, begun) : std::nullopt;
    std::string all;
    for (const auto& name : begun) all += (all.empty() ? "" : ", ") + name;
    return say_usage(streams, "there is no command `" + given + "`",
                     near ? "did you mean `workflow " + *near + "`?" : "there are " + all);
}

int run_row(const SubcommandRow& row, const std::vector<std::string>& words, Streams& streams) {
    const Subcommand command = row.make();
    const Arguments arguments = parse(command, words, streams);
    if (arguments.has("help")) {
        streams.out << help_of(command);
        return exit_done;
    }
    warn_of_weakness(command, arguments, streams);
    const int code = command.run(arguments, streams);
    streams.out.flush();
    if (!streams.out || !*streams.document) throw WorldError("cannot write to standard output");
    return code;
}

int run_words(const std::vector<std::string>& words, Streams& streams) {
    if (words.empty()) {
        streams.err << help_of_program();
        return exit_usage;
    }
    if (words[0] == "--help" || words[0] == "-h") {
        streams.out << help_of_program();
        return exit_done;
    }
    if (words[0] == "--version") return run_words({"version"}, streams);
    std::size_t taken = 0;
    const SubcommandRow* row = find_row(words, taken);
    if (row == nullptr) return unknown_command(streams, words);
    const auto world_failed = [&](const std::string& message) {
        streams.err << "workflow: " << harmless(message) << '\n';
        return static_cast<int>(exit_world);
    };
    try {
        return run_row(*row, {words.begin() + static_cast<std::ptrdiff_t>(taken), words.end()},
                       streams);
    } catch (const UsageError& error) {
        return say_usage(streams, error.what(), error.hint);
    } catch (const OutputRefused& error) {
        return say_usage(streams, error.what(), error.hint);
    } catch (const BrokenCatalog&) {
        return exit_found;
    } catch (const shell::LockedVault& error) {
        return world_failed(std::string(error.what()) +
                            "; name it with --vault-key FILE or WORKFLOW_VAULT_KEY");
    } catch (const StoreError& error) {
        return world_failed(std::string("the store failed: ") + error.what());
    } catch (const std::bad_alloc&) {
        return world_failed("out of memory");
    } catch (const std::exception& error) {
        return world_failed(error.what());
    }
}

}  // namespace

int run_program(const std::vector<std::string>& words, Streams& streams) {
    TerminalText out_text(*streams.out.rdbuf()), err_text(*streams.err.rdbuf());
    std::ostream out(&out_text), err(&err_text);
    err << std::unitbuf;
    Streams own{.in = streams.in,
                .out = out,
                .err = err,
                .out_terminal = streams.out_terminal,
                .err_terminal = streams.err_terminal,
                .environment = streams.environment,
                .clock = streams.clock,
                .document = &streams.out};
    return run_words(words, own);
}

}  // namespace workflow::tools
