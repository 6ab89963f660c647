#include "definition/yaml_tree.hpp"

#include <catch2/catch.hpp>

namespace workflow::testing::yaml_tree_test {

using namespace workflow::definition;

namespace {

struct Read {
    Sources sources;
    std::optional<YamlNode> root;
    std::vector<Diagnostic> findings;

    explicit Read(std::string text) {
        const auto source = sources.add(Source("t.yaml", std::move(text)));
        DiagnosticSink found(sources);
        root = read_yaml(sources, source, found);
        findings = found.take();
    }
    [[nodiscard]] std::string shown(const Mark& mark) const {
        return std::string(
            sources.at(mark.source).text().substr(mark.begin, mark.end - mark.begin));
    }
    [[nodiscard]] std::string value(std::string_view key) const {
        return shown(root->find(key)->mark);
    }
    [[nodiscard]] std::vector<std::string> codes() const {
        std::vector<std::string> list;
        for (const auto& finding : findings) list.push_back(finding.code);
        return list;
    }
};

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("a scalar's mark covers exactly its text, also in Chinese and inside quotes") {
    const Read read(
        "# 注释\n"
        "plain: 受理 a\n"
        "单引: '补''领'\n"
        "double: \"x = \\\"是\\\"\"   # comment\n"
        "flow: {a: 中文, b: \"c\"}\n"
        "last: fee > 0");
    REQUIRE(read.findings.empty());
    CHECK(read.value("plain") == "受理 a");
    CHECK(read.value("单引") == "补''领");
    CHECK(read.root->find("单引")->text == "补'领");
    CHECK(read.value("double") == "x = \\\"是\\\"");
    CHECK(read.value("flow") == "{a: 中文, b: \"c\"}");
    CHECK(read.shown(read.root->find("flow")->find("b")->mark) == "c");
    CHECK(read.shown(read.root->entries[1].key_mark) == "单引");
    CHECK(read.value("last") == "fee > 0");
}

TEST_CASE("a scalar over several lines is marked from its first character to its last") {
    const Read read("a: one\n  two\nb: |\n  fee > 0\nc: >-\n  x\n  y\nd: 1\n");
    REQUIRE(read.findings.empty());
    CHECK(read.value("a") == "one\n  two");
    CHECK(read.root->find("a")->text == "one two");
    CHECK(read.value("b") == "fee > 0");
    CHECK(read.value("c") == "x");
    CHECK(read.value("d") == "1");
}

TEST_CASE("a missing value is marked after its colon") {
    const Read read("a:\nb: ~\nlist:\n  -\n  - x\n");
    REQUIRE(read.findings.empty());
    CHECK(read.sources.span(read.root->find("a")->mark) == Span{"t.yaml", 1, 3, 1, 3});
    CHECK(read.value("b") == "~");
    CHECK(read.root->find("a")->empty());
    CHECK(read.root->find("b")->empty());
    CHECK(read.sources.span(read.root->find("list")->items[0].mark).line == 4);
}

TEST_CASE("quotes keep a text from being nothing") {
    const Read read("a: '~'\nb: \"\"\nc: no\nd: 0777\n");
    CHECK_FALSE(read.root->find("a")->empty());
    CHECK_FALSE(read.root->find("b")->empty());
    CHECK(read.root->find("c")->text == "no");
    CHECK(read.root->find("d")->text == "0777");
}

TEST_CASE("a byte order mark and Windows line ends move no column") {
    const Read read(
        "\xEF\xBB\xBF"
        "a: 一\r\nb: 'two'\r\n");
    REQUIRE(read.findings.empty());
    CHECK(read.value("a") == "一");
    CHECK(read.value("b") == "two");
}

TEST_CASE("a key given twice is an error that names the first place, and the first value stays") {
    const Read read("a: 1\nb: {x: 1, 'x': 2}\na: 3\n");
    REQUIRE(read.codes() == Codes{"WF0113", "WF0113"});
    CHECK(read.findings[0].span == Span{"t.yaml", 2, 12, 2, 13});
    CHECK(read.findings[0].related.at(0).span == Span{"t.yaml", 2, 5, 2, 6});
    CHECK(read.findings[1].related.at(0).span.line == 1);
    CHECK(read.root->find("a")->text == "1");
    CHECK(read.root->entries.size() == 2);
}

TEST_CASE("anchors, aliases, tags and merge keys are refused one by one, and the rest is read") {
    const Read read("a: &x 1\nb: *x\nc: !!str 2\n<<: {d: 1}\ne: !local {f: 1}\n");
    CHECK(read.codes() == Codes{"WF0109", "WF0109", "WF0110", "WF0111", "WF0110"});
    CHECK(read.root->find("c")->text == "2");
    CHECK(read.root->find("e")->find("f")->text == "1");
}

TEST_CASE("one document a text") {
    CHECK(Read("---\na: 1\n").findings.empty());
    CHECK(Read("---\na: 1\n...\n").findings.empty());
    const Read two("a: 1\n---\nb: 2\n");
    REQUIRE(two.codes() == Codes{"WF0112"});
    CHECK(two.findings[0].span.line == 2);
    CHECK(Read("%YAML 1.2\n---\na: 1\n").codes() == Codes{"WF0115"});
}

TEST_CASE("a mapping or list cannot be a key") {
    const Read read("{a: 1}: x\nb: 2\n");
    CHECK(read.codes() == Codes{"WF0114"});
    CHECK(read.root->find("b")->text == "2");
    CHECK(Read("? [a, b]\n: x\n").codes() == Codes{"WF0114"});
}

TEST_CASE("a text without a definition says so") {
    CHECK(Read("").codes() == Codes{"WF0102"});
    CHECK(Read("# only a comment\n").codes() == Codes{"WF0102"});
    CHECK(Read("~\n").codes() == Codes{"WF0102"});
}

TEST_CASE("broken YAML is told with its place and what to do") {
    const Read tab("steps:\n\tintake: x\n");
    REQUIRE(tab.codes() == Codes{"WF0106"});
    CHECK(tab.findings[0].span == Span{"t.yaml", 2, 1, 2, 2});
    CHECK(tab.findings[0].hint == "indent with spaces: YAML does not allow tabs there");

    const Read open("a: [1, 2\nb: 3\n");
    REQUIRE(open.codes() == Codes{"WF0106"});
    CHECK(open.findings[0].span == Span{"t.yaml", 2, 2, 2, 3});
    CHECK(open.findings[0].message == "a list in brackets cannot continue here");
    const Read unclosed("a: [1, 2\n");
    REQUIRE(unclosed.codes() == Codes{"WF0106"});
    CHECK(unclosed.findings[0].message == "this `[` is not closed");
    CHECK(unclosed.findings[0].span == Span{"t.yaml", 1, 4, 1, 5});

    const Read quoted("a: {b: {'c}}\r\n");
    REQUIRE(quoted.codes() == Codes{"WF0106"});
    CHECK(quoted.findings[0].message == "a quoted text is not closed");
    // A bracket in quotes hides the open one; the file begins with a letter of three bytes.
    const Read hidden("好: [']'\n");
    REQUIRE(hidden.codes() == Codes{"WF0106"});
    CHECK(hidden.findings[0].message == "a list in brackets cannot continue here");

    CHECK(Read("a: \"x\n").codes() == Codes{"WF0106"});
    CHECK(Read("a: b: c\n").codes() == Codes{"WF0106"});
    CHECK(Read("a: 1\n  b: 2\n").codes() == Codes{"WF0106"});
    CHECK(Read("a: @x\n").codes() == Codes{"WF0106"});
    CHECK(Read("a: 1\n b: 2\nc: 3\n").codes() == Codes{"WF0106"});
}

TEST_CASE("characters that hide or turn what is written are refused") {
    CHECK(Read(std::string("a: b\0c\n", 7)).codes() == Codes{"WF0105"});
    CHECK(Read("a: \xE2\x80\xAE"
               "b\n")
              .codes() == Codes{"WF0105"});
    CHECK(Read("a: \"\\u202e\"\n").codes() == Codes{"WF0105"});
    CHECK(Read("a: \"\\0\"\n").codes() == Codes{"WF0105"});
    CHECK(Read("a: b\rc: d\n").codes() == Codes{"WF0105"});
    const Read bad("好: \xFF\n");
    REQUIRE(bad.codes() == Codes{"WF0104"});
    CHECK(bad.findings[0].span.column == 4);
    CHECK(bad.findings[0].source_line.empty());
}

TEST_CASE("a text is read up to the bounds of bytes, depth and values") {
    const auto nested = [](std::size_t depth) {
        return "a: " + std::string(depth, '[') + std::string(depth, ']');
    };
    // The mapping is the first level.
    CHECK(Read(nested(bounds::yaml_depth - 1)).codes().empty());
    CHECK(Read(nested(bounds::yaml_depth)).codes() == Codes{"WF0107"});
    const auto list = [](std::size_t items) {
        std::string text = "a:\n";
        while (items-- > 0) text += "- b\n";
        return text;
    };
    // The mapping, its key and the list are values, too.
    CHECK(Read(list(bounds::yaml_values - 3)).codes().empty());
    CHECK(Read(list(bounds::yaml_values - 2)).codes() == Codes{"WF0108"});
    CHECK(Read("a: " + std::string(bounds::yaml_bytes - 3, 'b')).codes().empty());
    CHECK(Read("a: " + std::string(bounds::yaml_bytes - 2, 'b')).codes() == Codes{"WF0103"});
}

}  // namespace workflow::testing::yaml_tree_test
