#pragma once

/// Compares officers, items and halls, using only the trail (R29). Officers are compared with those
/// who drew from the same pool, step by step and item by item, so that an officer with hard items
/// is measured by others with the same items. No result names an applicant.

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/catalog.hpp>
#include <workflow/ports.hpp>

namespace workflow::report {

/// A month, counted from the year 0; a quarter is named by its first month; `all_time` is no month.
using Month = std::int32_t;
inline constexpr Month all_time = 0;
enum class Grain : std::uint8_t { month, quarter, all };

Month month_of(Date day);
/// Returns the period of this grain that contains the month.
Month period_of(Month month, Grain grain);
/// Returns `2026-03` or `2026-Q1`; empty for all time.
std::string name_of(Month period, Grain grain);

/// Counts how often each number of days occurs; 999 days and more are one class.
class DayCounts {
public:
    void add(std::int64_t days);
    void add(const DayCounts& other);
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] std::optional<double> mean() const;
    /// Returns the median: the middle number, or the mean of the middle two.
    [[nodiscard]] std::optional<double> median() const;
    /// Returns the least number that at least this share of all does not exceed.
    [[nodiscard]] std::int64_t quantile(double share) const;
    [[nodiscard]] std::uint64_t below(std::int64_t days) const;

private:
    [[nodiscard]] std::int64_t at(std::uint64_t rank) const;
    std::vector<std::uint32_t> counts_;
    std::uint64_t size_ = 0, sum_ = 0;
};

/// The ratings of applicants, by the day of the visit or of the end of the case; without those set
/// aside.
struct Grades {
    std::uint64_t rated = 0, negative = 0, sum = 0;

    void add(const Grades& other);
    /// Returns a mean between 1 and 5; nothing if nobody rated.
    [[nodiscard]] std::optional<double> mean() const;
};

/// Figures of tasks, counted by the day on which a task was done, except `open` (as of today) and
/// `overdue` (by the day it was due).
struct TaskFigures {
    std::uint64_t cases = 0, tasks = 0;
    DayCounts days;  ///< working days in hand, without pauses of the case
    std::uint64_t on_time = 0, late = 0, open = 0, overdue = 0;
    std::uint64_t returned = 0;    ///< a later step of the case sent it back
    std::uint64_t overturned = 0;  ///< returned, and decided differently afterwards
    std::uint64_t refused = 0;     ///< after its outcome the case can only end refused
    std::uint64_t yellow = 0, red = 0;
    std::uint64_t entered_later = 0;  ///< recorded on a later day than the claimed day of the act
    std::uint32_t longest_delay = 0;  ///< of those entered later, in calendar days
    std::uint64_t by_batch = 0;       ///< done by a script, not by hand
    Grades grades;

    void add(const TaskFigures& other);
    /// Returns on time / (done with a limit + overdue); nothing if no task had a limit.
    [[nodiscard]] std::optional<double> on_time_rate() const;
};

/// Figures of cases, by the day of acceptance; cases never accepted by the day of receipt.
struct CaseFigures {
    std::uint64_t received = 0, accepted = 0;
    std::uint64_t completed = 0, withdrawn = 0, open = 0, lost = 0;  ///< of those accepted
    std::uint64_t pending = 0, ended_before = 0;                     ///< of those not accepted
    std::uint64_t refused = 0;  ///< of all that ended: refused or not accepted
    DayCounts days;             ///< working days from acceptance to the end, without pauses
    std::uint64_t on_time = 0, late = 0;
    std::uint64_t returned = 0, overturned = 0;
    std::uint64_t yellow = 0, red = 0;
    Grades grades;

    void add(const CaseFigures& other);
    /// Returns on time / (completed with a limit + lost).
    [[nodiscard]] std::optional<double> on_time_rate() const;
};

// ---------------------------------------------------------------- officers against their pool

enum class Measure : std::uint8_t { days, late, refused, returned, overturned, count };
inline constexpr std::size_t measure_count = static_cast<std::size_t>(Measure::count);
std::string_view name_of(Measure measure);

/// When an officer stands out. Contains every threshold of the comparison; all are printed with a
/// flag.
struct FlagRule {
    std::uint32_t least_tasks = 30;   ///< comparable tasks of an officer in a period
    std::uint32_t least_peers = 2;    ///< other officers who drew in the same item, step and period
    std::uint32_t least_theirs = 20;  ///< their tasks there
    double deviations = 3;            ///< standard deviations from what is expected
    double least_days = 0.5;          ///< and at least so many working days a task
    double least_share = 0.05;        ///< and at least so much of a share
    /// The officer must stand out in `in_periods` of the last `of_periods` periods in which they
    /// could be judged.
    std::uint32_t of_periods = 4, in_periods = 3;
    std::uint32_t least_spread = 5;  ///< officers needed to estimate the spread of all
};

/// Drawn tasks that one officer did in one item and step, in one period.
struct Cell {
    std::uint32_t stratum = 0;  ///< item and step
    std::uint32_t officer = 0;
    Month period = 0;
    double tasks = 0;
    std::array<double, measure_count> sums{};
    double squares = 0;     ///< of days
    double with_limit = 0;  ///< tasks with a due day: for `late`
};

