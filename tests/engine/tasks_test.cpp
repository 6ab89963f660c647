#include <catch2/catch.hpp>

#include "support/hall.hpp"

namespace workflow::testing::tasks_test {

TEST_CASE("a standard case takes its course in ten events") {
    Hall hall;
    hall.open().value();
    CHECK(kinds(hall.complete("intake", "accept", "lin").value()) ==
          "task_completed case_accepted task_offered task_drawn");
    CHECK(hall.c.promised_due == day("2026-03-09"));
    CHECK(hall.c.statutory_due == day("2026-03-30"));
    CHECK(kinds(hall.complete_by_holder("review", "approve").value()) ==
          "task_completed task_offered");
    CHECK(kinds(hall.complete("issue", "deliver", "wang").value()) == "task_completed case_ended");
    CHECK(hall.c.end == EndKind::granted);
    CHECK(hall.events.size() == 10);
}

TEST_CASE("what an outcome sets is in its event and in the case") {
    Hall hall;
    hall.bring_to_review();
    const auto added = hall.complete_by_holder("review", "approve").value();
    const FieldValues set{{FieldId("decided_on"), Value(day("2026-03-02"))}};
    CHECK(find<TaskCompleted>(added)->fields == set);
    CHECK(hall.c.fields[*hall.process.field(FieldId("decided_on"))] == Value(day("2026-03-02")));
}

TEST_CASE("a claimed task is its holder's alone") {
    Hall hall;
    hall.open();
    CHECK(kinds(hall.claim("intake", "lin").value()) == "task_claimed");
    CHECK(hall.holder("intake") == "lin");
    CHECK(hall.claim("intake", "sun").refused(RefusalCode::already_claimed));
    CHECK(hall.claim("intake", "lin").refused(RefusalCode::already_claimed));
    CHECK(hall.complete("intake", "accept", "sun").refused(RefusalCode::not_your_task));
    CHECK(hall.complete("intake", "accept", "lin"));
}

TEST_CASE("a task can be claimed only by a present, qualified officer of its post and hall") {
    Hall hall;
    hall.application.hall = HallId("north");
    hall.open();
    CHECK(hall.claim("intake", "zhao").refused(RefusalCode::not_on_post));
    CHECK(hall.claim("intake", "shi").refused(RefusalCode::not_on_post));
    const auto unqualified = hall.claim("intake", "mo");
    REQUIRE(unqualified.refused(RefusalCode::not_qualified));
    CHECK(unqualified.refusal().message == "mo is not qualified for " + hall.process.item.text);
    CHECK(hall.claim("intake", "he").refused(RefusalCode::absent));
    CHECK(hall.claim("intake", "wei").refused(RefusalCode::absent));
    CHECK(hall.claim("intake", "nobody").refused(RefusalCode::unknown_officer));
    CHECK(hall.perform(ClaimTask{hall.task("intake")}, Actor::the_applicant())
              .refused(RefusalCode::not_entitled));
    CHECK(hall.claim("intake", "lin"));
}

TEST_CASE("the rules of claiming hold for completing in passing as well") {
    Hall hall;
    hall.application.hall = HallId("north");
    hall.open();
    CHECK(hall.complete("intake", "accept", "zhao").refused(RefusalCode::not_on_post));
    CHECK(hall.complete("intake", "accept", "shi").refused(RefusalCode::not_on_post));
    CHECK(hall.complete("intake", "accept", "mo").refused(RefusalCode::not_qualified));
    CHECK(hall.complete("intake", "accept", "he").refused(RefusalCode::absent));
    CHECK(hall.perform(CompleteTask{hall.task("intake"), OutcomeId("accept"), {}, {}, {}},
                       Actor::the_engine())
              .refused(RefusalCode::not_entitled));
}

TEST_CASE("a task that is not open cannot be claimed, completed or handed on") {
    Hall hall;
    hall.open();
    CHECK(hall.claim("review", "zhao").refused(RefusalCode::unknown_task));
    CHECK(hall.complete("review", "approve", "zhao").refused(RefusalCode::unknown_task));
    CHECK(hall.delegate("review", "zhao", "qian").refused(RefusalCode::unknown_task));
    CHECK(hall.reassign("review", "chief", "qian").refused(RefusalCode::unknown_task));
    CHECK(hall.give_back("review", "zhao").refused(RefusalCode::unknown_task));
}

TEST_CASE("a task ends only with one of its own outcomes") {
    Hall hall;
    hall.open();
    CHECK(hall.complete("intake", "approve", "lin").refused(RefusalCode::unknown_outcome));
}

TEST_CASE("an outcome with a condition is refused, in the author's words, when it does not hold") {
    Hall hall;
    hall.bring_to_review();
    const auto refused = hall.complete_by_holder("review", "fast");
    REQUIRE(refused.refused(RefusalCode::condition_not_met));
    CHECK(refused.refusal().message == "fast is possible only when urgent");
}

TEST_CASE("an outcome's condition sees the values that come with it") {
    Hall hall;
    hall.bring_to_review();
    CHECK(hall.complete("review", "fast", hall.holder("review"), {},
                        {{FieldId("urgent"), Value(true)}}));
}

TEST_CASE("an outcome that requires materials names everything that is missing at once") {
    Hall hall;
    hall.application.materials.clear();
    hall.open();
    const auto refused =
        hall.complete("intake", "accept", "lin", {}, {{FieldId("urgent"), Value(true)}});
    REQUIRE(refused.refused(RefusalCode::materials_missing));
    CHECK(refused.refusal().message == "missing: photo, form, promise");
}

TEST_CASE("shared and owed materials are never asked for, and a promise counts where it is taken") {
    Hall hall;
    hall.application.materials = {provided("photo"), promised("promise")};
    hall.open();
    CHECK(hall.complete("intake", "accept", "lin"));
}

TEST_CASE("materials handed over at the window count at once") {
    Hall hall;
    hall.application.materials.clear();
    hall.open();
    CHECK(
        hall.complete("intake", "accept", "lin", {}, {}, {provided("photo"), provided("promise")}));
}

TEST_CASE("the window can take no material that is not on the list") {
    Hall hall;
    hall.open();
    CHECK(hall.complete("intake", "accept", "lin", {}, {}, {provided("passport")})
              .refused(RefusalCode::unknown_material));
}

TEST_CASE("an outcome that needs a reason is refused without one") {
    Hall hall;
    hall.open();
    CHECK(hall.complete("intake", "decline", "lin").refused(RefusalCode::reason_required));
    CHECK(hall.complete("intake", "decline", "lin", "not for us"));
    CHECK(hall.c.end == EndKind::not_accepted);
}

TEST_CASE("a supplement is asked for once") {
    Hall hall;
    hall.open();
    REQUIRE(hall.complete("intake", "supplement", "lin"));
    REQUIRE(hall.supply());
    const auto refused = hall.complete("intake", "supplement", "lin");
    REQUIRE(refused.refused(RefusalCode::outcome_exhausted));
    CHECK(refused.refusal().message == "supplement may be taken at most 1 times");
}

TEST_CASE("values that come with an outcome are checked like those of an application") {
    Hall hall;
    hall.open();
    const auto accept = [&](FieldValues fields) {
        return hall.complete("intake", "accept", "lin", {}, std::move(fields));
    };
    CHECK(accept({{FieldId("shoe_size"), Value(true)}}).refused(RefusalCode::unknown_field));
    CHECK(accept({{FieldId("urgent"), Value("yes")}}).refused(RefusalCode::field_invalid));
    CHECK(accept({{FieldId("id_number"), Value("1")}}).refused(RefusalCode::field_invalid));
    CHECK(accept({{FieldId("id_number"), Value()}}).refused(RefusalCode::field_missing));
    CHECK(accept({{FieldId("id_number"), Value("9999")}}));
    CHECK(hall.c.fields[0] == Value("9999"));
}

TEST_CASE("an ended case takes nothing more") {
    Hall hall;
    hall.open();
    hall.withdraw().value();
    CHECK(hall.claim("intake", "lin").refused(RefusalCode::case_ended));
    CHECK(hall.supply().refused(RefusalCode::case_ended));
    CHECK(hall.withdraw().refused(RefusalCode::case_ended));
    CHECK(hall.advance().refused(RefusalCode::case_ended));
}

TEST_CASE("a case that was never opened takes nothing but its opening") {
    Hall hall;
    CHECK(hall.withdraw().refused(RefusalCode::unknown_case));
}

}  // namespace workflow::testing::tasks_test
