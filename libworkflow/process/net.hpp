#pragma once

/// The compiled net: what the engine executes and the verifier checks.
///
/// A workflow net with weighted and reset arcs (van der Aalst 1998; Wynn et al. 2009 for resets). A
/// step is a place (`at`). A token there means that the case is at that step. Steps with an
/// activity (task, wait, end) hold the token until a trigger fires one of the place's transitions.
/// Choose, fork and join are automatic and fire at once. A region (parallel or stage) has an
/// `active` place, marked while it runs, and a `done` place that counts its finished branches.
/// Leaving a region clears every place in it.
///
/// Immutable once compiled. Shared by all cases that run on it, and by threads.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <workflow/event.hpp>
#include <workflow/values.hpp>

#include "../base/source.hpp"
#include "../definition/item.hpp"
#include "../definition/steps/step.hpp"
#include "../feel/expression.hpp"
#include "satisfiability.hpp"

namespace workflow::inline v0 {

/// Index of a transition in `process::Process::transitions`. Never stored.
using TransitionIndex = std::uint16_t;

}  // namespace workflow::inline v0

namespace workflow::process {

using PlaceIndex = std::uint16_t;
using StepIndex = std::uint16_t;
inline constexpr std::uint16_t none = 0xffff;
/// The least id of a transition. Smaller numbers are indexes written by release 0.1.
inline constexpr std::uint32_t least_transition_id = 1U << 31;

/// Bit set of members of the separated groups.
using MemberMask = std::uint64_t;

struct TaskActivity {
    DutyId duty;
    PostId post;         ///< empty: a pool's task, for any post
    bool drawn = false;  ///< the engine allocates it; nobody claims it
    definition::Among among = definition::Among::everybody;
    Allocation allocate = Allocation::draw;  ///< when `drawn`
    bool in_line = false;                    ///< taken oldest first, never by choice
    bool same_officer = false;
    std::vector<std::uint16_t> sees;  ///< slots of personal fields shown to blind reviewers
    std::string seal;
    std::optional<Limit> limit;
    feel::Expression limit_rule;  ///< how many of the limit's units apply; empty: all
    definition::WarningTimes warn;
    PostId escalate;         ///< notified when the limit has passed; empty: nobody
    MemberMask members = 0;  ///< members of separated groups that performing this task involves
    std::vector<TransitionIndex> outcomes;
    std::uint8_t role = 0;              ///< in `Process::roles`
    std::vector<std::uint16_t> writes;  ///< slots of the fields written by this task; sorted
    std::uint16_t panel = none;         ///< the panel it votes in: index in `Process::panels`
};

struct WaitActivity {
    bool for_applicant = false;
    TransitionIndex supplied = none;
    std::vector<std::uint16_t> asks;  ///< slots that the applicant may give; empty: all of theirs
};

struct EndActivity {
    EndKind end = EndKind::granted;
};

using Activity = std::variant<std::monostate, TaskActivity, WaitActivity, EndActivity>;

struct Place {
    enum class Role : std::uint8_t { at, active, done };
    Role role = Role::at;
    StepIndex step = none;
    Activity activity;
    std::vector<TransitionIndex> automatic;  ///< tried in this order when the place gets a token
    /// The drawn fraction of cases that takes the first automatic transition; the others take the
    /// second.
    std::optional<definition::Share> sample;
    std::vector<TransitionIndex> timers;  ///< armed when the place gets a token
    bool pauses_clock = false;
    std::string ground;
    bool decision_ahead = false;  ///< every path from here leads to an outcome that decides
    RoleSet ahead = 0;  ///< of the tasks reachable by a token from here, including this one
};

struct Arc {
    PlaceIndex place = none;
    std::uint16_t weight = 1;
};

struct Transition {
    TransitionId id{};  ///< its name in trails (transition_ids.hpp)
    enum class Trigger : std::uint8_t { automatic, outcome, supplied, timer, withdraw };
    Trigger trigger = Trigger::automatic;
    std::vector<Arc> takes, gives;
    std::vector<PlaceIndex> clears;  ///< emptied when it fires, before `gives`
    feel::Expression guard;          ///< empty: none
    std::string guard_text;          ///< as written by the author, for drawings and messages
    Mark guard_mark;

    // trigger outcome
    OutcomeId outcome;
    Title title;  ///< of the outcome; both texts empty when it has none
    bool needs_materials = false, needs_reason = false, accepts = false, decides = false;
    std::optional<std::uint32_t> at_most;
    struct Set {
        std::uint16_t field = 0;
        feel::Expression value;
    };
    std::vector<Set> sets;
    std::string notice;
    std::optional<Limit> extends;  ///< extends the statutory limit by this much

