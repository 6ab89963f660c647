#pragma once

/// The tree of an expression. Built by the parser, typed by the checker, then never changed.

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
    slot,      ///< scope name number `index`
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
    in,       ///< value, then tests; any of them
    none_of,  ///< value, then tests; not any of them
    // tests of `in`, applied to the value in hand
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
    item_entry,  ///< the entry `name` of a filter's item, where it has one; else what it means
                 ///< outside
    filter,
    call,      ///< of a built-in function
    invoke,    ///< a function, then its arguments, called `names` if there are any
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
    /// Of slot or local; for loop, some, every, filter, context, function: its first local.
    std::uint32_t index = 0;
    Value value;       ///< of a constant
    std::string name;  ///< of a path's entry
    /// Of a context's entries, a loop's variables, a function's parameters, an invocation's
    /// arguments.
    std::vector<std::string> names;
    std::vector<Type> types;                 ///< of a function's parameters; in `instance of`
    std::shared_ptr<const Node> body;        ///< of a function
    std::uint32_t height = 0;                ///< of a function: levels of its body
    const Builtin* builtin = nullptr;        ///< of a call
    std::shared_ptr<const Pattern> pattern;  ///< of a call with a constant one
    bool low_included = true, high_included = true;  ///< of a range
    bool sees_partial = false;                       ///< of `for`: its body reads `partial`
    std::vector<Node> parts;
    Type type;
};

}  // namespace workflow::feel
