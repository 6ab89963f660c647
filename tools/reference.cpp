#include "reference.hpp"

#include <workflow/version.hpp>

#include "help_parts.hpp"

namespace workflow::tools {

namespace {

struct ExitMeaning {
    Exit code;
    const char* meaning;
};
constexpr ExitMeaning exits[] = {
    {exit_done, "The command did what it was asked."},
    {exit_found, "The command ran and found a problem, such as an error in a definition."},
    {exit_usage, "The command line is wrong."},
    {exit_world, "A file or the store failed."},
    {exit_refused, "A rule refused the action."},
};

std::string anchor(std::string_view name) {
    std::string text = "workflow-";
    for (const char c : name) text += c == ' ' ? '-' : c;
    return text;
}

/// Text in a cell of a Markdown table.
std::string cell(std::string_view text) {
    std::string safe;
    for (const char c : text) safe += c == '|' ? "\\|" : std::string(1, c);
    return safe;
}

void add_command(std::string& page, const Subcommand& command) {
    page += "\n## workflow " + command.name + "\n\n" + command.summary + "\n\n```\n" +
            usage_of(command) + "\n```\n\n| operand or option | meaning |\n| --- | --- |\n";
    for (const Operand& operand : command.operands)
        page += "| `" + operand.name + "` | " + cell(operand.meaning) + " |\n";
    for (const Option& option : options_of(command))
        page += "| `" + spelled(option) + "` | " + cell(explained(option)) + " |\n";
    if (!command.note.empty()) page += "\n" + command.note + "\n";
    page += "\n```sh\n";
    for (const std::string& example : command.examples) page += example + "\n";
    page += "```\n";
}

/// Text as roff takes it: a line must not begin with a control character, `-` is a minus.
std::string roff(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if ((safe.empty() || safe.back() == '\n') && (c == '.' || c == '\'')) safe += "\\&";
        if (c == '\\')
            safe += "\\e";
        else if (c == '-')
            safe += "\\-";
        else
            safe += c;
    }
    return safe;
}

void add_term(std::string& page, const std::string& term, const std::string& meaning) {
    page += ".TP\n.B " + roff(term) + "\n" + roff(meaning) + "\n";
}

void add_to_man(std::string& page, const Subcommand& command) {
    page += ".SS workflow " + roff(command.name) + "\n" + roff(command.summary) + "\n.PP\n.nf\n" +
            roff(usage_of(command)) + "\n.fi\n";
    for (const Operand& operand : command.operands) add_term(page, operand.name, operand.meaning);
    for (const Option& option : options_of(command))
        add_term(page, spelled(option), explained(option));
    if (!command.note.empty()) page += ".PP\n" + roff(command.note) + "\n";
    page += ".PP\n.nf\n";
    for (const std::string& example : command.examples) page += roff(example) + "\n";
    page += ".fi\n";
}

}  // namespace

std::string reference_page() {
    std::string page =
        "# Command line\n\n"
        "`workflow help --format markdown` prints this page; `man workflow` says the same.\n\n"
        "| exit code | meaning |\n| --- | --- |\n";
    for (const auto& exit : exits)
        page += "| " + std::to_string(exit.code) + " | " + exit.meaning + " |\n";
    page += "\n| command | what it does |\n| --- | --- |\n";
    for (const SubcommandRow& row : subcommands())
        page += "| [" + std::string(row.name) + "](#" + anchor(row.name) + ") | " +
                cell(row.make().summary) + " |\n";
    for (const SubcommandRow& row : subcommands()) add_command(page, row.make());
    return page;
}

std::string man_page() {
    std::string page = ".TH WORKFLOW 1 \"\" \"workflow " + roff(version()) +
                       "\" \"User Commands\"\n.SH NAME\nworkflow \\- run the service items of a "
                       "service hall\n.SH SYNOPSIS\n.B workflow\nCOMMAND [options]\n.SH COMMANDS\n";
    for (const SubcommandRow& row : subcommands()) add_to_man(page, row.make());
    page += ".SH EXIT STATUS\n";
    for (const auto& exit : exits) add_term(page, std::to_string(exit.code), exit.meaning);
    return page;
}

}  // namespace workflow::tools
