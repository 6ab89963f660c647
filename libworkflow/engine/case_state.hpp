#pragma once

/// A case: tokens, tasks, fields, clocks, version. A value: the fold of its events.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <boost/container/small_vector.hpp>

#include <workflow/event.hpp>
#include <workflow/values.hpp>

#include "../calendar/legal_clock.hpp"
#include "../process/duties.hpp"
#include "../process/net.hpp"

namespace workflow::engine {

/// A list that is usually short: the first `N` entries need no allocation.
template <class T, std::size_t N>
using SmallVector = boost::container::small_vector<T, N>;
template <class T, std::size_t N>
std::span<const T> view(const SmallVector<T, N>& list) {
    return {list.data(), list.size()};
}

struct Token {
    process::PlaceIndex place = process::none;
    std::uint16_t count = 1;
    friend bool operator==(const Token&, const Token&) = default;
};

using Marking = SmallVector<Token, 6>;

struct Task {
    TaskNumber number{};
    process::PlaceIndex place = process::none;
    OfficerId holder;  ///< empty: nobody yet
    std::optional<Date> due;
    bool overdue = false;             ///< its LimitPassed is recorded
    PostId escalated;                 ///< the post that was notified
    bool undrawn = false;             ///< a draw found nobody; `advance` tries again
    std::vector<OfficerId> returned;  ///< returned it: not drawn for it again
    PostId stranded;          ///< the post whose officers choose a way out; empty: none needed
    bool widened = false;     ///< its draw includes officers of every hall and section
    bool small_pool = false;  ///< a way out was chosen: drawn from however few are left
    Instant offered;
    friend bool operator==(const Task&, const Task&) = default;
};

struct Timer {
    TransitionIndex transition = 0;
    Date armed, due;
    std::optional<Instant> moment;
    friend bool operator==(const Timer&, const Timer&) = default;
};

struct OutcomeCount {
    TransitionIndex transition = 0;
    std::uint32_t times = 0;
    friend bool operator==(const OutcomeCount&, const OutcomeCount&) = default;
};

/// The last officer who performed the task of a step.
struct LastPerformer {
    process::PlaceIndex place = process::none;
    OfficerId officer;
    friend bool operator==(const LastPerformer&, const LastPerformer&) = default;
};

/// Who has asked for faster handling, and when last. The applicant has no id here.
struct Urging {
    OfficerId officer;
    Date last;
    friend bool operator==(const Urging&, const Urging&) = default;
};

/// A keyed command that was carried out: its answer is the events (before, after].
struct AnsweredKey {
    CommandKey key;
    std::uint64_t request = 0;  ///< fingerprint of the request
    std::uint32_t before = 0, after = 0;
    friend bool operator==(const AnsweredKey&, const AnsweredKey&) = default;
};

/// What the applicant may rate, and whether they have.
struct Rateable {
    TaskNumber task{};  ///< 0: the whole case
    OfficerId officer;  ///< who completed the task
    Digest token;
    std::optional<Grade> grade;
    bool supplemented = false, set_aside = false;
    friend bool operator==(const Rateable&, const Rateable&) = default;
};

/// A pending request to exclude an officer.
struct OpenRecusal {
    OfficerId officer;
    PersonId person;
    Actor asked_by;
    friend bool operator==(const OpenRecusal&, const OpenRecusal&) = default;
};

/// An officer who was shown what was hidden from them, or who asks for it.
struct Unsealing {
    OfficerId officer;
    Sealed what = Sealed::applicant;
    friend bool operator==(const Unsealing&, const Unsealing&) = default;
};

/// Who reads personal data of the case, for which purpose, and on which day last.
struct Reading {
    OfficerId officer;
    std::string purpose;
    Date day;
    friend bool operator==(const Reading&, const Reading&) = default;
};

enum class MaterialState : std::uint8_t { missing, provided, committed };

struct Case {
    std::uint32_t version = 0;
    CaseNumber number;
    PersonId applicant;
    PersonId party;  ///< the applicant's normalized id; empty: `applicant` is normalized
    SmallVector<PersonId, 1> others;  ///< other parties: an agent, and recused officers
    HallId hall;
    ModeId mode;
    bool comes_first = false, anywhere = false, by_proxy = false;
    std::optional<Instant> appointment;
    Instant opened, last_recorded, last_happened;
    Instant filed;               ///< when its opening was recorded, whatever time was stated
    Marking marking;             ///< sorted by place
    SmallVector<Task, 2> tasks;  ///< open ones, by number
    std::uint32_t last_task = 0;
    SmallVector<Timer, 2> timers;              ///< armed, sorted by due, then transition
    std::vector<Value> fields;                 ///< by slot
    SmallVector<MaterialState, 16> materials;  ///< by index
    SmallVector<process::Performance, 4> performed;
    /// Who ran the scripts that performed something. No officer: a machine account.
    std::vector<process::Performance> operated;
    SmallVector<LastPerformer, 4> last_performers;
    SmallVector<OutcomeCount, 4> outcomes;  ///< sorted by transition
    std::optional<LegalClock> statutory, promised;
    std::optional<Date> statutory_due, promised_due;  ///< as stated by the events
    bool provisional = false;                         ///< ... from an incomplete calendar
    bool statutory_passed = false, promised_passed = false;
    bool extended = false;
    SmallVector<Warning, 4> warnings;  ///< not given yet
    SmallVector<Urging, 2> urgings;
    std::uint32_t times_urged = 0;
    std::vector<Rateable> rateable;
    std::vector<Unsealing> unsealed;
    std::vector<Unsealing> unseal_asked;  ///< not decided yet
    std::vector<OpenRecusal> recusals;
    Date keyed_on;              ///< the day whose keys its draws use
    std::uint32_t round = 0;    ///< number of earlier decisions in the matter
    bool keyed = false;         ///< ... as stated by its first event
    bool draw_decided = false;  ///< counts as a decision of its matter
    std::vector<Reading> readings;
    Date received;  ///< day of the last requested material
    std::optional<Date> accepted;
    bool paused = false;
    bool decided = false;
    SmallVector<std::uint64_t, 1> frozen;  ///< bits by slot: had a value when the case was decided
    std::optional<EndKind> end;
    SmallVector<AnsweredKey, 4> keys;
    bool answering = false;  ///< the last command had a key: the following events are its answer
    friend bool operator==(const Case&, const Case&) = default;

