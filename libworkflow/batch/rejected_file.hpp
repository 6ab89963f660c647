#pragma once

/// The rows that were refused, with the reasons.

#include <filesystem>
#include <string>
#include <vector>

#include "../store/output_file.hpp"
#include "work.hpp"

namespace workflow::batch {

/// Written beside its final place and put there at the end: a run that is killed leaves the file of
/// the last complete one. Its cells are those of the input as they were written; only their owner
/// may read them. Every member throws OutputRefused, or std::runtime_error when it cannot be
/// written.
class RejectedFile {
public:
    RejectedFile(const std::filesystem::path& path, OutputRules rules, const Script& script);

    void add(const PreparedRow& row, const RowResult& result);
    /// Puts the file in place when it has rows; otherwise removes that of an earlier run. Answers
    /// whether there is one.
    bool finish();

private:
    std::filesystem::path path_;
    OutputFile out_;
    const Script& script_;
    bool any_ = false;
};

}  // namespace workflow::batch
