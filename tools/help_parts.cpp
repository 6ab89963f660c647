#include "help_parts.hpp"

namespace workflow::tools {

std::string spelled(const Option& option) {
    std::string text = option.letter == 0 ? "" : std::string("-") + option.letter + ", ";
    text += "--" + option.name;
    if (!option.value.empty()) text += " " + option.value;
    return text;
}

std::string explained(const Option& option) {
    std::string text = option.meaning;
    if (!option.choices.empty()) {
        text += ": ";
        for (const auto& choice : option.choices) {
            text += (&choice == &option.choices.front() ? "" : ", ") + choice;
        }
    }
    if (option.many) text += " (may be repeated)";
    if (!option.environment.empty()) text += " [" + option.environment + "]";
    if (!option.initial.empty()) text += " (default: " + option.initial + ")";
    return text;
}

std::string usage_of(const Subcommand& command) {
    std::string text = "workflow " + command.name;
    for (const Operand& operand : command.operands) {
        const std::string name = operand.name + (operand.many ? "..." : "");
        text += operand.optional ? " [" + name + "]" : " " + name;
    }
    return text + " [options]";
}

}  // namespace workflow::tools
