#include "outputs.hpp"

#include <filesystem>
#include <ostream>

#include "ending_signals.hpp"

namespace workflow::tools {

namespace {

OutputRules rules_of(const Arguments& arguments, const std::string& option, Holds holds) {
    auto rules = output_rules(arguments, option);
    rules.personal = holds == Holds::personal_data;
    return rules;
}

}  // namespace

OutputRules output_rules(const Arguments& arguments, const std::string& option) {
    if (!arguments.is_output(option))
        throw std::logic_error("--" + option + " is written but not marked as an output");
    OutputRules rules;
    for (const auto& text : arguments.all_but(option)) {
        if (text.find('\0') != std::string::npos) continue;
        rules.others.emplace_back(text);
        // Lists of files are separated by colons.
        if (text.find(':') == std::string::npos) continue;
        for (std::size_t from = 0; from <= text.size();) {
            const auto end = std::min(text.find(':', from), text.size());
            rules.others.emplace_back(text.substr(from, end - from));
            from = end + 1;
        }
    }
    return rules;
}

bool goes_to_standard_output(const Arguments& arguments, const std::string& option) {
    return !arguments.has(option) || arguments.text(option) == "-";
}

void check_output(const Arguments& arguments, const std::string& option) {
    if (!goes_to_standard_output(arguments, option))
        (void)checked_output(arguments.text(option), output_rules(arguments, option));
}

void write_document(const Arguments& arguments, Streams& streams, const std::string& option,
                    Holds holds, const std::function<void(std::ostream&)>& write) {
    if (goes_to_standard_output(arguments, option)) return write(document_of(streams));
    OutputFile file(arguments.text(option), rules_of(arguments, option, holds));
    const RemovedBySignal removed(file.part());
    write(file.stream());
    file.finish();
}

void write_file(const Arguments& arguments, const std::string& option, Holds holds,
                const std::function<void(const std::filesystem::path&)>& write) {
    OutputFile file(arguments.text(option), rules_of(arguments, option, holds));
    const RemovedBySignal removed(file.part());
    write(file.part());
    file.finish();
}

Option raw_option() {
    return {.name = "raw",
            .meaning = "with csv: keep cells that a spreadsheet would read as formulas unchanged"};
}

batch::Formulas formulas_of(const Arguments& arguments) {
    return arguments.has("raw") ? batch::Formulas::raw : batch::Formulas::neutral;
}

std::ostream& document_of(Streams& streams) {
    return streams.document != nullptr && !streams.out_terminal ? *streams.document : streams.out;
}

}  // namespace workflow::tools
