// Who may write which field: the applicant, the officer of a task, or nobody.

#include "support/catch.hpp"
#include "support/hall.hpp"

namespace workflow::testing::field_origin_test {

namespace {

constexpr const char* item = R"(item: refund
title: 返还
kind: committed
limits: {promised: 20 workdays}
fields:
  years: {type: number, required: true, check: 'years in [0..60]'}
  id_number: {type: string, personal: true, purpose: 核对身份}
  account: {type: string}
  score: {type: number, from: review, check: 'score in [0..100]'}
  tracking: {type: string, from: issue}
  amount: {type: number, default: 0, check: amount <= 100}
  record: {type: boolean, default: false, from: [window-check, intake]}
start: intake
steps:
  intake:
    task: intake
    post: window
    outcomes:
      accept: {to: review, accepts: true}
      supplement: supplementing
  supplementing:
    wait: applicant
    on: {supplied: intake, after 30 days: lapsed}
  window-check: {task: intake, post: window, outcomes: {ok: review}}
  review:
    task: review
    pool: pass-through
    outcomes:
      approve: {to: confirmation, when: years >= 8, decides: true, sets: {amount: years * 10}}
      return: {to: intake}
  confirmation:
    wait: applicant
    asks: [account, years]
    on: {supplied: issue, after 30 days: lapsed}
  issue:
    task: issue
    post: issuer
    outcomes: {pay: granted, again: confirmation, reopen: review}
  granted: {end: granted}
  lapsed: {end: lapsed}
)";

FieldValues field(const char* id, Value value) {
    return {{FieldId(id), std::move(value)}};
}
Value number(int value) {
    return Value(decimal_of(value));
}

struct RefundHall : Hall {
    RefundHall() : Hall({item}) {
        application.fields = field("years", number(9));
        application.fields.emplace_back(FieldId("id_number"), Value("1234"));
    }
    HallAnswer accept(FieldValues fields = {}) {
        return complete("intake", "accept", "lin", {}, std::move(fields));
    }
    HallAnswer approve(FieldValues fields = {}) {
        return complete("review", "approve", holder("review"), {}, std::move(fields));
    }
    [[nodiscard]] Value value(const char* id) const {
        return c.fields[*process.field(FieldId(id))];
    }
};

}  // namespace

TEST_CASE("the applicant gives the application's fields, and neither computed nor officers' ones") {
    for (const char* id : {"amount", "score", "tracking", "record"}) {
        RefundHall hall;
        hall.application.fields.emplace_back(FieldId(id),
                                             std::string(id) == "tracking" ? Value("SF1")
                                             : std::string(id) == "record" ? Value(true)
                                                                           : number(1));
        CAPTURE(id);
        CHECK(hall.open().refused(RefusalCode::field_not_yours));
    }
    RefundHall hall;
    CHECK(hall.open());
}

TEST_CASE("the intake task corrects the application until acceptance, and the trail says so") {
    RefundHall hall;
    REQUIRE(hall.open());
    const auto accepted = hall.accept(field("years", number(10)));
    REQUIRE(accepted);
    const auto* correction = find<FieldsCorrected>(accepted.value());
    REQUIRE(correction);
    CHECK(correction->fields == std::vector{FieldId("years")});
    CHECK(hall.value("years") == number(10));
    // Back at the window after acceptance the facts are what the reviewer has seen.
    REQUIRE(hall.complete_by_holder("review", "return"));
    CHECK(hall.accept(field("years", number(30))).refused(RefusalCode::field_not_yours));
    CHECK(hall.accept(field("years", number(10))).refused(RefusalCode::field_not_yours));
}

TEST_CASE("a value that the intake repeats is no correction") {
    RefundHall hall;
    REQUIRE(hall.open());
    CHECK_FALSE(find<FieldsCorrected>(hall.accept(field("years", number(9))).value()));
}

TEST_CASE("a reviewer who is refused for the facts cannot change the facts") {
    RefundHall hall;
    hall.application.fields = field("years", number(2));
    REQUIRE(hall.open());
    REQUIRE(hall.accept());
    CHECK(hall.approve().refused(RefusalCode::condition_not_met));
    CHECK(hall.approve(field("years", number(30))).refused(RefusalCode::field_not_yours));
    CHECK(hall.approve(field("id_number", Value("9"))).refused(RefusalCode::field_not_yours));
    CHECK(hall.value("years") == number(2));
}

