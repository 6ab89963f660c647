#include "feel_support.hpp"

namespace workflow::testing::texts_test {

TEST_CASE("a text may hold any character, escaped or not") {
    check_all({{R"("a\"b")", R"("a\"b")"},
               {R"("\\")", R"("\\")"},
               {R"("a\nb")", R"("a\nb")"},
               {R"("\u793e\u4fdd")", "\"社保\""},
               {R"("\uD83D\uDE00" = "\U01F600")", "true"},
               {R"(string length("\uD83D\uDE00"))", "1"},
               {R"("社保" + "卡")", "\"社保卡\""}});
}

TEST_CASE("positions in a text count characters, not bytes") {
    check_all({{"string length(\"社保卡\")", "3"},
               {"substring(\"社会保障卡\", 3)", "\"保障卡\""},
               {"substring(\"社会保障卡\", 3, 2)", "\"保障\""},
               {"substring(\"社会保障卡\", -2)", "\"障卡\""},
               {"substring(\"社会保障卡\", -2, 1)", "\"障\""},
               {"substring(\"abc\", 0)", "null"},
               {"substring(\"abc\", 9)", "\"\""},
               {"substring(\"abc\", 2, 99)", "\"bc\""},
               {"substring(\"abc\", 1, -1)", "null"}});
}

TEST_CASE("functions on texts") {
    check_all({{"upper case(\"aBc卡\")", "\"ABC卡\""},
               {"lower case(\"AbC\")", "\"abc\""},
               {"contains(\"社会保障卡\", \"保障\")", "true"},
               {"contains(region, \"\")", "true"},
               {"starts with(region, \"b\")", "false"},
               {"substring before(\"abc\", \"x\")", "\"\""},
               {"substring after(\"abc\", \"x\")", "\"\""},
               {"substring after(\"abc\", \"\")", "\"abc\""},
               {"string(null)", "null"},
               {"string(@\"2026-03-02\")", "\"2026-03-02\""},
               {"string([1, \"a\"])", "\"[1, \\\"a\\\"]\""},
               {"string join([\"a\", null, \"b\"])", "\"ab\""},
               {"string join([], \"-\")", "\"\""},
               {"string join([1], \"-\")", "null"},
               {"split(\"\", \";\")", "[\"\"]"},
               {"split(\"a;\", \";\")", "[\"a\", \"\"]"},
               {"split(\"a, b,c\", \",\\\\s*\")", "[\"a\", \"b\", \"c\"]"},
               {"replace(\"2026-03-02\", \"\\\\d{2}$\", \"XX\")", "\"2026-03-XX\""},
               {"replace(\"abc\", \"x*\", \"-\")", "null"},
               {"matches(region, null)", "null"}});
}

TEST_CASE("arguments may be given by name") {
    check_all(
        {{"substring(string: \"abcdef\", start position: 2, length: 3)", "\"bcd\""},
         {"decimal(scale: 1, n: 2.25)", "2.2"},
         {"substring(string: \"abcdef\", length: 3)",
          "mistake at 0-38: substring does not take parameters of these names"},
         {"decimal(n: 1, n: 2)", "mistake at 15-16: this parameter is given twice"},
         {"decimal(n: 1, 2)", "mistake at 14-15: this argument has no name, but others have one"}});
}

}  // namespace workflow::testing::texts_test
