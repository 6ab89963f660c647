// Draws that follow from keys which several parties hold: nobody can predict or repeat them, and
// anybody can check them afterwards.

#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include <workflow/draw.hpp>

#include "base/digest.hpp"
#include "engine/allot/draw.hpp"
#include "engine/allot/draw_word.hpp"
#include "support/hall.hpp"
#include "support/pages.hpp"
#include "support/sanitized.hpp"

using namespace workflow;
using namespace workflow::testing;

namespace {

DrawSecret secret_of(const std::string& name) {
    return DrawSecret(sha256(name));
}

/// What a party has published once the days from 2026-03-01 on are over.
DrawParty published_by(const std::string& name) {
    DrawParty party{name, {}, {}};
    for (int i = 0; i < 40; ++i) {
        const Date on{day("2026-03-01").days + i};
        party.keys[on] = secret_of(name).key_of(on);
        party.fingerprints[on] = fingerprint_of(party.keys[on]);
    }
    return party;
}

struct ProvableHall : Hall {
    ProvableHall() { facts.draw_shares = shares; }
    std::vector<DrawShare> shares{share_of(secret_of("bureau")), share_of(secret_of("oversight"))};
    std::vector<DrawParty> parties{published_by("bureau"), published_by("oversight")};

    [[nodiscard]] std::vector<DrawCheck> checks() const { return check_draws(events, parties); }
    [[nodiscard]] DrawCheck::Verdict verdict() const { return checks().at(0).verdict; }
    TaskDrawn& drawn() {
        for (auto& event : events)
            if (auto* what = std::get_if<TaskDrawn>(&event.what)) return *what;
        throw std::logic_error("nothing was drawn");
    }
};

using Verdict = DrawCheck::Verdict;

}  // namespace

