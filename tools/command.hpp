#pragma once

/// What a command of the program is: a row of data and a function from arguments and streams to an
/// exit code. Parsing, --help, completion and the checks of the tests all follow from the row.

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/ports.hpp>

namespace workflow::tools {

/// The exit codes that scripts rely on.
enum Exit : int { exit_done = 0, exit_found = 1, exit_usage = 2, exit_world = 3, exit_refused = 4 };

/// Where a command reads and writes, and what it may know of its surroundings.
struct Streams {
    std::istream& in;
    std::ostream& out;  ///< text for people; `run_program` keeps control characters out of it
    std::ostream& err;  ///< the same
    bool out_terminal = false, err_terminal = false;
    std::function<std::optional<std::string>(const std::string&)> environment;
    Clock clock;
    std::ostream* document = nullptr;  ///< `out` as it is; set by `run_program`
};

/// The command line is wrong (exit 2).
class UsageError : public std::runtime_error {
public:
    explicit UsageError(const std::string& message, std::string hint_text = {})
        : std::runtime_error(message), hint(std::move(hint_text)) {}
    std::string hint;
};

/// A file could not be read or written (exit 3).
class WorldError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct Option {
    std::string name = {};   ///< without the dashes
    char letter = 0;         ///< 0: none
    std::string value = {};  ///< what follows, `FILE`; empty: a flag
    std::string meaning = {};
    std::vector<std::string> choices = {};  ///< the only values; empty: any
    bool many = false;                      ///< may be given several times
    std::string environment = {};           ///< a variable that gives the default
    std::string initial = {};               ///< the default; empty: none
    bool output = false;                    ///< names a file that the command writes
};

struct Operand {
    std::string name = {};  ///< `CASE`
    std::string meaning = {};
    bool optional = false, many = false;
};

class Arguments {
public:
    /// Was it given (or, for a value, has it a default)?
    [[nodiscard]] bool has(const std::string& name) const { return values_.contains(name); }
    /// The value; the empty text when there is none.
    [[nodiscard]] std::string text(const std::string& name) const;
    [[nodiscard]] const std::vector<std::string>& all(const std::string& name) const;
    /// The same; a usage error, with `value` as an example of what to give, where it is not given.
    [[nodiscard]] std::string needed(const std::string& name, const std::string& value) const;
    /// A whole number; a usage error where the value is none, or out of these bounds.
    [[nodiscard]] std::int64_t whole(const std::string& name, std::int64_t least,
                                     std::int64_t most) const;
    /// A day; nothing when the option is not given, and a usage error where it is none.
    [[nodiscard]] std::optional<Date> day(const std::string& name) const;
    [[nodiscard]] const std::vector<std::string>& operands() const { return operands_; }
    /// Every value except the option's own: those of other options, and the operands.
    [[nodiscard]] std::vector<std::string> all_but(const std::string& option) const;
    /// Whether the option names a file that the command writes.
    [[nodiscard]] bool is_output(const std::string& option) const;
    [[nodiscard]] bool json() const { return text("format") == "json"; }
    [[nodiscard]] bool quiet() const { return has("quiet"); }

private:
    friend struct Parser;
    std::map<std::string, std::vector<std::string>> values_;
    std::vector<std::string> operands_;
    std::vector<std::string> outputs_;
};

struct Subcommand {
    std::string name = {};  ///< `trail verify` has two words
    std::string summary = {};
    std::vector<Operand> operands = {};
    std::vector<Option> options = {};       ///< in addition to those of every command
    std::vector<std::string> formats = {};  ///< of `--format`; empty: it prints no data
    std::vector<std::string> examples = {};
    std::string note = {};  ///< a paragraph for --help; may be empty
    std::function<int(const Arguments&, Streams&)> run;
};

/// Every command of the program, in the order of `help`.
struct SubcommandRow {
    std::string_view name;
    Subcommand (*make)();
};
const std::vector<SubcommandRow>& subcommands();

/// The options that every command has.
std::vector<Option> options_of(const Subcommand& command);

/// Throws UsageError. Defaults come from the environment, then from the row.
Arguments parse(const Subcommand& command, const std::vector<std::string>& words,
                const Streams& streams);

std::string help_of(const Subcommand& command);
std::string help_of_program();
std::string bash_completion();

/// Runs the program on `words` (without its name). Catches everything; returns the exit code.
int run_program(const std::vector<std::string>& words, Streams& streams);

}  // namespace workflow::tools
