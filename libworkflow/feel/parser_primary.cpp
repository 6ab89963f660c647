// What stands for itself: numbers, texts, dates, parentheses, lists, ranges, contexts.

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
            break;
        case TokenKind::end:
            stop("the expression ends too early");
    }
    std::string hint;
    if (token.text == "&" || token.text == "|" || token.text == "!") hint = "write and, or, not(x)";
    if (token.text == "?") hint = "write if ... then ... else ...";
    stop(fmt::format("a value should stand here, not `{}`", token.text), std::move(hint));
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

/// Does what begins here, with a bracket, have `..` before it closes?
bool Grammar::opens_range() const {
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

/// From the opening bracket on. `]1..5[` is another way to write `(1..5)`.
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
    if (opens_range()) return range_literal(false);
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

Node Grammar::context() {
    const auto begin = peek().begin;
    take("{");
    std::vector<std::string> names;
    std::vector<Node> values;
    if (!is("}")) {
        do {
            const auto first = at_;
            std::string name;
            if (peek().kind == TokenKind::string) {
                name = unquote(peek().text);
                ++at_;
            } else {
                while (peek().kind == TokenKind::name) {
                    if (!name.empty()) name += ' ';
                    name += peek().text;
                    ++at_;
                }
            }
            if (name.empty()) stop("the name of an entry is missing");
            if (std::find(names.begin(), names.end(), name) != names.end()) {
                at_ = first;
                stop(fmt::format("the entry `{}` is there twice", name));
            }
            expect(":", "after the name of the entry");
            // A wide context is looked through for each of its names.
            if (names.size() >= static_cast<std::size_t>(longest_chain))
                stop("the context has too many entries");
            names.push_back(std::move(name));
            values.push_back(expression());
        } while (take(","));
    }
    expect("}", "to close the context");
    auto made = node(Operator::context, begin, std::move(values));
    made.names = std::move(names);
    return made;
}

}  // namespace workflow::feel
