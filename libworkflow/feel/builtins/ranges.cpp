// Relations between points and ranges (Allen 1983; DMN 1.5, table 78), and range().

#include <algorithm>

#include "../conform.hpp"
#include "../evaluator.hpp"
#include "../operators.hpp"
#include "../parser.hpp"
#include "table.hpp"

namespace workflow::feel {
namespace {

using Arguments = std::span<const Value>;

/// The relation of two ends; null if they cannot be compared.
struct Lies {
    bool known = false;
    int way = 0;
};
Lies compared(const Value& a, const Value& b) {
    const auto lies = order(a, b);
    if (!lies) return {};
    return {true, *lies < 0 ? -1 : *lies > 0 ? 1 : 0};
}

/// The result of a relation: unknown if some ends could not be compared.
class Answer {
public:
    int of(const Value& a, const Value& b) {
        const auto lies = compared(a, b);
        known_ = known_ && lies.known;
        return lies.way;
    }
    [[nodiscard]] Value when(bool holds) const { return known_ ? Value(holds) : Value(); }

private:
    bool known_ = true;
};

/// Returns whether the first lies wholly before the second. A point is a range of one value.
Value is_before(const Value& a, const Value& b) {
    const auto *x = a.as<Range>(), *y = b.as<Range>();
    Answer answer;
    const auto way = answer.of(x ? x->high : a, y ? y->low : b);
    const bool touch = (!x || x->high_included) && (!y || y->low_included);
    return answer.when(way < 0 || (way == 0 && (x || y) && !touch));
}

Value before(Arguments a, const Call&) {
    return is_before(a[0], a[1]);
}
Value after(Arguments a, const Call&) {
    return is_before(a[1], a[0]);
}

Value meets_other(const Value& a, const Value& b) {
    const auto *x = a.as<Range>(), *y = b.as<Range>();
    if (!x || !y) return {};
    Answer answer;
    const auto way = answer.of(x->high, y->low);
    return answer.when(x->high_included && y->low_included && way == 0);
}
Value meets_range(Arguments a, const Call&) {
    return meets_other(a[0], a[1]);
}
Value met_by(Arguments a, const Call&) {
    return meets_other(a[1], a[0]);
}

Value overlaps(Arguments a, const Call&) {
    const auto *x = a[0].as<Range>(), *y = a[1].as<Range>();
    if (!x || !y) return {};
    Answer answer;
    const auto left = answer.of(x->high, y->low), right = answer.of(x->low, y->high);
    return answer.when((left > 0 || (left == 0 && x->high_included && y->low_included)) &&
                       (right < 0 || (right == 0 && x->low_included && y->high_included)));
}

/// Returns whether the first begins before the second and ends inside it.
Value overlaps_first(const Value& a, const Value& b) {
    const auto *x = a.as<Range>(), *y = b.as<Range>();
    if (!x || !y) return {};
    Answer answer;
    const auto begins = answer.of(x->low, y->low), reaches = answer.of(x->high, y->low),
               ends = answer.of(x->high, y->high);
    const bool starts_before = begins < 0 || (begins == 0 && x->low_included && !y->low_included);
    const bool reaches_in = reaches > 0 || (reaches == 0 && x->high_included && y->low_included);
    const bool ends_inside = ends < 0 || (ends == 0 && (!x->high_included || y->high_included));
    return answer.when(starts_before && reaches_in && ends_inside);
}
Value overlaps_before(Arguments a, const Call&) {
    return overlaps_first(a[0], a[1]);
}
Value overlaps_after(Arguments a, const Call&) {
    const auto *x = a[0].as<Range>(), *y = a[1].as<Range>();
    if (!x || !y) return {};
    Answer answer;
    const auto begins = answer.of(y->low, x->low), reaches = answer.of(y->high, x->low),
               ends = answer.of(y->high, x->high);
    const bool starts_inside = begins < 0 || (begins == 0 && y->low_included && !x->low_included);
    const bool reaches_in = reaches > 0 || (reaches == 0 && y->high_included && x->low_included);
    const bool ends_after = ends < 0 || (ends == 0 && (!y->high_included || x->high_included));
    return answer.when(starts_inside && reaches_in && ends_after);
}

/// Returns whether the first, a point or a range, ends where the range ends.
Value finishes_range(const Value& a, const Value& b) {
    const auto* y = b.as<Range>();
    if (!y) return {};
    Answer answer;
    if (const auto* x = a.as<Range>()) {
        const auto ends = answer.of(x->high, y->high), begins = answer.of(x->low, y->low);
        return answer.when(x->high_included == y->high_included && ends == 0 &&
                           (begins > 0 || (begins == 0 && (!x->low_included || y->low_included))));
    }
    const auto ends = answer.of(a, y->high);
    return answer.when(y->high_included && ends == 0);
}
Value finishes(Arguments a, const Call&) {
    return finishes_range(a[0], a[1]);
}
Value finished_by(Arguments a, const Call&) {
    return finishes_range(a[1], a[0]);
}

Value starts_range(const Value& a, const Value& b) {
    const auto* y = b.as<Range>();
    if (!y) return {};
    Answer answer;
    if (const auto* x = a.as<Range>()) {
        const auto begins = answer.of(x->low, y->low), ends = answer.of(x->high, y->high);
        return answer.when(x->low_included == y->low_included && begins == 0 &&
                           (ends < 0 || (ends == 0 && (!x->high_included || y->high_included))));
    }
    const auto begins = answer.of(a, y->low);
    return answer.when(y->low_included && begins == 0);
}
Value starts(Arguments a, const Call&) {
    return starts_range(a[0], a[1]);
}
Value started_by(Arguments a, const Call&) {
    return starts_range(a[1], a[0]);
}

/// Returns whether the range contains the other, a point or a range.
Value holds_other(const Value& whole, const Value& part) {
    const auto* x = whole.as<Range>();
    if (!x) return {};
    Answer answer;
    const auto* y = part.as<Range>();
    if (!y) {
        const auto low = answer.of(x->low, part), high = answer.of(x->high, part);
        return answer.when((low < 0 || (low == 0 && x->low_included)) &&
                           (high > 0 || (high == 0 && x->high_included)));
    }
    const auto low = answer.of(x->low, y->low), high = answer.of(x->high, y->high);
    return answer.when((low < 0 || (low == 0 && (x->low_included || !y->low_included))) &&
                       (high > 0 || (high == 0 && (x->high_included || !y->high_included))));
}
Value includes(Arguments a, const Call&) {
    return holds_other(a[0], a[1]);
}
Value during(Arguments a, const Call&) {
    return holds_other(a[1], a[0]);
}

Value coincides(Arguments a, const Call&) {
    const auto *x = a[0].as<Range>(), *y = a[1].as<Range>();
    Answer answer;
    if (x && y) {
        const auto low = answer.of(x->low, y->low), high = answer.of(x->high, y->high);
        return answer.when(low == 0 && high == 0 && x->low_included == y->low_included &&
                           x->high_included == y->high_included);
    }
    if (x || y) return {};
    const auto way = answer.of(a[0], a[1]);
    return answer.when(way == 0);
}

/// Returns whether both are the same value of the same kind; times and zones must have the same
/// notation.
Value is_same(Arguments a, const Call&) {
    const auto same_clock = [](const TimeOfDay& x, const TimeOfDay& y) {
        if (x.nanoseconds != y.nanoseconds || x.zone.has_value() != y.zone.has_value())
            return false;
        if (!x.zone) return true;
        return x.zone->name == y.zone->name && (x.zone->name || x.zone->offset == y.zone->offset);
    };
    if (const auto* x = a[0].as<TimeOfDay>(), *y = a[1].as<TimeOfDay>(); x && y)
        return same_clock(*x, *y);
    if (const auto* x = a[0].as<DateTime>(), *y = a[1].as<DateTime>(); x && y)
        return x->date == y->date && same_clock(x->time, y->time);
    return a[0] == a[1];
}

/// Returns an end of a range in a text: a literal, or a date, time or duration of a literal.
std::optional<Value> literal(const Node& node) {
    if (node.op == Operator::constant) return node.value;
    if (node.op == Operator::negate && node.parts[0].op == Operator::constant)
        return negate(node.parts[0].value);
    if (node.op != Operator::call || node.parts.size() != 1 ||
        node.parts[0].op != Operator::constant)
        return {};
    const auto name = node.builtin->name;
    if (name != "date" && name != "time" && name != "date and time" && name != "duration")
        return {};
    Evaluation none;
    return node.builtin->apply(std::array{node.parts[0].value}, Call(none));
}

Value to_range(Arguments a, const Call& call) {
    const auto* text = a[0].as<std::string>();
    if (!text || text->size() > 4'096 || call.budget < 100) return {};
    call.budget -= 50;
    std::vector<Mistake> mistakes;
    const auto node = parse(*text, {}, mistakes);
    if (!node || !mistakes.empty() || node->op != Operator::range || !node->name.empty()) return {};
    const auto low = literal(node->parts[0]), high = literal(node->parts[1]);
    if (!low || !high || low->is_null() || high->is_null()) return {};
    const auto lies = order(*low, *high);
    if (!lies || *lies > 0) return {};
    return Range{*low, *high, node->low_included, node->high_included};
}

}  // namespace

std::vector<Builtin> range_functions() {
    constexpr auto b = Kind::boolean;
    const std::vector<Parameter> points{{"point1"}, {"point2"}};
    const std::vector<Parameter> point_range{{"point"}, {"range", Kind::range}};
    const std::vector<Parameter> range_point{{"range", Kind::range}, {"point"}};
    const std::vector<Parameter> ranges{{"range1", Kind::range}, {"range2", Kind::range}};
    std::vector<Builtin> rows{
        {"range",
         {{"from", Kind::string}},
         false,
         Kind::range,
         to_range,
         "converts a text to a range",
         "range(\"[18..21)\")",
         "[18..21)"},
        {"is",
         {{"value1"}, {"value2"}},
         false,
         b,
         is_same,
         "true if both are equal and of the same kind; times must also have the same zone",
         "is(@\"10:00:00\", @\"10:00:00Z\")",
         "false",
         Builtin::Like::itself,
         false,
         Builtin::none,
         Builtin::none,
         true},
        {"before", points, false, b, before, "true if the first ends before the second begins",
         "before(1, 10)", "true"},
        {"after", points, false, b, after, "true if the first begins after the second ends",
         "after([11..20], 10)", "true"},
        {"meets", ranges, false, b, meets_range, "true if the second begins where the first ends",
         "meets([1..5], [5..10])", "true"},
        {"met by", ranges, false, b, met_by, "true if the first begins where the second ends",
         "met by([5..10], [1..5])", "true"},
        {"overlaps", ranges, false, b, overlaps, "true if the ranges have a value in common",
         "overlaps([5..10], [1..6])", "true"},
        {"overlaps before", ranges, false, b, overlaps_before,
         "true if the first begins before the second and ends within it",
         "overlaps before([1..5], [4..10])", "true"},
        {"overlaps after", ranges, false, b, overlaps_after,
         "true if the first begins within the second and ends after it",
         "overlaps after([4..10], [1..5])", "true"},
        {"finishes", point_range, false, b, finishes, "true if both end at the same value",
         "finishes([5..10], [1..10])", "true"},
        {"finished by", range_point, false, b, finished_by, "true if both end at the same value",
         "finished by([1..10], 10)", "true"},
        {"includes", range_point, false, b, includes,
         "true if the range contains the point or the other range", "includes([1..10], 5)", "true"},
        {"during", point_range, false, b, during,
         "true if the range contains the point or the first range", "during(5, [1..10])", "true"},
        {"starts", point_range, false, b, starts, "true if both begin at the same value",
         "starts(1, [1..10])", "true"},
        {"started by", range_point, false, b, started_by, "true if both begin at the same value",
         "started by([1..10], [1..5])", "true"},
        {"coincides", points, false, b, coincides, "true if both are the same point or range",
         "coincides([1..5], [1..5])", "true"},
    };
    // The same functions with other parameter names.
    const auto also = [&](std::string_view name, const std::vector<Parameter>& parameters) {
        auto row = *std::find_if(rows.begin(), rows.end(),
                                 [&](const Builtin& one) { return one.name == name; });
        row.parameters = parameters;
        rows.push_back(std::move(row));
    };
    for (const std::string_view name : {"before", "after"}) {
        also(name, point_range);
        also(name, range_point);
        also(name, ranges);
    }
    for (const std::string_view name :
         {"finishes", "finished by", "includes", "during", "starts", "started by", "coincides"})
        also(name, ranges);
    // Positional arguments always use the first row.
    for (auto& row : rows)
        for (auto& parameter : row.parameters)
            if (row.name != "range") parameter.kind = Kind::any;
    return rows;
}

}  // namespace workflow::feel
