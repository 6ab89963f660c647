#include "sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace workflow::presentation {

namespace {

SheetCell cell(std::uint64_t count) {
    return static_cast<double>(count);
}
SheetCell cell(std::optional<double> figure) {
    return figure ? SheetCell(*figure) : SheetCell();
}
SheetCell share_of(std::uint64_t part, std::uint64_t all) {
    if (all == 0) return {};
    return static_cast<double>(part) / static_cast<double>(all);
}

SheetColumn period_column() {
    return {"period", {"期间", "Period"}, Unit::text};
}

/// Adds the period; if there is only one period of all time, its column is omitted.
void put_period(std::vector<SheetCell>& row, report::Month period, report::Grain by) {
    if (by != report::Grain::all) row.emplace_back(report::name_of(period, by));
}

void put_grades(std::vector<SheetCell>& row, const report::Grades& grades) {
    row.push_back(cell(grades.rated));
    row.push_back(cell(grades.mean()));
    row.push_back(cell(grades.negative));
}

std::vector<SheetColumn> case_columns(SheetColumn first, report::Grain by) {
    std::vector<SheetColumn> columns{std::move(first)};
    if (by != report::Grain::all) columns.push_back(period_column());
    const std::vector<SheetColumn> rest{
        {"received", {"收件", "Received"}},
        {"accepted", {"受理", "Accepted"}},
        {"completed", {"办结", "Completed"}},
        {"withdrawn", {"撤回", "Withdrawn"}},
        {"open", {"在办", "Open in time"}},
        {"lost", {"逾期未结", "Overdue, lost"}},
        {"pending", {"待受理", "Not accepted yet"}},
        {"ended_before", {"未受理即结", "Ended unaccepted"}},
        {"median_days", {"工作日中位数", "Days, median"}, Unit::days},
        {"mean_days", {"工作日平均", "Days, mean"}, Unit::days},
        {"on_time_rate", {"按时率", "On time"}, Unit::share},
        {"refusal_share", {"不予比例", "Refused"}, Unit::share},
        {"returned", {"退回", "Sent back"}},
        {"overturned", {"改判", "Overturned"}},
        {"yellow", {"黄灯", "Yellow"}},
        {"red", {"红灯", "Red"}},
        {"rated", {"评价", "Rated"}},
        {"mean_grade", {"平均评分", "Mean grade"}, Unit::days},
        {"negative", {"差评", "Negative"}}};
    columns.insert(columns.end(), rest.begin(), rest.end());
    return columns;
}

std::vector<SheetCell> case_row(std::string name, report::Month period,
                                const report::CaseFigures& f, report::Grain by) {
    std::vector<SheetCell> row{std::move(name)};
    put_period(row, period, by);
    for (const auto count : {f.received, f.accepted, f.completed, f.withdrawn, f.open, f.lost,
                             f.pending, f.ended_before})
        row.push_back(cell(count));
    row.push_back(cell(f.days.median()));
    row.push_back(cell(f.days.mean()));
    row.push_back(cell(f.on_time_rate()));
    row.push_back(share_of(f.refused, f.completed + f.withdrawn + f.ended_before));
    for (const auto count : {f.returned, f.overturned, f.yellow, f.red}) row.push_back(cell(count));
    put_grades(row, f.grades);
    return row;
}

}  // namespace

