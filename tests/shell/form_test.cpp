// What an application can ask of a catalog, without knowing how the library keeps it.

#include <workflow/workflow.hpp>

#include <algorithm>
#include <catch2/catch.hpp>
#include <stdexcept>

#include "support/standard_item.hpp"

namespace workflow::testing::form_test {

namespace {

Catalog permits() {
    auto texts = standard_texts();
    texts.push_back({"permit.yaml", R"(item: permit
revision: 7
title: {zh: 许可, en: Permit}
kind: committed
section: permits
limits: {statutory: 20 workdays, promised: 5 workdays}
channels: [window, web]
fields:
  site: {title: {zh: 地点, en: Site}, type: string, required: true}
  owner_id: {type: string, personal: true}
  use: {type: string, values: [home, shop], default: home}
  cost: {type: number, from: review}
  accepted_by_rule: {type: boolean, from: computed}
materials:
  plan: {title: {zh: 图纸, en: Plan}, source: applicant}
  deed: {title: 产权证, source: shared, connector: registry, when: use = "shop"}
  tax_receipt: {title: 完税证明, source: later, within: 10 workdays}
process: accept-review-issue
)"});
    const auto loaded = Catalog::load(texts);
    for (const auto& finding : loaded.diagnostics)
        if (finding.severity == Severity::error) FAIL(finding.message);
    return *loaded.catalog;
}

template <class List, class Id>
auto named(const List& list, const Id& id) {
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.id == id; });
    REQUIRE(found != list.end());
    return *found;
}

}  // namespace

TEST_CASE("an item's form says what it is and within which limits it is handled") {
    const auto form = permits().form(ItemId("permit"));
    CHECK(form.id == ItemId("permit"));
    CHECK(form.title.en == "Permit");
    CHECK(form.revision == 7);
    CHECK(form.kind == ItemForm::Kind::committed);
    CHECK(form.section == "permits");
    CHECK(form.channels == std::vector<std::string>{"window", "web"});
    CHECK(form.statutory == Limit{20, LimitUnit::workdays});
    CHECK(form.promised == Limit{5, LimitUnit::workdays});
    CHECK(form.modes.empty());
}

TEST_CASE("an item's form says of each field who gives it and what it may be") {
    const auto form = permits().form(ItemId("permit"));
    REQUIRE(form.fields.size() == 5);
    CHECK(form.fields.front().id == FieldId("site"));
    const auto site = named(form.fields, FieldId("site"));
    CHECK(site.required);
    CHECK_FALSE(site.personal);
    CHECK_FALSE(site.initial);
    CHECK(site.title.zh == "地点");
    CHECK(site.origin == ItemForm::Origin::applicant);
    CHECK(named(form.fields, FieldId("owner_id")).personal);
    const auto use = named(form.fields, FieldId("use"));
    CHECK(use.values == std::vector<std::string>{"home", "shop"});
    CHECK(use.initial == Value("home"));
    const auto cost = named(form.fields, FieldId("cost"));
    CHECK(cost.type == ItemForm::FieldType::number);
    CHECK(cost.origin == ItemForm::Origin::tasks);
    CHECK(cost.tasks == std::vector<StepId>{StepId("review")});
    CHECK(named(form.fields, FieldId("accepted_by_rule")).origin == ItemForm::Origin::computed);
}

TEST_CASE("an item's form says of each material where it comes from") {
    const auto form = permits().form(ItemId("permit"));
    CHECK(named(form.materials, MaterialId("plan")).source == ItemForm::Source::applicant);
    CHECK_FALSE(named(form.materials, MaterialId("plan")).conditional);
    CHECK(named(form.materials, MaterialId("deed")).source == ItemForm::Source::shared);
    CHECK(named(form.materials, MaterialId("deed")).conditional);
    const auto receipt = named(form.materials, MaterialId("tax_receipt"));
    CHECK(receipt.source == ItemForm::Source::later);
    CHECK(receipt.within == Limit{10, LimitUnit::workdays});
}

TEST_CASE("an item's form says how each task may end") {
    const auto form = permits().form(ItemId("permit"));
    const auto intake = named(form.steps, StepId("intake"));
    CHECK(intake.kind == ItemForm::StepKind::task);
    CHECK(intake.duty == DutyId("intake"));
    CHECK(intake.post == PostId("general-window"));
    CHECK_FALSE(intake.drawn);
    REQUIRE(intake.outcomes.size() == 3);
    CHECK(named(intake.outcomes, OutcomeId("accept")).requires_materials);
    CHECK(named(intake.outcomes, OutcomeId("accept")).accepts);
    CHECK(named(intake.outcomes, OutcomeId("decline")).requires_reason);
    CHECK(named(intake.outcomes, OutcomeId("decline")).decides);
    CHECK(named(form.steps, StepId("review")).drawn);
    CHECK(named(form.steps, StepId("supplementing")).kind == ItemForm::StepKind::wait);
    CHECK(named(form.steps, StepId("completed")).kind == ItemForm::StepKind::end);
    CHECK(named(form.steps, StepId("completed")).outcomes.empty());
}

TEST_CASE("the form of an item that is not in the catalog is out of range") {
    CHECK_THROWS_AS(permits().form(ItemId("nowhere")), std::out_of_range);
}

TEST_CASE("the organization is shown with its halls, posts and officers") {
    const auto organization = permits().organization();
    CHECK(organization.id == "test-hall");
    CHECK(named(organization.halls, HallId("north")).title.en == "North");
    CHECK(named(organization.posts, PostId("reviewer")).duties ==
          std::vector<DutyId>{DutyId("review")});
    const auto sun = named(organization.officers, OfficerId("sun"));
    CHECK(sun.name == "孙立");
    CHECK(sun.hall == HallId("north"));
    CHECK(sun.posts.size() == 2);
    CHECK_FALSE(sun.supervisor);
    CHECK(named(organization.officers, OfficerId("chief")).supervisor);
    CHECK_FALSE(organization.recusal_grounds.empty());
}

TEST_CASE("an engine's catalog shows the organization as the journal has changed it") {
    Engine engine(*Catalog::load(standard_texts()).catalog, open_store(":memory:"));
    const ChangeStaff leaves{OfficerId("qian"), OfficerLeft{*parse_date("2026-01-01")}, "retired"};
    REQUIRE(engine.administration().change_staff(leaves, Actor::of(OfficerId("chief"))));
    CHECK(named(engine.catalog().organization().officers, OfficerId("qian")).left ==
          parse_date("2026-01-01"));
}

}  // namespace workflow::testing::form_test
