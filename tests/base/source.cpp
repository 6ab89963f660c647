#include "base/source.hpp"

#include <catch2/catch.hpp>

namespace workflow::testing::source_test {

TEST_CASE("columns count characters, not bytes") {
    const Source source("a.yaml", "title: 补领\nx: 受理y\n");
    CHECK(source.position(7) == std::pair{1U, 8U});
    CHECK(source.position(10) == std::pair{1U, 9U});
    CHECK(source.position(13) == std::pair{1U, 10U});
    CHECK(source.position(14) == std::pair{2U, 1U});
    CHECK(source.position(14 + 9) == std::pair{2U, 6U});
}

TEST_CASE("a byte past the end of a text is its end") {
    const Source source("a.yaml", "ab");
    CHECK(source.position(99) == std::pair{1U, 3U});
    CHECK(source.line(2).empty());
    CHECK(source.line(0).empty());
}

TEST_CASE("a line comes without its line break, whichever system wrote it") {
    const Source source("a.yaml", "one\r\ntwo\n\nfour");
    CHECK(source.line(1) == "one");
    CHECK(source.line(2) == "two");
    CHECK(source.line(3).empty());
    CHECK(source.line(4) == "four");
}

TEST_CASE("columns are right far into a line of a million characters") {
    std::string text;
    for (int i = 0; i < 500'000; ++i) text += "中a";
    const Source source("a.yaml", text);
    CHECK(source.position(4 * 400'000) == std::pair{1U, 800'001U});
    CHECK(source.position(4 * 400'000 + 3) == std::pair{1U, 800'002U});
}

TEST_CASE("an empty text is spoken of as a whole") {
    Sources sources;
    const auto empty = sources.add(Source("empty.yaml", ""));
    CHECK(sources.span({empty, 0, 0}) == Span{"empty.yaml", 0, 0, 0, 0});
    CHECK(sources.span({7, 0, 0}) == Span{});
}

TEST_CASE("what is not UTF-8 is found at its first byte") {
    CHECK(first_invalid_utf8("受理 \xF0\x9F\x98\x80") == std::string_view::npos);
    CHECK(first_invalid_utf8("ab\xFFz") == 2);
    CHECK(first_invalid_utf8("a\xC0\x80") == 1);         // overlong NUL
    CHECK(first_invalid_utf8("a\xED\xA0\x80") == 1);     // a surrogate
    CHECK(first_invalid_utf8("\xF4\x90\x80\x80") == 0);  // beyond U+10FFFF
    CHECK(first_invalid_utf8("ab\xE5\x8F") == 2);        // cut off
    CHECK(first_invalid_utf8("\xE5\x8F"
                             "a") == 0);
    CHECK(first_invalid_utf8("\x80") == 0);
}

}  // namespace workflow::testing::source_test
