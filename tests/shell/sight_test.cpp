// Who may read what: applicant and reviewer do not meet, and nobody reads what is not his affair.

#include <catch2/catch.hpp>

#include <set>

#include <workflow/engine.hpp>

#include "engine/sight.hpp"
#include "support/hall.hpp"
#include "support/xorshift.hpp"

using namespace workflow;
using namespace workflow::testing;

namespace {

constexpr const char* blind_item = R"(item: pension.special
title: 特殊工种退休核准
kind: instant
rating: required
fields:
  id_number: {type: string, required: true, personal: true}
  birth_date: {type: date, personal: true}
  years: {type: number, default: 8}
start: intake
on: {withdraw: withdrawn}
steps:
  intake: {task: intake, post: window, outcomes: {accept: {to: review, accepts: true}, decline: {to: declined, requires: reason}}}
  review:
    task: review
    pool: pass-through
    sees: birth_date
    outcomes:
      approve: {to: issue, decides: true}
      return: {to: intake, requires: reason}
  issue: {task: issue, post: issuer, outcomes: {deliver: granted}}
  granted: {end: granted}
  declined: {end: not accepted}
  withdrawn: {end: withdrawn}
)";

/// A hall of one case, with an engine of its own.
class Office {
public:
    Office() {
        auto loaded = Catalog::load(
            std::vector<Catalog::Text>{{"item.yaml", blind_item}, {"staff.yaml", staff}});
        REQUIRE(loaded.catalog);
        Engine::Options options;
        options.clock = [this] { return now; };
        options.entropy = [this] { return ++word * 0x9e3779b97f4a7c15U; };
        engine =
            std::make_unique<Engine>(*loaded.catalog, open_store(":memory:"), std::move(options));
        OpenCase application;
        application.item = ItemId("pension.special");
        application.applicant = {PersonId("canary-person"), "canary-name", "person"};
        application.channel = "window";
        application.hall = HallId("north");
        application.fields = {{FieldId("id_number"), Value("canary-id")},
                              {FieldId("birth_date"), Value(*parse_date("1966-03-01"))}};
        number = engine->open(application, Actor::of(OfficerId("lin")), CommandKey("canary-key"))
                     .value()
                     .number;
    }

    workflow::Answer complete(const char* outcome, const std::string& officer,
                              std::string reason = {}) {
        const auto detail = *engine->show(number);
        CompleteTask act;
        act.task = detail.tasks.at(0).task;
        act.outcome = OutcomeId(outcome);
        act.reason = std::move(reason);
        return engine->complete(number, act, OfficerId(officer)).value();
    }
    [[nodiscard]] std::string holder() const {
        return engine->show(number)->tasks.at(0).holder.text;
    }
    void bring_to_review() { complete("accept", "lin"); }
    void bring_to_issue() {
        bring_to_review();
        complete("approve", holder());
    }
    [[nodiscard]] Engine::View seen_by(const std::string& officer) const {
        return engine->seen_by(OfficerId(officer));
    }
    /// All that `officer` is shown of the case, as one text.
    [[nodiscard]] std::string all_shown_to(const std::string& officer) const {
        std::string all;
        auto view = seen_by(officer);
        if (const auto detail = view.show(number)) {
            for (const auto& [field, value] : detail->fields)
                all += field.text + '=' + to_string(value) + '\n';
            for (const auto& task : detail->tasks) all += task.holder.text + '\n';
        }
        if (const auto trail = view.trail(number))
            for (const auto& event : *trail) all += engine_text(event) + '\n';
        for (const auto& task : view.tasks({})) all += task.holder.text + '\n';
        for (const auto& row : view.cases({})) all += row.number.text + '\n';
        return all;
    }

