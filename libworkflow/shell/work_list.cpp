#include "work_list.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../engine/command_texts.hpp"
#include "../engine/nearby.hpp"
#include "../engine/worklist.hpp"
#include "../process/duties.hpp"
#include "case_reading.hpp"
#include "catalog_access.hpp"
#include "executor.hpp"
#include "journal_notes.hpp"

namespace workflow::shell {
namespace {

/// Returns whether the rule excludes the officer from this task only.
bool kept_from(RefusalCode rule) {
    return rule == RefusalCode::separated || rule == RefusalCode::applicant_is_officer ||
           rule == RefusalCode::recused || rule == RefusalCode::needed_later ||
           rule == RefusalCode::other_section ||
           rule == RefusalCode::drawn_not_chosen;  // a drawn task shows there while it is stranded
}

/// Returns the task that `next` gave the officer under the key, or key_reused; nothing for a new
/// key.
std::optional<Expected<TaskView>> given_before(Transaction& unit, const OfficerId& officer,
                                               const CommandKey& key) {
    auto& context = unit.context();
    const auto request = key.empty() ? std::nullopt : unit.store().request(key);
    if (!request) return {};
    const auto row = unit.store().find(request->case_key);
    if (!row) throw StoreError("a request names a case that is not there");
    const auto events = context.events_of(row->number, row->key);
    TaskView given;
    given.number = row->number;
    given.item = row->item;
    given.key = row->key;
    for (const auto& event : events) {
        if (event.key != key) continue;
        const auto* claimed = std::get_if<TaskClaimed>(&event.what);
        if (!claimed || claimed->officer != officer) return key_reused(key);
        given.holder = officer;
        for (const auto& earlier : events)
            if (const auto* offered = std::get_if<TaskOffered>(&earlier.what);
                offered && offered->task == claimed->task) {
                given.task = offered->task;
                given.step = offered->step;
                given.due = offered->due;
                given.offered = earlier.happened;
            }
        const auto process = context.process_of(row->item, row->definition);
        if (const auto step = process->step(given.step))
            if (const auto* task = process->task_at(process->steps[*step].at))
                given.post = task->post;
        return given;
    }
    return key_reused(key);
}

}  // namespace

Expected<TaskView> next_task(Transaction& unit, const OfficerId& given,
                             const CommandKey& given_key) {
    auto& context = unit.context();
    auto actor = Actor::of(given);
    if (auto refusal = engine::normalize(actor)) return std::move(*refusal);
    const auto& id = actor.officer;
    const CommandKey key(given_key.empty() ? std::string()
                                           : std::string(engine::next_prefix) + given_key.text);
    const auto& organization = compiled(context.catalog).organization();
    const auto* officer = organization.officer(id);
    if (!officer)
        return Refusal{RefusalCode::unknown_officer,
                       fmt::format("the organization has no officer {}{}", id.text,
                                   engine::nearby(id.text, organization.officers)),
                       {}};
    const auto today = organization.clock_of(officer->hall).day_of(context.options.clock());
    if (definition::absent_on(*officer, today))
        return Refusal{
            RefusalCode::absent, fmt::format("{} is absent on {}", id.text, to_string(today)), {}};
    if (auto before = given_before(unit, id, key)) return std::move(*before);
    if (const auto held = unit.store().next_held(id)) {
        const auto row = unit.store().find(held->case_key);
        if (!row) throw StoreError("the work list has a task of a case that is not there");
        return view_of(*held, row->number);
    }
    // A task with an appointment is called at that time, and not before.
    const auto now = context.options.clock();
    std::set<std::pair<CaseKey, TaskNumber>> refused;
    bool off_shift = false;
    const auto acceptable = [&](const TaskRow& row) {
        if (row.offered > now || !definition::qualified_for(*officer, row.item) ||
            refused.contains({row.case_key, row.task}))
            return false;
        if (officer->shift.empty()) return true;
        // By the item's calendar, which may have a different day.
        const auto process = compiled(context.catalog).process(row.item);
        const bool off =
            process && definition::off_shift(organization, *officer,
                                             compiled(context.catalog).calendar(*process), today);
        off_shift = off_shift || off;
        return !off;
    };
    Executor executor(unit);
    const auto posts = definition::posts_on(organization, *officer, today);
    while (const auto row = unit.store().next_claimable(id, posts, officer->hall, acceptable)) {
        const auto found = unit.store().find(row->case_key);
        if (!found) throw StoreError("the work list has a task of a case that is not there");
        Command claim{ClaimTask{row->task}, Actor::of(id), key, {}, {}};
        const auto claimed = executor.perform_in_turn(found->number, claim);
        if (claimed) {
            auto view = view_of(*row, found->number);
            view.holder = id;
            return view;
        }
        // The barred officers were written before the officer had this account, or they are needed
        // later.
        if (!kept_from(claimed.refusal().code)) return claimed.refusal();
        refused.insert({row->case_key, row->task});
    }
    if (off_shift)
        return Refusal{RefusalCode::off_shift,
                       fmt::format("the shift {} of {} has no hours on {}", officer->shift.text,
                                   id.text, to_string(today)),
                       {}};
    return Refusal{
        RefusalCode::nothing_to_do, fmt::format("no task waits that {} may take", id.text), {}};
}

std::vector<TaskView> open_tasks(Transaction& unit, const CaseNumber& number) {
    std::vector<TaskView> views;
    if (const auto* found = unit.live(number))
        for (const auto& row : found->tasks) views.push_back(view_of(row, number));
    return views;
}

std::vector<OfficerId> eligible_officers(Transaction& unit, const CaseNumber& number,
                                         TaskNumber task, std::optional<Instant> happened) {
    const auto& context = unit.context();
    const auto* found = unit.live(number);
    const auto* open = found ? found->state.task(task) : nullptr;
    if (!open) return {};
    if (!open->holder.empty()) return {open->holder};
    const auto& process = *found->process;
    const auto* activity =
        std::get_if<process::TaskActivity>(&process.places[open->place].activity);
    if (!activity || activity->drawn) return {};
    const auto& organization = compiled(context.catalog).organization();
    const auto today =
        organization.clock_of(found->state.hall).day_of(happened.value_or(context.options.clock()));
    const HallId every_hall;
    const process::Eligibility eligible(process, *activity, organization,
                                        found->state.anywhere ? every_hall : found->state.hall,
                                        today);
    const auto done = engine::view(found->state.performed);
    const process::Separation separated(process, organization, done, found->state.parties(),
                                        activity->members);
    std::vector<OfficerId> officers;
    const auto& calendar = compiled(context.catalog).calendar(process);
    for (const auto& officer : organization.officers)
        if (eligible.post(officer) && !eligible.kept_out(officer) &&
            !definition::off_shift(organization, officer, calendar, today) && !separated(officer))
            officers.push_back(officer.id);
    return officers;
}

}  // namespace workflow::shell
