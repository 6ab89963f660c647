// Members of a panel do not see each other's answer before the panel is closed.

#include <catch2/catch.hpp>

#include "engine/applicant_visibility.hpp"
#include "engine/visibility.hpp"
#include "support/hall.hpp"

namespace workflow::testing::panel_secrecy_test {

namespace {

constexpr const char* members = R"(  study:
    panel: study
    members: 3
    outcomes:
      favour: {to: done, sets: {count_of_favour: count_of_favour + 1}, decides: true}
      against: {to: done, requires: reason, decides: true}
    then: issue
)";

constexpr const char* branches = R"(  study:
    parallel:
      first: {task: study, pool: pass-through, outcomes: {favour: {to: done, sets: {count_of_favour: count_of_favour + 1}, decides: true}, against: {to: done, requires: reason, decides: true}}}
      second: {task: study, pool: pass-through, outcomes: {favour: {to: done, sets: {count_of_favour: count_of_favour + 1}, decides: true}, against: {to: done, requires: reason, decides: true}}}
      third: {task: study, pool: pass-through, outcomes: {favour: {to: done, sets: {count_of_favour: count_of_favour + 1}, decides: true}, against: {to: done, requires: reason, decides: true}}}
    join: all
    then: issue
)";

std::string item_with(const char* study) {
    // Nobody sits twice; a panel sees to that by itself.
    const std::string apart = study == branches ? ", [first, second, third]" : "";
    return std::string(R"(item: talent
title: 认定
kind: instant
fields: {count_of_favour: {type: number, default: 0}}
start: intake
separated: [[intake, study, issue])") +
           apart + R"(]
steps:
  intake: {task: intake, post: window, outcomes: {accept: {to: study, accepts: true}}}
)" + study +
           R"(  issue: {task: issue, post: issuer, outcomes: {deliver: granted, again: study}}
  granted: {end: granted}
)";
}

constexpr const char* staff = R"(organization: panel
title: 大厅
halls: {north: 北厅}
posts:
  window: {duties: [intake]}
  scholar: {duties: [study]}
  issuer: {duties: [issue]}
officers:
  lin: {name: 林, hall: north, posts: [window]}
  a: {name: 甲, hall: north, posts: [scholar]}
  b: {name: 乙, hall: north, posts: [scholar]}
  c: {name: 丙, hall: north, posts: [scholar]}
  wang: {name: 王, hall: north, posts: [issuer]}
  chief: {name: 主任, hall: north, posts: [window], supervisor: true}
)";

struct PanelHall : Hall {
    explicit PanelHall(const char* study) : Hall({item_with(study), staff}) {
        application.hall = HallId("north");
        open(as("lin")).value();
        complete("intake", "accept", "lin").value();
    }
    /// The open tasks of the panel, in order.
    [[nodiscard]] std::vector<engine::Task> waiting() const {
        return {c.tasks.begin(), c.tasks.end()};
    }
    /// The first member who has not answered answers; gives their name.
    std::string answer(const char* outcome, std::string reason = {}) {
        const auto task = waiting().front();
        CompleteTask act{task.number, OutcomeId(outcome), std::move(reason), {}, {}};
        const auto officer = task.holder;
        REQUIRE(perform(act, Actor::of(officer)));
        return officer.text;
    }
    /// The outcomes that `reader` is shown of the panel, and what they set.
    [[nodiscard]] std::string shown_to(const std::string& reader) const {
        const auto* officer = definitions.organization.officer(OfficerId(reader));
        const auto today = definitions.organization.clock.day_of(facts.now);
        const auto visibility =
            engine::visibility_of(process, definitions.organization, c, *officer, today).value();
        engine::Redaction redact(process, visibility, engine::unrevealed(process, c, events));
        return told(redact);
    }
    [[nodiscard]] std::string shown_to_applicant() const {
        engine::ApplicantRedaction redact(process, c, engine::unrevealed(process, c, events));
        return told(redact);
    }

private:
    template <class Redact>
    [[nodiscard]] std::string told(Redact& redact) const {
        std::string all;
        for (const auto& event : events)
            if (const auto shown = redact(event))
                if (const auto* done = std::get_if<TaskCompleted>(&shown->what)) {
                    all += done->outcome.text + ' ' + done->reason + ' ';
                    for (const auto& [field, value] : done->fields)
                        all += "sets=" + to_string(value) + ' ';
                }
        return all;
    }
};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a panel's answers are secret until all have answered, but to each member their own") {
    for (const char* study : {members, branches}) {
        PanelHall hall(study);
        const auto first = hall.answer("against", "canary-reason");
        const auto secret = engine::unrevealed(hall.process, hall.c, hall.events);
        CHECK(secret.tasks.size() == 1);
        CHECK_FALSE(secret.decided);
        CHECK(secret.sets(*hall.process.field(FieldId("count_of_favour"))));
        CHECK(has(hall.shown_to(first), "against"));
        for (const auto& task : hall.waiting())
            CHECK_FALSE(has(hall.shown_to(task.holder.text), "against"));
        for (const char* other : {"lin", "chief"}) CHECK_FALSE(has(hall.shown_to(other), "canary"));
        CHECK_FALSE(has(hall.shown_to_applicant(), "canary"));
        CHECK_FALSE(has(hall.shown_to_applicant(), "against"));
        const auto second = hall.answer("favour");
        // What a member's own answer set would count the others'.
        CHECK(has(hall.shown_to(second), "favour"));
        CHECK_FALSE(has(hall.shown_to(second), "sets="));
        hall.answer("favour");
        CHECK(has(hall.shown_to("lin"), "against"));
        CHECK(has(hall.shown_to("lin"), "canary-reason"));
        CHECK(has(hall.shown_to("lin"), "sets=2"));
        CHECK(engine::unrevealed(hall.process, hall.c, hall.events).tasks.empty());
    }
}

TEST_CASE("a member who has answered stays blind until the panel is closed") {
    PanelHall hall(members);
    const auto first = hall.answer("favour");
    const auto blind = [&] {
        const auto* officer = hall.definitions.organization.officer(OfficerId(first));
        return !engine::visibility_of(hall.process, hall.definitions.organization, hall.c, *officer,
                                      day("2026-03-02"))
                    .value()
                    .applicant;
    };
    CHECK(blind());
    hall.answer("favour");
    hall.answer("favour");
    CHECK_FALSE(blind());
}

TEST_CASE("what an earlier round of a panel answered is known in the next") {
    PanelHall hall(members);
    hall.answer("against", "first-round");
    hall.answer("favour");
    hall.answer("favour");
    hall.complete("issue", "again", "wang").value();
    hall.answer("against", "second-round");
    CHECK(has(hall.shown_to("lin"), "first-round"));
    CHECK_FALSE(has(hall.shown_to("lin"), "second-round"));
}

TEST_CASE("lists name the panel, not the members who have not answered") {
    PanelHall hall(members);
    CHECK(engine::without_members(hall.process, "study-1 study-3") == "study");
    CHECK(engine::without_members(hall.process, "study-2 issue") == "study issue");
    CHECK(engine::without_members(hall.process, "issue") == "issue");
}

}  // namespace workflow::testing::panel_secrecy_test
