// Tokens, and the levels of operators from the loosest to the tightest.

#include "parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "grammar.hpp"

namespace workflow::feel {
namespace {

constexpr std::array<std::string_view, 16> keywords{
    "if",  "then", "else", "for",     "return",   "some", "every", "satisfies",
    "and", "or",   "in",   "between", "instance", "true", "false", "null"};

struct Binary {
    std::string_view symbol;
    Operator op;
};

template <class... Parts>
std::vector<Node> parts(Parts... nodes) {
    std::vector<Node> list;
    list.reserve(sizeof...(nodes));
    (list.push_back(std::move(nodes)), ...);
    return list;
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

// ---------------------------------------------------------------- levels, loosest first

Node Grammar::expression() {
    const Deeper deeper(*this);
    const auto begin = peek().begin;
    if (is("if")) return condition(begin);
    if (is("for") || is("some") || is("every")) return loop(begin);
    return disjunction();
}

Node Grammar::condition(std::uint32_t begin) {
    take("if");
    auto test = expression();
    expect("then", "after the condition of this `if`");
    auto yes = expression();
    expect("else", "in this `if`: FEEL wants both answers");
    auto no = expression();
    return node(Operator::condition, begin, parts(std::move(test), std::move(yes), std::move(no)));
}

Node Grammar::loop(std::uint32_t begin) {
    const auto op = is("for") ? Operator::loop : is("some") ? Operator::some : Operator::every;
    ++at_;
    Node made = node(op, begin);
    made.index = static_cast<std::uint32_t>(locals_.size());
    do {
        if (peek().kind != TokenKind::name) stop("the name of a variable is missing");
        made.names.emplace_back(peek().text);
        ++at_;
        expect("in", "after the variable");
        made.parts.push_back(range_or_expression());
        locals_.push_back(made.names.back());
        // Each variable is one more level when it runs.
        if (made.names.size() > static_cast<std::size_t>(deepest_expression))
            stop("there are too many variables");
    } while (take(","));
    expect(op == Operator::loop ? "return" : "satisfies", "before what is said of each one");
    made.parts.push_back(expression());
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
    return node(Operator::range, begin, parts(std::move(low), std::move(high)));
}

/// `a or b or c` is one node of three parts, however many there are.
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
    static constexpr std::array<Binary, 6> operators{{{"=", Operator::equal},
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
                    stop("comparisons cannot stand in a row",
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
        made.name = type_name();
        made.end = tokens_[at_ - 1].end;
        return made;
    }
    return left;
}

std::string Grammar::type_name() {
    static constexpr std::array<std::string_view, 13> known{"years and months duration",
                                                            "days and time duration",
                                                            "date and time",
                                                            "boolean",
                                                            "context",
                                                            "number",
                                                            "string",
                                                            "range",
                                                            "date",
                                                            "list",
                                                            "null",
                                                            "time",
                                                            "Any"};
    for (const auto name : known)
        if (const auto count = spells(name)) {
            at_ += count;
            return std::string(name);
        }
    stop("the name of a type is missing", fmt::format("one of: {}", fmt::join(known, ", ")));
}

Node Grammar::membership(Node value) {
    const auto begin = value.begin;
    auto all = parts(std::move(value));
    // A parenthesis holds a list of tests, unless it begins a range: `(1..5]`.
    if (is("(") && !opens_range()) {
        take("(");
        do all.push_back(test());
        while (take(","));
        expect(")", "after the tests of `in`");
    } else {
        all.push_back(test());
    }
    return node(Operator::in, begin, std::move(all));
}

/// One unary test: `< 5`, `[1..5]`, a value, a list.
Node Grammar::test() {
    static constexpr std::array<Binary, 4> operators{{{"<=", Operator::test_less_equal},
                                                      {">=", Operator::test_greater_equal},
                                                      {"<", Operator::test_less},
                                                      {">", Operator::test_greater}}};
    const auto begin = peek().begin;
    for (const auto& [symbol, op] : operators)
        if (take(symbol)) {
            auto end = sum();
            return node(op, begin, parts(std::move(end)));
        }
    auto value = sum();
    return node(Operator::test_value, begin, parts(std::move(value)));
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
                stop("the name of an entry is missing after the point");
            auto name = entry_name();
            left = around(Operator::path, std::move(left));
            left.name = std::move(name);
        } else if (is("[")) {
            left = filter(std::move(left));
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

/// Properties of values may have two words: `time offset`, `start included`.
std::string Grammar::entry_name() {
    for (const std::string_view two : {"time offset", "start included", "end included"})
        if (const auto count = spells(two)) {
            at_ += count;
            return std::string(two);
        }
    std::string name(peek().text);
    ++at_;
    return name;
}

std::optional<Node> Grammar::run() {
    if (!mistakes_.empty()) return {};
    try {
        auto node = expression();
        if (peek().kind != TokenKind::end)
            stop("the expression should end here",
                 peek().kind == TokenKind::name ? "join two conditions with and / or" : "");
        return node;
    } catch (const Stop&) {
        return {};
    }
}

std::optional<Node> parse(std::string_view text, const Scope& scope,
                          std::vector<Mistake>& mistakes) {
    if (text.size() > longest_expression) {
        mistakes.push_back(
            {Mistake::Kind::limit, 0, 1,
             fmt::format("the expression is longer than {} bytes", longest_expression), ""});
        return {};
    }
    // What earlier expressions got wrong does not keep this one from being read.
    std::vector<Mistake> found;
    auto tree = Grammar(text, scope, found).run();
    mistakes.insert(mistakes.end(), std::make_move_iterator(found.begin()),
                    std::make_move_iterator(found.end()));
    return tree;
}

}  // namespace workflow::feel
