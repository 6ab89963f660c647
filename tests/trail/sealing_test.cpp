#include "trail/sealing.hpp"

#include <rapidcheck.h>

#include "support/catch.hpp"
#include "support/made_up_events.hpp"
#include "trail/codec.hpp"

namespace workflow::testing::sealing_test {

using namespace workflow::trail;

namespace {

Digest salt(std::uint8_t byte) {
    Digest digest;
    digest.bytes.fill(byte);
    return digest;
}
bool all_personal(const FieldId&) {
    return true;
}
std::vector<Opening> openings_of(const std::vector<TakenOut>& taken) {
    std::vector<Opening> openings;
    for (const auto& one : taken) openings.push_back(one.opening);
    return openings;
}

}  // namespace

TEST_CASE("what is taken out of an event and put back makes it what it was") {
    CHECK(rc::check([](Event event) {
        event.sealed.clear();
        const auto whole = encode(event);
        const bool personal = may_be_personal(event);
        const auto taken = take_out(event, all_personal, [] { return salt(7); });
        RC_ASSERT(personal == !taken.empty());
        RC_ASSERT(!may_be_personal(event));
        const auto back = decode_openings(encode(openings_of(taken)));
        RC_ASSERT(back == openings_of(taken));
        for (const auto& opening : back) put_back(event, opening.part, opening.value);
        RC_ASSERT(encode(event) == whole);
    }));
}

TEST_CASE(
    "of an application, applicant, agent and personal fields are taken out, and nothing else") {
    CaseOpened opened;
    opened.number = CaseNumber("card-20260302-00001");
    opened.applicant = {PersonId("1001"), "陈晨", "person"};
    opened.agent = Agent{PersonId("1002"), "陈父"};
    opened.channel = "window";
    opened.fields = {{FieldId("amount"), Value(decimal_of(5))},
                     {FieldId("phone"), Value("13900000000")},
                     {FieldId("email"), Value()}};
    Event event{opened, {}, {}, {}, {}, {}, 0};
    std::uint8_t next = 0;
    const auto taken = take_out(
        event, [](const FieldId& id) { return id.text != "amount"; }, [&] { return salt(++next); });
    const std::vector<Opening> wanted{{0, salt(1), Value("1001")},
                                      {1, salt(2), Value("陈晨")},
                                      {2, salt(3), Value("1002")},
                                      {3, salt(4), Value("陈父")},
                                      {5, salt(5), Value("13900000000")}};
    CHECK(openings_of(taken) == wanted);
    CHECK(taken[1].subject == Subject::applicant);
    CHECK(taken[2].subject == Subject::agent);
    CHECK(taken[4].subject == Subject::applicant);
    auto bare = opened;
    bare.applicant = {PersonId(), "", "person"};
    bare.agent = Agent{};
    bare.fields[1].second = Value();
    CHECK(std::get<CaseOpened>(event.what) == bare);
}

TEST_CASE("what the applicant writes is personal, what an officer gives as his reason is not") {
    const auto part_count = [](EventPayload what, const Actor& actor) {
        Event event{std::move(what), {}, {}, actor, {}, {}, 0};
        return take_out(event, all_personal, [] { return salt(1); }).size();
    };
    const auto officer = Actor::of(OfficerId("lin"));
    CHECK(part_count(CaseRated{{}, Grade::satisfied, "thanks"}, Actor::the_applicant()) == 1);
    CHECK(part_count(CaseRated{{}, Grade::satisfied, ""}, Actor::the_applicant()) == 0);
    CHECK(part_count(CaseUrged{"my mother is ill"}, Actor::the_applicant()) == 1);
    CHECK(part_count(CaseUrged{"it is late"}, officer) == 0);
    CHECK(part_count(CaseWithdrawn{"I moved", {}}, Actor::the_applicant()) == 1);
    CHECK(part_count(CaseWithdrawn{"asked for by telephone", {}}, officer) == 0);
}

TEST_CASE("a commitment differs by salt, by value, and by the kind of the value") {
    Hasher hasher;
    const auto of = [&](std::uint8_t s, Value value) {
        return commitment(hasher, {0, salt(s), std::move(value)});
    };
    CHECK(of(1, Value("1001")) == of(1, Value("1001")));
    CHECK_FALSE(of(1, Value("1001")) == of(2, Value("1001")));
    CHECK_FALSE(of(1, Value("1001")) == of(1, Value("1002")));
    CHECK_FALSE(of(1, Value("1")) == of(1, Value(decimal_of(1))));
    // SHA-256(03 || salt || 03 04 "1001"), by a script that shares no code.
    CHECK(hex(of(1, Value("1001"))) ==
          "ab2b5b23cab23a5f3dc4241d307877918bc398538026b362d91bf06ff361f896");
}

TEST_CASE("a part is put back where it was, empty, and of its type, or not at all") {
    Event rated{CaseRated{}, {}, {}, Actor::the_applicant(), {}, {}, 0};
    CHECK_THROWS_AS(put_back(rated, 1, Value("x")), CodecError);
    CHECK_THROWS_AS(put_back(rated, 0, Value(true)), CodecError);
    put_back(rated, 0, Value("x"));
    CHECK(std::get<CaseRated>(rated.what).comment == "x");
    CHECK_THROWS_AS(put_back(rated, 0, Value("y")), CodecError);
}

TEST_CASE("sealed parts stand in an event in one order") {
    Event event{CaseRated{}, {}, {}, Actor::the_applicant(), {}, {}, 0};
    event.sealed = {{0, 5, salt(1)}, {4, -6, salt(2)}};
    CHECK(decode(encode(event)) == event);
    CHECK(encode(event)[1] == static_cast<char>(128));
    std::swap(event.sealed[0], event.sealed[1]);
    CHECK_THROWS_AS(encode(event), CodecError);
    event.sealed[0].part = event.sealed[1].part;
    CHECK_THROWS_AS(encode(event), CodecError);
}

TEST_CASE("of openings, no byte that is cut off or added goes unnoticed") {
    const auto bytes =
        encode(std::vector<Opening>{{0, salt(1), Value("1001")}, {5, salt(2), Value(true)}});
    CHECK(decode_openings(bytes).size() == 2);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_THROWS_AS(decode_openings(bytes.substr(0, size)), CodecError);
    CHECK_THROWS_AS(decode_openings(bytes + 'x'), CodecError);
}

}  // namespace workflow::testing::sealing_test
