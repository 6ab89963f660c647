// What an applicant is shown of each event. Every kind is listed, as in redaction.cpp.

#include "applicant_visibility.hpp"

#include <algorithm>

#include "../base/identity.hpp"
#include "draft.hpp"
#include "visibility.hpp"

namespace workflow::engine {

using process::Process;

namespace {

bool by_applicant(const Event& event) {
    return event.actor.kind == Actor::Kind::applicant || event.actor.kind == Actor::Kind::agent;
}

}  // namespace

bool is_applicant(const CaseOpened& opened, const PersonId& person) {
    const auto wanted = normalized_person_id(person.text);
    if (wanted.empty()) return false;
    return normalized_person_id(opened.applicant.person.text) == wanted ||
           (opened.agent && normalized_person_id(opened.agent->person.text) == wanted);
}

ApplicantRedaction::ApplicantRedaction(const Process& process, const Case& c, Unrevealed secret)
    : process_(process),
      case_(c),
      panels_(process::panels_of(process)),
      secret_(std::move(secret)),
      reviewers_(c.end.has_value() && c.decided) {}

bool ApplicantRedaction::meets(TaskNumber task) const {
    const auto found = visits_.find(task);
    return found != visits_.end() && found->second;
}

bool ApplicantRedaction::tells(const TaskCompleted& done) const {
    if (secret_.answered(done.task)) return false;
    if (case_.end || meets(done.task)) return true;
    // A panel's outcome towards the applicant follows from its votes, which stay internal.
    if (votes_.contains(done.task)) return false;
    return std::any_of(done.path.begin(), done.path.end(), [&](TransitionId id) {
        const auto& transition = process_.transitions.at(process_.index_of(id));
        return !transition.notice.empty() ||
               std::any_of(transition.gives.begin(), transition.gives.end(), [&](const auto& arc) {
                   const auto* wait = process_.wait_at(arc.place);
                   return wait && wait->for_applicant;
               });
    });
}

struct ApplicantRedaction::Hide {
    ApplicantRedaction& by;
    Event& event;

    void hide(OfficerId& officer) const {
        if (!officer.empty()) officer = OfficerId(withheld);
    }
    /// Shows the event. Names the actor only where the applicant met them.
    bool act(bool met) const {
        if (!met) hide(event.actor.officer);
        return true;
    }
    /// Hides an event between officers, or internal to the engine.
    static bool inner() { return false; }