    static constexpr const char* staff = R"(organization: test-hall
title: 测试大厅
halls: {north: 北厅, south: 南厅}
posts:
  window: {duties: [intake]}
  reviewer: {duties: [review]}
  issuer: {duties: [issue]}
officers:
  lin: {name: 林芳, hall: north, posts: [window]}
  lin-evening: {name: 林芳, person: lin, hall: south, posts: [window]}
  shi: {name: 石南, hall: south, posts: [window]}
  rev-a: {name: 甲, hall: north, posts: [reviewer]}
  rev-b: {name: 乙, hall: south, posts: [reviewer]}
  rev-c: {name: 丙, hall: south, posts: [reviewer]}
  wang: {name: 王强, hall: north, posts: [issuer]}
  kong: {name: 孔伟, hall: south, posts: [issuer]}
  chief: {name: 主任, hall: north, posts: [window], supervisor: true}
  far-chief: {name: 副主任, hall: south, posts: [window], supervisor: true}
  canary-person: {name: 陈, hall: north, posts: [window]}
)";
    Instant now = *parse_instant("2026-03-02T09:00:00+08:00", {});
    std::uint64_t word = 0;
    std::unique_ptr<Engine> engine;
    CaseNumber number;

private:
    /// Everything that is in an event, without regard to what a page would print of it.
    static std::string engine_text(const Event& event) {
        std::string all = event.actor.officer.text + ' ' + event.key.text + ' ' + event.post.text;
        const auto add = [&](const std::string& text) { all += ' ' + text; };
        const auto add_fields = [&](const FieldValues& fields) {
            for (const auto& [field, value] : fields) add(field.text + '=' + to_string(value));
        };
        if (const auto* opened = std::get_if<CaseOpened>(&event.what)) {
            add(opened->applicant.person.text);
            add(opened->applicant.name);
            add_fields(opened->fields);
        }
        if (const auto* drawn = std::get_if<TaskDrawn>(&event.what)) {
            add(drawn->officer.text);
            add(std::to_string(drawn->entropy));
            for (const auto& candidate : drawn->candidates) add(candidate.text);
            for (const auto& exclusion : drawn->excluded) add(exclusion.officer.text);
        }
        if (const auto* done = std::get_if<TaskCompleted>(&event.what)) {
            add(done->officer.text);
            add_fields(done->fields);
        }
        if (const auto* handed = std::get_if<TaskHandedOver>(&event.what)) {
            add(handed->from.text);
            add(handed->to.text);
        }
        if (const auto* rated = std::get_if<CaseRated>(&event.what)) add(rated->comment);
        return all;
    }
};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

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
    auto events = *office.engine->trail(office.number);
    for (auto& event : events) event.signatures.push_back({Digest(), "canary-public-key", "s"});
    const auto process = office.engine->catalog().process(ItemId("pension.special"));
    const auto signed_by = [&](const engine::Sight& sight) {
        engine::Redaction redact(*process, sight);
        std::set<std::string> officers;
        for (const auto& event : events)
            if (const auto shown = redact(event); shown && !shown->signatures.empty())
                officers.insert(shown->actor.officer.text);
        return officers;
    };
    engine::Sight sight;
    CHECK(signed_by(sight).contains("lin"));
    CHECK(signed_by(sight).size() == 4);  // the engine's own among them
    sight.reviewers = false;
    CHECK(signed_by(sight) == std::set<std::string>{"", "lin", "wang"});
    sight.applicant = false;
    CHECK(signed_by(sight).empty());
}

TEST_CASE("a draw that is kept back tells neither the word nor the number of each") {
    Office office;
    office.bring_to_review();
    const auto trail = office.seen_by("lin").trail(office.number).value();
    const auto* drawn = find<TaskDrawn>(trail);
    REQUIRE(drawn);
    CHECK(drawn->entropy == 0);
    CHECK(drawn->candidates.size() == 3);  // how many could have been is no secret
    CHECK(std::set<OfficerId>(drawn->candidates.begin(), drawn->candidates.end()) ==
          std::set<OfficerId>{OfficerId(engine::withheld)});
}

