#include "tally.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "../../definition/organization.hpp"
#include "../../shell/catalog_access.hpp"

namespace workflow::report {
namespace {

/// Sums of standings in days, over the periods of a row.
struct Against {
    double tasks = 0, observed = 0, expected = 0, variance = 0;
};

}  // namespace

Month Tally::month(std::int32_t day) {
    if (!first_ || day < *first_) first_ = day;
    if (!last_ || day > *last_) last_ = day;
    const auto [at, fresh] = months_.try_emplace(day, 0);
    if (fresh) at->second = month_of(Date{day});
    return at->second;
}

void Tally::drawn(std::uint32_t stratum, std::int32_t day, const TaskDrawn& drawn,
                  const DrawFact& draw, Names& officers) {
    if (!in_range(day)) return;
    auto& pool = pools_[key(stratum, month(day))];
    pool.sizes.add(static_cast<std::int64_t>(drawn.candidates.size()));
    pool.nobody += drawn.candidates.empty() ? 1 : 0;
    pool.narrowed += draw.narrowed_by.empty() ? 0 : 1;
    pool.widened += draw.widened ? 1 : 0;
    pool.held_back += draw.held_back ? 1 : 0;
    for (const auto by : draw.narrowed_by) ++pool.by[by];
    if (drawn.officer.empty()) return;
    if (pool.candidates != drawn.candidates || pool.figures != drawn.figures) {
        pool.add_up(officers);
        pool.candidates = drawn.candidates;
        pool.figures = drawn.figures;
    }
    ++pool.alike;
    ++pool.shares[officers.number(drawn.officer.text)].drawn;
}

void Tally::Pool::add_up(Names& officers) {
    const auto draws = static_cast<double>(alike);
    double all = 0;
    for (const auto figure : figures) all += figure;
    for (std::size_t i = 0; i < candidates.size() && alike > 0; ++i) {
        const double chance = figures.size() == candidates.size() && all > 0
                                  ? figures[i] / all
                                  : 1 / static_cast<double>(candidates.size());
        auto& share = shares[officers.number(candidates[i].text)];
        share.draws += alike;
        share.expected += draws * chance;
        share.variance += draws * chance * (1 - chance);
    }
    alike = 0;
}

void Tally::signalled(std::uint32_t officer, std::int32_t day, bool red) {
    if (!in_range(day)) return;
    auto& figures = officers_[key(officer, month(day))];
    ++(red ? figures.red : figures.yellow);
}

void Tally::rated(std::uint32_t officer, std::uint32_t item, std::uint32_t hall, std::int32_t day,
                  const Grades& grades) {
    if (!in_range(day)) return;
    if (officer != nobody) officers_[key(officer, month(day))].grades.add(grades);
    items_[key(item, month(day))].grades.add(grades);
    halls_[key(hall, month(day))].grades.add(grades);
}

void Tally::add(const CaseFact& fact, CaseKey key_in_store) {
    if (!fact.edition) return;
    add_tasks(fact);
    const auto day = fact.accepted != no_day ? fact.accepted : fact.received;
    if (!in_range(day)) return;
    ++cases_;
    add_case(fact, items_[key(fact.edition->item, month(day))]);
    add_case(fact, halls_[key(fact.hall, month(day))]);
    if (is_lost(fact)) name_lost(fact, key_in_store);
    const bool result =
        fact.ended != no_day && fact.end != EndKind::withdrawn && fact.end != EndKind::lapsed;
    if (!result) return;
    if (fact.facts == 0)
        ++without_facts;
    else
        decided.push_back({fact.facts, key_in_store, fact.edition->item, fact.end});
}

bool Tally::is_lost(const CaseFact& fact) const {
    return fact.accepted != no_day && fact.ended == no_day && !fact.paused && fact.due != no_day &&
           fact.due < options_.today.days;
}

void Tally::name_lost(const CaseFact& fact, CaseKey key_in_store) {
    // The top of the heap is the case least overdue, which is dropped.
    lost_.push_back({fact.due, key_in_store});
    std::push_heap(lost_.begin(), lost_.end());
    if (lost_.size() > options_.listed) {
        std::pop_heap(lost_.begin(), lost_.end());
        lost_.pop_back();
    }
}

void Tally::add_case(const CaseFact& fact, CaseFigures& figures) {
    ++figures.received;
    figures.yellow += fact.yellow;
    figures.red += fact.red;
    for (const auto& task : fact.tasks) {
        figures.returned += task.returned ? 1 : 0;
        figures.overturned += task.overturned ? 1 : 0;
    }
    const bool ended = fact.ended != no_day;
    if (ended && (fact.end == EndKind::refused || fact.end == EndKind::not_accepted))
        ++figures.refused;
    if (fact.accepted == no_day) {
        ++(ended ? figures.ended_before : figures.pending);
        return;
    }
    ++figures.accepted;
    if (!ended) {
        ++(is_lost(fact) ? figures.lost : figures.open);
    } else if (fact.end == EndKind::withdrawn) {
        ++figures.withdrawn;
    } else {
        ++figures.completed;
        figures.days.add(FactReader::working_days(fact, fact.accepted, fact.ended));
        if (fact.due != no_day) ++(fact.ended <= fact.due ? figures.on_time : figures.late);
    }
}

void Tally::add_tasks(const CaseFact& fact) {
    for (std::size_t i = 0; i < fact.tasks.size(); ++i) {
        const auto& task = fact.tasks[i];
        if (task.officer == nobody) continue;
        if (task.done == no_day) {
            if (fact.ended != no_day) continue;
            const bool overdue =
                !fact.paused && task.due != no_day && task.due < options_.today.days;
            const auto day = overdue ? task.due : static_cast<std::int32_t>(options_.today.days);
            if (!in_range(day)) continue;
            auto& figures = officers_[key(task.officer, month_of(Date{day}))];
            ++(overdue ? figures.overdue : figures.open);
            continue;
        }
        if (!in_range(task.done)) continue;
        const auto at = month(task.done);
        auto& figures = officers_[key(task.officer, at)];
        ++figures.tasks;
        figures.days.add(task.days);
        if (task.due != no_day) ++(task.done <= task.due ? figures.on_time : figures.late);
        figures.returned += task.returned ? 1 : 0;
        figures.overturned += task.overturned ? 1 : 0;
        figures.refused += task.refusing ? 1 : 0;
        figures.entered_later += task.delay > 0 ? 1 : 0;
        figures.by_batch += task.by_batch ? 1 : 0;
        figures.longest_delay = std::max<std::uint32_t>(figures.longest_delay, task.delay);
        const auto same = [&](const TaskFact& other) {
            return other.officer == task.officer && other.done != no_day && in_range(other.done) &&
                   month(other.done) == at;
        };
        const auto here = fact.tasks.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::none_of(fact.tasks.begin(), here, same)) ++figures.cases;
        // An officer who was handed a task did not draw it.
        if (task.drawn && !task.moved) compare(task);
    }
}

