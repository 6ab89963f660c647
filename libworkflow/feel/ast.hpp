#pragma once

/// The tree of an expression. Built by the parser, typed by the checker, then never changed.

#include <cstdint>
#include <string>
#include <vector>

#include "expression.hpp"

namespace workflow::feel {

struct Builtin;

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
    // tests of `in`, applied to the value in hand
    test_less,
    test_less_equal,
    test_greater,
    test_greater_equal,
    test_value,
    // structures
    condition,  ///< if, then, else
    list,
    context,
    range,
    path,
    filter,
    call,
    instance_of,
    loop,  ///< sources..., then the body: `for`
    some,
    every,
};

struct Node {
    Operator op = Operator::constant;
    std::uint32_t begin = 0, end = 0;  ///< bytes of the text
    std::uint32_t index = 0;  ///< of slot or local; for loop, some, every, filter: its first local
    Value value;              ///< of a constant
    std::string name;         ///< of a path's entry; of the type in `instance of`
    std::vector<std::string> names;    ///< of a context's entries; of a loop's variables
    const Builtin* builtin = nullptr;  ///< of a call
    bool low_included = true, high_included = true;  ///< of a range
    std::vector<Node> parts;
    Type type;
};

}  // namespace workflow::feel
