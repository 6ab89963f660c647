#include "work.hpp"

#include <fmt/format.h>

#include "../definition/item.hpp"
#include "../feel/operators.hpp"
#include "../feel/temporal.hpp"
#include "../process/net.hpp"

namespace workflow::batch {
namespace {

/// More commands than this for one row is a script that goes in circles.
constexpr int most_commands = 200;

std::string text_of(const Value& value) {
    return value.is_null() ? std::string() : feel::plain_text(value);
}

/// When something is said to have happened; a day alone is its first moment.
std::optional<Instant> instant_of(const Value& value, UtcOffset offset) {
    if (const auto* moment = value.as<DateTime>())
        return Instant{start_of(moment->date, moment->time.offset.value_or(offset)).microseconds +
                       moment->time.microseconds};
    if (const auto* date = value.as<Date>()) return start_of(*date, offset);
    if (const auto* text = value.as<std::string>()) {
        if (const auto date = parse_date(*text)) return start_of(*date, offset);
        return parse_instant(*text, offset);
    }
    return {};
}

/// A text from a file as the type that the field has; anything else stays as it is, for the engine
/// to judge. An empty text is no value.
Value as_field(const process::FieldInfo& field, Value value) {
    const auto* text = value.as<std::string>();
    if (!text) return value;
    if (text->empty()) return {};
    using definition::FieldType;
    if (field.type == FieldType::number) {
        if (const auto number = parse_decimal(*text)) return *number;
    } else if (field.type == FieldType::boolean) {
        if (*text == "true" || *text == "false") return *text == "true";
    } else if (field.type == FieldType::date) {
        if (const auto date = parse_date(*text)) return *date;
    }
    return value;
}

FieldValues fields_of(const GivenFields& given, const process::Process* process,
                      std::span<const Value> slots, const feel::Moment& moment) {
    FieldValues fields;
    for (const auto& [id, what] : given) {
        auto value = what.value(slots, moment);
        const auto index = process ? process->field(id) : std::nullopt;
        if (index) value = as_field(process->fields[*index], std::move(value));
        if (!value.is_null()) fields.emplace_back(id, std::move(value));
    }
    return fields;
}

/// true, "true", "provided": handed in; "committed": promised; anything else: not there.
std::vector<MaterialReceipt> materials_of(const GivenMaterials& given, std::span<const Value> slots,
                                          const feel::Moment& moment) {
    std::vector<MaterialReceipt> receipts;
    for (const auto& [id, what] : given) {
        const auto value = what.value(slots, moment);
        const auto text = text_of(value);
        if (text == "true" || text == "provided")
            receipts.push_back({id, MaterialForm::provided});
        else if (text == "committed")
            receipts.push_back({id, MaterialForm::committed});
    }
    return receipts;
}

bool holds(const feel::Expression& condition, std::span<const Value> slots,
           const feel::Moment& moment) {
    if (!condition) return true;
    const auto value = condition.evaluate(slots, moment);
    const auto* truth = feel::truth(value);
    return truth && *truth;
}

}  // namespace

/// The row's slots: its cells, then line, times, case and materials.
struct Worker::Stand {
    const PreparedRow& row;
    const feel::Moment& moment;
    std::vector<Value> slots;
    CaseNumber number;
    std::shared_ptr<const process::Process> process;
    std::optional<Instant> last;  ///< when the last act is said to have happened
    RowResult result;

