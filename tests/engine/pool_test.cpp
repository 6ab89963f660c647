// Nobody shapes the pool of a draw, no way of trying again draws anew, and nothing is stuck.

#include <catch2/catch.hpp>

#include <set>

#include <workflow/draw.hpp>

#include "crypto/digest.hpp"
#include "engine/apply.hpp"
#include "engine/matter.hpp"
#include "engine/worklist.hpp"
#include "support/hall.hpp"

namespace workflow::testing::pool_test {

namespace {

/// A hall whose matters are kept from one case to the next, as a store keeps them.
struct KeptHall : Hall {
    KeptHall() {
        facts.draw_shares = shares;
        facts.matter = [this](const Digest& matter) -> std::optional<MatterRow> {
            const auto found = rows.find(hex(matter));
            return found == rows.end() ? std::nullopt : std::optional(found->second);
        };
        application.hall = HallId("north");
    }
    std::vector<DrawShare> shares{share_of(DrawSecret(sha256("bureau"))),
                                  share_of(DrawSecret(sha256("oversight")))};
    std::map<std::string, MatterRow> rows;
    int filed = 0;

    /// Keeps what the case leaves to the next one of its matter, and begins another case.
    void next_case() {
        const auto matter = events.empty() ? std::nullopt : engine::matter_of(events.front());
        engine::Case state;
        for (const auto& event : events) {
            const bool decided = state.draw_decided;
            engine::apply(process, state, event);
            if (const auto step = engine::matter_step(*matter, event, state, decided))
                engine::take(rows[hex(*matter)], *step);
        }
        c = {};
        events.clear();
        facts.number = CaseNumber("case-" + std::to_string(++filed + 1));
    }
    std::string reviewer() {
        bring_to_review();
        return holder("review");
    }
};

}  // namespace

TEST_CASE("no way of filing again draws another reviewer") {
    KeptHall hall;
    const auto first = hall.reviewer();
    REQUIRE(!first.empty());
    SECTION("withdrawn and filed again") {
        hall.withdraw().value();
        hall.next_case();
        CHECK(hall.reviewer() == first);
    }
    SECTION("on another day") {
        hall.withdraw().value();
        hall.next_case();
        hall.on("2026-03-05");
        CHECK(hall.reviewer() == first);
        CHECK(find<CaseOpened>(hall.events)->keyed_on == day("2026-03-02"));
    }
    SECTION("beside the first one") {
        hall.next_case();
        hall.on("2026-03-03");
        CHECK(hall.reviewer() == first);
    }
    SECTION("turned away at the window and filed again") {
        for (int again = 0; again < 5; ++again) {
            hall.next_case();
            hall.later(60);
            hall.open();
            hall.complete("intake", "decline", "lin", "a paper is missing").value();
        }
        hall.next_case();
        CHECK(hall.reviewer() == first);
        CHECK(hall.c.round == 0);
    }
    SECTION("with a detour by supplement, other task numbers and a claimed time") {
        hall.next_case();
        hall.on("2026-03-04");
        hall.open();
        hall.complete("intake", "supplement", "lin").value();
        hall.on("2026-03-09");
        hall.supply({provided("photo")}).value();
        Command late{CompleteTask{hall.task("intake"), OutcomeId("accept"), {}, {}, {}},
                     as("sun"),
                     {},
                     {},
                     parse_instant("2026-03-09T09:00:00+08:00", {})};
        hall.later(600);
        hall.perform(late).value();
        const auto chosen = hall.holder("review");
        CHECK((chosen == first || first == "sun"));
    }
    SECTION("with blanks around the id") {
        hall.next_case();
        hall.application.applicant.person = PersonId("  chen ");
        CHECK(hall.reviewer() == first);
    }
    SECTION("with other entropy at hand") {
        hall.next_case();
        hall.facts.entropy = {7, 8, 9, 10};
        CHECK(hall.reviewer() == first);
    }
}

TEST_CASE("what others do to the pool does not draw anew for who stays in it") {
    KeptHall hall;
    const auto first = hall.reviewer();
    std::set<std::string> others{"qian", "sun", "zhao", "zhou"};
    others.erase(first);
    for (const auto& other : others) {
        hall.next_case();
        hall.open();
        hall.perform(RecuseOfficer{OfficerId(other), "kin", "x"}, as(other.c_str())).value();
        hall.complete("intake", "accept", "lin").value();
        CHECK(hall.holder("review") == first);
    }
}

TEST_CASE("a matter that was decided is drawn for anew, by the keys of its next filing") {
    std::set<std::string> drawn;
    for (int person = 0; person < 40; ++person) {
        KeptHall hall;
        hall.application.applicant.person = PersonId("p" + std::to_string(person));
        const auto first = hall.reviewer();
        hall.complete_by_holder("review", "approve").value();
        hall.next_case();
        hall.on("2026-03-05");
        if (hall.reviewer() != first) drawn.insert("another");
        CHECK(hall.c.round == 1);
        CHECK(hall.c.keyed_on == day("2026-03-05"));
    }
    CHECK(drawn.size() == 1);
}

TEST_CASE("who names no applicant files a matter of its own") {
    CHECK(engine::matter_person(PersonId(" "), CaseNumber("c-1")) !=
          engine::matter_person(PersonId(""), CaseNumber("c-2")));
}

TEST_CASE("a pool that acts have made too small is not drawn from, and the case says so") {
    Hall hall;
    hall.application.hall = HallId("north");
    hall.bring_to_review();
    const auto first = hall.holder("review");
    hall.give_back("review", first, "ill").value();
    const auto second = hall.holder("review");
    const auto added = hall.give_back("review", second, "ill too").value();
    CHECK(kinds(added) == "task_handed_over task_drawn task_stranded");
    CHECK(find<TaskDrawn>(added)->officer.empty());
    CHECK(find<TaskDrawn>(added)->candidates.size() == 2);
    const auto rows = engine::tasks_of(hall.process, hall.definitions.organization, hall.c);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].post == PostId("supervisor"));
    CHECK(rows[0].hall == HallId("north"));
    CHECK(hall.advance().value().empty());

    const auto resolve = [&](const char* officer, WayOut way) {
        return hall.perform(ResolveStranded{hall.task("review"), way, "nobody else"}, as(officer));
    };
    CHECK(resolve("lin", WayOut::widen).refused(RefusalCode::not_supervisor));
    CHECK(hall.claim("review", "chief").refused(RefusalCode::drawn_not_chosen));
    SECTION("a supervisor lets it be drawn from whoever is left") {
        const auto drawn = resolve("chief", WayOut::widen).value();
        CHECK(kinds(drawn) == "stranded_resolved task_drawn");
        CHECK(hall.holder("review") != first);
        CHECK(hall.holder("review") != second);
        CHECK(resolve("chief", WayOut::widen).refused(RefusalCode::not_stranded));
        const auto left = engine::tasks_of(hall.process, hall.definitions.organization, hall.c);
        CHECK(left[0].post.empty());
    }
    SECTION("a supervisor has those asked again who gave it back: the rank stays") {
        resolve("chief", WayOut::ask_again).value();
        CHECK(hall.complete_by_holder("review", "approve"));
    }
    SECTION("after everybody has given it back there is still a way out") {
        resolve("chief", WayOut::widen).value();
        hall.give_back("review", hall.holder("review"), "x").value();
        hall.give_back("review", hall.holder("review"), "x").value();
        CHECK(hall.holder("review").empty());
        REQUIRE(resolve("chief", WayOut::ask_again));
        CHECK(!hall.holder("review").empty());
    }
}

