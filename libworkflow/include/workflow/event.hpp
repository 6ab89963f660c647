#pragma once

/// Vocabulary: the events of the trail. This closed list is the only record.
///
/// An event holds everything that `decide` needed beyond the case itself (due days, drawn officers,
/// values set, branches taken). Replaying therefore needs no clock, calendar or organization.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <workflow/command.hpp>
#include <workflow/journal_event.hpp>
#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// Identifies a transition of the compiled net of the case's pinned definition. The id is derived
/// from the names that the author gave (process/transition_ids.hpp), so a later release that
/// compiles the definition in another order reads the same trail.
enum class TransitionId : std::uint32_t {};

/// The transitions fired by one act: its own first, then the automatic ones, in order.
using Path = std::vector<TransitionId>;

/// How a case can end. Each end is an answer to the applicant.
enum class EndKind : std::uint8_t { granted, refused, not_accepted, withdrawn, answered, lapsed };
std::string_view to_string(EndKind end);

struct CaseOpened {
    CaseNumber number;
    ItemId item;
    std::uint32_t revision = 0;
    Digest definition;  ///< content of the definition that the case runs on until it ends (R19)
    Applicant applicant;
    std::string channel;
    HallId hall;
    FieldValues fields;
    std::vector<MaterialReceipt> materials;
    Path path;
    ModeId mode;
    bool comes_first = false;  ///< its tasks take precedence over others
    bool anywhere = false;     ///< its tasks may be taken in every hall
    std::optional<Instant> appointment;
    std::optional<Agent> agent;
    std::vector<PersonId> recused;  ///< sorted; only in trails older than RecusalAsked
    CaseNumber about;
    /// For items with drawn tasks: the day of the matter's first filing since its last decision,
    /// whose keys all draws of the case use, and how often the matter was decided before.
    std::optional<Date> keyed_on;
    std::uint32_t round = 0;
    friend bool operator==(const CaseOpened&, const CaseOpened&) = default;
};

/// The application is formally accepted (受理). The limits of the case run from `accepted`. After a
/// `TimerFired` it is deemed accepted, because nobody answered in time (视为受理, R5).
struct CaseAccepted {
    Date accepted;
    std::optional<Date> statutory_due, promised_due;
    bool provisional = false;  ///< reaches into a year whose calendar is not yet announced
    friend bool operator==(const CaseAccepted&, const CaseAccepted&) = default;
};

struct TaskOffered {
    TaskNumber task{};
    StepId step;
    std::optional<Date> due;
    friend bool operator==(const TaskOffered&, const TaskOffered&) = default;
};

/// An officer excluded from a draw, and the rule that excluded them.
struct Exclusion {
    OfficerId officer;
    std::uint8_t rule = 0;  ///< a `RefusalCode`
    friend bool operator==(const Exclusion&, const Exclusion&) = default;
};

/// How the engine chooses an officer for a task among the candidates.
enum class Allocation : std::uint8_t {
    draw,            ///< at random, in proportion to weight
    shortest_queue,  ///< the candidate with the fewest tasks; drawn among equals
    round_robin      ///< the candidate after the one whose turn it was last
};
std::string_view to_string(Allocation way);

/// How a draw is derived from its keys.
enum class DrawScheme : std::uint8_t {
    word,       ///< one word over matter and candidates; `candidates[pick(entropy, figures)]`
    rendezvous  ///< each officer's rank from matter and officer; the highest rank wins
};

/// The engine chose an officer (engine/allocate, docs/formats/draw.md).
struct TaskDrawn {
    TaskNumber task{};
    OfficerId officer;  ///< empty: nobody could be drawn, or the pool is below its minimum
    std::vector<OfficerId> candidates;  ///< sorted
    std::vector<Exclusion> excluded;    ///< sorted by officer
    std::uint64_t entropy = 0;
    Allocation by = Allocation::draw;
    /// One per candidate: the weight in a draw, or the number of tasks held for the shortest queue.
    /// Empty in a draw: all weights are equal.
    std::vector<std::uint32_t> figures;
    OfficerId last;  ///< whose turn it was last
    /// Binds the draw to the parties' keys of the day: SHA-256 over the published fingerprints.
    /// Nullopt where no keys were used.
    std::optional<Digest> keys;
    /// How the officer is derived from the keys (docs/formats/draw.md).
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

/// A task passed from its holder to another officer (`to`), or to nobody yet (`to` empty).
/// `absent`: the engine took it back, because the officer it was drawn for is away or is no longer
/// eligible.
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
    FieldValues fields;  ///< those given by the officer, then those set by the outcome
    std::vector<MaterialReceipt> materials;
    Path path;
    friend bool operator==(const TaskCompleted&, const TaskCompleted&) = default;
};

