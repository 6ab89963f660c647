#pragma once

/// What officers, items and halls did, side by side, told from the trail alone (R29). Officers are
/// compared with those who drew from the same pool, step by step and item by item, so that whoever
/// gets the hard items is measured by those who get them too. Nothing here names an applicant.

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
/// The period of this grain that holds the month.
Month period_of(Month month, Grain grain);
/// `2026-03`, `2026-Q1`; empty for all of the time.
std::string name_of(Month period, Grain grain);

/// How many of each number of days there are; days of 999 and more are one.
class DayCounts {
public:
    void add(std::int64_t days);
    void add(const DayCounts& other);
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] std::optional<double> mean() const;
    /// The middle one, or half-way between the middle two.
    [[nodiscard]] std::optional<double> median() const;
    /// The least number that at least this share of all does not exceed.
    [[nodiscard]] std::int64_t quantile(double share) const;
    [[nodiscard]] std::uint64_t below(std::int64_t days) const;

private:
    [[nodiscard]] std::int64_t at(std::uint64_t rank) const;
    std::vector<std::uint32_t> counts_;
    std::uint64_t size_ = 0, sum_ = 0;
};

/// What applicants said, by the day of the visit or of the end of the case; those set aside left
/// out.
struct Grades {
    std::uint64_t rated = 0, negative = 0, sum = 0;

    void add(const Grades& other);
    /// Between 1 and 5; nothing where nobody rated.
    [[nodiscard]] std::optional<double> mean() const;
};

/// Of tasks. All that is counted by the day on which a task was done, but for `open` (by today) and
/// `overdue` (by the day it was due).
struct TaskFigures {
    std::uint64_t cases = 0, tasks = 0;
    DayCounts days;  ///< working days in hand, without pauses of the case
    std::uint64_t on_time = 0, late = 0, open = 0, overdue = 0;
    std::uint64_t returned = 0;    ///< a later step of the case sent it back
    std::uint64_t overturned = 0;  ///< and it was decided otherwise then
    std::uint64_t refused = 0;     ///< after its outcome the case can only end refused
    std::uint64_t yellow = 0, red = 0;
    std::uint64_t entered_later = 0;  ///< recorded on a later day than it is said to have been done
    std::uint32_t longest_delay = 0;  ///< of those, in calendar days
    std::uint64_t by_batch = 0;       ///< done by a script, and not by hand
    Grades grades;

    void add(const TaskFigures& other);
    /// On time / (done with a limit + overdue); nothing where nothing had a limit.
    [[nodiscard]] std::optional<double> on_time_rate() const;
};

/// Of cases, by the day of acceptance; those never accepted by the day of receipt.
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
    /// On time / (completed with a limit + lost).
    [[nodiscard]] std::optional<double> on_time_rate() const;
};

// ---------------------------------------------------------------- officers against their pool

enum class Measure : std::uint8_t { days, late, refused, returned, overturned, count };
inline constexpr std::size_t measure_count = static_cast<std::size_t>(Measure::count);
std::string_view name_of(Measure measure);

/// When somebody stands out. Every threshold of the comparison is here, and printed with a flag.
struct FlagRule {
    std::uint32_t least_tasks = 30;   ///< comparable tasks of an officer in a period
    std::uint32_t least_peers = 2;    ///< other officers who drew in the same item, step and period
    std::uint32_t least_theirs = 20;  ///< tasks of theirs there
    double deviations = 3;            ///< standard deviations from what is expected
    double least_days = 0.5;          ///< and by so many working days a task
    double least_share = 0.05;        ///< and by so much of a share
    /// In so many of the last so many periods in which he could be judged.
    std::uint32_t of_periods = 4, in_periods = 3;
    std::uint32_t least_spread = 5;  ///< officers from which the spread of all can be told
};

