#include "work.hpp"

#include <array>

#include <fmt/format.h>

#include "../feel/temporal.hpp"
#include "../shell/session_access.hpp"

namespace workflow::batch {
namespace {

/// More commands than this for one row indicate a script that loops.
constexpr int most_commands = 1000;

using engine::Case;
using engine::Task;
using process::Process;

/// Returns which of `count` a row takes. Multiples of the golden ratio are evenly distributed, also
/// for every second or third row.
std::size_t turn(std::uint64_t row, std::size_t count) {
    const auto share = static_cast<std::uint32_t>(row * 0x9e3779b97f4a7c15U >> 32);
    return static_cast<std::size_t>(std::uint64_t{share} * count >> 32);
}

std::uint32_t times_done(const Process& process, const Case& state, process::PlaceIndex place) {
    std::uint32_t times = 0;
    for (const auto& count : state.outcomes)
        for (const auto outcome : process.task_at(place)->outcomes)
            if (count.transition == outcome) times += count.times;
    return times;
}

bool waits_for_applicant(const Process& process, const Case& state) {
    for (const auto& token : state.marking)
        if (const auto* wait = process.wait_at(token.place); wait && wait->for_applicant)
            return true;
    return false;
}

std::string_view status_of(const Case& state) {
    return state.end ? to_string(*state.end) : "open";
}

}  // namespace

struct Worker::Stand {
    PreparedRow& row;
    CaseNumber number;
    const shell::LiveCase* live = nullptr;  ///< as of the last look
    RowResult result;

