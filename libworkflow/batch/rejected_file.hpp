#pragma once

/// The rows that were refused, with the reasons.

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "work.hpp"

namespace workflow::batch {

/// Written beside its final place and put there at the end: a run that is killed leaves the file of
/// the last complete one. Every member throws std::runtime_error when it cannot be written.
class RejectedFile {
public:
    RejectedFile(std::filesystem::path path, const std::vector<std::string>& columns);
    /// Without `finish`, nothing is left.
    ~RejectedFile();
    RejectedFile(const RejectedFile&) = delete;
    RejectedFile& operator=(const RejectedFile&) = delete;

    void add(const PreparedRow& row, const RowResult& result);
    /// Puts the file in place when it has rows; otherwise removes that of an earlier run. Answers
    /// whether there is one.
    bool finish();

private:
    std::filesystem::path path_, part_;
    std::ofstream out_;
    std::size_t columns_;
    bool any_ = false, finished_ = false;
};

}  // namespace workflow::batch
