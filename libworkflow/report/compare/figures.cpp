// Counting: periods, days, and the sums of figures.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "compare.hpp"

namespace workflow::report {

Month month_of(Date day) {
    const auto date = civil(day);
    return date.year * 12 + static_cast<Month>(date.month) - 1;
}

Month period_of(Month month, Grain grain) {
    if (grain == Grain::all) return all_time;
    return grain == Grain::quarter ? month - month % 3 : month;
}

std::string name_of(Month period, Grain grain) {
    if (grain == Grain::all) return {};
    if (grain == Grain::quarter) return fmt::format("{:04}-Q{}", period / 12, period % 12 / 3 + 1);
    return fmt::format("{:04}-{:02}", period / 12, period % 12 + 1);
}

std::string_view name_of(Measure measure) {
    static constexpr std::array<std::string_view, measure_count> names{"days", "late", "refused",
                                                                       "returned", "overturned"};
    return names.at(static_cast<std::size_t>(measure));
}

void DayCounts::add(std::int64_t days) {
    const auto at = static_cast<std::size_t>(std::clamp<std::int64_t>(days, 0, 999));
    if (counts_.size() <= at) counts_.resize(at + 1);
    ++counts_[at];
    ++size_;
    sum_ += static_cast<std::uint64_t>(std::max<std::int64_t>(days, 0));
}

void DayCounts::add(const DayCounts& other) {
    if (counts_.size() < other.counts_.size()) counts_.resize(other.counts_.size());
    for (std::size_t i = 0; i < other.counts_.size(); ++i) counts_[i] += other.counts_[i];
    size_ += other.size_;
    sum_ += other.sum_;
}

std::optional<double> DayCounts::mean() const {
    if (size_ == 0) return {};
    return static_cast<double>(sum_) / static_cast<double>(size_);
}

std::int64_t DayCounts::at(std::uint64_t rank) const {
    std::uint64_t passed = 0;
    for (std::size_t days = 0; days < counts_.size(); ++days)
        if ((passed += counts_[days]) > rank) return static_cast<std::int64_t>(days);
    return 0;
}

std::optional<double> DayCounts::median() const {
    if (size_ == 0) return {};
    return static_cast<double>(at((size_ - 1) / 2) + at(size_ / 2)) / 2;
}

std::int64_t DayCounts::quantile(double share) const {
    if (size_ == 0) return 0;
    const auto rank = static_cast<std::uint64_t>(share * static_cast<double>(size_ - 1));
    return at(std::min(rank, size_ - 1));
}

std::uint64_t DayCounts::below(std::int64_t days) const {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < counts_.size() && static_cast<std::int64_t>(i) < days; ++i)
        count += counts_[i];
    return count;
}

double ShareRow::deviations() const {
    return variance > 0 ? (static_cast<double>(drawn) - expected) / std::sqrt(variance) : 0;
}

bool ShareRow::unlikely() const {
    return std::abs(deviations()) > 3.3;
}

void Grades::add(const Grades& other) {
    rated += other.rated;
    negative += other.negative;
    sum += other.sum;
}

std::optional<double> Grades::mean() const {
    if (rated == 0) return {};
    return static_cast<double>(sum) / static_cast<double>(rated);
}

void TaskFigures::add(const TaskFigures& other) {
    cases += other.cases;
    tasks += other.tasks;
    days.add(other.days);
    on_time += other.on_time;
    late += other.late;
    open += other.open;
    overdue += other.overdue;
    returned += other.returned;
    overturned += other.overturned;
    refused += other.refused;
    yellow += other.yellow;
    red += other.red;
    entered_later += other.entered_later;
    by_batch += other.by_batch;
    longest_delay = std::max(longest_delay, other.longest_delay);
    grades.add(other.grades);
}

void CaseFigures::add(const CaseFigures& other) {
    received += other.received;
    accepted += other.accepted;
    completed += other.completed;
    withdrawn += other.withdrawn;
    open += other.open;
    lost += other.lost;
    pending += other.pending;
    ended_before += other.ended_before;
    refused += other.refused;
    days.add(other.days);
    on_time += other.on_time;
    late += other.late;
    returned += other.returned;
    overturned += other.overturned;
    yellow += other.yellow;
    red += other.red;
    grades.add(other.grades);
}

static std::optional<double> rate(std::uint64_t on_time, std::uint64_t late,
                                  std::uint64_t overdue) {
    const auto all = on_time + late + overdue;
    if (all == 0) return {};
    return static_cast<double>(on_time) / static_cast<double>(all);
}

std::optional<double> TaskFigures::on_time_rate() const {
    return rate(on_time, late, overdue);
}

std::optional<double> CaseFigures::on_time_rate() const {
    return rate(on_time, late, lost);
}

}  // namespace workflow::report
