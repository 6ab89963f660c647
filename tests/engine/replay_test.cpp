#include <catch2/catch.hpp>

#include "engine/apply.hpp"
#include "support/hall.hpp"

namespace workflow::testing::replay_test {

namespace {

Events full_course() {
    Hall hall;
    hall.bring_to_issue();
    hall.complete("issue", "deliver", "wang").value();
    return hall.events;
}

}  // namespace

TEST_CASE("a trail that leaves out, doubles or swaps an event does not replay") {
    const Hall hall;
    const auto trail = full_course();
    REQUIRE_NOTHROW(engine::replay(hall.process, trail));
    // The acceptance and the draw move no token: their loss shows in the case's clocks and holder.
    for (std::size_t i = 0; i < trail.size(); ++i) {
        auto doubled = trail;
        doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), trail[i]);
        const bool harmless = std::holds_alternative<TaskDrawn>(trail[i].what);
        if (!harmless) CHECK_THROWS_AS(engine::replay(hall.process, doubled), engine::ReplayError);
        auto shorter = trail;
        shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
        const bool moves = !std::holds_alternative<CaseAccepted>(trail[i].what) &&
                           !std::holds_alternative<TaskDrawn>(trail[i].what) &&
                           i + 1 < trail.size();
        if (moves) CHECK_THROWS_AS(engine::replay(hall.process, shorter), engine::ReplayError);
    }
}

TEST_CASE("a trail of another definition does not replay") {
    auto trail = full_course();
    std::get<CaseOpened>(trail[0].what).definition.bytes[0] ^= 1;
    const Hall hall;
    CHECK_THROWS_AS(engine::replay(hall.process, trail), engine::ReplayError);
}

TEST_CASE("a path that does not begin with its own outcome does not replay") {
    auto trail = full_course();
    for (auto& event : trail)
        if (auto* completed = std::get_if<TaskCompleted>(&event.what)) {
            completed->outcome = OutcomeId("decline");
            break;
        }
    const Hall hall;
    CHECK_THROWS_AS(engine::replay(hall.process, trail), engine::ReplayError);
}

TEST_CASE("states that differ have different bytes") {
    Hall hall;
    hall.open();
    auto other = hall.c;
    CHECK(engine::canonical(other) == engine::canonical(hall.c));
    other.fields[0] = Value("4321");
    CHECK(engine::canonical(other) != engine::canonical(hall.c));
    other = hall.c;
    other.tasks[0].holder = OfficerId("lin");
    CHECK(engine::canonical(other) != engine::canonical(hall.c));
}

}  // namespace workflow::testing::replay_test
