#include "axis.hpp"

#include <algorithm>

#include "../base/decimal.hpp"
#include "../feel/operators.hpp"

namespace workflow::decision {
namespace {

using feel::Kind;

/// A total order of the values that bound intervals, including booleans.
bool before(const Value& a, const Value& b) {
    const auto* number = a.as<Decimal>();
    const auto* other = b.as<Decimal>();
    if (number && other) return compare(*number, *other) < 0;
    const auto* text = a.as<std::string>();
    const auto* longer = b.as<std::string>();
    if (text && longer) return *text < *longer;
    const auto lies = feel::order(a, b);
    if (lies) return *lies < 0;
    const auto* left = a.as<bool>();
    const auto* right = b.as<bool>();
    if (left && right) return !*left && *right;
    return a.held().index() < b.held().index();
}

Value one_more(const Value& value) {
    if (const auto* date = value.as<Date>()) return Date{date->days + 1};
    if (const auto* number = value.as<Decimal>()) {
        const auto next = add(*number, decimal_of(1));
        return next ? Value(*next) : Value();
    }
    return {};
}

/// Returns the next whole number above or below a number.
Value next_whole(const Value& value, bool up) {
    const auto* number = value.as<Decimal>();
    const auto edge = round(*number, 0, up ? Rounding::floor : Rounding::ceiling);
    const auto next = !edge ? edge
                      : up  ? add(*edge, decimal_of(1))
                            : subtract(*edge, decimal_of(1));
    return next ? Value(*next) : Value();
}

bool is_whole(const Value& value) {
    const auto* number = value.as<Decimal>();
    const auto edge = number ? round(*number, 0, Rounding::floor) : std::nullopt;
    return edge && compare(*edge, *number) == 0;
}

/// Returns whether any two values of this kind can be ordered.
bool has_total_order(const Value& value) {
    return value.as<Decimal>() || value.as<std::string>() || value.as<bool>() || value.as<Date>() ||
           value.as<DaysTimeDuration>() || value.as<YearsMonthsDuration>();
}

Value middle(const Value& low, const Value& high) {
    const auto* a = low.as<Decimal>();
    const auto* b = high.as<Decimal>();
    if (a && b) {
        const auto sum = add(*a, *b);
        const auto half = sum ? divide(*sum, decimal_of(2)) : std::nullopt;
        return half ? Value(*half) : Value();
    }
    const auto* from = low.as<DateTime>();
    if (from) {
        auto later = *from;
        ++later.time.nanoseconds;
        return later;
    }
    if (const auto* time = low.as<TimeOfDay>()) {
        auto later = *time;
        ++later.nanoseconds;
        return later;
    }
    if (const auto* duration = low.as<DaysTimeDuration>())
        return DaysTimeDuration{duration->nanoseconds + 1};
    if (const auto* months = low.as<YearsMonthsDuration>())
        return YearsMonthsDuration{months->months + 1};
    if (const auto* text = low.as<std::string>()) return *text + " ";
    return {};
}

/// Returns a value below the first boundary.
Value below(const Value& cut) {
    if (const auto* number = cut.as<Decimal>()) {
        const auto less = subtract(*number, decimal_of(1));
        return less ? Value(*less) : Value();
    }
    if (const auto* date = cut.as<Date>()) return Date{date->days - 1};
    if (const auto* text = cut.as<std::string>())
        return text->empty() ? Value() : Value(std::string());
    if (const auto* moment = cut.as<DateTime>()) {
        auto earlier = *moment;
        --earlier.date.days;
        return earlier;
    }
    if (const auto* time = cut.as<TimeOfDay>()) {
        auto earlier = *time;
        if (--earlier.nanoseconds < 0) return {};
        return earlier;
    }
    if (const auto* duration = cut.as<DaysTimeDuration>())
        return DaysTimeDuration{duration->nanoseconds - 1};
    if (const auto* months = cut.as<YearsMonthsDuration>())
        return YearsMonthsDuration{months->months - 1};
    return {};
}

}  // namespace

Axis::Axis(const Domain& domain, const std::vector<const Cell*>& cells) : domain_(domain) {
    // Sorted by address, because moving values is costly.
    static const Value no(false), yes(true);
    std::vector<const Value*> found;
    const auto add_cuts = [&](const Cell& cell) {
        if (!cell) return;
        for (const auto& piece : *cell) {
            if (!piece.low.is_null()) found.push_back(&piece.low);
            if (!piece.high.is_null()) found.push_back(&piece.high);
        }
    };
    for (const auto* cell : cells) add_cuts(*cell);
    add_cuts(domain.values);
    if (domain.kind == Kind::boolean) found.insert(found.end(), {&no, &yes});
    std::sort(found.begin(), found.end(),
              [](const Value* a, const Value* b) { return before(*a, *b); });
    for (const auto* value : found)
        if (cuts_.empty() || before(cuts_.back(), *value)) cuts_.push_back(*value);
    searched_ = !cuts_.empty() && has_total_order(cuts_.front()) &&
                std::all_of(cuts_.begin(), cuts_.end(), [&](const Value& cut) {
                    return cut.held().index() == cuts_.front().held().index();
                });
    const auto raw_segments = static_cast<std::uint32_t>(2 * cuts_.size() + 1);
    before_.reserve(raw_segments + 1);
    for (std::uint32_t i = 0; i < raw_segments; ++i) {
        before_.push_back(size());
        if (exists(i)) place_.push_back(i);
    }
    before_.push_back(size());
}

std::uint32_t Axis::cut(const Value& value) const {
    return static_cast<std::uint32_t>(std::lower_bound(cuts_.begin(), cuts_.end(), value, before) -
                                      cuts_.begin());
}

std::pair<std::uint32_t, std::uint32_t> Axis::raw(const feel::Piece& piece) const {
    const auto first = piece.low.is_null() ? 0 : 2 * cut(piece.low) + (piece.low_included ? 1 : 2);
    const auto last = piece.high.is_null() ? static_cast<std::uint32_t>(2 * cuts_.size())
                                           : 2 * cut(piece.high) + (piece.high_included ? 1 : 0);
    return {first, last};
}

/// Returns a value inside the raw segment, if the domain has one there.
std::optional<Value> Axis::value_in(std::uint32_t raw_segment) const {
    const auto index = raw_segment / 2;
    const bool point = raw_segment % 2 == 1;
    const bool whole = domain_.whole;
    if (point) return whole && !is_whole(cuts_[index]) ? std::optional<Value>() : cuts_[index];
    if (domain_.kind == Kind::boolean) return {};
    if (cuts_.empty()) return Value();
    Value found;
    if (index == 0) {
        found = whole ? next_whole(cuts_.front(), false) : below(cuts_.front());
    } else {
        const auto& low = cuts_[index - 1];
        found = whole ? next_whole(low, true) : one_more(low);
        const bool inner = index < cuts_.size();
        if (inner && (found.is_null() || !before(found, cuts_[index]))) {
            if (domain_.kind == Kind::date || whole) return {};
            found = middle(low, cuts_[index]);
            if (found.is_null() || !before(low, found) || !before(found, cuts_[index])) return {};
        }
        if (found.is_null()) found = middle(low, low);
    }
    if (found.is_null()) return {};
    return found;
}

bool Axis::exists(std::uint32_t raw_segment) const {
    if (!value_in(raw_segment)) return false;
    if (!domain_.values) return true;
    return std::any_of(domain_.values->begin(), domain_.values->end(),
                       [&](const feel::Piece& piece) {
                           const auto [first, last] = raw(piece);
                           return first <= raw_segment && raw_segment <= last;
                       });
}

std::vector<Stretch> Axis::stretches(const Cell& cell) const {
    std::vector<Stretch> found;
    if (!cell) {
        if (size() > 0) found.push_back({0, size() - 1});
        return found;
    }
    for (const auto& piece : *cell) {
        const auto [first, last] = raw(piece);
        if (first > last || before_[first] == before_[last + 1]) continue;
        found.push_back({before_[first], before_[last + 1] - 1});
    }
    std::sort(found.begin(), found.end(),
              [](const Stretch& a, const Stretch& b) { return a.first < b.first; });
    // Adjacent intervals are one stretch.
    std::vector<Stretch> joined;
    for (const auto& stretch : found) {
        if (!joined.empty() && stretch.first <= joined.back().last + 1)
            joined.back().last = std::max(joined.back().last, stretch.last);
        else
            joined.push_back(stretch);
    }
    return joined;
}

std::optional<std::uint32_t> Axis::segment_of(const Value& value) const {
    if (!searched_ || value.held().index() != cuts_.front().held().index()) return {};
    const auto index = cut(value);
    const bool point = index < cuts_.size() && !before(value, cuts_[index]);
    const auto raw_segment = 2 * index + (point ? 1 : 0);
    const bool known = before_[raw_segment] != before_[raw_segment + 1];
    return known ? std::optional(before_[raw_segment]) : std::nullopt;
}

Value Axis::witness(std::uint32_t segment) const {
    return value_in(place_[segment]).value_or(Value());
}

}  // namespace workflow::decision