TEST_CASE("a field from a task is written while that task is performed, and at no other") {
    RefundHall hall;
    REQUIRE(hall.open());
    CHECK(hall.accept(field("score", number(50))).refused(RefusalCode::field_not_yours));
    REQUIRE(hall.accept(field("record", Value(true))));
    CHECK(hall.approve(field("tracking", Value("SF1"))).refused(RefusalCode::field_not_yours));
    CHECK(hall.approve(field("score", number(101))).refused(RefusalCode::field_invalid));
    REQUIRE(hall.approve(field("score", number(50))));
    CHECK(hall.value("score") == number(50));
}

TEST_CASE("what an outcome computes keeps its check, and nobody supplies it") {
    RefundHall hall;
    hall.application.fields = field("years", number(11));
    REQUIRE(hall.open());
    REQUIRE(hall.accept());
    CHECK(hall.approve(field("amount", number(1))).refused(RefusalCode::field_not_yours));
    // 11 * 10 is over the largest amount.
    CHECK(hall.approve().refused(RefusalCode::field_invalid));
}

TEST_CASE("what an outcome computes is what the field may hold") {
    Hall hall({R"(item: card
title: 补卡
kind: committed
limits: {promised: 20 workdays}
fields:
  copies: {type: number}
  kept: {type: number, default: 1, required: true}
start: review
steps:
  review: {task: review, pool: pass-through, outcomes: {approve: {to: granted, sets: {kept: copies}}}}
  granted: {end: granted}
)"});
    REQUIRE(hall.open());
    // `copies` was not given, and `kept` may not be without a value.
    const auto answer = hall.complete("review", "approve", hall.holder("review"));
    CHECK(answer.refused(RefusalCode::field_invalid));
    CHECK(answer.refusal().message == "kept cannot have the value that approve sets");
}

TEST_CASE("after the decision the facts that it rests on stay as they are") {
    RefundHall hall;
    REQUIRE(hall.open());
    REQUIRE(hall.accept());
    REQUIRE(hall.approve());
    CHECK(
        hall.supply({}, field("amount", number(9'999'999))).refused(RefusalCode::field_not_yours));
    CHECK(hall.supply({}, field("years", number(60))).refused(RefusalCode::field_not_yours));
    CHECK(hall.supply({}, field("id_number", Value("9"))).refused(RefusalCode::field_not_yours));
    REQUIRE(hall.supply({}, field("account", Value("6222"))));
    // What was not there when the case was decided can be put right.
    REQUIRE(hall.complete("issue", "again", "wang"));
    REQUIRE(hall.supply({}, field("account", Value("6333"))));
    CHECK(hall.value("account") == Value("6333"));
    CHECK(hall.complete("issue", "pay", "wang", {}, field("score", number(1)))
              .refused(RefusalCode::field_not_yours));
    REQUIRE(hall.complete("issue", "pay", "wang", {}, field("tracking", Value("SF1"))));
}

TEST_CASE("who decides again may write again what comes from them") {
    RefundHall hall;
    REQUIRE(hall.open());
    REQUIRE(hall.accept());
    REQUIRE(hall.approve(field("score", number(50))));
    REQUIRE(hall.supply({}, field("account", Value("6222"))));
    REQUIRE(hall.complete("issue", "reopen", "wang"));
    REQUIRE(hall.approve(field("score", number(70))));
    CHECK(hall.value("score") == number(70));
}

TEST_CASE("a wait takes the fields that it asks for, and an open one all of the applicant's") {
    RefundHall hall;
    REQUIRE(hall.open());
    REQUIRE(hall.complete("intake", "supplement", "lin"));
    CHECK(hall.supply({}, field("record", Value(true))).refused(RefusalCode::field_not_yours));
    REQUIRE(hall.supply({}, field("id_number", Value("5678"))));
    CHECK(hall.value("id_number") == Value("5678"));
}

}  // namespace workflow::testing::field_origin_test
