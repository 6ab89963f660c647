// XPath's regular expressions in matches, replace and split.

#include "feel/pattern.hpp"

#include <string>

#include "feel_support.hpp"

using namespace feel_tests;
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
         {"(", ")", "a**", "*", "[", "[]", "[b-a]", "a{2", "a{3,2}", "a*+", "\\", "\\q", "\\1"}) {
        INFO(text);
        CHECK_FALSE(Pattern::compile(text));
    }
}

TEST_CASE("no pattern and no text make a match run long") {
    const std::string many(60'000, 'a');
    for (const char* text : {"^(a+)+$", "(a|aa)*b", "(a*)*b", "a?{0}a*a*a*a*a*b", "(((a?)*)?)*b"}) {
        INFO(text);
        const auto pattern = Pattern::compile(text);
        if (!pattern) continue;
        std::uint32_t budget = 100'000;
        (void)pattern->occurs(many, budget);
        CHECK(budget < 100'000);
    }
    check_all({{"matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\", \"^(a+)+$\")",
                "null"}});
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
               {"matches(\"X\", \"x\", \"i\")", "true"},
               {"matches(\"X\", \"x\", \"?\")",
                "mistake at 13-16: this is not a pattern, or too large a one"}});
}
