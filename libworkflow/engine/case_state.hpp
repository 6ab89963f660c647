#pragma once

/// A case: tokens, tasks, fields, clocks, version. A value; the fold of its events.

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

/// A list that is nearly always short: the first `N` entries need no memory of their own.
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
    PostId escalated;                 ///< the post that was told of it
    bool undrawn = false;             ///< a draw found nobody; `advance` tries again
    std::vector<OfficerId> returned;  ///< gave it back: not drawn for it again
    PostId stranded;                  ///< whose officers choose a way out; empty: it needs none
    bool widened = false;             ///< officers of every hall and section are in its draw
    bool small_pool = false;          ///< a way out was chosen: it is drawn from whoever is left
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

/// Who has asked for haste, and when last. The applicant has no id here.
struct Urging {
    OfficerId officer;
    Date last;
    friend bool operator==(const Urging&, const Urging&) = default;
};

/// A keyed command that was carried out: its answer is events (before, after].
struct AnsweredKey {
    CommandKey key;
    std::uint64_t request = 0;  ///< fingerprint of what was asked
    std::uint32_t before = 0, after = 0;
    friend bool operator==(const AnsweredKey&, const AnsweredKey&) = default;
};

/// What the applicant may rate, and whether he has.
struct Rateable {
    TaskNumber task{};  ///< none: the whole case
    OfficerId officer;  ///< who did the task
    Digest token;
    std::optional<Grade> grade;
    bool supplemented = false, set_aside = false;
    friend bool operator==(const Rateable&, const Rateable&) = default;
};

/// A request that an officer take no part, not decided yet.
struct OpenRecusal {
    OfficerId officer;
    PersonId person;
    Actor asked_by;
    friend bool operator==(const OpenRecusal&, const OpenRecusal&) = default;
};

/// An officer who was shown what was kept from him, or who asks for it.
struct Unsealing {
    OfficerId officer;
    Sealed what = Sealed::applicant;
    friend bool operator==(const Unsealing&, const Unsealing&) = default;
};

/// Who reads personal data of the case, what for, and on which day last.
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
    PersonId party;  ///< the applicant as ids are compared; empty: `applicant` is so already
    SmallVector<PersonId, 1> others;  ///< with a side in it: an agent, and officers recused
    HallId hall;
    ModeId mode;
    bool comes_first = false, anywhere = false, by_proxy = false;
    std::optional<Instant> appointment;
    Instant opened, last_recorded, last_happened;
    Instant filed;               ///< when its opening was recorded, whatever time was claimed
    Marking marking;             ///< sorted by place
    SmallVector<Task, 2> tasks;  ///< open ones, by number
    std::uint32_t last_task = 0;
    SmallVector<Timer, 2> timers;              ///< armed, sorted by due, then transition
    std::vector<Value> fields;                 ///< by slot
    SmallVector<MaterialState, 16> materials;  ///< by index
    SmallVector<process::Performance, 4> performed;
    /// Who ran the scripts that performed something; no officer: an account of the machine.
    std::vector<process::Performance> operated;
    SmallVector<LastPerformer, 4> last_performers;
    SmallVector<OutcomeCount, 4> outcomes;  ///< sorted by transition
    std::optional<LegalClock> statutory, promised;
    std::optional<Date> statutory_due, promised_due;  ///< as the events say
    bool provisional = false;                         ///< ... by a calendar that is not complete
    bool statutory_passed = false, promised_passed = false;
    bool extended = false;
    SmallVector<Warning, 4> warnings;  ///< that have not been given yet
    SmallVector<Urging, 2> urgings;
    std::uint32_t times_urged = 0;
    std::vector<Rateable> rateable;
    std::vector<Unsealing> unsealed;
    std::vector<Unsealing> unseal_asked;  ///< not decided yet
    std::vector<OpenRecusal> recusals;
    Date keyed_on;              ///< whose keys its draws use
    std::uint32_t round = 0;    ///< how often the matter was decided before
    bool keyed = false;         ///< ... as its first event says
    bool draw_decided = false;  ///< it counts among those that were decided
    std::vector<Reading> readings;
    Date received;  ///< the last material that was asked for
    std::optional<Date> accepted;
    bool paused = false;
    bool decided = false;
    SmallVector<std::uint64_t, 1> frozen;  ///< bits by slot: had a value when the case was decided
    std::optional<EndKind> end;
    SmallVector<AnsweredKey, 4> keys;
    bool answering = false;  ///< the last command had a key: events that follow are its answer
    friend bool operator==(const Case&, const Case&) = default;

    [[nodiscard]] process::Parties parties() const {
        return {party.empty() ? applicant : party, view(others)};
    }
    /// Had the field a value when the case was decided?
    [[nodiscard]] bool froze(std::size_t slot) const {
        return slot / 64 < frozen.size() && (frozen[slot / 64] >> slot % 64 & 1) != 0;
    }
    [[nodiscard]] bool open() const { return version > 0 && !end; }
    [[nodiscard]] const Task* task(TaskNumber number) const;
    [[nodiscard]] std::uint16_t tokens(process::PlaceIndex place) const;
};

/// Who has a side in the case that is opened. Trails from before ids were normalized have other
/// spellings of one id.
void name_parties(Case& c, const CaseOpened& opened);
/// Notes who has done a task, and that an outcome was taken.
void remember(Case& c, process::PlaceIndex place, const OfficerId& officer);
void count(Case& c, TransitionIndex outcome);

/// What can still come in a case that stands there.
process::RoleSet ahead_of(const process::Process& process, const Marking& marking);

/// The first day on which `advance` has something to do with the case; nothing when never. For a
/// task that nobody could be drawn for, the first of all days: it is tried again at every advance.
std::optional<Date> wake_day(const Case& c);

/// The same bytes for the same state, on every machine: what replay tests compare.
std::string canonical(const Case& c);

}  // namespace workflow::engine
