// How the engine chooses among those who may have a task: by weight, by queue, in turn, within a
// section, among specialists; and which cases are looked at again.

#include <catch2/catch.hpp>

#include <cmath>
#include <map>
#include <numeric>

#include <workflow/draw.hpp>

#include "crypto/digest.hpp"
#include "engine/allocation/allocate.hpp"
#include "engine/allocation/draw.hpp"
#include "support/hall.hpp"
#include "support/sanitized.hpp"
#include "support/xorshift.hpp"

namespace workflow::testing::allocation_test {

namespace {

/// intake at the window, then one task that is given out as `keys` say.
std::string item_with(const std::string& keys, const std::string& more = {}) {
    return "item: pension.special\ntitle: 特殊工种退休核准\nkind: instant\nsection: 养老科\n" +
           more +
           "start: intake\nsteps:\n"
           "  intake: {task: intake, post: window, outcomes: {accept: {to: review, accepts: "
           "true}}}\n"
           "  review: {task: review, " +
           keys +
           ", outcomes: {approve: granted, return: {to: intake, requires: reason}}}\n"
           "  granted: {end: granted}\n";
}

constexpr const char* sections = R"(organization: sections
title: 养老大厅
halls: {north: 北厅, south: 南厅}
posts:
  window: {duties: [intake]}
  reviewer: {duties: [review]}
officers:
  lin: {name: 林, hall: north, posts: [window]}
  a: {name: 甲, hall: north, section: 养老科, posts: [reviewer], weight: 1}
  b: {name: 乙, hall: north, section: 养老科, posts: [reviewer], weight: 2, qualified: [pension.*, card]}
  c: {name: 丙, hall: south, section: 失业科, posts: [reviewer], weight: 3, qualified: [pension.special]}
  d: {name: 丁, hall: south, section: 失业科, posts: [reviewer], weight: 4}
)";

/// The same matter again and again, in a hall of its own.
const TaskDrawn& drawn_again(Hall& hall) {
    hall.c = {};
    hall.events.clear();
    hall.open();
    hall.complete("intake", "accept", "lin").value();
    return *find<TaskDrawn>(hall.events);
}

std::string names(const std::vector<OfficerId>& officers) {
    std::string all;
    for (const auto& officer : officers) all += (all.empty() ? "" : " ") + officer.text;
    return all;
}

std::optional<RefusalCode> left_out(const TaskDrawn& drawn, const char* officer) {
    for (const auto& exclusion : drawn.excluded)
        if (exclusion.officer.text == officer) return static_cast<RefusalCode>(exclusion.rule);
    return {};
}

DrawSecret secret_of(const std::string& name) {
    return DrawSecret(sha256(name));
}

/// Chi squared of counts against the weights; the value that one fair run in 10,000 exceeds.
double chi_squared(const std::vector<std::uint64_t>& counts,
                   const std::vector<std::uint32_t>& weights) {
    const auto all = static_cast<double>(std::accumulate(counts.begin(), counts.end(), 0ULL));
    const auto sum = static_cast<double>(std::accumulate(weights.begin(), weights.end(), 0ULL));
    double total = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double expected = all * weights[i] / sum;
        total += (static_cast<double>(counts[i]) - expected) *
                 (static_cast<double>(counts[i]) - expected) / expected;
    }
    return total;
}
constexpr double exceeded_once_in_10000_by_3_degrees = 21.11;

}  // namespace

TEST_CASE("a draw follows the officers' weights, over a million draws") {
    // Words as the parties' keys give them, for a million matters.
    const auto party = share_of(secret_of("bureau"));
    const std::vector<std::uint32_t> weights{1, 2, 3, 4};
    std::vector<std::uint64_t> counts(4);
    const int draws = sanitized ? 50'000 : 1'000'000;
    const auto on = day("2026-03-02");
    for (int i = 0; i < draws; ++i) {
        const auto share = party.give(on, "matter " + std::to_string(i));
        std::uint64_t word = 0;
        for (std::size_t k = 0; k < 8; ++k) word = word << 8 | share.bytes[k];
        ++counts[engine::pick(word, 4, weights)];
    }
    CHECK(chi_squared(counts, weights) < exceeded_once_in_10000_by_3_degrees);
}