TEST_CASE("who gave the task back does not choose its way out") {
    Hall hall;
    for (auto& officer : hall.definitions.organization.officers)
        officer.supervisor = officer.id.text != "lin";
    hall.bring_to_review();
    const auto first = hall.holder("review");
    hall.give_back("review", first, "x").value();
    hall.give_back("review", hall.holder("review"), "x").value();
    CHECK(hall.perform(ResolveStranded{hall.task("review"), WayOut::ask_again, "x"},
                       as(first.c_str()))
              .refused(RefusalCode::second_person));
}

TEST_CASE("the post that the organization names chooses the way out") {
    Hall hall;
    hall.definitions.organization.draw.stranded = PostId("archivist");
    for (auto& officer : hall.definitions.organization.officers)
        if (officer.id == OfficerId("lu")) officer.posts = {PostId("archivist")};
    hall.bring_to_review();
    for (int i = 0; i < 2; ++i) hall.give_back("review", hall.holder("review"), "x").value();
    const auto rows = engine::tasks_of(hall.process, hall.definitions.organization, hall.c);
    CHECK(rows[0].post == PostId("archivist"));
    const ResolveStranded way{hall.task("review"), WayOut::widen, "x"};
    CHECK(hall.perform(way, as("chief")).refused(RefusalCode::not_on_post));
    CHECK(hall.perform(way, as("lu")));
}

