// A seal is opened on a ground, and a second person grants it.

#include "support/blind_office.hpp"

namespace workflow::testing::unseal_test {

TEST_CASE("asking shows nothing; what is granted is shown to the one officer who asked") {
    Office office;
    office.bring_to_review();
    const auto reviewer = office.holder();
    REQUIRE(office.ask(Sealed::applicant, reviewer));
    CHECK_FALSE(has(office.all_shown_to(reviewer), "canary"));
    REQUIRE(office.grant(Sealed::applicant, "chief"));
    CHECK(has(office.all_shown_to(reviewer), "canary-id"));
    // Who asked is still kept from the window and from the supervisor who granted it.
    CHECK_FALSE(has(office.all_shown_to("lin"), "rev-"));
    CHECK_FALSE(has(office.all_shown_to("chief"), "rev-"));
    REQUIRE(office.ask(Sealed::reviewer, "chief"));
    REQUIRE(office.grant(Sealed::reviewer, "deputy", "chief"));
    CHECK(has(office.all_shown_to("chief"), reviewer));
    CHECK_FALSE(has(office.all_shown_to("deputy"), "rev-"));
    CHECK_FALSE(has(office.all_shown_to("lin"), "rev-"));
    CHECK(office.engine->administration().verify().intact());
}

TEST_CASE("a request has a ground of the organization's list and a reason") {
    Office office;
    office.bring_to_review();
    const auto reviewer = office.holder();
    CHECK(office.ask(Sealed::applicant, reviewer, "").refused(RefusalCode::ground_required));
    CHECK(
        office.ask(Sealed::applicant, reviewer, "curiosity").refused(RefusalCode::ground_required));
    CHECK(
        office.ask(Sealed::applicant, reviewer, "audit", "").refused(RefusalCode::reason_required));
    CHECK(office.ask(Sealed::applicant, "rev-x").refused(RefusalCode::unknown_officer));
    CHECK(office.ask(Sealed::applicant, "shi").refused(RefusalCode::not_yours_to_read));
    CHECK(office.ask(Sealed::applicant, "lin").refused(RefusalCode::nothing_sealed));
    REQUIRE(office.ask(Sealed::applicant, reviewer));
    CHECK(office.ask(Sealed::applicant, reviewer).refused(RefusalCode::asked_already));
    REQUIRE(office.grant(Sealed::applicant, "chief"));
    CHECK(office.ask(Sealed::applicant, reviewer).refused(RefusalCode::nothing_sealed));
}

TEST_CASE("a supervisor of that hall, another person, no party and no reviewer, decides") {
    Office office;
    office.bring_to_review();
    CHECK(office.grant(Sealed::reviewer, "chief").refused(RefusalCode::nothing_asked));
    REQUIRE(office.ask(Sealed::reviewer, "chief"));
    CHECK(office.grant(Sealed::reviewer, "chief", "chief").refused(RefusalCode::second_person));
    CHECK(office.grant(Sealed::reviewer, "chief").refused(RefusalCode::second_person));
    CHECK(office.grant(Sealed::reviewer, "lin", "chief").refused(RefusalCode::not_supervisor));
    CHECK(office.grant(Sealed::reviewer, "far-chief", "chief").refused(RefusalCode::not_entitled));
    CHECK(office.grant(Sealed::reviewer, office.holder(), "chief")
              .refused(RefusalCode::not_supervisor));
    CHECK(office.grant(Sealed::reviewer, "deputy", "lin").refused(RefusalCode::nothing_asked));
    REQUIRE(office.perform(DecideUnsealing{OfficerId("chief"), Sealed::reviewer, false, "no"},
                           Actor::of(OfficerId("deputy"))));
    CHECK_FALSE(has(office.all_shown_to("chief"), "rev-"));
    CHECK(office.grant(Sealed::reviewer, "deputy", "chief").refused(RefusalCode::nothing_asked));
    REQUIRE(office.ask(Sealed::reviewer, "chief"));
}

TEST_CASE("who asks to see the applicant reviews, so that no name is tried on the request") {
    Office office;
    office.bring_to_review();
    const auto reviewer = office.holder();
    REQUIRE(office.ask(Sealed::applicant, reviewer));
    for (const char* name : {"rev-a", "rev-b", "rev-c", "rev-d"}) {
        const auto refused = office.grant(Sealed::applicant, "chief", name);
        REQUIRE(refused.refused(RefusalCode::not_yours_to_read));
        CHECK_FALSE(has(refused.refusal().message, "rev-"));
    }
    const auto granted = office.grant(Sealed::applicant, "chief");
    REQUIRE(granted);
    const auto shown = office.seen_by("chief").answer(*granted);
    for (const auto& event : shown.events) CHECK_FALSE(has(tell_all(event), "rev-"));
}

TEST_CASE("a supervisor who reviews the case decides on no seal of it") {
    Office office;
    const auto change = [&](const char* officer, StaffChange what) {
        const ChangeStaff act{OfficerId(officer), std::move(what), "reorganized"};
        REQUIRE(office.engine->administration().change_staff(act, Actor::the_engine()));
    };
    for (const char* south : {"rev-b", "rev-c"}) change(south, OfficerMoved{HallId("north"), {}});
    for (const char* one : {"rev-a", "rev-b", "rev-c", "rev-d"})
        change(one, OfficerSupervises{true});
    office.bring_to_review();
    const auto reviewer = office.holder();
    REQUIRE(office.ask(Sealed::reviewer, "chief"));
    CHECK(office.grant(Sealed::reviewer, reviewer).refused(RefusalCode::second_person));
    CHECK(office.grant(Sealed::reviewer, "deputy"));
}

}  // namespace workflow::testing::unseal_test
