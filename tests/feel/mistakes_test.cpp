#include <fmt/format.h>

#include "feel_support.hpp"

namespace workflow::testing::mistakes_test {

using workflow::feel::Kind;
using workflow::feel::Mistake;
using Lines = std::vector<std::string>;

TEST_CASE("an unknown name is a mistake at its place, with the nearest one") {
    CHECK(told("age > 3 and regoin = \"A\"") ==
          Lines{"12-18 there is no field `regoin` (did you mean `region`?)"});
    CHECK(told("brith date > today()") ==
          Lines{"0-10 there is no field `brith date` (did you mean `birth date`?)"});
    CHECK(told("strng length(region) > 1") ==
          Lines{"0-12 there is no function `strng length` (did you mean `string length`?)"});
    CHECK(told("挂号 and 挂失") == Lines{"0-6 there is no field `挂号` (did you mean `挂失`?)"});
    CHECK(told("zzzzzz = 1") == Lines{"0-6 there is no field `zzzzzz`"});
}

TEST_CASE("places are counted in bytes, whatever stands before") {
    CHECK(told("\"社保\" = region and agee > 1") ==
          Lines{"22-26 there is no field `agee` (did you mean `age`?)"});
    CHECK(told("挂失 = \"x\"") == Lines{"9-12 a boolean is compared with a string, which is never "
                                        "true (write true or false without quotes)"});
}

TEST_CASE("a choice is compared only with what it can be") {
    CHECK(told("status = \"aproved\"") ==
          Lines{"9-18 status has no value \"aproved\" (did you mean \"approved\"?)"});
    CHECK(told("\"denied\" != status") ==
          Lines{"0-8 status has no value \"denied\" (use one of: approved, refused)"});
    CHECK(told("status in [\"approved\", \"refusd\"]") ==
          Lines{"23-31 status has no value \"refusd\" (did you mean \"refused\"?)"});
    CHECK(told("status in (\"approved\", \"refusd\")").size() == 1);
    CHECK(told("status = \"approved\" or status in [\"refused\"]").empty());
    CHECK(told("upper case(status) = \"APPROVED\"").empty());
    CHECK(told("if 挂失 then \"approved\" else \"refusd\"",
               type(Kind::string, {"approved", "refused"})) ==
          Lines{"31-39 this expression has no value \"refusd\" (did you mean \"refused\"?)"});
}

TEST_CASE("what can never be true is a mistake") {
    CHECK(told("age = \"20\"") == Lines{"6-10 a number is compared with a string, which is never "
                                        "true (write the number without quotes)"});
    CHECK(told("birth date > \"2026-01-01\"")
              .at(0)
              .ends_with("(write a date as @\"2026-03-02\" or date(\"2026-03-02\"))"));
    CHECK(told("挂失 < true") == Lines{"0-6 a boolean has no order"});
    CHECK(told("age in [\"a\", 1]").size() == 1);
    CHECK(told("age in tags") ==
          Lines{"7-11 a number is searched for in a list of string, which is never true"});
    CHECK(told("min(tags) > 1").size() == 1);
    CHECK(told("reverse(tags)[1] = 1").size() == 1);
    CHECK(told("rows.b") == Lines{"0-6 there is no entry `b` (use one of: a, age)"});
    CHECK(told("age.year") == Lines{"0-8 a number has no entry `year`"});
}

TEST_CASE("what does not go together is a mistake") {
    CHECK(told("age and 挂失") == Lines{"0-3 `and` requires a boolean, but this is a number"});
    CHECK(
        told("birth date + 5") ==
        Lines{"0-14 `+` cannot combine a date and a number (write a number of days as @\"P10D\")"});
    CHECK(told("region + 1").at(0).ends_with("(use string(...) to convert a value to a text)"));
    CHECK(told("-region") == Lines{"0-7 `-` cannot be applied to a string"});
    CHECK(told("if age then 1 else 2") ==
          Lines{"3-6 `if` requires a boolean, but this is a number"});
    CHECK(told("upper case(age)") ==
          Lines{"11-14 upper case(string) requires a string, but this is a number"});
    CHECK(told("matches(region, \"(\")").at(0).starts_with("16-19 this is not a pattern"));
    CHECK(told("substring(region)") ==
          Lines{"0-17 substring takes 2 to 3 arguments, not 1 (substring(string, start position, "
                "length?))"});
    CHECK(told("floor()").at(0).starts_with("0-7 floor takes 1 to 2 arguments, not 0"));
    CHECK(told("not(1, 2)").at(0).starts_with("0-9 not takes 1 argument, not 2"));
    CHECK(told("min()").at(0).starts_with("0-5 min takes at least 1 argument, not 0"));
}

TEST_CASE("the wanted type is asked for") {
    CHECK(told("age", type(Kind::boolean)) ==
          Lines{"0-3 a boolean is required here, but this is a number"});
    CHECK(told("anything", type(Kind::boolean)).empty());
    CHECK(told("null", type(Kind::boolean)).empty());
    CHECK(told("age > 3", type(Kind::boolean)).empty());
    CHECK(told("[1]", list_of(type(Kind::string))).size() == 1);
}

TEST_CASE("several mistakes are told at once, in the order of the text") {
    CHECK(told("regoin = \"A\" and agee > 3").size() == 2);
    const auto lines = told("age = \"a\" and status = \"b\" and -region = 1");
    REQUIRE(lines.size() == 4);
    CHECK(lines[0].starts_with("6-9 "));
    CHECK(lines[1].starts_with("23-26 "));
    CHECK(lines[2].starts_with("31-38 "));
}

TEST_CASE("a syntax mistake says what is missing, where") {
    CHECK(told("if age > 3 then 1") ==
          Lines{"17-17 `else` is missing in this `if`: FEEL requires both branches"});
    CHECK(told("age == 3") ==
          Lines{"4-6 `==` is not a FEEL operator (write a single = to compare)"});
    CHECK(told("age > ") == Lines{"6-6 the expression ends too early"});
    CHECK(told("(age") == Lines{"4-4 `)` is missing to close the parenthesis"});
    CHECK(told("[age") == Lines{"4-4 `]` is missing to close the list"});
    CHECK(told("") == Lines{"0-0 the expression ends too early"});
    CHECK(told("\"open") == Lines{"0-5 the text is not closed (add a \" at its end)"});
    CHECK(told("age = 'x'").at(0) ==
          "6-7 this character has no meaning here (put texts in double quotes)");
    CHECK(told("age > 3 && 挂失").at(0).ends_with("(write and, or, not(x))"));
    CHECK(told("1 < age < 5").at(0).starts_with("8-9 comparisons cannot be chained"));
    CHECK(told("age > 3 挂失") ==
          Lines{"8-14 the expression should end here (join two conditions with and / or)"});
}

TEST_CASE("mistakes of an earlier expression do not hide those of the next") {
    std::vector<Mistake> mistakes;
    workflow::feel::compile("agee", scope(), mistakes);
    workflow::feel::compile("age = \"x\" and regoin = 1", scope(), mistakes);
    CHECK(mistakes.size() == 3);
}

}  // namespace workflow::testing::mistakes_test
