#include <array>

#include <fmt/format.h>

#include "feel_support.hpp"

namespace workflow::testing::truth_test {

TEST_CASE("and, or and not know a third value") {
    static constexpr std::array<const char*, 3> values{"false", "null", "true"};
    // By rank: `and` is the least of both, `or` the greatest. Constants are folded, fields are not.
    const auto written = [](std::size_t rank, bool field) -> std::string {
        if (!field) return values.at(rank);
        return rank == 0 ? "(挂失 = false)" : rank == 1 ? "unknown" : "挂失";
    };
    for (std::size_t a = 0; a < 3; ++a)
        for (std::size_t b = 0; b < 3; ++b)
            for (const bool field : {false, true}) {
                const auto left = written(a, field), right = written(b, field);
                INFO(left << ", " << right);
                CHECK(eval(fmt::format("{} and {}", left, right)) == values.at(std::min(a, b)));
                CHECK(eval(fmt::format("{} or {}", left, right)) == values.at(std::max(a, b)));
                CHECK(eval(fmt::format("not({})", left)) == values.at(2 - a));
                CHECK(eval(fmt::format("all({}, {})", left, right)) == values.at(std::min(a, b)));
                CHECK(eval(fmt::format("any({}, {})", left, right)) == values.at(std::max(a, b)));
                CHECK(eval(fmt::format("some x in [{}, {}] satisfies x", left, right)) ==
                      values.at(std::max(a, b)));
                CHECK(eval(fmt::format("every x in [{}, {}] satisfies x", left, right)) ==
                      values.at(std::min(a, b)));
            }
}

TEST_CASE("and binds tighter than or, however many there are") {
    check_all({{"true or false and false", "true"},
               {"(true or false) and false", "false"},
               {"false or false or unknown or true", "true"},
               {"true and true and unknown and true", "null"},
               {"if unknown then 1 else 2", "2"},
               {"if 挂失 then 1 else 1 / 0", "1"}});
}

TEST_CASE("comparison, ranges and lists answer as the standard says") {
    check_all({{"age >= 16 and region in [\"A\", \"B\"]", "true"},
               {"age between 18 and 20", "true"},
               {"age between 21 and null", "false"},
               {"age between 18 and null", "null"},
               {"age in [18..20)", "false"},
               {"age in (18..20]", "true"},
               {"age in ]18..20[", "false"},
               {"age in ]18..20]", "true"},
               {"age in (< 5, >= 20)", "true"},
               {"age in (1, 20)", "true"},
               {"age in < 5", "false"},
               {"age in ([1..5], [20..30])", "true"},
               {"age in [[1..5], [20..30]]", "true"},
               {"region in (\"C\")", "false"},
               {"\"x\" in tags", "true"},
               {"\"z\" in tags", "false"},
               {"1 = 1.0", "true"},
               {"null = null", "true"},
               {"age = null", "false"},
               {"age != null", "true"},
               {"age != 20", "false"},
               {"anything = \"x\"", "null"},
               {"anything != \"x\"", "null"},
               {"anything < \"x\"", "null"},
               {"null < 1", "null"},
               {"挂失 = true", "true"},
               {"birth date < @\"2001-01-01\"", "true"},
               {"[1, 2] = [1, 2]", "true"},
               {"{a: 1} = {a: 1}", "true"},
               {"\"a\" < \"b\"", "true"},
               {"5 in [1..3]", "false"},
               {"null in [1..3]", "null"}});
}

TEST_CASE("is defined tells null from the rest") {
    check_all({{"is defined(unknown)", "false"},
               {"is defined(挂失)", "true"},
               {"unknown = null", "true"}});
}

}  // namespace workflow::testing::truth_test