TEST_CASE("HMAC-SHA-256 is that of RFC 4231, test case 2, with the key filled to a digest") {
    // A key shorter than the block and the same key followed by zeros are one key.
    Digest key{};
    key.bytes = {'J', 'e', 'f', 'e'};
    CHECK(hex(hmac_sha256(key, "what do ya want for nothing?")) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("a draw is proved from the trail and what the parties have published") {
    ProvableHall hall;
    hall.bring_to_review();
    const auto checks = hall.checks();
    REQUIRE(checks.size() == 1);
    CHECK(checks[0].verdict == Verdict::proven);
    CHECK(checks[0].officer.text == hall.holder("review"));
    CHECK(checks[0].candidates == hall.drawn().candidates.size());
}

TEST_CASE("a draw of every way to be drawn again is proved, and who comes back is told apart") {
    ProvableHall hall;
    hall.bring_to_review();
    const auto first = hall.holder("review");
    hall.give_back("review", first, "my cousin").value();
    hall.complete_by_holder("review", "return", "photo is of a cat").value();
    hall.complete("intake", "accept", "lin").value();
    const auto checks = hall.checks();
    REQUIRE(checks.size() == 3);
    CHECK(checks[0].verdict == Verdict::proven);
    CHECK(checks[1].verdict == Verdict::proven);
    CHECK(checks[2].verdict == Verdict::same_officer);
}

TEST_CASE("trying again, in another order or as another case, draws the same officer that day") {
    ProvableHall first;
    first.bring_to_review();
    ProvableHall again;
    again.facts.number = CaseNumber("case-2");
    again.later(300);
    again.facts.entropy = {9, 9, 9, 9};
    again.bring_to_review();
    CHECK(again.drawn().entropy == first.drawn().entropy);
    CHECK(again.holder("review") == first.holder("review"));

    ProvableHall tomorrow;
    tomorrow.on("2026-03-03");
    tomorrow.bring_to_review();
    CHECK(tomorrow.drawn().entropy != first.drawn().entropy);
}

TEST_CASE("a claimed time does not choose the day whose keys are used") {
    ProvableHall hall;
    hall.on("2026-03-04");
    hall.open();
    hall.on("2026-03-05");
    Command command{CompleteTask{hall.task("intake"), OutcomeId("accept"), {}, {}, {}},
                    as("lin"),
                    {},
                    {},
                    parse_instant("2026-03-04T10:00:00+08:00", {})};
    const auto added = hall.perform(command).value();
    CHECK(added.front().happened < added.front().recorded);
    CHECK(hall.verdict() == Verdict::proven);
}

TEST_CASE("without one of the secrets the word cannot be told") {
    ProvableHall both, one;
    one.shares.pop_back();
    one.facts.draw_shares = one.shares;
    both.bring_to_review();
    one.bring_to_review();
    CHECK(one.drawn().entropy != both.drawn().entropy);
    one.parties = both.parties;
    CHECK(one.verdict() == Verdict::broken);
}

TEST_CASE("each altered bit of a recorded draw is found") {
    ProvableHall hall;
    hall.bring_to_review();
    auto& drawn = hall.drawn();
    for (int bit = 0; bit < 64; ++bit) {
        drawn.entropy ^= std::uint64_t{1} << bit;
        CHECK(hall.verdict() == Verdict::broken);
        drawn.entropy ^= std::uint64_t{1} << bit;
    }
    const auto flip_all = [&](std::string& text) {
        for (std::size_t i = 0; i < text.size() * 8; ++i) {
            text[i / 8] = static_cast<char>(text[i / 8] ^ (1 << i % 8));
            CHECK(hall.verdict() == Verdict::broken);
            text[i / 8] = static_cast<char>(text[i / 8] ^ (1 << i % 8));
        }
    };
    flip_all(drawn.officer.text);
    for (auto& candidate : drawn.candidates) flip_all(candidate.text);
    CHECK(hall.verdict() == Verdict::proven);
}

TEST_CASE("an altered draw is found: officer, pool, task, step, applicant, item, day") {
    ProvableHall hall;
    hall.bring_to_review();
    REQUIRE(hall.verdict() == Verdict::proven);
    auto& drawn = hall.drawn();
    SECTION("another officer of the pool") {
        const auto chosen = drawn.officer;
        for (const auto& candidate : drawn.candidates)
            if (candidate != chosen) drawn.officer = candidate;
    }
    SECTION("a candidate left out") {
        drawn.candidates.pop_back();
    }
    SECTION("a candidate made up") {
        drawn.candidates.push_back(OfficerId("zzz"));
    }
    SECTION("a favourite who is said to have had the step before") {
        drawn.entropy = 0;
        drawn.candidates = {drawn.officer};
    }
    SECTION("somebody where there was nobody") {
        drawn.candidates.clear();
    }
    SECTION("another applicant") {
        std::get<CaseOpened>(hall.events.front().what).applicant.person = PersonId("wu");
    }
    SECTION("another item") {
        std::get<CaseOpened>(hall.events.front().what).item = ItemId("another");
    }
    SECTION("another step") {
        for (auto& event : hall.events)
            if (auto* offered = std::get_if<TaskOffered>(&event.what)) offered->step = StepId("x");
    }
    SECTION("another day") {
        for (auto& event : hall.events) event.recorded.microseconds += 86'400'000'000;
    }
    CHECK(hall.verdict() == Verdict::broken);
}

TEST_CASE("a key that was not the one promised, and a day that is not revealed, are told apart") {
    ProvableHall hall;
    hall.bring_to_review();
    SECTION("another key") {
        hall.parties[1].keys[day("2026-03-02")] = sha256("chosen afterwards");
        CHECK(hall.verdict() == Verdict::broken);
        CHECK(hall.checks()[0].why ==
              "the key of 2026-03-02 that oversight revealed is not the one promised");
    }
    SECTION("no key yet") {
        hall.parties[0].keys.erase(day("2026-03-02"));
        CHECK(hall.verdict() == Verdict::not_revealed);
        CHECK(hall.checks()[0].why == "bureau has published no key of 2026-03-02");
    }
    SECTION("no promise") {
        hall.parties[0].fingerprints.erase(day("2026-03-02"));
        CHECK(hall.verdict() == Verdict::not_revealed);
    }
}

TEST_CASE("a million provable draws are as even as chance is") {
    const std::vector<Digest> keys{secret_of("bureau").key_of(day("2026-03-02")),
                                   secret_of("oversight").key_of(day("2026-03-02"))};
    const std::vector<OfficerId> pool{OfficerId("a"), OfficerId("b"), OfficerId("c"),
                                      OfficerId("d"), OfficerId("e"), OfficerId("f"),
                                      OfficerId("g")};
    std::vector<double> times(pool.size());
    std::size_t last = 0;
    std::vector<double> pairs(pool.size() * pool.size());
    constexpr int draws = testing::sanitized ? 100'000 : 1'000'000;
    for (int i = 0; i < draws; ++i) {
        const PersonId person(std::to_string(i));
        const auto message = engine::message_of(
            {day("2026-03-02"), ItemId("card"), person, StepId("review"), TaskNumber{2}, pool});
        const std::vector<Digest> shares{hmac_sha256(keys[0], message),
                                         hmac_sha256(keys[1], message)};
        const auto chosen = engine::pick(engine::word_of(shares), pool.size());
        ++times[chosen];
        ++pairs[last * pool.size() + chosen];
        last = chosen;
    }
    const auto chi_squared = [](const std::vector<double>& counts) {
        const double expected = double(draws) / double(counts.size());
        double sum = 0;
        for (const double count : counts) sum += (count - expected) * (count - expected) / expected;
        return sum;
    };
    // One in ten thousand of fair draws lies above: 6 and 48 degrees of freedom.
    CHECK(chi_squared(times) < 27.9);
    CHECK(chi_squared(pairs) < 93.2);
}

TEST_CASE("the example of the format's page is what the engine computes") {
    const std::vector<OfficerId> pool{OfficerId("qian"), OfficerId("sun"), OfficerId("zhao")};
    const auto message = engine::message_of({day("2026-03-02"), ItemId("card"), PersonId("chen"),
                                             StepId("review"), TaskNumber{2}, pool});
    const std::vector<Digest> shares{hmac_sha256(sha256("bureau key"), message),
                                     hmac_sha256(sha256("oversight key"), message)};
    const auto word = engine::word_of(shares);
    const auto page = testing::page("formats/draw.md");
    CHECK(page.find(message + "\n") != std::string::npos);
    CHECK(page.find("word    = " + std::to_string(word) + "\n") != std::string::npos);
    CHECK(page.find("drawn   = " + pool[engine::pick(word, 3)].text + "\n") != std::string::npos);
}
