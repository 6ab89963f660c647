// Where a plausible engine and the standard answer differently: an answer that is not known is
// null, never a guess that looks like one.

#include <catch2/catch.hpp>

#include "feel/expression.hpp"

namespace workflow::testing::standard_answers_test {

using namespace workflow::feel;

namespace {

std::string answer(std::string_view text) {
    const auto type = [](Kind kind) {
        Type made;
        made.kind = kind;
        return made;
    };
    static const Scope scope{{{"age", type(Kind::number)}, {"least", type(Kind::number)}}, {}};
    static const std::vector<Value> slots{Value(decimal_of(20)), Value()};
    std::vector<Mistake> mistakes;
    const auto expression = compile(text, scope, mistakes);
    if (!mistakes.empty()) return mistakes[0].message;
    return to_string(expression.evaluate(
        slots, {*parse_instant("2026-03-02T09:30:00+08:00", UtcOffset{480}), UtcOffset{480}}));
}

}  // namespace

TEST_CASE("a range with an end that is not given answers null, not as if it had no bound") {
    for (const char* text : {"age in [least..100]", "age in (1..least)", "age in ([least..100])",
                             "5 in (null..10]", "5 in [1..null]", "[least..100]"}) {
        INFO(text);
        CHECK(answer(text) == "null");
    }
    CHECK(answer("age in ([least..100], 20)") == "true");
    CHECK(answer("age in [1..100]") == "true");
}

TEST_CASE("a backslash that escapes nothing stays, so a pattern may be written plainly") {
    CHECK(answer(R"(matches("42060019900101123X", "^\d{17}[\dX]$"))") == "true");
    CHECK(answer(R"(matches("42060019900101123X", "^\\d{17}[\\dX]$"))") == "true");
    CHECK(answer(R"(split("John Doe", "\s"))") == R"(["John", "Doe"])");
    CHECK(answer(R"(string length("\d\'\"\\"))") == "5");
}

TEST_CASE("time between two moments is not known when only one of them names its offset") {
    CHECK(answer(R"(@"2021-01-02T10:10:10+02:00" - @"2021-01-01T10:10:10")") == "null");
    CHECK(answer(R"(@"10:10:10" - @"09:10:10Z")") == "null");
    CHECK(answer(R"(@"2021-01-02" - @"2021-01-01T10:10:10")") == "null");
    CHECK(answer(R"(@"2021-01-02T10:10:10" - @"2021-01-01T10:10:10")") == "@\"P1D\"");
    CHECK(answer(R"(@"2021-01-02T10:10:10+02:00" - @"2021-01-02T10:10:10Z")") == "@\"-PT2H\"");
    CHECK(answer(R"(@"2021-01-03" - @"2021-01-02")") == "@\"P1D\"");
}

TEST_CASE("a list is in a list of lists, and is itself") {
    CHECK(answer("[1, 2] in [[1, 2, 3], [1, 2]]") == "true");
    CHECK(answer("[1, 2] in [[1, 2, 3], [2, 1]]") == "false");
    CHECK(answer("[1, 2] in [1, 2]") == "true");
}

TEST_CASE("a point in a pattern stands for no end of a line") {
    CHECK(answer(R"(matches("a\rb", "a.b"))") == "false");
    CHECK(answer(R"(matches("a\nb", "a.b"))") == "false");
    CHECK(answer(R"(matches("a b", "a.b"))") == "true");
}

TEST_CASE(
    "a replacement may name the whole of what was found, and a lone sign of money is a mistake") {
    CHECK(answer(R"(replace("ab", "[ab]", "<$0>"))") == "\"<a><b>\"");
    CHECK(answer(R"(replace("ab", "a", "$"))") == "null");
    CHECK(answer(R"(replace("ab", "b", "$x"))") == "null");
}

}  // namespace workflow::testing::standard_answers_test