TEST_CASE("the weights that a draw went by stand in its event") {
    Hall hall({item_with("pool: pass-through"), sections});
    std::map<std::string, std::uint64_t> times;
    for (int i = 0; i < 20'000; ++i) {
        const auto& drawn = drawn_again(hall);
        if (i == 0) {
            CHECK(names(drawn.candidates) == "a b c d");
            CHECK(drawn.figures == std::vector<std::uint32_t>{1, 2, 3, 4});
            CHECK(drawn.by == Allocation::draw);
        }
        ++times[drawn.officer.text];
    }
    CHECK(chi_squared({times["a"], times["b"], times["c"], times["d"]}, {1, 2, 3, 4}) <
          exceeded_once_in_10000_by_3_degrees);
}

TEST_CASE("where all weigh one an event says nothing of weights") {
    Hall hall({item_with("pool: section"), sections});
    for (auto& officer : hall.definitions.organization.officers) officer.weight = 1;
    CHECK(drawn_again(hall).figures.empty());
    // Each has as many tickets as the weight says: which one is highest depends on how many.
    for (auto& officer : hall.definitions.organization.officers) officer.weight = 7;
    CHECK(drawn_again(hall).figures == std::vector<std::uint32_t>(2, 7));
}

TEST_CASE("pick gives each its share of the words, to the last one") {
    const std::vector<std::uint32_t> weights{1, 2, 1};
    constexpr std::uint64_t quarter = std::uint64_t{1} << 62;
    CHECK(engine::pick(0, 3, weights) == 0);
    CHECK(engine::pick(quarter - 1, 3, weights) == 0);
    CHECK(engine::pick(quarter, 3, weights) == 1);
    CHECK(engine::pick(3 * quarter - 1, 3, weights) == 1);
    CHECK(engine::pick(3 * quarter, 3, weights) == 2);
    CHECK(engine::pick(~std::uint64_t{0}, 3, weights) == 2);
}

TEST_CASE("classified review is drawn among the officers of the item's section") {
    Hall hall({item_with("pool: section"), sections});
    const auto& drawn = drawn_again(hall);
    CHECK(names(drawn.candidates) == "a b");
    CHECK(left_out(drawn, "c") == RefusalCode::other_section);
    CHECK(left_out(drawn, "d") == RefusalCode::other_section);
    // The window is of no section, and is not asked for one.
    CHECK_FALSE(left_out(drawn, "lin"));
    // Whoever holds it and moves to another section can no longer end it.
    const auto holder = drawn.officer;
    for (auto& officer : hall.definitions.organization.officers)
        if (officer.id == holder) officer.section = "失业科";
    const auto ended = hall.complete("review", "approve", holder.text);
    REQUIRE(ended.refused(RefusalCode::other_section));
    CHECK(ended.refusal().message == holder.text + " does not work in the section 养老科");
}

TEST_CASE("nobody of another section is drawn when the section is away: the case waits") {
    Hall hall({item_with("pool: section"), sections});
    for (auto& officer : hall.definitions.organization.officers)
        if (officer.section == "养老科") officer.absent = {{day("2026-03-01"), day("2026-03-31")}};
    const auto& drawn = drawn_again(hall);
    CHECK(drawn.officer.empty());
    CHECK(left_out(drawn, "a") == RefusalCode::absent);
    hall.on("2026-04-01");
    hall.advance().value();
    const auto holder = hall.holder("review");
    CHECK((holder == "a" || holder == "b"));
}

