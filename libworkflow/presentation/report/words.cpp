// The findings of a comparison in sentences: each flag with its rule and the figures behind it.

#include <fmt/format.h>

#include <array>

#include "sheet.hpp"

namespace workflow::presentation {

namespace {

using report::Measure;

struct Phrase {
    std::string_view high_zh, high_en, low_zh, low_en, unit_zh, unit_en;
};

const Phrase& phrase_of(Measure measure) {
    static constexpr std::array<Phrase, report::measure_count> phrases{{
        {"用时长于同池人员", "takes longer than the others of the pool", "用时短于同池人员",
         "takes less time than the others of the pool", "每任务工作日", "working days a task"},
        {"超期多于同池人员", "is late more often than the others of the pool", "", "", "超期",
         "of the tasks late"},
        {"不予决定多于同池人员", "refuses more often than the others of the pool",
         "不予决定少于同池人员", "refuses less often than the others of the pool", "不予",
         "of the tasks refused"},
        {"被退回多于同池人员", "is sent work back more often than the others of the pool", "", "",
         "被退回", "of the tasks sent back"},
        {"被改判多于同池人员", "is overturned more often than the others of the pool", "", "",
         "被改判", "of the tasks overturned"},
    }};
    return phrases.at(static_cast<std::size_t>(measure));
}

std::string amount(Measure measure, double value) {
    return measure == Measure::days ? fmt::format("{:.1f}", value)
                                    : fmt::format("{:.1f} %", 100 * value);
}

}  // namespace

std::string ComparisonWords::flag_headline(const report::Flag& flag) const {
    const auto& phrase = phrase_of(flag.measure);
    const auto& rule = options_.rule;
    const bool months = report_.judged_by == report::Grain::month;
    const auto& who = report_.names[flag.officer].text;
    if (chinese_)
        return fmt::format("{}：{}，最近 {} 个可判断的{}中有 {} 个", who,
                           flag.high ? phrase.high_zh : phrase.low_zh, rule.of_periods,
                           months ? "月" : "季度", flag.periods.size());
    return fmt::format("{} {}, in {} of the last {} {} with enough tasks", who,
                       flag.high ? phrase.high_en : phrase.low_en, flag.periods.size(),
                       rule.of_periods, months ? "months" : "quarters");
}

std::string ComparisonWords::flag(const report::Flag& flag) const {
    const auto& phrase = phrase_of(flag.measure);
    std::string text = flag_headline(flag) + pick("。", ".");
    for (const auto& one : flag.periods) {
        const auto period = report::name_of(one.period, report_.judged_by);
        const auto is = amount(flag.measure, one.observed / one.tasks);
        const auto expected = amount(flag.measure, one.expected / one.tasks);
        if (chinese_)
            text += fmt::format("{}：{} {}，同池应为 {}（{:.0f} 个任务，偏离 {:.1f} 个标准差）；",
                                period, phrase.unit_zh, is, expected, one.tasks, one.deviations);
        else
            text += fmt::format(
                " {}: {} {} where {} was expected ({:.0f} tasks, {:+.1f} standard "
                "deviations);",
                period, is, phrase.unit_en, expected, one.tasks, one.deviations);
    }
    text.resize(text.size() - pick("；", ";").size());
    return text + pick("。", ".");
}

std::string ComparisonWords::rule() const {
    const auto& r = options_.rule;
    const bool months = report_.judged_by == report::Grain::month;
    if (chinese_)
        return fmt::format(
            "规则：只比抽取所得的任务，按事项和环节与同期在同一处被抽到的其他人员相比；本人至少 {} "
            "个任务，每处至少另有 {} 人共 {} 个任务；偏离同池应有数至少 {:.0f} 个标准差（有 {} "
            "人以上时按全体离散程度放宽），且每任务至少相差 {:.1f} 个工作日或 {:.0f} "
            "个百分点；最近 {} 个可判断的{}中至少 {} 个同向。提示只说明应当了解情况，不是结论。",
            r.least_tasks, r.least_peers, r.least_theirs, r.deviations, r.least_spread,
            r.least_days, 100 * r.least_share, r.of_periods, months ? "月" : "季度", r.in_periods);
    return fmt::format(
        "Rule: only drawn tasks count, item by item and step by step, against the other officers "
        "drawn there in the same period; at least {} such tasks of the officer, and at each step "
        "at least {} others with {} tasks; at least {:.0f} standard deviations from what the "
        "others would have had with his tasks (wider where {} or more officers all differ by more "
        "than chance), and by at least {:.1f} working days or {:.0f} percentage points a task; in "
        "the same direction in at least {} of the last {} {} with enough tasks. A flag asks to be "
        "looked into; it proves nothing.",
        r.least_tasks, r.least_peers, r.least_theirs, r.deviations, r.least_spread, r.least_days,
        100 * r.least_share, r.in_periods, r.of_periods, months ? "months" : "quarters");
}

std::string ComparisonWords::judged() const {
    return chinese_ ? fmt::format("可以比对 {} 人；{} 人可比任务太少，不作判断。", report_.compared,
                                  report_.too_few)
                    : fmt::format(
                          "{} officers could be compared; {} have too few comparable tasks "
                          "to be judged.",
                          report_.compared, report_.too_few);
}

std::string ComparisonWords::pool(const report::PoolRow& row) const {
    const auto month = report::name_of(row.last, report::Grain::month);
    return chinese_ ? fmt::format("{} / {}：{} 抽取时可抽人数中位数为 {:.1f}", row.item.text,
                                  row.step.text, month, row.last_median)
                    : fmt::format("{} / {}: in {} the middle draw had {:.1f} candidates",
                                  row.item.text, row.step.text, month, row.last_median);
}

std::string ComparisonWords::pool_rule() const {
    return chinese_ ? fmt::format("规则：最近一个有抽取的月份，可抽人数的中位数低于 {}。",
                                  options_.least_candidates)
                    : fmt::format(
                          "Rule: in the last month with draws, the median number of "
                          "candidates is below {}.",
                          options_.least_candidates);
}

std::string ComparisonWords::share_rule() const {
    return pick(
        "应中：按每次抽取的人选和权重应抽中的次数。偏差超过 3.3 "
        "个标准差（千分之一）的，标为罕见。",
        "Expected: how often each should have been drawn, by the candidates and weights of each "
        "draw. Further than 3.3 standard deviations off (one in a thousand) is marked unlikely.");
}

std::string ComparisonWords::lost(const report::LostCase& lost) const {
    return chinese_ ? fmt::format("{}（{}），应于 {} 办结", lost.number.text, lost.item.text,
                                  to_string(lost.due))
                    : fmt::format("{} ({}), due {}", lost.number.text, lost.item.text,
                                  to_string(lost.due));
}

std::string ComparisonWords::lost_rule() const {
    return pick(
        "规则：已受理，未办结、未撤回，且已过承诺期限（无承诺时为法定期限）；从最久者列起。",
        "Rule: accepted, neither completed nor withdrawn, and past the promised due day "
        "(the statutory one where nothing is promised); longest overdue first.");
}

std::string ComparisonWords::end(const std::string& status) const {
    static constexpr std::array<std::array<std::string_view, 3>, 4> ends{
        {{"granted", "准予", "granted"},
         {"refused", "不予", "refused"},
         {"not_accepted", "不予受理", "not accepted"},
         {"answered", "已答复", "answered"}}};
    for (const auto& [name, zh, en] : ends)
        if (name == status) return pick(zh, en);
    return status;
}

std::string ComparisonWords::pair(const report::Pair& pair) const {
    const auto who = [&](const OfficerId& officer) {
        return officer.empty() ? pick("规则", "a rule") : officer.text;
    };
    return chinese_ ? fmt::format("{}：{} 为 {}（{}），{} 为 {}（{}）", pair.item.text,
                                  pair.first.text, end(pair.first_end), who(pair.first_officer),
                                  pair.second.text, end(pair.second_end), who(pair.second_officer))
                    : fmt::format("{}: {} was {} ({}), {} was {} ({})", pair.item.text,
                                  pair.first.text, end(pair.first_end), who(pair.first_officer),
                                  pair.second.text, end(pair.second_end), who(pair.second_officer));
}

std::string ComparisonWords::pair_rule() const {
    auto text = chinese_
                    ? fmt::format(
                          "规则：同一事项，申请时及补正时提供的非个人字段和材料全部相同，结果不同；"
                          "每组列一对。另有 {} 组未列；{} 件无可比字段或其定义已不存在，未比。",
                          report_.pairs_left_out, report_.without_facts)
                    : fmt::format(
                          "Rule: one item, the same fields that are not personal and the same "
                          "materials given, and different ends; one pair a group. {} more groups "
                          "are not listed; {} cases have no such field, or a definition that is "
                          "gone, and are not compared.",
                          report_.pairs_left_out, report_.without_facts);
    return text;
}

std::string ComparisonWords::follow_ups(const report::FollowUps& all) const {
    return chinese_ ? fmt::format(
                          "差评处理：立案 {} 件，已答复 {} 件（按时 {} 件），在办 {} 件，逾期 "
                          "{} 件。",
                          all.opened, all.answered, all.in_time, all.open, all.overdue)
                    : fmt::format(
                          "Negative ratings followed up: {} opened, {} answered ({} in "
                          "time), {} open in time, {} overdue.",
                          all.opened, all.answered, all.in_time, all.open, all.overdue);
}

std::string ComparisonWords::rating_rule() const {
    return pick(
        "规则：窗口办件每次办理评一次，线上办件办结后评一次，按办理之日计；未评不计分；"
        "经申诉复核不计的评价单列。五级为非常满意（5）至非常不满意（1），1、2 级为差评。",
        "Rule: at a hall each visit is rated once, on line each case once; counted by the day of "
        "the visit. Silence counts as nothing; what was set aside after an appeal is counted "
        "apart. Grades from 5, very satisfied, to 1; 1 and 2 are negative.");
}

}  // namespace workflow::presentation
