// The overview page for managers: figures, who stands out and why, a chart, the table.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <ostream>

#include "../../base/markup.hpp"
#include "../../definition/organization.hpp"
#include "../../report/event_log/entries.hpp"
#include "../../shell/catalog_access.hpp"
#include "../text/text.hpp"
#include "report.hpp"
#include "style.hpp"

namespace workflow::presentation {

namespace {

std::string page_text(std::string_view text) {
    return xml_escaped(report::plain(text));
}

/// One line of the chart: a band and a dot on a common scale.
struct Line {
    std::string name, value;
    double low = 0, high = 0, dot = 0;
    bool flagged = false;
};

class ReportPage {
public:
    ReportPage(const ReportView& view, std::ostream& out)
        : view_(view), out_(out), say_(view.report, view.options, view.language) {}

    void write() {
        const auto title = page_text(view_.sheet.title.in(view_.language));
        out_ << "<!DOCTYPE html>\n<html lang=\"" << view_.language
             << "\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "style-src 'unsafe-inline'\">\n<title>"
             << title << "</title>\n<style>" << report_style << "</style>\n</head>\n<body>\n<h1>"
             << title << "</h1>\n<p class=\"soft\">" << page_text(subtitle()) << "</p>\n";
        tiles();
        if (view_.ratings) {
            ratings_findings();
            ratings_chart();
        } else if (view_.sheet.name == "officers") {
            findings();
            officers_chart();
        } else if (view_.sheet.name == "pools") {
            pools_findings();
            pools_chart();
        } else {
            if (view_.sheet.name == "items") items_findings();
            cases_chart();
        }
        table(view_.sheet, say_.pick("全部数字", "All figures"));
        if (view_.sheet.name == "pools") {
            const auto shares = shares_sheet(view_.report, view_.options.by);
            table(shares, shares.title.in(view_.language));
            out_ << "<p class=\"rule\">" << page_text(say_.share_rule()) << "</p>\n";
        }
        out_ << "</body>\n</html>\n";
    }

private:
    std::string subtitle() const {
        const auto& report = view_.report;
        const auto first = report.first ? to_string(*report.first) : std::string("-");
        const auto last = report.last ? to_string(*report.last) : std::string("-");
        return say_.pick(fmt::format("{} 至 {}，截至 {}；{} 件办件", first, last,
                                     to_string(view_.options.today), grouped(report.cases)),
                         fmt::format("{} to {}, as of {}; {} cases", first, last,
                                     to_string(view_.options.today), grouped(report.cases)));
    }

    void tile(std::string_view name, const std::string& value, bool bad = false) {
        out_ << "<div class=\"tile" << (bad ? " bad" : "") << "\"><b>" << value << "</b>"
             << page_text(name) << "</div>\n";
    }
    /// Returns the mean over all that could be compared.
    std::optional<double> drawn_days() const {
        double tasks = 0, sum = 0;
        for (const auto& row : view_.report.officers) {
            if (!row.observed_days) continue;
            tasks += static_cast<double>(row.compared);
            sum += static_cast<double>(row.compared) * *row.observed_days;
        }
        if (tasks <= 0) return {};
        return sum / tasks;
    }
    /// Formats days with their sign; zero has none.
    static std::string signed_days(double days) {
        return std::abs(days) < 0.05 ? "0.0" : fmt::format("{:+.1f}", days);
    }
    static std::string percent(std::optional<double> share) {
        return share ? fmt::format("{:.1f} %", 100 * *share) : "-";
    }
    static std::string days(std::optional<double> days) {
        return days ? fmt::format("{:.1f}", *days) : "-";
    }

