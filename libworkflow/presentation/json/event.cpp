// Encodes each kind of event as JSON.

#include "../../crypto/digest.hpp"
#include "../../crypto/signature.hpp"
#include "json.hpp"

namespace workflow::presentation {

namespace {

std::uint32_t number_of(TransitionId id) {
    return static_cast<std::uint32_t>(id);
}

Json numbers(const Path& path) {
    Json list = Json::array();
    for (const auto id : path) list.push_back(number_of(id));
    return list;
}

std::string_view word(TaskHandedOver::Way way) {
    switch (way) {
        case TaskHandedOver::Way::delegated:
            return "delegated";
        case TaskHandedOver::Way::reassigned:
            return "reassigned";
        case TaskHandedOver::Way::returned:
            return "returned";
        case TaskHandedOver::Way::absent:
            break;
    }
    return "absent";
}

std::string_view word(LimitPassed::Kind kind) {
    switch (kind) {
        case LimitPassed::Kind::promised:
            return "promised";
        case LimitPassed::Kind::statutory:
            return "statutory";
        case LimitPassed::Kind::step:
            break;
    }
    return "step";
}

Json digest_or_null(const std::optional<Digest>& digest) {
    return digest ? Json(hex(*digest)) : Json();
}

Json persons(const std::vector<PersonId>& ids) {
    Json list = Json::array();
    for (const auto& id : ids) list.push_back(id.text);
    return list;
}

Json names(const std::vector<PostId>& ids) {
    Json list = Json::array();
    for (const auto& id : ids) list.push_back(id.text);
    return list;
}

/// The change of an officer's record: its kind and its parts.
struct ChangeOf {
    Json operator()(const OfficerJoined& e) const {
        return {{"change", "joined"},
                {"name", e.name},
                {"person", optional_text(e.person.text)},
                {"hall", e.hall.text},
                {"section", optional_text(e.section)}};
    }
    Json operator()(const OfficerMoved& e) const {
        return {{"change", "moved"}, {"hall", e.hall.text}, {"section", optional_text(e.section)}};
    }
    Json operator()(const OfficerPosted& e) const {
        return {{"change", "posted"}, {"posts", names(e.posts)}};
    }
    Json operator()(const OfficerQualified& e) const {
        return {{"change", "qualified"}, {"items", e.items}};
    }
    Json operator()(const OfficerAbsent& e) const {
        return {{"change", "absent"}, {"from", to_string(e.from)}, {"to", to_string(e.to)}};
    }
    Json operator()(const OfficerBack& e) const {
        return {{"change", "back"}, {"on", to_string(e.on)}};
    }
    Json operator()(const OfficerLeft& e) const {
        return {{"change", "left"}, {"from", to_string(e.from)}};
    }
    Json operator()(const OfficerSubstitutes& e) const {
        return {{"change", "substitutes"},
                {"colleague", e.colleague.text},
                {"from", to_string(e.from)},
                {"to", to_string(e.to)}};
    }
    Json operator()(const OfficerWeighted& e) const {
        return {{"change", "weighted"}, {"weight", e.weight}};
    }
    Json operator()(const OfficerSupervises& e) const {
        return {{"change", "supervises"}, {"supervisor", e.supervisor}};
    }
    Json operator()(const OfficerSeated& e) const {
        return {{"change", "seated"}, {"window", optional_text(e.window.text)}};
    }
    Json operator()(const OfficerShifted& e) const {
        return {{"change", "shifted"}, {"shift", optional_text(e.shift.text)}};
    }
    Json operator()(const OfficerKeyed& e) const {
        return {{"change", "keyed"}, {"key", e.key.empty() ? Json() : Json(base64(e.key))}};
    }
};

struct DataOf {
    const LocalClock& clock;

