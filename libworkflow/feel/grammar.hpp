#pragma once

/// The grammar of FEEL, a method a rule. Inside of the parser; others use parse().

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ast.hpp"
#include "lexer.hpp"
#include "parser.hpp"

namespace workflow::feel {

class Grammar {
public:
    Grammar(std::string_view text, const Scope& scope, std::vector<Mistake>& mistakes)
        : text_(text), scope_(scope), mistakes_(mistakes), tokens_(tokenize(text, mistakes)) {}

    std::optional<Node> run();

private:
    /// Thrown at the first syntax mistake: what follows it would only be guessed at.
    struct Stop {};

    /// One level of nesting; too many are a mistake.
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
    /// A node around `inner` that makes the tree one deeper without nesting in the text.
    Node around(Operator op, Node inner, std::vector<Node> more = {});

    // Levels, loosest first.
    Node expression();
    Node condition(std::uint32_t begin);
    Node loop(std::uint32_t begin);
    Node range_or_expression();
    Node disjunction();
    Node conjunction();
    Node comparison();
    Node membership(Node value);
    Node test();
    Node sum();
    Node product();
    Node powers();
    Node negation();
    Node postfix();
    Node filter(Node from);
    std::string entry_name();
    std::string type_name();

    // What stands for itself.
    Node primary();
    Node number();
    Node temporal();
    bool opens_range() const;
    Node range_literal(bool low_included);
    Node parenthesis();
    Node bracket();
    Node context();

    // Names and calls.
    std::size_t spells(std::string_view name) const;
    Node name_or_call();
    Node unknown(std::uint32_t begin);
    Node call(std::uint32_t begin, const Builtin& builtin);
    void check_count(const Node& call);
    std::pair<std::size_t, std::size_t> argument_name(const Builtin& builtin) const;
    std::vector<Node> named_arguments(const Builtin& builtin);

    std::string_view text_;
    const Scope& scope_;
    std::vector<Mistake>& mistakes_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    int depth_ = 0;
    int chained_ = 0;
    std::vector<std::string> locals_;
    std::vector<std::uint32_t> items_;  ///< the locals that are items of filters
};

}  // namespace workflow::feel
