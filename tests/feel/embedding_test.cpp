// The public header of the language, without the engine.

#include <thread>
#include <workflow/feel.hpp>

#include "support/catch.hpp"

namespace workflow::testing::embedding_test {

TEST_CASE("an expression is compiled once and evaluated by several threads at once") {
    const auto compiled = FeelExpression::compile("age >= 16 and region in [\"A\", \"B\"]",
                                                  {{"age", "number"}, {"region", "string"}});
    REQUIRE(compiled.expression);
    CHECK(compiled.expression->type() == "boolean");
    std::vector<std::thread> threads;
    std::vector<int> right(4);
    for (std::size_t t = 0; t < right.size(); ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 1000; ++i) {
                const std::vector<Value> values{decimal_of(i), std::string(i % 2 ? "A" : "C")};
                const auto value = compiled.expression->evaluate(values).value;
                right[t] += value == Value(i >= 16 && i % 2 == 1) ? 1 : 0;
            }
        });
    for (auto& thread : threads) thread.join();
    CHECK(right == std::vector<int>(4, 1000));
}

TEST_CASE("mistakes have their column and a hint") {
    const auto compiled = FeelExpression::compile("agee > 16", {{"age", "number"}});
    CHECK_FALSE(compiled.expression);
    REQUIRE(compiled.diagnostics.size() == 1);
    CHECK(compiled.diagnostics[0].code == "WF0502");
    CHECK(compiled.diagnostics[0].span.column == 1);
    CHECK(compiled.diagnostics[0].hint == "did you mean `age`?");
    const auto type = FeelExpression::compile("x", {{"x", "numbr"}});
    REQUIRE(type.diagnostics.size() == 1);
    CHECK(type.diagnostics[0].message == "`numbr` is not a valid type for `x`");
}

TEST_CASE("types of lists and contexts are known inside") {
    const FeelName people{"people", "list<context<name: string, age: number>>"};
    CHECK(FeelExpression::compile("people[age > 18].name", {people}).expression);
    CHECK(FeelExpression::compile("people[1].age + \"a\"", {people}).diagnostics.size() == 1);
}

TEST_CASE("unary tests take their value last") {
    const auto tests = FeelExpression::compile_unary_tests(
        "[18..least + 40), 99", {"age", "number"}, {{"least", "number"}});
    REQUIRE(tests.expression);
    const auto holds = [&](std::int64_t age) {
        const std::vector<Value> values{decimal_of(20), decimal_of(age)};
        return tests.expression->evaluate(values).value;
    };
    CHECK(holds(59) == Value(true));
    CHECK(holds(60) == Value(false));
    CHECK(holds(99) == Value(true));
}

TEST_CASE("an evaluation that takes too long is cut short, and names without a value are null") {
    const auto loop = FeelExpression::compile("count(for i in 1..100000 return i * n)", {{"n"}});
    REQUIRE(loop.expression);
    const auto outcome = loop.expression->evaluate({}, {.budget = 1000});
    CHECK(outcome.value.is_null());
    REQUIRE_FALSE(outcome.problems.empty());
    CHECK(outcome.problems.back() == "the evaluation was stopped after 1000 steps");
}

}  // namespace workflow::testing::embedding_test