    bool operator()(CaseOpened& e) const {
        if (!by_applicant(event))
            for (auto& person : e.recused) person = PersonId(withheld);
        return act(true);
    }
    bool operator()(CaseAccepted&) const { return act(true); }
    bool operator()(TaskOffered&) const { return act(true); }
    bool operator()(TaskDrawn& e) const {
        if (by.reviewers_) return act(true);
        hide(e.officer);
        hide(e.last);
        e.candidates.clear();
        e.excluded.clear();
        e.figures.clear();
        e.widened.clear();
        e.entropy = 0;
        return act(false);
    }
    bool operator()(TaskClaimed& e) const {
        const bool met = by.meets(e.task) || by.reviewers_;
        if (!met) hide(e.officer);
        return act(met);
    }
    bool operator()(TaskHandedOver&) const { return inner(); }
    bool operator()(TaskCompleted& e) const {
        const bool told = by.tells(e);
        for (const auto& [field, value] : e.fields)
            if (const auto slot = by.process_.field(field)) {
                if (told)
                    by.inner_.erase(*slot);
                else
                    by.inner_.insert(*slot);
            }
        by.secret_act_ = by.secret_.answered(e.task);
        const bool met = by.meets(e.task) || by.reviewers_;
        if (!met) hide(e.officer);
        if (!told) {
            e.outcome = OutcomeId(withheld);
            if (!e.reason.empty()) e.reason = withheld;
            e.fields.clear();
            e.materials.clear();
            e.path.clear();
        }
        return act(met);
    }
    bool operator()(TaskCancelled&) const { return act(false); }
    bool operator()(TimerArmed&) const { return act(false); }
    bool operator()(TimerFired&) const { return act(false); }
    bool operator()(ClockPaused&) const { return act(false); }
    bool operator()(ClockResumed&) const { return act(false); }
    bool operator()(MaterialsSupplied& e) const {
        for (const auto& [field, value] : e.fields)
            if (const auto slot = by.process_.field(field)) by.inner_.erase(*slot);
        return act(true);
    }
    bool operator()(CaseWithdrawn&) const { return act(true); }
    bool operator()(LimitPassed&) const { return act(false); }
    bool operator()(CaseEnded&) const { return act(false); }
    bool operator()(LimitsComputed&) const { return act(false); }
    bool operator()(LimitExtended&) const { return act(false); }
    bool operator()(WarningsSet&) const { return inner(); }
    bool operator()(LimitNear&) const { return inner(); }
    bool operator()(TaskEscalated&) const { return inner(); }
    bool operator()(CaseUrged&) const { return by_applicant(event); }
    bool operator()(DaysRecounted&) const { return act(false); }
    bool operator()(CaseSampled&) const { return inner(); }
    bool operator()(RatingInvited& e) const {
        if (!by.meets(e.task)) {
            if (!by.reviewers_) hide(e.officer);
            e.window = {};
        }
        e.token = {};
        return act(false);
    }
    bool operator()(CaseRated&) const { return by_applicant(event); }
    bool operator()(RatingSupplemented&) const { return by_applicant(event); }
    bool operator()(RatingSetAside&) const { return inner(); }
    bool operator()(CaseUnsealed&) const { return inner(); }
    bool operator()(CaseRead&) const { return inner(); }
    bool operator()(FieldsCorrected& e) const { return act(by.meets(e.task)); }
    /// Shows only the applicant's own requests and the answers to them, never officers' own
    /// requests.
    bool operator()(RecusalAsked& e) const {
        if (!by_applicant(event)) return inner();
        by.asked_.insert(e.officer);
        if (!e.person.empty()) e.person = PersonId(withheld);
        return act(true);
    }
    bool operator()(RecusalDecided& e) const {
        if (!by.asked_.contains(e.officer)) return inner();
        if (!e.reason.empty()) e.reason = withheld;
        return act(false);
    }
    bool operator()(TaskStranded&) const { return inner(); }
    bool operator()(StrandedResolved&) const { return inner(); }
    bool operator()(UnsealAsked&) const { return inner(); }
    bool operator()(UnsealDeclined&) const { return inner(); }
    // Journal events. No case contains them.
    bool operator()(StaffChanged&) const { return false; }
    bool operator()(DefinitionPublished&) const { return false; }
    bool operator()(ClockSetBack&) const { return false; }
    bool operator()(PersonErased&) const { return false; }
    bool operator()(ReadingStopped&) const { return false; }
    bool operator()(StaffProposed&) const { return false; }
    bool operator()(StaffDeclined&) const { return false; }
};

std::optional<Event> ApplicantRedaction::operator()(const Event& event) {
    if (const auto* offered = std::get_if<TaskOffered>(&event.what))
        if (const auto step = process_.step(offered->step)) {
            const auto* task = process_.task_at(process_.steps[*step].at);
            visits_[offered->task] = task && !task->post.empty() && is_visit(*task);
            if (process::panel_at(panels_, process_.steps[*step].at)) votes_.insert(offered->task);
        }
    if (event.request != 0) secret_act_ = false;
    // Consequences of a secret answer would reveal it.
    if (secret_act_) return {};
    auto shown = event;
    if (!std::visit(Hide{*this, shown}, shown.what)) return {};
    // A fingerprint could be tested against guesses of who made which request.
    if (!by_applicant(event)) {
        shown.key = {};
        shown.request = 0;
    }
    if (shown.actor != event.actor) shown.post = {};
    shown.signatures.clear();
    shown.sealed.clear();
    shown.batch.clear();
    return shown;
}

}  // namespace workflow::engine
