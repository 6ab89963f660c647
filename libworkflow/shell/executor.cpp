#include "executor.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../engine/apply.hpp"
#include "../engine/command_texts.hpp"
#include "../engine/matter.hpp"
#include "../engine/nearby.hpp"
#include "../engine/worklist.hpp"
#include "../trail/chain.hpp"
#include "../trail/codec.hpp"
#include "case_reading.hpp"
#include "catalog_access.hpp"
#include "follow_up.hpp"
#include "journal_notes.hpp"
#include "publishing.hpp"

namespace workflow::shell {

namespace {

Refusal no_such_case(const CaseNumber& number) {
    return {RefusalCode::unknown_case, fmt::format("there is no case {}", number.text), {}};
}

Refusal no_such_item(const Catalog& catalog, const ItemId& item) {
    return {
        RefusalCode::unknown_item,
        fmt::format(
            "the catalog has no item {}{}{}", item.text,
            engine::nearby(item.text, catalog.items(), [](const ItemId& one) { return one.text; }),
            catalog.demand_desk() ? "; whatever fits no item is taken up as a demand" : ""),
        {}};
}

/// Returns the applicant of a command that opens a case.
PersonId applicant_of(const Command& command) {
    const auto* open = std::get_if<OpenCase>(&command.action);
    return open ? open->applicant.person : PersonId();
}

/// Returns whether the applicant adds text that is encrypted with their key.
bool adds_words(const Action& action) {
    return std::holds_alternative<RateCase>(action) ||
           std::holds_alternative<SupplementRating>(action);
}

bool is_negative_rating(const Command& command) {
    const auto* rating = std::get_if<RateCase>(&command.action);
    return rating && negative(rating->grade);
}

/// Compares old and new rows: which to put and which to remove.
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

Expected<Answer> Executor::perform(const CaseNumber& number, const Command& command) {
    return normalize_and_perform(number, command, {});
}

Expected<Answer> Executor::perform_in_turn(const CaseNumber& number, const Command& command) {
    return normalize_and_perform(number, command, {.in_turn = true});
}

Expected<Answer> Executor::perform(const CaseRow& row, const Command& command) {
    unit_.use_memory();
    if (auto* known = context_.cache.find(row.number)) return carry_out(*known, command, {});
    auto passing = context_.load(row);
    return carry_out(passing, command, {});
}

Expected<Answer> Executor::normalize_and_perform(const CaseNumber& number, const Command& command,
                                                 Asking asking) {
    // Nearly all commands are normalized already, and are not copied.
    if (engine::is_normal(command)) return perform_normal(number, command, asking);
    auto normal = command;
    if (auto refusal = engine::normalize(normal)) return std::move(*refusal);
    asking.as_given = &command;
    return perform_normal(number, normal, asking);
}

Expected<Answer> Executor::perform_normal(const CaseNumber& number, const Command& command,
                                          const Asking& asking) {
    if (std::holds_alternative<OpenCase>(command.action) && number.empty())
        return open(command, asking.as_given);
    auto* found = unit_.live(number);
    if (!found) return no_such_case(number);
    auto answer = carry_out(*found, command, asking);
    if (!answer || answer->repeated || !is_negative_rating(command)) return answer;
    const auto follow_up = follow_up_of(unit_, *unit_.live(number), command);
    if (!follow_up) return answer;
    // As in the rated case, whose texts may be from before they were checked.
    auto opened = open(*follow_up, nullptr);
    if (!opened) throw cannot_follow_up(context_, opened.refusal());
    answer->opened.push_back(opened->number);
    return answer;
}

std::optional<Expected<Answer>> Executor::opened_before(const Command& command,
                                                        const Command* as_given) {
    const auto answered = [&](const CommandKey& key) -> std::optional<Expected<Answer>> {
        const auto known = case_opened_by(unit_, key);
        if (!known) return {};
        return carry_out(*unit_.live(known->number), command, {.as_given = as_given});
    };
    // A trail from before keys were normalized may have the key as given.
    if (as_given && as_given->key != command.key)
        if (auto answer = answered(as_given->key)) return answer;
    if (command.key.empty() || !unit_.must_look_up(command.key)) return {};
    return answered(command.key);
}

Expected<Answer> Executor::open(const Command& command, const Command* as_given) {
    unit_.use_memory();
    if (auto answer = opened_before(command, as_given)) return std::move(*answer);
    const auto& application = std::get<OpenCase>(command.action);
    const auto process = compiled(context_.catalog).process(application.item);
    if (!process) return no_such_item(context_.catalog, application.item);
    const auto received = command.happened.value_or(context_.options.clock());
    LiveCase fresh;
    fresh.process = process;
    fresh.state.number = context_.numbering.next(
        [this]() -> Store& { return unit_.store(); }, process->code,
        compiled(context_.catalog).organization().clock_of(application.hall).day_of(received));
    const auto number = fresh.state.number;
    auto answer = carry_out(fresh, command, {.opening = true, .as_given = as_given});
    if (!answer) {
        context_.numbering.give_back(number);
        return answer;
    }
    context_.cache.put(std::move(fresh));
    return answer;
}

Expected<engine::Decision> Executor::consider(const LiveCase& live, const Command& command) {
    context_.check_journal();
    const auto gathered = gather_facts(unit_, live, {.only_asked = true});
    return engine::decide(*live.process, live.state, command, gathered.facts);
}

Expected<Answer> Executor::carry_out(LiveCase& live, const Command& command, const Asking& asking) {
    const bool opening = asking.opening;
    context_.check_journal();
    if (opening) live.sealed = context_.vault.sealing() && !applicant_of(command).empty();
    const auto gathered = gather_facts(unit_, live, asking);

    const auto number = live.state.number;
    if (!opening && engine::names_no_case(command.key))
        if (const auto known = unit_.store().request(command.key);
            known && known->case_key != live.key)
            return key_reused(command.key);
    if (opening) live.state.number = CaseNumber();
    if (live.erased && adds_words(command.action))
        return Refusal{RefusalCode::erased,
                       fmt::format("the data of the applicant of {} were erased", number.text),
                       {}};
    auto decision = engine::decide(*live.process, live.state, command, gathered.facts);
    if (decision.refused(RefusalCode::reading_exhausted))
        note_stopped_reading(unit_, command.actor.officer);
    if (!decision) return decision.refusal();
    if (decision->repeated) return repeated(live, *decision);
    if (decision->events.empty()) return Answer{number, Version{live.state.version}, {}, false};

    if (opening)
        if (auto refusal = begin_case(live, number)) return std::move(*refusal);
    remember_matter(live, gathered.facts, decision->events);
    // From here on the state in memory is ahead of the store: any failure must drop it.
    try {
        unit_.add(change_by(live, command, opening, decision->events));
    } catch (...) {
        if (!opening) context_.cache.drop(CaseNumber(number));
        throw;
    }
    return Answer{number, Version{live.state.version}, std::move(decision->events), false};
}

std::optional<Refusal> Executor::begin_case(LiveCase& live, const CaseNumber& number) {
    const auto published = publish(unit_, *live.process, Event(), {});
    if (!published) return published.refusal();
    live.key = context_.numbering.next_key([this]() -> Store& { return unit_.store(); });
    live.head = trail::genesis(context_.hasher, number);
    return {};
}

void Executor::remember_matter(LiveCase& live, const engine::Facts& facts,
                               const Events& events) const {
    const auto* opened = std::get_if<CaseOpened>(&events.front().what);
    if (!opened || !opened->keyed_on) return;
    const auto& person = opened->applicant.person;
    live.matter = engine::matter_of(
        opened->item,
        engine::matter_person(facts.alias && !person.empty() ? facts.alias(person) : person,
                              opened->number));
}

Change Executor::change_by(LiveCase& live, const Command& command, bool opening,
                           const Events& events) {
    Change change;
    change.opened = opening;
    if (opening || engine::names_no_case(command.key)) change.request = command.key;
    change.events.reserve(events.size());
    for (const auto& event : events) append(live, event, change);
    change.row = engine::row_of(*live.process, live.state);
    change.row.key = live.key;
    change.row.head = live.head;
    auto tasks =
        engine::tasks_of(*live.process, compiled(context_.catalog).organization(), live.state);
    for (auto& task : tasks) task.case_key = live.key;
    compare(live.tasks, tasks, change);
    change.turns = engine::turns_taken(*live.process, live.state, events);
    live.tasks = std::move(tasks);
    return change;
}

void Executor::append(LiveCase& live, const Event& event, Change& change) {
    auto& state = live.state;
    const bool decided = state.draw_decided;
    engine::apply(*live.process, state, event);
    if (live.matter)
        if (auto step = engine::matter_step(*live.matter, event, state, decided))
            change.matters.push_back(*step);
    EventRecord record{live.key, state.version, {}, {}};
    record.body =
        context_.vault.sealing()
            ? context_.vault.seal(unit_.store(), {*live.process, state.number, state.applicant},
                                  record.sequence, event, change.sealed)
            : trail::encode(event);
    live.head = record.hash = trail::link(context_.hasher, live.head, record.body);
    change.events.push_back(std::move(record));
    if (std::holds_alternative<CaseRead>(event.what))
        change.reads.emplace_back(event.actor.officer, event.recorded);
}

Answer Executor::repeated(const LiveCase& live, const engine::Decision& decision) {
    Answer answer{live.state.number, Version{decision.after}, {}, true};
    (void)unit_.store();
    const auto events = context_.events_of(live.state.number, live.key);
    if (decision.after <= events.size())
        answer.events.assign(events.begin() + decision.before, events.begin() + decision.after);
    return answer;
}

}  // namespace workflow::shell
