#pragma once

/// A decision model as its author wrote it (DMN 1.5), from XML or YAML: values with positions.

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "../base/source.hpp"

namespace workflow::decision {

/// A FEEL text and its place. `mark` covers the text itself, so that a column inside it is
/// `mark.begin` plus the offset. Empty: not given.
struct Text {
    std::string text;
    Mark mark;
    [[nodiscard]] bool empty() const { return text.empty(); }
};

/// A name with the name of its type (DMN: information item). An empty type is `Any`.
struct Variable {
    std::string name, type;
    Mark mark;
};

/// The way in which the rules that apply produce one result (DMN 1.5, 8.2.8).
enum class HitPolicy : std::uint8_t {
    unique,        ///< at most one rule applies
    any,           ///< all rules that apply give the same result
    priority,      ///< the rule whose output comes first in the list of output values
    first,         ///< the first rule in the order of the rules
    rule_order,    ///< all, in the order of the rules
    output_order,  ///< all, in the order of the output values
    collect,       ///< all, combined by the aggregation
};

enum class Aggregation : std::uint8_t { none, sum, count, min, max };

struct Table;

/// A boxed expression (DMN 1.5, 7.3). The meaning of `parts` and `names` depends on the kind.
struct Logic {
    enum class Kind : std::uint8_t {
        none,         ///< no logic is given
        literal,      ///< `text`
        context,      ///< names: entries, parts: their values, then optionally the result
        invocation,   ///< parts: the function, then the arguments with the names `names`
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
    std::string type;  ///< the name of the result's type; empty: any
    std::vector<Variable> names;
    std::vector<Logic> parts;
    std::shared_ptr<const Table> table;
    Mark mark;
};

/// A decision table (DMN 1.5, 8).
struct Table {
    struct Input {
        /// the expression that is tested, and the unary tests that it must meet
        Text expression, values;
        std::string type;
        bool whole = false;  ///< only whole numbers: there is no value between 1 and 2
    };
    struct Output {
        std::string name, type;
        Text values;     ///< the values that it can have; their order is the priority
        Text otherwise;  ///< the result if no rule applies
        Mark mark;
    };
    struct Rule {
        std::vector<Text> tests;    ///< one per input; `-` or empty: any value
        std::vector<Text> results;  ///< one per output
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

/// `#id`, optionally preceded by the namespace of another model.
struct Reference {
    std::string space, id;
    Mark mark;
    std::string alias = {};  ///< the name by which it is visible; empty: its own name
};

/// A node of the decision requirements graph (DMN 1.5, 6.2).
struct Element {
    enum class Kind : std::uint8_t { input, decision, knowledge, service };
    Kind kind = Kind::decision;
    std::string id;
    Variable variable;  ///< the name by which others see it, and the type of its value
    std::vector<Reference> requires_information, requires_knowledge;
    Logic logic;  ///< of a decision; for business knowledge, its function
    // Of a service.
    std::vector<Reference> outputs, encapsulated, input_decisions, input_data;
    Mark mark;
};

struct Import {
    /// an empty name: its elements are visible like the model's own
    std::string name, space, location;
    Mark mark;
};

struct Model {
    std::string name, space;  ///< `space`: the namespace by which other models refer to it
    std::vector<Import> imports;
    std::vector<ItemDefinition> types;
    std::vector<Element> elements;
    Mark mark;
    bool strict = false;  ///< an ill-typed part is an error, not null as the standard requires
};

}  // namespace workflow::decision