TEST_CASE("a hall that is small as it is draws from whom it has") {
    Hall hall;
    hall.definitions.organization.draw.minimum = 5;  // four review
    hall.bring_to_review();
    hall.give_back("review", hall.holder("review"), "x").value();
    CHECK(!hall.holder("review").empty());
}

TEST_CASE("a change of staff after the case was received shapes no draw of it") {
    Hall hall;
    auto then = hall.definitions.organization;
    hall.facts.at_reception = &then;
    auto& officers = hall.definitions.organization.officers;
    for (auto& officer : officers) {
        if (officer.id == OfficerId("wang")) officer.posts.emplace_back("reviewer");  // a new one
        if (officer.id == OfficerId("qian")) officer.weight = 10;
    }
    hall.definitions.organization.digest = sha256("changed");
    hall.bring_to_review();
    const auto* drawn = find<TaskDrawn>(hall.events);
    CHECK(drawn->candidates.size() == 4);
    CHECK(drawn->figures.empty());
    const Exclusion wang{OfficerId("wang"), static_cast<std::uint8_t>(RefusalCode::not_on_post)};
    CHECK(std::count(drawn->excluded.begin(), drawn->excluded.end(), wang) == 1);

    SECTION("posts that were taken away since then make the pool too small") {
        for (auto& officer : officers)
            if (officer.id == OfficerId("qian") || officer.id == OfficerId("zhou"))
                officer.posts.clear();
        hall.c = {};
        hall.events.clear();
        hall.bring_to_review();
        CHECK(hall.holder("review").empty());
        CHECK(find<TaskStranded>(hall.events));
    }
}

TEST_CASE("a pool that widens by itself takes nobody who came after the case was received") {
    std::string item = hall_item;
    const std::string pool = "pool: pass-through";
    item.replace(item.find(pool), pool.size(), "post: reviewer\n    allot: draw");
    Hall hall({item});
    hall.application.hall = HallId("north");
    hall.definitions.organization.draw.widen = {definition::Widening::other_halls};
    const auto then = hall.definitions.organization;
    hall.facts.at_reception = &then;
    hall.bring_to_review();
    const auto wider = hall.give_back("review", hall.holder("review"), "ill").value();
    REQUIRE(!find<TaskDrawn>(wider)->widened.empty());
    const auto last = hall.holder("review");
    REQUIRE(!last.empty());

    // Every reviewer of that time but the holder leaves the post; one officer is new.
    auto& organization = hall.definitions.organization;
    for (auto& officer : organization.officers) {
        const bool new_one = officer.id == OfficerId("wang");
        if (new_one) officer.posts.emplace_back("reviewer");
        if (!new_one && officer.id != OfficerId(last)) officer.posts = {PostId("supervisor")};
    }
    organization.digest = sha256("changed");
    CHECK(find<TaskStranded>(hall.give_back("review", last, "ill").value()));
    CHECK(hall.holder("review").empty());

    SECTION("a way out that the trail shows lets them in") {
        const ResolveStranded way{hall.task("review"), WayOut::widen, "nobody else"};
        const auto drawn = hall.perform(way, as("chief")).value();
        CHECK(hall.holder("review") == "wang");
        CHECK(find<TaskDrawn>(drawn)->widened.back() == "later staff");
    }
}

TEST_CASE("two accounts of one person are one chance") {
    Hall hall;
    for (auto& officer : hall.definitions.organization.officers)
        if (officer.id == OfficerId("zhou")) officer.person = PersonId("qian");
    hall.bring_to_review();
    const auto* drawn = find<TaskDrawn>(hall.events);
    CHECK(drawn->candidates.size() == 3);
    const Exclusion second{OfficerId("zhou"), static_cast<std::uint8_t>(RefusalCode::same_person)};
    CHECK(std::count(drawn->excluded.begin(), drawn->excluded.end(), second) == 1);
}

}  // namespace workflow::testing::pool_test
