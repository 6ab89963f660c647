// Service modes (六办), agents and panels: they change order, place and hours, never who may do
// what nor how officers are drawn.

#include <catch2/catch.hpp>

#include <set>

#include "engine/worklist.hpp"
#include "support/hall.hpp"
#include "support/xorshift.hpp"

namespace workflow::testing::modes_test {

namespace {

constexpr const char* item = R"(item: card
title: 补卡
kind: instant
fields: {urgent: {type: boolean, default: false}}
materials:
  photo: 照片
  authority: {title: 授权委托书, for: proxy}
start: intake
steps:
  intake: {task: intake, post: window, outcomes: {accept: {to: study, requires: materials}}}
  study:
    title: {zh: 研判, en: Study}
    panel: study
    members: 3
    quorum: 2
    outcomes: {advised: {to: done, requires: reason}}
    then: review
  review: {task: review, pool: pass-through, outcomes: {approve: granted}}
  granted: {end: granted}
)";

constexpr const char* staff = R"(organization: modes
title: 大厅
halls: {north: 北厅, south: 南厅}
posts:
  window: {duties: [intake]}
  reviewer: {duties: [review]}
  scholar: {duties: [study]}
modes:
  express: {title: {zh: 快速办, en: Express}, order: first}
  on-site: {place: any hall}
  by-appointment: {by appointment: true}
  after-hours: {hours: {mon-fri: 17:00-20:00, sat: 09:00-12:00}}
officers:
  lin: {name: 林, hall: north, posts: [window]}
  shi: {name: 石, hall: south, posts: [window]}
  a: {name: 甲, hall: north, posts: [reviewer, scholar]}
  b: {name: 乙, hall: south, posts: [reviewer, scholar]}
  b2: {name: 乙, person: b, hall: north, posts: [scholar]}
  c: {name: 丙, hall: north, posts: [scholar]}
  d: {name: 丁, hall: south, posts: [reviewer, scholar]}
)";

struct ModeHall : Hall {
    ModeHall() : Hall({item, staff}) {
        application.hall = HallId("north");
        application.materials = {{MaterialId("photo"), MaterialForm::provided}};
    }
    [[nodiscard]] TaskRow row() const {
        return engine::tasks_of(process, definitions.organization, c).at(0);
    }
};

Instant at(const char* time) {
    return *parse_instant(time, {});
}

}  // namespace

TEST_CASE("a mode is one of the organization's, and one in which the item is offered") {
    ModeHall hall;
    hall.application.mode = ModeId("by-boat");
    CHECK(hall.open().refused(RefusalCode::no_such_mode));
    hall.application.mode = ModeId("express");
    CHECK(hall.open());

    std::string fewer = item;
    fewer.insert(fewer.find("start:"), "modes: [on-site]\n");
    Hall few({fewer, staff});
    few.application.mode = ModeId("express");
    CHECK(few.open().refused(RefusalCode::no_such_mode));
    few.application.mode = ModeId("on-site");
    CHECK(few.open());
}

TEST_CASE("express cases come first, on-site ones can be taken in every hall") {
    ModeHall usual, express, on_site;
    usual.open();
    express.application.mode = ModeId("express");
    express.open();
    on_site.application.mode = ModeId("on-site");
    on_site.open();
    CHECK_FALSE(usual.row().comes_first);
    CHECK(usual.row().hall == HallId("north"));
    CHECK(express.row().comes_first);
    CHECK(express.row().hall == HallId("north"));
    CHECK_FALSE(on_site.row().comes_first);
    CHECK(on_site.row().hall.empty());
    CHECK(usual.claim("intake", "shi").refused(RefusalCode::not_on_post));
    CHECK(on_site.claim("intake", "shi"));
}

TEST_CASE("who has an appointment is called then") {
    ModeHall hall;
    hall.application.mode = ModeId("by-appointment");
    CHECK(hall.open().refused(RefusalCode::appointment_needed));
    hall.application.appointment = at("2026-03-04T10:30:00+08:00");
    REQUIRE(hall.open());
    CHECK(hall.row().offered == at("2026-03-04T10:30:00+08:00"));
    // His turn has come when the next task is offered later.
    hall.on("2026-03-05");
    hall.complete("intake", "accept", "lin").value();
    CHECK(hall.row().offered == hall.facts.now);

    ModeHall other;
    other.application.appointment = at("2026-03-04T10:30:00+08:00");
    CHECK(other.open().refused(RefusalCode::appointment_needed));
}