    void tiles() {
        out_ << "<div class=\"tiles\">\n";
        const auto& report = view_.report;
        if (view_.ratings) {
            report::RatingFigures all;
            for (const auto& row : view_.ratings->items) all.add(row.figures);
            tile(say_.pick("邀评", "invited to rate"), grouped(all.invited));
            tile(say_.pick("已评", "rated"), grouped(all.rated));
            tile(say_.pick("平均等级", "grade, mean of 5"), days(all.mean()));
            tile(say_.pick("差评", "negative"), grouped(all.negative), all.negative > 0);
            const auto late = view_.ratings->follow_ups.overdue;
            tile(say_.pick("差评处理逾期", "follow-ups overdue"), grouped(late), late > 0);
        } else if (view_.sheet.name == "officers") {
            report::TaskFigures all;
            for (const auto& row : report.officers) all.add(row.figures);
            tile(say_.pick("办结任务", "tasks done"), grouped(all.tasks));
            tile(say_.pick("每个抽取任务的平均工作日", "working days a drawn task, mean"),
                 days(drawn_days()));
            tile(say_.pick("按时率", "on time"), percent(all.on_time_rate()));
            tile(say_.pick("逾期任务", "tasks overdue now"), grouped(all.overdue), all.overdue > 0);
            tile(say_.pick("提示", "flags"), grouped(report.flags.size()), !report.flags.empty());
        } else if (view_.sheet.name == "pools") {
            report::DayCounts all;
            std::uint64_t nobody = 0, shrunk = 0;
            for (const auto& pool : report.pools) {
                all.add(pool.sizes);
                nobody += pool.nobody;
                shrunk += pool.shrunk ? 1 : 0;
            }
            tile(say_.pick("抽取", "draws"), grouped(all.size()));
            tile(say_.pick("可抽人数中位数", "candidates, median"), days(all.median()));
            tile(say_.pick("无人可抽", "draws that found nobody"), grouped(nobody), nobody > 0);
            tile(say_.pick("范围过小", "shrunk pools"), grouped(shrunk), shrunk > 0);
        } else {
            report::CaseFigures all;
            for (const auto& row : report.items) all.add(row.figures);
            tile(say_.pick("受理", "accepted"), grouped(all.accepted));
            tile(say_.pick("办结", "completed"), grouped(all.completed));
            tile(say_.pick("工作日中位数", "working days, median"), days(all.days.median()));
            tile(say_.pick("按时率", "on time"), percent(all.on_time_rate()));
            tile(say_.pick("逾期未结", "overdue, lost"), grouped(all.lost), all.lost > 0);
        }
        out_ << "</div>\n";
    }

    template <class Found, class Words>
    void list(std::string_view title, std::string_view none, const Found& found, const Words& words,
              const std::string& rule) {
        out_ << "<h2>" << page_text(title) << "</h2>\n";
        if (found.empty()) {
            out_ << "<p>" << page_text(none) << "</p>\n";
        } else {
            out_ << "<ul class=\"found\">\n";
            for (const auto& one : found) out_ << "<li>" << page_text(words(one)) << "</li>\n";
            out_ << "</ul>\n";
        }
        out_ << "<p class=\"rule\">" << page_text(rule) << "</p>\n";
    }

    void findings() {
        list(
            say_.pick("谁与同池人员不同", "Who stands out"),
            say_.pick("没有人长期偏离同池人员。", "Nobody stands out for long."),
            view_.report.flags, [&](const auto& flag) { return say_.flag(flag); },
            say_.rule() + " " + say_.judged());
    }
    void items_findings() {
        list(
            say_.pick("逾期未结", "Overdue, lost"), say_.pick("无。", "None."), view_.report.lost,
            [&](const auto& lost) { return say_.lost(lost); }, say_.lost_rule());
        list(
            say_.pick("同情不同果", "Equal facts, different results"), say_.pick("无。", "None."),
            view_.report.pairs, [&](const auto& pair) { return say_.pair(pair); },
            say_.pair_rule());
    }
    void ratings_findings() {
        out_ << "<p>" << page_text(say_.follow_ups(view_.ratings->follow_ups))
             << "</p>\n<p class=\"rule\">" << page_text(say_.rating_rule()) << "</p>\n";
    }
    /// Draws the mean grades of the rows with ratings; marks a row with at least ten ratings if an
    /// eighth of them or more is negative.
    void ratings_chart() {
        std::vector<Line> lines;
        const auto& sheet = view_.sheet;
        const auto column = [&](std::string_view key) {
            return static_cast<std::size_t>(
                std::ranges::find(sheet.columns, key, &SheetColumn::key) - sheet.columns.begin());
        };
        const auto mean = column("mean_grade"), share = column("negative_share"),
                   rated = column("rated");
        for (const auto& row : sheet.rows) {
            const auto* grade = std::get_if<double>(&row[mean]);
            const auto* negative = std::get_if<double>(&row[share]);
            if (!grade || !negative || lines.size() == 60) continue;
            const bool enough = std::get<double>(row[rated]) >= 10;
            auto name = std::get<std::string>(row[0]);
            if (view_.options.by != report::Grain::all) name += " " + std::get<std::string>(row[1]);
            lines.push_back({std::move(name), fmt::format("{:.2f}", *grade), 1, *grade, *grade,
                             enough && *negative >= 0.125});
        }
        chart(say_.pick("平均等级", "Grade, mean"),
              say_.pick("点：平均等级。菱形：至少十条评价，差评占八分之一以上。",
                        "Dot: the mean. Diamond: an eighth or more of at least ten are negative."),
              lines, 1, 5, {1, 2, 3, 4, 5},
              [](double grade) { return fmt::format("{:.0f}", grade); });
    }
    void pools_findings() {
        std::vector<report::PoolRow> shrunk;
        for (const auto& pool : view_.report.pools)
            if (pool.shrunk) shrunk.push_back(pool);
        list(
            say_.pick("范围过小", "Shrunk pools"), say_.pick("无。", "None."), shrunk,
            [&](const auto& pool) { return say_.pool(pool); }, say_.pool_rule());
    }

