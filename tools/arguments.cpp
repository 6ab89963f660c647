#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>

#include "base/diagnostics.hpp"
#include "command.hpp"

namespace workflow::tools {

namespace {

namespace po = boost::program_options;

std::string nearest_option(const std::string& given, const std::vector<Option>& options) {
    std::vector<std::string> known;
    for (const Option& option : options) known.push_back(option.name);
    const auto name = nearest(given, known);
    return name ? "did you mean `--" + *name + "`?" : std::string();
}

std::string without_dashes(std::string name) {
    name.erase(0, std::min(name.find_first_not_of('-'), name.size()));
    return name.substr(0, name.find('='));
}

po::options_description describe(const std::vector<Option>& options) {
    po::options_description description;
    for (const Option& option : options) {
        const std::string name =
            option.letter == 0 ? option.name : option.name + "," + std::string(1, option.letter);
        if (option.value.empty()) {
            description.add_options()(name.c_str(), "");
        } else {
            // Always a list, so that giving a single-valued option twice is our message.
            description.add_options()(name.c_str(),
                                      po::value<std::vector<std::string>>()->composing(), "");
        }
    }
    description.add_options()("operand", po::value<std::vector<std::string>>(), "");
    return description;
}

void check_operands(const Subcommand& command, const std::vector<std::string>& given) {
    std::size_t needed = 0;
    bool unbounded = false;
    for (const Operand& operand : command.operands) {
        if (!operand.optional) ++needed;
        unbounded = unbounded || operand.many;
    }
    const std::string usage = "see `workflow " + command.name + " --help`";
    if (given.size() < needed) {
        std::size_t seen = 0;
        for (const Operand& operand : command.operands) {
            if (operand.optional) continue;
            if (seen++ == given.size()) {
                throw UsageError(operand.name + " is missing: " + operand.meaning, usage);
            }
        }
    }
    if (!unbounded && given.size() > command.operands.size()) {
        throw UsageError("`" + given[command.operands.size()] + "` is one operand too many", usage);
    }
}

void check_choice(const Option& option, const std::string& value) {
    if (option.choices.empty() || std::ranges::count(option.choices, value) != 0) return;
    std::string list;
    for (const std::string& choice : option.choices) list += (list.empty() ? "" : ", ") + choice;
    const auto near = nearest(value, option.choices);
    throw UsageError("`--" + option.name + "` cannot be `" + value + "`; it is one of " + list,
                     near ? "did you mean `" + *near + "`?" : std::string());
}

}  // namespace

struct Parser {
    const Subcommand& command;
    const Streams& streams;
    std::vector<Option> options;
    Arguments arguments;

    void take(const po::variables_map& given) {
        for (const Option& option : options) {
            auto& values = arguments.values_;
            if (option.output) arguments.outputs_.push_back(option.name);
            if (given.count(option.name) != 0) {
                if (option.value.empty()) {
                    values[option.name];
                    continue;
                }
                const auto& list = given[option.name].as<std::vector<std::string>>();
                if (list.size() > 1 && !option.many) {
                    throw UsageError("`--" + option.name + "` is given twice");
                }
                values[option.name] = list;
            } else if (!option.environment.empty() && streams.environment) {
                if (auto value = streams.environment(option.environment)) {
                    values[option.name] = {*value};
                }
            }
            if (!values.contains(option.name) && !option.initial.empty()) {
                values[option.name] = {option.initial};
            }
            if (values.contains(option.name)) {
                for (const auto& value : values[option.name]) check_choice(option, value);
            }
        }
        if (given.count("operand") != 0) {
            arguments.operands_ = given["operand"].as<std::vector<std::string>>();
        }
        if (!arguments.has("help")) check_operands(command, arguments.operands_);
    }
};

std::string Arguments::text(const std::string& name) const {
    const auto found = values_.find(name);
    return found == values_.end() || found->second.empty() ? std::string() : found->second.front();
}

std::string Arguments::needed(const std::string& name, const std::string& value) const {
    if (!has(name)) throw UsageError("`--" + name + "` is missing", "give --" + name + " " + value);
    return text(name);
}

std::optional<Date> Arguments::day(const std::string& name) const {
    if (!has(name)) return std::nullopt;
    const auto date = parse_date(text(name));
    if (!date)
        throw UsageError("`--" + name + " " + text(name) + "` is not a day", "write 2026-03-02");
    return date;
}

std::int64_t Arguments::whole(const std::string& name, std::int64_t least,
                              std::int64_t most) const {
    const std::string given = text(name);
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(given.data(), given.data() + given.size(), value);
    if (problem != std::errc{} || end != given.data() + given.size() || value < least ||
        value > most)
        throw UsageError(fmt::format("--{} takes a whole number from {} to {}, not `{}`", name,
                                     least, most, given));
    return value;
}

const std::vector<std::string>& Arguments::all(const std::string& name) const {
    static const std::vector<std::string> nothing;
    const auto found = values_.find(name);
    return found == values_.end() ? nothing : found->second;
}

std::vector<std::string> Arguments::all_but(const std::string& option) const {
    auto all = operands_;
    for (const auto& [name, values] : values_)
        if (name != option) all.insert(all.end(), values.begin(), values.end());
    return all;
}

bool Arguments::is_output(const std::string& option) const {
    return std::ranges::count(outputs_, option) != 0;
}

std::vector<Option> options_of(const Subcommand& command) {
    std::vector<Option> options = command.options;
    if (!command.formats.empty()) {
        options.push_back({.name = "format",
                           .value = "FORMAT",
                           .meaning = "the output format",
                           .choices = command.formats,
                           .initial = command.formats.front()});
    }
    options.push_back({.name = "color",
                       .value = "WHEN",
                       .meaning =
                           "when to use colour: only on a terminal, always, or never (NO_COLOR is "
                           "honoured)",
                       .choices = {"auto", "always", "never"},
                       .initial = "auto"});
    options.push_back(
        {.name = "quiet", .letter = 'q', .meaning = "print no progress and no remarks"});
    options.push_back({.name = "help", .letter = 'h', .meaning = "print this help"});
    return options;
}

Arguments parse(const Subcommand& command, const std::vector<std::string>& words,
                const Streams& streams) {
    Parser parser{command, streams, options_of(command), {}};
    const po::options_description description = describe(parser.options);
    po::positional_options_description positions;
    positions.add("operand", -1);
    using namespace po::command_line_style;
    try {
        po::variables_map given;
        po::store(po::command_line_parser(words)
                      .options(description)
                      .positional(positions)
                      .style(unix_style & ~allow_guessing)
                      .run(),
                  given);
        parser.take(given);
    } catch (const po::unknown_option& error) {
        const std::string name = without_dashes(error.get_option_name());
        std::string hint = nearest_option(name, parser.options);
        if (hint.empty()) hint = "`workflow " + command.name + " --help` lists its options";
        throw UsageError("`workflow " + command.name + "` has no option `--" + name + "`", hint);
    } catch (const po::error_with_option_name& error) {
        const std::string name = without_dashes(error.get_option_name());
        for (const Option& option : parser.options) {
            if (option.name != name) continue;
            throw UsageError(option.value.empty()
                                 ? "`--" + name + "` takes no value"
                                 : "`--" + name + "` needs a value: " + option.value);
        }
        throw UsageError(error.what());
    } catch (const po::error& error) {
        throw UsageError(error.what());
    }
    return std::move(parser.arguments);
}

}  // namespace workflow::tools
