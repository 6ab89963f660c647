#pragma once

/// Vocabulary: what happened. This closed list is the trail; there is no second record.
///
/// An event holds all that `decide` needed beyond the case itself (due days, drawn officers, values
/// set, branches taken), so that replaying needs neither clock nor calendar nor organization.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <workflow/command.hpp>
#include <workflow/journal_event.hpp>
#include <workflow/values.hpp>

namespace workflow {

/// Names a transition of the compiled net of the case's pinned definition. It follows from the
/// names that the author has given (process/transition_ids.hpp), so that a later release that
/// compiles the definition in another order reads the same trail.
enum class TransitionId : std::uint32_t {};

/// The transitions that one act fired: the act's own first, then the automatic ones, in order.
using Path = std::vector<TransitionId>;

/// How a case can end. Each end is a reply to the applicant.
enum class EndKind : std::uint8_t { granted, refused, not_accepted, withdrawn, answered, lapsed };
std::string_view to_string(EndKind end);

struct CaseOpened {
    CaseNumber number;
    ItemId item;
    std::uint32_t revision = 0;
    Digest definition;  ///< content of the definition the case runs on to its end (R19)
    Applicant applicant;
    std::string channel;
    HallId hall;
    FieldValues fields;
    std::vector<MaterialReceipt> materials;
    Path path;
    ModeId mode;
    bool comes_first = false;  ///< its tasks are taken before others
    bool anywhere = false;     ///< its tasks may be taken in every hall
    std::optional<Instant> appointment;
    std::optional<Agent> agent;
    std::vector<PersonId> recused;  ///< sorted; of trails that know no RecusalAsked
    CaseNumber about;
    /// Of items that draw: the day of the matter's first filing since it was decided last, whose
    /// keys all draws of the case use, and how often the matter was decided before.
    std::optional<Date> keyed_on;
    std::uint32_t round = 0;
    friend bool operator==(const CaseOpened&, const CaseOpened&) = default;
};

/// The application is formally taken up (受理): the limits of the case run from `accepted`. After a
/// `TimerFired` it is deemed to be, since nobody has answered in time (视为受理, R5).
struct CaseAccepted {
    Date accepted;
    std::optional<Date> statutory_due, promised_due;
    bool provisional = false;  ///< reaches into a year whose calendar is not announced yet
    friend bool operator==(const CaseAccepted&, const CaseAccepted&) = default;
};

struct TaskOffered {
    TaskNumber task{};
    StepId step;
    std::optional<Date> due;
    friend bool operator==(const TaskOffered&, const TaskOffered&) = default;
};

/// An officer who was left out of a draw, and the rule that left him out.
struct Exclusion {
    OfficerId officer;
    std::uint8_t rule = 0;  ///< a `RefusalCode`
    friend bool operator==(const Exclusion&, const Exclusion&) = default;
};

/// How the engine chooses the officer for a task among those who may have it.
enum class Allocation : std::uint8_t {
    draw,            ///< each as likely as his weight says
    shortest_queue,  ///< who holds the fewest tasks; drawn among several
    round_robin      ///< who comes after the one whose turn it was before
};
std::string_view to_string(Allocation way);

/// How a draw follows from its keys.
enum class DrawScheme : std::uint8_t {
    word,       ///< one word over matter and candidates; `candidates[pick(entropy, figures)]`
    rendezvous  ///< each officer's rank from matter and officer; the highest-ranked candidate
};

/// The engine chose an officer (engine/allocate, docs/formats/draw.md).
struct TaskDrawn {
    TaskNumber task{};
    OfficerId officer;  ///< empty: nobody could be drawn, or fewer than the least pool are left
    std::vector<OfficerId> candidates;  ///< sorted
    std::vector<Exclusion> excluded;    ///< sorted by officer
    std::uint64_t entropy = 0;
    Allocation by = Allocation::draw;
    /// By candidate: his weight in a draw, the tasks he holds for the shortest queue. None in a
    /// draw: all have the same weight.
    std::vector<std::uint32_t> figures;
    OfficerId last;  ///< whose turn it was before
    /// What binds the draw to the parties' keys of the day: SHA-256 over the fingerprints that they
    /// published. Nothing where no keys were used.
    std::optional<Digest> keys;
    /// How the officer follows from the keys (docs/formats/draw.md).
    DrawScheme scheme = DrawScheme::word;
    std::optional<Date> keyed_on;      ///< whose keys: the day of the matter's first filing
    std::uint32_t round = 0;           ///< how many earlier cases of the matter were decided
    std::vector<std::string> widened;  ///< steps of the declared order that widened the pool
    friend bool operator==(const TaskDrawn&, const TaskDrawn&) = default;
};

struct TaskClaimed {
    TaskNumber task{};
    OfficerId officer;
    friend bool operator==(const TaskClaimed&, const TaskClaimed&) = default;
};

/// A task left its holder's hands for another's (`to`), or for nobody's yet (`to` empty). `absent`:
/// the engine took it, since he was drawn for it and is away, or may no longer do it.
struct TaskHandedOver {
    enum class Way : std::uint8_t { delegated, reassigned, returned, absent };
    TaskNumber task{};
    Way way = Way::returned;
    OfficerId from, to;
    std::string reason;
    friend bool operator==(const TaskHandedOver&, const TaskHandedOver&) = default;
};

struct TaskCompleted {
    TaskNumber task{};
    OutcomeId outcome;
    OfficerId officer;
    std::string reason;
    FieldValues fields;  ///< given by the officer, then those the outcome sets
    std::vector<MaterialReceipt> materials;
    Path path;
    friend bool operator==(const TaskCompleted&, const TaskCompleted&) = default;
};

/// The task's step was left by another way: a branch cancelled, a stage left, a time-out.
struct TaskCancelled {
    TaskNumber task{};
    friend bool operator==(const TaskCancelled&, const TaskCancelled&) = default;
};

struct TimerArmed {
    TransitionId transition{};
    Date due;                       ///< fires when this day has passed (limits in days) ...
    std::optional<Instant> moment;  ///< ... or at this moment (limits in minutes)
    friend bool operator==(const TimerArmed&, const TimerArmed&) = default;
};

struct TimerFired {
    TransitionId transition{};
    Date due;  ///< nominal
    Path path;
    friend bool operator==(const TimerFired&, const TimerFired&) = default;
};

/// The limits of the case stop running, on a ground the definition names (R14).
struct ClockPaused {
    std::string ground;
    Date from;
    friend bool operator==(const ClockPaused&, const ClockPaused&) = default;
};

struct ClockResumed {
    Date to;  ///< the last day that does not count
    std::optional<Date> statutory_due, promised_due;
    bool provisional = false;
    friend bool operator==(const ClockResumed&, const ClockResumed&) = default;
};

struct MaterialsSupplied {
    FieldValues fields;
    std::vector<MaterialReceipt> materials;
    Path path;
    std::string evidence = {};  ///< of the applicant's act, where an officer recorded it
    friend bool operator==(const MaterialsSupplied&, const MaterialsSupplied&) = default;
};

struct CaseWithdrawn {
    std::string reason;
    Path path;
    std::string evidence = {};  ///< of the applicant's request, where an officer recorded it
    friend bool operator==(const CaseWithdrawn&, const CaseWithdrawn&) = default;
};

/// A limit has passed: `yellow` for a step or the promise, `red` for the law (R27). Never cleared,
/// whatever becomes of the limit afterwards.
struct LimitPassed {
    enum class Kind : std::uint8_t { step, promised, statutory };
    Kind kind = Kind::step;
    TaskNumber task{};  ///< for Kind::step
    Date due;
    friend bool operator==(const LimitPassed&, const LimitPassed&) = default;
};

struct CaseEnded {
    StepId step;
    EndKind end = EndKind::granted;
    friend bool operator==(const CaseEnded&, const CaseEnded&) = default;
};

/// What the item's rules gave for the limits of this case; follows its acceptance.
struct LimitsComputed {
    std::optional<Limit> statutory, promised;  ///< nothing: the item's own stands
    friend bool operator==(const LimitsComputed&, const LimitsComputed&) = default;
};

/// The law's limit is longer by approval (延期, R10); the act that approved it stands before and
/// has the reason. The promise is the hall's own and stays.
struct LimitExtended {
    Limit by;
    std::optional<Date> statutory_due;  ///< nothing while the clock stands
    bool provisional = false;
    friend bool operator==(const LimitExtended&, const LimitExtended&) = default;
};

/// How loudly an approaching limit is told.
enum class Signal : std::uint8_t { yellow, red };

/// From the morning of `from` on a limit is near.
struct Warning {
    LimitPassed::Kind kind = LimitPassed::Kind::step;
    TaskNumber task{};  ///< for Kind::step
    Signal signal = Signal::yellow;
    Date from;
    friend bool operator==(const Warning&, const Warning&) = default;
};

/// The warnings of limits that have begun to run; they replace those that the same limits had.
struct WarningsSet {
    std::vector<Warning> warnings;
    friend bool operator==(const WarningsSet&, const WarningsSet&) = default;
};

/// A limit is near (预警, R27).
struct LimitNear {
    Warning warning;
    Date due;
    friend bool operator==(const LimitNear&, const LimitNear&) = default;
};

/// A task's limit has passed and its step says whom to tell. It changes nothing of who may do it.
struct TaskEscalated {
    TaskNumber task{};
    PostId post;
    friend bool operator==(const TaskEscalated&, const TaskEscalated&) = default;
};

/// The applicant or a supervisor asks for haste (催办).
struct CaseUrged {
    std::string reason;
    friend bool operator==(const CaseUrged&, const CaseUrged&) = default;
};

/// Days were counted by a calendar that was not complete, or has changed since (R1): what they are
/// by the one there is now. What has fired or passed stays.
struct DaysRecounted {
    std::optional<Date> statutory_due, promised_due;
    bool provisional = false;
    std::vector<std::pair<TaskNumber, Date>> tasks;     ///< whose due day is another
    std::vector<std::pair<TransitionId, Date>> timers;  ///< armed ones that fire another day
    friend bool operator==(const DaysRecounted&, const DaysRecounted&) = default;
};

/// A case went through a random re-check, or passed it by: in `of` of `in` cases it is looked at
/// again.
struct CaseSampled {
    StepId step;
    bool taken = false;
    std::uint32_t of = 1, in = 1;
    std::uint64_t entropy = 0;
    std::optional<Digest> keys;  ///< as in TaskDrawn
    /// As in TaskDrawn; nothing: it follows from the day and the step alone.
    std::optional<Date> keyed_on;
    std::uint32_t round = 0;
    friend bool operator==(const CaseSampled&, const CaseSampled&) = default;
};

/// The applicant may rate the visit at which `task` was done, or the whole case (no task).
struct RatingInvited {
    TaskNumber task{};
    OfficerId officer;  ///< who did the task
    Digest token;       ///< SHA-256 of the token that the applicant was given
    WindowId window;    ///< where he sat; empty: at none
    friend bool operator==(const RatingInvited&, const RatingInvited&) = default;
};

struct CaseRated {
    TaskNumber task{};
    Grade grade = Grade::satisfied;
    std::string comment;  ///< personal
    friend bool operator==(const CaseRated&, const CaseRated&) = default;
};

struct RatingSupplemented {
    TaskNumber task{};
    std::string comment;  ///< personal
    friend bool operator==(const RatingSupplemented&, const RatingSupplemented&) = default;
};

struct RatingSetAside {
    TaskNumber task{};
    std::string reason;
    friend bool operator==(const RatingSetAside&, const RatingSetAside&) = default;
};

/// An officer may see from now on what was kept from them: `officer`, or the acting one where the
/// event is from before a second person had to grant it.
struct CaseUnsealed {
    Sealed what = Sealed::applicant;
    std::string reason;
    OfficerId officer = {};
    friend bool operator==(const CaseUnsealed&, const CaseUnsealed&) = default;
};

/// The acting officer reads personal data of the case from now on, on that day, to that end.
struct CaseRead {
    std::string purpose;
    friend bool operator==(const CaseRead&, const CaseRead&) = default;
};

/// The intake task corrected fields of the application before acceptance; the command's own event
/// has the new values, earlier events the old ones.
struct FieldsCorrected {
    TaskNumber task{};
    std::vector<FieldId> fields;
    friend bool operator==(const FieldsCorrected&, const FieldsCorrected&) = default;
};

/// The actor asks that an officer take no part (回避). An officer's own request holds at once.
struct RecusalAsked {
    OfficerId officer;
    PersonId person;  ///< the officer's, by the organization of that moment
    std::string ground, reason;
    friend bool operator==(const RecusalAsked&, const RecusalAsked&) = default;
};
struct RecusalDecided {
    OfficerId officer;
    bool granted = false;
    std::string reason;
    friend bool operator==(const RecusalDecided&, const RecusalDecided&) = default;
};

/// Nobody can be drawn for the task: it shows as work of `post`, whose officers choose a way out.
struct TaskStranded {
    TaskNumber task{};
    PostId post;
    friend bool operator==(const TaskStranded&, const TaskStranded&) = default;
};
struct StrandedResolved {
    TaskNumber task{};
    WayOut way = WayOut::ask_again;
    std::string reason;
    friend bool operator==(const StrandedResolved&, const StrandedResolved&) = default;
};

/// The acting officer asks to see what is kept from them; nothing is shown yet.
struct UnsealAsked {
    Sealed what = Sealed::applicant;
    std::string ground, reason;
    friend bool operator==(const UnsealAsked&, const UnsealAsked&) = default;
};
struct UnsealDeclined {
    OfficerId officer;
    Sealed what = Sealed::applicant;
    std::string reason;
    friend bool operator==(const UnsealDeclined&, const UnsealDeclined&) = default;
};

using EventPayloads =
    std::variant<CaseOpened, CaseAccepted, TaskOffered, TaskDrawn, TaskClaimed, TaskHandedOver,
                 TaskCompleted, TaskCancelled, TimerArmed, TimerFired, ClockPaused, ClockResumed,
                 MaterialsSupplied, CaseWithdrawn, LimitPassed, CaseEnded, LimitsComputed,
                 LimitExtended, WarningsSet, LimitNear, TaskEscalated, CaseUrged, DaysRecounted,
                 CaseSampled, RatingInvited, CaseRated, RatingSupplemented, RatingSetAside,
                 CaseUnsealed, StaffChanged, DefinitionPublished, ClockSetBack, CaseRead,
                 PersonErased, ReadingStopped, FieldsCorrected, RecusalAsked, RecusalDecided,
                 TaskStranded, StrandedResolved, UnsealAsked, UnsealDeclined, StaffProposed,
                 StaffDeclined>;

/// Holds what happened. base/alternatives.cpp defines the special members once, which shortens
/// builds.
struct EventPayload : EventPayloads {
    using EventPayloads::variant;
    EventPayload();
    EventPayload(const EventPayload&);
    EventPayload(EventPayload&&) noexcept;
    EventPayload& operator=(const EventPayload&);
    EventPayload& operator=(EventPayload&&) noexcept;
    ~EventPayload();
    friend bool operator==(const EventPayload&, const EventPayload&);
};

/// An officer's signature of a command (signing.hpp). Its text follows from the event, the case and
/// the command's first event, but for what was asked for in full.
struct ActSignature {
    Digest asked;     ///< SHA-256 of what was asked for
    std::string key;  ///< that verifies it, as the organization had it: labelled, as in Signer
    std::string signature;  ///< 64 bytes
    friend bool operator==(const ActSignature&, const ActSignature&) = default;
};

/// A personal part of an event that is kept apart from it, encrypted, and is empty in it
/// (docs/formats/sealed.md).
struct SealedPart {
    static constexpr std::uint32_t applicant = 0;  ///< the part that says who applies
    std::uint32_t part = 0;                        ///< which (trail/sealing)
    std::int64_t person = 0;  ///< whose: the store's number for him (PersonKeyRow)
    Digest commitment;        ///< to what it says, with a salt
    friend bool operator==(const SealedPart&, const SealedPart&) = default;
};

/// One entry of the trail.
struct Event {
    EventPayload what;
    Instant recorded;  ///< by the engine's clock; never before the previous event's
    Instant happened;  ///< as said by the actor; equal to `recorded` unless recorded later
    Actor actor;
    PostId post;     ///< the post the officer acted from; empty for applicant and engine
    CommandKey key;  ///< the command that brought it; only on the first event of a command
    /// Fingerprint of what that command asked (engine/request.hpp), never 0, on the first event of
    /// every command; 0 on those that follow. Tells a repeated request from a reused key, and where
    /// the answer to a key ends.
    std::uint64_t request = 0;
    /// Of the clock that `happened` was read from: which day it was there.
    UtcOffset offset = {};
    /// Of the command, on the event that says what was done: none, or its officer's.
    std::vector<ActSignature> signatures = {};
    /// Ascending by part. They stay named when the parts have been put back.
    std::vector<SealedPart> sealed = {};
    /// On every event of a batch's command: where it comes from. None or one.
    std::vector<BatchOrigin> batch = {};
    friend bool operator==(const Event&, const Event&) = default;
};
using Events = std::vector<Event>;

/// Returns whether the event stands in the store's journal, beside the cases.
bool is_of_journal(const EventPayload& what);

/// Returns the transitions that the event fired, null for a kind that fires none. The pointer is
/// into `what`.
const Path* path_of(const EventPayload& what);

/// The stable name of an event's kind, `task_completed`.
std::string_view kind_of(const EventPayload& what);

}  // namespace workflow