/// An officer in a period, against what the others of the same pools would have had with the
/// officer's tasks.
struct Standing {
    std::uint32_t officer = 0;
    Month period = 0;
    Measure measure{};
    double tasks = 0;
    double observed = 0, expected = 0, variance = 0;  ///< sums over the tasks
    bool judged = false;                              ///< there are enough tasks and peers
    double spread = 1;      ///< how much wider than chance all officers differ in this period
    double deviations = 0;  ///< from the middle of all officers, by chance and spread
    bool out = false;       ///< far enough to count for a flag
};
/// The center of all officers and how much wider than chance they differ: the median and the median
/// absolute deviation, as of a normal distribution, never below 1. 0 and 1 if there are fewer than
/// `FlagRule::least_spread`.
struct Spread {
    double middle = 0, width = 1;
};
Spread spread_of(std::vector<double> deviations, const FlagRule& rule);
/// Judges by officer, measure and period. Pure.
std::vector<Standing> judge(std::vector<Cell> cells, const FlagRule& rule);

/// An officer who stands out in the same direction in several periods.
struct Flag {
    std::uint32_t officer = 0;
    Measure measure{};
    bool high = false;              ///< longer, or more
    std::vector<Standing> periods;  ///< those of the last periods that count
};
/// Flags officers by the last periods in which each could be judged. Pure.
std::vector<Flag> flags_of(const std::vector<Standing>& standings, const FlagRule& rule);

// ---------------------------------------------------------------- the report

struct CompareOptions {
    std::optional<Date> from, to;
    Date today;  ///< the day by which open tasks and cases are on time or overdue
    Grain by = Grain::all;
    std::size_t listed = 20;            ///< maximum of lost cases, and of pairs, listed by name
    std::int64_t least_candidates = 3;  ///< a pool that offers fewer has shrunk
    FlagRule rule;
    /// Called from either of two threads, never from both at once.
    std::function<void(std::uint64_t events)> progress;
};

struct OfficerRow {
    OfficerId officer;
    HallId hall;
    Month period = all_time;
    TaskFigures figures;
    /// Drawn tasks that can be compared, working days a task in them, and what the others of the
    /// same pools needed for such tasks; nothing if there are too few. `half_band`: the deviation
    /// from what is expected that chance may explain, in working days.
    std::uint64_t compared = 0;
    std::optional<double> observed_days, expected_days, half_band;
};
struct ItemRow {
    ItemId item;
    Month period = all_time;
    CaseFigures figures;
};
struct HallRow {
    HallId hall;  ///< empty: received online, or there is only one hall
    Month period = all_time;
    CaseFigures figures;
};
struct PoolRow {
    ItemId item;
    StepId step;
    Month period = all_time;
    DayCounts sizes;           ///< candidates of each draw
    std::uint64_t nobody = 0;  ///< draws that found no candidate
    /// Draws whose pool was narrowed by acts, that were widened, and that were held back since too
    /// few candidates were left.
    std::uint64_t narrowed = 0, widened = 0, held_back = 0;
    /// The officers whose acts (returns, granted recusals) narrowed pools, most acts first.
    std::vector<std::pair<OfficerId, std::uint64_t>> narrowed_by;
    std::uint64_t below = 0;  ///< draws with fewer candidates than the threshold
    bool shrunk = false;      ///< half of the draws of its last month had fewer than that
    Month last = 0;           ///< that month
    double last_median = 0;
};
/// An officer in the draws of one item and step: how often they should have been drawn by the
/// weights of the candidates of each draw, and how often they were.
struct ShareRow {
    ItemId item;
    StepId step;
    Month period = all_time;
    OfficerId officer;
    std::uint64_t draws = 0;  ///< in which the officer was a candidate
    std::uint64_t drawn = 0;
    double expected = 0;
    double variance = 0;  ///< of `drawn`, by chance

    /// Returns by how many standard deviations `drawn` differs from `expected`; 0 if chance has no
    /// part.
    [[nodiscard]] double deviations() const;
    /// Returns whether the deviation exceeds what chance gives one officer in a thousand: 3.3
    /// standard deviations.
    [[nodiscard]] bool unlikely() const;
};
struct LostCase {
    CaseNumber number;
    ItemId item;
    Date due;
};
/// Two cases of one item with equal facts and different ends.
struct Pair {
    ItemId item;
    CaseNumber first, second;
    std::string first_end, second_end;
    OfficerId first_officer, second_officer;  ///< who decided; empty: a rule
};

struct Comparison {
    std::uint64_t cases = 0, events = 0;
    std::optional<Date> first, last;  ///< first and last day of what was counted
    std::vector<OfficerRow> officers;
    std::vector<ItemRow> items;
    std::vector<HallRow> halls;
    std::vector<PoolRow> pools;
    std::vector<ShareRow> shares;  ///< by item, step, period and officer
    std::vector<Flag> flags;       ///< `officer` is an index of `names`
    std::vector<OfficerId> names;
    Grain judged_by = Grain::month;           ///< the periods of the flags
    std::uint64_t compared = 0, too_few = 0;  ///< officers who could be compared, and who could not
    std::vector<LostCase> lost;
    std::vector<Pair> pairs;
    std::uint64_t pairs_left_out = 0;  ///< more groups of equal facts with different ends
    std::uint64_t without_facts = 0;   ///< decided cases whose item has no field to compare
};

/// Reads the whole trail once, in the order of the store. Memory grows with the cases that are open
/// at one time, with officers, items and periods, and by 24 bytes a decided case and 64 an
/// invitation to rate. Uses a second thread. Throws StoreError.
Comparison compare(const Catalog& catalog, Store& store, const CompareOptions& options);

}  // namespace workflow::report
