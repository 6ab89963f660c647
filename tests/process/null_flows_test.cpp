// Where a field that may have no value decides.

#include "definition/loader.hpp"
#include "feel/null_flow.hpp"
#include "process/compiler.hpp"
#include "support/catch.hpp"

namespace workflow::testing::null_flows_test {

namespace {

/// The names in `text` through which null flows; each name may be null.
std::vector<std::string> flows(const std::string& text) {
    feel::Scope scope;
    feel::Type number, word, truth, list;
    number.kind = feel::Kind::number;
    word.kind = feel::Kind::string;
    truth.kind = feel::Kind::boolean;
    list.kind = feel::Kind::list;
    scope.names = {{"x", number}, {"y", number}, {"s", word}, {"b", truth}, {"l", list}};
    std::vector<feel::Mistake> mistakes;
    const auto expression = feel::compile(text, scope, mistakes);
    INFO(text);
    REQUIRE(mistakes.empty());
    std::vector<std::string> names;
    for (const auto& flow : feel::null_flows(expression, {0, 1, 2, 3, 4}))
        names.push_back(text.substr(flow.begin, flow.end - flow.begin));

    // What is told is so: with the others at hand and one name null, the condition is null exactly
    // where the name was told.
    const auto full = [] {
        return std::vector<Value>{Value(Decimal{50}), Value(Decimal{50}), Value("a"), Value(true),
                                  Value(List{})};
    };
    for (std::size_t slot = 0; slot < scope.names.size(); ++slot) {
        auto values = full();
        values[slot] = Value();
        const auto value = expression.evaluate(values, {});
        const bool told = std::count(names.begin(), names.end(), scope.names[slot].name) > 0;
        INFO(scope.names[slot].name << " = null");
        if (value.is_null()) CHECK(told);
    }
    return names;
}

/// The messages of WF0424 for an item with these fields and steps, each with its text.
std::vector<std::string> told(const std::string& steps) {
    const auto text =
        "item: a\ntitle: A\nkind: committed\nlimits: {promised: 5 workdays}\nfields:\n"
        "  fee: {type: number, required: true}\n  score: {type: number}\n  area: {type: number}\n" +
        steps;
    Sources sources;
    DiagnosticSink findings(sources);
    const auto loaded = definition::load({{"a.yaml", text}}, sources, findings);
    std::vector<std::string> messages;
    if (!loaded.items.empty()) process::compile(loaded.items[0], nullptr, findings);
    for (const auto& one : findings.take()) {
        INFO(one.code << " " << one.span.line << " " << one.message);
        CHECK(one.severity != Severity::error);
        if (one.code == "WF0424") messages.push_back(one.message);
    }
    return messages;
}

using Names = std::vector<std::string>;

std::string branch_not_taken(const std::string& field) {
    return "`" + field +
           "` may have no value here: the condition is then null, and the branch is not taken";
}

}  // namespace

TEST_CASE("null flows through comparison and arithmetic, and not through what asks for it") {
    CHECK(flows("x > 3") == Names{"x"});
    CHECK(flows("x + y > 3") == Names{"x", "y"});
    CHECK(flows("x between 1 and y") == Names{"x", "y"});
    CHECK(flows("x in [1..3]") == Names{"x"});
    CHECK(flows("b") == Names{"b"});
    CHECK(flows("not(b)") == Names{"b"});
    CHECK(flows("s = \"a\"").empty());
    CHECK(flows("s != \"a\"").empty());
    CHECK(flows("s in (\"a\", \"b\")").empty());
    CHECK(flows("x = null").empty());
    CHECK(flows("x in (1, [2..4])") == Names{"x"});
    CHECK(flows("string length(s) > 3") == Names{"s"});
    CHECK(flows("list contains(l, x)") == Names{"l"});
    CHECK(flows("count(l[item > x]) > 0") == Names{"l"});
}

TEST_CASE("whoever asks for null first lets none through, on either side") {
    CHECK(flows("x != null and x > 3").empty());
    CHECK(flows("x > 3 and x != null").empty());
    CHECK(flows("x = null or x > 3").empty());
    CHECK(flows("not(x = null) and x > 3").empty());
    CHECK(flows("is defined(x) and x > 3").empty());
    CHECK(flows("x instance of number and x > 3").empty());
    CHECK(flows("s = \"a\" and string length(s) > 3").empty());
    CHECK(flows("if x = null then false else x > 3").empty());
    CHECK(flows("if x != null then x > 3 else false").empty());
    CHECK(flows("x != null and (y > 3 or x > y)") == Names{"y", "y"});
}

TEST_CASE("asking for the wrong thing does not help") {
    CHECK(flows("x != null or x > 3") == Names{"x"});
    CHECK(flows("x = null and x > 3") == Names{"x"});
    CHECK(flows("y != null and x > 3") == Names{"x"});
    CHECK(flows("x > 3 and x < 10") == Names{"x", "x"});
    CHECK(flows("if y = null then x > 3 else false") == Names{"x"});
}

TEST_CASE("a choose that reads what nobody need have given is warned of") {
    const std::string tail =
        "  way:\n    choose:\n      - {when: score > 60, to: good}\n      - {otherwise: bad}\n"
        "  good: {end: granted}\n  bad: {end: refused}\n";
    const auto task = [](const std::string& outcome) {
        return "start: intake\nsteps:\n  intake:\n    task: intake\n    post: window\n"
               "    outcomes:\n      accept: {to: way" +
               outcome + "}\n";
    };
    CHECK(told("start: way\nsteps:\n" + tail) == Names{branch_not_taken("score")});
    CHECK(told(task("") + tail) == Names{branch_not_taken("score")});
    SECTION("until an outcome asks for it") {
        CHECK(told(task(", when: score != null") + tail).empty());
        CHECK(told(task(", when: score >= 0") + tail).empty());
    }
    SECTION("or sets it") {
        CHECK(told(task(", sets: {score: fee + 1}") + tail).empty());
    }
    SECTION("on every way there") {
        CHECK(told(task(", when: score != null}\n      wave: {to: way") + tail) ==
              Names{branch_not_taken("score")});
    }
}

TEST_CASE("what one of the branches gives is there after a join that waits for it") {
    const auto item = [](const std::string& join, const std::string& other) {
        return "start: both\nsteps:\n  both:\n    parallel:\n"
               "      measure: {task: review, post: window, "
               "outcomes: {measured: {to: done, when: area > 0}}}\n"
               "      look: {task: review, post: window, outcomes: {seen: {to: done" +
               other + "}}}\n    join: " + join +
               "\n    then: way\n"
               "  way:\n    choose:\n      - {when: area > 60, to: good}\n"
               "      - {otherwise: bad}\n  good: {end: granted}\n  bad: {end: refused}\n";
    };
    CHECK(told(item("all", "")).empty());
    CHECK(told(item("any", "")) == Names{branch_not_taken("area")});
    CHECK(told(item("any", ", when: area != null")).empty());
}

TEST_CASE("a material that null keeps from being asked for is warned of") {
    const auto found = told(
        "materials:\n  plan: {title: 图纸, source: applicant, when: area > 100}\n"
        "start: way\nsteps:\n  way: {end: granted}\n");
    REQUIRE(found.size() == 1);
    CHECK(found[0].ends_with("and the material is not asked for"));
}

}  // namespace workflow::testing::null_flows_test