    void reject(std::string rule, std::string reason) {
        result.kind = RowResult::Kind::rejected;
        result.rejection = {std::move(rule), std::move(reason)};
    }
    [[nodiscard]] bool rejected() const { return result.kind == RowResult::Kind::rejected; }
    /// Returns the moment to enter for an act stated with a day or moment, exactly as stated. For a
    /// day alone, the current moment of the case if it is on that day. The engine refuses anything
    /// earlier.
    [[nodiscard]] std::optional<Instant> moment_of(const std::optional<Said>& said,
                                                   const LocalClock& clock) const {
        if (!said) return {};
        const auto last = live->state.last_happened;
        const bool same_day =
            said->whole_day && said->at < last && clock.day_of(said->at) == clock.day_of(last);
        return same_day ? last : said->at;
    }
};

struct Worker::Act {
    const Task* task = nullptr;
    const OutcomeRule* outcome = nullptr;
    std::optional<Said> at;
};

const DutyRule* Worker::rule_for(const std::shared_ptr<const Process>& process,
                                 process::PlaceIndex place) {
    auto& rules = rules_[process.get()];
    if (!rules.process) {
        rules.process = process;
        rules.by_place.resize(process->places.size());
        const auto rule_named = [&](const std::string& name) -> const DutyRule* {
            for (const auto& rule : script_.duties)
                if (rule.name == name) return &rule;
            return nullptr;
        };
        for (std::size_t i = 0; i < process->places.size(); ++i) {
            const auto* task = std::get_if<process::TaskActivity>(&process->places[i].activity);
            if (!task) continue;
            const auto* rule = rule_named(process->steps[process->places[i].step].id.text);
            rules.by_place[i] = rule ? rule : rule_named(task->duty.text);
        }
    }
    return rules.by_place[place];
}

/// Loads the case's fields and materials for expressions that use them.
void Worker::look_at_case(Stand& stand, const Process& process, const Case& state) const {
    auto& slots = stand.row.slots;
    if (script_.reads_extra(Extra::case_fields)) {
        Context fields;
        for (std::size_t i = 0; i < state.fields.size(); ++i)
            fields.emplace_back(process.fields[i].id.text, state.fields[i]);
        slots[script_.slot(Extra::case_fields)] = Value(std::move(fields));
    }
    if (script_.reads_extra(Extra::materials)) {
        static constexpr std::array<const char*, 3> words{"missing", "provided", "committed"};
        Context materials;
        for (std::size_t i = 0; i < state.materials.size(); ++i)
            materials.emplace_back(process.materials[i].id.text,
                                   words.at(static_cast<std::size_t>(state.materials[i])));
        slots[script_.slot(Extra::materials)] = Value(std::move(materials));
    }
    if (script_.reads_extra(Extra::last))
        slots[script_.slot(Extra::last)] =
            feel::local_moment(state.last_happened, shop_.clock.offset_at(state.last_happened));
}

CommandKey Worker::key_of(const PreparedRow& row) const {
    return CommandKey(fmt::format("batch:{}:{}", shop_.run, row.key));
}

/// Finds the case that the row opened before. Returns false when nothing more can be done with it.
bool Worker::find_case(Engine::Session& session, Stand& stand) {
    const auto known = session.opened_by(key_of(stand.row));
    resuming_ = known.has_value();
    if (!known) return true;
    stand.number = known->number;
    if (known->status == "open") return true;
    stand.result.kind = RowResult::Kind::skipped;
    return false;
}

bool Worker::open(Engine::Session& session, Stand& stand) {
    auto& row = stand.row;
    // Existing cases are looked up separately only while they are found: rows of a fresh backlog
    // are opened at once, and the store finds the few that are not new.
    if (resuming_ && !find_case(session, stand)) return false;
    if (!stand.number.empty()) return true;
    Command command{*row.application,
                    row.receiver.empty() ? Actor::the_applicant() : Actor::of(row.receiver),
                    key_of(row),
                    {},
                    row.received};
    command.batch = origin_of(row);
    const auto answer = session.perform({}, command);
    if (answer.refused(RefusalCode::key_reused) || (answer && answer->repeated))
        return find_case(session, stand);
    if (!answer) {
        stand.reject(std::string(code_of(answer.refusal().code)), answer.refusal().message);
        stand.result.step = "open";
        return false;
    }
    stand.number = answer->number;
    stand.result.events += answer->events.size();
    return true;
}

RowResult Worker::work(Engine::Session& session, PreparedRow& row) {
    Stand stand{row, {}, nullptr, {}};
    auto& result = stand.result;
    if (row.rejection) {
        stand.reject(row.rejection->rule, row.rejection->reason);
        return result;
    }
    if (row.left_out) {
        result.kind = RowResult::Kind::skipped;
        return result;
    }
    if (!row.application) stand.number = CaseNumber(row.key);
    const bool going = !row.application || open(session, stand);
    result.number = stand.number.text;
    if (!going) return result;
    int commands = 0;
    try {
        while (!stand.rejected() && move_on(session, stand))
            if (++commands == most_commands)
                stand.reject(
                    std::string(code_of(RefusalCode::too_many_steps)),
                    fmt::format("the case did not come to rest after {} commands", most_commands));
    } catch (const Unreadable& unreadable) {
        stand.reject("value_unreadable", unreadable.reason);
    }
    if (const auto* live = shell::SessionAccess::look(session, stand.number))
        result.status = status_of(live->state);
    if (!stand.rejected() && result.events == 0) result.kind = RowResult::Kind::skipped;
    return result;
}

/// Performs one command for the case. Returns false when the script has nothing more for it.
bool Worker::move_on(Engine::Session& session, Stand& stand) {
    stand.live = shell::SessionAccess::look(session, stand.number);
    if (!stand.live || !stand.live->state.open()) return false;
    const auto& process = *stand.live->process;
    const auto& state = stand.live->state;
    stand.result.step.clear();
    look_at_case(stand, process, state);
    if (withdraw(session, stand)) return true;
    if (stand.rejected()) return false;
    if (const auto act = next_act(stand, process, state)) return finish_task(session, stand, *act);
    if (waits_for_applicant(process, state) && supply(session, stand, process)) return true;
    if (stand.rejected() || !script_.advance || state.timers.empty()) return false;
    // Nobody has anything to do: advance to the next timer, when its moment has come.
    const auto& timer = state.timers.front();
    return time_passes(
        session, stand,
        timer.moment ? *timer.moment : clock_of(state).start_of(Date{timer.due.days + 1}));
}

/// Loads what the script may ask of a task into its slots.
void Worker::look_at_task(Stand& stand, const Process& process, const Case& state,
                          const engine::Task& task) {
    auto& slots = stand.row.slots;
    if (script_.reads_extra(Extra::times))
        slots[script_.slot(Extra::times)] = decimal_of(times_done(process, state, task.place));
    if (script_.reads_extra(Extra::officer))
        slots[script_.slot(Extra::officer)] =
            task.holder.empty() ? Value() : Value(task.holder.text);
}

/// Returns, of the open tasks for which the script has an outcome, the one with the earliest act.
std::optional<Worker::Act> Worker::next_act(Stand& stand, const Process& process,
                                            const Case& state) {
    auto& slots = stand.row.slots;
    std::optional<Act> first;
    for (const auto& task : state.tasks) {
        const auto* rule = rule_for(stand.live->process, task.place);
        if (!rule) continue;
        look_at_task(stand, process, state, task);
        for (const auto& outcome : rule->outcomes) {
            if (!holds(outcome.when, slots, moment_)) continue;
            stand.result.step = process.step_at(task.place).id.text;
            Act act{&task, &outcome, said_of(outcome.at, slots, moment_, shop_.clock)};
            if (!first || (act.at && first->at && act.at->at < first->at->at)) first = act;
            break;
        }
    }
    return first;
}

bool Worker::finish_task(Engine::Session& session, Stand& stand, const Act& act) {
    const auto& process = *stand.live->process;
    const auto& slots = stand.row.slots;
    const auto& rule = *act.outcome;
    const auto& task = *act.task;
    // Other tasks were loaded since this one.
    look_at_task(stand, process, stand.live->state, task);
    const auto happened = stand.moment_of(act.at, shop_.clock);
    stand.result.step = process.step_at(task.place).id.text;
    if (script_.advance && happened) {
        const auto wake = engine::wake_day(stand.live->state);
        if (wake && *wake <= clock_of(stand.live->state).day_of(*happened) &&
            time_passes(session, stand, *happened))
            return true;
    }
    CompleteTask completion;
    completion.task = task.number;
    completion.outcome = rule.outcome;
    completion.reason = text_of(rule.reason.value(slots, moment_));
    completion.fields = fields_of(rule.fields, &process, slots, moment_);
    completion.materials = materials_of(rule.materials, slots, moment_);
    OfficerId officer;
    if (rule.by.there && !process.task_at(task.place)->drawn) {
        officer = shop_.officers.officer(text_of(rule.by.value(slots, moment_)));
    } else {
        auto officers = session.eligible(stand.number, task.number, happened);
        if (officers.empty()) {
            stand.reject("nobody_eligible",
                         fmt::format("no officer may do the task of {}", stand.result.step));
            return false;
        }
        officer = std::move(officers[turn(stand.row.index, officers.size())]);
    }
    return perform(session, stand,
                   {std::move(completion), Actor::of(std::move(officer)), {}, {}, happened});
}

bool Worker::withdraw(Engine::Session& session, Stand& stand) {
    const auto& live = *stand.live;
    if (!script_.withdraw || live.state.decided || live.process->withdraw == process::none)
        return false;
    const auto& rule = *script_.withdraw;
    const auto& slots = stand.row.slots;
    if (!holds(rule.when, slots, moment_)) return false;
    stand.result.step = "withdraw";
    return perform(session, stand,
                   {WithdrawCase{text_of(rule.reason.value(slots, moment_))},
                    Actor::the_applicant(),
                    {},
                    {},
                    stand.moment_of(said_of(rule.at, slots, moment_, shop_.clock), shop_.clock)});
}

bool Worker::supply(Engine::Session& session, Stand& stand, const Process& process) {
    const auto& slots = stand.row.slots;
    for (const auto& rule : script_.supply) {
        if (!holds(rule.when, slots, moment_)) continue;
        stand.result.step = "supply";
        const auto happened =
            stand.moment_of(said_of(rule.at, slots, moment_, shop_.clock), shop_.clock);
        if (script_.advance && happened && time_passes(session, stand, *happened)) return true;
        return perform(session, stand,
                       {SupplyMaterials{fields_of(rule.fields, &process, slots, moment_),
                                        materials_of(rule.materials, slots, moment_)},
                        Actor::the_applicant(),
                        {},
                        {},
                        happened});
    }
    return false;
}

/// Returns whether something has become due. Anything in the future has not.
bool Worker::time_passes(Engine::Session& session, Stand& stand, Instant until) {
    // An act of the engine: never before the case's last act.
    Command command{AdvanceCase{},
                    Actor::the_engine(),
                    {},
                    {},
                    std::max(until, stand.live->state.last_happened)};
    command.batch = origin_of(stand.row);
    const auto answer = session.perform(stand.number, command);
    if (!answer || answer->events.empty()) return false;
    stand.result.events += answer->events.size();
    return true;
}

bool Worker::perform(Engine::Session& session, Stand& stand, Command command) {
    command.batch = origin_of(stand.row);
    const auto answer = session.perform(stand.number, command);
    if (!answer) {
        stand.reject(std::string(code_of(answer.refusal().code)), answer.refusal().message);
        return false;
    }
    stand.result.events += answer->events.size();
    return true;
}

}  // namespace workflow::batch