    /// Draws lines on a scale from `least` to `most`, with marks at the given places.
    void chart(const std::string& title, const std::string& caption, const std::vector<Line>& lines,
               double least, double most, const std::vector<double>& marks,
               const std::function<std::string(double)>& form) {
        if (lines.empty()) return;
        const auto at = [&](double value) {
            return most > least ? std::clamp(100 * (value - least) / (most - least), 0.0, 100.0)
                                : 50.0;
        };
        out_ << "<h2>" << page_text(title) << "</h2>\n<div class=\"chart\">\n"
             << "<div class=\"bar scale\"><span></span><span class=\"track\">";
        for (const auto mark : marks) {
            const char* place = at(mark) < 1    ? " class=\"first\""
                                : at(mark) > 99 ? " class=\"last\""
                                                : "";
            out_ << fmt::format("<span{} style=\"left:{:.1f}%\">", place, at(mark)) << form(mark)
                 << "</span>";
        }
        out_ << "</span><span></span></div>\n";
        for (const auto& line : lines) {
            out_ << "<div class=\"bar" << (line.flagged ? " flagged" : "")
                 << "\"><span class=\"name\">" << page_text(line.name)
                 << "</span><span class=\"track\"><i class=\"axis\"></i>"
                 << fmt::format("<i class=\"band\" style=\"left:{:.1f}%;width:{:.1f}%\"></i>",
                                at(line.low), at(line.high) - at(line.low));
            for (const auto mark : marks)
                out_ << fmt::format("<i class=\"mark\" style=\"left:{:.1f}%;opacity:.35\"></i>",
                                    at(mark));
            out_ << fmt::format("<i class=\"dot\" style=\"left:{:.1f}%\"></i></span>", at(line.dot))
                 << "<span class=\"value\">" << page_text(line.value) << "</span></div>\n";
        }
        out_ << "</div>\n<p class=\"rule\">" << page_text(caption) << "</p>\n";
    }

    std::string named(const OfficerId& id) const {
        const auto* officer = compiled(view_.catalog).organization().officer(id);
        return officer && !officer->name.empty() ? id.text + " " + officer->name : id.text;
    }

    void officers_chart() {
        const auto& all = view_.report.officers;
        report::Month last = report::all_time;
        for (const auto& row : all)
            if (row.expected_days) last = std::max(last, row.period);
        std::vector<const report::OfficerRow*> rows;
        for (const auto& row : all)
            if (row.expected_days && row.period == last) rows.push_back(&row);
        const auto beyond = [](const report::OfficerRow& row) {
            return std::abs(*row.observed_days - *row.expected_days) /
                   std::max(*row.half_band, 1e-9);
        };
        constexpr std::size_t drawn = 40;
        std::ranges::stable_sort(
            rows, [&](const auto* a, const auto* b) { return beyond(*a) > beyond(*b); });
        const auto left_out = rows.size() - std::min(rows.size(), drawn);
        rows.resize(rows.size() - left_out);
        const auto more = [](const report::OfficerRow& row) {
            return *row.observed_days - *row.expected_days;
        };
        std::ranges::stable_sort(rows,
                                 [&](const auto* a, const auto* b) { return more(*a) > more(*b); });
        double reach = 0.1;
        std::vector<Line> lines;
        for (const auto* row : rows) {
            reach = std::max({reach, std::abs(more(*row)), *row->half_band});
            const bool flagged = std::ranges::any_of(view_.report.flags, [&](const auto& flag) {
                return flag.measure == report::Measure::days &&
                       view_.report.names[flag.officer] == row->officer;
            });
            lines.push_back({named(row->officer), signed_days(more(*row)), -*row->half_band,
                             *row->half_band, more(*row), flagged});
        }
        reach = std::ceil(reach * 10.5) / 10;
        auto caption = say_.pick(
            "点：每任务比同池人员办理同样任务多用（+）或少用（−）的工作日。浅带：偶然所能及的范围。"
            "菱形：有用时提示的人员。",
            "Dot: working days a task more (+) or less (-) than the others of the pool needed for "
            "the same tasks. Band: as far as chance carries. Diamond: flagged for days.");
        if (left_out > 0)
            caption += say_.pick(fmt::format("另有 {} 人离应有数更近，未画。", left_out),
                                 fmt::format(" {} more officers are nearer to what is expected and "
                                             "are not drawn.",
                                             left_out));
        auto title = say_.pick("每人与同池人员相比", "Each officer against the pool");
        if (last != report::all_time) title += ", " + report::name_of(last, view_.options.by);
        chart(title, caption, lines, -reach, reach, {-reach, 0, reach}, signed_days);
    }

