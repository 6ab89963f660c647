// Who takes no part in a case, and who says so.

#include <catch2/catch.hpp>

#include "support/hall.hpp"

namespace workflow::testing::recusal_test {

namespace {

/// A hall with two supervisors beside `chief`: one who reviews, and one in the south.
struct SupervisedHall : Hall {
    SupervisedHall() {
        application.hall = HallId("north");
        for (auto& officer : definitions.organization.officers)
            if (officer.id == OfficerId("zhao") || officer.id == OfficerId("zhou"))
                officer.supervisor = true;
    }
    HallAnswer ask(const char* officer, Actor actor, std::string ground = "kin",
                   std::string reason = "a cousin") {
        return perform(RecuseOfficer{OfficerId(officer), std::move(ground), std::move(reason)},
                       std::move(actor));
    }
    HallAnswer answer(const char* officer, bool granted, const char* by) {
        return perform(DecideRecusal{OfficerId(officer), granted, granted ? "" : "no relation"},
                       as(by));
    }
};

bool excluded(const TaskDrawn& drawn, const std::string& officer, RefusalCode rule) {
    const Exclusion one{OfficerId(officer), static_cast<std::uint8_t>(rule)};
    return std::find(drawn.excluded.begin(), drawn.excluded.end(), one) != drawn.excluded.end();
}

}  // namespace

TEST_CASE("a recusal that somebody else asks for does nothing until a supervisor confirms it") {
    SupervisedHall hall;
    hall.open();
    REQUIRE(hall.ask("qian", Actor::the_applicant()));
    SECTION("asked") {
        hall.complete("intake", "accept", "lin").value();
        CHECK(!excluded(*find<TaskDrawn>(hall.events), "qian", RefusalCode::recused));
    }
    SECTION("declined") {
        hall.answer("qian", false, "chief").value();
        hall.complete("intake", "accept", "lin").value();
        CHECK(!excluded(*find<TaskDrawn>(hall.events), "qian", RefusalCode::recused));
        CHECK(hall.ask("qian", Actor::the_applicant()));
    }
    SECTION("granted") {
        hall.answer("qian", true, "chief").value();
        hall.complete("intake", "accept", "lin").value();
        CHECK(excluded(*find<TaskDrawn>(hall.events), "qian", RefusalCode::recused));
        CHECK(hall.ask("qian", Actor::the_applicant()).refused(RefusalCode::asked_already));
    }
}

TEST_CASE("a recusal names a ground of the list, a reason, and an officer") {
    SupervisedHall hall;
    hall.open();
    CHECK(hall.ask("qian", Actor::the_applicant(), "").refused(RefusalCode::ground_required));
    CHECK(
        hall.ask("qian", Actor::the_applicant(), "dislike").refused(RefusalCode::ground_required));
    CHECK(
        hall.ask("qian", Actor::the_applicant(), "kin", "").refused(RefusalCode::reason_required));
    CHECK(hall.ask("nobody", Actor::the_applicant()).refused(RefusalCode::unknown_officer));
    CHECK(hall.answer("qian", true, "chief").refused(RefusalCode::nothing_asked));
    REQUIRE(hall.ask("qian", Actor::the_applicant()));
    CHECK(hall.perform(DecideRecusal{OfficerId("qian"), false, ""}, as("chief"))
              .refused(RefusalCode::reason_required));
}

TEST_CASE("neither who asks, nor the officer concerned, nor who accepted the case confirms it") {
    SupervisedHall hall;
    hall.open();
    hall.complete("intake", "accept", "chief").value();
    REQUIRE(hall.ask("qian", as("zhao")));
    CHECK(hall.answer("qian", true, "zhao").refused(RefusalCode::second_person));
    CHECK(hall.answer("qian", true, "chief").refused(RefusalCode::second_person));
    CHECK(hall.answer("qian", true, "lin").refused(RefusalCode::not_supervisor));
    CHECK(hall.answer("qian", true, "qian").refused(RefusalCode::not_supervisor));
    // Nobody of the north may: then a supervisor of another hall does.
    CHECK(hall.answer("qian", true, "zhou"));
}

TEST_CASE("a supervisor of another hall does not confirm where one of the hall may") {
    SupervisedHall hall;
    hall.open();
    REQUIRE(hall.ask("qian", Actor::the_applicant()));
    CHECK(hall.answer("qian", true, "zhou").refused(RefusalCode::not_supervisor));
    CHECK(hall.answer("qian", true, "chief"));
}

TEST_CASE("an officer who recuses themselves is out at once, and what they hold is drawn again") {
    SupervisedHall hall;
    hall.bring_to_review();
    const auto first = hall.holder("review");
    const auto added = hall.ask(first.c_str(), as(first.c_str())).value();
    CHECK(kinds(added) == "recusal_asked task_handed_over task_drawn");
    CHECK(hall.holder("review") != first);
    CHECK(excluded(*find<TaskDrawn>(added), first, RefusalCode::recused));
    CHECK(hall.complete("review", "approve", first).refused(RefusalCode::recused));
}

TEST_CASE("an officer who asks it of another account of theirs is out at once") {
    SupervisedHall hall;
    hall.open();
    const auto asked = hall.ask("ma-evening", as("ma")).value();
    CHECK(std::get<RecusalAsked>(asked.front().what).officer == OfficerId("ma"));
    CHECK(hall.c.recusals.empty());
    CHECK(hall.ask("ma", as("ma")).refused(RefusalCode::recused));
    CHECK(hall.complete("intake", "accept", "ma").refused(RefusalCode::recused));
}

TEST_CASE("when a recusal is granted the engine takes the drawn task back and draws again") {
    SupervisedHall hall;
    hall.bring_to_review();
    const auto first = hall.holder("review");
    hall.ask(first.c_str(), Actor::the_applicant()).value();
    CHECK(hall.holder("review") == first);
    const auto added = hall.answer(first.c_str(), true, "chief").value();
    CHECK(kinds(added) == "recusal_decided task_handed_over task_drawn");
    CHECK(hall.holder("review") != first);
}

TEST_CASE("an officer who applies in capitals is not drawn when another one steps back") {
    SupervisedHall hall;
    hall.application.applicant.person = PersonId("ZHAO");
    hall.bring_to_review();
    const auto first = hall.holder("review");
    hall.ask(first.c_str(), as(first.c_str())).value();
    // Two are left, and the draw is held back.
    const auto& drawn = std::get<TaskDrawn>(hall.events[hall.events.size() - 2].what);
    CHECK(drawn.candidates.size() == 2);
    CHECK(excluded(drawn, "zhao", RefusalCode::applicant_is_officer));
}

TEST_CASE("nobody runs a script over their own application, however they spell their id") {
    SupervisedHall hall;
    hall.application.applicant.person = PersonId("LIN");
    Command command{hall.application, Actor::the_applicant(), {}, {}, {}};
    command.batch = BatchOrigin{OfficerId("lin"), {}, "row", {}};
    CHECK(hall.perform(command).refused(RefusalCode::applicant_is_officer));
    hall.application.applicant.person = PersonId("chen");
    hall.application.agent = Agent{PersonId("Lin"), "代理"};
    command.action = hall.application;
    CHECK(hall.perform(command).refused(RefusalCode::recused));
}

TEST_CASE("an application asks for recusals, and none of them narrows the pool by itself") {
    SupervisedHall hall;
    for (const auto* name : {"qian", "sun", "zhou"})
        hall.application.recusals.push_back({OfficerId(name), "kin", "a cousin"});
    hall.open();
    CHECK(hall.c.recusals.size() == 3);
    hall.complete("intake", "accept", "lin").value();
    CHECK(find<TaskDrawn>(hall.events)->candidates.size() == 4);

    SupervisedHall wrong;
    wrong.application.recusals = {{OfficerId("qian"), "dislike", "x"}};
    CHECK(wrong.open().refused(RefusalCode::ground_required));
    wrong.application.recusals = {{OfficerId("qian"), "kin", "x"}, {OfficerId("qian"), "kin", "x"}};
    CHECK(wrong.open().refused(RefusalCode::asked_already));
    // An officer who receives the application has no side in it.
    wrong.application.recusals = {{OfficerId("lin"), "kin", "x"}};
    CHECK(wrong.open(as("lin")).refused(RefusalCode::recused));
}

TEST_CASE("the text of a request has an officer, a ground and a reason") {
    CHECK(parse_recusal("zhao=kin: a cousin") ==
          RecusalRequest{OfficerId("zhao"), "kin", "a cousin"});
    CHECK(parse_recusal(" zhao = kin :a: b ") == RecusalRequest{OfficerId("zhao"), "kin", "a: b"});
    for (const auto* bad :
         {"zhao", "zhao=kin", "=kin: x", "zhao=: x", "zhao=kin:", "zhao: kin", ""})
        CHECK_FALSE(parse_recusal(bad));
}

}  // namespace workflow::testing::recusal_test
