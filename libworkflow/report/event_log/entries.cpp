#include "entries.hpp"

#include <fmt/format.h>

#include "../../base/source.hpp"
#include "../../crypto/digest.hpp"
#include "../../definition/organization.hpp"
#include "../../engine/apply.hpp"
#include "../../shell/catalog_access.hpp"
#include "../../trail/codec.hpp"

namespace workflow::report {

std::string_view name_of(Attribute attribute) {
    static constexpr std::array<std::string_view, attribute_count> names{
        "kind",    "actor",       "resource", "role",          "group",        "task",
        "outcome", "detail",      "due",      "statutory_due", "promised_due", "recorded",
        "reason",  "operated_by", "script",   "batch_rule",    "row"};
    return names.at(static_cast<std::size_t>(attribute));
}

bool is_personal(Attribute attribute) {
    return attribute == Attribute::reason || attribute == Attribute::row;
}

std::string plain(std::string_view text) {
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto valid = text.substr(0, first_invalid_utf8(text));
        for (std::size_t i = 0; i < valid.size(); ++i) {
            const auto c = static_cast<unsigned char>(valid[i]);
            // U+FFFE and U+FFFF are valid UTF-8, but not characters of XML.
            const bool no_character =
                valid.substr(i, 3) == "\xEF\xBF\xBE" || valid.substr(i, 3) == "\xEF\xBF\xBF";
            if (no_character) {
                out += replacement;
                i += 2;
            } else if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') {
                out += replacement;
            } else {
                out += valid[i];
            }
        }
        text.remove_prefix(valid.size());
        if (text.empty()) break;
        out += replacement;
        text.remove_prefix(1);
    }
    return out;
}

namespace {

std::string_view actor_of(const Actor& actor) {
    switch (actor.kind) {
        case Actor::Kind::officer:
            return "officer";
        case Actor::Kind::applicant:
            return "applicant";
        case Actor::Kind::engine:
            return "engine";
        case Actor::Kind::agent:
            return "agent";
        case Actor::Kind::system:
            return "system";
    }
    return {};
}

std::string text_of(const std::optional<Date>& date) {
    return date ? to_string(*date) : std::string();
}

/// Converts one case's events, in their order.
class Teller {
public:
    Teller(const definition::Organization& organization, const process::Process* process,
           const process::Process* current, const HallId& hall, bool personal, CaseStory& story)
        : organization_(organization),
          process_(process),
          current_(current),
          hall_(hall),
          personal_(personal),
          story_(story) {}

    void tell(const Event& event, std::uint32_t sequence) {
        Entry entry;
        entry.sequence = sequence;
        entry.time = event.happened;
        entry.transition = "complete";
        entry.activity = kind_of(event.what);
        entry[Attribute::kind] = entry.activity;
        entry[Attribute::actor] = actor_of(event.actor);
        entry[Attribute::role] = event.post.text;
        if (event.recorded != event.happened)
            entry[Attribute::recorded] = to_string(event.recorded, organization_.clock);
        if (event.actor.kind == Actor::Kind::officer || event.actor.kind == Actor::Kind::system)
            entry[Attribute::resource] = event.actor.officer.text;
        for (const auto& origin : event.batch) {
            entry[Attribute::operated_by] =
                origin.operated_by.empty() ? "machine" : origin.operated_by.text;
            entry[Attribute::script] = hex(origin.script);
            entry[Attribute::batch_rule] = origin.rule;
            if (personal_) entry[Attribute::row] = origin.row;
        }
        entry_ = &entry;
        std::visit(*this, event.what);
        const auto* officer = organization_.officer(OfficerId(entry[Attribute::resource]));
        entry[Attribute::group] =
            officer && !officer->hall.empty() ? officer->hall.text : hall_.text;
        story_.entries.push_back(std::move(entry));
    }