    Limit after;  ///< for a timer; if it `accepts`, the case is deemed accepted
    Mark mark;
};

struct StepInfo {
    StepId id;
    Title title;
    StepIndex within = none;  ///< the enclosing parallel or stage
    PlaceIndex at = none;
    PlaceIndex active = none, done = none;  ///< of a parallel or stage
    std::optional<Limit> limit;
    Mark mark;
};

struct FieldInfo {
    FieldId id;
    Title title;
    definition::FieldType type{};
    std::vector<std::string> values;
    bool required = false, personal = false;
    definition::FieldOrigin origin = definition::FieldOrigin::applicant;  ///< never `unsaid`
    bool has_purpose = false;        ///< the item states its purpose
    std::uint32_t longest = 10'000;  ///< maximum number of characters of a text
    std::optional<Value> initial;
    feel::Expression check;
    Mark mark;
    /// Returns whether every case has a value for it from the opening on.
    [[nodiscard]] bool always_given() const {
        return initial.has_value() || (required && origin == definition::FieldOrigin::applicant);
    }
};

/// The votes of a panel, counted by the engine: a context with a number for each outcome.
struct PanelInfo {
    StepIndex step = none;
    std::uint16_t slot = 0;  ///< after those of the fields
    std::vector<OutcomeId> outcomes;
    bool decides = false;
    /// Returns the counts before any vote.
    [[nodiscard]] Value nothing() const;
    /// Returns the counts with one more vote.
    [[nodiscard]] Value with_vote(const Value& counts, const OutcomeId& outcome) const;
};

struct MaterialInfo {
    MaterialId id;
    Title title;
    definition::MaterialSource source{};
    feel::Expression when;
    Mark when_mark;
    std::optional<Limit> within;
    bool for_proxy = false;  ///< proves the agent's authority; needed only with an agent
    Mark mark;
};

/// A part in a case: its tasks of one duty, at one post or drawn, with the same members.
struct Role {
    PlaceIndex place = none;            ///< of the first of its tasks
    RoleSet apart = 0;                  ///< the roles that its performer may not play
    std::vector<std::uint16_t> roster;  ///< officers of `Process::staff` with a post for it
};

struct Process {
    ItemId item;
    std::uint32_t revision = 1;
    std::string code;
    Title title;
    Digest digest;
    definition::ItemKind kind{};
    std::vector<std::string> applicants, channels;
    std::vector<ModeId> modes;  ///< modes in which it is offered; empty: all of the organization's
    std::string section;        ///< the section it belongs to; empty: none
    bool rated = true;          ///< the applicant is invited to rate
    std::optional<Limit> statutory, promised;  ///< with a rule: the maximum
    feel::Expression statutory_rule, promised_rule;
    definition::WarningTimes warn;
    bool warns = false;                 ///< of any limit of the case or a task
    bool counted_from_receipt = false;  ///< limits run from the last material, not the acceptance
    std::optional<Mark> statutory_mark, promised_mark;  ///< where the author wrote it
    std::vector<CalendarId> calendars;  ///< a day counts if it counts in all; empty: the catalog's
    bool no_application = false, zero_refusal = false;

    std::vector<FieldInfo> fields;  ///< in the order of the expressions' slots
    std::vector<PanelInfo> panels;  ///< their votes use the slots after the fields
    std::vector<MaterialInfo> materials;
    std::vector<Place> places;
    std::vector<Transition> transitions;
    std::vector<std::pair<TransitionId, TransitionIndex>> transition_ids;  ///< ascending
    std::vector<StepInfo> steps;
    PlaceIndex start = none;
    TransitionIndex withdraw = none;
    std::optional<Digest> staff;       ///< the organization it was compiled with, if any
    bool accepted_at_opening = false;  ///< no outcome accepts: limits run from the opening

    std::vector<std::string> members;   ///< names of the separated members, by bit
    std::vector<MemberMask> conflicts;  ///< by member: those that must not be combined with it
    std::vector<definition::Guarantee> guarantees;
    std::vector<Role> roles;     ///< 64 at most
    std::vector<RoleSet> plays;  ///< by officer of `staff`: roles for which the person has a post

    /// Returns the number of slots of expressions.
    [[nodiscard]] std::size_t slots() const { return fields.size() + panels.size(); }
    [[nodiscard]] std::optional<std::uint16_t> field(const FieldId& id) const;
    [[nodiscard]] std::optional<std::uint16_t> material(const MaterialId& id) const;
    [[nodiscard]] std::optional<StepIndex> step(const StepId& id) const;
    [[nodiscard]] const StepInfo& step_at(PlaceIndex place) const {
        return steps[places[place].step];
    }
    /// Returns the task of a place, or nullptr when there is none.
    [[nodiscard]] const TaskActivity* task_at(PlaceIndex place) const {
        return std::get_if<TaskActivity>(&places[place].activity);
    }
    [[nodiscard]] const WaitActivity* wait_at(PlaceIndex place) const {
        return std::get_if<WaitActivity>(&places[place].activity);
    }
    [[nodiscard]] const EndActivity* end_at(PlaceIndex place) const {
        return std::get_if<EndActivity>(&places[place].activity);
    }
    /// Returns the index of the transition named in a trail, or `none` if the net has none.
    [[nodiscard]] TransitionIndex index_of(TransitionId id) const;
    /// Returns the first transition of a path, or nullptr where there is none.
    [[nodiscard]] const Transition* first_of(const Path& path) const {
        const auto index = path.empty() ? none : index_of(path.front());
        return index == none ? nullptr : &transitions[index];
    }
    /// Returns everything that must not be combined with any member of `mask`.
    [[nodiscard]] MemberMask conflicts_of(MemberMask mask) const;
    [[nodiscard]] MemberMask member(std::string_view name) const;  ///< 0 when it is in no group
};

}  // namespace workflow::process
