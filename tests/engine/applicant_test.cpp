#include <catch2/catch.hpp>

#include "support/hall.hpp"

namespace workflow::testing::applicant_test {

TEST_CASE("what the applicant brings is recorded and the case goes on") {
    Hall hall;
    hall.application.materials.clear();
    hall.open();
    CHECK(kinds(hall.complete("intake", "supplement", "lin").value()) ==
          "task_completed timer_armed");
    CHECK(kinds(hall.supply({provided("photo"), promised("promise")}).value()) ==
          "materials_supplied task_offered");
    CHECK(hall.c.timers.empty());
    CHECK(hall.complete("intake", "accept", "lin"));
}

TEST_CASE("nothing is taken from an applicant whom the case does not wait for") {
    Hall hall;
    hall.open();
    CHECK(hall.supply({provided("photo")}).refused(RefusalCode::not_waiting));
}

TEST_CASE("what is owed may be brought at any time and moves nothing") {
    Hall hall;
    hall.bring_to_review();
    CHECK(kinds(hall.supply({provided("receipt")}).value()) == "materials_supplied");
    CHECK(hall.steps() == "review");
    CHECK(hall.supply({provided("receipt")}).refused(RefusalCode::not_waiting));
}

TEST_CASE("what the applicant brings must be on the list and his values valid") {
    Hall hall;
    hall.open();
    hall.complete("intake", "supplement", "lin").value();
    CHECK(hall.supply({provided("passport")}).refused(RefusalCode::unknown_material));
    CHECK(hall.supply({promised("photo")}).refused(RefusalCode::unknown_material));
    CHECK(
        hall.supply({}, {{FieldId("shoe_size"), Value(true)}}).refused(RefusalCode::unknown_field));
    CHECK(
        hall.supply({}, {{FieldId("colour"), Value("blue")}}).refused(RefusalCode::field_invalid));
    CHECK(
        hall.supply({}, {{FieldId("id_number"), Value("1")}}).refused(RefusalCode::field_invalid));
    CHECK(hall.supply({}, {{FieldId("id_number"), Value()}}).refused(RefusalCode::field_missing));
    CHECK(hall.supply({}, {{FieldId("colour"), Value("red")}}));
}

TEST_CASE("what was handed in stays handed in when it is promised as well") {
    Hall hall;
    hall.open();
    hall.complete("intake", "supplement", "lin").value();
    hall.supply({promised("promise")}).value();
    CHECK(hall.c.materials[*hall.process.material(MaterialId("promise"))] ==
          engine::MaterialState::provided);
}

TEST_CASE("an application can be withdrawn until it is decided") {
    Hall hall;
    hall.bring_to_issue();
    CHECK(hall.withdraw().refused(RefusalCode::withdraw_closed));
}

TEST_CASE("a withdrawn application is over, and its tasks with it") {
    Hall hall;
    hall.bring_to_review();
    CHECK(kinds(hall.withdraw().value()) == "case_withdrawn task_cancelled case_ended");
    CHECK(hall.status() == "withdrawn");
    CHECK(hall.steps() == "withdrawn");
    CHECK(!engine::wake_day(hall.c));
}

TEST_CASE("an item without a way to withdraw lets nobody withdraw") {
    Hall hall({R"(item: desk.request
title: Request
kind: instant
start: settle
steps:
  settle: {task: intake, post: window, outcomes: {answer: answered}}
  answered: {end: answered}
)"});
    hall.open();
    CHECK(hall.withdraw().refused(RefusalCode::withdraw_closed));
}

TEST_CASE("an officer may bring in what the applicant hands him, but not in his own case") {
    Hall hall;
    hall.application.applicant.person = PersonId("sun");
    hall.open();
    hall.complete("intake", "supplement", "lin").value();
    CHECK(hall.perform(SupplyMaterials{}, as("sun")).refused(RefusalCode::applicant_is_officer));
    CHECK(hall.perform(SupplyMaterials{}, as("he")).refused(RefusalCode::absent));
    CHECK(hall.perform(SupplyMaterials{}, as("nobody")).refused(RefusalCode::unknown_officer));
    CHECK(hall.perform(WithdrawCase{}, as("nobody")).refused(RefusalCode::unknown_officer));
    CHECK(hall.perform(SupplyMaterials{}, as("lin")).refused(RefusalCode::evidence_required));
    CHECK(hall.perform(SupplyMaterials{{}, {}, "回执 7 号"}, as("lin")));
}

TEST_CASE("what the applicant brings answers every branch that waits for him") {
    Hall hall({R"(item: desk.two
title: Two questions
kind: instant
start: ask
steps:
  ask:
    parallel:
      left: {wait: applicant, on: {supplied: done, after 5 days: lapsed}}
      right: {wait: applicant, on: {supplied: done, after 5 days: lapsed}}
    then: ended
  ended: {end: answered}
  lapsed: {end: lapsed}
)"});
    hall.open();
    REQUIRE(hall.supply());
    CHECK(hall.status() == "answered");
}

TEST_CASE("a promised material is not recorded as handed in, until it is") {
    Hall hall;
    const auto promise = *hall.process.material(MaterialId("promise"));
    hall.application.materials = {provided("photo"), promised("promise")};
    hall.open();
    CHECK(hall.c.materials[promise] == engine::MaterialState::committed);
    hall.complete("intake", "supplement", "lin").value();
    hall.supply({provided("promise")}).value();
    CHECK(hall.c.materials[promise] == engine::MaterialState::provided);
}

}  // namespace workflow::testing::applicant_test
