#pragma once

/// The kinds of step as values: what each key of the language says. A closed list; a new kind makes
/// the compiler name every place that must know it.

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

/// Where the case goes next. `done` inside a branch or a stage ends that branch or stage.
struct Target {
    StepId step;
    Mark mark;
};
inline constexpr std::string_view done_target = "done";

/// How long before its due day a limit is said to be near.
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
    bool accepts = false;          ///< 受理: the case's limits run from here
    bool decides = false;          ///< the decision: the applicant can no longer withdraw
    std::optional<Limit> extends;  ///< 延期: the law's limit becomes so much longer, once (R10)
    std::optional<std::uint32_t> at_most;
    ExpressionText when;  ///< allowed only when it holds; empty: always
    std::vector<Assignment> sets;
    std::string notice;
    Mark mark;
};

/// Among whom a task is given out.
enum class Among : std::uint8_t {
    everybody,   ///< pool: pass-through (通岗通审)
    section,     ///< pool: section, the officers of the item's section (分类审批)
    specialists  ///< pool: specialists, those whose qualification names the item most narrowly
};

/// `task: DUTY`: a person chooses one of its outcomes.
struct TaskStep {
    DutyId duty;
    PostId post;         ///< of those who do it; empty with a pool
    bool drawn = false;  ///< the engine gives it to somebody: a pool, or `allocate` at a post
    Among among = Among::everybody;
    Allocation allocate = Allocation::draw;
    bool in_line = false;  ///< allocate: oldest first; officers ask for the next, and choose none
    bool same_officer =
        false;  ///< who did it before in this case gets it again (`again: same officer`)
    std::string seal;
    WarningTimes warn;  ///< before the step's limit
    PostId escalate;    ///< who is told when the step's limit has passed
    struct Seen {
        FieldId field;
        Mark mark;
    };
    std::vector<Seen> sees;  ///< personal fields that whoever is drawn needs to see
    std::vector<Outcome> outcomes;
    Mark duty_mark, post_mark;
};

struct ChooseBranch {
    ExpressionText when;  ///< empty: `value`, or otherwise, which comes last
    std::optional<std::string> value;
    Target to;
    Mark mark;
};

/// `choose:`: the first branch that holds, or the branch of the value of `by`.
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
    std::vector<Asked> asks;  ///< fields that the applicant may give; none: all of theirs
};

struct Step;

struct Branch {
    std::string name;
    StepId start;
    Mark start_mark;
    std::vector<Step> steps;
    Mark mark;
};

/// How a panel decides (`decide:`) by the votes, which the engine counts by outcome.
struct Vote {
    ExpressionText by;                   ///< chooses the verdict by its value; empty: `when`
    std::vector<ChooseBranch> verdicts;  ///< the first that holds ends the panel
    std::uint32_t quorum = 0;            ///< but not before so many have voted
    Target otherwise;                    ///< when all have voted and no verdict holds
};

/// The counts of a panel's votes: a context of this name, with an entry for each outcome.
struct Tally {
    std::vector<OutcomeId> outcomes;
    std::optional<Vote> vote;  ///< nothing: the panel goes on alike, whatever was said
};

/// `parallel:` branches side by side; when `needed` of them are done the rest is cancelled.
struct ParallelStep {
    std::vector<Branch> branches;
    std::uint32_t needed = 0;  ///< all: the number of branches; any: 1; `2 of 3`: 2
    Target then;
    std::optional<Tally> tally;  ///< of a panel
};

/// `stage:` a named group of steps with its own limit, left as one.
struct StageStep {
    Branch body;
    Target then;
};

/// `end:`; the applicant always gets a reply.
struct EndStep {
    EndKind end = EndKind::granted;
};

/// In `of` of `in` cases.
struct Share {
    std::uint32_t of = 1, in = 1;
    friend bool operator==(const Share&, const Share&) = default;
};

/// `sample:`: a draw sends that share of the cases to `to`, the others elsewhere.
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
    bool accepts = false;  ///< 视为受理: accepted from the day the materials were received (R5)
};

struct Step {
    StepId id;
    Title title;
    StepKind kind;
    std::optional<Limit> limit;  ///< a due day; passing it is recorded, it moves nothing
    ExpressionText limit_rule;   ///< how much of it a task has, by the case; empty: all of it
    std::vector<Timeout> timeouts;
    bool pauses_clock = false;  ///< clock: paused
    std::string ground;         ///< the legal ground of the pause
    std::string notice;
    Mark mark;
};

}  // namespace workflow::definition