    void operator()(const CaseOpened& e) {
        const auto add = [&](const char* name, std::string text) {
            if (!text.empty()) story_.attributes.emplace_back(name, std::move(text));
        };
        add("revision", std::to_string(e.revision));
        add("channel", e.channel);
        add("applicant_kind", e.applicant.kind);
        if (personal_) {
            add("applicant_id", e.applicant.person.text);
            add("applicant_name", e.applicant.name);
        }
        give(e.fields, e.materials);
    }
    void operator()(const CaseAccepted& e) { dues(e.statutory_due, e.promised_due); }
    void operator()(const TaskOffered& e) {
        tasks_[e.task].step = e.step.text;
        task(e.task, "schedule");
        say(Attribute::due, text_of(e.due));
    }
    void operator()(const TaskDrawn& e) {
        task(e.task, e.officer.empty() ? "unknown" : "start");
        hold(e.task, e.officer);
    }
    void operator()(const TaskClaimed& e) {
        task(e.task, "start");
        hold(e.task, e.officer);
    }
    void operator()(const TaskHandedOver& e) {
        task(e.task, e.to.empty() ? "schedule" : "reassign");
        using Way = TaskHandedOver::Way;
        say(Attribute::detail, e.way == Way::delegated    ? "delegated"
                               : e.way == Way::reassigned ? "reassigned"
                               : e.way == Way::returned   ? "returned"
                                                          : "absent");
        reason(e.reason);
        hold(e.task, e.to);
    }
    void operator()(const TaskCompleted& e) {
        task(e.task, "complete");
        say(Attribute::resource, e.officer.text);
        say(Attribute::outcome, e.outcome.text);
        reason(e.reason);
        give(e.fields, e.materials);
        tasks_.erase(e.task);
    }
    void operator()(const TaskCancelled& e) {
        task(e.task, tasks_[e.task].held ? "ate_abort" : "withdraw");
        tasks_.erase(e.task);
    }
    void operator()(const TimerArmed& e) {
        say(Attribute::due,
            e.moment ? to_string(*e.moment, organization_.clock) : to_string(e.due));
    }
    void operator()(const TimerFired& e) { say(Attribute::due, to_string(e.due)); }
    void operator()(const ClockPaused& e) { say(Attribute::detail, e.ground); }
    void operator()(const ClockResumed& e) { dues(e.statutory_due, e.promised_due); }
    void operator()(const MaterialsSupplied& e) { give(e.fields, e.materials); }
    void operator()(const CaseWithdrawn& e) { reason(e.reason); }
    void operator()(const LimitPassed& e) {
        limit(e.kind, e.task);
        say(Attribute::due, to_string(e.due));
    }
    void operator()(const LimitsComputed& e) {
        std::string limits;
        if (e.statutory) limits = to_string(*e.statutory);
        if (e.promised) limits += (limits.empty() ? "" : ", ") + to_string(*e.promised);
        say(Attribute::detail, std::move(limits));
    }
    void operator()(const LimitExtended& e) {
        say(Attribute::detail, to_string(e.by));
        say(Attribute::statutory_due, text_of(e.statutory_due));
    }
    void operator()(const WarningsSet&) {}
    void operator()(const LimitNear& e) {
        limit(e.warning.kind, e.warning.task);
        say(Attribute::outcome, e.warning.signal == Signal::red ? "red" : "yellow");
        say(Attribute::due, to_string(e.due));
    }
    void operator()(const TaskEscalated& e) {
        task(e.task, "unknown");
        say(Attribute::detail, e.post.text);
    }
    void operator()(const CaseUrged& e) { reason(e.reason); }
    void operator()(const DaysRecounted& e) { dues(e.statutory_due, e.promised_due); }
    void operator()(const CaseSampled& e) {
        say(Attribute::task, e.step.text);
        say(Attribute::detail, e.taken ? "taken" : "passed by");
    }
    void operator()(const RatingInvited& e) { rated(e.task); }
    void operator()(const CaseRated& e) {
        rated(e.task);
        say(Attribute::outcome, std::to_string(static_cast<int>(e.grade)));
        if (personal_) reason(e.comment);
    }
    void operator()(const RatingSupplemented& e) {
        rated(e.task);
        if (personal_) reason(e.comment);
    }
    void operator()(const RatingSetAside& e) {
        rated(e.task);
        reason(e.reason);
    }
    void operator()(const CaseUnsealed& e) {
        say(Attribute::detail, e.what == Sealed::applicant ? "applicant" : "reviewer");
        reason(e.reason);
    }
    void operator()(const CaseRead& e) {
        // Without a list of purposes, this is free text.
        if (organization_.reading && organization_.reading->find(e.purpose))
            say(Attribute::detail, e.purpose);
        else
            reason(e.purpose);
    }
    // Events that belong to no case.
    void operator()(const StaffChanged&) {}
    void operator()(const DefinitionPublished&) {}
    void operator()(const ClockSetBack&) {}
    void operator()(const PersonErased&) {}
    void operator()(const ReadingStopped&) {}
    void operator()(const StaffProposed&) {}
    void operator()(const StaffDeclined&) {}
    void operator()(const FieldsCorrected& e) {
        task(e.task, "unknown");
        std::string names;
        for (const auto& field : e.fields) names += (names.empty() ? "" : ", ") + field.text;
        say(Attribute::detail, std::move(names));
    }
    void operator()(const RecusalAsked& e) {
        say(Attribute::detail, e.officer.text + ": " + e.ground);
        reason(e.reason);
    }
    void operator()(const RecusalDecided& e) {
        say(Attribute::detail, e.officer.text);
        say(Attribute::outcome, e.granted ? "granted" : "declined");
        reason(e.reason);
    }
    void operator()(const TaskStranded& e) {
        task(e.task, "unknown");
        say(Attribute::detail, e.post.text);
    }
    void operator()(const StrandedResolved& e) {
        task(e.task, "unknown");
        say(Attribute::detail, std::string(to_string(e.way)));
        reason(e.reason);
    }
    void operator()(const UnsealAsked& e) {
        say(Attribute::detail, e.what == Sealed::applicant ? "applicant" : "reviewer");
        reason(e.reason);
    }
    void operator()(const UnsealDeclined& e) {
        say(Attribute::detail, e.officer.text);
        reason(e.reason);
    }
    void operator()(const CaseEnded& e) { say(Attribute::detail, std::string(to_string(e.end))); }

private:
    struct Task {
        std::string step;
        bool held = false;
    };

