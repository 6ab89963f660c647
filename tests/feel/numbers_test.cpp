#include "feel_support.hpp"

namespace workflow::testing::numbers_test {

TEST_CASE("arithmetic is decimal and knows what binds tighter") {
    check_all({{"1 + 2 * 3", "7"},
               {"(1 + 2) * 3", "9"},
               {"0.1 + 0.2", "0.3"},
               {".5 + 1e2", "100.5"},
               {"2 ** 3 ** 2", "64"},
               {"2 ** -2", "0.25"},
               {"-2 ** 2", "4"},
               {"-2 + 5", "3"},
               {"- - 2", "2"},
               {"10 - 4 - 3", "3"},
               {"10 / 4", "2.5"},
               {"10 / 4 / 5", "0.5"},
               {"2.50 + 0", "2.50"},
               {"age - 1", "19"},
               {"1 // the rest is a comment\n + /* and */ 1", "2"}});
}

TEST_CASE("what arithmetic cannot answer is null") {
    check_all({{"1 / 0", "null"},
               {"0 / 0", "null"},
               {"9e6144 * 10", "null"},
               {"0 ** -1", "null"},
               {"(-2) ** 0.5", "null"},
               {"2 ** 1000000", "null"},
               {"age + null", "null"},
               {"null * null", "null"},
               {"-null", "null"},
               {"anything + \"x\"", "null"}});
}

TEST_CASE("rounding goes the way its name says, on both sides of zero") {
    check_all({{"decimal(2.5, 0)", "2"},
               {"decimal(3.5, 0)", "4"},
               {"decimal(1234, -2)", "1200"},
               {"round half up(-2.5, 0)", "-3"},
               {"round half down(-2.5, 0)", "-2"},
               {"round up(-2.1, 0)", "-3"},
               {"round down(-2.9, 0)", "-2"},
               {"floor(-2.1)", "-3"},
               {"floor(-2.15, 1)", "-2.2"},
               {"ceiling(-2.9)", "-2"},
               {"decimal(1, 100000)", "null"},
               {"decimal(1, 0.5)", "1"}});
}

TEST_CASE("functions on numbers know their borders") {
    check_all({{"modulo(12, 5)", "2"},
               {"modulo(-12, -5)", "-2"},
               {"modulo(12, -5)", "-3"},
               {"modulo(1, 0)", "null"},
               {"abs(@\"-P1D\")", "@\"P1D\""},
               {"abs(-2.50)", "2.50"},
               {"number(\"x\")", "null"},
               {"number(\"-1.50\")", "-1.50"},
               {"min([])", "null"},
               {"min(tags)", "\"x\""},
               {"max(@\"2026-01-01\", @\"2026-02-01\")", "@\"2026-02-01\""},
               {"sum([])", "null"},
               {"sum(rows.a)", "6"},
               {"sum(1, 2, 3)", "6"},
               {"mean([])", "null"},
               {"mean([1, null])", "null"},
               {"count([])", "0"},
               {"even(2.5)", "null"}});
}

}  // namespace workflow::testing::numbers_test
