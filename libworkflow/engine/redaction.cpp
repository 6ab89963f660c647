// What an officer is shown of each event. Every kind is listed, so a new one does not compile until
// its visibility is defined.

#include <algorithm>

#include "visibility.hpp"

namespace workflow::engine {

namespace {

/// Withholds the applicant's own words, also where an officer wrote them down.
void keep_back(std::string& text) {
    if (!text.empty()) text = withheld;
}

}  // namespace

bool Redaction::pooled(TaskNumber task) const {
    const auto found = pooled_.find(task);
    return found != pooled_.end() && found->second;
}

void Redaction::show(OfficerId& id, bool of_pool) const {
    if (id.empty() || sight_.is_own(id)) return;
    // A blind reviewer must not learn who else works on the case, because the window knows the
    // applicant.
    if (!sight_.applicant || (of_pool && !sight_.reviewers)) id = OfficerId(withheld);
}

void Redaction::show(FieldValues& fields) const {
    for (auto& [id, value] : fields)
        if (const auto slot = process_.field(id); slot && !shows_field(process_, sight_, *slot))
            value = Value(std::string(withheld));
}

struct Redaction::Hide {
    Redaction& by;
    Event& event;

    /// Shows who acted. Returns true: the event is shown.
    bool act_of(bool of_pool) const {
        if (event.request != 0) by.pool_act_ = of_pool;
        by.show(event.actor.officer, of_pool);
        return true;
    }
    bool act_on(TaskNumber task) const { return act_of(by.pooled(task)); }
    /// Returns whether the event concerns the reader, by the named officer or the actor.
    [[nodiscard]] bool concerns(const OfficerId& named) const {
        return by.sight_.is_own(named) || by.sight_.is_own(event.actor.officer);
    }
    /// Words of one officer about another are shown to those two and to the supervisor.
    void between_officers(std::string& text, bool concerned) const {
        if (!by.sight_.oversees && !concerned) keep_back(text);
    }
    [[nodiscard]] bool rating() const {
        return by.sight_.ratings || local_date(event.happened, event.offset) < by.sight_.month;
    }
    /// Words of the applicant are as personal as the form.
    void words(std::string& text) const {
        if (!by.shows_applicant()) keep_back(text);
    }
    [[nodiscard]] bool by_applicant() const {
        return event.actor.kind == Actor::Kind::applicant || event.actor.kind == Actor::Kind::agent;
    }

