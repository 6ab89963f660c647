// Who may read what: applicant and reviewer do not meet, and nobody reads what is not his affair.

#include <catch2/catch.hpp>

#include <set>

#include <workflow/engine.hpp>

#include "engine/visibility.hpp"
#include "shell/catalog_access.hpp"
#include "support/blind_office.hpp"
#include "support/hall.hpp"
#include "support/xorshift.hpp"

namespace workflow::testing::visibility_test {

TEST_CASE("what the applicant writes is kept from who reviews, as his form is") {
    Office office;
    office.bring_to_review();
    REQUIRE(office.engine->perform(
        office.number,
        {UrgeCase{"canary-name has no income"}, Actor::the_applicant(), {}, {}, {}}));
    const auto words_for = [&](const std::string& officer) {
        const auto events = office.seen_by(officer).trail(office.number).value();
        for (const auto& event : events)
            if (const auto* urged = std::get_if<CaseUrged>(&event.what)) return urged->reason;
        return std::string();
    };
    CHECK(words_for(office.holder()) == engine::withheld);
    CHECK(words_for("lin") == "canary-name has no income");
}

TEST_CASE("the reviewer is not shown who applies, nor who took the application in") {
    Office office;
    office.bring_to_review();
    const auto reviewer = office.holder();
    const auto all = office.all_shown_to(reviewer);
    CHECK(has(all, office.number.text));
    CHECK_FALSE(has(all, "canary"));
    CHECK_FALSE(has(all, "lin"));
    CHECK(has(all, std::string("id_number=") + '"' + std::string(engine::withheld)));
    // What the step needs, and what is not personal.
    CHECK(has(all, "1966-03-01"));
    CHECK(has(all, "years=8"));
    // He sees himself.
    CHECK(has(all, reviewer));
}

TEST_CASE("after the decision the reviewer may see it, for he answers for it") {
    Office office;
    office.bring_to_review();
    const auto reviewer = office.holder();
    office.complete("approve", reviewer);
    CHECK(has(office.all_shown_to(reviewer), "canary-id"));
}

TEST_CASE("the window and the head are not shown who reviews until the case has ended") {
    Office office;
    office.bring_to_review();
    for (const char* reader : {"lin", "chief"}) {
        const auto all = office.all_shown_to(reader);
        CHECK(has(all, "canary-name"));
        CHECK_FALSE(has(all, "rev-"));
        CHECK(has(all, std::string(engine::withheld)));
    }
    const auto reviewer = office.holder();
    office.complete("approve", reviewer);
    CHECK_FALSE(has(office.all_shown_to("wang"), "rev-"));
    office.complete("deliver", "wang");
    CHECK(has(office.all_shown_to("wang"), reviewer));
    CHECK(has(office.all_shown_to("lin"), reviewer));
}

TEST_CASE("a signature is shown to whom both its officer and the form are shown") {
    Office office;
    office.bring_to_issue();
    office.complete("deliver", "wang");
    auto events = *office.engine->reader().trail(office.number);
    for (auto& event : events) event.signatures.push_back({Digest(), "canary-public-key", "s"});
    const auto process = compiled(office.engine->catalog()).process(ItemId("pension.special"));
    const auto signed_by = [&](const engine::Visibility& visibility) {
        engine::Redaction redact(*process, visibility);
        std::set<std::string> officers;
        for (const auto& event : events)
            if (const auto shown = redact(event); shown && !shown->signatures.empty())
                officers.insert(shown->actor.officer.text);
        return officers;
    };
    engine::Visibility visibility;
    CHECK(signed_by(visibility).contains("lin"));
    CHECK(signed_by(visibility).size() == 4);  // the engine's own among them
    visibility.reviewers = false;
    CHECK(signed_by(visibility) == std::set<std::string>{"", "lin", "wang"});
    visibility.applicant = false;
    CHECK(signed_by(visibility).empty());
}

TEST_CASE("a draw that is kept back tells neither the word nor the number of each") {
    Office office;
    office.bring_to_review();
    const auto trail = office.seen_by("lin").trail(office.number).value();
    const auto* drawn = find<TaskDrawn>(trail);
    REQUIRE(drawn);
    CHECK(drawn->entropy == 0);
    CHECK(drawn->candidates.size() == 4);  // how many could have been is no secret
    CHECK(std::set<OfficerId>(drawn->candidates.begin(), drawn->candidates.end()) ==
          std::set<OfficerId>{OfficerId(engine::withheld)});
}

TEST_CASE("a reviewer who could have been drawn and was not has nothing to read") {
    Office office;
    office.bring_to_review();
    const auto reviewer = office.holder();
    for (const char* other : {"rev-a", "rev-b", "rev-c", "rev-d"}) {
        if (other == reviewer) continue;
        CHECK(office.seen_by(other).show(office.number).refused(RefusalCode::not_yours_to_read));
        CHECK(office.seen_by(other).trail(office.number).refused(RefusalCode::not_yours_to_read));
        CHECK(office.seen_by(other).tasks({}).empty());
        CHECK(office.seen_by(other).cases({}).empty());
    }
}

TEST_CASE("an officer reads what waits at his post in his hall, and what he worked on") {
    Office office;
    CHECK(office.seen_by("lin").show(office.number));
    CHECK(office.seen_by("chief").show(office.number));
    // From the same window of another hall there is nothing to see, unless he worked on it.
    CHECK(office.seen_by("shi").show(office.number).refused(RefusalCode::not_yours_to_read));
    CHECK(office.seen_by("far-chief").show(office.number).refused(RefusalCode::not_yours_to_read));
    CHECK(office.seen_by("lin-evening").show(office.number));
    CHECK(office.seen_by("wang").show(office.number).refused(RefusalCode::not_yours_to_read));
    CHECK(office.seen_by("nobody").show(office.number).refused(RefusalCode::unknown_officer));
    CHECK(office.seen_by("lin").show(CaseNumber("x")).refused(RefusalCode::unknown_case));
    office.bring_to_issue();
    CHECK(office.seen_by("wang").show(office.number));
    CHECK(office.seen_by("wang").tasks({}).size() == 1);
}

TEST_CASE("a party to the case does not read it as an officer") {
    Office office;
    CHECK(office.seen_by("canary-person")
              .show(office.number)
              .refused(RefusalCode::applicant_is_officer));
}

TEST_CASE("the answer to an act shows no more than the case does") {
    Office office;
    const auto whole = office.complete("accept", "lin");
    REQUIRE(find<TaskDrawn>(whole.events));
    const auto shown = office.seen_by("lin").answer(whole);
    CHECK(shown.events.size() == whole.events.size());
    CHECK(shown.events.front().what == whole.events.front().what);
    CHECK(find<TaskDrawn>(shown.events)->officer == OfficerId(engine::withheld));
}

TEST_CASE("messages do not tell who reviews") {
    Office office;
    office.bring_to_review();
    const auto task = office.engine->reader().show(office.number)->tasks.at(0).task;
    const auto told = office.engine->complete(
        office.number, {task, OutcomeId("approve"), {}, {}, {}}, OfficerId("lin"));
    REQUIRE(told.refused(RefusalCode::not_your_task));
    CHECK_FALSE(has(told.refusal().message, "rev-"));
}

TEST_CASE("over random cases no reader is shown what is kept from him") {
    Xorshift random{20260302};
    for (int round = 0; round < 200; ++round) {
        Office office;
        office.word = random.below(1'000'000'000);
        for (int step = 0; step < 8; ++step) {
            const auto detail = *office.engine->reader().show(office.number);
            if (detail.view.status != "open") break;
            const auto holder = detail.tasks.at(0).holder.text;
            const bool reviewing = detail.tasks.at(0).step == StepId("review");
            if (reviewing) {
                CHECK_FALSE(has(office.all_shown_to(holder), "canary"));
                for (const char* other : {"lin", "chief", "wang", "shi"})
                    CHECK_FALSE(has(office.all_shown_to(other), "rev-"));
                switch (random.below(4)) {
                    case 0:
                        office.complete("return", holder, "the form is not readable");
                        break;
                    case 1: {
                        const auto task = detail.tasks.at(0).task;
                        REQUIRE(
                            office.engine->perform(office.number, {ReturnTask{task, "a neighbour"},
                                                                   Actor::of(OfficerId(holder)),
                                                                   {},
                                                                   {},
                                                                   {}}));
                        break;
                    }
                    default:
                        office.complete("approve", holder);
                }
                if (office.engine->reader().show(office.number)->tasks.at(0).holder.empty()) break;
            } else if (detail.tasks.at(0).step == StepId("intake")) {
                office.complete("accept", "lin");
            } else {
                for (const char* other : {"lin", "chief", "wang"})
                    CHECK_FALSE(has(office.all_shown_to(other), "rev-"));
                office.complete("deliver", "wang");
            }
        }
    }
}

TEST_CASE("the reviewer is not shown the agent") {
    Office office;
    const auto application =
        Office::application_through({PersonId("canary-agent"), "canary-agent-name"});
    office.number = office.engine->open(application, Actor::of(OfficerId("lin"))).value().number;
    office.bring_to_review();
    const auto shown = office.seen_by(office.holder()).show(office.number).value();
    REQUIRE(shown.agent);
    CHECK_FALSE(has(shown.agent->person.text, "canary"));
    CHECK_FALSE(has(shown.agent->name, "canary"));
    const auto at_the_window = office.seen_by("lin").show(office.number).value();
    CHECK(at_the_window.agent->person == PersonId("canary-agent"));
}

TEST_CASE("supervisors list every case of their hall") {
    Office office;
    office.bring_to_review();
    CHECK(office.seen_by("chief").cases({}).size() == 1);
    CHECK(office.seen_by("far-chief").cases({}).empty());
    CHECK(office.seen_by("wang").cases({}).empty());
}

}  // namespace workflow::testing::visibility_test
