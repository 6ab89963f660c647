#include "base/diagnostics.hpp"

#include <set>

#include <catch2/catch.hpp>

#include "base/render.hpp"

namespace workflow::testing::diagnostics_test {

TEST_CASE("each kind of finding has a code and a name of its own, in the order of the codes") {
    std::set<std::string_view> names;
    std::string_view last;
    for (const FindingKind& kind : finding_kinds()) {
        CHECK(names.insert(kind.name).second);
        CHECK(last < kind.code);
        CHECK(kind.code.size() == 6);
        CHECK(kind.meaning.back() == '.');
        last = kind.code;
    }
}

TEST_CASE("the nearest name is offered, a far one is not") {
    const std::vector<std::string> known{"review", "intake", "issue", "受理岗"};
    CHECK(nearest("reveiw", known) == "review");  // two letters swapped are one mistake
    CHECK(nearest("isue", known) == "issue");
    CHECK(nearest("受里岗", known) == "受理岗");
    CHECK_FALSE(nearest("completed", known));
    CHECK_FALSE(nearest("x", std::vector<std::string>{"y"}));
    CHECK_FALSE(nearest("", known));
}

TEST_CASE("findings come ordered by place, each once") {
    Sources sources;
    const auto b = sources.add(Source("b.yaml", "one\ntwo\n"));
    const auto a = sources.add(Source("a.yaml", "one\ntwo\n"));
    DiagnosticSink findings(sources);
    findings.add("unknown-key", {b, 4, 7}, "second");
    findings.add("unknown-key", {b, 0, 3}, "first");
    findings.add("unknown-key", {b, 0, 3}, "first");
    findings.add("no-otherwise", {a, 4, 7}, "in another file");
    CHECK(findings.errors() == 3);
    CHECK(findings.warnings() == 1);
    const auto list = findings.take();
    REQUIRE(list.size() == 3);
    CHECK(list[0].message == "in another file");
    CHECK(list[1].message == "first");
    CHECK(list[2].span == Span{"b.yaml", 2, 1, 2, 4});
    CHECK(list[2].source_line == "two");
    CHECK_FALSE(findings.has_errors());
}

TEST_CASE("beyond the limit a note says how many findings are left out") {
    Sources sources;
    const auto text = sources.add(Source("a.yaml", std::string(20'000, 'x')));
    DiagnosticSink findings(sources);
    for (std::uint32_t i = 0; i < 10'000; ++i) findings.add("unknown-key", {text, i, i + 1}, "x");
    CHECK(findings.errors() == 10'000);
    const auto list = findings.take(10);
    REQUIRE(list.size() == 11);
    CHECK(list.back().message == "9990 more findings are not shown");
    CHECK(list.back().severity == Severity::note);
}

TEST_CASE("the caret stands under the characters it means, Chinese ones being two columns wide") {
    Sources sources;
    const auto text = sources.add(Source("a.yaml", "title: {zh: 补领, ne: Replace}\n"));
    DiagnosticSink findings(sources);
    findings.add("unknown-key", {text, 20, 22}, "a title has no key `ne`", "did you mean `en`?");
    CHECK(render(findings.take().front()) ==
          "a.yaml:1:17: error[WF0201]: a title has no key `ne`\n"
          "  1 | title: {zh: 补领, ne: Replace}\n"
          "    |                   ^^\n"
          "  help: did you mean `en`?\n");
}

TEST_CASE("a finding about a whole file has no line") {
    Sources sources;
    const auto text = sources.add(Source("a.yaml", ""));
    DiagnosticSink findings(sources);
    findings.add("empty-text", {text, 0, 0}, "there is nothing in it");
    CHECK(render(findings.take().front()) == "a.yaml: error[WF0102]: there is nothing in it\n");
}

TEST_CASE("tabs before the caret stay tabs") {
    Sources sources;
    const auto text = sources.add(Source("a.yaml", "\tkey: x\n"));
    DiagnosticSink findings(sources);
    findings.add("yaml-syntax", {text, 1, 4}, "m");
    CHECK(render(findings.take().front()) ==
          "a.yaml:1:2: error[WF0106]: m\n  1 | \tkey: x\n    | \t^^^\n");
}

TEST_CASE("the earlier place is named") {
    Sources sources;
    const auto text = sources.add(Source("a.yaml", "a: 1\na: 2\n"));
    DiagnosticSink findings(sources);
    auto& finding = findings.add("duplicate-key", {text, 5, 6}, "the key `a` is given twice");
    findings.relate(finding, {text, 0, 1}, "first given here");
    CHECK(render(findings.take().front()) ==
          "a.yaml:2:1: error[WF0113]: the key `a` is given twice\n"
          "  2 | a: 2\n"
          "    | ^\n"
          "  note: a.yaml:1:1: first given here\n");
}

}  // namespace workflow::testing::diagnostics_test