    bool operator()(CaseOpened& e) const {
        by.show(e.fields);
        act_of(false);
        if (by.shows_applicant()) return true;
        e.applicant.person = PersonId(withheld);
        e.applicant.name = withheld;
        if (e.agent) e.agent = Agent{PersonId(withheld), std::string(withheld)};
        if (by.sight_.applicant) return true;
        for (auto& person : e.recused) person = PersonId(withheld);
        e.about = {};
        return true;
    }
    bool operator()(CaseAccepted&) const { return act_of(false); }
    bool operator()(TaskOffered&) const { return act_of(false); }
    bool operator()(TaskDrawn& e) const {
        act_of(false);
        const bool of_pool = by.pooled(e.task);
        if (!by.sight_.applicant) {
            // Exclusions and the number of earlier cases reveal something about the applicant.
            e.excluded.clear();
            e.round = 0;
            e.keyed_on.reset();
        } else if (by.sight_.reviewers || !of_pool) {
            return true;
        }
        by.show(e.officer, of_pool);
        for (auto& officer : e.candidates) by.show(officer, of_pool);
        for (auto& exclusion : e.excluded) by.show(exclusion.officer, of_pool);
        by.show(e.last, of_pool);
        // With the pool known from elsewhere, these would reveal who was drawn.
        e.entropy = 0;
        e.figures.clear();
        return true;
    }
    bool operator()(TaskClaimed& e) const {
        by.show(e.officer, by.pooled(e.task));
        return act_on(e.task);
    }
    bool operator()(TaskHandedOver& e) const {
        const bool of_pool = by.pooled(e.task);
        if (of_pool && !by.sight_.reviewers) between_officers(e.reason, concerns(e.from));
        by.show(e.from, of_pool);
        by.show(e.to, of_pool);
        return act_of(of_pool);
    }
    bool operator()(TaskCompleted& e) const {
        const bool own = by.sight_.is_own(e.officer);
        by.show(e.officer, by.pooled(e.task));
        by.show(e.fields);
        if (by.secret_.answered(e.task)) keep_answer(e, own);
        return act_on(e.task);
    }
    bool operator()(TaskCancelled&) const { return act_of(false); }
    bool operator()(TimerArmed&) const { return act_of(false); }
    bool operator()(TimerFired&) const { return act_of(false); }
    bool operator()(ClockPaused&) const { return act_of(false); }
    bool operator()(ClockResumed&) const { return act_of(false); }
    bool operator()(MaterialsSupplied& e) const {
        by.show(e.fields);
        words(e.evidence);
        return act_of(false);
    }
    bool operator()(CaseWithdrawn& e) const {
        words(e.reason);
        words(e.evidence);
        return act_of(false);
    }
    bool operator()(LimitPassed&) const { return act_of(false); }
    bool operator()(CaseEnded&) const { return act_of(false); }
    bool operator()(LimitsComputed&) const { return act_of(false); }
    bool operator()(LimitExtended&) const { return act_of(false); }
    bool operator()(WarningsSet&) const { return act_of(false); }
    bool operator()(LimitNear&) const { return act_of(false); }
    bool operator()(TaskEscalated&) const { return act_of(false); }
    bool operator()(CaseUrged& e) const {
        if (by_applicant()) words(e.reason);
        return act_of(false);
    }
    bool operator()(DaysRecounted&) const { return act_of(false); }
    bool operator()(CaseSampled& e) const {
        e.entropy = 0;
        return act_of(false);
    }
    bool operator()(RatingInvited& e) const {
        const auto officer = e.officer;
        by.show(e.officer, by.pooled(e.task));
        if (e.officer != officer) e.window = {};  // it would reveal who sits there
        return act_of(false);
    }
    bool operator()(CaseRated& e) const {
        words(e.comment);
        act_of(false);
        return rating();
    }
    bool operator()(RatingSupplemented& e) const {
        words(e.comment);
        act_of(false);
        return rating();
    }
    bool operator()(RatingSetAside&) const {
        act_of(false);
        return rating();
    }
    // The requester of the applicant's data reviews; a reader may review.
    bool operator()(UnsealAsked& e) const {
        between_officers(e.reason, concerns({}));
        return act_of(e.what == Sealed::applicant);
    }
    bool operator()(UnsealDeclined& e) const {
        between_officers(e.reason, concerns(e.officer));
        by.show(e.officer, e.what == Sealed::applicant);
        return act_of(false);
    }
    bool operator()(CaseUnsealed& e) const {
        between_officers(e.reason, concerns(e.officer));
        // Before a second person had to grant it, officers unsealed for themselves.
        const bool granted = !e.officer.empty();
        by.show(e.officer, e.what == Sealed::applicant);
        return act_of(!granted);
    }
    bool operator()(CaseRead&) const { return act_of(true); }
    bool operator()(FieldsCorrected&) const { return act_of(false); }
    /// Would reveal the applicant's relations to a blind reviewer, and the reviewer to others, by
    /// who is left out.
    bool operator()(RecusalAsked& e) const {
        const bool concerned = concerns(e.officer);
        if (!by.sight_.applicant && !concerned) return false;
        between_officers(e.reason, concerned);
        if (!by.sight_.oversees && !concerned) {
            e.officer = OfficerId(withheld);
            e.person = PersonId(withheld);
        }
        return act_of(!by.sight_.oversees);
    }
    bool operator()(RecusalDecided& e) const {
        const bool concerned = concerns(e.officer);
        if (!by.sight_.applicant && !concerned) return false;
        between_officers(e.reason, concerned);
        if (!by.sight_.oversees && !concerned) e.officer = OfficerId(withheld);
        return act_of(false);
    }
    bool operator()(TaskStranded&) const { return act_of(false); }
    bool operator()(StrandedResolved& e) const {
        between_officers(e.reason, concerns({}));
        return act_of(false);
    }
    // Journal events. No case contains them.
    bool operator()(StaffChanged&) const { return false; }
    bool operator()(DefinitionPublished&) const { return false; }
    bool operator()(ClockSetBack&) const { return false; }
    bool operator()(PersonErased&) const { return false; }
    bool operator()(ReadingStopped&) const { return false; }
    bool operator()(StaffProposed&) const { return false; }
    bool operator()(StaffDeclined&) const { return false; }

private:
    /// Hides the answer of a panel's member until the panel is closed. Members see their own, but
    /// not the fields it set, because those also count the others' answers.
    void keep_answer(TaskCompleted& e, bool own) const {
        by.secret_act_ = true;
        std::erase_if(e.fields, [&](const auto& field) {
            const auto slot = by.process_.field(field.first);
            return !own || (slot && by.secret_.sets(*slot));
        });
        if (own) return;
        e.outcome = OutcomeId(withheld);
        keep_back(e.reason);
        e.materials.clear();
        e.path.clear();
    }
};

void Redaction::show_envelope(Event& shown, const Event& event) const {
    const bool same_actor = shown.actor == event.actor;
    // A key is chosen by the caller and may contain anything.
    if (!shows_applicant() || !same_actor) shown.key = {};
    // A fingerprint could be tested against guesses of who made which request, and a signature
    // reveals its signer.
    if (!shows_applicant() || !same_actor) {
        shown.request = 0;
        shown.signatures.clear();
    }
    // A post with few officers would reveal who acted.
    if (!same_actor) shown.post = {};
    // The store's number of a person would reveal which cases are theirs.
    if (!shows_applicant()) shown.sealed.clear();
    for (auto& origin : shown.batch) {
        show(origin.operated_by, pool_act_);
        if (!shows_applicant()) keep_back(origin.row);
    }
}

std::optional<Event> Redaction::operator()(const Event& event) {
    if (const auto* offered = std::get_if<TaskOffered>(&event.what))
        if (const auto step = process_.step(offered->step)) {
            const auto* task = process_.task_at(process_.steps[*step].at);
            pooled_[offered->task] = task && task->post.empty();
        }
    if (event.request != 0) secret_act_ = false;
    // Consequences of a secret answer would reveal it.
    if (secret_act_) return {};
    auto shown = event;
    if (!std::visit(Hide{*this, shown}, shown.what)) return {};
    show_envelope(shown, event);
    return shown;
}

}  // namespace workflow::engine