/// Drawn tasks that one officer did in one item and step, in one period.
struct Cell {
    std::uint32_t stratum = 0;  ///< item and step
    std::uint32_t officer = 0;
    Month period = 0;
    double tasks = 0;
    std::array<double, measure_count> sums{};
    double squares = 0;     ///< of days
    double with_limit = 0;  ///< tasks that had a day by which to be done: for `late`
};

/// An officer in a period against what the others of his pools would have had with his tasks.
struct Standing {
    std::uint32_t officer = 0;
    Month period = 0;
    Measure measure{};
    double tasks = 0;
    double observed = 0, expected = 0, variance = 0;  ///< sums over the tasks
    bool judged = false;                              ///< there are enough
    double spread = 1;      ///< how much wider than chance all officers differ in this period
    double deviations = 0;  ///< from the middle of all officers, by chance and spread
    bool out = false;       ///< far enough to count for a flag
};
/// Where the middle of all officers lies and how much wider than chance they differ: the median and
/// the median absolute deviation, as of a normal distribution, never below 1. 0 and 1 where there
/// are fewer than `FlagRule::least_spread`.
struct Spread {
    double middle = 0, width = 1;
};
Spread spread_of(std::vector<double> deviations, const FlagRule& rule);
/// By officer, measure and period. Pure.
std::vector<Standing> judge(std::vector<Cell> cells, const FlagRule& rule);

/// Somebody who stands out in the same direction in several periods.
struct Flag {
    std::uint32_t officer = 0;
    Measure measure{};
    bool high = false;              ///< longer, or more
    std::vector<Standing> periods;  ///< of the last ones, those that count
};
/// Looks at the last periods in which each officer could be judged. Pure.
std::vector<Flag> flags_of(const std::vector<Standing>& standings, const FlagRule& rule);

// ---------------------------------------------------------------- the report

struct CompareOptions {
    std::optional<Date> from, to;
    Date today;  ///< what is open is in time or not by this day
    Grain by = Grain::all;
    std::size_t listed = 20;            ///< lost cases and pairs by name, at most so many of each
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
    /// Drawn tasks that can be compared, working days a task in them, and what the others of his
    /// pools needed for such tasks; nothing where there are too few. `half_band`: as far from what
    /// is expected as chance may carry it, in working days.
    std::uint64_t compared = 0;
    std::optional<double> observed_days, expected_days, half_band;
};
struct ItemRow {
    ItemId item;
    Month period = all_time;
    CaseFigures figures;
};
struct HallRow {
    HallId hall;  ///< empty: received on line, or where there is one hall
    Month period = all_time;
    CaseFigures figures;
};
struct PoolRow {
    ItemId item;
    StepId step;
    Month period = all_time;
    DayCounts sizes;           ///< candidates of each draw
    std::uint64_t nobody = 0;  ///< draws that found no candidate
    /// Draws from whose pool acts had left somebody out, that were widened, and that were held
    /// back since too few were left.
    std::uint64_t narrowed = 0, widened = 0, held_back = 0;
    /// Officers by whose acts (returns, recusals granted), most of them first.
    std::vector<std::pair<OfficerId, std::uint64_t>> narrowed_by;
    std::uint64_t below = 0;  ///< draws with fewer candidates than the threshold
    bool shrunk = false;      ///< half of the draws of its last month had fewer than the threshold
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

    /// So many standard deviations `drawn` lies from `expected`; 0 where chance has no part.
    [[nodiscard]] double deviations() const;
    /// Further than chance carries one officer in a thousand: 3.3 standard deviations.
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
    OfficerId first_officer, second_officer;  ///< who decided; empty: by a rule
};

struct Comparison {
    std::uint64_t cases = 0, events = 0;
    std::optional<Date> first, last;  ///< days of what was counted
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
/// invitation to rate. Uses a second thread meanwhile. Throws StoreError.
Comparison compare(const Catalog& catalog, Store& store, const CompareOptions& options);

}  // namespace workflow::report
