// `report reconcile LEDGER`: another system's ledger against the store.

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "../cli_context.hpp"
#include "../outputs.hpp"
#include "../paint.hpp"
#include "../vault_files.hpp"
#include "base/diagnostics.hpp"
#include "commands.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"
#include "report/reconcile/reconcile.hpp"

namespace workflow::tools {

using presentation::dump;
using presentation::grouped;
using presentation::harmless;
using presentation::Json;
using presentation::json_of;
using presentation::Paint;
using presentation::Table;

namespace {

const std::vector<std::string> known_columns{"case",     "item",    "received", "applicant",
                                             "accepted", "decided", "outcome",  "officer"};
const std::vector<std::string> known_ends{"open",      "granted",  "refused", "not_accepted",
                                          "withdrawn", "answered", "lapsed"};

/// `LEFT=RIGHT` of an option; `one` of the two must be known.
std::pair<std::string, std::string> pair_of(const std::string& option, const std::string& text,
                                            const std::string& example) {
    const auto equals = text.rfind('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
        throw UsageError("`--" + option + " " + text + "` is not NAME=NAME",
                         "write --" + option + " " + example);
    return {text.substr(0, equals), text.substr(equals + 1)};
}

void must_know(const std::string& what, const std::string& name,
               const std::vector<std::string>& known) {
    if (std::ranges::count(known, name) != 0) return;
    std::string all;
    for (const auto& one : known) all += (all.empty() ? "" : ", ") + one;
    const auto near = nearest(name, known);
    throw UsageError(fmt::format("there is no {} `{}`", what, name),
                     near ? "did you mean `" + *near + "`?" : "there are " + all);
}

report::LedgerOptions options_of(const Arguments& arguments) {
    report::LedgerOptions options;
    for (const auto& text : arguments.all("column")) {
        auto [name, head] = pair_of("column", text, "case=办件编号");
        must_know("column", name, known_columns);
        options.columns[name] = head;
    }
    for (const auto& text : arguments.all("outcome")) {
        auto [word, end] = pair_of("outcome", text, "准予=granted");
        must_know("end", end, known_ends);
        options.outcomes[word] = status_of(end);
    }
    if (arguments.has("list"))
        options.listed = static_cast<std::size_t>(arguments.whole("list", 0, 10'000'000));
    options.vault = vault_key_of(arguments);
    return options;
}

void print_table(const report::Reconciliation& result, const Paint& paint, std::ostream& out) {
    Table table(out, paint,
                {{"line", true}, {"case"}, {"finding"}, {"column"}, {"ledger"}, {"here"}});
    for (const auto& one : result.found)
        table.add({one.row == 0 ? "-" : std::to_string(one.row), harmless(one.number.text),
                   std::string(report::name_of(one.kind)), one.column, harmless(one.theirs),
                   harmless(one.ours)});
    if (!result.found.empty()) table.flush();
    std::string counts;
    for (const auto& [kind, count] : result.counts)
        counts += fmt::format(", {} {}", grouped(count), report::name_of(kind));
    out << fmt::format("{} rows, {} cases: {} equal{}\n", grouped(result.rows),
                       grouped(result.cases), grouped(result.equal), counts);
}

Json json_of(const report::Reconciliation& result) {
    Json found = Json::array(), counts = Json::object();
    for (std::size_t i = 0; i < static_cast<std::size_t>(report::Mismatch::Kind::count); ++i) {
        const auto kind = static_cast<report::Mismatch::Kind>(i);
        const auto at = result.counts.find(kind);
        counts[std::string(report::name_of(kind))] =
            at == result.counts.end() ? std::uint64_t{0} : at->second;
    }
    for (const auto& one : result.found)
        found.push_back({{"row", one.row == 0 ? Json() : Json(one.row)},
                         {"case", one.number.empty() ? Json() : Json(one.number.text)},
                         {"finding", report::name_of(one.kind)},
                         {"column", one.column.empty() ? Json() : Json(one.column)},
                         {"ledger", one.theirs},
                         {"here", one.ours}});
    return {{"rows", result.rows},
            {"cases", result.cases},
            {"equal", result.equal},
            {"counts", std::move(counts)},
            {"found", std::move(found)}};
}

void print_csv(const report::Reconciliation& result, batch::Formulas formulas, std::ostream& out) {
    const auto cell = [&](std::string_view text) { return batch::csv_field(text, formulas); };
    out << "row,case,finding,column,ledger,here\r\n";
    for (const auto& one : result.found)
        out << (one.row == 0 ? std::string() : std::to_string(one.row)) << ','
            << cell(one.number.text) << ',' << report::name_of(one.kind) << ',' << cell(one.column)
            << ',' << cell(one.theirs) << ',' << cell(one.ours) << "\r\n";
}

int run_reconcile(const Arguments& arguments, Streams& streams) {
    const auto options = options_of(arguments);
    const auto store = open_named_store(arguments, StoreNeed::reading);
    const Catalog catalog = as_staffed(load_catalog(arguments, streams), *store);
    const auto result = report::reconcile(catalog, *store, arguments.operands().front(), options);
    const auto format = arguments.text("format");
    if (format == "json")
        streams.out << dump(json_of(result), 2) << '\n';
    else if (format == "csv")
        print_csv(result, formulas_of(arguments), document_of(streams));
    else
        print_table(result, paint_of(arguments, streams, streams.out_terminal), streams.out);
    return result.agrees() ? exit_done : exit_found;
}

}  // namespace

Subcommand report_reconcile_command() {
    std::vector<Option> options{
        {.name = "column",
         .value = "NAME=HEAD",
         .meaning = "the ledger's heading of the column case, item, received, applicant, "
                    "accepted, decided, outcome or officer",
         .many = true},
        {.name = "outcome",
         .value = "WORD=END",
         .meaning = "the ledger's word for granted, refused ...",
         .many = true},
        {.name = "list",
         .value = "N",
         .meaning = "the number of findings listed of each kind; 1000 if not given"},
        raw_option()};
    for (Option& option : store_options()) options.push_back(std::move(option));
    return {.name = "report reconcile",
            .summary = "Compares another system's ledger of cases with the store.",
            .operands = {{"LEDGER", "a CSV file with a header line and one row for each case",
                          false, false}},
            .options = std::move(options),
            .formats = {"table", "json", "csv"},
            .examples = {"workflow report reconcile ledger.csv --column case=办件编号 "
                         "--outcome 准予=granted --store hall.db"},
            .note =
                "Exits 1 if a row or a case has no counterpart, or if they differ. Rows are "
                "matched by case number, or else by item, day of receipt and applicant; the "
                "applicant's identity is never printed. See docs/reports.md.",
            .run = run_reconcile};
}

}  // namespace workflow::tools
