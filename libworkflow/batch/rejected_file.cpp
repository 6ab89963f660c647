#include "rejected_file.hpp"

#include <fstream>
#include <ostream>

#include <fmt/format.h>

#include "convert.hpp"
#include "csv.hpp"

namespace workflow::batch {
namespace {

std::string head() {
    return fmt::format("{}", fmt::join(reject_columns, ","));
}

}  // namespace

RejectedFile::RejectedFile(const std::filesystem::path& path, OutputRules rules,
                           const Script& script)
    : path_(checked_output(path, rules)), out_(path, std::move(rules)), script_(script) {
    auto& out = out_.stream();
    out << head();
    for (const auto& column : script_.columns) out << ',' << csv_field(column);
    out << '\n';
}

void RejectedFile::add(const PreparedRow& row, const RowResult& result) {
    any_ = true;
    auto& out = out_.stream();
    out << csv_field(row.key) << ',' << row.line << ',' << csv_field(result.number) << ','
        << csv_field(result.step) << ',' << csv_field(result.rejection.rule) << ','
        << csv_field(result.rejection.reason);
    if (!row.unreadable.empty()) {
        // With as many fields as it had, so that it stays unreadable until it is corrected.
        for (const auto& field : row.unreadable) out << ',' << csv_field(field);
        out << '\n';
        return;
    }
    for (std::size_t i = 0, typed = 0; i < script_.columns.size(); ++i) {
        while (typed < script_.typed.size() && script_.typed[typed].first < i) ++typed;
        const bool was_read = typed < row.written.size() && script_.typed[typed].first == i;
        out << ',' << csv_field(text_of(was_read ? row.written[typed] : row.slots[i]));
    }
    out << '\n';
}

bool RejectedFile::finish() {
    if (any_) {
        out_.finish();
        return true;
    }
    std::ifstream earlier(path_, std::ios::binary);
    std::string line(head().size(), '\0');
    earlier.read(line.data(), static_cast<std::streamsize>(line.size()));
    if (earlier && line == head()) std::filesystem::remove(path_);
    return false;
}

}  // namespace workflow::batch