    Json operator()(const CaseOpened& e) const {
        return {{"case", e.number.text},
                {"item", e.item.text},
                {"revision", e.revision},
                {"definition", hex(e.definition)},
                {"applicant",
                 {{"person", e.applicant.person.text},
                  {"name", e.applicant.name},
                  {"kind", e.applicant.kind}}},
                {"channel", e.channel},
                {"hall", optional_text(e.hall.text)},
                {"fields", json_of(e.fields)},
                {"materials", json_of(e.materials)},
                {"path", numbers(e.path)},
                {"mode", optional_text(e.mode.text)},
                {"comes_first", e.comes_first},
                {"anywhere", e.anywhere},
                {"appointment", e.appointment ? Json(to_string(*e.appointment, clock)) : Json()},
                {"agent", e.agent ? Json{{"person", optional_text(e.agent->person.text)},
                                         {"name", e.agent->name}}
                                  : Json()},
                {"recused", persons(e.recused)},
                {"about", optional_text(e.about.text)},
                {"keyed_on", json_of(e.keyed_on)},
                {"round", e.round}};
    }
    Json operator()(const CaseAccepted& e) const {
        return {{"accepted", to_string(e.accepted)},
                {"statutory_due", json_of(e.statutory_due)},
                {"promised_due", json_of(e.promised_due)},
                {"provisional", e.provisional}};
    }
    Json operator()(const TaskOffered& e) const {
        return {{"task", number(e.task)}, {"step", e.step.text}, {"due", json_of(e.due)}};
    }
    Json operator()(const TaskDrawn& e) const {
        Json candidates = Json::array(), excluded = Json::array();
        for (const OfficerId& officer : e.candidates) candidates.push_back(officer.text);
        for (const Exclusion& exclusion : e.excluded) {
            excluded.push_back({{"officer", exclusion.officer.text},
                                {"rule", code_of(static_cast<RefusalCode>(exclusion.rule))}});
        }
        // 64 random bits do not fit a double, so they are text.
        return {{"task", number(e.task)},
                {"officer", optional_text(e.officer.text)},
                {"candidates", candidates},
                {"excluded", excluded},
                {"entropy", std::to_string(e.entropy)},
                {"by", to_string(e.by)},
                {"figures", e.figures},
                {"last", optional_text(e.last.text)},
                {"keys", digest_or_null(e.keys)},
                {"scheme", e.scheme == DrawScheme::rendezvous ? "rendezvous" : "word"},
                {"keyed_on", json_of(e.keyed_on)},
                {"round", e.round},
                {"widened", e.widened}};
    }
    Json operator()(const TaskClaimed& e) const {
        return {{"task", number(e.task)}, {"officer", e.officer.text}};
    }
    Json operator()(const TaskHandedOver& e) const {
        return {{"task", number(e.task)},
                {"way", word(e.way)},
                {"from", optional_text(e.from.text)},
                {"to", optional_text(e.to.text)},
                {"reason", e.reason}};
    }
    Json operator()(const TaskCompleted& e) const {
        return {{"task", number(e.task)},      {"outcome", e.outcome.text},
                {"officer", e.officer.text},   {"reason", optional_text(e.reason)},
                {"fields", json_of(e.fields)}, {"materials", json_of(e.materials)},
                {"path", numbers(e.path)}};
    }
    Json operator()(const TaskCancelled& e) const { return {{"task", number(e.task)}}; }
    Json operator()(const TimerArmed& e) const {
        Json data{{"transition", number_of(e.transition)}, {"due", to_string(e.due)}};
        if (e.moment) data["moment"] = to_string(*e.moment, clock);
        return data;
    }
    Json operator()(const TimerFired& e) const {
        return {{"transition", number_of(e.transition)},
                {"due", to_string(e.due)},
                {"path", numbers(e.path)}};
    }
    Json operator()(const ClockPaused& e) const {
        return {{"ground", e.ground}, {"from", to_string(e.from)}};
    }
    Json operator()(const ClockResumed& e) const {
        return {{"to", to_string(e.to)},
                {"statutory_due", json_of(e.statutory_due)},
                {"promised_due", json_of(e.promised_due)},
                {"provisional", e.provisional}};
    }
    Json operator()(const MaterialsSupplied& e) const {
        return {{"fields", json_of(e.fields)},
                {"materials", json_of(e.materials)},
                {"path", numbers(e.path)}};
    }
    Json operator()(const CaseWithdrawn& e) const {
        return {{"reason", optional_text(e.reason)}, {"path", numbers(e.path)}};
    }
    Json operator()(const LimitPassed& e) const {
        Json data{{"limit", word(e.kind)}, {"due", to_string(e.due)}};
        if (e.kind == LimitPassed::Kind::step) data["task"] = number(e.task);
        return data;
    }
    Json operator()(const LimitsComputed& e) const {
        return {{"statutory", limit(e.statutory)}, {"promised", limit(e.promised)}};
    }
    Json operator()(const LimitExtended& e) const {
        return {{"by", to_string(e.by)},
                {"statutory_due", json_of(e.statutory_due)},
                {"provisional", e.provisional}};
    }
    Json operator()(const WarningsSet& e) const {
        Json list = Json::array();
        for (const auto& one : e.warnings) {
            list.push_back(warning(one));
            list.back()["from"] = to_string(one.from);
        }
        return {{"warnings", list}};
    }
    Json operator()(const LimitNear& e) const {
        Json data = warning(e.warning);
        data["due"] = to_string(e.due);
        return data;
    }
    Json operator()(const TaskEscalated& e) const {
        return {{"task", number(e.task)}, {"post", e.post.text}};
    }
    Json operator()(const CaseUrged& e) const { return {{"reason", optional_text(e.reason)}}; }
    Json operator()(const DaysRecounted& e) const {
        Json tasks = Json::object(), timers = Json::object();
        for (const auto& [task, due] : e.tasks)
            tasks[std::to_string(number(task))] = to_string(due);
        for (const auto& [timer, due] : e.timers)
            timers[std::to_string(number_of(timer))] = to_string(due);
        return {{"statutory_due", json_of(e.statutory_due)},
                {"promised_due", json_of(e.promised_due)},
                {"provisional", e.provisional},
                {"tasks", tasks},
                {"timers", timers}};
    }
    Json operator()(const CaseSampled& e) const {
        return {{"step", e.step.text},
                {"taken", e.taken},
                {"of", e.of},
                {"in", e.in},
                {"entropy", std::to_string(e.entropy)},
                {"keys", digest_or_null(e.keys)},
                {"keyed_on", json_of(e.keyed_on)},
                {"round", e.round}};
    }
    Json operator()(const RatingInvited& e) const {
        return {{"task", number(e.task)},
                {"officer", optional_text(e.officer.text)},
                {"window", optional_text(e.window.text)},
                {"token", hex(e.token)}};
    }
    Json operator()(const CaseRated& e) const {
        return {{"task", number(e.task)},
                {"grade", static_cast<int>(e.grade)},
                {"comment", optional_text(e.comment)}};
    }
    Json operator()(const RatingSupplemented& e) const {
        return {{"task", number(e.task)}, {"comment", e.comment}};
    }
    Json operator()(const RatingSetAside& e) const {
        return {{"task", number(e.task)}, {"reason", e.reason}};
    }
    Json operator()(const CaseUnsealed& e) const {
        Json data{{"what", e.what == Sealed::applicant ? "applicant" : "reviewer"},
                  {"reason", e.reason}};
        if (!e.officer.empty()) data["officer"] = e.officer.text;
        return data;
    }
    Json operator()(const UnsealAsked& e) const {
        return {{"what", e.what == Sealed::applicant ? "applicant" : "reviewer"},
                {"ground", e.ground},
                {"reason", e.reason}};
    }
    Json operator()(const UnsealDeclined& e) const {
        return {{"officer", e.officer.text},
                {"what", e.what == Sealed::applicant ? "applicant" : "reviewer"},
                {"reason", optional_text(e.reason)}};
    }
    Json operator()(const FieldsCorrected& e) const {
        Json fields = Json::array();
        for (const auto& field : e.fields) fields.push_back(field.text);
        return {{"task", number(e.task)}, {"fields", fields}};
    }
    Json operator()(const RecusalAsked& e) const {
        return {{"officer", e.officer.text},
                {"person", e.person.text},
                {"ground", e.ground},
                {"reason", e.reason}};
    }
    Json operator()(const RecusalDecided& e) const {
        return {{"officer", e.officer.text},
                {"granted", e.granted},
                {"reason", optional_text(e.reason)}};
    }
    Json operator()(const TaskStranded& e) const {
        return {{"task", number(e.task)}, {"post", e.post.text}};
    }
    Json operator()(const StrandedResolved& e) const {
        return {{"task", number(e.task)},
                {"way", to_string(e.way)},
                {"reason", optional_text(e.reason)}};
    }
    Json operator()(const StaffProposed& e) const {
        auto change = std::visit(ChangeOf{}, e.change);
        change["officer"] = e.officer.text;
        change["reason"] = optional_text(e.reason);
        return change;
    }
    Json operator()(const StaffDeclined& e) const {
        return {{"proposal", e.proposal}, {"reason", optional_text(e.reason)}};
    }
    Json operator()(const DefinitionPublished& e) const {
        return {{"item", e.item.text},
                {"revision", e.revision},
                {"definition", hex(e.definition)},
                {"reason", optional_text(e.reason)}};
    }
    Json operator()(const ClockSetBack& e) const {
        return {{"reached", to_string(e.reached, clock)}, {"shows", to_string(e.shows, clock)}};
    }
    Json operator()(const CaseRead& e) const { return {{"purpose", e.purpose}}; }
    Json operator()(const PersonErased& e) const {
        return {{"person", e.person}, {"reason", e.reason}};
    }
    Json operator()(const ReadingStopped& e) const {
        return {{"officer", e.officer.text}, {"cases", e.cases}};
    }
    Json operator()(const StaffChanged& e) const {
        auto change = std::visit(ChangeOf{}, e.change);
        change["officer"] = e.officer.text;
        change["reason"] = optional_text(e.reason);
        if (e.proposal != 0) change["proposal"] = e.proposal;
        return change;
    }
    Json operator()(const CaseEnded& e) const {
        return {{"step", e.step.text}, {"end", to_string(e.end)}};
    }

private:
    static Json limit(const std::optional<Limit>& limit) {
        return limit ? Json(to_string(*limit)) : Json(nullptr);
    }
    static Json warning(const Warning& warning) {
        Json data{{"limit", word(warning.kind)},
                  {"signal", warning.signal == Signal::red ? "red" : "yellow"}};
        if (warning.kind == LimitPassed::Kind::step) data["task"] = number(warning.task);
        return data;
    }
};

Json actor_json(const Actor& actor) {
    switch (actor.kind) {
        case Actor::Kind::officer:
            return {{"kind", "officer"}, {"officer", actor.officer.text}};
        case Actor::Kind::applicant:
            return {{"kind", "applicant"}};
        case Actor::Kind::agent:
            return {{"kind", "agent"}};
        case Actor::Kind::system:
            return {{"kind", "system"}, {"system", actor.officer.text}};
        case Actor::Kind::engine:
            break;
    }
    return {{"kind", "engine"}};
}

Json signatures_json(const std::vector<ActSignature>& signatures) {
    Json list = Json::array();
    for (const auto& one : signatures)
        list.push_back({{"asked", hex(one.asked)},
                        {"key", base64(one.key)},
                        {"signature", base64(one.signature)}});
    return list;
}

/// Returns null for an act by hand.
Json batch_json(const std::vector<BatchOrigin>& batch) {
    if (batch.empty()) return nullptr;
    const auto& origin = batch.front();
    return {{"operated_by", optional_text(origin.operated_by.text)},
            {"script", hex(origin.script)},
            {"row", origin.row},
            {"rule", optional_text(origin.rule)}};
}

}  // namespace

Json json_of(const Event& event, std::uint32_t sequence, const LocalClock& clock) {
    return {{"sequence", sequence},
            {"kind", kind_of(event.what)},
            {"recorded", to_string(event.recorded, clock)},
            {"happened", to_string(event.happened, clock)},
            {"actor", actor_json(event.actor)},
            {"post", optional_text(event.post.text)},
            {"key", optional_text(event.key.text)},
            {"signatures", signatures_json(event.signatures)},
            {"batch", batch_json(event.batch)},
            {"data", std::visit(DataOf{clock}, event.what)}};
}

}  // namespace workflow::presentation
