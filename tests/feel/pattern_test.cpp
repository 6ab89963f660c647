// XPath's regular expressions in matches, replace and split.

#include "feel/pattern.hpp"

#include <workflow/feel.hpp>

#include <string>
#include <vector>

#include "feel_support.hpp"

namespace workflow::testing::pattern_test {

using workflow::feel::Pattern;

TEST_CASE("what a pattern is made of") {
    check_all({{"matches(\"42060019900101123X\", \"^[0-9]{17}[0-9X]$\")", "true"},
               {"matches(\"4206001990010112\", \"^[0-9]{17}[0-9X]$\")", "false"},
               {"matches(\"社保卡\", \"^.{3}$\")", "true"},
               {"matches(\"社保卡\", \"^[一-龥]+$\")", "true"},
               {"matches(\"ab\", \"^(a|b|c)(b|d)?$\")", "true"},
               {"matches(\"aab\", \"^a{2,}b$\")", "true"},
               {"matches(\"ab\", \"^a{2,3}b$\")", "false"},
               {"matches(\"xyz\", \"[^a-w]+\")", "true"},
               {"matches(\"a-b\", \"^[a-]\\\\-[b]$\")", "true"},
               {"matches(\"a.b\", \"a\\\\.b\")", "true"},
               {"matches(\"axb\", \"a\\\\.b\")", "false"},
               {"matches(\"a b\", \"^\\\\w\\\\s\\\\w$\")", "true"},
               {"matches(\"a1\", \"^\\\\D\\\\d$\")", "true"},
               {"matches(\"ab\", \"^$\")", "false"},
               {"matches(\"\", \"^$\")", "true"},
               {"matches(\"\", \"\")", "true"}});
}

TEST_CASE("what is no pattern is refused") {
    for (const char* text :
         {"(",     ")",      "a**",        "*",     "[",    "[]",      "[b-a]",
          "a{2",   "a{3,2}", "a*+",        "\\",    "\\q",  "\\1",     "(a\\1)",
          "[^]",   "[a",     "(?=a)",      "(?i)a", "(*F)", "\\p{Xx}", "\\p{IsNowhere}",
          "a{,2}", "[a[b]]", "[\\d-z-[b]", "a)",    "(a",   "\\p",     "+a",
          "(a)\\2"}) {
        INFO(text);
        CHECK_FALSE(Pattern::compile(text));
    }
}

TEST_CASE("a text of twice the length takes twice the steps, whatever the pattern") {
    const auto steps = [](const Pattern& pattern, const std::string& text) {
        constexpr std::uint32_t given = 4'000'000;
        std::uint32_t budget = given;
        CHECK(pattern.occurs(text, budget) == false);
        return given - budget;
    };
    for (const char* text :
         {"[0-9]+[A-Z]", "^(7+)+$", "(7|77)*b", "(7*)*b", "7*7*7*7*7*b", "(((7?)*)?)*b", ".*.*=.*",
          "(7+7+)+b", "\\d+[A-Z]", "[^b]*b", "(7{1,20}){1,20}b", "7+?b", "(?:7+)+b", "(.)+社"}) {
        INFO(text);
        const auto pattern = Pattern::compile(text);
        REQUIRE(pattern);
        const auto once = steps(*pattern, std::string(10'000, '7') + "!");
        const auto twice = steps(*pattern, std::string(20'000, '7') + "!");
        // Within one in a hundred: steps are rounded, and a text begins with fewer ways.
        CHECK(twice <= 2 * once + once / 100 + 1);
    }
}

TEST_CASE("200,000 digits are searched within the steps of one evaluation") {
    const auto pattern = Pattern::compile("[0-9]+[A-Z]");
    REQUIRE(pattern);
    std::uint32_t budget = 100'000;
    CHECK(pattern->occurs(std::string(200'000, '7'), budget) == false);
    CHECK(pattern->occurs(std::string(200'000, '7') + 'A', budget) == true);
    CHECK(pattern->replace("x" + std::string(200'000, '7') + "A", "-", budget) == "x-");
}

TEST_CASE("many parts of a text are found in as many steps") {
    const auto pattern = Pattern::compile(";");
    REQUIRE(pattern);
    std::string text;
    for (int i = 0; i < 10'000; ++i) text += "word;";
    std::uint32_t budget = 100'000;
    const auto parts = pattern->split(text, budget);
    REQUIRE(parts);
    CHECK(parts->size() == 10'001);
    CHECK(budget > 80'000);
}

TEST_CASE("a group that is repeated is searched for as long as the steps reach, and no longer") {
    const auto found = [](const std::string& text) {
        const auto pattern = Pattern::compile("(a*)(a*)(a*)\\1b");
        REQUIRE(pattern);
        std::uint32_t budget = 100'000;
        return std::pair(pattern->occurs(text, budget), budget);
    };
    CHECK(found("aaaaaab").first == true);
    CHECK(found("aaaaaac").first == false);
    CHECK(found(std::string(50'000, 'a')) == std::pair(std::optional<bool>(), 0U));
    check_all({{"matches(\"abab\", \"^(ab)\\\\1$\")", "true"},
               {"matches(\"abAB\", \"^(ab)\\\\1$\", \"i\")", "true"},
               {"matches(\"abac\", \"^(ab)\\\\1$\")", "false"},
               {"replace(\"aabbcd\", \"(.)\\\\1\", \"$1\")", "\"abcd\""},
               {"matches(\"x\", \"^(a)*x\\\\1$\")", "true"},
               {"matches(\"aab\", \"^((a?)*)\\\\2b$\")", "true"}});
}

TEST_CASE("a search that takes too long gives null and a note") {
    const auto compiled =
        workflow::FeelExpression::compile("matches(x, \"(a*)(a*)(a*)\\\\1b\")", {{"x", "string"}});
    REQUIRE(compiled.expression);
    const auto outcome =
        compiled.expression->evaluate(std::vector<Value>{Value(std::string(50'000, 'a'))});
    CHECK(outcome.value.is_null());
    REQUIRE(!outcome.problems.empty());
    CHECK(outcome.problems.back() == "the evaluation was stopped after 100000 steps");
}

TEST_CASE("the size of a pattern is bounded") {
    CHECK(Pattern::compile(std::string(8'192, 'a')));
    CHECK_FALSE(Pattern::compile(std::string(8'193, 'a')));
    CHECK(Pattern::compile(std::string(200, '(') + "a" + std::string(200, ')')));
    CHECK_FALSE(Pattern::compile(std::string(201, '(') + "a" + std::string(201, ')')));
    CHECK(Pattern::compile("a{19000}"));
    CHECK_FALSE(Pattern::compile("a{21000}"));
    CHECK_FALSE(Pattern::compile("a{65536}"));
    CHECK_FALSE(Pattern::compile("(((a{1000}){1000}){1000}){1000}"));
    CHECK_FALSE(Pattern::compile("(?:(?:(?:){60000}){60000}){60000}"));
    // What is no pattern costs, too: one could be tried in each round of a loop.
    std::uint32_t budget = 100'000;
    CHECK_FALSE(Pattern::compile("(a{1000}){1000}", "", &budget));
    CHECK(budget < 97'000);
}

TEST_CASE("of several ways the first that the pattern names is taken, as XPath says") {
    check_all({{"replace(\"abcd\", \"(ab)|(a)\", \"[1=$1][2=$2]\")", "\"[1=ab][2=]cd\""},
               {"replace(\"abcd\", \"a|ab\", \"-\")", "\"-bcd\""},
               {"replace(\"aaa\", \"a+?\", \"-\")", "\"---\""},
               {"replace(\"<a><b>\", \"<.+?>\", \"-\")", "\"--\""},
               {"replace(\"<a><b>\", \"<.+>\", \"-\")", "\"-\""},
               {"replace(\"aaab\", \"(a*)(a+)b\", \"$1.$2\")", "\"aa.a\""},
               {"replace(\"aaab\", \"(a*?)(a+)b\", \"$1.$2\")", "\".aaa\""},
               {"replace(\"abab\", \"(?:a(b))+\", \"$1\")", "\"b\""},
               {"replace(\"xay\", \"(|a)+y\", \"-\")", "\"x-\""},
               {"replace(\"aaaa\", \"a{2,3}\", \"-\")", "\"-a\""},
               {"replace(\"aaaa\", \"a{2,3}?\", \"-\")", "\"--\""}});
}

TEST_CASE("flags") {
    check_all({{"matches(\"a\\nb\", \"a.b\")", "false"},
               {"matches(\"a\\nb\", \"a.b\", \"s\")", "true"},
               {"matches(\"a\\nb\", \"^b$\")", "false"},
               {"matches(\"a\\nb\", \"^b$\", \"m\")", "true"},
               {"matches(\"a\\nb\", \"^a$\", \"m\")", "true"},
               {"matches(\"HELLO\", \"^hel+o$\", \"i\")", "true"},
               {"matches(\"ÄÖ\", \"^[ä-ö]+$\", \"i\")", "true"},
               {"matches(\"q\", \"[^Q]\", \"i\")", "false"},
               {"matches(\"a\", \"^\\\\p{Lu}$\", \"i\")", "false"},
               {"matches(\"ab\", \"a b\", \"x\")", "true"},
               {"matches(\"a b\", \"a[ ]b\", \"x\")", "true"},
               {"matches(\"a b\", \"a\\\\ sb\", \"x\")", "true"},
               {"matches(\"a[b\", \"a\\\\[ b\", \"x\")", "true"},
               {"matches(\"a.b\", \"a.b\", \"q\")", "true"},
               {"matches(\"axb\", \"a.b\", \"q\")", "false"},
               {"matches(\"A.B\", \"a.b\", \"qi\")", "true"},
               {"split(\"aXbxc\", \"x\")", "[\"aXb\", \"c\"]"}});
}

TEST_CASE("a replacement names what the groups have found") {
    check_all({{"replace(\"abracadabra\", \"a(.)\", \"a$1$1\")", "\"abbraccaddabbra\""},
               {"replace(\"2026-03-02\", \"([0-9]+)-([0-9]+)-([0-9]+)\", \"$3.$2.$1\")",
                "\"02.03.2026\""},
               {"replace(\"a.b\", \".\", \"$0\", \"q\")", "\"a$0b\""},
               {"replace(\"abc\", \"b\", \"$\")", "null"},
               {"replace(\"abc\", \"b*\", \"-\")", "null"}});
}

TEST_CASE("classes may be taken off each other, and blocks named") {
    check_all({{"matches(\"bcd\", \"^[a-z-[aeiou]]+$\")", "true"},
               {"matches(\"bed\", \"^[a-z-[aeiou]]+$\")", "false"},
               {"matches(\"社保卡\", \"^\\p{IsCJKUnifiedIdeographs}+$\")", "true"},
               {"matches(\"ab-\", \"^[-a-]\")", "true"},
               {"matches(\"é1_\", \"^[\\\\p{L}\\\\d_]+$\")", "true"},
               {"matches(\"é\", \"^\\\\P{L}$\")", "false"},
               {"matches(\"é\", \"^[\\\\P{L}]$\")", "false"},
               {"matches(\"-\", \"^[\\\\W]$\")", "true"},
               {"matches(\"x:y-1\", \"^\\\\i\\\\c*$\")", "true"},
               {"matches(\"1\", \"^[\\\\I]$\")", "true"},
               {"matches(\"社\", \"^\\\\P{IsBasicLatin}$\")", "true"},
               {"matches(\"]\", \"^[\\\\]]$\")", "true"},
               {"matches(\"X\", \"x\", \"i\")", "true"},
               {"matches(\"X\", \"x\", \"?\")",
                "mistake at 13-16: this is not a pattern, or it is too large"}});
}

}  // namespace workflow::testing::pattern_test
