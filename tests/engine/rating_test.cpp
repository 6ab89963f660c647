// Ratings (好差评, R28): asked for at each visit of a hall or at the end of an online case, given
// once, with the token that was handed out.

#include <catch2/catch.hpp>

#include <workflow/rating.hpp>

#include "crypto/digest.hpp"
#include "support/hall.hpp"

namespace workflow::testing::rating_test {

namespace {

const Digest secret = sha256("a bureau's secret");

struct RatedHall : Hall {
    explicit RatedHall(const char* at_hall = "north") {
        facts.rating_token = [](TaskNumber task) {
            return rating_token(secret, CaseNumber("case-1"), task);
        };
        if (at_hall) application.hall = HallId(at_hall);
    }
    HallAnswer rate(std::uint32_t task, Grade grade, const std::string& token,
                    Actor actor = Actor::the_applicant()) {
        return perform(RateCase{TaskNumber{task}, token, grade, "in my own words"},
                       std::move(actor));
    }
    [[nodiscard]] static std::string token(std::uint32_t task) {
        return rating_token(secret, CaseNumber("case-1"), TaskNumber{task});
    }
    /// The tasks for which the applicant was asked, 0 for the whole case.
    [[nodiscard]] std::vector<std::uint32_t> invited() const {
        std::vector<std::uint32_t> tasks;
        for (const auto& event : events)
            if (const auto* invitation = std::get_if<RatingInvited>(&event.what))
                tasks.push_back(number(invitation->task));
        return tasks;
    }
    void work_to_the_end() {
        bring_to_issue();
        complete("issue", "deliver", "wang").value();
    }
};

}  // namespace

TEST_CASE("at a hall each visit to a window is rated, and never the review") {
    RatedHall hall;
    hall.work_to_the_end();
    CHECK(hall.invited() == std::vector<std::uint32_t>{1, 3});  // intake and issue
    const auto* first = find<RatingInvited>(hall.events);
    CHECK(first->officer == OfficerId("lin"));
    CHECK(first->token == sha256(RatedHall::token(1)));
}

TEST_CASE("the invitation says at which window the visit was") {
    RatedHall hall;
    for (auto& officer : hall.definitions.organization.officers)
        if (officer.id == OfficerId("lin")) officer.window = WindowId("a01");
    hall.work_to_the_end();
    std::vector<std::string> windows;
    for (const auto& event : hall.events)
        if (const auto* invited = std::get_if<RatingInvited>(&event.what))
            windows.push_back(invited->window.text);
    CHECK(windows == std::vector<std::string>{"a01", ""});
}

TEST_CASE("on line the case is rated, once it has ended, however it ended") {
    RatedHall granted(nullptr), withdrawn(nullptr);
    granted.work_to_the_end();
    CHECK(granted.invited() == std::vector<std::uint32_t>{0});
    CHECK(find<RatingInvited>(granted.events)->officer.empty());
    withdrawn.open();
    withdrawn.withdraw().value();
    CHECK(withdrawn.invited() == std::vector<std::uint32_t>{0});
    CHECK(withdrawn.rate(0, Grade::satisfied, RatedHall::token(0)));
}

TEST_CASE("nobody is asked without a secret, nor where the item says so") {
    Hall without;
    without.application.hall = HallId("north");
    without.bring_to_issue();
    CHECK_FALSE(find<RatingInvited>(without.events));

    std::string item = hall_item;
    item.insert(item.find("kind: committed"), "rating: none\n");
    Hall none({item});
    none.application.hall = HallId("north");
    none.facts.rating_token = [](TaskNumber) { return std::string("x"); };
    none.bring_to_issue();
    CHECK_FALSE(find<RatingInvited>(none.events));
}

TEST_CASE("a rating needs its own token, is given once, and by the applicant") {
    RatedHall hall;
    hall.work_to_the_end();
    CHECK(hall.rate(1, Grade::satisfied, "0000-0000-0000-0000").refused(RefusalCode::wrong_token));
    CHECK(hall.rate(1, Grade::satisfied, RatedHall::token(3)).refused(RefusalCode::wrong_token));
    CHECK(hall.rate(2, Grade::satisfied, RatedHall::token(2)).refused(RefusalCode::not_rateable));
    CHECK(hall.rate(1, Grade::satisfied, RatedHall::token(1), as("lin"))
              .refused(RefusalCode::not_entitled));
    CHECK(hall.rate(1, static_cast<Grade>(6), RatedHall::token(1))
              .refused(RefusalCode::field_invalid));
    REQUIRE(hall.rate(1, Grade::dissatisfied, RatedHall::token(1)));
    CHECK(hall.rate(1, Grade::very_satisfied, RatedHall::token(1))
              .refused(RefusalCode::rated_already));
    CHECK(hall.rate(3, Grade::very_satisfied, RatedHall::token(3)));
}

TEST_CASE("a case that has ended takes ratings and nothing else") {
    RatedHall hall;
    hall.work_to_the_end();
    CHECK(hall.status() == "granted");
    REQUIRE(hall.rate(3, Grade::satisfied, RatedHall::token(3)));
    CHECK(hall.status() == "granted");
    CHECK(hall.withdraw().refused(RefusalCode::case_ended));
    CHECK(hall.advance().refused(RefusalCode::case_ended));
}

TEST_CASE("words are added to a rating once; the grade stays") {
    RatedHall hall;
    hall.bring_to_issue();
    const auto add = [&](const char* comment) {
        return hall.perform(SupplementRating{TaskNumber{1}, RatedHall::token(1), comment},
                            Actor::the_applicant());
    };
    CHECK(add("more").refused(RefusalCode::not_rated));
    REQUIRE(hall.rate(1, Grade::dissatisfied, RatedHall::token(1)));
    CHECK(add("").refused(RefusalCode::reason_required));
    CHECK(add("it came the day after"));
    CHECK(add("and another thing").refused(RefusalCode::rated_already));
    CHECK(hall.c.rateable.front().grade == Grade::dissatisfied);
}

TEST_CASE("a supervisor sets a rating aside, never one of himself, and with a reason") {
    RatedHall hall;
    hall.open();
    hall.complete("intake", "accept", "chief").value();
    const auto aside = [&](std::uint32_t task, const char* officer, const char* reason) {
        return hall.perform(SetRatingAside{TaskNumber{task}, reason}, as(officer));
    };
    CHECK(aside(1, "chief", "mistaken").refused(RefusalCode::not_rated));
    REQUIRE(hall.rate(1, Grade::very_dissatisfied, RatedHall::token(1)));
    CHECK(aside(1, "lin", "mistaken").refused(RefusalCode::not_supervisor));
    CHECK(aside(1, "chief", "mistaken").refused(RefusalCode::own_affair));

    RatedHall other;
    other.bring_to_review();
    REQUIRE(other.rate(1, Grade::very_dissatisfied, RatedHall::token(1)));
    const auto by_chief = [&](const char* reason) {
        return other.perform(SetRatingAside{TaskNumber{1}, reason}, as("chief"));
    };
    CHECK(by_chief("").refused(RefusalCode::reason_required));
    CHECK(by_chief("another office was meant"));
    CHECK(by_chief("again").refused(RefusalCode::nothing_changed));
    CHECK(other.c.rateable.front().set_aside);
}

TEST_CASE("a token is easy to copy by hand and hard to guess") {
    const auto token = rating_token(secret, CaseNumber("case-1"), TaskNumber{1});
    CHECK(token.size() == 19);
    CHECK(token[4] == '-');
    CHECK(token.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ-") == std::string::npos);
    CHECK(token == rating_token(secret, CaseNumber("case-1"), TaskNumber{1}));
    CHECK(token != rating_token(secret, CaseNumber("case-1"), TaskNumber{2}));
    CHECK(token != rating_token(secret, CaseNumber("case-2"), TaskNumber{1}));
    CHECK(token != rating_token(sha256("another"), CaseNumber("case-1"), TaskNumber{1}));
    CHECK(tidied_token("o1il-wxyz 2345 6789") == "0111-WXYZ-2345-6789");
    std::string typed = token;
    for (char& c : typed)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    CHECK(tidied_token(typed) == token);
}

}  // namespace workflow::testing::rating_test
