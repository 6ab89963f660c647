// Changes of the organization: each is an event of the store's journal, which is chained, counted
// and signed like the events of cases.

#include "../engine/staff.hpp"
#include "../engine/request.hpp"

#include <fmt/format.h>

#include <cstring>

#include "../trail/codec.hpp"
#include "unit.hpp"

namespace workflow::shell {

namespace {

/// What was asked, never 0: the beginning of the SHA-256 of the event that it would be.
std::uint64_t fingerprint(const StaffChanged& change, const Actor& actor) {
    Event asked;
    asked.what = change;
    asked.actor = actor;
    return engine::fingerprint(sha256(trail::encode(asked)));
}

}  // namespace

Expected<Answer> Unit::change_staff(const ChangeStaff& change, const Actor& actor,
                                    const CommandKey& key) {
    begin();
    place_.check_journal();
    const CaseNumber number{std::string(journal_number)};
    const StaffChanged changed{change.officer, change.change, change.reason};
    const auto request = fingerprint(changed, actor);

    const auto journal = read_journal(store());
    const auto before = journal ? journal->events : Events();
    if (!key.empty())
        for (std::uint32_t i = 0; i < before.size(); ++i) {
            if (before[i].key != key) continue;
            if (before[i].request == request)
                return Answer{number, Version{i + 1}, {before[i]}, true, {}};
            return Refusal{Rule::key_reused,
                           fmt::format("the key {} was used for another request", key.text),
                           {}};
        }

    const auto now = place_.options.clock();
    const auto& organization = place_.catalog.organization();
    const auto* supervisor = organization.officer(actor.officer);
    const auto& clock = organization.clock_of(supervisor ? supervisor->hall : HallId());
    const auto items = place_.catalog.items();
    if (auto refusal = engine::refuse_change(organization, items, change, actor, clock.day_of(now)))
        return std::move(*refusal);
    if (!before.empty() && now < before.back().recorded)
        return Refusal{Rule::time_out_of_order,
                       fmt::format("{} is before the last event of the journal, recorded {}",
                                   to_string(now, clock), to_string(before.back().recorded, clock)),
                       {}};

    Event event;
    event.what = changed;
    event.actor = actor;
    event.key = key;
    event.request = request;
    auto answer = note(std::move(event), clock);
    // The processes that cases are replayed on know who is on which post.
    place_.forget_everything();
    look_again(change.officer);
    return answer;
}

void Unit::look_again(const OfficerId& officer) {
    TaskFilter held;
    held.holder = officer;
    while (true) {
        const auto rows = store().tasks(held);
        for (const auto& task : rows) {
            held.after = task.case_key;
            held.after_task = task.task;
            const auto owner = store().find(task.case_key);
            if (!owner) throw StoreError("the work list has a task of no case");
            (void)perform(*owner, {AdvanceCase{}, Actor::the_engine(), {}, {}, {}});
        }
        if (rows.size() < held.limit) return;
    }
}

}  // namespace workflow::shell