/// The task's step was left in another way: a cancelled branch, a left stage, or a time-out.
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
    Date due;  ///< the nominal due day
    Path path;
    friend bool operator==(const TimerFired&, const TimerFired&) = default;
};

/// The case's limits stop running, on a ground that the definition names (R14).
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
    std::string evidence = {};  ///< of the applicant's act, if recorded by an officer
    friend bool operator==(const MaterialsSupplied&, const MaterialsSupplied&) = default;
};

struct CaseWithdrawn {
    std::string reason;
    Path path;
    std::string evidence = {};  ///< of the applicant's request, if recorded by an officer
    friend bool operator==(const CaseWithdrawn&, const CaseWithdrawn&) = default;
};

/// A limit has passed: `yellow` for a step or the promised limit, `red` for the statutory limit
/// (R27). Never cleared, even if the limit changes afterwards.
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

/// The limits that the item's rules computed for this case. Follows its acceptance.
struct LimitsComputed {
    std::optional<Limit> statutory, promised;  ///< nullopt: the item's own limit applies
    friend bool operator==(const LimitsComputed&, const LimitsComputed&) = default;
};

/// The statutory limit was extended by approval (延期, R10). The approving act precedes this event
/// and states the reason. The promised limit is the hall's own and does not change.
struct LimitExtended {
    Limit by;
    std::optional<Date> statutory_due;  ///< nullopt while the clock is paused
    bool provisional = false;
    friend bool operator==(const LimitExtended&, const LimitExtended&) = default;
};

/// The severity of a warning about an approaching limit.
enum class Signal : std::uint8_t { yellow, red };

/// Warns about a limit from the start of day `from`.
struct Warning {
    LimitPassed::Kind kind = LimitPassed::Kind::step;
    TaskNumber task{};  ///< for Kind::step
    Signal signal = Signal::yellow;
    Date from;
    friend bool operator==(const Warning&, const Warning&) = default;
};

/// The warnings of limits that have started to run. They replace earlier warnings of the same
/// limits.
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

/// A task's limit has passed and its step names a post to notify. This does not change who may do
/// the task.
struct TaskEscalated {
    TaskNumber task{};
    PostId post;
    friend bool operator==(const TaskEscalated&, const TaskEscalated&) = default;
};

/// The applicant or a supervisor asked for faster handling (催办).
struct CaseUrged {
    std::string reason;
    friend bool operator==(const CaseUrged&, const CaseUrged&) = default;
};

/// Days were computed from an incomplete calendar, or the calendar has changed since (R1). Holds
/// the days by the current calendar. What has fired or passed stays.
struct DaysRecounted {
    std::optional<Date> statutory_due, promised_due;
    bool provisional = false;
    std::vector<std::pair<TaskNumber, Date>> tasks;     ///< those whose due day changed
    std::vector<std::pair<TransitionId, Date>> timers;  ///< armed ones whose day changed
    friend bool operator==(const DaysRecounted&, const DaysRecounted&) = default;
};

/// A case was selected for a random re-check, or passed over. `of` in `in` cases are re-checked.
struct CaseSampled {
    StepId step;
    bool taken = false;
    std::uint32_t of = 1, in = 1;
    std::uint64_t entropy = 0;
    std::optional<Digest> keys;  ///< as in TaskDrawn
    /// As in TaskDrawn. Nullopt: derived from the day and the step alone.
    std::optional<Date> keyed_on;
    std::uint32_t round = 0;
    friend bool operator==(const CaseSampled&, const CaseSampled&) = default;
};