TEST_CASE("specialists are those whose qualification names the item most narrowly") {
    Hall hall({item_with("pool: specialists"), sections});
    CHECK(names(drawn_again(hall).candidates) == "c");
    CHECK(left_out(drawn_again(hall), "a") == RefusalCode::not_specialist);
    CHECK(left_out(drawn_again(hall), "b") == RefusalCode::not_specialist);
    // The next best, when they are away.
    auto& officers = hall.definitions.organization.officers;
    for (auto& officer : officers)
        if (officer.id.text == "c") officer.absent = {{day("2026-03-01"), day("2026-03-31")}};
    CHECK(names(drawn_again(hall).candidates) == "b");
    CHECK(left_out(drawn_again(hall), "c") == RefusalCode::absent);
}

TEST_CASE("the shortest queue gets the task, whatever the weights") {
    Hall hall({item_with("pool: pass-through, allot: shortest queue"), sections});
    std::map<std::string, std::uint32_t> queues{{"a", 4}, {"b", 2}, {"c", 9}, {"d", 3}};
    hall.facts.held = [&](const OfficerId& officer) { return queues[officer.text]; };
    CHECK(drawn_again(hall).officer == OfficerId("b"));
    CHECK(drawn_again(hall).figures == std::vector<std::uint32_t>{4, 2, 9, 3});
    CHECK(drawn_again(hall).by == Allocation::shortest_queue);
    // Several of the same length are drawn among, with the same chance.
    queues["d"] = 2;
    std::map<std::string, int> times;
    for (int i = 0; i < 4000; ++i) ++times[drawn_again(hall).officer.text];
    CHECK(times["b"] + times["d"] == 4000);
    CHECK(std::abs(times["b"] - 2000) < 4 * std::sqrt(4000 * 0.25));
}

TEST_CASE("queues that grow by what they are given stay level") {
    Hall hall({item_with("pool: pass-through, allot: shortest queue"), sections});
    std::map<std::string, std::uint32_t> queues;
    hall.facts.held = [&](const OfficerId& officer) { return queues[officer.text]; };
    for (int i = 0; i < 400; ++i) ++queues[drawn_again(hall).officer.text];
    for (const auto& [officer, length] : queues) CHECK(length == 100);
}

TEST_CASE("tasks go round, and pass by who is away") {
    Hall hall({item_with("pool: pass-through, allot: round robin"), sections});
    OfficerId last;
    hall.facts.last_turn = [&](const StepId& step) {
        CHECK(step == StepId("review"));
        return last;
    };
    std::string order;
    for (int i = 0; i < 6; ++i) order += (last = drawn_again(hall).officer).text;
    CHECK(order == "abcdab");
    CHECK(drawn_again(hall).last == OfficerId("b"));
    auto& officers = hall.definitions.organization.officers;
    for (auto& officer : officers)
        if (officer.id.text == "c") officer.absent = {{day("2026-03-01"), day("2026-03-31")}};
    CHECK(drawn_again(hall).officer == OfficerId("d"));
    // Who left the hall for good is no longer among them, and the turn goes on after his name.
    last = OfficerId("bb");
    CHECK(drawn_again(hall).officer == OfficerId("d"));
}

