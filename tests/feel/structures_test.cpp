#include "feel_support.hpp"

namespace workflow::testing::structures_test {

TEST_CASE("a list is counted from one, or from its end") {
    check_all({{"[1, 2, 3][2]", "2"},
               {"[1, 2, 3][-1]", "3"},
               {"[1, 2, 3][0]", "null"},
               {"[1, 2, 3][9]", "null"},
               {"[1, 2, 3][-4]", "null"},
               {"[1, 2, 3][birth - 3]", "2"},
               {"[10, 20, 30, 40, 50, 60, 70][anything]", "70"},
               {"5[1]", "5"},
               {"null[1]", "null"}});
}

TEST_CASE("a filter keeps what it is true for") {
    check_all({{"[1, 2, 3][item >= 2]", "[2, 3]"},
               {"[1, null, 3][item >= 2]", "[3]"},
               {"[1, 2][true]", "[1, 2]"},
               {"rows[a > 1].a", "[2, 3]"},
               {"rows[item.a > 1][1].a", "2"},
               {"[{b: 1}, {b: 2}][b = 2]", "[{b: 2}]"},
               {"rows[some x in [2, 3] satisfies x = a].a", "[2, 3]"}});
}

TEST_CASE("a name in a filter means the item's entry before it means a field") {
    check_all({{"rows[age > 10].a", "[2, 3]"}, {"rows[a * 10 = age].a", "[1, 2, 3]"}});
}

TEST_CASE("contexts and paths") {
    check_all({{"{a: 1, \"b c\": 2}.a", "1"},
               {"{a: {b: [1, 2]}}.a.b[2]", "2"},
               {"{社保 卡: 1}", "{\"社保 卡\": 1}"},
               {"{}", "{}"},
               {"anything.x", "null"},
               {"{a: 1, a: 2}", "mistake at 7-8: the entry `a` is given twice"},
               {"[1..5).end included", "false"},
               {"(1..5].start", "1"}});
}

TEST_CASE("loops") {
    check_all({{"for x in [1, 2], y in [10, 20] return x + y", "[11, 21, 12, 22]"},
               {"for x in [1, 2], y in [x, x * 10] return y", "[1, 10, 2, 20]"},
               {"for x in 1..3 return x * x", "[1, 4, 9]"},
               {"for x in 3..1 return x", "[3, 2, 1]"},
               {"for x in [] return x", "[]"},
               {"for x in null return x", "null"},
               {"for i in 9223372036854775806..9223372036854775807 return 1", "[1, 1]"},
               {"for x in (for y in 1..2 return y * 2) return x + 1", "[3, 5]"},
               {"for x in 1..2 return for y in 1..2 return x * y", "[[1, 2], [2, 4]]"},
               {"some x in [1, 2] satisfies x > 1", "true"},
               {"every x in [1, 2] satisfies x > 1", "false"},
               {"some x in [] satisfies x", "false"},
               {"every x in [] satisfies x", "true"}});
}

TEST_CASE("functions on lists") {
    check_all({{"list contains([1, null], null)", "true"},
               {"list contains(tags, \"z\")", "false"},
               {"append(tags, \"z\")", "[\"x\", \"y\", \"z\"]"},
               {"concatenate([1], [], [2])", "[1, 2]"},
               {"distinct values([1, 1.0, \"1\", null, null])", "[1, \"1\", null]"},
               {"index of([1, 2, 1], 3)", "[]"},
               {"reverse([])", "[]"},
               {"flatten([[], [[1]], 2])", "[1, 2]"},
               {"all([])", "true"},
               {"any([])", "false"},
               {"all([true, 1])", "null"}});
}

TEST_CASE("instance of names a type") {
    check_all({{"5 instance of number", "true"},
               {"age instance of string", "false"},
               {"null instance of number", "false"},
               {"null instance of null", "true"},
               {"5 instance of Any", "true"},
               {"now() instance of date and time and true", "true"},
               {"birth date instance of date and true", "true"},
               {"@\"P1Y\" instance of years and months duration", "true"},
               {"5 instance of numbr", "mistake at 14-19: the name of a type is missing"}});
}

TEST_CASE("the longest name wins, and a variable hides a field") {
    check_all({{"birth", "5"},
               {"birth date.year", "2000"},
               {"birth   date.year", "2000"},
               {"for age in [1] return age", "[1]"},
               {"挂失", "true"}});
}

}  // namespace workflow::testing::structures_test
