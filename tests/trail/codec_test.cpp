#include "trail/codec.hpp"

#include <set>

#include "crypto/digest.hpp"
#include "support/made_up_events.hpp"

namespace workflow::testing::codec_test {

namespace {

/// The event behind the golden bytes below, and in the examples of docs/formats/event.md.
Event claimed() {
    Event event;
    event.what = TaskClaimed{TaskNumber{3}, OfficerId("lin")};
    event.recorded = event.happened = Instant{1'772'415'000'000'000};
    event.actor = Actor::of(OfficerId("lin"));
    event.post = PostId("window");
    event.key = CommandKey("k1");
    event.request = 300;
    return event;
}

std::string bytes_of(std::string_view hex_text) {
    std::string bytes;
    int high = -1;
    for (const char c : hex_text) {
        if (c == ' ') continue;
        const int digit = c <= '9' ? c - '0' : c - 'a' + 10;
        if (high < 0) {
            high = digit;
        } else {
            bytes += static_cast<char>(high * 16 + digit);
            high = -1;
        }
    }
    return bytes;
}

bool refused(std::string_view body) {
    try {
        (void)trail::decode(body);
        return false;
    } catch (const trail::CodecError&) {
        return true;
    }
}

Event event_with(Value value) {
    Event event;
    event.what = MaterialsSupplied{{{FieldId("f"), std::move(value)}}, {}, {}};
    return event;
}

Value decoded(const Value& value) {
    const auto event = trail::decode(trail::encode(event_with(value)));
    return std::get<MaterialsSupplied>(event.what).fields.at(0).second;
}

}  // namespace

TEST_CASE("every event comes back as it was written, and writes the same bytes again") {
    REQUIRE(rc::check("round trip", [](const Event& event) {
        const auto body = trail::encode(event);
        const auto back = trail::decode(body);
        RC_ASSERT(back == event);
        RC_ASSERT(trail::encode(back) == body);
    }));
}

TEST_CASE("the round trip is tried on every kind of event") {
    // From one fixed seed: what is asked is what can be made up, not what this run happens upon.
    rc::Random random(1);
    std::set<std::size_t> kinds;
    for (int i = 0; i < 1'000; ++i)
        kinds.insert(rc::gen::arbitrary<EventPayload>()(random.split(), 5).value().index());
    CHECK(kinds.size() == std::variant_size_v<EventPayloads>);
}

TEST_CASE("encoding appends") {
    std::string out = "before";
    trail::encode(claimed(), out);
    CHECK(out == "before" + trail::encode(claimed()));
}

TEST_CASE("the bytes of an event are those of the format") {
    CHECK(trail::encode(claimed()) ==
          bytes_of("01 0e 80 d8 c1 e7 90 80 a6 06 00 03 6c696e 06 77696e646f77 02 6b31 ac02 "
                   "04 03 03 6c696e"));
    Event fired;
    fired.what = TimerFired{TransitionId{7}, Date{-2}, {TransitionId{7}, TransitionId{300}}};
    fired.recorded = Instant{1};
    fired.happened = Instant{-1};
    CHECK(trail::encode(fired) == bytes_of("01 01 02 01 02 09 07 03 02 07 ac02"));
}

TEST_CASE("each kind of event keeps the number it was first written with") {
    const std::vector<std::pair<EventPayload, std::string>> kinds{
        {CaseOpened{}, "case_opened"},
        {CaseAccepted{}, "case_accepted"},
        {TaskOffered{}, "task_offered"},
        {TaskDrawn{}, "task_drawn"},
        {TaskClaimed{}, "task_claimed"},
        {TaskHandedOver{}, "task_handed_over"},
        {TaskCompleted{}, "task_completed"},
        {TaskCancelled{}, "task_cancelled"},
        {TimerArmed{}, "timer_armed"},
        {TimerFired{}, "timer_fired"},
        {ClockPaused{}, "clock_paused"},
        {ClockResumed{}, "clock_resumed"},
        {MaterialsSupplied{}, "materials_supplied"},
        {CaseWithdrawn{}, "case_withdrawn"},
        {LimitPassed{}, "limit_passed"},
        {CaseEnded{}, "case_ended"}};
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        Event event;
        event.what = kinds[i].first;
        // Version, flags, recorded, actor; then the kind.
        CHECK(trail::encode(event)[4] == static_cast<char>(i));
        CHECK(kind_of(event.what) == kinds[i].second);
    }
}

TEST_CASE("a time that says nothing, an empty key and an empty post take no room") {
    auto bare = claimed();
    bare.key = {};
    bare.post = {};
    bare.request = 0;
    CHECK(trail::encode(bare).size() == trail::encode(claimed()).size() - 7 - 3 - 2);
    auto later = bare;
    later.happened.microseconds -= 1;
    CHECK(trail::encode(later).size() == trail::encode(bare).size() + 8);
}

TEST_CASE("numbers keep the digits they were written with") {
    for (const auto* text : {"2.50", "2.5", "0", "0.00", "-0.10",
                             "1234567890123456789012345678901234", "-1E+20", "1E-20"}) {
        const auto number = parse_decimal(text);
        REQUIRE(number);
        const auto back = decoded(Value(*number));
        CHECK(to_string(back) == to_string(Value(*number)));
        CHECK(back.as<Decimal>()->coefficient == number->coefficient);
        CHECK(back.as<Decimal>()->exponent == number->exponent);
        CHECK(back.as<Decimal>()->negative == number->negative);
    }
    CHECK(trail::encode(event_with(Value(*parse_decimal("2.50")))) !=
          trail::encode(event_with(Value(*parse_decimal("2.5")))));
}

TEST_CASE("an event cut short anywhere, or followed by anything, is refused") {
    REQUIRE(rc::check("cut", [](const Event& event) {
        auto body = trail::encode(event);
        for (std::size_t size = 0; size < body.size(); ++size)
            RC_ASSERT(refused(std::string_view(body).substr(0, size)));
        body += '\0';
        RC_ASSERT(refused(body));
    }));
}

TEST_CASE("bytes that decode at all encode to the same bytes again") {
    REQUIRE(rc::check("canonical", [](const Event& event) {
        const auto body = trail::encode(event);
        const auto at = *rc::gen::inRange<std::size_t>(0, body.size());
        auto changed = body;
        switch (*rc::gen::inRange(0, 3)) {
            case 0:
                changed[at] = static_cast<char>(changed[at] ^ 1 << *rc::gen::inRange(0, 8));
                break;
            case 1:
                changed.insert(at, 1, *rc::gen::arbitrary<char>());
                break;
            default:
                changed.erase(at, 1);
        }
        try {
            RC_ASSERT(trail::encode(trail::decode(changed)) == changed);
        } catch (const trail::CodecError&) {
        }
    }));
}

TEST_CASE("there is one way to write an event") {
    const auto good = trail::encode(claimed());
    const auto with = [&](std::size_t at, std::size_t size, std::string_view hex_text) {
        auto body = good;
        return body.replace(at, size, bytes_of(hex_text));
    };
    REQUIRE_FALSE(refused(good));
    CHECK(refused(""));
    CHECK(refused(with(0, 1, "00")));  // format versions that are not known
    CHECK(refused(with(0, 1, "02")));
    CHECK(refused(with(1, 1, "1e")));           // a flag that is not known
    CHECK(refused(with(9, 1, "8600")));         // a number with a redundant byte
    CHECK(refused(with(10, 1, "03")));          // an actor that is not known
    CHECK(refused(with(15, 7, "00")));          // a post that is marked, but empty
    CHECK(refused(with(22, 3, "00")));          // a key that is marked, but empty
    CHECK(refused(with(25, 2, "00")));          // a request that is marked, but 0
    CHECK(refused(with(27, 1, "10")));          // a kind that is not known
    CHECK(refused(with(28, 1, "8080808010")));  // a task number of more than 32 bits
    CHECK(refused(with(29, 1, "04")));          // a text longer than the event
    CHECK(refused(with(29, 1, "ffffffffffffffffff01")));
    CHECK(refused(with(29, 1, "ffffffffffffffffff02")));  // more than 64 bits
    CHECK(refused(with(29, 1, "8080808080808080808001")));
    // A time of happening that is the time of recording.
    CHECK(refused(bytes_of("01 01 02 02 02 07 01")));
    CHECK_FALSE(refused(bytes_of("01 01 02 04 02 07 01")));
    // Booleans are 0 or 1, a choice is one of those there are.
    CHECK_FALSE(refused(bytes_of("01 00 02 02 01 02 00 00 00")));
    CHECK(refused(bytes_of("01 00 02 02 01 02 02 00 00")));
    CHECK(refused(bytes_of("01 00 02 02 01 02 00 00 02")));
    CHECK_FALSE(refused(bytes_of("01 00 02 02 0f 00 05")));
    CHECK(refused(bytes_of("01 00 02 02 0f 00 06")));
    // A list longer than the event.
    CHECK(refused(bytes_of("01 00 02 02 0d 00 ffffffff0f")));
}

TEST_CASE("the officers of a draw are written and read in order, each once") {
    const auto draw = [](std::vector<OfficerId> in, std::vector<Exclusion> out) {
        Event event;
        TaskDrawn drawn;
        drawn.task = TaskNumber{1};
        drawn.officer = OfficerId("a");
        drawn.candidates = std::move(in);
        drawn.excluded = std::move(out);
        drawn.entropy = 5;
        event.what = std::move(drawn);
        return event;
    };
    const OfficerId a("a"), b("b");
    CHECK_NOTHROW(trail::encode(draw({a, b}, {{a, 1}, {b, 1}})));
    CHECK_THROWS_AS(trail::encode(draw({b, a}, {})), trail::CodecError);
    CHECK_THROWS_AS(trail::encode(draw({a, a}, {})), trail::CodecError);
    CHECK_THROWS_AS(trail::encode(draw({}, {{b, 1}, {a, 1}})), trail::CodecError);
    CHECK_THROWS_AS(trail::encode(draw({}, {{a, 1}, {a, 2}})), trail::CodecError);
    auto body = trail::encode(draw({a, b}, {}));
    const auto at = body.find("\1a\1b");
    REQUIRE(at != std::string::npos);
    CHECK(refused(body.replace(at, 4, "\1b\1a")));
}

TEST_CASE("values nested too deeply are neither written nor read") {
    const auto nested = [](int depth) {
        Value value;
        for (int i = 1; i < depth; ++i) value = Value(List{value});
        return value;
    };
    CHECK(decoded(nested(32)) == nested(32));
    CHECK_THROWS_AS(trail::encode(event_with(nested(33))), trail::CodecError);
    auto body = trail::encode(event_with(nested(32)));
    const auto innermost = body.rfind(std::string("\x09\x01\x00", 3));
    REQUIRE(innermost != std::string::npos);
    CHECK(refused(body.insert(innermost, "\x09\x01")));
}

}  // namespace workflow::testing::codec_test