    [[nodiscard]] process::Parties parties() const {
        return {party.empty() ? applicant : party, view(others)};
    }
    /// Returns whether the field had a value when the case was decided.
    [[nodiscard]] bool froze(std::size_t slot) const {
        return slot / 64 < frozen.size() && (frozen[slot / 64] >> slot % 64 & 1) != 0;
    }
    [[nodiscard]] bool open() const { return version > 0 && !end; }
    [[nodiscard]] const Task* task(TaskNumber number) const;
    [[nodiscard]] std::uint16_t tokens(process::PlaceIndex place) const;
};

/// Sets the parties of the case that is opened. Trails older than the normalization of ids contain
/// other spellings of one id.
void name_parties(Case& c, const CaseOpened& opened);
/// Records who has done a task, and that an outcome was taken.
void remember(Case& c, process::PlaceIndex place, const OfficerId& officer);
void count(Case& c, TransitionIndex outcome);

/// Returns the roles still ahead of a case in that marking.
process::RoleSet ahead_of(const process::Process& process, const Marking& marking);

/// Returns the first day on which `advance` has something to do with the case, or nullopt when
/// never. For a task for which nobody could be drawn, returns the earliest of all days: every
/// advance tries again.
std::optional<Date> wake_day(const Case& c);

/// Returns the same bytes for the same state, on every machine. Replay tests compare them.
std::string canonical(const Case& c);

}  // namespace workflow::engine