TEST_CASE("a reviewer who could have been drawn and was not has nothing to read") {
    Office office;
    office.bring_to_review();
    const auto reviewer = office.holder();
    for (const char* other : {"rev-a", "rev-b", "rev-c"}) {
        if (other == reviewer) continue;
        CHECK(office.seen_by(other).show(office.number).refused(Rule::not_yours_to_read));
        CHECK(office.seen_by(other).trail(office.number).refused(Rule::not_yours_to_read));
        CHECK(office.seen_by(other).tasks({}).empty());
        CHECK(office.seen_by(other).cases({}).empty());
    }
}

TEST_CASE("an officer reads what waits at his post in his hall, and what he worked on") {
    Office office;
    CHECK(office.seen_by("lin").show(office.number));
    CHECK(office.seen_by("chief").show(office.number));
    // From the same window of another hall there is nothing to see, unless he worked on it.
    CHECK(office.seen_by("shi").show(office.number).refused(Rule::not_yours_to_read));
    CHECK(office.seen_by("far-chief").show(office.number).refused(Rule::not_yours_to_read));
    CHECK(office.seen_by("lin-evening").show(office.number));
    CHECK(office.seen_by("wang").show(office.number).refused(Rule::not_yours_to_read));
    CHECK(office.seen_by("nobody").show(office.number).refused(Rule::unknown_officer));
    CHECK(office.seen_by("lin").show(CaseNumber("x")).refused(Rule::unknown_case));
    office.bring_to_issue();
    CHECK(office.seen_by("wang").show(office.number));
    CHECK(office.seen_by("wang").tasks({}).size() == 1);
}

TEST_CASE("a party to the case does not read it as an officer") {
    Office office;
    CHECK(office.seen_by("canary-person").show(office.number).refused(Rule::applicant_is_officer));
}

TEST_CASE("what is sealed is opened for one officer, for a reason, and the trail says so") {
    Office office;
    office.bring_to_review();
    const auto reviewer = office.holder();
    const auto unseal = [&](Sealed what, const std::string& officer, const char* reason) {
        return office.engine->perform(
            office.number, {UnsealCase{what, reason}, Actor::of(OfficerId(officer)), {}, {}, {}});
    };
    CHECK(unseal(Sealed::applicant, reviewer, "").refused(Rule::reason_required));
    CHECK(unseal(Sealed::applicant, "rev-x", "x").refused(Rule::unknown_officer));
    REQUIRE(unseal(Sealed::applicant, reviewer, "the two records contradict each other"));
    CHECK(unseal(Sealed::applicant, reviewer, "again").refused(Rule::nothing_sealed));
    CHECK(has(office.all_shown_to(reviewer), "canary-id"));
    // The window is still not shown who reviews: the act names nobody to it.
    CHECK_FALSE(has(office.all_shown_to("lin"), "rev-"));
    REQUIRE(unseal(Sealed::reviewer, "chief", "a complaint about the reviewer"));
    CHECK(has(office.all_shown_to("chief"), reviewer));
    CHECK_FALSE(has(office.all_shown_to("lin"), "rev-"));
    CHECK(office.engine->verify().intact());
}

TEST_CASE("nobody is shown what is sealed who has nothing to do with the case") {
    Office office;
    office.bring_to_review();
    const auto refused = office.engine->perform(
        office.number,
        {UnsealCase{Sealed::applicant, "curious"}, Actor::of(OfficerId("shi")), {}, {}, {}});
    CHECK(refused.refused(Rule::not_yours_to_read));
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
    const auto task = office.engine->show(office.number)->tasks.at(0).task;
    const auto told = office.engine->complete(
        office.number, {task, OutcomeId("approve"), {}, {}, {}}, OfficerId("lin"));
    REQUIRE(told.refused(Rule::not_your_task));
    CHECK_FALSE(has(told.refusal().message, "rev-"));
}

TEST_CASE("over random cases no reader is shown what is kept from him") {
    Xorshift random{20260302};
    for (int round = 0; round < 200; ++round) {
        Office office;
        office.word = random.below(1'000'000'000);
        for (int step = 0; step < 8; ++step) {
            const auto detail = *office.engine->show(office.number);
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
                if (office.engine->show(office.number)->tasks.at(0).holder.empty()) break;
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
