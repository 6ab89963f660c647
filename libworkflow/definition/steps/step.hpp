#pragma once

/// The kinds of step as values: the contents of each key of the language. The list is closed: for a
/// new kind, the compiler names every place that must handle it.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <workflow/event.hpp>
#include <workflow/values.hpp>

#include "../../base/source.hpp"
#include "../../decision/model.hpp"

namespace workflow::definition {

using ExpressionText = decision::Text;

/// The next step of the case. `done` inside a branch or a stage ends that branch or stage.
struct Target {
    StepId step;
    Mark mark;
};
inline constexpr std::string_view done_target = "done";

/// The times before the end of a limit at which a warning is given.
struct WarningTimes {
    std::optional<Limit> yellow, red;
    friend bool operator==(const WarningTimes&, const WarningTimes&) = default;
};

struct Assignment {
    FieldId field;
    ExpressionText value;
    Mark mark;
};

/// `outcomes:` of a task.
struct Outcome {
    OutcomeId id;
    Title title;
    Target to;
    bool needs_materials = false;  ///< requires: materials
    bool needs_reason = false;     ///< requires: reason
    bool accepts = false;          ///< 受理: the limits of the case run from here
    bool decides = false;          ///< the decision: the applicant can no longer withdraw
    std::optional<Limit> extends;  ///< 延期: extends the statutory limit by this much, once (R10)
    std::optional<std::uint32_t> at_most;
    ExpressionText when;  ///< the outcome is allowed only if it holds; empty: always
    std::vector<Assignment> sets;
    std::string notice;
    Mark mark;
};

/// The officers among whom a task is allocated.
enum class Among : std::uint8_t {
    everybody,   ///< pool: pass-through (通岗通审)
    section,     ///< pool: section, the officers of the item's section (分类审批)
    specialists  ///< pool: specialists, those whose qualification names the item most narrowly
};

/// `task: DUTY`: an officer chooses one of its outcomes.
struct TaskStep {
    DutyId duty;
    PostId post;         ///< the post that performs the task; empty with a pool
    bool drawn = false;  ///< the engine allocates it: a pool, or `allot` at a post
    Among among = Among::everybody;
    Allocation allocate = Allocation::draw;
    /// allot: oldest first; officers request the next task and cannot choose
    bool in_line = false;
    /// the officer who performed it before in this case gets it again (`again: same officer`)
    bool same_officer = false;
    std::string seal;
    WarningTimes warn;  ///< before the step's limit ends
    PostId escalate;    ///< informed when the step's limit has passed
    struct Seen {
        FieldId field;
        Mark mark;
    };
    std::vector<Seen> sees;  ///< personal fields that the drawn officer needs to see
    std::vector<Outcome> outcomes;
    Mark duty_mark, post_mark;
};

struct ChooseBranch {
    ExpressionText when;  ///< empty: `value` applies, or this is the last branch, `otherwise`
    std::optional<std::string> value;
    Target to;
    Mark mark;
};

/// `choose:`: takes the first branch that holds, or the branch for the value of `by`.
struct ChooseStep {
    ExpressionText by;  ///< empty: each branch has its own `when`
    std::vector<ChooseBranch> branches;
};

/// `wait: applicant` or `wait: time`.
struct WaitStep {
    bool for_applicant = false;
    std::optional<Target> supplied;  ///< on: {supplied: STEP}
    struct Asked {
        FieldId field;
        Mark mark;
    };
    /// fields that the applicant may give; empty: all fields of the applicant
    std::vector<Asked> asks;
};

struct Step;

struct Branch {
    std::string name;
    StepId start;
    Mark start_mark;
    std::vector<Step> steps;
    Mark mark;
};

/// The rule by which a panel decides (`decide:`) on its votes, which the engine counts by outcome.
struct Vote {
    ExpressionText by;                   ///< its value selects the verdict; empty: `when` does
    std::vector<ChooseBranch> verdicts;  ///< the first verdict that holds ends the panel
    std::uint32_t quorum = 0;            ///< but not before this many members have voted
    Target otherwise;                    ///< taken if all have voted and no verdict holds
};

/// The counts of a panel's votes: a context with this name, with an entry for each outcome.
struct Tally {
    std::vector<OutcomeId> outcomes;
    std::optional<Vote> vote;  ///< no value: the panel continues in the same way for all votes
};

/// `parallel:`: parallel branches. When `needed` of them are done, the others are cancelled.
struct ParallelStep {
    std::vector<Branch> branches;
    std::uint32_t needed = 0;  ///< all: the number of branches; any: 1; `2 of 3`: 2
    Target then;
    std::optional<Tally> tally;  ///< of a panel
};

/// `stage:`: a named group of steps with its own limit, which is left as a whole.
struct StageStep {
    Branch body;
    Target then;
};

/// `end:`: the applicant always receives a reply.
struct EndStep {
    EndKind end = EndKind::granted;
};

/// `of` of `in` cases.
struct Share {
    std::uint32_t of = 1, in = 1;
    friend bool operator==(const Share&, const Share&) = default;
};

/// `sample:`: a draw sends this share of the cases to `to`, and the others elsewhere.
struct SampleStep {
    Share share;
    Target to, otherwise;
};

using StepKind =
    std::variant<TaskStep, ChooseStep, WaitStep, ParallelStep, StageStep, EndStep, SampleStep>;

/// `on: {after LIMIT: STEP}`
struct Timeout {
    Limit after;
    Target to;
    /// 视为受理: accepted with effect from the day on which the materials were received (R5)
    bool accepts = false;
};

struct Step {
    StepId id;
    Title title;
    StepKind kind;
    std::optional<Limit> limit;  ///< a due day; passing it is recorded and does not move the case
    /// gives the part of the limit that a task has, for each case; empty: all of it
    ExpressionText limit_rule;
    std::vector<Timeout> timeouts;
    bool pauses_clock = false;  ///< clock: paused
    std::string ground;         ///< the legal ground of the pause
    std::string notice;
    Mark mark;
};

}  // namespace workflow::definition
