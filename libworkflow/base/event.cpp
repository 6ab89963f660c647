#include <workflow/event.hpp>

namespace workflow::inline v0 {

std::string_view to_string(EndKind end) {
    switch (end) {
        case EndKind::granted:
            return "granted";
        case EndKind::refused:
            return "refused";
        case EndKind::not_accepted:
            return "not accepted";
        case EndKind::withdrawn:
            return "withdrawn";
        case EndKind::answered:
            return "answered";
        case EndKind::lapsed:
            return "lapsed";
    }
    return "unknown";
}

std::optional<RecusalRequest> parse_recusal(std::string_view text) {
    const auto trimmed = [](std::string_view part) {
        while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
        while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
        return std::string(part);
    };
    const auto equals = text.find('=');
    const auto colon = text.find(':', equals == text.npos ? 0 : equals);
    if (equals == text.npos || colon == text.npos) return {};
    RecusalRequest request{OfficerId(trimmed(text.substr(0, equals))),
                           trimmed(text.substr(equals + 1, colon - equals - 1)),
                           trimmed(text.substr(colon + 1))};
    if (request.officer.empty() || request.ground.empty() || request.reason.empty()) return {};
    return request;
}

std::string_view to_string(Allocation way) {
    switch (way) {
        case Allocation::draw:
            return "draw";
        case Allocation::shortest_queue:
            return "shortest queue";
        case Allocation::round_robin:
            return "round robin";
    }
    return "unknown";
}

std::string_view to_string(WayOut way) {
    switch (way) {
        case WayOut::ask_again:
            return "ask again";
        case WayOut::widen:
            return "widen";
    }
    return "unknown";
}

bool is_of_journal(const EventPayload& what) {
    struct OfJournal {
        bool operator()(const CaseOpened&) const { return false; }
        bool operator()(const CaseAccepted&) const { return false; }
        bool operator()(const TaskOffered&) const { return false; }
        bool operator()(const TaskDrawn&) const { return false; }
        bool operator()(const TaskClaimed&) const { return false; }
        bool operator()(const TaskHandedOver&) const { return false; }
        bool operator()(const TaskCompleted&) const { return false; }
        bool operator()(const TaskCancelled&) const { return false; }
        bool operator()(const TimerArmed&) const { return false; }
        bool operator()(const TimerFired&) const { return false; }
        bool operator()(const ClockPaused&) const { return false; }
        bool operator()(const ClockResumed&) const { return false; }
        bool operator()(const MaterialsSupplied&) const { return false; }
        bool operator()(const CaseWithdrawn&) const { return false; }
        bool operator()(const LimitPassed&) const { return false; }
        bool operator()(const CaseEnded&) const { return false; }
        bool operator()(const LimitsComputed&) const { return false; }
        bool operator()(const LimitExtended&) const { return false; }
        bool operator()(const WarningsSet&) const { return false; }
        bool operator()(const LimitNear&) const { return false; }
        bool operator()(const TaskEscalated&) const { return false; }
        bool operator()(const CaseUrged&) const { return false; }
        bool operator()(const DaysRecounted&) const { return false; }
        bool operator()(const CaseSampled&) const { return false; }
        bool operator()(const RatingInvited&) const { return false; }
        bool operator()(const CaseRated&) const { return false; }
        bool operator()(const RatingSupplemented&) const { return false; }
        bool operator()(const RatingSetAside&) const { return false; }
        bool operator()(const CaseUnsealed&) const { return false; }
        bool operator()(const StaffChanged&) const { return true; }
        bool operator()(const DefinitionPublished&) const { return true; }
        bool operator()(const ClockSetBack&) const { return true; }
        bool operator()(const CaseRead&) const { return false; }
        bool operator()(const PersonErased&) const { return true; }
        bool operator()(const ReadingStopped&) const { return true; }
        bool operator()(const FieldsCorrected&) const { return false; }
        bool operator()(const RecusalAsked&) const { return false; }
        bool operator()(const RecusalDecided&) const { return false; }
        bool operator()(const TaskStranded&) const { return false; }
        bool operator()(const StrandedResolved&) const { return false; }
        bool operator()(const UnsealAsked&) const { return false; }
        bool operator()(const UnsealDeclined&) const { return false; }
        bool operator()(const StaffProposed&) const { return true; }
        bool operator()(const StaffDeclined&) const { return true; }
    };
    return std::visit(OfJournal{}, what);
}

const Path* path_of(const EventPayload& what) {
    struct Taken {
        const Path* operator()(const CaseOpened& event) const { return &event.path; }
        const Path* operator()(const CaseAccepted&) const { return nullptr; }
        const Path* operator()(const TaskOffered&) const { return nullptr; }
        const Path* operator()(const TaskDrawn&) const { return nullptr; }
        const Path* operator()(const TaskClaimed&) const { return nullptr; }
        const Path* operator()(const TaskHandedOver&) const { return nullptr; }
        const Path* operator()(const TaskCompleted& event) const { return &event.path; }
        const Path* operator()(const TaskCancelled&) const { return nullptr; }
        const Path* operator()(const TimerArmed&) const { return nullptr; }
        const Path* operator()(const TimerFired& event) const { return &event.path; }
        const Path* operator()(const ClockPaused&) const { return nullptr; }
        const Path* operator()(const ClockResumed&) const { return nullptr; }
        const Path* operator()(const MaterialsSupplied& event) const { return &event.path; }
        const Path* operator()(const CaseWithdrawn& event) const { return &event.path; }
        const Path* operator()(const LimitPassed&) const { return nullptr; }
        const Path* operator()(const CaseEnded&) const { return nullptr; }
        const Path* operator()(const LimitsComputed&) const { return nullptr; }
        const Path* operator()(const LimitExtended&) const { return nullptr; }
        const Path* operator()(const WarningsSet&) const { return nullptr; }
        const Path* operator()(const LimitNear&) const { return nullptr; }
        const Path* operator()(const TaskEscalated&) const { return nullptr; }
        const Path* operator()(const CaseUrged&) const { return nullptr; }
        const Path* operator()(const DaysRecounted&) const { return nullptr; }
        const Path* operator()(const CaseSampled&) const { return nullptr; }
        const Path* operator()(const RatingInvited&) const { return nullptr; }
        const Path* operator()(const CaseRated&) const { return nullptr; }
        const Path* operator()(const RatingSupplemented&) const { return nullptr; }
        const Path* operator()(const RatingSetAside&) const { return nullptr; }
        const Path* operator()(const CaseUnsealed&) const { return nullptr; }
        const Path* operator()(const StaffChanged&) const { return nullptr; }
        const Path* operator()(const DefinitionPublished&) const { return nullptr; }
        const Path* operator()(const ClockSetBack&) const { return nullptr; }
        const Path* operator()(const CaseRead&) const { return nullptr; }
        const Path* operator()(const PersonErased&) const { return nullptr; }
        const Path* operator()(const ReadingStopped&) const { return nullptr; }
        const Path* operator()(const FieldsCorrected&) const { return nullptr; }
        const Path* operator()(const RecusalAsked&) const { return nullptr; }
        const Path* operator()(const RecusalDecided&) const { return nullptr; }
        const Path* operator()(const TaskStranded&) const { return nullptr; }
        const Path* operator()(const StrandedResolved&) const { return nullptr; }
        const Path* operator()(const UnsealAsked&) const { return nullptr; }
        const Path* operator()(const UnsealDeclined&) const { return nullptr; }
        const Path* operator()(const StaffProposed&) const { return nullptr; }
        const Path* operator()(const StaffDeclined&) const { return nullptr; }
    };
    return std::visit(Taken{}, what);
}

std::string_view kind_of(const EventPayload& what) {
    struct Name {
        std::string_view operator()(const CaseOpened&) const { return "case_opened"; }
        std::string_view operator()(const CaseAccepted&) const { return "case_accepted"; }
        std::string_view operator()(const TaskOffered&) const { return "task_offered"; }
        std::string_view operator()(const TaskDrawn&) const { return "task_drawn"; }
        std::string_view operator()(const TaskClaimed&) const { return "task_claimed"; }
        std::string_view operator()(const TaskHandedOver&) const { return "task_handed_over"; }
        std::string_view operator()(const TaskCompleted&) const { return "task_completed"; }
        std::string_view operator()(const TaskCancelled&) const { return "task_cancelled"; }
        std::string_view operator()(const TimerArmed&) const { return "timer_armed"; }
        std::string_view operator()(const TimerFired&) const { return "timer_fired"; }
        std::string_view operator()(const ClockPaused&) const { return "clock_paused"; }
        std::string_view operator()(const ClockResumed&) const { return "clock_resumed"; }
        std::string_view operator()(const MaterialsSupplied&) const { return "materials_supplied"; }
        std::string_view operator()(const CaseWithdrawn&) const { return "case_withdrawn"; }
        std::string_view operator()(const LimitPassed&) const { return "limit_passed"; }
        std::string_view operator()(const CaseEnded&) const { return "case_ended"; }
        std::string_view operator()(const LimitsComputed&) const { return "limits_computed"; }
        std::string_view operator()(const LimitExtended&) const { return "limit_extended"; }
        std::string_view operator()(const WarningsSet&) const { return "warnings_set"; }
        std::string_view operator()(const LimitNear&) const { return "limit_near"; }
        std::string_view operator()(const TaskEscalated&) const { return "task_escalated"; }
        std::string_view operator()(const CaseUrged&) const { return "case_urged"; }
        std::string_view operator()(const DaysRecounted&) const { return "days_recounted"; }
        std::string_view operator()(const CaseSampled&) const { return "case_sampled"; }
        std::string_view operator()(const RatingInvited&) const { return "rating_invited"; }
        std::string_view operator()(const CaseRated&) const { return "case_rated"; }
        std::string_view operator()(const RatingSupplemented&) const {
            return "rating_supplemented";
        }
        std::string_view operator()(const RatingSetAside&) const { return "rating_set_aside"; }
        std::string_view operator()(const CaseUnsealed&) const { return "case_unsealed"; }
        std::string_view operator()(const StaffChanged&) const { return "staff_changed"; }
        std::string_view operator()(const DefinitionPublished&) const {
            return "definition_published";
        }
        std::string_view operator()(const ClockSetBack&) const { return "clock_set_back"; }
        std::string_view operator()(const CaseRead&) const { return "case_read"; }
        std::string_view operator()(const PersonErased&) const { return "person_erased"; }
        std::string_view operator()(const ReadingStopped&) const { return "reading_stopped"; }
        std::string_view operator()(const FieldsCorrected&) const { return "fields_corrected"; }
        std::string_view operator()(const RecusalAsked&) const { return "recusal_asked"; }
        std::string_view operator()(const RecusalDecided&) const { return "recusal_decided"; }
        std::string_view operator()(const TaskStranded&) const { return "task_stranded"; }
        std::string_view operator()(const StrandedResolved&) const { return "stranded_resolved"; }
        std::string_view operator()(const UnsealAsked&) const { return "unseal_asked"; }
        std::string_view operator()(const UnsealDeclined&) const { return "unseal_declined"; }
        std::string_view operator()(const StaffProposed&) const { return "staff_proposed"; }
        std::string_view operator()(const StaffDeclined&) const { return "staff_declined"; }
    };
    return std::visit(Name{}, what);
}

}  // namespace workflow::inline v0
