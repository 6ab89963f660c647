#include "staff_changes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../base/identity.hpp"
#include "../engine/command_texts.hpp"
#include "../engine/request.hpp"
#include "../engine/staff.hpp"
#include "../trail/codec.hpp"
#include "catalog_access.hpp"
#include "executor.hpp"
#include "journal_notes.hpp"

namespace workflow::shell {

namespace {

/// Returns a fingerprint of the request, never 0: the beginning of the SHA-256 of its event.
std::uint64_t fingerprint(EventPayload what, const Actor& actor) {
    Event asked;
    asked.what = std::move(what);
    asked.actor = actor;
    return engine::fingerprint(sha256(trail::encode(asked)));
}

std::uint64_t fingerprint(const ConfirmStaff& asked, const Actor& actor) {
    return fingerprint(
        StaffDeclined{asked.proposal,
                      (asked.confirmed ? "confirmed\n" : "declined\n") + asked.reason},
        actor);
}

bool same(const StaffProposal& proposal, const ChangeStaff& change) {
    return proposal.officer == change.officer && proposal.change == change.change;
}

/// Takes back the tasks that `officer` holds and may no longer do, after a change of their record.
void look_again(Transaction& unit, const OfficerId& officer) {
    Executor executor(unit);
    TaskFilter held;
    held.holder = officer;
    while (true) {
        const auto rows = unit.store().tasks(held);
        for (const auto& task : rows) {
            held.after = task.case_key;
            held.after_task = task.task;
            const auto owner = unit.store().find(task.case_key);
            if (!owner) throw StoreError("the work list has a task of no case");
            (void)executor.perform(*owner, {AdvanceCase{}, Actor::the_engine(), {}, {}, {}});
        }
        if (rows.size() < held.limit) return;
    }
}

/// Adds an event about staff to the journal, and performs its consequences.
Expected<Answer> record_staff(Transaction& unit, const Events& journal, Event event,
                              const LocalClock& clock) {
    auto& context = unit.context();
    const auto now = context.options.clock();
    if (!journal.empty() && now < journal.back().recorded)
        return Refusal{
            RefusalCode::time_out_of_order,
            fmt::format("{} is before the last event of the journal, recorded {}",
                        to_string(now, clock), to_string(journal.back().recorded, clock)),
            {}};
    const auto* changed = std::get_if<StaffChanged>(&event.what);
    const auto officer = changed ? changed->officer : OfficerId();
    auto answer = note(unit, std::move(event), clock);
    if (officer.empty()) return answer;
    // The processes on which cases are replayed contain who is on which post.
    context.forget_everything();
    look_again(unit, officer);
    return answer;
}

}  // namespace

Expected<Answer> change_staff(Transaction& unit, ChangeStaff change, Actor actor, CommandKey key) {
    for (auto refusal :
         {engine::normalize(change), engine::normalize(actor), engine::normalize(key)})
        if (refusal) return std::move(*refusal);
    auto& context = unit.context();
    unit.begin();
    context.check_journal();
    const StaffChanged changed{change.officer, change.change, change.reason};
    const auto request = fingerprint(changed, actor);
    const auto known = read_journal(unit.store());
    const auto journal = known ? known->events : Events();
    if (auto before = answered(journal, key, request)) return std::move(*before);

    const auto& organization = compiled(context.catalog).organization();
    const auto* supervisor = organization.officer(actor.officer);
    const auto& clock = organization.clock_of(supervisor ? supervisor->hall : HallId());
    const engine::Ties ties(organization, journal);
    if (auto refusal = engine::refuse_change(organization, context.catalog.items(), ties, change,
                                             actor, clock.day_of(context.options.clock())))
        return std::move(*refusal);

    Event event;
    event.what = changed;
    if (engine::needs_second_person(organization, ties, change, actor)) {
        for (const auto& open : engine::open_proposals(journal))
            if (same(open, change))
                return Refusal{
                    RefusalCode::asked_already,
                    fmt::format("proposal {} asks for the same and is not decided", open.number),
                    {}};
        event.what = StaffProposed{change.officer, change.change, change.reason};
    }
    event.actor = std::move(actor);
    event.key = std::move(key);
    event.request = request;
    return record_staff(unit, journal, std::move(event), clock);
}

Expected<Answer> confirm_staff(Transaction& unit, const ConfirmStaff& given, Actor actor,
                               CommandKey key) {
    auto asked = given;
    for (auto refusal : {normalize(TextKind::words, "the reason", asked.reason),
                         engine::normalize(actor), engine::normalize(key)})
        if (refusal) return std::move(*refusal);
    auto& context = unit.context();
    unit.begin();
    context.check_journal();
    const auto request = fingerprint(asked, actor);
    const auto known = read_journal(unit.store());
    const auto journal = known ? known->events : Events();
    if (auto before = answered(journal, key, request)) return std::move(*before);

    const auto open = engine::open_proposals(journal);
    const auto proposal = std::find_if(open.begin(), open.end(), [&](const StaffProposal& one) {
        return one.number == asked.proposal;
    });
    if (proposal == open.end())
        return Refusal{RefusalCode::nothing_asked,
                       fmt::format("no proposal {} waits for an answer", asked.proposal),
                       {}};
    const auto& organization = compiled(context.catalog).organization();
    const auto* supervisor = organization.officer(actor.officer);
    const auto& clock = organization.clock_of(supervisor ? supervisor->hall : HallId());
    const auto today = clock.day_of(context.options.clock());
    if (auto refusal =
            engine::refuse_confirmation(organization, engine::Ties(organization, journal),
                                        *proposal, asked.confirmed, actor, today))
        return std::move(*refusal);
    if (!asked.confirmed && asked.reason.empty())
        return Refusal{RefusalCode::reason_required, "declining a proposal needs a reason", {}};
    if (asked.confirmed)
        if (auto refusal = engine::refuse_proposed(organization, context.catalog.items(), journal,
                                                   *proposal, today))
            return std::move(*refusal);

    Event event;
    if (asked.confirmed)
        event.what =
            StaffChanged{proposal->officer, proposal->change,
                         asked.reason.empty() ? proposal->reason : asked.reason, proposal->number};
    else
        event.what = StaffDeclined{proposal->number, asked.reason};
    event.actor = std::move(actor);
    event.key = std::move(key);
    event.request = request;
    return record_staff(unit, journal, std::move(event), clock);
}

std::vector<StaffProposal> proposals(Transaction& unit) {
    const auto journal = read_journal(unit.store());
    return journal ? engine::open_proposals(journal->events) : std::vector<StaffProposal>();
}

}  // namespace workflow::shell
