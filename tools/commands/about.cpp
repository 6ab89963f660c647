// `version`, `help` and `completion`: the program about itself.

#include <ostream>

#include <workflow/version.hpp>

#include "../reference.hpp"
#include "commands.hpp"
#include "presentation/json/json.hpp"

namespace workflow::tools {

using presentation::dump;
using presentation::Json;

Subcommand version_command() {
    return {.name = "version",
            .summary = "Prints the program's version.",
            .formats = {"human", "json"},
            .examples = {"workflow version"},
            .run = [](const Arguments& arguments, Streams& streams) -> int {
                if (arguments.json()) {
                    streams.out << dump(Json{{"version", version()}}, 2) << '\n';
                } else {
                    streams.out << "workflow " << version() << '\n';
                }
                return exit_done;
            }};
}

Subcommand help_command() {
    return {.name = "help",
            .summary = "Explains the commands.",
            .operands = {{"COMMAND", "the command to explain, such as `trail verify`", true, true}},
            .formats = {"human", "markdown", "man"},
            .examples = {"workflow help", "workflow help open",
                         "workflow help --format man | man -l -"},
            .note = "The formats `markdown` and `man` print the reference of all commands.",
            .run = [](const Arguments& arguments, Streams& streams) -> int {
                if (const auto format = arguments.text("format"); format != "human") {
                    if (!arguments.operands().empty())
                        throw UsageError("the reference covers all commands",
                                         "leave the command out, or the format");
                    *streams.document << (format == "man" ? man_page() : reference_page());
                    return exit_done;
                }
                if (arguments.operands().empty()) {
                    streams.out << help_of_program();
                    return exit_done;
                }
                std::string name;
                for (const auto& word : arguments.operands())
                    name += (name.empty() ? "" : " ") + word;
                for (const SubcommandRow& row : subcommands()) {
                    if (row.name != name) continue;
                    streams.out << help_of(row.make());
                    return exit_done;
                }
                throw UsageError("there is no command `" + name + "`",
                                 "`workflow help` lists the commands");
            }};
}

Subcommand completion_command() {
    return {.name = "completion",
            .summary = "Prints the completion script for a shell.",
            .operands = {{"SHELL", "bash", false, false}},
            .examples = {"source <(workflow completion bash)"},
            .run = [](const Arguments& arguments, Streams& streams) -> int {
                const std::string& shell = arguments.operands().front();
                if (shell != "bash") {
                    throw UsageError("there is no completion for `" + shell + "`",
                                     "it is written for bash");
                }
                streams.out << bash_completion();
                return exit_done;
            }};
}

}  // namespace workflow::tools