TEST_CASE("a mode with hours takes applications in those hours only") {
    const auto open_at = [](const char* time) {
        ModeHall hall;
        hall.application.mode = ModeId("after-hours");
        hall.facts.now = at(time);
        return hall.open();
    };
    CHECK(open_at("2026-03-02T16:59:00+08:00").refused(RefusalCode::outside_hours));
    CHECK(open_at("2026-03-02T17:00:00+08:00"));
    CHECK(open_at("2026-03-02T20:00:00+08:00").refused(RefusalCode::outside_hours));
    CHECK(open_at("2026-03-07T10:00:00+08:00"));                                      // a Saturday
    CHECK(open_at("2026-03-08T10:00:00+08:00").refused(RefusalCode::outside_hours));  // a Sunday
}

TEST_CASE("an agent shows his authority before the application is accepted") {
    ModeHall without, with;
    without.open();
    CHECK(without.complete("intake", "accept", "lin"));

    with.application.agent = Agent{PersonId("wu"), "吴"};
    with.open();
    const auto refused = with.complete("intake", "accept", "lin");
    REQUIRE(refused.refused(RefusalCode::materials_missing));
    CHECK(refused.refusal().message == "missing: authority");
    CHECK(with.complete("intake", "accept", "lin", {}, {}, {provided("authority")}));

    Hall none({hall_item});
    none.application.agent = Agent{PersonId("wu"), "吴"};
    CHECK(none.open().refused(RefusalCode::no_proxy));
}

TEST_CASE("a panel is as many officers as it says, none of them twice, and goes on at its quorum") {
    ModeHall hall;
    hall.open();
    hall.complete("intake", "accept", "lin").value();
    CHECK(hall.steps() == "study-1 study-2 study-3");
    std::set<std::string> persons;
    for (const char* seat : {"study-1", "study-2", "study-3"}) {
        const auto* officer = hall.definitions.organization.officer(OfficerId(hall.holder(seat)));
        REQUIRE(officer);
        persons.insert(officer->person.text);
    }
    CHECK(persons.size() == 3);
    CHECK(hall.complete_by_holder("study-1", "advised").refused(RefusalCode::reason_required));
    hall.complete_by_holder("study-3", "advised", "yes").value();
    CHECK(hall.steps() == "study-1 study-2");
    const auto added = hall.complete_by_holder("study-1", "advised", "no").value();
    CHECK(hall.steps() == "review");
    CHECK(find<TaskCancelled>(added));
}

TEST_CASE("no mode changes who can be drawn, nor who is left out and why") {
    Xorshift random{11};
    const std::vector<const char*> modes{"express", "on-site", "by-appointment", "after-hours"};
    for (int round = 0; round < 300; ++round) {
        ModeHall usual, served;
        const auto* mode = modes[random.below(modes.size())];
        served.application.mode = ModeId(mode);
        for (auto* hall : {&usual, &served}) hall->facts.now = at("2026-03-02T17:30:00+08:00");
        if (std::string(mode) == "by-appointment")
            served.application.appointment = at("2026-03-02T17:30:00+08:00");
        const bool recused = random.below(2) == 0;
        const auto away = random.below(5);
        for (auto* hall : {&usual, &served}) {
            auto& officers = hall->definitions.organization.officers;
            if (away < officers.size())
                officers[away].absent = {{day("2026-03-02"), day("2026-03-02")}};
            hall->open();
            if (recused) hall->perform(RecuseOfficer{OfficerId("c"), "kin", "a cousin"}, as("c"));
            const auto accepted = hall->complete("intake", "accept", "lin");
            if (!accepted) continue;
        }
        const auto* here = find<TaskDrawn>(usual.events);
        const auto* there = find<TaskDrawn>(served.events);
        REQUIRE(static_cast<bool>(here) == static_cast<bool>(there));
        if (!here) continue;
        CHECK(here->candidates == there->candidates);
        CHECK(here->excluded == there->excluded);
    }
}

}  // namespace workflow::testing::modes_test
