#pragma once

/// Every way through an item, with the values that lead along it.

#include <map>
#include <optional>
#include <vector>

#include "../process/net.hpp"
#include "value_cells.hpp"

namespace workflow::verify {

/// The markings in which a case can rest, and the values that it can have there. An act gives the
/// fields whose origin it is any values that the checks allow; all others stay as they are. What
/// goes on by itself after an act goes as the engine's `run` has it (engine/fire.hpp), for all
/// values at once; where no branch holds the act is refused. How often an outcome may be taken is
/// left out.
class ValuePaths {
public:
    using Marking = std::vector<std::uint8_t>;  ///< by place
    using Path = std::vector<workflow::TransitionIndex>;

    /// Keeps references.
    ValuePaths(const process::Process& process, const ValueCells& cells);

    /// False: there are more ways than are looked at, and nothing else may be asked.
    [[nodiscard]] bool complete() const { return complete_; }

    enum class Use : std::uint8_t {
        unknown,  ///< no case comes to where it is asked for
        never,    ///< no values that a case comes there with allow it
        refused,  ///< behind it no branch holds
        taken
    };
    [[nodiscard]] Use use(workflow::TransitionIndex transition) const { return use_[transition]; }

    struct Stuck {
        Marking marking;
        ValueSet values = 0;
        Path way;
    };
    /// One of the nearest: where no end can be reached with these values.
    [[nodiscard]] std::optional<Stuck> stuck() const;

private:
    using Index = workflow::TransitionIndex;
    using State = std::uint32_t;
    static constexpr State before_opening = 0xffffffff;

    /// An act and what goes on by itself after it, with the values for which it goes that way.
    struct Run {
        Marking marking;
        ValueSet values = 0;
        Path path;
        std::vector<process::PlaceIndex> fresh;  ///< got a token, and may go on by themselves
        std::size_t next = 0;
    };
    /// What an act makes of the values.
    struct Change {
        ValueCells::Fields writes = 0;  ///< get any values
        Index outcome = process::none;  ///< then its condition holds, and it sets what it sets
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
        std::size_t by = 0;  ///< an edge
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
    State state_ = before_opening;  // what is acted at
    Change change_;                 // by the act that is looked at
    std::vector<Try> tries_;
    std::vector<Use> use_;  // by transition
    std::map<Marking, State> numbers_;
    std::vector<Marking> markings_;
    std::vector<Edge> edges_;
    std::vector<ValueSet> reached_;  // by state
    std::vector<Arrival> arrivals_;  // in the order in which they were found
};

}  // namespace workflow::verify
