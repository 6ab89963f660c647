#include "trail/chain.hpp"

#include "support/made_up_events.hpp"
#include "trail/codec.hpp"

namespace workflow::testing::chain_test {

namespace {

struct Story {
    CaseNumber number{"420714001000-20260302-000001"};
    std::vector<EventRecord> events;
    Digest head;
    std::uint32_t version = 0;
};

Hasher& hasher() {
    static Hasher one;
    return one;
}

/// A case of as many claims as told.
Story story(std::uint32_t events) {
    Story story;
    story.head = trail::genesis(hasher(), story.number);
    for (std::uint32_t i = 1; i <= events; ++i) {
        Event event;
        event.what = TaskClaimed{TaskNumber{i}, OfficerId("lin")};
        event.recorded = event.happened = Instant{1'772'415'000'000'000 + i};
        event.actor = Actor::of(OfficerId("lin"));
        EventRecord record{CaseKey{1}, i, trail::encode(event), {}};
        story.head = record.hash = trail::link(hasher(), story.head, record.body);
        story.events.push_back(std::move(record));
    }
    story.version = events;
    return story;
}

std::optional<trail::Break> broken(const Story& story) {
    return trail::verify(hasher(), story.number, story.events, story.head, story.version);
}

/// The sequence of the first break; -1 when there is none.
std::int64_t break_at(const Story& story) {
    const auto found = broken(story);
    return found ? found->sequence : -1;
}

/// Hashes everything anew from what the records now say.
void rehash(Story& story) {
    story.head = trail::genesis(hasher(), story.number);
    for (auto& record : story.events)
        story.head = record.hash = trail::link(hasher(), story.head, record.body);
}

}  // namespace

TEST_CASE("a chain holds what the format says") {
    // printf '\2a-1' | sha256sum, and from there on by hand.
    const auto first = trail::genesis(hasher(), CaseNumber("a-1"));
    CHECK(first == sha256("\2a-1"));
    const auto second = trail::link(hasher(), first, "body");
    CHECK(second == sha256(std::string(1, '\0') + std::string(view(first)) + "body"));
    CHECK(hex(first) == "999fb6c6baf9a5917efe5c7f99749f0698947a0de82e61ba804596cde8436047");
    CHECK(hex(second) == "fd5d1ecaa60e8c62ab7dac46cc07e16cd2a7a4e3709d7dcdd6766bd6251608c1");
}

TEST_CASE("a chain by SM3 holds what the format says, and is none by SHA-256") {
    Hasher sm3(Hashing::sm3);
    const CaseNumber number("a-1");
    const auto first = trail::genesis(sm3, number);
    const auto second = trail::link(sm3, first, "body");
    // As examples/verify_trail.py computes them, which shares no code with this.
    CHECK(hex(first) == "0ba0359881bf0fc5f668246c936443f574ca7bbf1709deffb4fdc52aac0b2b1c");
    CHECK(hex(second) == "dbda07f541213b9abb18dc1f528d8c947e2a2a705379e796f755ce9550962850");
    std::vector<EventRecord> events{{CaseKey{1}, 1, "body", second}};
    CHECK_FALSE(trail::verify(sm3, number, events, second, 1));
    const auto found = trail::verify(hasher(), number, events, second, 1);
    REQUIRE(found);
    CHECK(found->sequence == 1);
    events[0].body[0] ^= 1;
    CHECK(trail::verify(sm3, number, events, second, 1)->sequence == 1);
}

TEST_CASE("an untouched trail verifies") {
    CHECK_FALSE(broken(story(0)));
    CHECK_FALSE(broken(story(1)));
    CHECK_FALSE(broken(story(9)));
}

TEST_CASE("every single bit flipped in a body or a hash is found, at its event") {
    auto told = story(9);
    for (auto& record : told.events) {
        for (auto& byte : record.body)
            for (int bit = 0; bit < 8; ++bit) {
                byte = static_cast<char>(byte ^ (1 << bit));
                REQUIRE(break_at(told) == record.sequence);
                byte = static_cast<char>(byte ^ (1 << bit));
            }
        for (auto& byte : record.hash.bytes)
            for (int bit = 0; bit < 8; ++bit) {
                byte = static_cast<std::uint8_t>(byte ^ (1U << bit));
                REQUIRE(break_at(told) == record.sequence);
                byte = static_cast<std::uint8_t>(byte ^ (1U << bit));
            }
    }
    REQUIRE_FALSE(broken(told));
}

TEST_CASE("every single bit flipped beside the events is found") {
    auto told = story(3);
    for (auto& byte : told.head.bytes)
        for (int bit = 0; bit < 8; ++bit) {
            byte = static_cast<std::uint8_t>(byte ^ (1U << bit));
            REQUIRE(break_at(told) == 0);
            byte = static_cast<std::uint8_t>(byte ^ (1U << bit));
        }
    for (auto& byte : told.number.text)
        for (int bit = 0; bit < 8; ++bit) {
            byte = static_cast<char>(byte ^ (1 << bit));
            REQUIRE(break_at(told) == 1);
            byte = static_cast<char>(byte ^ (1 << bit));
        }
    for (int bit = 0; bit < 32; ++bit) {
        told.version ^= 1U << bit;
        REQUIRE(broken(told));
        told.version ^= 1U << bit;
        for (auto& record : told.events) {
            record.sequence ^= 1U << bit;
            REQUIRE(broken(told));
            record.sequence ^= 1U << bit;
        }
    }
    REQUIRE_FALSE(broken(told));
}

TEST_CASE("events removed, swapped, doubled or put in are found where it was done") {
    auto told = story(6);
    auto& events = told.events;
    SECTION("the first removed") {
        events.erase(events.begin());
        CHECK(break_at(told) == 1);
    }
    SECTION("one in the middle removed") {
        events.erase(events.begin() + 2);
        CHECK(break_at(told) == 3);
    }
    SECTION("one in the middle removed, the rest renumbered") {
        events.erase(events.begin() + 2);
        for (std::uint32_t i = 0; i < events.size(); ++i) events[i].sequence = i + 1;
        told.version = 5;
        CHECK(break_at(told) == 3);
    }
    SECTION("the last removed") {
        events.pop_back();
        CHECK(break_at(told) == 6);
    }
    SECTION("the last removed, and the version with it") {
        events.pop_back();
        told.version = 5;
        CHECK(break_at(told) == 0);
    }
    SECTION("all removed") {
        events.clear();
        CHECK(break_at(told) == 1);
    }
    SECTION("two swapped") {
        std::swap(events[2], events[3]);
        CHECK(break_at(told) == 3);
    }
    SECTION("two swapped, with each other's numbers") {
        std::swap(events[2], events[3]);
        std::swap(events[2].sequence, events[3].sequence);
        CHECK(break_at(told) == 3);
    }
    SECTION("one doubled") {
        events.insert(events.begin() + 2, events[2]);
        CHECK(break_at(told) == 4);
    }
    SECTION("one put in at the end") {
        events.push_back(events.back());
        events.back().sequence = 7;
        CHECK(break_at(told) == 7);
    }
    SECTION("another case's events under this number") {
        auto other = story(6);
        other.number = CaseNumber("another");
        rehash(other);
        events = other.events;
        CHECK(break_at(told) == 1);
    }
}

TEST_CASE("a chain hashed anew verifies: only a checkpoint elsewhere would show it") {
    auto told = story(3);
    told.events[1].body = trail::encode(Event{TaskCancelled{TaskNumber{1}}, {}, {}, {}, {}, {}, 0});
    CHECK(break_at(told) == 2);
    rehash(told);
    CHECK_FALSE(broken(told));
}

TEST_CASE("every bit of random events is guarded") {
    REQUIRE(rc::check("flips", [](const std::vector<Event>& events) {
        Story told;
        told.head = trail::genesis(hasher(), told.number);
        for (const auto& event : events) {
            EventRecord record{CaseKey{1}, ++told.version, trail::encode(event), {}};
            told.head = record.hash = trail::link(hasher(), told.head, record.body);
            told.events.push_back(std::move(record));
        }
        RC_ASSERT(!broken(told));
        if (told.events.empty()) return;
        auto& record = told.events[*rc::gen::inRange<std::size_t>(0, told.events.size())];
        const auto bit = *rc::gen::inRange<std::size_t>(0, 8 * record.body.size());
        auto& byte = record.body[bit / 8];
        byte = static_cast<char>(byte ^ (1 << bit % 8));
        RC_ASSERT(break_at(told) == record.sequence);
    }));
}

}  // namespace workflow::testing::chain_test
