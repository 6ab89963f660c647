#pragma once

/// The grammar of FEEL, one method per rule. Internal to the parser; other code uses parse().

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ast.hpp"
#include "builtins/table.hpp"
#include "lexer.hpp"
#include "parser.hpp"

namespace workflow::feel {

/// An operator between two values, or before a test.
struct OperatorSign {
    std::string_view symbol;
    Operator op;
};

/// Moves nodes into a list.
template <class... Parts>
std::vector<Node> parts(Parts... nodes) {
    std::vector<Node> list;
    list.reserve(sizeof...(nodes));
    (list.push_back(std::move(nodes)), ...);
    return list;
}

class Grammar {
public:
    Grammar(std::string_view text, const Scope& scope, std::vector<Mistake>& mistakes)
        : text_(text), scope_(scope), mistakes_(mistakes), tokens_(tokenize(text, mistakes)) {}

    std::optional<Node> run();
    /// Parses the unary tests of the value in slot `input`.
    std::optional<Node> run_tests(std::uint32_t input);

private:
    /// Thrown at the first syntax mistake: later mistakes would only be guesses.
    struct Stop {};

    /// One level of nesting. Too many levels are a mistake.
    class Deeper {
    public:
        explicit Deeper(Grammar& grammar);
        ~Deeper() { --grammar_.depth_; }
        Deeper(const Deeper&) = delete;
        Deeper& operator=(const Deeper&) = delete;

    private:
        Grammar& grammar_;
    };

    // Tokens.
    const Token& peek(std::size_t ahead = 0) const;
    bool is(std::string_view word, std::size_t ahead = 0) const;
    bool take(std::string_view word);
    void expect(std::string_view word, std::string_view where);
    [[noreturn]] void stop(std::string message, std::string hint = {});
    bool at_keyword() const;

    // Nodes.
    Node node(Operator op, std::uint32_t begin, std::vector<Node> parts = {}) const;
    Node constant(std::uint32_t begin, Value value) const;
    /// Returns a node around `inner` that makes the tree one level deeper without nesting in the
    /// text.
    Node around(Operator op, Node inner, std::vector<Node> more = {});

    // Precedence levels, lowest first.
    Node expression();
    Node condition(std::uint32_t begin);
    Node loop(std::uint32_t begin);
    Node range_or_expression();
    Node function(std::uint32_t begin);
    Node disjunction();
    Node conjunction();
    Node comparison();
    Node membership(Node value);
    Node tests(Node value, Operator op);
    Node test(bool alone);
    Node sum();
    Node product();
    Node powers();
    Node negation();
    Node postfix();
    Node filter(Node from);
    Node invocation(Node callee);
    std::string entry_name(const Node& from);
    const Type* known_type(const Node& node) const;
    Type type_name();
    Type type_in_brackets(Kind kind);

    // Literals and other primary expressions.
    Node primary();
    Node number();
    Node temporal();
    bool opens_range() const;
    Node range_literal(bool low_included);
    Node open_range();
    Node parenthesis();
    Node bracket();
    Node context();
    std::string context_key();

    // Names and calls.
    std::size_t spells(std::string_view name) const;
    Node name_or_call();
    Node local(std::uint32_t begin, std::size_t index);
    Node unknown(std::uint32_t begin);
    std::string variable_name(std::string_view ends_before);
    struct Arguments {
        std::vector<Node> values;
        std::vector<std::string> names;  ///< empty: by position
    };
    Arguments arguments();
    std::size_t argument_name() const;
    Node call(std::uint32_t begin, std::string_view name);
    void wrong_arguments(const Node& call, std::string_view name, const Arguments& given);

    std::string_view text_;
    const Scope& scope_;
    std::vector<Mistake>& mistakes_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    int depth_ = 0;
    int chained_ = 0;
    std::vector<std::string> locals_;
    std::vector<std::uint32_t> items_;    ///< the locals that are the items of filters
    std::optional<std::uint32_t> input_;  ///< the slot that `?` refers to
    bool asks_input_ = false;             ///< whether `?` was read
    bool reads_partial_ = false;          ///< whether a variable with this name was read
};

}  // namespace workflow::feel
