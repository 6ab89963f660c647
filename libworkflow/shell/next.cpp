// The next task of an officer, and the same one again under the same key.

#include <fmt/format.h>

#include <algorithm>

#include "../engine/command_texts.hpp"
#include "../engine/nearby.hpp"
#include "../engine/worklist.hpp"
#include "transaction.hpp"

namespace workflow::shell {
namespace {

/// Is it only this task that the rule keeps him from?
bool kept_from(RefusalCode rule) {
    return rule == RefusalCode::separated || rule == RefusalCode::applicant_is_officer ||
           rule == RefusalCode::recused || rule == RefusalCode::needed_later ||
           rule == RefusalCode::other_section ||
           rule == RefusalCode::drawn_not_chosen;  // a drawn task shows there while it is stranded
}

}  // namespace

Expected<TaskView> Transaction::next(const OfficerId& given, const CommandKey& given_key) {
    auto actor = Actor::of(given);
    if (auto refusal = engine::normalize(actor)) return std::move(*refusal);
    const auto& id = actor.officer;
    const CommandKey key(given_key.empty() ? std::string()
                                           : std::string(engine::next_prefix) + given_key.text);
    const auto& organization = context_.catalog.organization();
    const auto* officer = organization.officer(id);
    if (!officer)
        return Refusal{RefusalCode::unknown_officer,
                       fmt::format("the organization has no officer {}{}", id.text,
                                   engine::nearby(id.text, organization.officers)),
                       {}};
    const auto today = organization.clock_of(officer->hall).day_of(context_.options.clock());
    if (definition::absent_on(*officer, today))
        return Refusal{
            RefusalCode::absent, fmt::format("{} is absent on {}", id.text, to_string(today)), {}};
    if (auto before = given_before(id, key)) return std::move(*before);
    if (const auto held = store().next_held(id)) {
        const auto row = store().find(held->case_key);
        if (!row) throw StoreError("the work list has a task of a case that is not there");
        return view_of(*held, row->number);
    }
    // Whoever has an appointment is called then, and not before.
    const auto now = context_.options.clock();
    std::set<std::pair<CaseKey, TaskNumber>> refused;
    bool off_shift = false;
    const auto acceptable = [&](const TaskRow& row) {
        if (row.offered > now || !definition::qualified_for(*officer, row.item) ||
            refused.contains({row.case_key, row.task}))
            return false;
        if (officer->shift.empty()) return true;
        // By the item's calendar, which may have a day of its own.
        const auto process = context_.catalog.process(row.item);
        const bool off =
            process && definition::off_shift(organization, *officer,
                                             context_.catalog.calendar(*process), today);
        off_shift = off_shift || off;
        return !off;
    };
    const auto posts = definition::posts_on(organization, *officer, today);
    while (const auto row = store().next_claimable(id, posts, officer->hall, acceptable)) {
        const auto found = store().find(row->case_key);
        if (!found) throw StoreError("the work list has a task of a case that is not there");
        Command claim{ClaimTask{row->task}, Actor::of(id), key, {}, {}};
        in_turn_ = true;
        auto claimed = perform(found->number, claim);
        in_turn_ = false;
        if (claimed) {
            auto view = view_of(*row, found->number);
            view.holder = id;
            return view;
        }
        // Who is barred was written before he had this account, or he is needed later.
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

std::optional<Expected<TaskView>> Transaction::given_before(const OfficerId& officer,
                                                            const CommandKey& key) {
    const auto request = key.empty() ? std::nullopt : store().request(key);
    if (!request) return {};
    const auto row = store().find(request->case_key);
    if (!row) throw StoreError("a request names a case that is not there");
    const auto events = context_.events_of(row->number, row->key);
    TaskView given;
    given.number = row->number;
    given.item = row->item;
    given.key = row->key;
    for (const auto& event : events) {
        if (event.key != key) continue;
        const auto* claimed = std::get_if<TaskClaimed>(&event.what);
        if (!claimed || claimed->officer != officer) return reused(key);
        given.holder = officer;
        for (const auto& earlier : events)
            if (const auto* offered = std::get_if<TaskOffered>(&earlier.what);
                offered && offered->task == claimed->task) {
                given.task = offered->task;
                given.step = offered->step;
                given.due = offered->due;
                given.offered = earlier.happened;
            }
        const auto process = context_.process_of(row->item, row->definition);
        if (const auto step = process->step(given.step))
            if (const auto* task = process->task_at(process->steps[*step].at))
                given.post = task->post;
        return given;
    }
    return reused(key);
}

TaskView view_of(const TaskRow& row, const CaseNumber& number) {
    return {number,     row.task, row.step,    row.item,    row.post,
            row.holder, row.due,  row.offered, row.case_key};
}

CaseView view_of(const CaseRow& row) {
    return {row.number,
            row.key,
            row.item,
            row.hall,
            row.status,
            row.steps,
            Version{row.version},
            row.opened,
            row.changed,
            row.statutory_due,
            row.promised_due};
}

}  // namespace workflow::shell
