#include "hall.hpp"

#include <stdexcept>

#include "engine/apply.hpp"
#include "engine/worklist.hpp"

namespace workflow::testing {

const char* const hall_item = R"(item: card.replace
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
  urgent: {type: boolean, default: false, from: [intake, review]}
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

Hall::Hall(std::vector<std::string> texts)
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

HallAnswer Hall::perform(const Command& command) {
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

HallAnswer Hall::perform(Action action, Actor actor) {
    return perform(Command{std::move(action), std::move(actor), {}, {}, {}});
}

HallAnswer Hall::open(Actor actor) {
    return perform(application, std::move(actor));
}

TaskNumber Hall::task(const std::string& step) const {
    for (const auto& open : c.tasks)
        if (process.step_at(open.place).id.text == step) return open.number;
    return TaskNumber{999};
}

std::string Hall::holder(const std::string& step) const {
    const auto* open = c.task(task(step));
    return open ? open->holder.text : "no such task";
}

HallAnswer Hall::claim(const std::string& step, const char* officer) {
    return perform(ClaimTask{task(step)}, as(officer));
}

HallAnswer Hall::complete(const std::string& step, const char* outcome, const std::string& officer,
                          std::string reason, FieldValues fields,
                          std::vector<MaterialReceipt> materials) {
    return perform(CompleteTask{task(step), OutcomeId(outcome), std::move(reason),
                                std::move(fields), std::move(materials)},
                   as(officer.c_str()));
}

HallAnswer Hall::complete_by_holder(const std::string& step, const char* outcome,
                                    std::string reason) {
    return complete(step, outcome, holder(step), std::move(reason));
}

HallAnswer Hall::delegate(const std::string& step, const char* from, const char* to) {
    return perform(DelegateTask{task(step), OfficerId(to), {}}, as(from));
}

HallAnswer Hall::reassign(const std::string& step, const char* by, const char* to) {
    return perform(ReassignTask{task(step), OfficerId(to), {}}, as(by));
}

HallAnswer Hall::give_back(const std::string& step, const std::string& officer,
                           std::string reason) {
    return perform(ReturnTask{task(step), std::move(reason)}, as(officer.c_str()));
}

HallAnswer Hall::supply(std::vector<MaterialReceipt> materials, FieldValues fields) {
    return perform(SupplyMaterials{std::move(fields), std::move(materials)},
                   Actor::the_applicant());
}

HallAnswer Hall::withdraw(std::string reason) {
    return perform(WithdrawCase{std::move(reason)}, Actor::the_applicant());
}

void Hall::bring_to_review() {
    open();
    complete("intake", "accept", "lin").value();
}

void Hall::bring_to_issue() {
    bring_to_review();
    complete_by_holder("review", "approve").value();
}

std::string Hall::steps() const {
    return engine::row_of(process, c).steps;
}

std::string Hall::status() const {
    return engine::row_of(process, c).status;
}

std::string kinds(const Events& events) {
    std::string all;
    for (const auto& event : events) {
        if (!all.empty()) all += ' ';
        all += kind_of(event.what);
    }
    return all;
}

}  // namespace workflow::testing
