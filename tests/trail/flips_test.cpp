// Each single bit of a log, flipped: found, and told where.

#include <algorithm>

#include "support/catch.hpp"
#include "trail/chain.hpp"
#include "trail/codec.hpp"
#include "trail/tree.hpp"

namespace workflow::testing::flips_test {

namespace {

Hasher& hasher() {
    static Hasher one;
    return one;
}

struct Story {
    CaseNumber number;
    std::vector<EventRecord> events;
    std::vector<std::size_t> positions;  // of each event in the log, from 0
};

/// A log of cases that go on in turn.
std::vector<Story> log(std::size_t cases, std::size_t events) {
    std::vector<Story> stories(cases);
    for (std::size_t i = 0; i < cases; ++i)
        stories[i].number = CaseNumber("social-card-20260302-" + std::to_string(10000 + i));
    for (std::size_t i = 0; i < events; ++i) {
        auto& story = stories[i * 7 % cases];
        Event event;
        event.recorded = event.happened =
            Instant{1'772'415'000'000'000 + 1'000'001 * static_cast<std::int64_t>(i)};
        event.actor = Actor::of(OfficerId("lin"));
        if (story.events.empty()) {
            CaseOpened opened;
            opened.number = story.number;
            opened.item = ItemId("social-card.replace-lost");
            opened.applicant = {PersonId("p" + std::to_string(i)), "陈晨", "person"};
            opened.fields = {{FieldId("loss_reported"), Value(true)}};
            event.what = opened;
        } else {
            event.what = TaskCompleted{TaskNumber{1},
                                       OutcomeId("accept"),
                                       OfficerId("lin"),
                                       "",
                                       {},
                                       {},
                                       {TransitionId{1}, TransitionId{2}}};
        }
        const auto previous = story.events.empty() ? trail::genesis(hasher(), story.number)
                                                   : story.events.back().hash;
        EventRecord record{CaseKey{static_cast<std::int64_t>(i % cases) + 1},
                           static_cast<std::uint32_t>(story.events.size()) + 1,
                           trail::encode(event),
                           {}};
        record.hash = trail::link(hasher(), previous, record.body);
        story.events.push_back(std::move(record));
        story.positions.push_back(i);
    }
    return stories;
}

Digest root(const std::vector<Story>& stories, std::size_t size) {
    std::vector<Digest> leaves(size);
    for (const auto& story : stories)
        for (std::size_t i = 0; i < story.events.size(); ++i)
            leaves[story.positions[i]] = trail::leaf_hash(hasher(), story.events[i].hash);
    trail::Frontier tree;
    for (const auto& leaf : leaves) tree.append(hasher(), leaf);
    return tree.root(hasher());
}

}  // namespace

TEST_CASE("every single bit flipped in a log of a thousand events is found, at its event") {
    constexpr std::size_t size = 1000;
    auto stories = log(110, size);
    const auto signed_root = root(stories, size);
    std::size_t flips = 0;
    for (auto& story : stories) {
        const auto head = story.events.back().hash;
        const auto version = static_cast<std::uint32_t>(story.events.size());
        const auto found_at = [&] {
            const auto found = trail::verify(hasher(), story.number, story.events, head, version);
            return found ? found->sequence : 0;
        };
        for (auto& record : story.events) {
            for (auto& byte : record.body)
                for (int bit = 0; bit < 8; ++bit, ++flips) {
                    byte = static_cast<char>(byte ^ (1 << bit));
                    REQUIRE(found_at() == record.sequence);
                    byte = static_cast<char>(byte ^ (1 << bit));
                }
            for (auto& byte : record.hash.bytes)
                for (unsigned bit = 0; bit < 8; ++bit, ++flips) {
                    byte = static_cast<std::uint8_t>(byte ^ (1U << bit));
                    REQUIRE(found_at() == record.sequence);
                    byte = static_cast<std::uint8_t>(byte ^ (1U << bit));
                }
        }
        REQUIRE(found_at() == 0);
    }
    CHECK(flips > 500'000);
    CHECK(root(stories, size) == signed_root);
}

TEST_CASE("a bit flipped with its chain computed anew changes the root of the tree") {
    constexpr std::size_t size = 200;
    auto stories = log(25, size);
    const auto signed_root = root(stories, size);
    for (auto& story : stories)
        for (auto& record : story.events)
            for (std::size_t at = 0; at < record.body.size(); at += 5) {
                const auto before = story.events;
                record.body[at] = static_cast<char>(record.body[at] ^ (1 << (at % 8)));
                auto hash = trail::genesis(hasher(), story.number);
                for (auto& each : story.events)
                    each.hash = hash = trail::link(hasher(), hash, each.body);
                REQUIRE_FALSE(trail::verify(hasher(), story.number, story.events, hash,
                                            static_cast<std::uint32_t>(story.events.size())));
                REQUIRE(root(stories, size) != signed_root);
                std::copy(before.begin(), before.end(), story.events.begin());
            }
    CHECK(root(stories, size) == signed_root);
}

}  // namespace workflow::testing::flips_test
