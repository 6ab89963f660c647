#pragma once

/// Halls, posts and officers: who may do what and where, and who is absent.

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <workflow/values.hpp>

#include "../base/source.hpp"
#include "../calendar/local_clock.hpp"
#include "../calendar/opening_hours.hpp"
#include "../calendar/working_days.hpp"
#include "batch_rules.hpp"

namespace workflow::definition {

/// A counter where officers meet applicants.
struct Window {
    WindowId id;  ///< unique in the organization
    Title title;
    std::vector<PostId> posts;  ///< the posts that are served there
    Mark mark;
};

struct Hall {
    HallId id;
    Title title;
    std::optional<LocalClock> clock;  ///< no value: the clock of the organization
    std::optional<WeekHours> hours;   ///< no value: the hours of the organization
    std::vector<Window> windows;
    Mark mark;
};

/// The working week of officers on a shift.
struct Shift {
    ShiftId id;
    WeekHours hours;
    Mark mark;
};

struct Post {
    PostId id;
    Title title;
    std::vector<DutyId> duties;
    std::vector<PostId> not_with;  ///< no officer holds both
    bool signed_acts = false;      ///< officers sign the actions that they perform from this post
    Mark mark;
};

/// A way of serving people other than the usual one (六办). It changes order, place and hours. It
/// never changes who may do what, or how officers are drawn.
struct Mode {
    ModeId id;
    Title title;
    bool comes_first = false;  ///< its cases are taken up before others
    bool anywhere = false;     ///< its cases may be handled in every hall
    /// its cases have an appointment and are taken up at that time
    bool by_appointment = false;
    /// the times at which applications are received in this mode; no value: always
    std::optional<WeekHours> hours;
    Mark mark;
};

/// A purpose for which personal data are read.
struct Purpose {
    std::string id;
    Title title;
};

/// Returns the grounds for opening a seal that apply if the organization names none: complaint,
/// audit, court, safety.
std::vector<Purpose> default_unseal_grounds();

/// An officer who reads personal data states a purpose, and reads a limited number of cases.
struct ReadingRules {
    std::vector<Purpose> purposes;
    /// the maximum number of readings of one person; no value: unlimited
    std::optional<std::uint32_t> per_hour;

    [[nodiscard]] const Purpose* find(std::string_view purpose) const;
};

/// The maximum weight of an officer in draws. The limit prevents a weight from selecting an
/// officer.
inline constexpr std::uint32_t most_weight = 10;
/// A ground on which an officer may be asked to take no part in a case (回避).
struct Ground {
    std::string id;
    Title title;
};

/// The officers by whom a pool is extended if actions have made it small.
enum class Widening : std::uint8_t {
    other_sections,  ///< and officers with a broader qualification
    /// where the draw is among the officers of a post; other pools include every hall
    other_halls
};

/// The rules for draws from pools that actions have made small.
struct DrawRules {
    /// No draw takes place from a pool that had at least this many officers, and has fewer because
    /// of recusals, returns and absences.
    std::uint32_t minimum = 3;
    std::vector<Widening> widen{Widening::other_sections, Widening::other_halls};  ///< in order
    PostId stranded;  ///< chooses how the case continues; empty: the supervisors
};

/// On these days, a substitute holds the posts of the colleague in addition to their own posts.
struct Substitution {
    OfficerId colleague;
    DaySpan days;
    friend bool operator==(const Substitution&, const Substitution&) = default;
};

struct Officer {
    OfficerId id;
    std::string name;
    /// the human being, in the form in which ids are compared; the officer's id if not given
    PersonId person;
    HallId hall;
    std::string section;
    std::vector<PostId> posts;
    std::vector<std::string> qualified;  ///< names of items, `prefix.*` or `*`; default `*`
    std::vector<DaySpan> absent;
    std::vector<Substitution> substitutes;
    std::optional<Date> left;  ///< no longer in service from this day
    bool supervisor = false;
    std::uint32_t weight = 1;  ///< the relative chance in draws, at most most_weight
    /// verifies the officer's signatures, labelled as in Signer; empty: none
    std::string key;
    WindowId window;  ///< the officer's window; empty: none
    ShiftId shift;    ///< empty: the officer works in no shift, on every day
    Mark mark;
};

/// Immutable once loaded; may be shared by threads.
struct Organization {
    std::string id;
    Title title;
    LocalClock clock;
    std::optional<WeekHours> hours;  ///< the hours of halls that have none of their own
    std::vector<Hall> halls;
    std::vector<Post> posts;
    std::vector<Mode> modes;
    std::vector<Shift> shifts;
    DrawRules draw;
    std::vector<Ground> recusal_grounds;
    /// no value: officers need not state a purpose for reading
    std::optional<ReadingRules> reading;
    bool citizen_ids_checked = false;  ///< whether check digits of citizens' ids are checked
    /// States whether a second person must confirm changes that affect draws. If the file does not
    /// say: true if it names supervisors who are two different human beings.
    bool second_person = false;
    std::vector<Officer> officers;  ///< sorted by id
    Digest digest;
    Mark mark;
    std::vector<BatchRule> batch_rules;  ///< what scripts may decide by rule
    std::vector<Purpose> unseal_grounds = default_unseal_grounds();

