#pragma once

/// Halls, posts and officers: who may do what, where, and who is away.

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

/// A counter where officers meet people.
struct Window {
    WindowId id;  ///< no other window of the organization has it
    Title title;
    std::vector<PostId> posts;  ///< that are served there
    Mark mark;
};

struct Hall {
    HallId id;
    Title title;
    std::optional<LocalClock> clock;  ///< nothing: the organization's
    std::optional<WeekHours> hours;   ///< nothing: the organization's
    std::vector<Window> windows;
    Mark mark;
};

/// The week of those who work in shifts.
struct Shift {
    ShiftId id;
    WeekHours hours;
    Mark mark;
};

struct Post {
    PostId id;
    Title title;
    std::vector<DutyId> duties;
    std::vector<PostId> not_with;  ///< nobody holds both
    bool signed_acts = false;      ///< who acts from it signs what he does
    Mark mark;
};

/// A way of serving people beside the usual one (六办), and what it changes: order, place and
/// hours. It never changes who may do what, nor how officers are drawn.
struct Mode {
    ModeId id;
    Title title;
    bool comes_first = false;        ///< its cases are taken up before others
    bool anywhere = false;           ///< its cases may be handled in every hall
    bool by_appointment = false;     ///< it has an appointment, and its turn comes then
    std::optional<WeekHours> hours;  ///< when applications come in that way; nothing: always
    Mark mark;
};

/// What personal data are read for.
struct Purpose {
    std::string id;
    Title title;
};

/// Grounds on which a seal is opened where the organization names none: complaint, audit, court,
/// safety.
std::vector<Purpose> default_unseal_grounds();

/// Whoever reads personal data says what for, and reads only so many cases.
struct ReadingRules {
    std::vector<Purpose> purposes;
    std::optional<std::uint32_t> per_hour;  ///< readings of one person; nothing: any number

    [[nodiscard]] const Purpose* find(std::string_view purpose) const;
};

/// No officer has a greater chance in draws beside others' than this: nobody is picked by a weight.
inline constexpr std::uint32_t most_weight = 10;
/// Why an officer may be asked to take no part (回避).
struct Ground {
    std::string id;
    Title title;
};

/// Whom a pool that acts have made small is widened by.
enum class Widening : std::uint8_t {
    other_sections,  ///< and those who are qualified less narrowly
    other_halls      ///< where the draw is among a post's officers; other pools are of every hall
};

/// What draws keep to where acts have made their pool small.
struct DrawRules {
    /// A pool that had so many, and by recusals, returns and absences has fewer, is not drawn from.
    std::uint32_t minimum = 3;
    std::vector<Widening> widen{Widening::other_sections, Widening::other_halls};  ///< in order
    PostId stranded;  ///< chooses the way out; empty: the supervisors
};

/// Who stands in for a colleague has his posts beside his own, on those days.
struct Substitution {
    OfficerId colleague;
    DaySpan days;
    friend bool operator==(const Substitution&, const Substitution&) = default;
};

struct Officer {
    OfficerId id;
    std::string name;
    PersonId person;  ///< the human being, as ids are compared; the officer's id when not given
    HallId hall;
    std::string section;
    std::vector<PostId> posts;
    std::vector<std::string> qualified;  ///< items, `prefix.*` or `*`; default `*`
    std::vector<DaySpan> absent;
    std::vector<Substitution> substitutes;
    std::optional<Date> left;  ///< no longer in service from this day
    bool supervisor = false;
    std::uint32_t weight = 1;  ///< the chance in draws beside the others', up to most_weight
    std::string key;           ///< verifies what he signs, labelled as in Signer; empty: none
    WindowId window;           ///< where he sits; empty: nowhere
    ShiftId shift;             ///< empty: he works in none, every day
    Mark mark;
};

/// Immutable once loaded; shared by threads.
struct Organization {
    std::string id;
    Title title;
    LocalClock clock;
    std::optional<WeekHours> hours;  ///< of halls that have none of their own
    std::vector<Hall> halls;
    std::vector<Post> posts;
    std::vector<Mode> modes;
    std::vector<Shift> shifts;
    DrawRules draw;
    std::vector<Ground> recusal_grounds;
    std::optional<ReadingRules> reading;  ///< nothing: nobody need say why he reads
    bool citizen_ids_checked = false;     ///< are check digits of citizens' ids checked?
    /// Does a second person confirm what shapes draws? Without a word in the file: where it names
    /// supervisors who are two different human beings.
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
    /// A window of the hall.
    [[nodiscard]] const Window* window(const HallId& hall, const WindowId& id) const;
    /// The hall's clock; the organization's where it has none of its own, and for no hall.
    [[nodiscard]] const LocalClock& clock_of(const HallId& hall) const;
    /// What the hall's door says, or the organization's; nullptr where neither says anything.
    [[nodiscard]] const WeekHours* declared_hours(const HallId& hall) const;
    /// When the hall is open on the calendar's days. Where nothing is said of hours, at every time
    /// of a working day. Refers to `calendar`.
    [[nodiscard]] OpeningHours hours_of(const HallId& hall, const WorkingDays& calendar) const;
    /// The day that it is where the day begins first: nothing is due anywhere on a later one.
    [[nodiscard]] Date latest_day(Instant moment) const;
};

bool qualified_for(const Officer& officer, const ItemId& item);
/// How narrowly his qualification names the item: 0 with `*`, the more letters of it the more.
std::size_t narrowness(const Officer& officer, const ItemId& item);
bool absent_on(const Officer& officer, Date day);
/// Has his shift no hours on `day`? Then he is given no work on it. By day and not by hour, on
/// purpose: were a pool narrowed by the hour, whoever files at night could choose his reviewer.
bool off_shift(const Organization& organization, const Officer& officer,
               const WorkingDays& calendar, Date day);
/// Is one of his posts, or of those whom he stands in for, served at the window?
bool serves_at(const Organization& organization, const Officer& officer, const Window& window);
/// His own posts, and those of whom he stands in for on `day`.
std::vector<PostId> posts_on(const Organization& organization, const Officer& officer, Date day);
/// Officers whose name reads like this one, whatever its width, case and blanks.
std::vector<OfficerId> namesakes(const Organization& organization, std::string_view name);
/// How many human beings supervise, and have no last day.
std::size_t count_supervisors(const Organization& organization);
/// Two of the posts that nobody holds both of, by their `not with`.
std::optional<std::pair<PostId, PostId>> posts_apart(const Organization& organization,
                                                     const std::vector<PostId>& posts);

}  // namespace workflow::definition