void Tally::compare(const TaskFact& task) {
    const auto period = period_of(month(task.done), judged_by_);
    auto& cell = cells_[key(task.stratum, period)][task.officer];
    cell.stratum = task.stratum;
    cell.officer = task.officer;
    cell.period = period;
    ++cell.tasks;
    const auto add = [&](Measure measure, double value) {
        cell.sums[static_cast<std::size_t>(measure)] += value;
    };
    add(Measure::days, task.days);
    cell.squares += static_cast<double>(task.days) * task.days;
    cell.with_limit += task.due != no_day ? 1 : 0;
    add(Measure::late, task.due != no_day && task.done > task.due ? 1 : 0);
    add(Measure::refused, task.refusing ? 1 : 0);
    add(Measure::returned, task.returned ? 1 : 0);
    add(Measure::overturned, task.overturned ? 1 : 0);
}

void Tally::finish(FactReader& names, const Catalog& catalog, Store& store, Comparison& report) {
    report.cases = cases_;
    if (first_) report.first = Date{*first_};
    if (last_) report.last = Date{*last_};
    report.judged_by = judged_by_;
    report.without_facts = without_facts;
    add_officers(names, catalog, report);
    add_shares(names, report);
    add_pools(names, report);

    // Rows by name and period, regardless of the order of reading.
    const auto collect = [&](const auto& months, const Names& of) {
        std::map<std::pair<std::string, Month>, CaseFigures> rows;
        for (const auto& [at, figures] : months)
            rows[{of.name(static_cast<std::uint32_t>(at >> 32)),
                  period_of(static_cast<Month>(at & 0xffffffff), options_.by)}]
                .add(figures);
        return rows;
    };
    for (auto& [at, figures] : collect(items_, names.items))
        report.items.push_back({ItemId(at.first), at.second, figures});
    for (auto& [at, figures] : collect(halls_, names.halls))
        report.halls.push_back({HallId(at.first), at.second, figures});

    std::sort(lost_.begin(), lost_.end());
    for (const auto& lost : lost_)
        if (const auto row = store.find(lost.key))
            report.lost.push_back({row->number, row->item, Date{lost.due}});
}

