#pragma once

/// The tree of an expression. The parser builds it and the checker adds types; then it never
/// changes.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "expression.hpp"

namespace workflow::feel {

struct Builtin;
class Pattern;

enum class Operator : std::uint8_t {
    // leaves
    constant,  ///< `value`
    slot,      ///< the name of the scope with number `index`
    local,     ///< a variable of for, some, every or a filter: number `index` from the outside
    // arithmetic and comparison
    negate,
    add,
    subtract,
    multiply,
    divide,
    power,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    both,
    either,   ///< and, or
    between,  ///< value, low, high
    in,       ///< value, then tests; true if any of them holds
    none_of,  ///< value, then tests; true if none of them holds
    // tests of `in`, applied to the current value
    test_equal,
    test_not_equal,
    test_less,
    test_less_equal,
    test_greater,
    test_greater_equal,
    test_value,
    test_holds,  ///< a condition on `?`
    // structures
    condition,  ///< if, then, else
    list,
    context,
    range,
    path,
    item_entry,  ///< the entry `name` of a filter's item if it has one; otherwise the name outside
    filter,
    call,      ///< of a built-in function
    invoke,    ///< a function, then its arguments, with the names `names` if there are any
    function,  ///< parameters `names` of `types`, and `body`
    external,  ///< a function of another language
    instance_of,
    loop,  ///< sources..., then the body: `for`
    some,
    every,
};

struct Node {
    Operator op = Operator::constant;
    std::uint32_t begin = 0, end = 0;  ///< bytes of the text
    /// Of slot or local; for loop, some, every, filter, context and function: the first local.
    std::uint32_t index = 0;
    Value value;       ///< of a constant
    std::string name;  ///< of a path's entry
    /// The entries of a context, the variables of a loop, the parameters of a function, or the
    /// arguments of an invocation.
    std::vector<std::string> names;
    std::vector<Type> types;                 ///< of a function's parameters; in `instance of`
    std::shared_ptr<const Node> body;        ///< of a function
    std::uint32_t height = 0;                ///< of a function: the height of its body
    const Builtin* builtin = nullptr;        ///< of a call
    std::shared_ptr<const Pattern> pattern;  ///< of a call with a constant pattern
    bool low_included = true, high_included = true;  ///< of a range
    bool sees_partial = false;                       ///< of `for`: whether its body reads `partial`
    std::vector<Node> parts;
    Type type;
};

}  // namespace workflow::feel
