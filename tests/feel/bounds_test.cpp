#include <rapidcheck.h>

#include <fmt/format.h>

#include "feel_support.hpp"

namespace workflow::testing::bounds_test {

using namespace workflow::feel;

namespace {

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

}  // namespace

TEST_CASE("nesting and length of an expression are bounded") {
    const auto limited = [](const std::string& text) {
        const auto mistakes = mistakes_of(text);
        return !mistakes.empty() && mistakes.back().kind == Mistake::Kind::limit;
    };
    CHECK(limited(repeated("(", 1000) + "1" + repeated(")", 1000)));
    CHECK(limited(repeated("[", 30'000)));
    CHECK(limited(repeated("-", 1000) + "1"));
    CHECK(limited(repeated("[1..", 1000)));
    CHECK(limited(repeated("1 in ", 0) + repeated("not(", 100)));
    CHECK(limited(repeated("if true then 1 else ", 100) + "1"));
    CHECK(limited("1" + repeated("+1", 30'000)));
    CHECK(limited("anything" + repeated(".a", 20'000)));
    CHECK(limited("anything" + repeated("[1]", 20'000)));
    CHECK(limited(repeated(" ", 70'000) + "1"));
    CHECK(eval(repeated("(", 60) + "1" + repeated(")", 60)) == "1");
    CHECK(eval("1" + repeated("+1", 900)) == "901");
    CHECK(eval("true" + repeated(" and true", 7'000)) == "true");
}

TEST_CASE("what would run too long is null, whatever is made of it") {
    check_all({{"count(for a in 1..1000, b in 1..1000 return a)", "null"},
               {"is defined(count(for a in 1..1000, b in 1..1000 return a))", "null"},
               {"count(for a in 1..9000000000000000000 return a)", "null"},
               {"for a in 1..1000000 return a", "null"}});
}

TEST_CASE("what would grow too large is null") {
    // Each variable doubles what the one before it holds.
    const auto doubling = [](std::string_view first, std::string_view pair) {
        std::string text = "for x0 in [" + std::string(first) + "]";
        for (int i = 1; i < 50; ++i)
            text += fmt::format(", x{} in [{}]", i,
                                fmt::format(fmt::runtime(pair), fmt::format("x{}", i - 1)));
        return text + " return x49";
    };
    CHECK(eval(doubling("\"abcdefgh\"", "{0} + {0}")) == "null");
    CHECK(eval(doubling("1", "[{0}, {0}]")) == "null");
    CHECK(eval(doubling("1", "{{a: {0}, b: {0}}}")) == "null");
    CHECK(eval(doubling("[1]", "concatenate({0}, {0})")) == "null");
    CHECK(eval(doubling("\"a\"", "replace({0}, \"a\", \"aa\")")) == "null");
    CHECK(eval(doubling("\"a\"", "string join([{0}, {0}])")) == "null");
    CHECK(eval(doubling("1", "string([{0}, {0}])")) == "null");
    const auto text = fmt::format("string length(string join(for i in 1..50000 return \"{}\"))",
                                  std::string(60'000, 'x'));
    CHECK(eval(text) == "null");
}

TEST_CASE("a wrong name is told a bounded number of times") {
    const auto mistakes = mistakes_of("[" + repeated("agee, ", 5'000) + "1]");
    CHECK(mistakes.size() <= 60);
}

TEST_CASE("missing slots are null") {
    std::vector<Mistake> mistakes;
    const auto expression = compile("age > 1", scope(), mistakes);
    CHECK(expression.evaluate({}, moment()).is_null());
    CHECK(Expression().evaluate({}, moment()).is_null());
}

TEST_CASE("an expression knows which fields it reads") {
    std::vector<Mistake> mistakes;
    const auto expression = compile("age > 3 and (region = \"A\" or age < 2)", scope(), mistakes);
    CHECK(expression.reads() == std::vector<std::uint32_t>{0, 1});
}

TEST_CASE("any words of the language make an answer or a mistake within the text") {
    static const std::vector<std::string> words{"age",
                                                "region",
                                                "status",
                                                "birth date",
                                                "挂失",
                                                "rows",
                                                "anything",
                                                "null",
                                                "true",
                                                "1",
                                                "2.5",
                                                "-",
                                                "+",
                                                "*",
                                                "/",
                                                "**",
                                                "=",
                                                "!=",
                                                "<",
                                                ">=",
                                                "and",
                                                "or",
                                                "not(",
                                                "(",
                                                ")",
                                                "[",
                                                "]",
                                                "{",
                                                "}",
                                                ":",
                                                ",",
                                                ".",
                                                "..",
                                                "in",
                                                "if",
                                                "then",
                                                "else",
                                                "for",
                                                "return",
                                                "some",
                                                "every",
                                                "x",
                                                "a",
                                                "satisfies",
                                                "between",
                                                "count(",
                                                "sum(",
                                                "string(",
                                                "\"a\"",
                                                "\"\\\\",
                                                "@\"P1D\"",
                                                "today()",
                                                "@\"2026-03-02\"",
                                                "matches(",
                                                "instance of",
                                                "date(",
                                                "item",
                                                "replace(",
                                                "substring(",
                                                "number"};
    REQUIRE(rc::check("never throws", [] {
        std::string text;
        for (const auto& word :
             *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(words)))
            text += word + ' ';
        std::vector<Mistake> mistakes;
        const auto expression = compile(text, scope(), mistakes);
        RC_ASSERT(static_cast<bool>(expression) == mistakes.empty());
        for (const auto& mistake : mistakes) {
            RC_ASSERT(mistake.begin <= mistake.end);
            RC_ASSERT(mistake.end <= text.size());
            RC_ASSERT(!mistake.message.empty());
        }
        if (expression) (void)to_string(expression.evaluate(slots(), moment()));
    }));
}

TEST_CASE("an expression of the declared kinds answers in its type, or null") {
    static const std::vector<std::string> numbers{"age",   "1",           "2.5",
                                                  "birth", "count(rows)", "(age / 0)"};
    static const std::vector<std::string> operators{" + ", " - ", " * ", " / ", " ** "};
    static const std::vector<std::string> orders{" < ", " <= ", " = ", " != ", " > "};
    REQUIRE(rc::check("as typed", [] {
        const auto pick = [](const auto& from) { return *rc::gen::elementOf(from); };
        const auto number = pick(numbers) + pick(operators) + pick(numbers);
        const auto truth = number + pick(orders) + pick(numbers);
        std::vector<Mistake> mistakes;
        const auto sum = compile(number, scope(), mistakes);
        const auto test = compile(truth + " or " + truth, scope(), mistakes);
        RC_ASSERT(mistakes.empty());
        const auto a = sum.evaluate(slots(), moment());
        RC_ASSERT(a.is_null() || a.as<workflow::Decimal>());
        const auto b = test.evaluate(slots(), moment());
        RC_ASSERT(b.is_null() || b.as<bool>());
    }));
}

}  // namespace workflow::testing::bounds_test
