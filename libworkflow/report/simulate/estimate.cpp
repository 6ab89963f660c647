// Means over replications, their confidence intervals, and the values of the theory.

#include <array>
#include <cmath>

#include "simulate.hpp"

namespace workflow::report {

double student_quantile(std::size_t degrees) {
    constexpr std::array<double, 30> table{
        12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281,
        2.2010,  2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860,
        2.0796,  2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423};
    if (degrees <= table.size()) return table.at(degrees - 1);
    // Cornish and Fisher's expansion around the normal quantile.
    const double z = 1.959964, n = static_cast<double>(degrees);
    const double z3 = z * z * z, z5 = z3 * z * z;
    return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n);
}

namespace {

Estimate summarize(const Figure& named, const std::vector<double>& values) {
    Estimate estimate{named.group, named.name, {}, {}, values.size()};
    if (values.empty()) return estimate;
    const auto n = static_cast<double>(values.size());
    double mean = 0;
    for (const auto value : values) mean += value / n;
    estimate.mean = mean;
    if (values.size() < 2) return estimate;
    double squares = 0;
    for (const auto value : values) squares += (value - mean) * (value - mean);
    estimate.half_width = student_quantile(values.size() - 1) * std::sqrt(squares / (n - 1) / n);
    return estimate;
}

const Figure* find(const Run& run, const Figure& wanted) {
    for (const auto& figure : run.figures)
        if (figure.group == wanted.group && figure.name == wanted.name) return &figure;
    return nullptr;
}

}  // namespace

std::vector<Estimate> estimate(const std::vector<Run>& runs) {
    std::vector<Estimate> estimates;
    if (runs.empty()) return estimates;
    for (std::size_t i = 0; i < runs.front().figures.size(); ++i) {
        std::vector<double> values;
        for (const auto& run : runs)
            if (run.figures[i].value) values.push_back(*run.figures[i].value);
        estimates.push_back(summarize(runs.front().figures[i], values));
    }
    return estimates;
}

std::vector<Estimate> difference(const std::vector<Run>& first, const std::vector<Run>& second) {
    std::vector<Estimate> estimates;
    if (first.empty() || first.size() != second.size()) return estimates;
    for (const auto& named : first.front().figures) {
        std::vector<double> values;
        for (std::size_t run = 0; run < first.size(); ++run) {
            const auto* before = find(first[run], named);
            const auto* after = find(second[run], named);
            if (before && after && before->value && after->value)
                values.push_back(*after->value - *before->value);
        }
        estimates.push_back(summarize(named, values));
    }
    return estimates;
}

ErlangC erlang_c(unsigned servers, double arrival_rate, double service_rate) {
    const double offered = arrival_rate / service_rate;
    // Erlang B by its recursion, which does not overflow; C from it.
    double blocked = 1;
    for (unsigned n = 1; n <= servers; ++n) blocked = offered * blocked / (n + offered * blocked);
    const double load = offered / servers;
    const double waits = blocked / (1 - load * (1 - blocked));
    return {waits, waits / (servers * service_rate - arrival_rate)};
}

}  // namespace workflow::report
