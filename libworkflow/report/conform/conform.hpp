#pragma once

/// Checks whether a trace conforms to a definition. Replays the trace on the compiled net. If it
/// does not fit, an optimal alignment determines which steps are missing, extra, or out of order
/// (Adriansyah 2014: each missing or extra step costs one, invisible steps cost nothing).
///
/// Only the flow of the definition counts: conditions need data that a foreign log does not have.
/// The maximum number of times an outcome may be taken counts. The engine's own moves, an
/// applicant's supplies and the passing of time need no event.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "../../process/net.hpp"

namespace workflow::report {

/// The number of an activity; a trace is a text of them.
using Activity = char16_t;

struct Deviation {
    enum class Kind : std::uint8_t { missing_step, extra_step, wrong_order };
    Kind kind = Kind::extra_step;
    /// The event, from 1, that is extra or out of order, or before which the step is missing; the
    /// number of events plus one if it is missing at the end.
    std::size_t position = 0;
    Activity activity = 0;           ///< of the event; unless missing_step
    TransitionIndex transition{};    ///< what is missing, or what the event should have been
    std::size_t belongs_before = 0;  ///< wrong_order: the event, or the number of events plus one
};
std::string_view to_string(Deviation::Kind kind);

/// All cases with the same activities in the same order.
struct Variant {
    std::u16string trace;
    std::uint64_t cases = 0;
    bool decided = true;      ///< false: too many paths were possible, there is no result
    std::uint32_t steps = 0;  ///< missing and extra steps: the fewest that explain the trace
    std::vector<Deviation> deviations;  ///< by position
    [[nodiscard]] bool fits() const { return decided && steps == 0; }
};

/// The net for replaying traces: bytes of tokens, and counters for outcomes with a maximum.
struct ReplayNet {
    struct Move {
        TransitionIndex transition{};
        std::vector<std::pair<std::uint16_t, std::uint8_t>> takes, gives;
        std::vector<std::uint16_t> clears;
        bool seen = false;       ///< it should be in a log
        bool of_itself = false;  ///< it may happen without an event in the log
    };
    explicit ReplayNet(const process::Process& process);

    std::string start;
    std::vector<std::uint16_t> ends;
    std::vector<Move> moves;
};

/// Checks traces against an item; each variant is checked once. Not thread-safe.
class Conformance {
public:
    struct Options {
        bool unfinished = false;              ///< a case may stop anywhere
        std::size_t most_states = 2'000'000;  ///< of one alignment
        std::size_t most_markings = 500'000;  ///< of the item
    };

    /// `activities`: by number, the transitions that each may stand for; none: the activity is not
    /// allowed anywhere.
    Conformance(const process::Process& process, Options options);
    /// Returns the number of a new activity. At most 65,535 of them.
    Activity add(std::vector<TransitionIndex> stands_for);

    /// Returns the variant of the trace, and counts the trace. Valid as long as this object.
    Variant& check(std::u16string_view trace);

    /// Returns the first of the transitions that an activity may stand for.
    [[nodiscard]] std::optional<TransitionIndex> stands_for(Activity activity) const;
    [[nodiscard]] const std::deque<Variant>& variants() const { return variants_; }
    /// Returns one minus the share of missing and extra steps among the maximum: all events of the
    /// trace, and all steps of the shortest path through the item.
    [[nodiscard]] double fitness(const Variant& variant) const;
    [[nodiscard]] double fitness() const;  ///< of all cases

private:
    struct Successor {
        std::uint32_t move = 0, marking = 0;
    };
    struct Marking {
        std::string tokens;
        std::optional<std::vector<Successor>> successors;
        bool ends = false;
    };
    struct Step {
        std::uint32_t marking = 0, position = 0;
        std::uint32_t before = 0;  ///< the previous state
        std::uint32_t move = 0;    ///< `no_move`: an event alone
        bool event = false;        ///< the step consumes an event
        std::uint32_t cost = 0;
    };
    static constexpr std::uint32_t no_move = 0xffffffff;

    std::uint32_t marking_of(const std::string& tokens);
    const std::vector<Successor>& successors_of(std::uint32_t marking);
    void align(Variant& variant);
    void explain(Variant& variant, const std::vector<Step>& way) const;
    [[nodiscard]] bool may_be(Activity activity, std::uint32_t move) const;

    ReplayNet net_;
    Options options_;
    std::vector<std::vector<bool>> stands_for_;  // by activity, by move
    std::deque<Variant> variants_;
    std::unordered_map<std::u16string_view, Variant*> known_;
    std::deque<Marking> markings_;
    std::unordered_map<std::string_view, std::uint32_t> numbers_;
    std::uint32_t shortest_ = 0;
};

}  // namespace workflow::report
