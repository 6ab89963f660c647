// Whatever a file holds, reading it ends in a message, soon and in little memory.

#include <algorithm>

#include <sys/resource.h>

#include <catch2/catch.hpp>

#include "definition/loader.hpp"
#include "support/sanitized.hpp"

namespace workflow::testing::hostile_yaml_test {

using namespace workflow::definition;

namespace {

std::string repeated(std::string_view piece, std::size_t times) {
    std::string text;
    text.reserve(piece.size() * times);
    while (times-- > 0) text += piece;
    return text;
}

/// Staircases: each line one blank further in.
std::string nested_lines(std::string_view line, std::size_t depth, std::size_t bytes) {
    std::string text;
    for (std::size_t i = 0; i < depth && text.size() < bytes; ++i)
        text += std::string(i, ' ') + std::string(line) + "\n";
    return text;
}

#if defined(WORKFLOW_SANITIZED)
constexpr double seconds_allowed = 10;
constexpr long megabytes_allowed = 4096;
#elif !defined(__OPTIMIZE__)
constexpr double seconds_allowed = 3;
constexpr long megabytes_allowed = 256;
#else
constexpr double seconds_allowed = 1;
constexpr long megabytes_allowed = 256;
#endif

std::vector<Diagnostic> read_in_time(std::string text) {
    Sources sources;
    DiagnosticSink findings(sources);
    // Processor time: what else runs on the machine does not count.
    const auto used = [] {
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
               double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    };
    const double before = used();
    std::vector<Text> texts;
    texts.push_back({"hostile.yaml", std::move(text)});
    load(texts, sources, findings);
    auto list = findings.take();
    CHECK(used() - before < seconds_allowed);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    CHECK(usage.ru_maxrss / 1024 < megabytes_allowed);
    return list;
}

void require_message(std::string text) {
    const auto list = read_in_time(std::move(text));
    REQUIRE_FALSE(list.empty());
    CHECK(list.front().severity == Severity::error);
    CHECK_FALSE(list.front().message.empty());
}

constexpr std::size_t full = 1u << 20, part = 1u << 18;

}  // namespace

TEST_CASE("fifty megabytes of nothing end in a message") {
    require_message(std::string(50u << 20, ' '));
    require_message(std::string(50u << 20, '\n'));
    require_message(std::string(50u << 20, '#'));
    require_message(std::string(50u << 20, '\0'));
}

TEST_CASE("nesting a hundred thousand deep ends in a message") {
    for (const char* piece : {"[", "{", "{a: ", "- ", "? ", ": ", "[\n", "a: [", "[{"}) {
        CAPTURE(piece);
        require_message(repeated(piece, 100'000));
    }
    require_message(nested_lines("a:", 100'000, full));
    require_message(nested_lines("-", 100'000, full));
    require_message(nested_lines("? a", 100'000, full));
}

TEST_CASE("the largest text of one kind of token ends in a message") {
    for (const char* piece : {"[",
                              "{",
                              "- ",
                              "- a\n",
                              "a\n",
                              "a",
                              " ",
                              "\n",
                              "#\n",
                              "&a ",
                              "!",
                              "! ",
                              "*a\n",
                              "a: ",
                              "]",
                              "}",
                              "? ",
                              "?\n",
                              ": ",
                              ":",
                              "'",
                              "''",
                              "\"",
                              "\\",
                              "%a b\n",
                              "---\n",
                              "...\n",
                              "|\n",
                              ">\n",
                              ">\n \n\n",
                              "<<: a\n",
                              "a: 1\n",
                              "[]: ",
                              "[a]\n",
                              "\t",
                              "\r\n",
                              "\xEF\xBB\xBF",
                              "\xE4\xB8\xAD",
                              ",",
                              "a,",
                              "`",
                              "@",
                              "!!str ",
                              "!<a> ",
                              "&a *a ",
                              "- - "}) {
        CAPTURE(piece);
        require_message(repeated(piece, full / std::string_view(piece).size()));
        require_message("item: " + repeated(piece, part / std::string_view(piece).size() - 8));
        require_message("[" + repeated(piece, part / std::string_view(piece).size() - 8));
        require_message("\"" + repeated(piece, part / std::string_view(piece).size() - 8));
    }
}

TEST_CASE("a hundred thousand keys, all wrong, end in messages") {
    std::string text = "item: x\n";
    for (int i = 0; i < 40'000; ++i) text += "k" + std::to_string(i) + ": 1\n";
    CHECK(read_in_time(text).size() > 1000);
    text = "item: x\nsteps:\n";
    for (int i = 0; i < 30'000; ++i) text += " k" + std::to_string(i) + ": {}\n";
    CHECK(read_in_time(text).size() > 1000);
}

TEST_CASE("an alias bomb does not explode") {
    std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 30; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
        for (int k = 0; k < 9; ++k) text += ", " + before;
        text += "]\n";
    }
    const auto list = read_in_time(text);
    CHECK(std::any_of(list.begin(), list.end(),
                      [](const auto& finding) { return finding.code == "WF0109"; }));
}

TEST_CASE("a message never cuts a character in two") {
    for (std::size_t ahead = 0; ahead < 4; ++ahead) {
        std::string key(ahead, 'x');
        for (int i = 0; i < 60; ++i) key += "项";
        Sources sources;
        DiagnosticSink findings(sources);
        load({{"long.yaml", key + ": 1\n"}}, sources, findings);
        const auto found = findings.take();
        REQUIRE(!found.empty());
        for (const auto& finding : found)
            CHECK(first_invalid_utf8(finding.message + finding.hint) == std::string_view::npos);
    }
}

}  // namespace workflow::testing::hostile_yaml_test
