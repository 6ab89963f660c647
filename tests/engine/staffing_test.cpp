#include <catch2/catch.hpp>

#include "support/hall.hpp"

namespace workflow::testing::staffing_test {

// Who alone could do what comes later is not let take what comes first.

namespace {

// Only eva keeps the seal: she may not accept, nor be drawn for the review.
constexpr const char* one_seal = R"(organization: small-hall
title: Small hall
halls: {only: {title: Only}}
posts:
  window: {title: Window, duties: [intake]}
  reviewer: {title: Reviewer, duties: [review]}
  issuer: {title: Issuer, duties: [issue]}
officers:
  ann: {name: Ann, hall: only, posts: [window]}
  ben: {name: Ben, hall: only, posts: [reviewer], supervisor: true}
  eva: {name: Eva, hall: only, posts: [window, reviewer, issuer]}
)";

Hall small_hall() {
    return Hall({one_seal, hall_item});
}

}  // namespace

TEST_CASE("nobody takes a task whom only a later task could have") {
    auto hall = small_hall();
    CHECK(hall.open(as("eva")).refused(RefusalCode::needed_later));
    hall.open(as("ann"));
    CHECK(hall.claim("intake", "eva").refused(RefusalCode::needed_later));
    CHECK(hall.complete("intake", "accept", "eva").refused(RefusalCode::needed_later));
    CHECK(hall.reassign("intake", "ben", "eva").refused(RefusalCode::needed_later));
    hall.claim("intake", "ann").value();
    CHECK(hall.delegate("intake", "ann", "eva").refused(RefusalCode::needed_later));
    hall.complete("intake", "accept", "ann").value();
    CHECK(hall.holder("review") == "ben");
}

TEST_CASE("a draw leaves out whom only a later task could have, and says so") {
    auto hall = small_hall();
    hall.open(as("ann"));
    const auto added = hall.complete("intake", "accept", "ann").value();
    const auto* drawn = find<TaskDrawn>(added);
    CHECK(drawn->candidates == std::vector<OfficerId>{OfficerId("ben")});
    REQUIRE(drawn->excluded.size() == 1);
    CHECK(drawn->excluded[0].officer == OfficerId("eva"));
    CHECK(drawn->excluded[0].rule == static_cast<std::uint8_t>(RefusalCode::needed_later));
}

TEST_CASE("where a later task has nobody anyway, that keeps nobody from this one") {
    auto hall = small_hall();
    hall.application.applicant.person = PersonId("eva");
    hall.open();
    CHECK(hall.claim("intake", "ann"));
}

TEST_CASE("the hall of the case has its own window officers, and reviewers are everywhere") {
    Hall hall;
    hall.application.hall = HallId("south");
    hall.open();
    // In the south nobody issues, with or without him.
    CHECK(hall.claim("intake", "shi"));
}

}  // namespace workflow::testing::staffing_test
