#pragma once

/// The one table of built-in functions: the checker, the evaluator and docs/feel.md read it.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/values.hpp>

#include "../expression.hpp"

namespace workflow::feel {

/// What a parameter takes; `any` takes everything.
struct Parameter {
    std::string_view name;
    Kind kind = Kind::any;
    bool optional = false;
};

/// What a function may know beside its arguments.
struct Call {
    const Moment& moment;
    std::uint32_t& budget;  ///< steps left; a function that loops takes from it
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
};

/// Every built-in function, by family, in the order of docs/feel.md.
std::span<const Builtin> builtins();
const Builtin* find_builtin(std::string_view name);
/// `substring(string, start position, length?)`
std::string signature(const Builtin& builtin);

// The families.
std::vector<Builtin> number_functions();
std::vector<Builtin> string_functions();
std::vector<Builtin> list_functions();
std::vector<Builtin> time_functions();

// Shared by the families.
inline Value number_value(const std::optional<Decimal>& number) {
    return number ? Value(*number) : Value();
}
/// The arguments of a variadic function: themselves, or the items of the one list given.
std::span<const Value> spread(std::span<const Value> arguments);

}  // namespace workflow::feel
