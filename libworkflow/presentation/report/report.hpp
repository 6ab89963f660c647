#pragma once

/// A comparison in the formats of `report`.

#include <iosfwd>
#include <string>

#include "../../batch/csv.hpp"
#include "../../report/ratings/ratings.hpp"
#include "../text/text.hpp"
#include "sheet.hpp"

namespace workflow::presentation {

/// All that is printed of one report.
struct ReportView {
    const Sheet& sheet;
    const report::Comparison& report;
    const report::CompareOptions& options;
    const Catalog& catalog;
    std::string language;
    const report::RatingReport* ratings = nullptr;  ///< of the report `ratings`
};

/// Columns without any figure are left out; then the findings in words.
void print_report_table(const ReportView& view, const Paint& paint, std::ostream& out);
/// The rows alone, a line each, with the keys as head.
void print_report_csv(const ReportView& view, batch::Formulas formulas, std::ostream& out);
void print_report_json(const ReportView& view, std::ostream& out);
/// One page that loads nothing and runs nothing.
void print_report_page(const ReportView& view, std::ostream& out);

}  // namespace workflow::presentation
