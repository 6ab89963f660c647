#include <catch2/catch.hpp>

#include "support/hall.hpp"

namespace workflow::testing::opening_test {

TEST_CASE("an application is received and offered to the window, due on the next working day") {
    Hall hall;
    const auto added = hall.open().value();
    CHECK(kinds(added) == "case_opened task_offered");
    CHECK(hall.steps() == "intake");
    CHECK(find<TaskOffered>(added)->due == day("2026-03-03"));
    CHECK(hall.holder("intake").empty());
    CHECK(!hall.c.accepted);
}

TEST_CASE("an application that says nothing of a field gets the field's default") {
    Hall hall;
    const auto added = hall.open().value();
    const auto& fields = find<CaseOpened>(added)->fields;
    REQUIRE(fields.size() == 3);
    CHECK(fields[1] == std::pair(FieldId("copies"), Value(decimal_of(1))));
    CHECK(fields[2] == std::pair(FieldId("urgent"), Value(false)));
}

TEST_CASE("an application for another item is not taken") {
    Hall hall;
    hall.application.item = ItemId("card.renew");
    CHECK(hall.open().refused(RefusalCode::unknown_item));
}

TEST_CASE("an application without a required field names all that are missing") {
    Hall hall;
    hall.application.fields.clear();
    const auto refused = hall.open();
    REQUIRE(refused.refused(RefusalCode::field_missing));
    CHECK(refused.refusal().message == "the application lacks id_number");
}

TEST_CASE("a field that the item does not declare is not taken") {
    Hall hall;
    hall.application.fields.emplace_back(FieldId("shoe_size"), Value(decimal_of(42)));
    CHECK(hall.open().refused(RefusalCode::unknown_field));
}

TEST_CASE("a value of the wrong type is not taken") {
    Hall hall;
    hall.application.fields.emplace_back(FieldId("copies"), Value("three"));
    CHECK(hall.open().refused(RefusalCode::field_invalid));
}

TEST_CASE("a value that is none of the field's is not taken") {
    Hall hall;
    hall.application.fields.emplace_back(FieldId("colour"), Value("blue"));
    CHECK(hall.open().refused(RefusalCode::field_invalid));
}

TEST_CASE("a field given twice is not taken") {
    Hall hall;
    hall.application.fields.emplace_back(FieldId("id_number"), Value("5678"));
    CHECK(hall.open().refused(RefusalCode::field_invalid));
}

TEST_CASE("a value that fails its check is not taken") {
    Hall hall;
    hall.application.fields = {{FieldId("id_number"), Value("12345")}};
    CHECK(hall.open().refused(RefusalCode::field_invalid));
}

TEST_CASE("an applicant of a kind that the item is not for is turned away") {
    Hall hall;
    hall.application.applicant.kind = "ship";
    CHECK(hall.open().refused(RefusalCode::field_invalid));
}

TEST_CASE("an application on a channel that the item does not have is turned away") {
    Hall hall;
    hall.application.channel = "mobile";
    CHECK(hall.open().refused(RefusalCode::field_invalid));
}

TEST_CASE("a material that is not on the item's list is not taken") {
    Hall hall;
    hall.application.materials.push_back(provided("passport"));
    CHECK(hall.open().refused(RefusalCode::unknown_material));
}

TEST_CASE("a promise is not taken for a material that must be handed in") {
    Hall hall;
    hall.application.materials = {promised("photo")};
    CHECK(hall.open().refused(RefusalCode::unknown_material));
}

TEST_CASE("an officer who receives an application has done the intake of that case") {
    Hall hall;
    const auto added = hall.open(as("ma")).value();
    CHECK(added.front().post == PostId("window"));
    REQUIRE(hall.complete("intake", "accept", "lin"));
    REQUIRE(hall.complete_by_holder("review", "approve"));
    CHECK(hall.complete("issue", "deliver", "ma").refused(RefusalCode::separated));
}

TEST_CASE("an officer cannot receive an application without a post for intake") {
    Hall hall;
    CHECK(hall.open(as("zhao")).refused(RefusalCode::not_on_post));
}

TEST_CASE("an officer cannot receive an application in another hall than his own") {
    Hall hall;
    hall.application.hall = HallId("south");
    CHECK(hall.open(as("lin")).refused(RefusalCode::not_on_post));
    CHECK(hall.open(as("shi")));
}

TEST_CASE("an officer who is not qualified for the item cannot receive its applications") {
    Hall hall;
    CHECK(hall.open(as("mo")).refused(RefusalCode::not_qualified));
}

TEST_CASE("an officer who is away, has left or never was cannot receive an application") {
    Hall hall;
    CHECK(hall.open(as("he")).refused(RefusalCode::absent));
    CHECK(hall.open(as("wei")).refused(RefusalCode::absent));
    CHECK(hall.open(as("nobody")).refused(RefusalCode::unknown_officer));
}

TEST_CASE("an officer cannot receive his own application") {
    Hall hall;
    hall.application.applicant.person = PersonId("lin");
    CHECK(hall.open(as("lin")).refused(RefusalCode::applicant_is_officer));
}

TEST_CASE("where no outcome accepts, the case is accepted as it is opened") {
    Hall hall({R"(item: desk.request
title: Request
kind: committed
limits: {promised: 5 workdays}
start: settle
steps:
  settle: {task: intake, post: window, outcomes: {answer: answered}}
  answered: {end: answered}
)"});
    const auto added = hall.open().value();
    CHECK(kinds(added) == "case_opened case_accepted task_offered");
    CHECK(hall.c.promised_due == day("2026-03-09"));
    CHECK(!hall.c.statutory_due);
}

TEST_CASE("what is done while the applicant waits is promised for the same day") {
    Hall hall({R"(item: desk.stamp
title: Stamp
kind: instant
start: stamp
steps:
  stamp: {task: intake, post: window, outcomes: {done: ended}}
  ended: {end: granted}
)"});
    hall.open();
    CHECK(hall.c.promised_due == day("2026-03-02"));
}

TEST_CASE("a choice whose branches all fail refuses what led to it") {
    Hall hall({R"(item: desk.sort
title: Sort
kind: instant
fields: {size: {type: number, required: true}}
start: sort
steps:
  sort: {choose: [{when: size < 10, to: small}, {when: size > 10, to: large}]}
  small: {task: intake, post: window, outcomes: {done: ended}}
  large: {task: intake, post: window, outcomes: {done: ended}}
  ended: {end: granted}
)"});
    hall.application.fields = {{FieldId("size"), Value(decimal_of(10))}};
    CHECK(hall.open().refused(RefusalCode::no_branch));
    hall.application.fields = {{FieldId("size"), Value(decimal_of(11))}};
    CHECK(hall.open());
    CHECK(hall.steps() == "large");
}

TEST_CASE("a net that never rests is stopped") {
    Hall hall;
    process::Process endless;
    endless.item = ItemId("card.replace");
    endless.steps.push_back(
        {StepId("around"), {}, process::none, 0, process::none, process::none, {}, {}});
    endless.places.resize(1);
    endless.places[0].step = 0;
    endless.places[0].automatic = {0};
    endless.transitions.resize(1);
    endless.transitions[0].takes = endless.transitions[0].gives = {{0, 1}};
    endless.start = 0;
    hall.application.fields.clear();
    hall.application.materials.clear();
    const auto decision =
        engine::decide(endless, engine::Case(),
                       Command{hall.application, Actor::the_applicant(), {}, {}, {}}, hall.facts);
    CHECK(decision.refused(RefusalCode::too_many_steps));
}

}  // namespace workflow::testing::opening_test