    void rated(TaskNumber task) {
        if (task != TaskNumber{}) say(Attribute::task, std::to_string(number(task)));
    }
    void limit(LimitPassed::Kind kind, TaskNumber task) {
        using Kind = LimitPassed::Kind;
        say(Attribute::detail, kind == Kind::step       ? "step"
                               : kind == Kind::promised ? "promised"
                                                        : "statutory");
        if (kind == Kind::step) say(Attribute::task, std::to_string(number(task)));
    }
    void say(Attribute attribute, std::string text) { (*entry_)[attribute] = std::move(text); }
    void task(TaskNumber task, std::string_view transition) {
        const auto known = tasks_.find(task);
        if (known != tasks_.end()) entry_->activity = known->second.step;
        entry_->transition = transition;
        say(Attribute::task, std::to_string(number(task)));
    }
    void hold(TaskNumber task, const OfficerId& officer) {
        say(Attribute::resource, officer.text);
        tasks_[task].held = !officer.empty();
    }
    void dues(const std::optional<Date>& statutory, const std::optional<Date>& promised) {
        say(Attribute::statutory_due, text_of(statutory));
        say(Attribute::promised_due, text_of(promised));
    }
    /// Free text may name anybody.
    void reason(const std::string& text) {
        if (personal_) say(Attribute::reason, text);
    }
    /// Returns whether the field is known, and not personal in the case's revision or in the
    /// current one.
    [[nodiscard]] bool harmless(const FieldId& field) const {
        const auto slot = process_ ? process_->field(field) : std::nullopt;
        if (!slot || process_->fields[*slot].personal) return false;
        const auto now = current_ ? current_->field(field) : std::nullopt;
        return !now || !current_->fields[*now].personal;
    }
    void give(const FieldValues& fields, const std::vector<MaterialReceipt>& materials) {
        for (const auto& [field, value] : fields)
            if (personal_ || harmless(field)) entry_->fields.emplace_back(field.text, value);
        entry_->materials = materials;
    }

