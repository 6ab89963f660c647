#include "definition/loader.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

namespace workflow::testing::loader_test {

using namespace workflow::definition;

namespace {

Definitions loaded(const std::vector<std::string>& contents) {
    std::vector<Text> texts;
    for (const auto& content : contents)
        texts.push_back({"t" + std::to_string(texts.size()) + ".yaml", content});
    Sources sources;
    DiagnosticSink findings(sources);
    Definitions result = load(texts, sources, findings);
    for (const auto& finding : findings.take()) FAIL_CHECK(finding.message);
    return result;
}

const Step& step(const Item& item, const char* id) {
    const auto found = std::find_if(item.steps.begin(), item.steps.end(),
                                    [&](const Step& one) { return one.id.text == id; });
    REQUIRE(found != item.steps.end());
    return *found;
}

const std::string base = R"(process: base
parameters: {review_limit: {type: duration, default: 3 workdays}}
start: review
steps:
  review: {task: review, post: reviewer, limit: =review_limit, outcomes: {approve: closed, return: review}}
  closed: {end: granted}
)";
const std::string item_of_base = R"(item: a
title: 补领
limits: {promised: P10D}
process: base
with: {review_limit: 2 hours}
steps:
  review: {pool: pass-through, outcomes: {return: ~, approve: {to: closed, at most: 2}}}
)";

}  // namespace

TEST_CASE("an item changes its process key by key, and its pool replaces the post") {
    const Definitions all = loaded({item_of_base, base});
    REQUIRE(all.items.size() == 1);
    const Item& item = all.items.front();
    CHECK(item.process == "base");
    CHECK(item.promised == Limit{10, LimitUnit::days});
    CHECK(item.sources == std::vector<std::uint32_t>{0, 1});
    const Step& review = step(item, "review");
    CHECK(review.limit == Limit{120, LimitUnit::minutes});
    const auto& task = std::get<TaskStep>(review.kind);
    CHECK(task.drawn);
    CHECK(task.same_officer);
    CHECK(task.post.empty());
    REQUIRE(task.outcomes.size() == 1);
    CHECK(task.outcomes[0].at_most == 2U);
}

TEST_CASE("a change of any text an item is built from changes its digest") {
    const Digest before = loaded({item_of_base, base}).items.at(0).digest;
    CHECK(loaded({item_of_base, base}).items.at(0).digest == before);
    CHECK_FALSE(loaded({item_of_base, base + "# later\n"}).items.at(0).digest == before);
    CHECK_FALSE(loaded({item_of_base + "# later\n", base}).items.at(0).digest == before);
}

TEST_CASE("the mark of an expression covers the expression alone") {
    const std::string text =
        "item: a\ntitle: 补\nkind: instant\nfields: {金额: {type: number, check: '金额 >= 0'}}\n"
        "start: closed\nsteps: {closed: {end: granted}}\n";
    const auto check = loaded({text}).items.at(0).fields.at(0).check;
    CHECK(text.substr(check.mark.begin, check.mark.end - check.mark.begin) == check.text);
    CHECK(check.text == "金额 >= 0");
}

TEST_CASE("an officer is qualified for an item by its name, its prefix or for all") {
    Officer officer;
    officer.qualified = {"social-card.*", "pension.review"};
    CHECK(qualified_for(officer, ItemId("social-card.replace")));
    CHECK(qualified_for(officer, ItemId("pension.review")));
    CHECK_FALSE(qualified_for(officer, ItemId("social-card")));
    CHECK_FALSE(qualified_for(officer, ItemId("social-cards.replace")));
    officer.qualified = {"*"};
    CHECK(qualified_for(officer, ItemId("anything")));
}

TEST_CASE(
    "an officer is absent on the first and the last day of an absence, and once he has left") {
    Officer officer;
    officer.absent = {{Date{10}, Date{12}}};
    officer.left = Date{20};
    CHECK_FALSE(absent_on(officer, Date{9}));
    CHECK(absent_on(officer, Date{10}));
    CHECK(absent_on(officer, Date{12}));
    CHECK_FALSE(absent_on(officer, Date{13}));
    CHECK(absent_on(officer, Date{20}));
    CHECK(absent_on(officer, Date{21}));
}

TEST_CASE("a path that cannot be read is a finding") {
    Sources sources;
    DiagnosticSink findings(sources);
    CHECK(read_texts({"/nowhere/at/all.yaml"}, sources, findings).empty());
    const auto list = findings.take();
    REQUIRE(list.size() == 1);
    CHECK(list[0].code == "WF0101");
    CHECK(list[0].span.file == "/nowhere/at/all.yaml");
}

}  // namespace workflow::testing::loader_test