void Tally::add_officers(const FactReader& names, const Catalog& catalog, Comparison& report) {
    for (std::size_t i = 0; i < names.officers.size(); ++i)
        report.names.emplace_back(names.officers.name(static_cast<std::uint32_t>(i)));
    std::map<std::pair<std::string, Month>, TaskFigures> rows;
    for (const auto& [at, figures] : officers_)
        rows[{names.officers.name(static_cast<std::uint32_t>(at >> 32)),
              period_of(static_cast<Month>(at & 0xffffffff), options_.by)}]
            .add(figures);

    std::vector<Cell> cells;
    for (const auto& [at, by_officer] : cells_)
        for (const auto& [officer, cell] : by_officer) cells.push_back(cell);
    const auto standings = judge(std::move(cells), options_.rule);
    report.flags = flags_of(standings, options_.rule);

    std::map<std::pair<std::string, Month>, Against> against;
    std::map<Month, std::vector<double>> distances;
    std::set<std::uint32_t> judged;
    for (const auto& standing : standings) {
        if (standing.judged) judged.insert(standing.officer);
        if (standing.measure != Measure::days) continue;
        auto& sums = against[{names.officers.name(standing.officer),
                              period_of(standing.period, options_.by)}];
        sums.tasks += standing.tasks;
        sums.observed += standing.observed;
        sums.expected += standing.expected;
        sums.variance += standing.variance;
    }
    report.compared = judged.size();
    for (const auto& [at, sums] : against)
        if (sums.tasks >= options_.rule.least_tasks)
            distances[at.second].push_back((sums.observed - sums.expected) /
                                           std::sqrt(sums.variance));
    std::map<Month, double> spreads;
    for (auto& [period, values] : distances)
        spreads[period] = spread_of(std::move(values), options_.rule).width;
    std::set<std::string> told;
    for (auto& [at, figures] : rows) {
        OfficerRow row;
        row.officer = OfficerId(at.first);
        row.period = at.second;
        if (const auto* officer = compiled(catalog).organization().officer(row.officer))
            row.hall = officer->hall;
        row.figures = std::move(figures);
        const auto sums = against.find(at);
        if (sums != against.end()) {
            const auto& found = sums->second;
            row.compared = static_cast<std::uint64_t>(found.tasks);
            if (found.tasks >= options_.rule.least_tasks) {
                row.observed_days = found.observed / found.tasks;
                row.expected_days = found.expected / found.tasks;
                row.half_band = options_.rule.deviations * spreads[at.second] *
                                std::sqrt(found.variance) / found.tasks;
            }
        }
        told.insert(at.first);
        report.officers.push_back(std::move(row));
    }
    report.too_few = told.size() - std::min<std::size_t>(told.size(), judged.size());
}

void Tally::add_shares(FactReader& names, Comparison& report) {
    std::map<std::tuple<std::string, std::string, Month, std::string>, Share> rows;
    for (auto& [at, pool] : pools_) {
        pool.add_up(names.officers);
        const auto& [item, step] = names.strata[static_cast<std::uint32_t>(at >> 32)];
        const auto period = period_of(static_cast<Month>(at & 0xffffffff), options_.by);
        for (const auto& [officer, share] : pool.shares) {
            auto& row = rows[{names.items.name(item), step, period, names.officers.name(officer)}];
            row.draws += share.draws;
            row.drawn += share.drawn;
            row.expected += share.expected;
            row.variance += share.variance;
        }
    }
    for (const auto& [at, share] : rows) {
        const auto& [item, step, period, officer] = at;
        report.shares.push_back({ItemId(item), StepId(step), period, OfficerId(officer),
                                 share.draws, share.drawn, share.expected, share.variance});
    }
}

void Tally::add_pools(FactReader& names, Comparison& report) {
    // By item, step and period; then the last month of each item and step, on which the flag
    // depends.
    std::map<std::tuple<std::string, std::string, Month>, Pool> rows;
    std::map<std::uint32_t, Month> last;
    for (const auto& [at, pool] : pools_) {
        const auto stratum = static_cast<std::uint32_t>(at >> 32);
        const auto month = static_cast<Month>(at & 0xffffffff);
        auto& newest = last.try_emplace(stratum, month).first->second;
        newest = std::max(newest, month);
        const auto& [item, step] = names.strata[stratum];
        auto& row = rows[{names.items.name(item), step, period_of(month, options_.by)}];
        row.sizes.add(pool.sizes);
        row.nobody += pool.nobody;
        row.narrowed += pool.narrowed;
        row.widened += pool.widened;
        row.held_back += pool.held_back;
        for (const auto& [officer, times] : pool.by) row.by[officer] += times;
    }
    std::map<std::pair<std::string, std::string>, std::pair<Month, double>> ends;
    for (const auto& [stratum, month] : last)
        ends[{names.items.name(names.strata[stratum].item), names.strata[stratum].step}] = {
            month, pools_[key(stratum, month)].sizes.median().value_or(0)};
    for (auto& [at, pool] : rows) {
        const auto& [item, step, period] = at;
        const auto& [month, median] = ends[{item, step}];
        PoolRow row;
        row.item = ItemId(item);
        row.step = StepId(step);
        row.period = period;
        row.below = pool.sizes.below(options_.least_candidates);
        row.sizes = std::move(pool.sizes);
        row.nobody = pool.nobody;
        row.narrowed = pool.narrowed;
        row.widened = pool.widened;
        row.held_back = pool.held_back;
        for (const auto& [officer, times] : pool.by)
            row.narrowed_by.emplace_back(OfficerId(names.officers.name(officer)), times);
        std::sort(row.narrowed_by.begin(), row.narrowed_by.end(), [](const auto& a, const auto& b) {
            return a.second != b.second ? a.second > b.second : a.first < b.first;
        });
        row.last = month;
        row.last_median = median;
        row.shrunk = median < static_cast<double>(options_.least_candidates) &&
                     period_of(month, options_.by) == period;
        report.pools.push_back(std::move(row));
    }
}

}  // namespace workflow::report
