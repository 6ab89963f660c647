#pragma once

/// Prints a comparison in the formats of `report`.

#include <iosfwd>
#include <string>

#include "../../batch/csv.hpp"
#include "../../report/ratings/ratings.hpp"
#include "../text/text.hpp"
#include "sheet.hpp"

namespace workflow::presentation {

/// The contents of one report.
struct ReportView {
    const Sheet& sheet;
    const report::Comparison& report;
    const report::CompareOptions& options;
    const Catalog& catalog;
    std::string language;
    const report::RatingReport* ratings = nullptr;  ///< of the report `ratings`
};

/// Prints the table without columns that have no figure, then the findings in words.
void print_report_table(const ReportView& view, const Paint& paint, std::ostream& out);
/// Prints only the rows, one on each line, with the keys as header.
void print_report_csv(const ReportView& view, batch::Formulas formulas, std::ostream& out);
void print_report_json(const ReportView& view, std::ostream& out);
/// Prints one page that loads nothing and runs no script.
void print_report_page(const ReportView& view, std::ostream& out);

}  // namespace workflow::presentation
