#include <catch2/catch.hpp>

#include "engine/request.hpp"
#include "support/hall.hpp"

namespace workflow::testing::repeating_test {

namespace {

Command keyed(Action action, Actor actor, const char* key) {
    return {std::move(action), std::move(actor), CommandKey(key), {}, {}};
}

}  // namespace

TEST_CASE("a repeated command changes nothing and says which events were its answer") {
    Hall hall;
    hall.open();
    const auto accept =
        keyed(CompleteTask{hall.task("intake"), OutcomeId("accept"), {}, {}, {}}, as("lin"), "k1");
    REQUIRE(hall.perform(accept));
    REQUIRE(hall.complete_by_holder("review", "approve"));
    const auto before = engine::canonical(hall.c);
    const auto again = engine::decide(hall.process, hall.c, accept, hall.facts).value();
    CHECK(again.repeated);
    CHECK(again.events.empty());
    CHECK(again.before == 2);
    CHECK(again.after == 6);
    CHECK(engine::canonical(hall.c) == before);
}

TEST_CASE("a repeated command is answered even when its case has ended and its version is old") {
    Hall hall;
    hall.open();
    auto withdraw = keyed(WithdrawCase{"no"}, Actor::the_applicant(), "k1");
    withdraw.expected = Version{2};
    REQUIRE(hall.perform(withdraw));
    CHECK(engine::decide(hall.process, hall.c, withdraw, hall.facts).value().repeated);
}

TEST_CASE("a key cannot be used for another request, nor by another officer") {
    Hall hall;
    hall.open();
    const ClaimTask claim{hall.task("intake")};
    REQUIRE(hall.perform(keyed(claim, as("lin"), "k1")));
    CHECK(hall.perform(keyed(claim, as("sun"), "k1")).refused(RefusalCode::key_reused));
    CHECK(hall.perform(keyed(WithdrawCase{}, Actor::the_applicant(), "k1"))
              .refused(RefusalCode::key_reused));
}

TEST_CASE("a refused command leaves its key free") {
    Hall hall;
    hall.open();
    CHECK(hall.perform(keyed(ClaimTask{hall.task("intake")}, as("zhao"), "k1"))
              .refused(RefusalCode::not_on_post));
    CHECK(hall.perform(keyed(ClaimTask{hall.task("intake")}, as("lin"), "k1")));
}

TEST_CASE("an answer ends where the next command begins, keyed or not") {
    Hall hall;
    hall.perform(keyed(hall.application, Actor::the_applicant(), "k1")).value();
    hall.claim("intake", "lin").value();
    REQUIRE(hall.c.keys.size() == 1);
    CHECK(hall.c.keys[0].before == 0);
    CHECK(hall.c.keys[0].after == 2);
}

TEST_CASE("two requests that differ in anything have different fingerprints") {
    const auto print = [](Action action, Actor actor) {
        return engine::fingerprint(Command{std::move(action), std::move(actor), {}, {}, {}});
    };
    const CompleteTask base{TaskNumber{1}, OutcomeId("accept"), {}, {}, {}};
    auto reason = base;
    reason.reason = "because";
    auto field = base;
    field.fields = {{FieldId("a"), Value("1")}};
    auto number = base;
    number.fields = {{FieldId("a"), Value(decimal_of(1))}};
    auto material = base;
    material.materials = {provided("a")};
    auto promise = base;
    promise.materials = {promised("a")};
    const std::vector<std::uint64_t> prints{print(base, as("lin")),
                                            print(base, as("sun")),
                                            print(reason, as("lin")),
                                            print(field, as("lin")),
                                            print(number, as("lin")),
                                            print(material, as("lin")),
                                            print(promise, as("lin")),
                                            print(ClaimTask{TaskNumber{1}}, as("lin")),
                                            print(ClaimTask{TaskNumber{2}}, as("lin")),
                                            print(ReturnTask{TaskNumber{1}, {}}, as("lin")),
                                            print(AdvanceCase{}, Actor::the_engine())};
    for (std::size_t i = 0; i < prints.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) CHECK(prints[i] != prints[j]);
}

TEST_CASE("a command that expects an older version is refused with the current one") {
    Hall hall;
    hall.open();
    const auto refused =
        hall.perform({ClaimTask{hall.task("intake")}, as("lin"), {}, Version{1}, {}});
    REQUIRE(refused.refused(RefusalCode::stale_version));
    CHECK(refused.refusal().current == Version{2});
    CHECK(hall.perform({ClaimTask{hall.task("intake")}, as("lin"), {}, Version{2}, {}}));
}

TEST_CASE("a case is opened once") {
    Hall hall;
    hall.open();
    CHECK(hall.open().refused(RefusalCode::stale_version));
}

TEST_CASE("nothing is recorded before the case's last event") {
    Hall hall;
    hall.open();
    hall.later(-1);
    CHECK(hall.claim("intake", "lin").refused(RefusalCode::time_out_of_order));
}

TEST_CASE("nothing is said to have happened in the future or before the case's last event") {
    Hall hall;
    hall.open();
    Command claim{ClaimTask{hall.task("intake")}, as("lin"), {}, {}, {}};
    claim.happened = Instant{hall.facts.now.microseconds + 1};
    CHECK(hall.perform(claim).refused(RefusalCode::time_out_of_order));
    claim.happened = Instant{hall.facts.now.microseconds - 1};
    CHECK(hall.perform(claim).refused(RefusalCode::time_out_of_order));
}

TEST_CASE("what is recorded later counts from the day on which it happened") {
    Hall hall;
    hall.on("2026-03-10");
    Command open{hall.application, Actor::the_applicant(), {}, {}, {}};
    open.happened = parse_instant("2026-03-02T10:00:00+08:00", {});
    const auto added = hall.perform(open).value();
    CHECK(added.front().recorded == hall.facts.now);
    CHECK(added.front().happened == *open.happened);
    CHECK(find<TaskOffered>(added)->due == day("2026-03-03"));
}

}  // namespace workflow::testing::repeating_test