    void set(std::size_t extra, Value value) {
        slots[row.row.cells.size() + extra] = std::move(value);
    }
};

PreparedRow prepare(const Script& script, const Catalog& catalog, Row given,
                    const feel::Moment& moment) {
    PreparedRow prepared;
    prepared.row = std::move(given);
    const auto& row = prepared.row;
    if (!row.mistake.empty()) {
        prepared.refusal = Refusal{Rule::field_invalid, row.mistake, {}};
        prepared.key = std::to_string(row.line);
        return prepared;
    }
    auto slots = row.cells;
    slots.resize(row.cells.size() + extra_slots);
    slots[row.cells.size()] = decimal_of(static_cast<std::int64_t>(row.line));
    prepared.key =
        script.key.there ? text_of(script.key.value(slots, moment)) : std::to_string(row.line);
    if (prepared.key.empty()) {
        prepared.refusal = Refusal{Rule::field_missing, "the row has no key", {}};
        return prepared;
    }
    const auto value = [&](const Given& what) { return what.value(slots, moment); };
    const auto& rule = script.open;
    OpenCase application;
    application.item = ItemId(text_of(value(rule.item)));
    application.applicant = {PersonId(text_of(value(rule.person))), text_of(value(rule.name)),
                             rule.kind.there ? text_of(value(rule.kind)) : "person"};
    if (rule.channel.there) application.channel = text_of(value(rule.channel));
    application.hall = HallId(text_of(value(rule.hall)));
    const auto process = catalog.process(application.item);
    application.fields = fields_of(rule.fields, process.get(), slots, moment);
    application.materials = materials_of(rule.materials, slots, moment);
    prepared.receiver = OfficerId(text_of(value(rule.by)));
    if (rule.at.there) {
        const auto at = value(rule.at);
        prepared.received = instant_of(at, moment.offset);
        if (!prepared.received)
            prepared.refusal =
                Refusal{Rule::field_invalid,
                        fmt::format("`open.at` is no date or moment: {}", to_string(at)),
                        {}};
    }
    prepared.application = std::move(application);
    return prepared;
}

const DutyRule* Worker::rule_for(const TaskView& task) {
    const auto [place, fresh] = rules_.try_emplace({task.item, task.step}, nullptr);
    if (!fresh) return place->second;
    std::string duty;
    if (const auto process = catalog_.process(task.item))
        for (const auto& step : process->steps)
            if (step.id == task.step && step.at != process::none)
                if (const auto* activity =
                        std::get_if<process::TaskActivity>(&process->places[step.at].activity))
                    duty = activity->duty.text;
    // A rule for the step goes before one for its duty.
    for (const std::string* name : {&task.step.text, static_cast<const std::string*>(&duty)})
        for (const auto& rule : script_.duties)
            if (!place->second && rule.name == *name) place->second = &rule;
    return place->second;
}

bool Worker::take(Stand& stand, Expected<Answer> answer) {
    if (!answer) {
        stand.result.kind = RowResult::Kind::rejected;
        stand.result.refusal = answer.refusal();
        return false;
    }
    stand.result.events += answer->repeated ? 0 : answer->events.size();
    if (!answer->events.empty()) stand.last = answer->events.back().happened;
    return true;
}

/// The case's fields and materials, for expressions that ask.
void Worker::look_at_case(Engine::Session& session, Stand& stand) const {
    if (!script_.reads_case) return;
    const auto detail = session.show(stand.number);
    if (!detail) return;
    Context fields, materials;
    for (const auto& [id, value] : detail->fields) fields.emplace_back(id.text, value);
    for (const auto& [id, state] : detail->materials) materials.emplace_back(id.text, state);
    stand.set(2, Value(std::move(fields)));
    stand.set(3, Value(std::move(materials)));
}

RowResult Worker::work(Engine::Session& session, const PreparedRow& row,
                       const feel::Moment& moment) {
    Stand stand{row, moment, row.row.cells, {}, {}, {}, {}};
    stand.slots.resize(row.row.cells.size() + extra_slots);
    stand.set(0, decimal_of(static_cast<std::int64_t>(row.row.line)));
    stand.set(1, decimal_of(0));
    const auto reject = [&](const Refusal& refusal) {
        stand.result.kind = RowResult::Kind::rejected;
        stand.result.refusal = refusal;
        return stand.result;
    };
    if (row.refusal) return reject(*row.refusal);

    bool resumed = false;
    if (row.application) {
        const CommandKey key(fmt::format("batch:{}:{}", script_.name, row.key));
        if (const auto known = session.opened_by(key)) {
            stand.number = *known;
            resumed = true;
        } else {
            const auto actor =
                row.receiver.empty() ? Actor::the_applicant() : Actor::of(row.receiver);
            auto opened = session.open(*row.application, actor, key, row.received);
            if (opened) stand.number = opened->number;
            if (!take(stand, std::move(opened))) return stand.result;
        }
    } else {
        stand.number = CaseNumber(row.key);
        resumed = true;
    }
    stand.result.number = stand.number.text;
    if (resumed) {
        const auto detail = session.show(stand.number);
        if (!detail || detail->view.status != "open") {
            stand.result.kind = RowResult::Kind::skipped;
            return stand.result;
        }
        stand.last = session.last_act(stand.number);
    }
    int commands = 0;
    while (stand.result.kind != RowResult::Kind::rejected && move_on(session, stand))
        if (++commands == most_commands)
            return reject({Rule::too_many_steps,
                           fmt::format("{} commands did not bring the case to rest", most_commands),
                           {}});
    if (stand.result.kind == RowResult::Kind::done && stand.result.events == 0)
        stand.result.kind = RowResult::Kind::skipped;
    return stand.result;
}

/// One command for the case; false when the script has nothing more for it.
bool Worker::move_on(Engine::Session& session, Stand& stand) {
    look_at_case(session, stand);
    if (script_.withdraw && applicant_acts(session, stand, *script_.withdraw, true)) return true;
    const auto tasks = session.tasks(stand.number);
    for (const auto& task : tasks)
        if (finish_task(session, stand, task)) return true;
    if (stand.result.kind == RowResult::Kind::rejected) return false;
    return tasks.empty() && script_.supply &&
           applicant_acts(session, stand, *script_.supply, false);
}

bool Worker::finish_task(Engine::Session& session, Stand& stand, const TaskView& task) {
    const auto* rule = rule_for(task);
    if (!rule || stand.result.kind == RowResult::Kind::rejected) return false;
    stand.set(1, decimal_of(session.times(stand.number, task.step)));
    for (const auto& outcome : rule->outcomes) {
        if (!holds(outcome.when, stand.slots, stand.moment)) continue;
        stand.result.step = task.step.text;
        OfficerId officer = task.holder;
        if (officer.empty() && rule->by.there)
            officer = OfficerId(text_of(rule->by.value(stand.slots, stand.moment)));
        if (officer.empty()) {
            const auto officers = session.eligible(stand.number, task.task);
            if (officers.empty())
                return take(stand, Refusal{Rule::not_on_post,
                                           fmt::format("nobody may take the task of step {}",
                                                       task.step.text),
                                           {}});
            officer = officers[turn_++ % officers.size()];
        }
        const auto process = catalog_.process(task.item);
        CompleteTask completion;
        completion.task = task.task;
        completion.outcome = outcome.outcome;
        completion.reason = text_of(outcome.reason.value(stand.slots, stand.moment));
        completion.fields = fields_of(outcome.fields, process.get(), stand.slots, stand.moment);
        completion.materials = materials_of(outcome.materials, stand.slots, stand.moment);
        Command command{std::move(completion), Actor::of(officer), {}, {}, {}};
        if (rule->at.there)
            command.happened =
                instant_of(rule->at.value(stand.slots, stand.moment), stand.moment.offset);
        // What was written down on paper is not always in the order in which it was done.
        if (command.happened && stand.last && *command.happened < *stand.last)
            command.happened = stand.last;
        return take(stand, session.perform(stand.number, command));
    }
    return false;
}

bool Worker::applicant_acts(Engine::Session& session, Stand& stand, const ApplicantRule& rule,
                            bool withdraws) {
    if (!holds(rule.when, stand.slots, stand.moment)) return false;
    const auto status = session.show(stand.number);
    if (!status || status->view.status != "open") return false;
    Command command;
    command.actor = Actor::the_applicant();
    if (rule.at.there)
        command.happened =
            instant_of(rule.at.value(stand.slots, stand.moment), stand.moment.offset);
    if (command.happened && stand.last && *command.happened < *stand.last)
        command.happened = stand.last;
    if (withdraws) {
        command.action = WithdrawCase{text_of(rule.reason.value(stand.slots, stand.moment))};
    } else {
        const auto process = catalog_.process(status->view.item);
        command.action =
            SupplyMaterials{fields_of(rule.fields, process.get(), stand.slots, stand.moment),
                            materials_of(rule.materials, stand.slots, stand.moment)};
    }
    auto answer = session.perform(stand.number, command);
    // A case that waits for something else is left as it is; after the decision it is too late.
    if (answer.refused(Rule::not_waiting) || answer.refused(Rule::withdraw_closed)) return false;
    return take(stand, std::move(answer));
}

}  // namespace workflow::batch
