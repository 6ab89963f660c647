// Draws that follow from keys which several parties hold: nobody can predict or repeat them, and
// anybody can check them afterwards.

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdlib>
#include <map>

#include <workflow/draw.hpp>

#include "crypto/digest.hpp"
#include "engine/allocation/draw.hpp"
#include "engine/allocation/draw_word.hpp"
#include "support/hall.hpp"
#include "support/pages.hpp"
#include "support/sanitized.hpp"

namespace workflow::testing::draw_proof_test {

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

TEST_CASE("the check of a draw names the act that excluded each officer") {
    ProvableHall hall;
    hall.open();
    hall.perform(RecuseOfficer{OfficerId("zhou"), "kin", "cousins"}, as("zhou")).value();
    hall.complete("intake", "accept", "lin").value();
    const auto first = hall.holder("review");
    hall.give_back("review", first, "ill").value();
    const auto checks = hall.checks();
    REQUIRE(checks.size() == 2);
    CHECK(checks[0].narrowed == std::vector<std::string>{"zhou recused as kin by zhou"});
    CHECK(checks[1].narrowed.size() == 2);
    CHECK(std::count(checks[1].narrowed.begin(), checks[1].narrowed.end(),
                     first + " returned the task") == 1);
}

TEST_CASE("trying again, in another order or as another case, draws the same officer") {
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
    // Others may be left out or put in without a change of who is drawn, as long as they rank
    // lower.
    for (auto& candidate : drawn.candidates)
        if (candidate == drawn.officer) flip_all(candidate.text);
    flip_all(drawn.officer.text);
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
    SECTION("the drawn candidate left out") {
        std::erase(drawn.candidates, drawn.officer);
    }
    SECTION("a candidate made up who ranks higher") {
        int made_up = 0;
        while (hall.verdict() == Verdict::proven)
            drawn.candidates.push_back(OfficerId("zz" + std::to_string(100 + made_up++)));
        REQUIRE(made_up < 100);
    }
    SECTION("another round") {
        ++drawn.round;
    }
    SECTION("the keys of another day") {
        drawn.keyed_on = day("2026-03-03");
    }
    SECTION("the rule of draws by one word") {
        drawn.scheme = DrawScheme::word;
        CHECK(hall.checks()[0].why == "the draw uses a rule that no longer applies");
    }
    SECTION("a favourite who is said to have had the step before") {
        drawn.entropy = 0;
        drawn.candidates = {drawn.officer};
    }
    SECTION("somebody where there was nobody") {
        drawn.candidates.clear();
    }
    SECTION("nobody where there was somebody") {
        drawn.officer = {};
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
    SECTION("another day of first filing") {
        std::get<CaseOpened>(hall.events.front().what).keyed_on = day("2026-03-03");
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
              "the key of 2026-03-02 that oversight revealed does not match its fingerprint");
    }
    SECTION("no key yet") {
        hall.parties[0].keys.erase(day("2026-03-02"));
        CHECK(hall.verdict() == Verdict::not_revealed);
        CHECK(hall.checks()[0].why == "bureau has not published its key of 2026-03-02");
    }
    SECTION("no promise") {
        hall.parties[0].fingerprints.erase(day("2026-03-02"));
        CHECK(hall.verdict() == Verdict::not_revealed);
    }
}

namespace {

Digest seed_for(const std::string& person, const std::vector<Digest>& keys,
                std::uint32_t round = 0) {
    const ItemId item("card");
    const StepId step("review");
    const auto message =
        engine::message_of(engine::DrawMatter{day("2026-03-02"), item, person, step, round});
    std::vector<Digest> shares;
    for (const auto& key : keys) shares.push_back(hmac_sha256(key, message));
    return engine::seed_of(shares);
}

/// How far counts are from what the weights let expect.
double chi_squared(const std::vector<double>& counts, const std::vector<double>& weights) {
    double all = 0, total = 0, sum = 0;
    for (const double count : counts) total += count;
    for (const double weight : weights) all += weight;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double expected = total * weights[i] / all;
        sum += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
    return sum;
}

/// WORKFLOW_DRAWS says how many; 1000000 takes a while without optimization.
int draws_made() {
    const char* wanted = std::getenv("WORKFLOW_DRAWS");
    return wanted ? std::atoi(wanted) : testing::sanitized ? 20'000 : 100'000;
}

}  // namespace

TEST_CASE("draws are as even as chance is, and none tells the next") {
    const std::vector<Digest> keys{sha256("bureau key"), sha256("oversight key")};
    std::vector<OfficerId> pool;
    for (const char* name : {"a", "b", "c", "d", "e", "f", "g"}) pool.emplace_back(name);
    std::vector<double> times(pool.size()), pairs(pool.size() * pool.size());
    std::size_t last = 0;
    const int draws = draws_made();
    for (int i = 0; i < draws; ++i) {
        const auto chosen = engine::highest_ranked(seed_for(std::to_string(i), keys), pool, {});
        ++times[chosen];
        ++pairs[last * pool.size() + chosen];
        last = chosen;
    }
    // One in ten thousand of fair draws lies above: 6 and 48 degrees of freedom.
    CHECK(chi_squared(times, std::vector<double>(times.size(), 1)) < 27.9);
    CHECK(chi_squared(pairs, std::vector<double>(pairs.size(), 1)) < 93.2);
}

TEST_CASE("draws fit the weights, and leaving somebody out moves only their draws") {
    const std::vector<Digest> keys{sha256("bureau key"), sha256("oversight key")};
    const std::vector<OfficerId> pool{OfficerId("a"), OfficerId("b"), OfficerId("c"),
                                      OfficerId("d")};
    const std::vector<std::uint32_t> weights{1, 2, 3, 10};
    const std::vector<OfficerId> without_b{pool[0], pool[2], pool[3]};
    const std::vector<std::uint32_t> their_weights{1, 3, 10};
    std::vector<double> times(4), moved(3);
    const int draws = draws_made();
    for (int i = 0; i < draws; ++i) {
        const auto seed = seed_for(std::to_string(i), keys);
        const auto chosen = engine::highest_ranked(seed, pool, weights);
        const auto other = engine::highest_ranked(seed, without_b, their_weights);
        ++times[chosen];
        if (pool[chosen] == OfficerId("b"))
            ++moved[other];
        else if (without_b[other] != pool[chosen])
            FAIL("leaving b out has moved a draw that was not theirs");
    }
    // One in ten thousand lies above: 3 and 2 degrees of freedom.
    CHECK(chi_squared(times, {1, 2, 3, 10}) < 21.1);
    CHECK(chi_squared(moved, {1, 3, 10}) < 18.4);
}

TEST_CASE("the examples of the format's page are what the engine computes") {
    const std::vector<OfficerId> pool{OfficerId("qian"), OfficerId("sun"), OfficerId("zhao")};
    const std::vector<Digest> keys{sha256("bureau key"), sha256("oversight key")};
    const auto page = testing::page("formats/draw.md");
    const ItemId item("card");
    const StepId step("review");
    const std::string person("chen");

    const auto message =
        engine::message_of(engine::DrawMatter{day("2026-03-02"), item, person, step, 0});
    const auto seed = seed_for(person, keys);
    INFO(message << "\n" << hex(seed) << "\n" << engine::word_of(seed));
    CHECK(page.find(message + "\n") != std::string::npos);
    CHECK(page.find("seed    = " + hex(seed) + "\n") != std::string::npos);
    CHECK(page.find("word    = " + std::to_string(engine::word_of(seed)) + "\n") !=
          std::string::npos);
    const auto drawn = pool[engine::highest_ranked(seed, pool, {})].text;
    INFO(drawn);
    CHECK(page.find("drawn   = " + drawn + "\n") != std::string::npos);

    const auto old = engine::message_of(
        engine::WordMatter{day("2026-03-02"), item, PersonId("chen"), step, TaskNumber{2}, pool});
    const std::vector<Digest> shares{hmac_sha256(keys[0], old), hmac_sha256(keys[1], old)};
    const auto word = engine::word_of(engine::seed_of(shares));
    CHECK(page.find(old + "\n") != std::string::npos);
    CHECK(page.find("word    = " + std::to_string(word) + "\n") != std::string::npos);
    CHECK(page.find("drawn   = " + pool[engine::pick(word, 3)].text + "\n") != std::string::npos);
}

TEST_CASE("a draw by one word, of a trail before ranks, is verified by its own rule") {
    ProvableHall hall;
    hall.bring_to_review();
    // As the library before would have written it.
    auto& opened = std::get<CaseOpened>(hall.events.front().what);
    opened.keyed_on.reset();
    auto& drawn = hall.drawn();
    drawn.scheme = DrawScheme::word;
    drawn.keyed_on.reset();
    const auto message = engine::message_of(
        engine::WordMatter{day("2026-03-02"), opened.item, opened.applicant.person,
                           StepId("review"), drawn.task, drawn.candidates});
    std::vector<Digest> shares;
    for (const auto* name : {"bureau", "oversight"})
        shares.push_back(hmac_sha256(secret_of(name).key_of(day("2026-03-02")), message));
    drawn.entropy = engine::word_of(engine::seed_of(shares));
    drawn.officer = drawn.candidates[engine::pick(drawn.entropy, drawn.candidates.size())];
    CHECK(hall.verdict() == Verdict::proven);
    drawn.entropy ^= 1;
    CHECK(hall.verdict() == Verdict::broken);
}

}  // namespace workflow::testing::draw_proof_test
