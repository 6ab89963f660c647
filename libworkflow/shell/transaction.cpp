#include "transaction.hpp"

#include <workflow/rating.hpp>

#include <fmt/format.h>

#include <algorithm>

#include "../engine/apply.hpp"
#include "../engine/command_texts.hpp"
#include "../engine/decide.hpp"
#include "../engine/material_needs.hpp"
#include "../engine/matter.hpp"
#include "../engine/nearby.hpp"
#include "../engine/worklist.hpp"
#include "../process/duties.hpp"
#include "../trail/chain.hpp"
#include "../trail/codec.hpp"

namespace workflow::shell {
namespace {

Refusal unknown_case(const CaseNumber& number) {
    return {RefusalCode::unknown_case, fmt::format("there is no case {}", number.text), {}};
}

/// Who applies, in a command that opens a case.
PersonId applicant_of(const Command& command) {
    const auto* open = std::get_if<OpenCase>(&command.action);
    return open ? open->applicant.person : PersonId();
}

/// Does the applicant say something that would be kept under his key?
bool adds_words(const Action& action) {
    return std::holds_alternative<RateCase>(action) ||
           std::holds_alternative<SupplementRating>(action);
}

/// Old rows against new: what to put and what to remove.
void compare(const std::vector<TaskRow>& before, const std::vector<TaskRow>& after,
             Change& change) {
    for (const auto& row : after)
        if (std::find(before.begin(), before.end(), row) == before.end()) change.put.push_back(row);
    for (const auto& row : before) {
        const auto same = [&](const TaskRow& other) { return other.task == row.task; };
        if (std::none_of(after.begin(), after.end(), same)) change.removed.push_back(row.task);
    }
}

}  // namespace

Refusal reused(const CommandKey& key) {
    return {RefusalCode::key_reused,
            fmt::format("the key {} was used for another request", key.text),
            {}};
}

Transaction::Transaction(EngineContext& place, std::function<void()> before_store)
    : context_(place), before_store_(std::move(before_store)) {}

Transaction::~Transaction() {
    if (committed_) return;
    if (begun_) context_.store->rollback();
    if (begun_ || used_memory_) context_.outdated = true;
}

void Transaction::begin() {
    if (begun_) return;
    if (before_store_) before_store_();
    const bool others_wrote = context_.store->begin();
    begun_ = true;
    const bool known_key = std::any_of(new_keys_.begin(), new_keys_.end(), [&](const auto& key) {
        return context_.store->request(CommandKey(key)).has_value();
    });
    const bool known_matter = knows_a_new_matter();
    const bool outdated = context_.outdated.exchange(false) || others_wrote;
    if (outdated) {
        context_.forget_everything();
    } else if (known_key || known_matter) {
        for (const auto& change : unwritten_) context_.cache.drop(change.row.number);
        context_.numbering.forget();
    } else {
        return;
    }
    unwritten_.clear();
    new_keys_.clear();
    new_matters_.clear();
    if (used_memory_) throw Outdated();
}

Store& Transaction::store() {
    begin();
    write();
    return *context_.store;
}

void Transaction::write() {
    for (const auto& change : unwritten_) context_.store->append(change);
    unwritten_.clear();
    new_keys_.clear();
    new_matters_.clear();
}

void Transaction::commit() {
    begin();
    write();
    context_.store->commit();
    committed_ = true;
}

LiveCase* Transaction::live(const CaseNumber& number) {
    used_memory_ = true;
    if (auto* known = context_.cache.find(number)) return known;
    (void)store();
    return context_.live(number);
}

Expected<Answer> Transaction::perform(const CaseNumber& number, const Command& command) {
    // Nearly all commands are normal already, and are not copied.
    if (engine::is_normal(command)) return perform(number, command, nullptr);
    auto normal = command;
    if (auto refusal = engine::normalize(normal)) return std::move(*refusal);
    return perform(number, normal, &command);
}

Expected<Answer> Transaction::perform(const CaseNumber& number, const Command& command,
                                      const Command* as_given) {
    if (const auto* application = std::get_if<OpenCase>(&command.action);
        application && number.empty())
        return open(*application, command, as_given);
    auto* found = live(number);
    if (!found) return unknown_case(number);
    auto answer = carry_out(*found, command, false, as_given);
    if (answer && !answer->repeated && std::holds_alternative<RateCase>(command.action) &&
        negative(std::get<RateCase>(command.action).grade))
        follow_up(*live(number), command, *answer);
    return answer;
}

Expected<Answer> Transaction::perform(const CaseRow& row, const Command& command) {
    used_memory_ = true;
    auto* known = context_.cache.find(row.number);
    if (known) return carry_out(*known, command, false, nullptr);
    auto passing = context_.load(row);
    return carry_out(passing, command, false, nullptr);
}

Expected<Answer> Transaction::open(const OpenCase& application, const Command& command,
                                   const Command* as_given) {
    used_memory_ = true;
    // A key that a trail has as it was given, from before keys were normalized.
    if (as_given && as_given->key != command.key)
        if (const auto known = opened_by(as_given->key))
            return carry_out(*live(known->number), command, false, as_given);
    // Ahead of the store a key is taken for a new one; `begin` looks whether it was.
    const bool seen = !command.key.empty() && !begun_ && !new_keys_.insert(command.key.text).second;
    if (!command.key.empty() && (begun_ || seen))
        if (const auto known = opened_by(command.key))
            return carry_out(*live(known->number), command, false, as_given);
    const auto process = context_.catalog.process(application.item);
    if (!process)
        return Refusal{RefusalCode::unknown_item,
                       fmt::format("the catalog has no item {}{}{}", application.item.text,
                                   engine::nearby(application.item.text, context_.catalog.items(),
                                                  [](const ItemId& one) { return one.text; }),
                                   context_.catalog.demand_desk()
                                       ? "; whatever fits no item is taken up as a demand"
                                       : ""),
                       {}};
    const auto received = command.happened.value_or(context_.options.clock());
    LiveCase fresh;
    fresh.process = process;
    fresh.state.number = context_.numbering.next(
        [this]() -> Store& { return store(); }, process->code,
        context_.catalog.organization().clock_of(application.hall).day_of(received));
    const auto number = fresh.state.number;
    auto answer = carry_out(fresh, command, true, as_given);
    if (!answer) {
        context_.numbering.give_back(number);
        return answer;
    }
    context_.cache.put(std::move(fresh));
    return answer;
}

Expected<Answer> Transaction::carry_out(LiveCase& live, const Command& command, bool opening,
                                        const Command* as_given) {
    context_.check_journal();
    engine::Facts facts;
    facts.now = context_.options.clock();
    facts.organization = &context_.catalog.organization();
    const auto received = opening ? nullptr : context_.earlier.at(live.state.filed);
    facts.at_reception = received.get();
    facts.as_given = as_given;
    facts.calendar = &context_.catalog.calendar(*live.process);
    if (opening) facts.number = live.state.number;
    if (context_.options.draw_shares.empty()) facts.entropy = own_draw_key();
    if (opening) facts.matter = [this](const Digest& matter) { return matter_of(matter); };
    facts.draw_shares = context_.options.draw_shares;
    facts.held = [this](const OfficerId& officer) { return store().held(officer); };
    facts.reads = [this](const OfficerId& officer, Instant since) {
        return store().reads(officer, since);
    };
    facts.last_turn = [&](const StepId& step) {
        return store().last_turn(engine::turns_at(*live.process, step));
    };
    facts.in_turn = in_turn_;
    facts.late_entry = context_.catalog.late_entry();
    if (const auto& secret = context_.options.rating_secret)
        facts.rating_token = [&, number = live.state.number](TaskNumber task) {
            return rating_token(*secret, number, task);
        };

    const bool sealing = context_.vault.sealing();
    if (opening) live.sealed = sealing && !applicant_of(command).empty();
    if (sealing) {
        (void)store();  // which persons it knows must be asked
        facts.blinded = [this](std::string_view request) {
            return context_.vault.blinded(store(), request);
        };
        if (live.sealed)
            facts.alias = [this](const PersonId& person) {
                return context_.vault.alias(store(), person);
            };
    }

    const auto number = live.state.number;
    if (!opening && engine::names_no_case(command.key))
        if (const auto known = store().request(command.key); known && known->case_key != live.key)
            return reused(command.key);
    if (opening) live.state.number = CaseNumber();
    if (live.erased && adds_words(command.action))
        return Refusal{RefusalCode::erased,
                       fmt::format("the data of the applicant of {} were erased", number.text),
                       {}};
    auto decision = engine::decide(*live.process, live.state, command, facts);
    if (decision.refused(RefusalCode::reading_exhausted)) note_stopped(command.actor.officer);
    if (!decision) return decision.refusal();
    if (decision->repeated) return repeated(live, decision->before, decision->after);
    if (decision->events.empty()) return Answer{number, Version{live.state.version}, {}, false};

    if (opening) {
        const auto published = publish(*live.process, Event(), {});
        if (!published) return published.refusal();
        live.key = context_.numbering.next_key([this]() -> Store& { return store(); });
        live.head = trail::genesis(context_.hasher, number);
    }
    if (const auto* opened = std::get_if<CaseOpened>(&decision->events.front().what);
        opened && opened->keyed_on) {
        const auto& person = opened->applicant.person;
        live.matter = engine::matter_of(
            opened->item,
            engine::matter_person(facts.alias && !person.empty() ? facts.alias(person) : person,
                                  number));
    }
    // From here on the state in memory is ahead of the store: whatever fails must drop it.
    try {
        Change change;
        change.opened = opening;
        if (opening || engine::names_no_case(command.key)) change.request = command.key;
        change.events.reserve(decision->events.size());
        for (const auto& event : decision->events) {
            const bool decided = live.state.draw_decided;
            engine::apply(*live.process, live.state, event);
            if (live.matter)
                if (auto step = engine::matter_step(*live.matter, event, live.state, decided))
                    change.matters.push_back(*step);
            EventRecord record{live.key, live.state.version, {}, {}};
            record.body = sealing ? context_.vault.seal(
                                        store(), {*live.process, number, live.state.applicant},
                                        record.sequence, event, change.sealed)
                                  : trail::encode(event);
            live.head = record.hash = trail::link(context_.hasher, live.head, record.body);
            change.events.push_back(std::move(record));
            if (std::holds_alternative<CaseRead>(event.what))
                change.reads.emplace_back(event.actor.officer, event.recorded);
        }
        change.row = engine::row_of(*live.process, live.state);
        change.row.key = live.key;
        change.row.head = live.head;
        auto tasks = engine::tasks_of(*live.process, *facts.organization, live.state);
        for (auto& task : tasks) task.case_key = live.key;
        compare(live.tasks, tasks, change);
        change.turns = engine::turns_taken(*live.process, live.state, decision->events);
        live.tasks = std::move(tasks);
        if (begun_) {
            store().append(change);
        } else {
            unwritten_.push_back(std::move(change));
        }
    } catch (...) {
        if (!opening) context_.cache.drop(CaseNumber(number));
        throw;
    }
    return Answer{number, Version{live.state.version}, std::move(decision->events), false};
}

Answer Transaction::repeated(const LiveCase& live, std::uint32_t before, std::uint32_t after) {
    Answer answer{live.state.number, Version{after}, {}, true};
    (void)store();
    const auto events = context_.events_of(live.state.number, live.key);
    if (after <= events.size())
        answer.events.assign(events.begin() + before, events.begin() + after);
    return answer;
}

std::optional<CaseView> Transaction::opened_by(const CommandKey& key) {
    const auto request = store().request(key);
    if (!request) return {};
    const auto row = store().find(request->case_key);
    if (!row)
        throw StoreError(fmt::format("the request {} names a case that is not there", key.text));
    return view_of(*row);
}

std::vector<TaskView> Transaction::tasks(const CaseNumber& number) {
    std::vector<TaskView> views;
    if (const auto* found = live(number))
        for (const auto& row : found->tasks) views.push_back(view_of(row, number));
    return views;
}

std::vector<OfficerId> Transaction::eligible(const CaseNumber& number, TaskNumber task,
                                             std::optional<Instant> happened) {
    const auto* found = live(number);
    const auto* open = found ? found->state.task(task) : nullptr;
    if (!open) return {};
    if (!open->holder.empty()) return {open->holder};
    const auto& process = *found->process;
    const auto* activity =
        std::get_if<process::TaskActivity>(&process.places[open->place].activity);
    if (!activity || activity->drawn) return {};
    const auto& organization = context_.catalog.organization();
    const auto today = organization.clock_of(found->state.hall)
                           .day_of(happened.value_or(context_.options.clock()));
    const HallId every_hall;
    const process::Eligibility eligible(process, *activity, organization,
                                        found->state.anywhere ? every_hall : found->state.hall,
                                        today);
    const auto done = engine::view(found->state.performed);
    const process::Separation separated(process, organization, done, found->state.parties(),
                                        activity->members);
    std::vector<OfficerId> officers;
    const auto& calendar = context_.catalog.calendar(process);
    for (const auto& officer : organization.officers)
        if (eligible.post(officer) && !eligible.kept_out(officer) &&
            !definition::off_shift(organization, officer, calendar, today) && !separated(officer))
            officers.push_back(officer.id);
    return officers;
}

std::optional<CaseDetail> Transaction::show(const CaseNumber& number) {
    auto* found = live(number);
    if (!found) return {};
    const auto row = store().find(found->key);
    if (!row) throw StoreError(fmt::format("the case {} has no row", number.text));
    const auto& c = found->state;
    const auto& process = *found->process;
    CaseDetail detail;
    detail.view = view_of(*row);
    detail.title = process.title;
    detail.revision = process.revision;
    for (std::size_t i = 0; i < process.fields.size() && i < c.fields.size(); ++i)
        detail.fields.emplace_back(process.fields[i].id, c.fields[i]);
    const auto& calendar = context_.catalog.calendar(process);
    const auto now = context_.options.clock();
    const feel::Moment moment{now, context_.catalog.organization().clock_of(c.hall).offset_at(now)};
    for (std::size_t i = 0; i < process.materials.size() && i < c.materials.size(); ++i)
        detail.materials.emplace_back(process.materials[i].id,
                                      engine::state_of_material(process, c, i, calendar, moment));
    for (const auto& task : found->tasks) detail.tasks.push_back(view_of(task, number));
    detail.paused = c.paused;
    detail.accepted = c.accepted.has_value();
    detail.decided = c.decided;
    detail.promised_passed = c.promised_passed;
    detail.statutory_passed = c.statutory_passed;
    detail.extended = c.extended;
    detail.provisional = c.provisional;
    detail.times_urged = c.times_urged;
    detail.mode = c.mode;
    detail.appointment = c.appointment;
    detail.by_proxy = c.by_proxy;
    if (const auto events = context_.events_of(number, found->key); !events.empty())
        if (const auto* opened = std::get_if<CaseOpened>(&events.front().what)) {
            detail.applicant = opened->applicant;
            detail.agent = opened->agent;
        }
    return detail;
}

}  // namespace workflow::shell