Sheet officers_sheet(const report::Comparison& report, report::Grain by) {
    Sheet sheet{"officers", {"人员比对", "Officers compared"}, {}, {}};
    sheet.columns.push_back({"officer", {"人员", "Officer"}, Unit::text});
    sheet.columns.push_back({"hall", {"大厅", "Hall"}, Unit::text});
    if (by != report::Grain::all) sheet.columns.push_back(period_column());
    const std::vector<SheetColumn> rest{
        {"cases", {"办件", "Cases"}},
        {"tasks", {"任务", "Tasks"}},
        {"median_days", {"工作日中位数", "Days, median"}, Unit::days},
        {"mean_days", {"工作日平均", "Days, mean"}, Unit::days},
        {"compared_tasks", {"可比任务", "Compared tasks"}},
        {"compared_days", {"可比工作日", "Days in them"}, Unit::days},
        {"expected_days", {"应有工作日", "Days expected"}, Unit::days},
        {"band_days", {"偶然幅度", "Band, ±"}, Unit::days},
        {"on_time_rate", {"按时率", "On time"}, Unit::share},
        {"refusal_share", {"不予比例", "Refused"}, Unit::share},
        {"returned", {"被退回", "Sent back"}},
        {"overturned", {"被改判", "Overturned"}},
        {"open", {"在办", "Open"}},
        {"overdue", {"逾期", "Overdue"}},
        {"yellow", {"黄灯", "Yellow"}},
        {"red", {"红灯", "Red"}},
        {"entered_later", {"补录", "Entered later"}},
        {"longest_delay", {"补录最长天数", "Longest delay"}},
        {"by_batch", {"批量办理", "By batch"}},
        {"rated", {"评价", "Rated"}},
        {"mean_grade", {"平均评分", "Mean grade"}, Unit::days},
        {"negative", {"差评", "Negative"}},
        {"flagged", {"提示", "Flagged"}, Unit::mark}};
    sheet.columns.insert(sheet.columns.end(), rest.begin(), rest.end());
    for (const auto& [officer, hall, period, f, compared, observed, expected, band] :
         report.officers) {
        std::vector<SheetCell> row{officer.text, hall.text};
        put_period(row, period, by);
        for (const auto count : {f.cases, f.tasks}) row.push_back(cell(count));
        for (const auto& days : {f.days.median(), f.days.mean()}) row.push_back(cell(days));
        row.push_back(cell(compared));
        for (const auto& days : {observed, expected, band}) row.push_back(cell(days));
        row.push_back(cell(f.on_time_rate()));
        row.push_back(share_of(f.refused, f.tasks));
        for (const auto count : {f.returned, f.overturned, f.open, f.overdue, f.yellow, f.red})
            row.push_back(cell(count));
        row.push_back(cell(f.entered_later));
        row.push_back(cell(std::uint64_t{f.longest_delay}));
        row.push_back(cell(f.by_batch));
        put_grades(row, f.grades);
        std::uint64_t flags = 0;
        for (const auto& flag : report.flags)
            if (report.names[flag.officer].text == officer.text) ++flags;
        row.push_back(cell(flags));
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

Sheet items_sheet(const report::Comparison& report, report::Grain by) {
    Sheet sheet{"items",
                {"事项比对", "Items compared"},
                case_columns({"item", {"事项", "Item"}, Unit::text}, by),
                {}};
    for (const auto& row : report.items)
        sheet.rows.push_back(case_row(row.item.text, row.period, row.figures, by));
    return sheet;
}

Sheet halls_sheet(const report::Comparison& report, report::Grain by) {
    Sheet sheet{"halls",
                {"大厅比对", "Halls compared"},
                case_columns({"hall", {"大厅", "Hall"}, Unit::text}, by),
                {}};
    for (const auto& row : report.halls)
        sheet.rows.push_back(case_row(row.hall.text, row.period, row.figures, by));
    return sheet;
}

Sheet pools_sheet(const report::Comparison& report, report::Grain by) {
    Sheet sheet{"pools", {"抽取范围", "Pools of the draws"}, {}, {}};
    sheet.columns.push_back({"item", {"事项", "Item"}, Unit::text});
    sheet.columns.push_back({"step", {"环节", "Step"}, Unit::text});
    if (by != report::Grain::all) sheet.columns.push_back(period_column());
    const std::vector<SheetColumn> rest{
        {"draws", {"抽取", "Draws"}},
        {"nobody", {"无人可抽", "Found nobody"}},
        {"least", {"最少", "Least"}},
        {"tenth", {"十分位", "A tenth"}},
        {"median", {"中位数", "Median"}, Unit::days},
        {"most", {"最多", "Most"}},
        {"below_share", {"低于门槛", "Below threshold"}, Unit::share},
        {"last_month", {"最近月份", "Last month"}, Unit::text},
        {"last_median", {"最近中位数", "Median then"}, Unit::days},
        {"shrunk", {"过小", "Shrunk"}, Unit::mark},
        {"narrowed", {"被缩小", "Narrowed"}},
        {"widened", {"已扩大", "Widened"}},
        {"held_back", {"暂缓抽取", "Held back"}},
        {"narrowed_by", {"由谁缩小", "Narrowed by"}, Unit::text}};
    sheet.columns.insert(sheet.columns.end(), rest.begin(), rest.end());
    for (const auto& pool : report.pools) {
        std::vector<SheetCell> row{pool.item.text, pool.step.text};
        put_period(row, pool.period, by);
        row.push_back(cell(pool.sizes.size()));
        row.push_back(cell(pool.nobody));
        for (const double share : {0.0, 0.1})
            row.emplace_back(static_cast<double>(pool.sizes.quantile(share)));
        row.push_back(cell(pool.sizes.median()));
        row.emplace_back(static_cast<double>(pool.sizes.quantile(1)));
        row.push_back(share_of(pool.below, pool.sizes.size()));
        row.emplace_back(report::name_of(pool.last, report::Grain::month));
        row.emplace_back(pool.last_median);
        row.push_back(cell(std::uint64_t{pool.shrunk}));
        row.push_back(cell(pool.narrowed));
        row.push_back(cell(pool.widened));
        row.push_back(cell(pool.held_back));
        std::string acts;
        for (const auto& [officer, times] : pool.narrowed_by)
            acts += fmt::format("{}{} {}", acts.empty() ? "" : ", ", officer.text, times);
        row.emplace_back(acts);
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

Sheet shares_sheet(const report::Comparison& report, report::Grain by) {
    Sheet sheet{"shares", {"人员抽中份额", "Officers in the draws"}, {}, {}};
    sheet.columns.push_back({"item", {"事项", "Item"}, Unit::text});
    sheet.columns.push_back({"step", {"环节", "Step"}, Unit::text});
    if (by != report::Grain::all) sheet.columns.push_back(period_column());
    const std::vector<SheetColumn> rest{
        {"officer", {"人员", "Officer"}, Unit::text},
        {"draws", {"参抽", "In draws"}},
        {"expected", {"应中", "Expected"}, Unit::days},
        {"drawn", {"抽中", "Drawn"}},
        {"expected_share", {"应有份额", "Expected share"}, Unit::share},
        {"drawn_share", {"实际份额", "Actual share"}, Unit::share},
        {"deviations", {"偏差（标准差）", "Deviations"}, Unit::days},
        {"unlikely", {"罕见", "Unlikely"}, Unit::mark}};
    sheet.columns.insert(sheet.columns.end(), rest.begin(), rest.end());
    for (const auto& share : report.shares) {
        std::vector<SheetCell> row{share.item.text, share.step.text};
        put_period(row, share.period, by);
        row.emplace_back(share.officer.text);
        row.push_back(cell(share.draws));
        row.emplace_back(share.expected);
        row.push_back(cell(share.drawn));
        const auto draws = static_cast<double>(share.draws);
        row.push_back(share.draws == 0 ? SheetCell() : SheetCell(share.expected / draws));
        row.push_back(share_of(share.drawn, share.draws));
        row.emplace_back(share.deviations());
        row.push_back(cell(std::uint64_t{share.unlikely()}));
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

Sheet ratings_sheet(const report::RatingReport& report, RatedBy who, report::Grain by) {
    Sheet sheet{"ratings", {"好差评", "Ratings"}, {}, {}};
    static constexpr std::array<const char*, 4> keys{"officer", "post", "window", "item"};
    const std::array<Title, 4> titles{
        {{"人员", "Officer"}, {"岗位", "Post"}, {"窗口", "Window"}, {"事项", "Item"}}};
    const auto which = static_cast<std::size_t>(who);
    sheet.columns.push_back({keys.at(which), titles.at(which), Unit::text});
    if (by != report::Grain::all) sheet.columns.push_back(period_column());
    const std::vector<SheetColumn> rest{
        {"invited", {"邀评", "Invited"}},
        {"rated", {"已评", "Rated"}},
        {"rated_share", {"参评率", "Rated, share"}, Unit::share},
        {"mean_grade", {"平均等级", "Grade, mean"}, Unit::days},
        {"negative", {"差评", "Negative"}},
        {"negative_share", {"差评率", "Negative, share"}, Unit::share},
        {"set_aside", {"不计", "Set aside"}}};
    sheet.columns.insert(sheet.columns.end(), rest.begin(), rest.end());
    const auto& rows = who == RatedBy::officer  ? report.officers
                       : who == RatedBy::post   ? report.posts
                       : who == RatedBy::window ? report.windows
                                                : report.items;
    for (const auto& [name, period, f] : rows) {
        std::vector<SheetCell> row{name};
        put_period(row, period, by);
        row.push_back(cell(f.invited));
        row.push_back(cell(f.rated));
        row.push_back(share_of(f.rated, f.invited - f.set_aside));
        row.push_back(cell(f.mean()));
        row.push_back(cell(f.negative));
        row.push_back(share_of(f.negative, f.rated));
        row.push_back(cell(f.set_aside));
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

std::vector<std::size_t> telling_columns(const Sheet& sheet) {
    const auto tells = [](const SheetCell& cell) {
        if (const auto* text = std::get_if<std::string>(&cell)) return !text->empty();
        const auto* figure = std::get_if<double>(&cell);
        return figure && *figure != 0;
    };
    std::vector<std::size_t> telling;
    for (std::size_t i = 0; i < sheet.columns.size(); ++i)
        if (i == 0 ||
            std::ranges::any_of(sheet.rows, [&](const auto& row) { return tells(row[i]); }))
            telling.push_back(i);
    return telling;
}

std::string text_of(const SheetCell& cell, Unit unit) {
    if (const auto* text = std::get_if<std::string>(&cell)) return text->empty() ? "-" : *text;
    const auto* figure = std::get_if<double>(&cell);
    if (!figure) return "-";
    switch (unit) {
        case Unit::days:
            return fmt::format("{:.2f}", *figure);
        case Unit::share:
            return fmt::format("{:.1f} %", 100 * *figure);
        case Unit::mark:
            return *figure > 0 ? "●" : "";
        case Unit::text:
        case Unit::count:
            break;
    }
    return fmt::format("{:.0f}", *figure);
}

}  // namespace workflow::presentation
