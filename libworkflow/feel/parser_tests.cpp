// The tests of `in`, and unary tests (DMN 1.5, rules 7 and 14 to 16).

#include <array>

#include "grammar.hpp"

namespace workflow::feel {
Node Grammar::membership(Node value) {
    // A parenthesis contains a list of tests, unless it is a range: `(1..5]`, `(< 5)`.
    const bool equality = is("=", 1) || is("!=", 1);
    if (!is("(") || (opens_range() && !equality)) {
        const auto begin = value.begin;
        auto one = test(false);
        return node(Operator::in, begin, parts(std::move(value), std::move(one)));
    }
    take("(");
    auto made = tests(std::move(value), Operator::in);
    expect(")", "after the tests of `in`");
    made.end = tokens_[at_ - 1].end;
    return made;
}

/// Parses tests, separated by commas.
Node Grammar::tests(Node value, Operator op) {
    const auto begin = value.begin;
    auto all = parts(std::move(value));
    do all.push_back(test(true));
    while (take(","));
    return node(op, begin, std::move(all));
}

/// Parses one unary test: `< 5`, `[1..5]`, a value, a list; with `?`, a condition. `alone`: between
/// commas, so that any expression is allowed.
Node Grammar::test(bool alone) {
    static constexpr std::array<OperatorSign, 6> operators{{{"<=", Operator::test_less_equal},
                                                            {">=", Operator::test_greater_equal},
                                                            {"!=", Operator::test_not_equal},
                                                            {"=", Operator::test_equal},
                                                            {"<", Operator::test_less},
                                                            {">", Operator::test_greater}}};
    const auto begin = peek().begin;
    for (const auto& [symbol, op] : operators)
        if (take(symbol)) {
            auto end = sum();
            return node(op, begin, parts(std::move(end)));
        }
    const bool outer = std::exchange(asks_input_, false);
    auto value = alone ? expression() : sum();
    const bool asks = std::exchange(asks_input_, outer);
    return node(asks ? Operator::test_holds : Operator::test_value, begin, parts(std::move(value)));
}

std::optional<Node> Grammar::run_tests(std::uint32_t input) {
    if (!mistakes_.empty()) return {};
    input_ = input;
    try {
        Node value;
        value.op = Operator::slot;
        value.index = input;
        if (is("-") && peek(1).kind == TokenKind::end) {
            ++at_;
            return constant(0, Value(true));
        }
        // `not(...)` around all tests; otherwise it is the function.
        const auto first = at_;
        if (is("not") && is("(", 1)) {
            at_ += 2;
            auto made = tests(value, Operator::none_of);
            if (take(")") && peek().kind == TokenKind::end) return made;
            at_ = first;
        }
        auto made = tests(std::move(value), Operator::in);
        if (peek().kind != TokenKind::end) stop("the tests should end here");
        return made;
    } catch (const Stop&) {
        return {};
    }
}

}  // namespace workflow::feel
