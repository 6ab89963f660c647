#pragma once

/// A hall at work on one case, on the engine's floor alone: definitions as YAML text, officers by
/// name, every act followed by the check that replaying the trail gives the same state.
///
///     Hall hall;
///     hall.open(as("lin"));
///     REQUIRE(hall.complete("intake", "accept", "lin"));
///     CHECK(hall.steps() == "review");

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/render.hpp"
#include "definition/loader.hpp"
#include "engine/apply.hpp"
#include "engine/decide.hpp"
#include "engine/worklist.hpp"
#include "process/compiler.hpp"
#include "staff.hpp"

namespace workflow::testing {

inline constexpr const char* hall_item = R"(item: card.replace
revision: 2
title: {zh: 社会保障卡补领, en: Replace a card}
kind: committed
limits: {statutory: 20 workdays, promised: 5 workdays}
applicant: [person, enterprise]
channels: [window, web]
fields:
  id_number: {type: string, required: true, personal: true, check: 'string length(id_number) = 4'}
  colour: {type: string, values: [red, green]}
  copies: {type: number, default: 1}
  urgent: {type: boolean, default: false}
  decided_on: {type: date}
materials:
  photo: {title: 照片, source: applicant}
  form: {title: 申请表, source: applicant, when: urgent}
  id_card: {title: 身份证, source: shared}
  promise: {title: 承诺书, source: commitment}
  receipt: {title: 缴费凭证, source: later, within: 10 workdays}
start: intake
on: {withdraw: withdrawn}
steps:
  intake:
    task: intake
    post: window
    limit: 1 workday
    outcomes:
      accept: {to: review, requires: materials, accepts: true}
      supplement: {to: supplementing, at most: 1}
      decline: {to: declined, requires: reason, decides: true}
  supplementing:
    wait: applicant
    on: {supplied: intake, after 30 workdays: lapsed}
  review:
    task: review
    pool: pass-through
    limit: 3 workdays
    outcomes:
      approve: {to: issue, decides: true, sets: {decided_on: today()}}
      fast: {to: issue, decides: true, when: urgent}
      reject: {to: rejected, requires: reason, decides: true}
      return: {to: intake, requires: reason, at most: 2}
      inspect: {to: inspection}
  inspection:
    wait: time
    clock: paused
    ground: 行政许可法第四十五条
    on: {after 5 workdays: review}
  issue:
    task: issue
    post: issuer
    outcomes:
      deliver: completed
  completed: {end: granted}
  rejected: {end: refused}
  declined: {end: not accepted}
  lapsed: {end: lapsed}
  withdrawn: {end: withdrawn}
)";

inline Actor as(const char* officer) {
    return Actor::of(OfficerId(officer));
}

/// Definitions given as YAML texts, compiled; throws with the rendered findings on any error.
class Definitions {
public:
    explicit Definitions(std::vector<std::string> texts) : findings_(sources_) {
        std::vector<definition::Text> given;
        bool staffed = false;
        for (auto& text : texts) {
            staffed = staffed || text.rfind("organization:", 0) == 0;
            given.push_back(
                {"text-" + std::to_string(given.size() + 1) + ".yaml", std::move(text)});
        }
        if (!staffed) given.push_back({"staff.yaml", hall_staff});
        loaded_ = definition::load(given, sources_, findings_);
        std::vector<YearNotice> notices;
        for (const auto& text : definition::read_texts(
                 {WORKFLOW_SOURCE_DIR "/definitions/calendars"}, sources_, findings_)) {
            for (auto& year : definition::load({text}, sources_, findings_).calendars)
                notices.push_back(std::move(year.notice));
        }
        calendar = WorkingDays(std::move(notices));
        if (loaded_.organization) organization = *loaded_.organization;
        for (const auto& item : loaded_.items)
            if (auto process = process::compile(item, &organization, findings_))
                processes.emplace(item.id.text, std::move(*process));
        if (!findings_.has_errors()) return;
        std::string all;
        for (const auto& finding : findings_.take()) all += render(finding);
        throw std::runtime_error(all);
    }

    definition::Organization organization;
    WorkingDays calendar;
    std::map<std::string, process::Process> processes;

private:
    Sources sources_;
    Findings findings_;
    definition::Definitions loaded_;
};

/// What an act was answered; a test may ignore it.
class Answer : public Expected<Events> {
public:
    using Expected<Events>::Expected;
    const Events& value() const { return Expected<Events>::value(); }
};

