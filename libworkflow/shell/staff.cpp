// Changes of the organization: each is an event of the store's journal, which is chained, counted
// and signed like the events of cases.

#include "../engine/staff.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../base/identity.hpp"
#include "../engine/command_texts.hpp"
#include "../engine/request.hpp"
#include "../trail/codec.hpp"
#include "engine_state.hpp"

namespace workflow::shell {

namespace {

/// What was asked, never 0: the beginning of the SHA-256 of the event that it would be.
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

}  // namespace

std::optional<Expected<Answer>> Transaction::answered(const Events& journal, const CommandKey& key,
                                                      std::uint64_t request) {
    if (key.empty()) return {};
    for (std::uint32_t i = 0; i < journal.size(); ++i) {
        if (journal[i].key != key) continue;
        if (journal[i].request != request)
            return Refusal{RefusalCode::key_reused,
                           fmt::format("the key {} was used for another request", key.text),
                           {}};
        return Answer{
            CaseNumber(std::string(journal_number)), Version{i + 1}, {journal[i]}, true, {}};
    }
    return {};
}

Expected<Answer> Transaction::record_staff(const Events& journal, Event event,
                                           const LocalClock& clock) {
    const auto now = context_.options.clock();
    if (!journal.empty() && now < journal.back().recorded)
        return Refusal{
            RefusalCode::time_out_of_order,
            fmt::format("{} is before the last event of the journal, recorded {}",
                        to_string(now, clock), to_string(journal.back().recorded, clock)),
            {}};
    const auto* changed = std::get_if<StaffChanged>(&event.what);
    const auto officer = changed ? changed->officer : OfficerId();
    auto answer = note(std::move(event), clock);
    if (officer.empty()) return answer;
    // The processes that cases are replayed on know who is on which post.
    context_.forget_everything();
    look_again(officer);
    return answer;
}

Expected<Answer> Transaction::change_staff(ChangeStaff change, Actor actor, CommandKey key) {
    for (auto refusal :
         {engine::normalize(change), engine::normalize(actor), engine::normalize(key)})
        if (refusal) return std::move(*refusal);
    begin();
    context_.check_journal();
    const StaffChanged changed{change.officer, change.change, change.reason};
    const auto request = fingerprint(changed, actor);
    const auto known = read_journal(store());
    const auto journal = known ? known->events : Events();
    if (auto before = answered(journal, key, request)) return std::move(*before);

    const auto& organization = context_.catalog.organization();
    const auto* supervisor = organization.officer(actor.officer);
    const auto& clock = organization.clock_of(supervisor ? supervisor->hall : HallId());
    const engine::Ties ties(organization, journal);
    if (auto refusal = engine::refuse_change(organization, context_.catalog.items(), ties, change,
                                             actor, clock.day_of(context_.options.clock())))
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
    return record_staff(journal, std::move(event), clock);
}

Expected<Answer> Transaction::confirm_staff(const ConfirmStaff& given, Actor actor,
                                            CommandKey key) {
    auto asked = given;
    for (auto refusal : {normalize(TextKind::words, "the reason", asked.reason),
                         engine::normalize(actor), engine::normalize(key)})
        if (refusal) return std::move(*refusal);
    begin();
    context_.check_journal();
    const auto request = fingerprint(asked, actor);
    const auto known = read_journal(store());
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
    const auto& organization = context_.catalog.organization();
    const auto* supervisor = organization.officer(actor.officer);
    const auto& clock = organization.clock_of(supervisor ? supervisor->hall : HallId());
    const auto today = clock.day_of(context_.options.clock());
    if (auto refusal =
            engine::refuse_confirmation(organization, engine::Ties(organization, journal),
                                        *proposal, asked.confirmed, actor, today))
        return std::move(*refusal);
    if (!asked.confirmed && asked.reason.empty())
        return Refusal{RefusalCode::reason_required, "a proposal is declined for a reason", {}};
    if (asked.confirmed)
        if (auto refusal = engine::refuse_proposed(organization, context_.catalog.items(), journal,
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
    return record_staff(journal, std::move(event), clock);
}

std::vector<StaffProposal> Transaction::proposals() {
    const auto journal = read_journal(store());
    return journal ? engine::open_proposals(journal->events) : std::vector<StaffProposal>();
}

void Transaction::look_again(const OfficerId& officer) {
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

namespace workflow {

Expected<Answer> Engine::change_staff(const ChangeStaff& change, const Actor& actor,
                                      const CommandKey& key) {
    std::optional<Expected<Answer>> answer;
    state_->commits.perform(
        [&](shell::Transaction& unit) { answer = unit.change_staff(change, actor, key); });
    return std::move(*answer);
}

Expected<Answer> Engine::confirm_staff(const ConfirmStaff& asked, const Actor& actor,
                                       const CommandKey& key) {
    std::optional<Expected<Answer>> answer;
    state_->commits.perform(
        [&](shell::Transaction& unit) { answer = unit.confirm_staff(asked, actor, key); });
    return std::move(*answer);
}

std::vector<StaffProposal> Engine::proposals() {
    std::vector<StaffProposal> open;
    state_->commits.alone([&] {
        shell::Transaction unit(state_->place);
        open = unit.proposals();
        unit.commit();
    });
    return open;
}

}  // namespace workflow
