#pragma once

/// The rows that were refused, with the reasons.

#include <filesystem>
#include <string>
#include <vector>

#include "../store/output_file.hpp"
#include "work.hpp"

namespace workflow::batch {

/// Written beside its final place and moved there at the end: a killed run leaves the file of the
/// last complete one. Its cells are those of the input as written. Only their owner may read them.
/// Every member throws OutputRefused, or std::runtime_error when it cannot be written.
class RejectedFile {
public:
    RejectedFile(const std::filesystem::path& path, OutputRules rules, const Script& script);

    void add(const PreparedRow& row, const RowResult& result);
    /// Moves the file into place when it has rows. Otherwise removes that of an earlier run.
    /// Returns whether there is one.
    bool finish();

private:
    std::filesystem::path path_;
    OutputFile out_;
    const Script& script_;
    bool any_ = false;
};

}  // namespace workflow::batch
