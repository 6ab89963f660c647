#include "measure.hpp"

#include <algorithm>

namespace workflow::report {

namespace {
constexpr double minute = 60e6;
}

HallMeasure::HallMeasure(const OpenHours& hours, const Scenario& scenario,
                         std::vector<std::string> posts)
    : hours_(hours),
      posts_(std::move(posts)),
      begin_(hours.start_of_day(scenario.warm_up)),
      open_begin_(hours.before(begin_)),
      waiting_(posts_.size()),
      area_(posts_.size()),
      longest_(posts_.size()),
      busy_(posts_.size()),
      there_(posts_.size()),
      since_(posts_.size(), open_begin_),
      wait_(posts_.size()) {}

void HallMeasure::pass_time(std::size_t post, Instant at) {
    if (at < begin_) return;
    const auto open = hours_.before(at);
    area_[post] += waiting_[post] * static_cast<double>(open - since_[post]);
    since_[post] = open;
}

void HallMeasure::offered(std::size_t post, Instant at) {
    pass_time(post, at);
    waiting_[post] += 1;
    if (measured(at)) longest_[post] = std::max(longest_[post], waiting_[post]);
}

void HallMeasure::left_queue(std::size_t post, Instant at) {
    pass_time(post, at);
    waiting_[post] -= 1;
}

void HallMeasure::started(std::size_t post, Instant offered, Instant at) {
    if (!measured(offered)) return;
    const auto wait = static_cast<double>(hours_.before(at) - hours_.before(offered)) / minute;
    wait_[post].add(wait);
    waits_.push_back(static_cast<float>(wait));
}

void HallMeasure::worked(std::size_t post, std::int64_t work, Instant start, Instant at,
                         const OpenHours& his) {
    if (!measured(at)) return;
    // Of work that began before the measurement, only the later part counts.
    const auto since = his.before(at) - his.before(std::max(start, begin_));
    busy_[post] += static_cast<double>(std::min(work, since));
}

void HallMeasure::ended(Instant opened, Instant at, std::optional<Date> promised,
                        std::optional<Date> statutory, bool was_late, const LocalClock& clock) {
    ++done_;
    if (was_late) --late_;
    if (!measured(opened)) return;
    days_.add(static_cast<double>(at.microseconds - opened.microseconds) / (1440 * minute));
    const auto day = local_date(at, clock);
    if (promised) promised_.count(day <= *promised);
    if (statutory) statutory_.count(day <= *statutory);
}

void HallMeasure::left_open(Instant opened, std::optional<Date> promised,
                            std::optional<Date> statutory, Date last) {
    if (!measured(opened)) return;
    // It is not known yet whether the others will be on time (R29).
    if (promised && *promised < last) promised_.count(false);
    if (statutory && *statutory < last) statutory_.count(false);
}

void HallMeasure::day_ends() {
    ends_.push_back({waiting_, static_cast<double>(late_)});
}

Run HallMeasure::finish(Instant end) {
    Run run;
    const auto add = [&](const char* group, std::string name, std::optional<double> value) {
        run.figures.push_back({group, std::move(name), value});
    };
    const auto share = [](const Share& counted) -> std::optional<double> {
        if (counted.all == 0) return {};
        return static_cast<double>(counted.in_time) / static_cast<double>(counted.all);
    };
    Mean all;
    const auto open = static_cast<double>(hours_.before(end) - open_begin_);
    for (std::size_t post = 0; post < posts_.size(); ++post) {
        pass_time(post, end);
        all.sum += wait_[post].sum;
        all.count += wait_[post].count;
    }
    add("wait", "all tasks", all.value());
    std::optional<double> late_wait;
    if (!waits_.empty()) {
        const auto at = waits_.begin() +
                        static_cast<std::ptrdiff_t>(static_cast<double>(waits_.size() - 1) * 0.95);
        std::nth_element(waits_.begin(), at, waits_.end());
        late_wait = static_cast<double>(*at);
    }
    add("wait", "95 of 100 tasks", late_wait);
    for (std::size_t post = 0; post < posts_.size(); ++post)
        add("wait", posts_[post], wait_[post].value());
    add("on time", "promised", share(promised_));
    add("on time", "law", share(statutory_));
    for (std::size_t post = 0; post < posts_.size(); ++post)
        add("load", posts_[post],
            there_[post] > 0 ? std::optional(busy_[post] / there_[post]) : std::nullopt);
    for (std::size_t post = 0; post < posts_.size(); ++post) {
        add("queue", posts_[post], open > 0 ? std::optional(area_[post] / open) : std::nullopt);
        add("longest queue", posts_[post], longest_[post]);
    }
    add("days", "opening to end", days_.value());
    run.arrived = arrived_;
    run.done = done_;
    run.open = arrived_ - done_;
    add("cases", "arrived", static_cast<double>(run.arrived));
    add("cases", "done", static_cast<double>(run.done));
    add("cases", "open", static_cast<double>(run.open));
    run.posts = std::move(posts_);
    run.days = std::move(ends_);
    return run;
}

}  // namespace workflow::report
