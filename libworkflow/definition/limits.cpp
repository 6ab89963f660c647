#include "limits.hpp"

#include <array>

#include <fmt/format.h>

namespace workflow::definition {

LimitText read_computed_limit(const YamlNode& node, bool of_step, DiagnosticSink& findings) {
    if (node.kind != YamlNode::Kind::mapping)
        return {of_step ? read_step_limit(node, findings) : read_limit(node, findings), {}};
    const Form form(node, "limit.computed", findings);
    const auto* workdays = form.find("workdays");
    const auto* days = form.find("days");
    LimitText text;
    if (workdays && days) {
        findings.add("keys-exclude-each-other", form.key_mark("days"),
                     "a limit counts working days or days, not both", "delete one of them");
    } else if (!workdays && !days) {
        findings.add("missing-key", node.mark, "a computed limit does not say how it is computed",
                     "add `workdays: FEEL` or `days: FEEL`");
    } else {
        text.rule = read_expression(workdays ? *workdays : *days, "a computed limit", findings)
                        .value_or(ExpressionText{});
    }
    constexpr std::int64_t hundred_years = 36'600;
    const auto* most = form.require("at most");
    if (const auto amount =
            most ? read_whole(*most, "`at most`", 1, hundred_years, findings) : std::nullopt)
        text.limit = Limit{static_cast<std::int32_t>(*amount),
                           workdays ? LimitUnit::workdays : LimitUnit::days};
    return text;
}

WarningTimes read_warning_times(const YamlNode& node, std::optional<Limit> longest,
                                DiagnosticSink& findings) {
    const auto read_one = [&](const YamlNode& text) {
        auto before = read_limit(text, findings);
        if (before && !counts_days(before->unit)) {
            findings.add("other-unit", text.mark, "a warning must be given in days or working days",
                         "write `1 workday`");
            before.reset();
        } else if (before && longest && (*before == *longest || surely_longer(*before, *longest))) {
            findings.add("warned-too-early", text.mark,
                         fmt::format("a warning {} before the end of a limit of {} would come "
                                     "before the limit begins",
                                     to_string(*before), to_string(*longest)),
                         "warn later or delete the warning");
        }
        return before;
    };
    WarningTimes times;
    if (node.kind != YamlNode::Kind::mapping) {
        times.yellow = read_one(node);
        return times;
    }
    const Form form(node, "warn", findings);
    const auto* yellow = form.find("yellow");
    const auto* red = form.find("red");
    if (yellow) times.yellow = read_one(*yellow);
    if (red) times.red = read_one(*red);
    if (!yellow && !red && node.entries.empty())
        findings.add("nothing-listed", node.mark, "`warn` gives no warning",
                     "add `yellow` or `red`");
    if (times.yellow && times.red &&
        (*times.yellow == *times.red || surely_longer(*times.red, *times.yellow)))
        findings.add("warned-too-early", red->mark,
                     "the red warning must come after the yellow warning",
                     "make `yellow` earlier or `red` later");
    return times;
}

void read_limits(const Form& form, Item& item) {
    DiagnosticSink& findings = form.findings();
    const auto* node = form.find("limits");
    if (!node) {
        if (item.kind == ItemKind::committed) {
            findings.add("no-limit", form.key_mark("item"), "a committed item needs a limit",
                         "add `limits: {promised: 5 workdays}`");
        }
        return;
    }
    const Form limits(*node, "item.limits", findings);
    const auto read = [&](const YamlNode* text, std::optional<Limit>& limit, ExpressionText& rule,
                          std::optional<Mark>& mark) {
        if (!text) return;
        auto read_text = read_computed_limit(*text, false, findings);
        if (read_text.limit && !counts_days(read_text.limit->unit)) {
            findings.add("bad-limit", text->mark,
                         "the limits of a case must be in days or working days",
                         "write `1 workday`, or `kind: instant` for the same day");
            read_text.limit.reset();
        }
        limit = read_text.limit;
        rule = std::move(read_text.rule);
        mark = text->mark;
    };
    const auto* statutory = limits.find("statutory");
    const auto* promised = limits.find("promised");
    read(statutory, item.statutory, item.statutory_rule, item.statutory_mark);
    read(promised, item.promised, item.promised_rule, item.promised_mark);
    if (item.statutory && item.promised && surely_longer(*item.promised, *item.statutory)) {
        auto& finding = findings.add("promise-over-law", promised->mark,
                                     "the promised limit is longer than the statutory one",
                                     "promise no more than the law allows");
        findings.relate(finding, statutory->mark, "the statutory limit");
    }
    if (const auto* from = limits.find("counted from")) {
        static constexpr std::array<std::string_view, 2> days{"acceptance", "receipt"};
        item.counted_from_receipt =
            read_word(*from, "`counted from`", days, findings).value_or(0) == 1;
    }
    if (const auto* warn = limits.find("warn"))
        item.warn =
            read_warning_times(*warn, item.statutory ? item.statutory : item.promised, findings);
    // An unknown key has been reported, and is probably a misspelling of one of the two.
    const bool nothing_else =
        node->entries.empty() || limits.find("counted from") || limits.find("warn");
    if (!statutory && !promised && limits.is_mapping() && nothing_else) {
        findings.add("no-limit", node->mark, "`limits` gives no limit",
                     "add `statutory` or `promised`");
    }
}

bool surely_longer(Limit one, Limit other) {
    if (one.unit == other.unit) return one.amount > other.amount;
    constexpr std::int64_t day = 24 * 60;
    const auto shortest = [](Limit limit) {  // n working days take at least n days
        return counts_days(limit.unit) ? limit.amount * day : std::int64_t(limit.amount);
    };
    // except for holidays, any three consecutive days contain at least one working day
    const auto longest = [](Limit limit) {
        if (limit.unit == LimitUnit::minutes) return std::int64_t(limit.amount);
        // The opening hours of the hall are not known here.
        if (limit.unit == LimitUnit::working_minutes) return INT64_MAX;
        return (limit.unit == LimitUnit::days ? limit.amount
                                              : limit.amount * std::int64_t(3) + 12) *
               day;
    };
    return shortest(one) > longest(other);
}

}  // namespace workflow::definition
