#pragma once

/// A hall in which a case is reviewed blindly, and everything that somebody is shown of it.

#include <catch2/catch.hpp>

#include <memory>
#include <string>

#include <workflow/engine.hpp>

#include "tell_all.hpp"

namespace workflow::testing {

inline constexpr const char* blind_item = R"(item: pension.special
title: 特殊工种退休核准
kind: instant
rating: required
fields:
  id_number: {type: string, required: true, personal: true}
  birth_date: {type: date, personal: true}
  years: {type: number, default: 8}
materials:
  authority: {title: 委托书, source: applicant, for: proxy}
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

    /// An application by that person in the north hall.
    [[nodiscard]] static OpenCase application_of(const char* person) {
        OpenCase application;
        application.item = ItemId("pension.special");
        application.applicant = {PersonId(person), "x", "person"};
        application.channel = "window";
        application.hall = HallId("north");
        application.fields = {{FieldId("id_number"), Value("1")}};
        return application;
    }
    /// One by somebody else, for whom the agent acts.
    [[nodiscard]] static OpenCase application_through(const Agent& agent) {
        auto application = application_of("somebody-else");
        application.agent = agent;
        application.materials = {{MaterialId("authority"), MaterialForm::provided}};
        return application;
    }

    workflow::Answer complete(const char* outcome, const std::string& officer,
                              std::string reason = {}) {
        const auto detail = *engine->reader().show(number);
        CompleteTask act;
        act.task = detail.tasks.at(0).task;
        act.outcome = OutcomeId(outcome);
        act.reason = std::move(reason);
        return engine->complete(number, act, OfficerId(officer)).value();
    }
    [[nodiscard]] std::string holder() const {
        return engine->reader().show(number)->tasks.at(0).holder.text;
    }
    void bring_to_review() { complete("accept", "lin"); }
    void bring_to_issue() {
        bring_to_review();
        complete("approve", holder());
    }
    [[nodiscard]] OfficerView seen_by(const std::string& officer) const {
        return engine->reader().seen_by(OfficerId(officer));
    }
    [[nodiscard]] ApplicantView seen_by_applicant(
        const std::string& person = "canary-person") const {
        return engine->reader().seen_by_applicant(PersonId(person));
    }
    Expected<workflow::Answer> perform(Action action, const Actor& actor) {
        return engine->perform(number, {std::move(action), actor, {}, {}, {}});
    }
    Expected<workflow::Answer> ask(Sealed what, const std::string& officer,
                                   std::string ground = "complaint",
                                   std::string reason = "the records contradict each other") {
        return perform(UnsealCase{what, std::move(reason), std::move(ground)},
                       Actor::of(OfficerId(officer)));
    }
    /// Grants what `officer` asked; without a name, what was asked first.
    Expected<workflow::Answer> grant(Sealed what, const std::string& supervisor,
                                     const std::string& officer = {}) {
        return perform(DecideUnsealing{OfficerId(officer), what, true, {}},
                       Actor::of(OfficerId(supervisor)));
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
            for (const auto& event : *trail) all += tell_all(event) + '\n';
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
  rev-d: {name: 丁, hall: north, posts: [reviewer]}
  wang: {name: 王强, hall: north, posts: [issuer]}
  kong: {name: 孔伟, hall: south, posts: [issuer]}
  chief: {name: 主任, hall: north, posts: [window], supervisor: true}
  deputy: {name: 副处, hall: north, posts: [window], supervisor: true}
  far-chief: {name: 副主任, hall: south, posts: [window], supervisor: true}
  canary-person: {name: 陈, hall: north, posts: [window]}
)";
    Instant now = *parse_instant("2026-03-02T09:00:00+08:00", {});
    std::uint64_t word = 0;
    std::unique_ptr<Engine> engine;
    CaseNumber number;
};

inline bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace workflow::testing
