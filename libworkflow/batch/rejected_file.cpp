#include "rejected_file.hpp"

#include <system_error>

#include <fmt/format.h>

#include "convert.hpp"
#include "csv.hpp"

namespace workflow::batch {

RejectedFile::RejectedFile(std::filesystem::path path, const std::vector<std::string>& columns)
    : path_(std::move(path)),
      part_(path_.string() + ".part"),
      out_(part_, std::ios::binary),
      columns_(columns.size()) {
    out_ << "key,line,case,step,rule,reason";
    for (const auto& column : columns) out_ << ',' << csv_field(column);
    out_ << '\n';
    if (!out_) throw std::runtime_error(fmt::format("{} cannot be written", part_.string()));
}

RejectedFile::~RejectedFile() {
    if (finished_) return;
    out_.close();
    std::error_code gone;
    std::filesystem::remove(part_, gone);
}

void RejectedFile::add(const PreparedRow& row, const RowResult& result) {
    any_ = true;
    out_ << csv_field(row.key) << ',' << row.line << ',' << csv_field(result.number) << ','
         << csv_field(result.step) << ',' << csv_field(result.rejection.rule) << ','
         << csv_field(result.rejection.reason);
    for (std::size_t i = 0; i < columns_; ++i) out_ << ',' << csv_field(text_of(row.slots[i]));
    out_ << '\n';
}

bool RejectedFile::finish() {
    out_.close();
    if (!out_) throw std::runtime_error(fmt::format("{} cannot be written", part_.string()));
    if (any_) {
        std::filesystem::rename(part_, path_);
    } else {
        std::filesystem::remove(part_);
        std::filesystem::remove(path_);
    }
    finished_ = true;
    return any_;
}

}  // namespace workflow::batch