    const definition::Organization& organization_;
    const process::Process *process_, *current_;
    const HallId& hall_;
    bool personal_;
    CaseStory& story_;
    std::map<TaskNumber, Task> tasks_;
    Entry* entry_ = nullptr;
};

}  // namespace

const process::Process* CaseReader::process_of(const CaseRow& row) {
    const std::string key(view(row.definition));
    if (const auto known = processes_.find(key); known != processes_.end())
        return known->second.get();
    auto process = compiled(catalog_).process(row.item);
    if (!process || process->digest != row.definition) {
        const auto bundle = store_.published(row.definition);
        process = bundle ? compiled(catalog_).restore(*bundle) : nullptr;
        if (process && process->digest != row.definition) process = nullptr;
    }
    return processes_.emplace(key, std::move(process)).first->second.get();
}

CaseReader::CaseReader(const Catalog& catalog, Store& store, bool personal,
                       const std::optional<VaultKey>& vault)
    : catalog_(catalog), store_(store), personal_(personal), vault_(vault) {
    if (!personal) return;
    vault_.look(store);
    (void)vault_.sealing();
}

/// Hides who reviews a case that has not ended with a decision, and the answers of a panel's
/// members before it is closed.
std::optional<engine::Redaction> CaseReader::redaction_of(const CaseRow& row,
                                                          const Events& events) {
    const bool named =
        row.status == "granted" || row.status == "refused" || row.status == "answered";
    const auto* process = named ? nullptr : process_of(row);
    if (!process) return {};
    engine::Visibility visibility;
    visibility.reviewers = false;
    engine::Unrevealed secret;
    if (!process::panels_of(*process).empty()) try {
            secret = engine::unrevealed(*process, engine::replay(*process, events), events);
        } catch (const engine::ReplayError& error) {
            throw StoreError(fmt::format("{}; run `trail verify`", error.what()));
        }
    return engine::Redaction(*process, std::move(visibility), std::move(secret));
}

CaseStory CaseReader::read(const CaseRow& row) {
    CaseStory story;
    story.number = row.number;
    story.opened = row.opened;
    story.attributes = {
        {"item", row.item.text}, {"definition", hex(row.definition)}, {"status", row.status}};
    if (!row.hall.empty()) story.attributes.emplace_back("hall", row.hall.text);
    const auto current = compiled(catalog_).process(row.item);
    Teller teller(compiled(catalog_).organization(), process_of(row), current.get(), row.hall,
                  personal_, story);
    shell::CaseOpener whole(vault_, store_, row.number, row.key);
    Events events;
    for (const auto& record : store_.events(row.key)) {
        try {
            events.push_back(trail::decode(record.body));
            if (personal_) whole(events.back(), record.sequence);
        } catch (const trail::CodecError& error) {
            throw StoreError(fmt::format("case {}, event {}: {}; run `trail verify`",
                                         row.number.text, record.sequence, error.what()));
        }
    }
    auto redact = redaction_of(row, events);
    std::uint32_t sequence = 0;
    for (const auto& event : events) {
        ++sequence;
        if (!redact)
            teller.tell(event, sequence);
        else if (const auto shown = (*redact)(event))
            teller.tell(*shown, sequence);
    }
    return story;
}

}  // namespace workflow::report