/// The applicant may rate the visit during which `task` was completed, or the whole case (no task).
struct RatingInvited {
    TaskNumber task{};
    OfficerId officer;  ///< who completed the task
    Digest token;       ///< SHA-256 of the token given to the applicant
    WindowId window;    ///< the officer's window; empty: none
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

/// An officer may from this event on see what was hidden: `officer`, or the acting officer in
/// events older than the rule that a second person must grant it.
struct CaseUnsealed {
    Sealed what = Sealed::applicant;
    std::string reason;
    OfficerId officer = {};
    friend bool operator==(const CaseUnsealed&, const CaseUnsealed&) = default;
};

/// The acting officer may read personal data of the case, on that day and for that purpose.
struct CaseRead {
    std::string purpose;
    friend bool operator==(const CaseRead&, const CaseRead&) = default;
};

/// The intake task corrected fields of the application before acceptance. The event of the command
/// itself holds the new values, earlier events the old ones.
struct FieldsCorrected {
    TaskNumber task{};
    std::vector<FieldId> fields;
    friend bool operator==(const FieldsCorrected&, const FieldsCorrected&) = default;
};

/// The actor asks to exclude an officer (回避). An officer's request about themselves takes effect
/// at once.
struct RecusalAsked {
    OfficerId officer;
    PersonId person;  ///< of the officer, by the organization at that moment
    std::string ground, reason;
    friend bool operator==(const RecusalAsked&, const RecusalAsked&) = default;
};
struct RecusalDecided {
    OfficerId officer;
    bool granted = false;
    std::string reason;
    friend bool operator==(const RecusalDecided&, const RecusalDecided&) = default;
};

/// Nobody can be drawn for the task. It is shown as work of `post`, whose officers choose a way
/// out.
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

/// The acting officer asks to see what is hidden from them. Nothing is shown yet.
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

/// Holds the content of an event. Its special members are defined once, in base/alternatives.cpp,
/// which shortens builds.
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

/// An officer's signature of a command (signing.hpp). The signed text can be rebuilt from the
/// event, the case and the command's first event, except for the full content of the request.
struct ActSignature {
    Digest asked;     ///< SHA-256 of the request's content
    std::string key;  ///< the verification key that the organization had, labelled as in Signer
    std::string signature;  ///< 64 bytes
    friend bool operator==(const ActSignature&, const ActSignature&) = default;
};

/// A personal part of an event that is stored encrypted outside the event and is empty inside it
/// (docs/formats/sealed.md).
struct SealedPart {
    static constexpr std::uint32_t applicant = 0;  ///< the part with the applicant's identity
    std::uint32_t part = 0;                        ///< which part (trail/sealing)
    std::int64_t person = 0;  ///< the store's number of the data subject (PersonKeyRow)
    Digest commitment;        ///< to the content, with a salt
    friend bool operator==(const SealedPart&, const SealedPart&) = default;
};

/// One entry of the trail.
struct Event {
    EventPayload what;
    Instant recorded;  ///< by the engine's clock; never before the previous event
    Instant happened;  ///< as stated by the actor; equal to `recorded` unless entered later
    Actor actor;
    PostId post;     ///< the post the officer acted from; empty for applicant and engine
    CommandKey key;  ///< key of the command; only on its first event
    /// Fingerprint of the command's request (engine/request.hpp). Never 0 on the first event of a
    /// command, 0 on those that follow. Distinguishes a repeated request from a reused key, and
    /// marks where the answer to a key ends.
    std::uint64_t request = 0;
    /// Of the clock from which `happened` was read. Determines its local day.
    UtcOffset offset = {};
    /// On the event that states what was done: empty, or the officer's signature of the command.
    std::vector<ActSignature> signatures = {};
    /// Ascending by part. Still listed after the parts have been restored.
    std::vector<SealedPart> sealed = {};
    /// On every event of a batch's command: its origin. None or one.
    std::vector<BatchOrigin> batch = {};
    friend bool operator==(const Event&, const Event&) = default;
};
using Events = std::vector<Event>;

/// Returns whether the event belongs to the store's journal rather than to a case.
bool is_of_journal(const EventPayload& what);

/// Returns the transitions that the event fired, null for a kind that fires none. The pointer is
/// into `what`.
const Path* path_of(const EventPayload& what);

/// Returns the stable name of an event's kind, `task_completed`.
std::string_view kind_of(const EventPayload& what);

}  // namespace workflow::inline v0
