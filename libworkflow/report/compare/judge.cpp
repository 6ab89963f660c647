// Finds the officers who stand out. Compares observed with expected values by item and step
// (indirect standardization), and subtracts the excess spread of all officers as in Spiegelhalter,
// "Handling over-dispersion of performance indicators" (2005). Excludes officers who stand out from
// the values by which others are measured.

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <unordered_map>

#include "compare.hpp"

namespace workflow::report {
namespace {

/// The sums of all officers of a stratum by whom others are measured.
struct Together {
    double tasks = 0, sum = 0, squares = 0;
    std::uint32_t officers = 0;
};

/// One measure in one period.
class Judging {
public:
    Judging(const std::vector<Cell>& cells, Measure measure, const FlagRule& rule)
        : cells_(cells), measure_(measure), rule_(rule) {}

    std::vector<Standing> standings() {
        std::map<std::uint32_t, Standing> all;
        for (int round = 0; round < 10; ++round) {
            all = stand();
            if (!purge(all)) break;
        }
        std::vector<Standing> found;
        for (auto& [officer, standing] : all) found.push_back(standing);
        spread(found);
        return found;
    }

private:
    [[nodiscard]] double tasks(const Cell& cell) const {
        return measure_ == Measure::late ? cell.with_limit : cell.tasks;
    }
    [[nodiscard]] double sum(const Cell& cell) const {
        return cell.sums[static_cast<std::size_t>(measure_)];
    }

    std::map<std::uint32_t, Standing> stand() {
        std::unordered_map<std::uint32_t, Together> strata;
        for (const auto& cell : cells_) {
            if (tasks(cell) <= 0 || purged_.contains(cell.officer)) continue;
            auto& together = strata[cell.stratum];
            together.tasks += tasks(cell);
            together.sum += sum(cell);
            together.squares += cell.squares;
            ++together.officers;
        }
        std::map<std::uint32_t, Standing> all;
        for (const auto& cell : cells_) {
            if (tasks(cell) <= 0) continue;
            auto others = strata[cell.stratum];
            if (!purged_.contains(cell.officer)) {
                others.tasks -= tasks(cell);
                others.sum -= sum(cell);
                others.squares -= cell.squares;
                --others.officers;
            }
            if (others.officers < rule_.least_peers || others.tasks < rule_.least_theirs) continue;
            auto& standing = all[cell.officer];
            standing.officer = cell.officer;
            standing.period = cell.period;
            standing.measure = measure_;
            standing.tasks += tasks(cell);
            standing.observed += sum(cell);
            standing.expected += tasks(cell) * others.sum / others.tasks;
            standing.variance += tasks(cell) * variance(others) * (1 + tasks(cell) / others.tasks);
        }
        for (auto& [officer, standing] : all) {
            standing.judged = standing.tasks >= rule_.least_tasks;
            standing.deviations =
                (standing.observed - standing.expected) / std::sqrt(standing.variance);
        }
        return all;
    }

    /// Returns the variance of one task. Days are whole numbers, with an error of up to half a day.
    [[nodiscard]] double variance(const Together& others) const {
        if (measure_ != Measure::days) {
            const auto share = (others.sum + 0.5) / (others.tasks + 1);
            return share * (1 - share);
        }
        const auto mean = others.sum / others.tasks;
        return std::max(others.squares / others.tasks - mean * mean, 0.0) + 1.0 / 12;
    }

    /// Excludes those who stand out most from the values by which others are measured, but never
    /// half of all. Returns whether there was anybody.
    bool purge(const std::map<std::uint32_t, Standing>& all) {
        double furthest = 0;
        std::size_t judged = 0;
        for (const auto& [officer, standing] : all) {
            if (!standing.judged) continue;
            ++judged;
            if (!purged_.contains(officer))
                furthest = std::max(furthest, std::abs(standing.deviations));
        }
        if (furthest < rule_.deviations) return false;
        bool any = false;
        for (const auto& [officer, standing] : all) {
            if (2 * (purged_.size() + 1) >= judged) break;
            if (!standing.judged || purged_.contains(officer) ||
                std::abs(standing.deviations) < std::max(rule_.deviations, 0.75 * furthest))
                continue;
            purged_.emplace(officer, true);
            any = true;
        }
        return any;
    }

    void spread(std::vector<Standing>& found) const {
        std::vector<double> all;
        for (const auto& standing : found)
            if (standing.judged) all.push_back(standing.deviations);
        const auto [middle, width] = spread_of(std::move(all), rule_);
        const auto least = measure_ == Measure::days ? rule_.least_days : rule_.least_share;
        for (auto& standing : found) {
            standing.spread = width;
            standing.deviations = (standing.deviations - middle) / width;
            standing.out =
                standing.judged && std::abs(standing.deviations) >= rule_.deviations &&
                std::abs(standing.observed - standing.expected) >= least * standing.tasks &&
                (standing.deviations > 0) == (standing.observed > standing.expected);
        }
    }

    const std::vector<Cell>& cells_;
    Measure measure_;
    const FlagRule& rule_;
    std::map<std::uint32_t, bool> purged_;
};

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const auto middle = values.size() / 2;
    return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace

Spread spread_of(std::vector<double> deviations, const FlagRule& rule) {
    if (deviations.size() < rule.least_spread) return {};
    const auto middle = median(deviations);
    for (auto& one : deviations) one = std::abs(one - middle);
    return {middle, std::max(1.0, 1.4826 * median(std::move(deviations)))};
}

std::vector<Standing> judge(std::vector<Cell> cells, const FlagRule& rule) {
    std::sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) {
        return std::tie(a.period, a.stratum, a.officer) < std::tie(b.period, b.stratum, b.officer);
    });
    std::vector<Standing> all;
    for (auto from = cells.begin(); from != cells.end();) {
        const auto to = std::find_if(from, cells.end(),
                                     [&](const Cell& cell) { return cell.period != from->period; });
        const std::vector<Cell> period(from, to);
        for (std::size_t measure = 0; measure < measure_count; ++measure) {
            auto found = Judging(period, static_cast<Measure>(measure), rule).standings();
            all.insert(all.end(), found.begin(), found.end());
        }
        from = to;
    }
    std::sort(all.begin(), all.end(), [](const Standing& a, const Standing& b) {
        return std::tie(a.officer, a.measure, a.period) < std::tie(b.officer, b.measure, b.period);
    });
    return all;
}

std::vector<Flag> flags_of(const std::vector<Standing>& standings, const FlagRule& rule) {
    // By officer and measure, oldest first: as `judge` orders them.
    std::map<std::pair<std::uint32_t, Measure>, std::vector<const Standing*>> judged;
    for (const auto& standing : standings)
        if (standing.judged) judged[{standing.officer, standing.measure}].push_back(&standing);
    std::vector<Flag> flags;
    for (auto& [key, periods] : judged) {
        const auto from = periods.size() - std::min<std::size_t>(periods.size(), rule.of_periods);
        for (const bool high : {true, false}) {
            // Being returned, overturned or late less often than others needs no attention.
            if (!high && key.second != Measure::days && key.second != Measure::refused) continue;
            Flag flag{key.first, key.second, high, {}};
            for (auto i = from; i < periods.size(); ++i)
                if (periods[i]->out && (periods[i]->deviations > 0) == high)
                    flag.periods.push_back(*periods[i]);
            if (flag.periods.size() >= rule.in_periods) flags.push_back(std::move(flag));
        }
    }
    return flags;
}

}  // namespace workflow::report
