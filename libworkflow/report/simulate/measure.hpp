#pragma once

/// Measures a simulated hall.

#include <cstdint>
#include <string>
#include <vector>

#include "../../calendar/local_clock.hpp"
#include "hours.hpp"
#include "simulate.hpp"

namespace workflow::report {

/// Counts from the end of the warm-up. Posts are numbers in the order of `posts`; the last stands
/// for tasks for which nobody could be drawn.
class HallMeasure {
public:
    HallMeasure(const OpenHours& hours, const Scenario& scenario, std::vector<std::string> posts);

    void opened() { ++arrived_; }
    void offered(std::size_t post, Instant at);
    /// The task is no longer waiting: it is being worked on, or was withdrawn.
    void left_queue(std::size_t post, Instant at);
    void started(std::size_t post, Instant offered, Instant at);
    /// `work`: total open time spent, in the officer's own hours, which ended at `at`.
    void worked(std::size_t post, std::int64_t work, Instant start, Instant at,
                const OpenHours& his);
    void passed_a_limit() { ++late_; }
    /// `promised`, `statutory`: the due days, if the limits run.
    void ended(Instant opened, Instant at, std::optional<Date> promised,
               std::optional<Date> statutory, bool was_late, const LocalClock& clock);
    /// Counts a case that is still open at the end of the run.
    void left_open(Instant opened, std::optional<Date> promised, std::optional<Date> statutory,
                   Date last);
    void day_ends();
    /// Adds the time for which the holders of the post were present.
    void present(std::size_t post, std::int64_t open) { there_[post] += static_cast<double>(open); }

    [[nodiscard]] bool measured(Instant at) const { return at >= begin_; }
    [[nodiscard]] Instant begin() const { return begin_; }
    /// Returns the figures at the end of the run.
    Run finish(Instant end);

private:
    struct Share {
        std::uint64_t in_time = 0, all = 0;
        void count(bool good) {
            in_time += good ? 1 : 0;
            ++all;
        }
    };
    struct Mean {
        double sum = 0;
        std::uint64_t count = 0;
        void add(double value) {
            sum += value;
            ++count;
        }
        [[nodiscard]] std::optional<double> value() const {
            if (count == 0) return {};
            return sum / static_cast<double>(count);
        }
    };
    void pass_time(std::size_t post, Instant at);

    const OpenHours& hours_;
    std::vector<std::string> posts_;
    Instant begin_;
    std::int64_t open_begin_;
    std::vector<double> waiting_, area_, longest_, busy_, there_;
    std::vector<std::int64_t> since_;  // open time at which `waiting_` last changed
    std::vector<Mean> wait_;
    std::vector<float> waits_;
    Mean days_;
    Share promised_, statutory_;
    std::uint64_t arrived_ = 0, done_ = 0, late_ = 0;
    std::vector<DayEnd> ends_;
};

}  // namespace workflow::report