class Hall {
public:
    explicit Hall(std::vector<std::string> texts = {hall_item})
        : definitions(std::move(texts)), process(definitions.processes.begin()->second) {
        facts.organization = &definitions.organization;
        facts.calendar = &definitions.calendar;
        facts.number = CaseNumber("case-1");
        facts.entropy = {1, 2, 3, 4};
        on("2026-03-02");
        application.item = process.item;
        application.applicant = {PersonId("chen"), "陈晨", "person"};
        application.channel = "window";
        if (process.field(FieldId("id_number")))
            application.fields = {{FieldId("id_number"), Value("1234")}};
        for (const char* material : {"photo", "promise"})
            if (process.material(MaterialId(material)))
                application.materials.push_back({MaterialId(material), MaterialForm::provided});
    }

    Definitions definitions;
    const process::Process& process;
    engine::Facts facts;
    OpenCase application;
    engine::Case c;
    Events events;  ///< the whole trail

    /// Nine o'clock on that day.
    void on(const std::string& day) { facts.now = *parse_instant(day + "T09:00:00+08:00", {}); }
    void later(int minutes) { facts.now.microseconds += minutes * std::int64_t{60'000'000}; }

    /// Decides and applies; answers what was added.
    Answer perform(const Command& command) {
        facts.entropy[0] = facts.entropy[0] * 6364136223846793005U + 1442695040888963407U;
        auto decision = engine::decide(process, c, command, facts);
        if (!decision) return decision.refusal();
        for (const auto& event : decision->events) {
            engine::apply(process, c, event);
            events.push_back(event);
        }
        if (engine::canonical(engine::replay(process, events)) != engine::canonical(c))
            throw std::logic_error("replaying gives another state");
        return decision->events;
    }
    Answer perform(Action action, Actor actor) {
        return perform(Command{std::move(action), std::move(actor), {}, {}, {}});
    }

    Answer open(Actor actor = Actor::the_applicant()) {
        return perform(application, std::move(actor));
    }
    /// The open task of a step.
    TaskNumber task(const std::string& step) const {
        for (const auto& open : c.tasks)
            if (process.step_at(open.place).id.text == step) return open.number;
        return TaskNumber{999};
    }
    std::string holder(const std::string& step) const {
        const auto* open = c.task(task(step));
        return open ? open->holder.text : "no such task";
    }
    /// Where the case stands, and how it ended.
    std::string steps() const { return engine::row_of(process, c).steps; }
    std::string status() const { return engine::row_of(process, c).status; }

    Answer claim(const std::string& step, const char* officer) {
        return perform(ClaimTask{task(step)}, as(officer));
    }
    Answer complete(const std::string& step, const char* outcome, const std::string& officer,
                    std::string reason = {}, FieldValues fields = {},
                    std::vector<MaterialReceipt> materials = {}) {
        return perform(CompleteTask{task(step), OutcomeId(outcome), std::move(reason),
                                    std::move(fields), std::move(materials)},
                       as(officer.c_str()));
    }
    /// By whoever holds it.
    Answer complete_by_holder(const std::string& step, const char* outcome,
                              std::string reason = {}) {
        return complete(step, outcome, holder(step), std::move(reason));
    }
    Answer delegate(const std::string& step, const char* from, const char* to) {
        return perform(DelegateTask{task(step), OfficerId(to), {}}, as(from));
    }
    Answer reassign(const std::string& step, const char* by, const char* to) {
        return perform(ReassignTask{task(step), OfficerId(to), {}}, as(by));
    }
    Answer give_back(const std::string& step, const std::string& officer, std::string reason = {}) {
        return perform(ReturnTask{task(step), std::move(reason)}, as(officer.c_str()));
    }
    Answer supply(std::vector<MaterialReceipt> materials = {}, FieldValues fields = {}) {
        return perform(SupplyMaterials{std::move(fields), std::move(materials)},
                       Actor::the_applicant());
    }
    Answer withdraw(std::string reason = "changed my mind") {
        return perform(WithdrawCase{std::move(reason)}, Actor::the_applicant());
    }
    Answer advance() { return perform(AdvanceCase{}, Actor::the_engine()); }

    /// To the reviewer's desk: opened by the applicant, accepted by lin.
    void bring_to_review() {
        open();
        complete("intake", "accept", "lin").value();
    }
    void bring_to_issue() {
        bring_to_review();
        complete_by_holder("review", "approve").value();
    }
};

inline MaterialReceipt provided(const char* material) {
    return {MaterialId(material), MaterialForm::provided};
}
inline MaterialReceipt promised(const char* material) {
    return {MaterialId(material), MaterialForm::committed};
}
inline Date day(const char* text) {
    return *parse_date(text);
}

/// `task_completed case_accepted ...`
inline std::string kinds(const Events& events) {
    std::string all;
    for (const auto& event : events) {
        if (!all.empty()) all += ' ';
        all += kind_of(event.what);
    }
    return all;
}

/// The first event of one kind, or nothing.
template <class What>
const What* find(const Events& events) {
    for (const auto& event : events)
        if (const auto* what = std::get_if<What>(&event.what)) return what;
    return nullptr;
}

}  // namespace workflow::testing
