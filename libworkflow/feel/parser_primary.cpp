// Primary expressions: numbers, texts, dates, parentheses, lists, ranges, contexts.

#include <fmt/format.h>

#include <algorithm>

#include "../base/decimal.hpp"
#include "grammar.hpp"
#include "temporal.hpp"

namespace workflow::feel {

Node Grammar::primary() {
    const auto token = peek();
    switch (token.kind) {
        case TokenKind::number:
            return number();
        case TokenKind::string:
            ++at_;
            return constant(token.begin, Value(unquote(token.text)));
        case TokenKind::at_string:
            return temporal();
        case TokenKind::name:
            return name_or_call();
        case TokenKind::symbol:
            if (token.text == "(") return parenthesis();
            if (token.text == "[") return bracket();
            if (token.text == "]" && opens_range()) return range_literal(false);
            if (token.text == "{") return context();
            if (token.text == "?" && input_) {
                ++at_;
                asks_input_ = true;
                auto made = node(Operator::slot, token.begin);
                made.index = *input_;
                made.name = "?";
                return made;
            }
            break;
        case TokenKind::end:
            stop("the expression ends too early");
    }
    std::string hint;
    if (token.text == "&" || token.text == "|" || token.text == "!") hint = "write and, or, not(x)";
    if (token.text == "'") stop("this character has no meaning here", "put texts in double quotes");
    if (token.text == "?") hint = "write if ... then ... else ...";
    stop(fmt::format("a value is expected here, not `{}`", token.text), std::move(hint));
}

Node Grammar::number() {
    const auto token = peek();
    const auto value = parse_decimal(token.text);
    if (!value) stop("this number is too large");
    ++at_;
    return constant(token.begin, Value(*value));
}

Node Grammar::temporal() {
    const auto token = peek();
    const auto value = parse_temporal(unquote(token.text));
    if (!value)
        stop("this is not a date, time or duration", "for example @\"2026-03-02\" or @\"P10D\"");
    ++at_;
    return constant(token.begin, *value);
}

/// Returns whether the bracket here opens a range: it has `..` before it closes, or is `(< 5)`.
bool Grammar::opens_range() const {
    const auto next = peek(1).text;
    // These have their own ranges: `(for i in 1..3 return i)`.
    if (next == "for" || next == "some" || next == "every") return false;
    const bool unary = next == "<" || next == "<=" || next == ">" || next == ">=" || next == "=";
    if (is("(") && unary && peek(1).kind == TokenKind::symbol) {
        int depth = 1;
        for (std::size_t i = at_ + 1; i < tokens_.size() && depth > 0; ++i) {
            const auto text = tokens_[i].text;
            if (tokens_[i].kind != TokenKind::symbol) continue;
            if (text == "," && depth == 1) return false;
            if (text == "(" || text == "[" || text == "{") ++depth;
            if (text == ")" || text == "]" || text == "}") --depth;
        }
        return true;
    }
    int depth = 1;
    for (std::size_t i = at_ + 1; i < tokens_.size(); ++i) {
        const auto text = tokens_[i].text;
        if (tokens_[i].kind != TokenKind::symbol) continue;
        if (text == ".." && depth == 1) return true;
        if (text == "," && depth == 1) return false;
        if (text == "(" || text == "[" || text == "{") ++depth;
        if (text == ")" || text == "]" || text == "}") --depth;
        if (depth == 0) return false;
    }
    return false;
}

/// `(< 5)`, `(>= 10)`: a range with one end.
Node Grammar::open_range() {
    const Deeper deeper(*this);
    const auto begin = peek().begin;
    take("(");
    const auto symbol = peek().text;
    ++at_;
    auto end = sum();
    expect(")", "to close the range");
    auto none = constant(begin, Value());
    std::vector<Node> ends;
    if (symbol == "=") {
        ends.push_back(end);
        ends.push_back(std::move(end));
        return node(Operator::range, begin, std::move(ends));
    }
    const bool upper = symbol.starts_with('<');
    ends.push_back(upper ? std::move(none) : std::move(end));
    ends.push_back(upper ? std::move(end) : constant(begin, Value()));
    auto made = node(Operator::range, begin, std::move(ends));
    made.low_included = !upper && symbol == ">=";
    made.high_included = upper && symbol == "<=";
    made.name = symbol;
    return made;
}

/// Parses a range from the opening bracket on. `]1..5[` is another notation for `(1..5)`.
Node Grammar::range_literal(bool low_included) {
    const Deeper deeper(*this);
    const auto begin = peek().begin;
    ++at_;
    auto low = sum();
    expect("..", "between the ends of the range");
    auto high = sum();
    const bool high_included = is("]");
    if (!take("]") && !take(")") && !take("["))
        stop("the range is not closed", "close it with ] or )");
    std::vector<Node> ends;
    ends.push_back(std::move(low));
    ends.push_back(std::move(high));
    auto made = node(Operator::range, begin, std::move(ends));
    made.low_included = low_included;
    made.high_included = high_included;
    return made;
}

Node Grammar::parenthesis() {
    if (opens_range()) {
        const auto next = peek(1).text;
        const bool unary = next.starts_with('<') || next.starts_with('>') || next == "=";
        return unary && peek(1).kind == TokenKind::symbol ? open_range() : range_literal(false);
    }
    take("(");
    auto inside = expression();
    expect(")", "to close the parenthesis");
    return inside;
}

Node Grammar::bracket() {
    if (opens_range()) return range_literal(true);
    const auto begin = peek().begin;
    take("[");
    std::vector<Node> items;
    if (!is("]")) {
        do items.push_back(expression());
        while (take(","));
    }
    expect("]", "to close the list");
    return node(Operator::list, begin, std::move(items));
}

/// Reads the key of an entry: a text, or everything up to the colon.
std::string Grammar::context_key() {
    if (peek().kind == TokenKind::string) {
        auto name = unquote(peek().text);
        ++at_;
        return name;
    }
    return variable_name(":");
}

Node Grammar::context() {
    const Deeper deeper(*this);
    const auto begin = peek().begin;
    take("{");
    std::vector<std::string> names;
    std::vector<Node> values;
    const auto first_local = locals_.size();
    if (!is("}")) {
        do {
            const auto first = at_;
            auto name = context_key();
            if (std::find(names.begin(), names.end(), name) != names.end()) {
                at_ = first;
                stop(fmt::format("the entry `{}` is given twice", name));
            }
            expect(":", "after the name of the entry");
            // A context with many entries is searched for each of its names.
            if (names.size() >= static_cast<std::size_t>(longest_chain))
                stop("the context has too many entries");
            values.push_back(expression());
            // Each entry can use the entries before it.
            locals_.push_back(name);
            names.push_back(std::move(name));
        } while (take(","));
    }
    expect("}", "to close the context");
    locals_.resize(first_local);
    auto made = node(Operator::context, begin, std::move(values));
    made.index = static_cast<std::uint32_t>(first_local);
    made.names = std::move(names);
    return made;
}

}  // namespace workflow::feel
