#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include "engine/allocation/draw.hpp"
#include "engine/worklist.hpp"
#include "support/hall.hpp"

namespace workflow::testing::draw_test {

TEST_CASE("the draw is among all qualified reviewers on duty, of every hall") {
    Hall hall;
    hall.application.hall = HallId("north");
    hall.open();
    const auto added = hall.complete("intake", "accept", "lin").value();
    const auto* drawn = find<TaskDrawn>(added);
    CHECK(drawn->candidates == std::vector<OfficerId>{OfficerId("qian"), OfficerId("sun"),
                                                      OfficerId("zhao"), OfficerId("zhou")});
    CHECK(std::count(drawn->candidates.begin(), drawn->candidates.end(), drawn->officer) == 1);
    CHECK(drawn->scheme == DrawScheme::rendezvous);
}

TEST_CASE("every reviewer has the same chance") {
    Hall hall;
    std::map<std::string, int> drawn;
    for (int i = 0; i < 8000; ++i) {
        Hall* one = &hall;
        one->c = {};
        one->events.clear();
        one->open();
        one->complete("intake", "accept", "lin").value();
        ++drawn[one->holder("review")];
    }
    REQUIRE(drawn.size() == 4);
    // Four standard deviations of a fair draw.
    for (const auto& [officer, times] : drawn)
        CHECK(std::abs(times - 2000) < 4 * std::sqrt(8000 * 0.25 * 0.75));
}

TEST_CASE("pick is the entropy's share of the candidates") {
    CHECK(engine::pick(0, 5) == 0);
    CHECK(engine::pick(~std::uint64_t{0}, 5) == 4);
    CHECK(engine::pick(std::uint64_t{1} << 63, 2) == 1);
    CHECK(engine::pick((std::uint64_t{1} << 63) - 1, 2) == 0);
}

TEST_CASE("a case that was returned comes back to the same reviewer") {
    Hall hall;
    hall.bring_to_review();
    const auto reviewer = hall.holder("review");
    hall.complete_by_holder("review", "return", "photo is of a cat").value();
    const auto added = hall.complete("intake", "accept", "lin").value();
    const auto* drawn = find<TaskDrawn>(added);
    CHECK(drawn->officer == OfficerId(reviewer));
    CHECK(drawn->candidates == std::vector<OfficerId>{OfficerId(reviewer)});
}

TEST_CASE("a case comes back to another reviewer when the first one is away") {
    Hall hall;
    hall.bring_to_review();
    const auto reviewer = hall.holder("review");
    hall.complete_by_holder("review", "return", "photo is of a cat").value();
    for (auto& officer : hall.definitions.organization.officers)
        if (officer.id.text == reviewer) officer.absent = {{day("2026-03-01"), day("2026-03-31")}};
    const auto added = hall.complete("intake", "accept", "lin").value();
    const auto* drawn = find<TaskDrawn>(added);
    CHECK(drawn->officer != OfficerId(reviewer));
    CHECK(drawn->candidates.size() == 3);
    CHECK(drawn->excluded.front().rule == static_cast<std::uint8_t>(RefusalCode::absent));
}

TEST_CASE("a draw that found nobody is made again when somebody is back") {
    Hall hall;
    auto& officers = hall.definitions.organization.officers;
    for (auto& officer : officers)
        if (officer.posts.back() == PostId("reviewer"))
            officer.absent = {{day("2026-03-01"), day("2026-03-03")}};
    hall.open();
    const auto added = hall.complete("intake", "accept", "lin").value();
    CHECK(find<TaskDrawn>(added)->officer.empty());
    hall.on("2026-03-03");
    CHECK(hall.advance().value().empty());
    hall.on("2026-03-04");
    const auto drawn = hall.advance().value();
    CHECK(kinds(drawn) == "task_drawn");
    CHECK(!hall.holder("review").empty());
}

TEST_CASE("a task drawn for an officer who falls ill is drawn again without him") {
    Hall hall;
    hall.bring_to_review();
    const auto ill = hall.holder("review");
    const auto away = [&](const std::string& name) {
        for (auto& officer : hall.definitions.organization.officers)
            if (officer.id.text == name) officer.absent = {{day("2026-03-04"), day("2026-03-20")}};
    };
    hall.on("2026-03-03");
    away(ill);
    CHECK(hall.advance().value().empty());
    hall.on("2026-03-04");
    const auto added = hall.advance().value();
    CHECK(kinds(added) == "task_handed_over task_drawn");
    CHECK(find<TaskHandedOver>(added)->way == TaskHandedOver::Way::absent);
    CHECK(find<TaskHandedOver>(added)->from == OfficerId(ill));
    const auto* drawn = find<TaskDrawn>(added);
    CHECK(hall.holder("review") != ill);
    CHECK(std::count(drawn->candidates.begin(), drawn->candidates.end(), OfficerId(ill)) == 0);
    CHECK(hall.advance().value().empty());

    SECTION("while nobody else is there the task stays with him") {
        for (const auto& officer : hall.definitions.organization.officers) away(officer.id.text);
        CHECK(hall.advance().value().empty());
        CHECK(!hall.holder("review").empty());
    }
}

TEST_CASE("the work list names no post for a drawn task and nobody who may not take a window's") {
    Hall hall;
    hall.application.hall = HallId("north");
    hall.open();
    hall.complete("intake", "accept", "ma").value();
    auto rows = engine::tasks_of(hall.process, hall.definitions.organization, hall.c);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].post.empty());
    CHECK(rows[0].hall.empty());
    CHECK(rows[0].holder.text == hall.holder("review"));
    const auto reviewer = hall.holder("review");
    hall.complete_by_holder("review", "approve").value();
    rows = engine::tasks_of(hall.process, hall.definitions.organization, hall.c);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].post == PostId("issuer"));
    CHECK(rows[0].hall == HallId("north"));
    CHECK(rows[0].barred.find(" ma ") != std::string::npos);
    CHECK(rows[0].barred.find(" ma-evening ") != std::string::npos);
    CHECK(rows[0].barred.find(" " + reviewer + " ") != std::string::npos);
    CHECK(rows[0].barred.find(" wang ") == std::string::npos);
}

}  // namespace workflow::testing::draw_test