TEST_CASE("whoever's shift has no hours that day is not drawn, whatever the hour") {
    Hall hall({item_with("pool: pass-through"), sections});
    auto& organization = hall.definitions.organization;
    organization.shifts = {{ShiftId("week"), {}, {}}, {ShiftId("weekend"), {}, {}}};
    for (std::size_t day = 0; day < 5; ++day)
        organization.shifts[0].hours.open.at(day) = {{8 * 60, 12 * 60}};
    organization.shifts[1].hours.open.at(5) = {{8 * 60, 12 * 60}};
    for (auto& officer : organization.officers)
        if (officer.id.text == "a" || officer.id.text == "b")
            officer.shift = ShiftId(officer.id.text == "a" ? "week" : "weekend");
    const auto drawn_at = [&](const char* moment) {
        hall.facts.now = *parse_instant(moment, {});
        return drawn_again(hall);
    };
    // A Monday: whoever files at night has the same pool as who files in the morning.
    for (const auto* hour : {"2026-03-02T09:00:00+08:00", "2026-03-02T23:00:00+08:00"}) {
        const auto drawn = drawn_at(hour);
        CHECK(names(drawn.candidates) == "a c d");
        CHECK(left_out(drawn, "b") == RefusalCode::off_shift);
    }
    CHECK(names(drawn_at("2026-03-07T09:00:00+08:00").candidates) == "b c d");  // a Saturday
    // A Saturday that is worked has the hours of a Monday, and a holiday none.
    CHECK(names(drawn_at("2026-05-09T09:00:00+08:00").candidates) == "a c d");
    const auto holiday = drawn_at("2026-05-01T09:00:00+08:00");
    CHECK(names(holiday.candidates) == "c d");
    CHECK(left_out(holiday, "a") == RefusalCode::off_shift);
}

TEST_CASE("a post's tasks can be given out too, to officers of the case's hall") {
    Hall hall({item_with("post: reviewer, allot: draw"), sections});
    hall.application.hall = HallId("south");
    hall.c = {};
    hall.open();
    // lin works in the north; nobody of the south is at the window.
    CHECK(hall.complete("intake", "accept", "lin").refused(RefusalCode::not_on_post));
    hall.application.hall = HallId("north");
    CHECK(names(drawn_again(hall).candidates) == "a b");
    CHECK(hall.claim("review", "a").refused(RefusalCode::drawn_not_chosen));
}

TEST_CASE("where the oldest comes first nobody chooses a task") {
    Hall hall({item_with("post: reviewer, allot: oldest first"), sections});
    hall.open();
    hall.complete("intake", "accept", "lin").value();
    CHECK(hall.claim("review", "a").refused(RefusalCode::next_in_line));
    CHECK(hall.complete("review", "approve", "a").refused(RefusalCode::next_in_line));
    hall.facts.in_turn = true;
    CHECK(hall.claim("review", "a"));
    hall.facts.in_turn = false;
    CHECK(hall.complete("review", "approve", "a"));
}

