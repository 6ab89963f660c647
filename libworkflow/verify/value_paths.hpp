#pragma once

/// Every path through an item, with the values that allow it.

#include <map>
#include <optional>
#include <vector>

#include "../process/net.hpp"
#include "value_cells.hpp"

namespace workflow::verify {

/// The markings in which a case can rest, with the values that it can have there. At an activity,
/// the fields that have it as their origin take any values that the checks allow; all others stay
/// unchanged. The automatic transitions after an activity fire as in the engine's `run`
/// (engine/fire.hpp), for all values together; if no branch holds, the activity is refused. The
/// number of times that an outcome may be taken is ignored.
class ValuePaths {
public:
    using Marking = std::vector<std::uint8_t>;  ///< by place
    using Path = std::vector<workflow::TransitionIndex>;

    /// Keeps references.
    ValuePaths(const process::Process& process, const ValueCells& cells);

    /// False if there are more paths than are explored; no other function may then be called.
    [[nodiscard]] bool complete() const { return complete_; }

    enum class Use : std::uint8_t {
        unknown,  ///< no case reaches the place where it can occur
        never,    ///< no values with which a case gets there allow it
        refused,  ///< no branch after it holds
        taken
    };
    [[nodiscard]] Use use(workflow::TransitionIndex transition) const { return use_[transition]; }

    struct Stuck {
        Marking marking;
        ValueSet values = 0;
        Path way;
    };
    /// Returns one of the nearest states from which no end can be reached, with the values.
    [[nodiscard]] std::optional<Stuck> stuck() const;

private:
    using Index = workflow::TransitionIndex;
    using State = std::uint32_t;
    static constexpr State before_opening = 0xffffffff;

    /// An activity with the automatic transitions after it, and the values for which they fire.
    struct Run {
        Marking marking;
        ValueSet values = 0;
        Path path;
        /// received a token, and may fire automatic transitions
        std::vector<process::PlaceIndex> fresh;
        std::size_t next = 0;
    };
    /// The effect of an activity on the values.
    struct Change {
        ValueCells::Fields writes = 0;  ///< the fields that take any values
        Index outcome = process::none;  ///< after that, its condition holds and it sets its fields
    };
    struct Edge {
        State from = 0, to = 0;
        Change change;
        ValueSet values = 0;  ///< after the change
        Path path;
    };
    struct Try {
        Index index = 0;
        State from = 0;
        Change change;
        ValueSet values = 0, taken = 0;
    };
    struct Arrival {
        ValueSet values = 0;
        std::size_t by = 0;  ///< the index of an edge
    };

    [[nodiscard]] bool enabled(Index transition, const Marking& marking) const;
    void fire(Index transition, Run& run) const;
    std::vector<Run> to_rest(Run first);
    void go_on(Run& run, process::PlaceIndex place, std::vector<Run>& ahead);
    void explore();
    void act(const Marking& marking);
    void wait(const Run& here, Index timer);
    void complete(Run run, Index outcome, ValueCells::Fields writes);
    void supply(Run run, const std::vector<Index>& waits, ValueCells::Fields writes);
    void tell(Index index, ValueSet values, ValueSet taken);
    void arrive(std::vector<Run> rested);
    [[nodiscard]] bool is_final(const Marking& marking) const;
    [[nodiscard]] ValueSet come(State from, const Change& change, ValueSet values) const;
    [[nodiscard]] ValueSet made(ValueSet before, const Change& change) const;
    [[nodiscard]] ValueSet unmade(ValueSet after, const Change& change) const;
    [[nodiscard]] ValueCells::Fields written_at(const process::TaskActivity& task) const;
    void spread();
    [[nodiscard]] std::vector<ValueSet> completable() const;
    [[nodiscard]] Path way_to(State state, ValueSet values) const;

    const process::Process& process_;
    const ValueCells& cells_;
    bool complete_ = true;
    std::size_t runs_ = 0;
    State state_ = before_opening;  // the state in which the activity occurs
    Change change_;                 // of the current activity
    std::vector<Try> tries_;
    std::vector<Use> use_;  // by transition
    std::map<Marking, State> numbers_;
    std::vector<Marking> markings_;
    std::vector<Edge> edges_;
    std::vector<ValueSet> reached_;  // by state
    std::vector<Arrival> arrivals_;  // in the order of discovery
};

}  // namespace workflow::verify
