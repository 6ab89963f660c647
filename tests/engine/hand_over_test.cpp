#include <catch2/catch.hpp>

#include "support/hall.hpp"

namespace workflow::testing::hand_over_test {

TEST_CASE("a holder hands his task to a named colleague") {
    Hall hall;
    hall.open();
    hall.claim("intake", "lin").value();
    CHECK(kinds(hall.delegate("intake", "lin", "sun").value()) == "task_handed_over");
    CHECK(hall.holder("intake") == "sun");
    CHECK(hall.complete("intake", "accept", "lin").refused(RefusalCode::not_your_task));
}

TEST_CASE("nobody hands on what he does not hold") {
    Hall hall;
    hall.open();
    CHECK(hall.delegate("intake", "lin", "sun").refused(RefusalCode::not_your_task));
    hall.claim("intake", "lin").value();
    CHECK(hall.delegate("intake", "sun", "ma").refused(RefusalCode::not_your_task));
}

TEST_CASE("a task is handed only to one who could have claimed it") {
    Hall hall;
    hall.open();
    hall.claim("intake", "lin").value();
    CHECK(hall.delegate("intake", "lin", "zhao").refused(RefusalCode::not_on_post));
    CHECK(hall.delegate("intake", "lin", "mo").refused(RefusalCode::not_qualified));
    CHECK(hall.delegate("intake", "lin", "he").refused(RefusalCode::absent));
    CHECK(hall.delegate("intake", "lin", "nobody").refused(RefusalCode::unknown_officer));
    CHECK(hall.delegate("intake", "lin", "lin").refused(RefusalCode::already_claimed));
}

TEST_CASE("only a supervisor gives a task to somebody else") {
    Hall hall;
    hall.open();
    CHECK(hall.reassign("intake", "lin", "sun").refused(RefusalCode::not_supervisor));
    REQUIRE(hall.reassign("intake", "chief", "sun"));
    CHECK(hall.holder("intake") == "sun");
    CHECK(hall.reassign("intake", "chief", "sun").refused(RefusalCode::already_claimed));
    CHECK(hall.reassign("intake", "chief", "zhao").refused(RefusalCode::not_on_post));
}

TEST_CASE("a returned window task can be claimed by anybody again") {
    Hall hall;
    hall.open();
    CHECK(hall.give_back("intake", "lin").refused(RefusalCode::not_your_task));
    hall.claim("intake", "lin").value();
    REQUIRE(hall.give_back("intake", "lin"));
    CHECK(hall.holder("intake").empty());
    CHECK(hall.claim("intake", "sun"));
}

TEST_CASE("for a drawn task nobody chooses who does it") {
    Hall hall;
    hall.bring_to_review();
    const auto holder = hall.holder("review");
    CHECK(hall.claim("review", "qian").refused(RefusalCode::drawn_not_chosen));
    CHECK(hall.delegate("review", holder.c_str(), "qian").refused(RefusalCode::drawn_not_chosen));
    CHECK(hall.reassign("review", "chief", "qian").refused(RefusalCode::drawn_not_chosen));
}

TEST_CASE("a reviewer gives a case back only with a reason, and is not drawn for it again") {
    Hall hall;
    hall.bring_to_review();
    const auto first = hall.holder("review");
    CHECK(hall.give_back("review", first).refused(RefusalCode::reason_required));
    const auto added = hall.give_back("review", first, "my cousin").value();
    CHECK(kinds(added) == "task_handed_over task_drawn");
    const auto* drawn = find<TaskDrawn>(added);
    CHECK(drawn->officer != OfficerId(first));
    const Exclusion recused{OfficerId(first),
                            static_cast<std::uint8_t>(RefusalCode::not_your_task)};
    CHECK(std::find(drawn->excluded.begin(), drawn->excluded.end(), recused) !=
          drawn->excluded.end());
}

// ---- separation, whatever way the task comes

TEST_CASE("who accepted the case cannot be handed its issue, by whichever way") {
    Hall hall;
    hall.open();
    hall.complete("intake", "accept", "ma").value();
    hall.complete_by_holder("review", "approve").value();
    CHECK(hall.claim("issue", "ma").refused(RefusalCode::separated));
    CHECK(hall.complete("issue", "deliver", "ma").refused(RefusalCode::separated));
    CHECK(hall.reassign("issue", "chief", "ma").refused(RefusalCode::separated));
    hall.claim("issue", "wang").value();
    CHECK(hall.delegate("issue", "wang", "ma").refused(RefusalCode::separated));
}

TEST_CASE("separation holds for the person, from whatever account he acts") {
    Hall hall;
    hall.open();
    hall.complete("intake", "accept", "ma").value();
    hall.complete_by_holder("review", "approve").value();
    CHECK(hall.claim("issue", "ma-evening").refused(RefusalCode::separated));
}

TEST_CASE("who held a task has performed its duty, even if he handed it on") {
    Hall hall;
    hall.open();
    hall.claim("intake", "ma").value();
    hall.delegate("intake", "ma", "lin").value();
    hall.complete("intake", "accept", "lin").value();
    hall.complete_by_holder("review", "approve").value();
    CHECK(hall.claim("issue", "ma").refused(RefusalCode::separated));
}

TEST_CASE("who accepted the case is left out of its draw, and the draw says why") {
    Hall hall;
    hall.open();
    const auto added = hall.complete("intake", "accept", "sun").value();
    const auto* drawn = find<TaskDrawn>(added);
    CHECK(drawn->candidates ==
          std::vector<OfficerId>{OfficerId("qian"), OfficerId("zhao"), OfficerId("zhou")});
    const std::vector<Exclusion> excluded{
        {OfficerId("sun"), static_cast<std::uint8_t>(RefusalCode::separated)}};
    CHECK(drawn->excluded == excluded);
}

TEST_CASE("staff take no part in their own case") {
    Hall hall;
    hall.application.applicant.person = PersonId("sun");
    hall.open();
    CHECK(hall.claim("intake", "sun").refused(RefusalCode::applicant_is_officer));
    const auto added = hall.complete("intake", "accept", "lin").value();
    const std::vector<Exclusion> excluded{
        {OfficerId("sun"), static_cast<std::uint8_t>(RefusalCode::applicant_is_officer)}};
    CHECK(find<TaskDrawn>(added)->excluded == excluded);
}

TEST_CASE("an applicant cannot be handed his own case") {
    Hall hall;
    hall.application.applicant.person = PersonId("sun");
    hall.open();
    CHECK(hall.reassign("intake", "chief", "sun").refused(RefusalCode::applicant_is_officer));
}

}  // namespace workflow::testing::hand_over_test