    [[nodiscard]] const Officer* officer(const OfficerId& id) const;  ///< O(log n)
    [[nodiscard]] const Post* post(const PostId& id) const;
    [[nodiscard]] const Mode* mode(const ModeId& id) const;
    [[nodiscard]] const Shift* shift(const ShiftId& id) const;
    [[nodiscard]] const Ground* recusal_ground(std::string_view id) const;
    /// Returns a window of the hall.
    [[nodiscard]] const Window* window(const HallId& hall, const WindowId& id) const;
    /// Returns the clock of the hall. Returns the clock of the organization if the hall has none,
    /// or if no hall is given.
    [[nodiscard]] const LocalClock& clock_of(const HallId& hall) const;
    /// Returns the declared hours of the hall, or else those of the organization; nullptr if
    /// neither declares any.
    [[nodiscard]] const WeekHours* declared_hours(const HallId& hall) const;
    /// Returns the times at which the hall is open on the days of the calendar. If no hours are
    /// declared, the hall is open at every time of a working day. Keeps a reference to `calendar`.
    [[nodiscard]] OpeningHours hours_of(const HallId& hall, const WorkingDays& calendar) const;
    /// Returns the latest local day of all clocks of the organization. Nothing is due anywhere on a
    /// later day.
    [[nodiscard]] Date latest_day(Instant moment) const;
};

bool qualified_for(const Officer& officer, const ItemId& item);
/// Returns how narrowly the officer's qualification names the item: 0 for `*`; the value grows with
/// the number of matching letters.
std::size_t narrowness(const Officer& officer, const ItemId& item);
bool absent_on(const Officer& officer, Date day);
/// Returns whether the officer's shift has no hours on `day`. Such an officer is allocated no work
/// on that day. The check is by day and not by hour on purpose: if the pool were narrowed by the
/// hour, an applicant who files at night could choose the reviewer.
bool off_shift(const Organization& organization, const Officer& officer,
               const WorkingDays& calendar, Date day);
/// Returns whether the window serves one of the officer's posts, or of the posts that the officer
/// holds as a substitute.
bool serves_at(const Organization& organization, const Officer& officer, const Window& window);
/// Returns the officer's own posts and those that the officer holds as a substitute on `day`.
std::vector<PostId> posts_on(const Organization& organization, const Officer& officer, Date day);
/// Returns the officers with the same name, regardless of width, case and spaces.
std::vector<OfficerId> namesakes(const Organization& organization, std::string_view name);
/// Returns the number of human beings who are supervisors and have no last day.
std::size_t count_supervisors(const Organization& organization);
/// Returns two of the posts that no officer may hold together, according to their `not with`.
std::optional<std::pair<PostId, PostId>> posts_apart(const Organization& organization,
                                                     const std::vector<PostId>& posts);

}  // namespace workflow::definition
