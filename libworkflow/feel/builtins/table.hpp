#pragma once

/// The one table of built-in functions: the checker, the evaluator and docs/feel.md read it.

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

/// What a parameter takes; `any` takes everything.
struct Parameter {
    std::string_view name;
    Kind kind = Kind::any;
    bool optional = false;
    std::string_view alias = {};  ///< another name by which it may be given
};

/// What a function may know beside its arguments.
struct Call {
    Evaluation& evaluation;
    std::uint32_t& budget;             ///< the evaluation's steps left
    const Pattern* pattern = nullptr;  ///< the pattern among the arguments, where it is constant
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
    /// What the result is beside its kind: the argument's own type, or that of its items.
    enum class Like : std::uint8_t { itself, argument, element } like = Like::itself;
    bool of_the_moment = false;  ///< answers differently at different times
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    /// The parameter that is a pattern; the last one is its flags.
    std::size_t pattern = none;
    std::size_t flags = none;
    bool names_may_lack = false;  ///< a parameter that is not named is null
};

/// Functions that a reader looks for together: a section of docs/feel.md.
struct Family {
    std::string_view title;
    std::vector<Builtin> functions;
};
std::span<const Family> families();

/// Every built-in function, in the order of the families.
std::span<const Builtin> builtins();
/// The first of the name: some have several lists of parameters, a row each.
const Builtin* find_builtin(std::string_view name);
/// The function as a value.
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

// Shared by the families.
inline Value number_value(const std::optional<Decimal>& number) {
    return number ? Value(*number) : Value();
}
/// The whole number that the value is, if it is one that fits.
std::optional<std::int64_t> whole_number(const Value& value);
/// The arguments of a variadic function: themselves, or the items of the one list given.
std::span<const Value> spread(std::span<const Value> arguments);

}  // namespace workflow::feel
