#include <catch2/catch.hpp>

#include "process/duties.hpp"

namespace workflow::testing::duties_test {

using namespace workflow::process;

namespace {

definition::Officer officer(const char* id, const char* person, const char* post) {
    definition::Officer made;
    made.id = OfficerId(id);
    made.person = PersonId(person);
    made.posts = {PostId(post)};
    made.qualified = {"*"};
    return made;
}

struct Staff {
    Staff() {
        definition::Post reviewer;
        reviewer.id = PostId("reviewer");
        reviewer.duties = {DutyId("review")};
        organization.posts = {reviewer};
        organization.officers = {officer("evening", "ma", "reviewer"),
                                 officer("ma", "ma", "reviewer"),
                                 officer("qian", "qian", "reviewer")};
        process.item = ItemId("card.replace");
        process.members = {"intake", "review", "issue"};
        process.conflicts = {6, 5, 3};
        review.duty = DutyId("review");
        review.drawn = true;
        review.members = 2;
    }
    std::optional<RefusalCode> kept(const char* who, std::vector<Performance> done,
                                    const char* applicant = "") const {
        const PersonId person(applicant);
        return separation(process, organization, done, {person},
                          *organization.officer(OfficerId(who)), review.members);
    }
    definition::Organization organization;
    Process process;
    TaskActivity review;
};

}  // namespace

TEST_CASE("who accepted may not review, from any of his accounts; others may") {
    const Staff staff;
    const std::vector<Performance> done{{OfficerId("ma"), 1}};
    CHECK(staff.kept("ma", done) == RefusalCode::separated);
    CHECK(staff.kept("evening", done) == RefusalCode::separated);
    CHECK(!staff.kept("qian", done));
}

TEST_CASE("who reviewed may review again") {
    const Staff staff;
    CHECK(!staff.kept("ma", {{OfficerId("ma"), 2}}));
}

TEST_CASE("an account that is no longer there still stands for the person of its name") {
    const Staff staff;
    CHECK(staff.kept("qian", {{OfficerId("qian"), 4}}) == RefusalCode::separated);
    auto renamed = staff;
    renamed.organization.officers[2].id = OfficerId("qian-new");
    CHECK(renamed.kept("qian-new", {{OfficerId("qian"), 4}}) == RefusalCode::separated);
}

TEST_CASE("the applicant may not, even in a task that is kept apart from nothing") {
    Staff staff;
    staff.review.members = 0;
    CHECK(staff.kept("evening", {}, "ma") == RefusalCode::applicant_is_officer);
    CHECK(!staff.kept("qian", {}, "ma"));
}

TEST_CASE("a drawn task is for every hall, a post's only for the hall of the case") {
    Staff staff;
    auto& qian = staff.organization.officers[2];
    qian.hall = HallId("north");
    const auto day = *parse_date("2026-03-02");
    const auto ask = [&](const char* hall) {
        return post_for(staff.process, staff.review, staff.organization, qian, HallId(hall), day);
    };
    CHECK(ask("south").value() == PostId("reviewer"));
    staff.review.drawn = false;
    staff.review.post = PostId("reviewer");
    CHECK(ask("south").refused(RefusalCode::not_on_post));
    CHECK(ask("north"));
    CHECK(ask(""));
}

TEST_CASE("an officer who has left is absent from that day on") {
    Staff staff;
    auto& qian = staff.organization.officers[2];
    qian.left = parse_date("2026-03-02");
    CHECK(present(qian, *parse_date("2026-03-01")));
    CHECK(!present(qian, *parse_date("2026-03-02")));
}

}  // namespace workflow::testing::duties_test
