#pragma once

/// A decision model as its author wrote it (DMN 1.5), from XML or YAML: values with positions.

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "../base/source.hpp"

namespace workflow::decision {

/// A FEEL text and where it stands; `mark` covers the text itself, so that a column inside it is
/// `mark.begin` plus the offset. Empty: not given.
struct Text {
    std::string text;
    Mark mark;
    [[nodiscard]] bool empty() const { return text.empty(); }
};

/// A name with the name of its type; an empty type is `Any` (DMN: information item).
struct Variable {
    std::string name, type;
    Mark mark;
};

/// How the rules that apply make one result (DMN 1.5, 8.2.8).
enum class HitPolicy : std::uint8_t {
    unique,        ///< at most one rule applies
    any,           ///< all that apply say the same
    priority,      ///< the one whose output stands first in the list of output values
    first,         ///< the first in the order of the rules
    rule_order,    ///< all, in the order of the rules
    output_order,  ///< all, in the order of the output values
    collect,       ///< all, put together by the aggregation
};

enum class Aggregation : std::uint8_t { none, sum, count, min, max };

struct Table;

/// A boxed expression (DMN 1.5, 7.3). What `parts` and `names` are depends on the kind.
struct Logic {
    enum class Kind : std::uint8_t {
        none,         ///< no logic is given
        literal,      ///< `text`
        context,      ///< names: entries, parts: their values, then perhaps the result
        invocation,   ///< parts: the function, then the arguments called `names`
        function,     ///< names: parameters, parts: the body
        external,     ///< a function of another language: it is never called
        relation,     ///< names: columns, parts: the cells, row by row
        list,         ///< parts: items
        conditional,  ///< parts: if, then, else
        filter,       ///< parts: in, match
        loop,         ///< names: the variable, parts: in, return
        some,
        every,  ///< names: the variable, parts: in, satisfies
        table,  ///< `table`
    };
    Kind kind = Kind::none;
    Text text;
    std::string type;  ///< name of the result's type; empty: any
    std::vector<Variable> names;
    std::vector<Logic> parts;
    std::shared_ptr<const Table> table;
    Mark mark;
};

/// A decision table (DMN 1.5, 8).
struct Table {
    struct Input {
        Text expression, values;  ///< what is tested, and the unary tests it must meet
        std::string type;
        bool whole = false;  ///< its numbers are whole: nothing lies between 1 and 2
    };
    struct Output {
        std::string name, type;
        Text values;     ///< the values it can have; their order is the priority
        Text otherwise;  ///< the result where no rule applies
        Mark mark;
    };
    struct Rule {
        std::vector<Text> tests;    ///< one an input; `-` or empty: whatever it is
        std::vector<Text> results;  ///< one an output
        Mark mark;
    };
    HitPolicy policy = HitPolicy::unique;
    Aggregation aggregation = Aggregation::none;
    std::vector<Input> inputs;
    std::vector<Output> outputs;
    std::vector<Rule> rules;
    Mark mark;
};

/// A named type (DMN 1.5, 7.3.2).
struct ItemDefinition {
    std::string name, type;  ///< an empty type: a context of `components`, or a function
    Text allowed;            ///< unary tests that each value must meet
    bool collection = false;
    std::vector<ItemDefinition> components;
    bool function = false;  ///< `components` are the parameters, `type` the result
    Mark mark;
};

/// `#id`, or the namespace of another model before it.
struct Reference {
    std::string space, id;
    Mark mark;
    std::string alias = {};  ///< the name it is seen by; empty: its own
};

/// A node of the decision requirements graph (DMN 1.5, 6.2).
struct Element {
    enum class Kind : std::uint8_t { input, decision, knowledge, service };
    Kind kind = Kind::decision;
    std::string id;
    Variable variable;  ///< the name under which others see it, and the type of its value
    std::vector<Reference> requires_information, requires_knowledge;
    Logic logic;  ///< of a decision; of business knowledge its function
    // Of a service.
    std::vector<Reference> outputs, encapsulated, input_decisions, input_data;
    Mark mark;
};

struct Import {
    std::string name, space, location;  ///< an empty name: its elements are seen as one's own
    Mark mark;
};

struct Model {
    std::string name, space;  ///< `space`: the namespace others refer to it by
    std::vector<Import> imports;
    std::vector<ItemDefinition> types;
    std::vector<Element> elements;
    Mark mark;
    bool strict = false;  ///< what is ill-typed is an error, not null as the standard has it
};

}  // namespace workflow::decision
