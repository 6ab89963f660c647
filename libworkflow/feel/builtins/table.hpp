#pragma once

/// The single table of built-in functions: the checker, the evaluator and docs/feel.md use it.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/values.hpp>

#include "../expression.hpp"
#include "../pattern.hpp"

namespace workflow::feel {

/// A parameter and its type; `any` accepts every value.
struct Parameter {
    std::string_view name;
    Kind kind = Kind::any;
    bool optional = false;
    std::string_view alias = {};  ///< an alternative name of the parameter
};

/// What a function may use in addition to its arguments.
struct Call {
    Evaluation& evaluation;
    std::uint32_t& budget;             ///< the remaining steps of the evaluation
    const Pattern* pattern = nullptr;  ///< the pattern among the arguments, if it is constant
    explicit Call(Evaluation& whole, const Pattern* constant = nullptr)
        : evaluation(whole), budget(whole.budget), pattern(constant) {}
};

struct Builtin {
    std::string_view name;
    std::vector<Parameter> parameters;
    bool variadic = false;  ///< the last parameter may be given several times, or as one list
    Kind result = Kind::any;
    Value (*apply)(std::span<const Value> arguments, const Call& call) = nullptr;
    std::string_view meaning;
    std::string_view example, answer;
    /// The type of the result in addition to its kind: the type of the argument, or of its items.
    enum class Like : std::uint8_t { itself, argument, element } like = Like::itself;
    bool of_the_moment = false;  ///< its result depends on the time of the call
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    /// The index of the parameter that is a pattern; the last parameter contains its flags.
    std::size_t pattern = none;
    std::size_t flags = none;
    bool names_may_lack = false;  ///< a parameter that is not named is null
};

/// A group of related functions: a section of docs/feel.md.
struct Family {
    std::string_view title;
    std::vector<Builtin> functions;
};
std::span<const Family> families();

/// Returns every built-in function, in the order of the families.
std::span<const Builtin> builtins();
/// Returns the first function with the name. Some have several parameter lists, with one row each.
const Builtin* find_builtin(std::string_view name);
/// Returns the function as a value.
std::shared_ptr<const Function> function_value(const Builtin& builtin);
/// `substring(string, start position, length?)`
std::string signature(const Builtin& builtin);

// The families.
std::vector<Builtin> number_functions();
std::vector<Builtin> string_functions();
std::vector<Builtin> list_functions();
std::vector<Builtin> time_functions();
std::vector<Builtin> context_functions();
std::vector<Builtin> range_functions();
std::vector<Builtin> collection_functions();

// Helpers that the families share.
inline Value number_value(const std::optional<Decimal>& number) {
    return number ? Value(*number) : Value();
}
/// Returns the whole number that the value is, if it is one and fits.
std::optional<std::int64_t> whole_number(const Value& value);
/// Returns the arguments of a variadic function: the arguments themselves, or the items of the
/// single list given.
std::span<const Value> spread(std::span<const Value> arguments);

}  // namespace workflow::feel
