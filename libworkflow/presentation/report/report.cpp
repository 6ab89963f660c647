#include "report.hpp"

#include <fmt/format.h>

#include <ostream>

#include "../json/json.hpp"
#include "../text/text.hpp"

namespace workflow::presentation {

namespace {

Json json_of(const SheetCell& cell, Unit unit) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    const auto* figure = std::get_if<double>(&cell);
    if (!figure) return {};
    if (unit == Unit::mark) return *figure > 0;
    if (unit == Unit::count) return static_cast<std::uint64_t>(*figure);
    return *figure;
}

Json flags_json(const ReportView& view, const ComparisonWords& findings) {
    Json flags = Json::array();
    for (const auto& flag : view.report.flags) {
        Json periods = Json::array();
        for (const auto& one : flag.periods)
            periods.push_back({{"period", report::name_of(one.period, view.report.judged_by)},
                               {"tasks", one.tasks},
                               {"observed", one.observed / one.tasks},
                               {"expected", one.expected / one.tasks},
                               {"deviations", one.deviations},
                               {"spread", one.spread}});
        flags.push_back({{"officer", view.report.names[flag.officer].text},
                         {"measure", report::name_of(flag.measure)},
                         {"direction", flag.high ? "high" : "low"},
                         {"periods", std::move(periods)},
                         {"words", findings.flag(flag)}});
    }
    return flags;
}

Json rows_json(const Sheet& sheet) {
    Json rows = Json::array();
    for (const auto& row : sheet.rows) {
        Json one = Json::object();
        for (std::size_t i = 0; i < row.size(); ++i)
            one[sheet.columns[i].key] = json_of(row[i], sheet.columns[i].unit);
        rows.push_back(std::move(one));
    }
    return rows;
}

/// Omits columns without any figure.
void print_table(const Sheet& sheet, const ReportView& view, const Paint& paint,
                 std::ostream& out) {
    const auto shown = telling_columns(sheet);
    std::vector<Table::Column> columns;
    for (const auto i : shown)
        columns.push_back(
            {sheet.columns[i].title.in(view.language), sheet.columns[i].unit != Unit::text});
    Table table(out, paint, std::move(columns));
    for (const auto& row : sheet.rows) {
        std::vector<std::string> cells;
        for (const auto i : shown)
            cells.push_back(harmless(text_of(row[i], sheet.columns[i].unit)));
        table.add(std::move(cells));
    }
    table.flush();
}

}  // namespace

void print_report_csv(const ReportView& view, batch::Formulas formulas, std::ostream& out) {
    std::string line;
    for (const auto& column : view.sheet.columns) line += (line.empty() ? "" : ",") + column.key;
    out << line << "\r\n";
    for (const auto& row : view.sheet.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i != 0) out << ',';
            if (const auto* text = std::get_if<std::string>(&row[i]))
                out << batch::csv_field(*text, formulas);
            else if (const auto* figure = std::get_if<double>(&row[i]))
                out << fmt::format("{:.6g}", *figure);
        }
        out << "\r\n";
    }
}

void print_report_json(const ReportView& view, std::ostream& out) {
    const ComparisonWords findings(view.report, view.options, view.language);
    Json answer{{"report", view.sheet.name},
                {"cases", view.report.cases},
                {"events", view.report.events},
                {"first", view.report.first ? Json(to_string(*view.report.first)) : Json()},
                {"last", view.report.last ? Json(to_string(*view.report.last)) : Json()},
                {"rows", rows_json(view.sheet)}};
    if (view.sheet.name == "officers") {
        answer["flags"] = flags_json(view, findings);
        answer["compared"] = view.report.compared;
        answer["too_few"] = view.report.too_few;
        answer["rule"] = findings.rule();
    }
    if (view.sheet.name == "items") {
        Json lost = Json::array(), pairs = Json::array();
        for (const auto& one : view.report.lost)
            lost.push_back(
                {{"case", one.number.text}, {"item", one.item.text}, {"due", to_string(one.due)}});
        for (const auto& one : view.report.pairs)
            pairs.push_back({{"item", one.item.text},
                             {"cases", {one.first.text, one.second.text}},
                             {"results", {one.first_end, one.second_end}},
                             {"officers", {one.first_officer.text, one.second_officer.text}}});
        answer["lost"] = std::move(lost);
        answer["pairs"] = std::move(pairs);
        answer["pairs_left_out"] = view.report.pairs_left_out;
        answer["without_facts"] = view.report.without_facts;
    }
    if (view.sheet.name == "pools") {
        answer["shares"] = rows_json(shares_sheet(view.report, view.options.by));
        answer["rule"] = findings.pool_rule();
    }
    if (view.ratings) {
        const auto& all = view.ratings->follow_ups;
        answer["follow_ups"] = {{"opened", all.opened},
                                {"answered", all.answered},
                                {"in_time", all.in_time},
                                {"open", all.open},
                                {"overdue", all.overdue}};
        answer["rule"] = findings.rating_rule();
    }
    out << dump(answer, 2) << '\n';
}

void print_report_table(const ReportView& view, const Paint& paint, std::ostream& out) {
    const auto& sheet = view.sheet;
    print_table(sheet, view, paint, out);

    const ComparisonWords findings(view.report, view.options, view.language);
    const auto say = [&](const std::string& text, std::size_t indent = 2) {
        out << wrapped(harmless(text), 100, indent) << '\n';
    };
    const auto list = [&](std::string_view zh, std::string_view en, const auto& found,
                          const auto& words, const std::string& rule) {
        out << '\n' << paint.bold(findings.pick(zh, en)) << ": " << found.size() << '\n';
        for (const auto& one : found) say("- " + words(one));
        say(rule, 0);
    };
    if (sheet.name == "officers") {
        list(
            "提示", "Flags", view.report.flags, [&](const auto& one) { return findings.flag(one); },
            findings.rule());
        say(findings.judged(), 0);
    }
    if (sheet.name == "items") {
        list(
            "逾期未结", "Overdue, lost", view.report.lost,
            [&](const auto& one) { return findings.lost(one); }, findings.lost_rule());
        list(
            "同情不同果", "Equal facts, different results", view.report.pairs,
            [&](const auto& one) { return findings.pair(one); }, findings.pair_rule());
    }
    if (view.ratings) {
        out << '\n';
        say(findings.follow_ups(view.ratings->follow_ups), 0);
        say(findings.rating_rule(), 0);
    }
    if (sheet.name == "pools") {
        std::vector<report::PoolRow> shrunk;
        for (const auto& pool : view.report.pools)
            if (pool.shrunk) shrunk.push_back(pool);
        list(
            "范围过小", "Shrunk pools", shrunk, [&](const auto& one) { return findings.pool(one); },
            findings.pool_rule());
        const auto shares = shares_sheet(view.report, view.options.by);
        out << '\n' << paint.bold(shares.title.in(view.language)) << '\n';
        print_table(shares, view, paint, out);
        say(findings.share_rule(), 0);
    }
}

}  // namespace workflow::presentation