    void pools_chart() {
        double most = static_cast<double>(view_.options.least_candidates);
        std::vector<Line> lines;
        report::Month last = report::all_time;
        for (const auto& pool : view_.report.pools) last = std::max(last, pool.period);
        for (const auto& pool : view_.report.pools) {
            if (pool.period != last || lines.size() == 60) continue;
            const auto low = static_cast<double>(pool.sizes.quantile(0.1));
            const auto high = static_cast<double>(pool.sizes.quantile(0.9));
            most = std::max(most, high);
            lines.push_back({pool.item.text + " / " + pool.step.text, days(pool.sizes.median()),
                             low, high, pool.sizes.median().value_or(0), pool.shrunk});
        }
        chart(say_.pick("每次抽取的可抽人数", "Candidates of each draw"),
              say_.pick("点：中位数。浅带：中间八成的抽取。竖线：门槛。菱形：范围过小。",
                        "Dot: median. Band: the middle eight tenths of the draws. Line: the "
                        "threshold. Diamond: shrunk."),
              lines, 0, most, {0, static_cast<double>(view_.options.least_candidates), most},
              [](double size) { return fmt::format("{:.0f}", size); });
    }

    void cases_chart() {
        std::vector<Line> lines;
        const auto add = [&](const std::string& name, report::Month period,
                             const report::CaseFigures& figures) {
            const auto rate = figures.on_time_rate();
            if (!rate || lines.size() == 60) return;
            auto label = name.empty() ? say_.pick("（无大厅）", "(no hall)") : name;
            if (period != report::all_time)
                label += " " + report::name_of(period, view_.options.by);
            lines.push_back({std::move(label), percent(rate), 0, *rate, *rate, figures.lost > 0});
        };
        if (view_.sheet.name == "items")
            for (const auto& row : view_.report.items)
                add(titled(row.item), row.period, row.figures);
        else
            for (const auto& row : view_.report.halls) add(row.hall.text, row.period, row.figures);
        chart(say_.pick("按时率", "On time"),
              say_.pick("按时办结 ÷（有期限的办结 + 逾期未结）。菱形：有逾期未结的办件。",
                        "Completed in time / (completed with a limit + overdue). Diamond: there "
                        "are overdue cases."),
              lines, 0, 1, {0, 0.5, 1}, percent);
    }

    std::string titled(const ItemId& item) const {
        const auto title = view_.catalog.title(item);
        return title ? title->in(view_.language) : item.text;
    }

    void table(const Sheet& sheet, const std::string& title) {
        out_ << "<h2>" << page_text(title) << "</h2>\n<div class=\"wide\"><table>\n<thead><tr>";
        const auto kind = [](Unit unit) { return unit == Unit::text ? " class=\"text\"" : ""; };
        const auto shown = telling_columns(sheet);
        for (const auto i : shown)
            out_ << "<th" << kind(sheet.columns[i].unit) << ">"
                 << page_text(sheet.columns[i].title.in(view_.language)) << "</th>";
        out_ << "</tr></thead>\n<tbody>\n";
        for (const auto& row : sheet.rows) {
            const auto* mark = std::get_if<double>(&row.back());
            const bool flagged = sheet.columns.back().unit == Unit::mark && mark && *mark > 0;
            out_ << (flagged ? "<tr class=\"flagged\">" : "<tr>");
            for (const auto i : shown)
                out_ << "<td" << kind(sheet.columns[i].unit) << ">"
                     << page_text(text_of(row[i], sheet.columns[i].unit)) << "</td>";
            out_ << "</tr>\n";
        }
        out_ << "</tbody></table></div>\n";
    }

    const ReportView& view_;
    std::ostream& out_;
    ComparisonWords say_;
};

}  // namespace

void print_report_page(const ReportView& view, std::ostream& out) {
    ReportPage(view, out).write();
}

}  // namespace workflow::presentation
