// Tokens, and the precedence levels of operators, lowest first.

#include "parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "grammar.hpp"

namespace workflow::feel {
namespace {

constexpr std::array<std::string_view, 17> keywords{
    "if", "then", "else",    "for",      "return", "some",  "every", "satisfies", "and",
    "or", "in",   "between", "instance", "true",   "false", "null",  "function"};

/// Returns whether the token may begin an expression. The token after a bracket that closes a range
/// may not: `[1..10[`.
bool begins_expression(const Token& token) {
    if (token.kind == TokenKind::end) return false;
    if (token.kind == TokenKind::name)
        return token.text != "and" && token.text != "or" && token.text != "in" &&
               token.text != "between" && token.text != "instance" && token.text != "then" &&
               token.text != "else" && token.text != "return" && token.text != "satisfies";
    return token.kind != TokenKind::symbol || token.text == "(" || token.text == "[" ||
           token.text == "{" || token.text == "-" || token.text == "?";
}

}  // namespace

// ---------------------------------------------------------------- tokens

const Token& Grammar::peek(std::size_t ahead) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

bool Grammar::is(std::string_view word, std::size_t ahead) const {
    const auto& token = peek(ahead);
    return (token.kind == TokenKind::symbol || token.kind == TokenKind::name) && token.text == word;
}

bool Grammar::take(std::string_view word) {
    if (!is(word)) return false;
    ++at_;
    return true;
}

void Grammar::expect(std::string_view word, std::string_view where) {
    if (!take(word)) stop(fmt::format("`{}` is missing {}", word, where));
}

void Grammar::stop(std::string message, std::string hint) {
    const auto& token = peek();
    const auto end = std::max(token.end, token.begin + (token.begin < text_.size() ? 1U : 0U));
    mistakes_.push_back(
        {Mistake::Kind::syntax, token.begin, end, std::move(message), std::move(hint)});
    throw Stop{};
}

bool Grammar::at_keyword() const {
    return std::find(keywords.begin(), keywords.end(), peek().text) != keywords.end();
}

Grammar::Deeper::Deeper(Grammar& grammar) : grammar_(grammar) {
    if (grammar_.depth_ >= deepest_expression) {
        const auto& token = grammar_.peek();
        grammar_.mistakes_.push_back(
            {Mistake::Kind::limit, token.begin, token.end,
             fmt::format("the expression is nested more than {} deep", deepest_expression),
             "split it into several fields or conditions"});
        throw Stop{};
    }
    ++grammar_.depth_;
}

// ---------------------------------------------------------------- nodes

Node Grammar::node(Operator op, std::uint32_t begin, std::vector<Node> inner) const {
    Node made;
    made.op = op;
    made.begin = begin;
    made.end = at_ > 0 ? tokens_[at_ - 1].end : begin;
    made.parts = std::move(inner);
    return made;
}

Node Grammar::constant(std::uint32_t begin, Value value) const {
    auto made = node(Operator::constant, begin);
    made.value = std::move(value);
    return made;
}

Node Grammar::around(Operator op, Node inner, std::vector<Node> more) {
    if (++chained_ > longest_chain) {
        const auto& token = peek();
        mistakes_.push_back(
            {Mistake::Kind::limit, token.begin, token.end,
             fmt::format("the expression has more than {} operators in a row", longest_chain),
             "use a list with sum(...) or string join(...)"});
        throw Stop{};
    }
    const auto begin = inner.begin;
    std::vector<Node> all;
    all.reserve(1 + more.size());
    all.push_back(std::move(inner));
    for (auto& one : more) all.push_back(std::move(one));
    return node(op, begin, std::move(all));
}

// ---------------------------------------------------------------- levels, lowest precedence first

Node Grammar::expression() {
    const Deeper deeper(*this);
    const auto begin = peek().begin;
    if (is("if")) return condition(begin);
    if (is("for") || is("some") || is("every")) return loop(begin);
    if (is("function") && is("(", 1)) return function(begin);
    return disjunction();
}

Node Grammar::condition(std::uint32_t begin) {
    take("if");
    auto test = expression();
    expect("then", "after the condition of this `if`");
    auto yes = expression();
    expect("else", "in this `if`: FEEL requires both branches");
    auto no = expression();
    return node(Operator::condition, begin, parts(std::move(test), std::move(yes), std::move(no)));
}

Node Grammar::loop(std::uint32_t begin) {
    const auto op = is("for") ? Operator::loop : is("some") ? Operator::some : Operator::every;
    ++at_;
    Node made = node(op, begin);
    made.index = static_cast<std::uint32_t>(locals_.size());
    do {
        made.names.push_back(variable_name("in"));
        expect("in", "after the variable");
        made.parts.push_back(range_or_expression());
        locals_.push_back(made.names.back());
        // Each variable is one more level at evaluation.
        if (made.names.size() > static_cast<std::size_t>(deepest_expression))
            stop("there are too many variables");
    } while (take(","));
    expect(op == Operator::loop ? "return" : "satisfies", "before the condition on each one");
    // The results so far.
    if (op == Operator::loop) locals_.emplace_back("partial");
    const bool outer = std::exchange(reads_partial_, false);
    made.parts.push_back(expression());
    made.sees_partial = op == Operator::loop && reads_partial_;
    reads_partial_ = outer || (reads_partial_ && !made.sees_partial);
    locals_.resize(made.index);
    made.end = tokens_[at_ - 1].end;
    return made;
}

/// `for i in 1..3`
Node Grammar::range_or_expression() {
    const auto begin = peek().begin;
    auto low = expression();
    if (!take("..")) return low;
    auto high = expression();
    auto made = node(Operator::range, begin, parts(std::move(low), std::move(high)));
    made.name = "..";  // to be iterated over, possibly in descending order
    return made;
}

/// `function(a, b: number) a + b`
Node Grammar::function(std::uint32_t begin) {
    at_ += 2;
    auto made = node(Operator::function, begin);
    made.index = static_cast<std::uint32_t>(locals_.size());
    if (!is(")")) {
        do {
            made.names.push_back(variable_name(":"));
            made.types.push_back(take(":") ? type_name() : Type());
        } while (take(","));
    }
    expect(")", "after the parameters of the function");
    if (made.names.size() > static_cast<std::size_t>(deepest_expression))
        stop("there are too many parameters");
    if (take("external")) made.op = Operator::external;
    // The body of a function cannot use the entries of a filter's item outside it.
    const auto items = std::exchange(items_, {});
    locals_.insert(locals_.end(), made.names.begin(), made.names.end());
    made.parts.push_back(expression());
    locals_.resize(made.index);
    items_ = items;
    made.end = tokens_[at_ - 1].end;
    return made;
}

/// `a or b or c` is one node with three parts, for any number of parts.
Node Grammar::disjunction() {
    auto first = conjunction();
    if (!is("or")) return first;
    const auto begin = first.begin;
    auto all = parts(std::move(first));
    while (take("or")) all.push_back(conjunction());
    return node(Operator::either, begin, std::move(all));
}

Node Grammar::conjunction() {
    auto first = comparison();
    if (!is("and")) return first;
    const auto begin = first.begin;
    auto all = parts(std::move(first));
    while (take("and")) all.push_back(comparison());
    return node(Operator::both, begin, std::move(all));
}

Node Grammar::comparison() {
    static constexpr std::array<OperatorSign, 6> operators{{{"=", Operator::equal},
                                                            {"!=", Operator::not_equal},
                                                            {"<=", Operator::less_equal},
                                                            {">=", Operator::greater_equal},
                                                            {"<", Operator::less},
                                                            {">", Operator::greater}}};
    auto left = sum();
    const auto begin = left.begin;
    for (const auto& [symbol, op] : operators)
        if (take(symbol)) {
            auto right = sum();
            for (const auto& another : operators)
                if (is(another.symbol))
                    stop("comparisons cannot be chained",
                         "write `a < b and b < c`, or `b in (a..c)`");
            return node(op, begin, parts(std::move(left), std::move(right)));
        }
    if (take("between")) {
        auto low = sum();
        expect("and", "between the two ends");
        auto high = sum();
        return node(Operator::between, begin,
                    parts(std::move(left), std::move(low), std::move(high)));
    }
    if (take("in")) return membership(std::move(left));
    if (is("instance") && is("of", 1)) {
        at_ += 2;
        auto made = node(Operator::instance_of, begin, parts(std::move(left)));
        made.types.push_back(type_name());
        made.end = tokens_[at_ - 1].end;
        return made;
    }
    return left;
}

Node Grammar::sum() {
    auto left = product();
    while (is("+") || is("-")) {
        const auto op = take("+") ? Operator::add : (take("-"), Operator::subtract);
        auto right = product();
        left = around(op, std::move(left), parts(std::move(right)));
    }
    return left;
}

Node Grammar::product() {
    auto left = powers();
    while (is("*") || is("/")) {
        const auto op = take("*") ? Operator::multiply : (take("/"), Operator::divide);
        auto right = powers();
        left = around(op, std::move(left), parts(std::move(right)));
    }
    return left;
}

Node Grammar::powers() {
    auto left = negation();
    while (take("**")) {
        auto right = negation();
        left = around(Operator::power, std::move(left), parts(std::move(right)));
    }
    return left;
}

Node Grammar::negation() {
    const auto begin = peek().begin;
    if (!take("-")) return postfix();
    const Deeper deeper(*this);
    auto inner = negation();
    return node(Operator::negate, begin, parts(std::move(inner)));
}

Node Grammar::postfix() {
    auto left = primary();
    while (true) {
        if (take(".")) {
            if (peek().kind != TokenKind::name)
                stop("the name of an entry is missing after the dot");
            auto name = entry_name(left);
            left = around(Operator::path, std::move(left));
            left.name = std::move(name);
        } else if (is("[") && !opens_range() && begins_expression(peek(1))) {
            left = filter(std::move(left));
        } else if (is("(")) {
            left = invocation(std::move(left));
        } else {
            return left;
        }
    }
}

Node Grammar::filter(Node from) {
    take("[");
    const auto first = static_cast<std::uint32_t>(locals_.size());
    locals_.emplace_back("item");
    items_.push_back(first);
    auto inside = expression();
    items_.pop_back();
    locals_.pop_back();
    expect("]", "after the filter");
    auto made = around(Operator::filter, std::move(from), parts(std::move(inside)));
    made.index = first;
    return made;
}

std::optional<Node> Grammar::run() {
    if (!mistakes_.empty()) return {};
    try {
        auto node = expression();
        if (peek().kind != TokenKind::end)
            stop("the expression should end here", peek().kind == TokenKind::name
                                                       ? "join two conditions with and / or"
                                                   : is("&") || is("|") ? "write and, or, not(x)"
                                                                        : "");
        return node;
    } catch (const Stop&) {
        return {};
    }
}

namespace {

/// Parses with `read`, unless the text is too long.
template <class Read>
std::optional<Node> parsed(std::string_view text, const Scope& scope,
                           std::vector<Mistake>& mistakes, Read&& read) {
    if (text.size() > longest_expression) {
        mistakes.push_back(
            {Mistake::Kind::limit, 0, 1,
             fmt::format("the expression is longer than {} bytes", longest_expression), ""});
        return {};
    }
    // Mistakes in earlier expressions do not prevent this one from being parsed.
    std::vector<Mistake> found;
    Grammar grammar(text, scope, found);
    auto tree = read(grammar);
    mistakes.insert(mistakes.end(), std::make_move_iterator(found.begin()),
                    std::make_move_iterator(found.end()));
    return tree;
}

}  // namespace

std::optional<Node> parse(std::string_view text, const Scope& scope,
                          std::vector<Mistake>& mistakes) {
    return parsed(text, scope, mistakes, [](Grammar& grammar) { return grammar.run(); });
}

std::optional<Node> parse_tests(std::string_view text, const Scope& scope,
                                std::vector<Mistake>& mistakes) {
    const auto input = static_cast<std::uint32_t>(scope.names.size());
    return parsed(text, scope, mistakes,
                  [&](Grammar& grammar) { return grammar.run_tests(input); });
}

}  // namespace workflow::feel
