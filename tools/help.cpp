#include <algorithm>

#include "command.hpp"
#include "help_parts.hpp"
#include "presentation/text/text.hpp"

namespace workflow::tools {

using presentation::wrapped;

namespace {

void add_rows(std::string& text, const std::vector<std::pair<std::string, std::string>>& rows) {
    std::size_t width = 0;
    for (const auto& [left, right] : rows) width = std::max(width, left.size());
    for (const auto& [left, right] : rows) {
        text += "  " + left + std::string(width - left.size() + 2, ' ');
        text += wrapped(right, 96 - std::min<std::size_t>(width + 4, 60), width + 4) + "\n";
    }
}

}  // namespace

std::string help_of(const Subcommand& command) {
    std::string text = command.summary + "\n\nUsage: " + usage_of(command) + "\n";
    std::vector<std::pair<std::string, std::string>> rows;
    if (!command.operands.empty()) {
        text += "\n";
        for (const Operand& operand : command.operands)
            rows.emplace_back(operand.name, operand.meaning);
        add_rows(text, rows);
    }
    text += "\nOptions:\n";
    rows.clear();
    for (const Option& option : options_of(command)) {
        rows.emplace_back((option.letter == 0 ? "    " : "") + spelled(option), explained(option));
    }
    add_rows(text, rows);
    if (!command.note.empty()) text += "\n" + wrapped(command.note, 96, 0) + "\n";
    text += command.examples.size() == 1 ? "\nExample:\n" : "\nExamples:\n";
    for (const std::string& example : command.examples) text += "  " + example + "\n";
    return text;
}

std::string help_of_program() {
    std::string text =
        "workflow runs the service items of a hall: definitions in, cases through, a full "
        "trail.\n\n"
        "Usage: workflow COMMAND [options]\n\nCommands:\n";
    std::vector<std::pair<std::string, std::string>> rows;
    for (const SubcommandRow& row : subcommands()) {
        rows.emplace_back(std::string(row.name), row.make().summary);
    }
    add_rows(text, rows);
    text +=
        "\n`workflow COMMAND --help` lists a command's options. Defaults: WORKFLOW_STORE for "
        "--store,\n"
        "WORKFLOW_CATALOG for --catalog. Exit codes: 0 done, 1 it ran and found a problem,\n"
        "2 the command line is wrong, 3 a file or the store failed, 4 a rule refused the action.\n"
        "\nExample:\n"
        "  workflow validate definitions\n"
        "  workflow open social-card.replace-lost --as lin --applicant 330102 --store hall.db\n"
        "  workflow next --as lin --store hall.db\n";
    return text;
}

std::string bash_completion() {
    std::string first;
    std::string pairs;  // commands of two words
    std::string cases;
    for (const SubcommandRow& row : subcommands()) {
        const std::string name(row.name);
        if (name.find(' ') == std::string::npos)
            first += (first.empty() ? "" : " ") + name;
        else
            pairs += (pairs.empty() ? "'" : " | '") + name + "'";
        const Subcommand command = row.make();
        std::string words, values;
        for (const Option& option : options_of(command)) {
            words += (words.empty() ? "--" : " --") + option.name;
            if (option.value.empty()) continue;
            std::string answer;
            if (!option.choices.empty()) {
                std::string list;
                for (const auto& choice : option.choices)
                    list += (list.empty() ? "" : " ") + choice;
                answer = "COMPREPLY=($(compgen -W '" + list + "' -- \"$word\"))";
            } else if (option.value == "FILE" || option.value == "PATH" ||
                       option.value == "STORE") {
                answer = "COMPREPLY=($(compgen -f -- \"$word\"))";
            } else {
                answer = "COMPREPLY=()";
            }
            values += "                --" + option.name + ") " + answer + "; return ;;\n";
        }
        cases += "        '" + name + "')\n            case \"$before\" in\n" + values +
                 "            esac\n            options='" + words + "' ;;\n";
    }
    return "# bash completion of workflow; load it with: source <(workflow completion bash)\n"
           "_workflow() {\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
           "    local command=${COMP_WORDS[1]} options=''\n"
           "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
           "        COMPREPLY=($(compgen -W '" +
           first +
           "' -- \"$word\"))\n        return\n    fi\n"
           "    if [ \"$COMP_CWORD\" -gt 2 ]; then\n"
           "        case \"$command ${COMP_WORDS[2]}\" in\n"
           "            " +
           pairs +
           ") command=\"$command ${COMP_WORDS[2]}\" ;;\n"
           "        esac\n    fi\n"
           "    case \"$command\" in\n" +
           cases +
           "    esac\n"
           "    if [[ $word == -* ]]; then\n"
           "        COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
           "    else\n"
           "        COMPREPLY=($(compgen -f -- \"$word\"))\n"
           "    fi\n"
           "}\n"
           "complete -o filenames -F _workflow workflow\n";
}

}  // namespace workflow::tools
