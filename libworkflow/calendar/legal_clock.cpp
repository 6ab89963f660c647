#include "legal_clock.hpp"

#include <algorithm>
#include <stdexcept>

namespace workflow::inline v0 {
namespace {

/// Returns the spans after `start`, sorted and merged, so that no day is excluded twice (R14).
std::vector<DaySpan> join(Date start, std::vector<DaySpan> spans) {
    std::erase_if(spans,
                  [&](const DaySpan& span) { return span.to <= start || span.to < span.from; });
    for (auto& span : spans) span.from = std::max(span.from, Date{start.days + 1});
    std::sort(spans.begin(), spans.end(),
              [](const DaySpan& a, const DaySpan& b) { return a.from < b.from; });
    std::vector<DaySpan> joined;
    for (const auto& span : spans) {
        if (!joined.empty() && span.from.days <= joined.back().to.days + 1)
            joined.back().to = std::max(joined.back().to, span.to);
        else
            joined.push_back(span);
    }
    return joined;
}

}  // namespace

Due due_day(const WorkingDays& calendar, Date start, Limit limit,
            const std::vector<DaySpan>& excluded) {
    if (!counts_days(limit.unit)) throw std::invalid_argument("a limit in minutes has no due day");
    const auto spans = excluded.empty() ? std::vector<DaySpan>() : join(start, excluded);
    if (limit.unit == LimitUnit::workdays) {
        auto due = calendar.add(start, limit.amount);
        std::int64_t lost = 0;
        // Each span that begins before the limit ends moves the end back, possibly into the next
        // span.
        for (const auto& span : spans) {
            if (span.from > due.date) break;
            lost += calendar.count(span.from, span.to);
            due = calendar.add(start, limit.amount + lost);
        }
        return due;
    }
    auto end = start.days + limit.amount;
    for (const auto& span : spans) {
        if (span.from.days > end) break;
        end += span.to.days - span.from.days + 1;
    }
    const auto due = calendar.roll(Date{end});
    return {due.date, due.provisional || !calendar.covers(Date{end})};
}

void LegalClock::pause(Date from) {
    if (!paused_since) paused_since = from;
}

void LegalClock::resume(Date last_excluded) {
    if (!paused_since) return;
    if (*paused_since <= last_excluded) excluded.push_back({*paused_since, last_excluded});
    paused_since.reset();
}

std::optional<Due> LegalClock::due(const WorkingDays& calendar) const {
    if (paused_since) return {};
    return due_day(calendar, start, limit, excluded);
}

}  // namespace workflow::inline v0
