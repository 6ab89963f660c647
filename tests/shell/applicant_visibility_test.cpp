// What an applicant is shown of their case: their own data, steps and days, whom they met, and the
// outcome at its end; not who reviews.

#include "support/blind_office.hpp"
#include "support/xorshift.hpp"

namespace workflow::testing::applicant_visibility_test {

namespace {

/// All that the applicant is shown, as one text.
std::string all_shown(const Office& office, const std::string& person = "canary-person") {
    std::string all;
    auto view = office.seen_by_applicant(person);
    if (const auto detail = view.show(office.number)) {
        for (const auto& [field, value] : detail->fields)
            all += field.text + '=' + to_string(value) + '\n';
        for (const auto& task : detail->tasks)
            all += task.step.text + ' ' + task.holder.text + '\n';
    }
    if (const auto trail = view.trail(office.number))
        for (const auto& event : *trail) all += tell_all(event) + '\n';
    return all;
}

template <class What>
std::size_t count(const Events& events) {
    std::size_t found = 0;
    for (const auto& event : events) found += std::holds_alternative<What>(event.what) ? 1 : 0;
    return found;
}

}  // namespace

TEST_CASE("applicants see their own data, where the case stands and whom they met") {
    Office office;
    office.bring_to_review();
    const auto all = all_shown(office);
    CHECK(has(all, "canary-id"));
    CHECK(has(all, "canary-name"));
    CHECK(has(all, "review (withheld)"));
    CHECK(has(all, "lin"));
    CHECK_FALSE(has(all, "rev-"));
}

TEST_CASE("of a draw applicants see that there was one, not who could have been drawn") {
    Office office;
    office.bring_to_review();
    const auto trail = office.seen_by_applicant().trail(office.number).value();
    for (const auto& event : trail)
        if (const auto* drawn = std::get_if<TaskDrawn>(&event.what)) {
            CHECK(drawn->officer == OfficerId("(withheld)"));
            CHECK(drawn->candidates.empty());
            CHECK(drawn->excluded.empty());
            CHECK(drawn->entropy == 0);
        }
    CHECK(count<TaskDrawn>(trail) == 1);
}

TEST_CASE("the outcome and its reason are shown at the end of the case, and then who decided") {
    Office office;
    office.bring_to_review();
    const auto reviewer = office.holder();
    office.complete("approve", reviewer, "canary-finding");
    auto all = all_shown(office);
    CHECK_FALSE(has(all, "approve"));
    CHECK_FALSE(has(all, "canary-finding"));
    CHECK_FALSE(has(all, "rev-"));
    office.complete("deliver", "wang");
    all = all_shown(office);
    CHECK(has(all, "approve"));
    CHECK(has(all, "canary-finding"));
    CHECK(has(all, reviewer));
}

TEST_CASE("a case that ends undecided tells nobody who would have reviewed, nor who applied") {
    // Filed again, the matter comes to the same reviewer.
    Office office;
    office.bring_to_review();
    const auto reviewer = office.holder();
    REQUIRE(office.engine->withdraw(office.number, "changed my mind"));
    CHECK_FALSE(has(all_shown(office), "rev-"));
    CHECK_FALSE(has(office.all_shown_to("lin"), "rev-"));
    CHECK_FALSE(has(office.all_shown_to(reviewer), "canary"));
}

TEST_CASE("an applicant is the same person in capitals") {
    Office office;
    CHECK(office.seen_by_applicant("Canary-Person ").show(office.number));
    CHECK(office.engine->reader().cases_by(PersonId("CANARY-PERSON")).size() == 1);
}

TEST_CASE("nobody reads another person's case as its applicant") {
    Office office;
    auto stranger = office.seen_by_applicant("somebody-else");
    CHECK(stranger.show(office.number).refused(RefusalCode::not_yours_to_read));
    CHECK(stranger.trail(office.number).refused(RefusalCode::not_yours_to_read));
    CHECK(stranger.cases({}).empty());
    CHECK(office.seen_by_applicant("").show(office.number).refused(RefusalCode::not_yours_to_read));
    CHECK(office.seen_by_applicant("").cases({}).empty());
    CHECK(office.seen_by_applicant().show(CaseNumber("x")).refused(RefusalCode::unknown_case));
    CHECK(office.seen_by_applicant().cases({}).size() == 1);
}

TEST_CASE("the agent sees the case in which they act") {
    Office office;
    const auto application = Office::application_through({PersonId("agent-1"), "a"});
    const auto number =
        office.engine->open(application, Actor::of(OfficerId("lin"))).value().number;
    auto agent = office.seen_by_applicant("agent-1");
    CHECK(agent.show(number));
    CHECK(agent.cases({}).size() == 1);
    CHECK(agent.show(office.number).refused(RefusalCode::not_yours_to_read));
}

TEST_CASE("the answer to the applicant's own act names no reviewer") {
    Office office;
    office.bring_to_review();
    const auto answered = office.perform(UrgeCase{"no income"}, Actor::the_applicant());
    REQUIRE(answered);
    const auto shown = office.seen_by_applicant("").answer(*answered);
    REQUIRE(shown.events.size() == answered->events.size());
    CHECK(has(tell_all(shown.events.front()), "no income"));
    // An answer that spans the whole case is seen as the case is.
    workflow::Answer whole;
    whole.number = office.number;
    whole.events = *office.engine->reader().trail(office.number);
    whole.version = Version{static_cast<std::uint32_t>(whole.events.size())};
    for (const auto& event : office.seen_by_applicant("").answer(whole).events)
        CHECK_FALSE(has(tell_all(event), "rev-"));
}

TEST_CASE("what officers say to each other is not shown to the applicant, also after the end") {
    Office office;
    office.bring_to_review();
    const auto reviewer = office.holder();
    const auto task = office.engine->reader().show(office.number)->tasks.at(0).task;
    REQUIRE(office.perform(ReturnTask{task, "canary-neighbour"}, Actor::of(OfficerId(reviewer))));
    REQUIRE(office.ask(Sealed::reviewer, "chief", "complaint", "canary-suspicion"));
    REQUIRE(office.grant(Sealed::reviewer, "deputy"));
    office.complete("approve", office.holder());
    office.complete("deliver", "wang");
    const auto all = all_shown(office);
    CHECK_FALSE(has(all, "canary-neighbour"));
    CHECK_FALSE(has(all, "canary-suspicion"));
    const auto trail = office.seen_by_applicant().trail(office.number).value();
    CHECK(count<TaskHandedOver>(trail) == 0);
    CHECK(count<UnsealAsked>(trail) == 0);
    CHECK(count<CaseUnsealed>(trail) == 0);
}

TEST_CASE("an applicant's request that an officer take no part is theirs alone to see") {
    Office office;
    office.bring_to_review();
    const auto reviewer = office.holder();
    const auto ask = [&](const char* officer, const Actor& by) {
        return office.perform(RecuseOfficer{OfficerId(officer), "kin", "canary-cousin"}, by);
    };
    REQUIRE(ask("kong", Actor::the_applicant()));
    CHECK(has(all_shown(office), "kong"));
    // The blind reviewer would learn of the applicant's relations.
    CHECK_FALSE(has(office.all_shown_to(reviewer), "kong"));
    CHECK_FALSE(has(office.all_shown_to(reviewer), "canary"));
    // The window would learn whom to leave out; the supervisor decides.
    CHECK_FALSE(has(office.all_shown_to("lin"), "kong"));
    CHECK_FALSE(has(office.all_shown_to("lin"), "canary-cousin"));
    CHECK(has(office.all_shown_to("chief"), "kong"));
}

TEST_CASE("the numbers of events are those of the case, whatever a view leaves out") {
    Office office;
    office.bring_to_review();
    REQUIRE(office.ask(Sealed::reviewer, "chief"));
    REQUIRE(office.perform(UrgeCase{"soon"}, Actor::the_applicant()));
    const auto whole = *office.engine->reader().trail(office.number);
    for (const auto& one : office.seen_by_applicant().numbered(office.number).value()) {
        CHECK(one.event.what.index() == whole[one.sequence - 1].what.index());
        CHECK(one.event.recorded == whole[one.sequence - 1].recorded);
    }
}

TEST_CASE("over random cases the applicant is never shown who reviews before the end") {
    Xorshift random{20261130};
    for (int round = 0; round < 100; ++round) {
        Office office;
        office.word = random.below(1'000'000'000);
        for (int step = 0; step < 8; ++step) {
            const auto detail = *office.engine->reader().show(office.number);
            if (detail.view.status != "open") break;
            CHECK_FALSE(has(all_shown(office), "rev-"));
            const auto& task = detail.tasks.at(0);
            if (task.step == StepId("intake")) {
                office.complete("accept", "lin");
            } else if (task.step == StepId("issue")) {
                office.complete("deliver", "wang");
            } else if (random.below(3) == 0) {
                office.complete("return", task.holder.text, "the form is not readable");
            } else {
                office.complete("approve", task.holder.text);
            }
        }
    }
}

TEST_CASE("a list of an applicant's cases keeps to its limit") {
    Office office;
    for (int i = 0; i < 3; ++i) {
        const auto application = Office::application_of("canary-person");
        REQUIRE(office.engine->open(application, Actor::of(OfficerId("lin"))));
    }
    CaseFilter filter;
    filter.limit = 2;
    CHECK(office.seen_by_applicant().cases(filter).size() == 2);
    CHECK(office.seen_by_applicant().cases({}).size() == 4);
}

}  // namespace workflow::testing::applicant_visibility_test
