#pragma once

/// Simulates a hall on a virtual clock: arrivals against the officers of a catalog, with the
/// engine's own rules for permissions, draws and due days. Shows what staff a promise needs before
/// anybody is turned away.

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <workflow/catalog.hpp>
#include <workflow/command.hpp>
#include <workflow/values.hpp>

#include "../../calendar/local_clock.hpp"

namespace workflow::report {

/// A request that cannot be simulated; says what is wrong and how to fix it.
class SimulationError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The duration of an activity.
struct Duration {
    double minutes = 0;
    bool exponential = true;  ///< drawn with that mean; else always that long
};

/// Minutes of the local day, `from` < `to` <= 24 * 60.
struct OpenSpan {
    int from = 0, to = 0;
};

struct Arrival {
    Instant at;
    std::size_t item = 0;  ///< index in `Scenario::items`
};

struct Scenario {
    std::vector<ItemId> items;
    std::vector<double> rates;      ///< of each item, a working day: Poisson in opening hours
    std::vector<Arrival> arrivals;  ///< recorded arrivals, in order; then `rates` is empty
    Date first;                     ///< the first day
    int days = 365;                 ///< calendar days
    int warm_up = 0;                ///< the number of days that are simulated but not measured
    std::vector<OpenSpan> hours;    ///< of every hall's working days; empty: as each hall declares
    Duration service{15, true};     ///< of a task whose step is not in `services`, in open time
    Duration answer{3 * 1440, true};      ///< until the applicant supplies, in clock time
    std::map<StepId, Duration> services;  ///< of tasks and of waits for the applicant
    std::map<std::pair<StepId, OutcomeId>, double> outcomes;  ///< probabilities
    FieldValues fields;                                       ///< of every application
    std::uint64_t seed = 1;
    unsigned replications = 10;
};

/// The measured figures of one run, by group and name: `wait` (minutes of opening hours from a
/// task's offer to its start, or to the end of the run if it still waits), `queue` (waiting tasks,
/// over opening hours) and `longest queue`, `load` (share of the time in which the holders of a
/// post are present), `on time` (share of the cases that ended or are overdue), `cases` (numbers of
/// the whole run) and `days` (from the opening of a case to its end).
struct Figure {
    std::string group, name;
    std::optional<double> value;  ///< nothing: it did not occur
};

/// The state of the hall at the end of a day.
struct DayEnd {
    std::vector<double> waiting;  ///< tasks, by post as in `Run::posts`
    double late = 0;              ///< open cases that are past their promised or statutory day
};

struct Run {
    std::vector<Figure> figures;
    std::vector<std::string> posts;
    std::vector<DayEnd> days;
    std::uint64_t arrived = 0, done = 0, open = 0;
    std::uint64_t stuck = 0;  ///< tasks that no outcome could end
    std::string stuck_at;     ///< the first of them, and why
};

/// Runs one replication. The same arguments give the same run: every draw is a function of seed,
/// replication, case, step and visit, so that two catalogs are simulated with the same numbers.
/// Memory grows with the open cases. Throws SimulationError.
Run simulate(const Catalog& catalog, const Scenario& scenario, unsigned replication);

/// A mean over replications with its 95 % confidence interval (Student's t).
struct Estimate {
    std::string group, name;
    std::optional<double> mean;
    std::optional<double> half_width;  ///< nothing with fewer than two values
    std::size_t values = 0;
};

std::vector<Estimate> estimate(const std::vector<Run>& runs);
/// Returns the second minus the first, replication by replication. Both must have the same number
/// of runs.
std::vector<Estimate> difference(const std::vector<Run>& first, const std::vector<Run>& second);
/// Returns the 97.5 % quantile of Student's t with `degrees` >= 1 degrees of freedom, to four
/// digits.
double student_quantile(std::size_t degrees);

/// Draws the queues of the six busiest posts and late cases at the end of each day, the mean over
/// runs. `names`: of each of the two sides; `second` may be empty.
std::string plot(const std::vector<Run>& first, const std::vector<Run>& second,
                 const std::vector<std::string>& names, Date first_day);

/// Reads arrivals from a CSV file with the column `time` and, optionally, `item`. Throws
/// SimulationError with the line.
std::vector<Arrival> arrivals_of_csv(const std::string& path, const std::vector<ItemId>& items,
                                     const LocalClock& clock);
/// Reads the first event of each trace of an event log in XES. Assigns them to the items in turn.
std::vector<Arrival> arrivals_of_log(const std::string& path, std::size_t items,
                                     const LocalClock& clock);

/// The probability that a customer waits in M/M/c, and the mean wait in units of
/// 1/`service_rate`'s time (Erlang C). `arrival_rate` < `servers` * `service_rate`.
struct ErlangC {
    double waits = 0, mean_wait = 0;
};
ErlangC erlang_c(unsigned servers, double arrival_rate, double service_rate);

}  // namespace workflow::report