TEST_CASE("whatever the way, separation and recusal hold") {
    const std::string keys = GENERATE("pool: pass-through, allot: shortest queue",
                                      "pool: pass-through, allot: round robin", "pool: section",
                                      "pool: specialists", "post: reviewer, allot: draw");
    Hall hall({item_with(keys), R"(organization: two
title: 大厅
halls: {north: 北厅}
posts:
  window: {duties: [intake]}
  reviewer: {duties: [review]}
officers:
  both: {name: 双, hall: north, section: 养老科, posts: [window, reviewer]}
  kin: {name: 亲, hall: north, section: 养老科, posts: [reviewer]}
  free: {name: 闲, hall: north, section: 养老科, posts: [reviewer]}
)"});
    hall.open();
    hall.perform(RecuseOfficer{OfficerId("kin"), "kin", "a cousin"}, as("kin")).value();
    hall.complete("intake", "accept", "both").value();
    const auto& drawn = *find<TaskDrawn>(hall.events);
    CHECK(names(drawn.candidates) == "free");
    CHECK(left_out(drawn, "both") == RefusalCode::separated);
    CHECK(left_out(drawn, "kin") == RefusalCode::recused);
    CHECK(hall.give_back("review", "free", "knows the family"));
    CHECK(hall.holder("review").empty());
}

TEST_CASE("who applies for another takes no part in the case as an officer") {
    Hall hall(
        {item_with("pool: pass-through", "materials: {authority: {title: 委托书, for: proxy}}\n"),
         sections});
    hall.application.agent = Agent{PersonId("lin"), "林"};
    hall.open();
    CHECK(hall.complete("intake", "accept", "lin").refused(RefusalCode::recused));
    CHECK(hall.claim("intake", "lin").refused(RefusalCode::recused));
}

namespace {

std::string sampled_item(const std::string& share) {
    return "item: pension.special\ntitle: 退休核准\nkind: instant\nstart: desk\nsteps:\n"
           "  desk: {task: intake, post: window, outcomes: {approve: recheck}}\n"
           "  recheck: {sample: " +
           share +
           ", to: second-look, otherwise: granted}\n"
           "  second-look: {task: review, pool: pass-through, outcomes: {confirm: granted}}\n"
           "  granted: {end: granted}\n";
}

}  // namespace

TEST_CASE("a share of the cases is looked at again, and the trail says by which draw") {
    Hall hall({sampled_item("1 in 20"), sections});
    int taken = 0;
    const int cases = 20'000;
    for (int i = 0; i < cases; ++i) {
        hall.c = {};
        hall.events.clear();
        hall.open();
        hall.complete("desk", "approve", "lin").value();
        const auto& sample = *find<CaseSampled>(hall.events);
        CHECK(sample.taken == (hall.steps() == "second-look"));
        CHECK(sample.taken == (engine::pick(sample.entropy, 20) < 1));
        taken += sample.taken ? 1 : 0;
    }
    CHECK(std::abs(taken - cases / 20) < 4 * std::sqrt(cases * 0.05 * 0.95));
}

TEST_CASE("a share is written in per cent or as M in N, more than none and fewer than all") {
    for (const char* share : {"5 %", "5%", "1 in 3", "99 %", "999999 in 1000000"})
        CHECK_NOTHROW(Hall({sampled_item(share), sections}));
    for (const char* share :
         {"0 %", "100 %", "5", "1 in 1", "2 in 1", "1 in 2000000", "-1 %", "5 % of them", "many"})
        CHECK_THROWS_WITH(Hall({sampled_item(share), sections}),
                          Catch::Matchers::Contains("not a valid share of the cases"));
}

namespace {

/// What two parties have published once March is over.
std::vector<DrawParty> published() {
    std::vector<DrawParty> parties;
    for (const char* name : {"bureau", "oversight"}) {
        DrawParty party{name, {}, {}};
        for (Date on = day("2026-03-01"); on < day("2026-04-01"); ++on.days) {
            party.keys[on] = secret_of(name).key_of(on);
            party.fingerprints[on] = fingerprint_of(party.keys[on]);
        }
        parties.push_back(std::move(party));
    }
    return parties;
}

struct Provable {
    explicit Provable(std::vector<std::string> texts) : hall(std::move(texts)) {
        hall.facts.draw_shares = shares;
        hall.facts.held = [](const OfficerId& officer) {
            return static_cast<std::uint32_t>(officer.text.front() - 'a') / 2;
        };
    }
    std::vector<DrawShare> shares{share_of(secret_of("bureau")), share_of(secret_of("oversight"))};
    Hall hall;
    [[nodiscard]] DrawCheck check() const { return check_draws(hall.events, published()).at(0); }
    template <class What>
    What& event() {
        for (auto& event : hall.events)
            if (auto* what = std::get_if<What>(&event.what)) return *what;
        throw std::logic_error("there is no such event");
    }
};

using Verdict = DrawCheck::Verdict;

template <class Number>
void each_flipped_bit_is_found(Number& number, const Provable& provable) {
    for (std::size_t bit = 0; bit < sizeof number * 8; ++bit) {
        number ^= static_cast<Number>(Number{1} << bit);
        CHECK(provable.check().verdict == Verdict::broken);
        number ^= static_cast<Number>(Number{1} << bit);
    }
}

}  // namespace

TEST_CASE("what a weighted draw followed from cannot be altered unnoticed") {
    Provable provable({item_with("pool: pass-through"), sections});
    drawn_again(provable.hall);
    auto& drawn = provable.event<TaskDrawn>();
    REQUIRE(provable.check().verdict == Verdict::proven);
    REQUIRE(drawn.figures.size() == 4);
    each_flipped_bit_is_found(drawn.entropy, provable);
    // An altered weight is found where it would choose another officer, or is none that there is.
    for (auto& weight : drawn.figures)
        for (std::size_t bit = 0; bit < sizeof weight * 8; ++bit) {
            const auto before = weight;
            weight ^= std::uint32_t{1} << bit;
            const bool possible = weight >= 1 && weight <= definition::most_weight;
            const auto verdict = provable.check().verdict;
            CHECK((verdict == Verdict::broken || (possible && verdict == Verdict::proven)));
            weight = before;
        }
    const auto officer = drawn.officer;
    for (const auto& other : drawn.candidates) {
        drawn.officer = other;
        CHECK((provable.check().verdict == Verdict::proven) == (other == officer));
    }
    drawn.officer = officer;
    REQUIRE(drawn.keys);
    for (auto& byte : drawn.keys->bytes) each_flipped_bit_is_found(byte, provable);
    drawn.figures.pop_back();
    CHECK(provable.check().verdict == Verdict::broken);
}

TEST_CASE("parties cannot be exchanged after the draw") {
    Provable provable({item_with("pool: pass-through"), sections});
    drawn_again(provable.hall);
    auto parties = published();
    REQUIRE(check_draws(provable.hall.events, parties).at(0).verdict == Verdict::proven);
    // Their words would be the same: what each gives is laid over the others'.
    std::swap(parties[0], parties[1]);
    CHECK(check_draws(provable.hall.events, parties).at(0).verdict == Verdict::broken);
    CHECK(check_draws(provable.hall.events, std::vector{parties[0]}).at(0).verdict ==
          Verdict::broken);
}

TEST_CASE("the draw among the shortest queues is proved; the turn is seen to follow") {
    SECTION("shortest queue") {
        Provable provable({item_with("pool: pass-through, allot: shortest queue"), sections});
        drawn_again(provable.hall);
        auto& drawn = provable.event<TaskDrawn>();
        CHECK(drawn.figures == std::vector<std::uint32_t>{0, 0, 1, 1});
        CHECK(provable.check().verdict == Verdict::proven);
        drawn.officer = OfficerId("c");
        CHECK(provable.check().verdict == Verdict::broken);
        drawn.figures = {1, 1, 0, 1};
        CHECK(provable.check().verdict == Verdict::proven);
        drawn.figures.pop_back();
        CHECK(provable.check().verdict == Verdict::broken);
    }
    SECTION("round robin") {
        Provable provable({item_with("pool: pass-through, allot: round robin"), sections});
        provable.hall.facts.last_turn = [](const StepId&) { return OfficerId("b"); };
        drawn_again(provable.hall);
        CHECK(provable.check().verdict == Verdict::in_turn);
        provable.event<TaskDrawn>().officer = OfficerId("d");
        CHECK(provable.check().verdict == Verdict::broken);
    }
}

TEST_CASE("a sample is proved as a draw is, and filing again does not change it") {
    Provable provable({sampled_item("50 %"), sections});
    const auto sample_again = [&](const char* applicant) {
        provable.hall.application.applicant.person = PersonId(applicant);
        provable.hall.c = {};
        provable.hall.events.clear();
        provable.hall.open();
        provable.hall.complete("desk", "approve", "lin").value();
        return provable.event<CaseSampled>();
    };
    CHECK(sample_again("chen").entropy == sample_again("chen").entropy);
    CHECK(sample_again("wu").entropy != sample_again("chen").entropy);
    REQUIRE(provable.check().verdict == Verdict::proven);
    auto& sample = provable.event<CaseSampled>();
    sample.taken = !sample.taken;
    CHECK(provable.check().verdict == Verdict::broken);
    sample.taken = !sample.taken;
    each_flipped_bit_is_found(sample.entropy, provable);
    for (auto& byte : sample.keys->bytes) each_flipped_bit_is_found(byte, provable);
}

}  // namespace workflow::testing::allocation_test
