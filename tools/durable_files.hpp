#pragma once

/// Files that only grow: checkpoints, and what a party of the draw publishes.

#include <string>
#include <string_view>

#include "store/output_file.hpp"

namespace workflow::tools {

/// A file for writing at its end, by one process at a time; made when it is not there. Everything
/// here throws WorldError with the file's name, and OutputRefused.
class Ledger {
public:
    Ledger(const std::string& path, const OutputRules& rules);
    ~Ledger();
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;

    /// Throws where it has more than `most` bytes.
    [[nodiscard]] std::string read(std::size_t most) const;
    /// Returns when `text` is on the disk.
    void write(std::string_view text) const;

private:
    [[noreturn]] void fail(const char* what) const;
    std::string path_;
    int file_ = -1;
};

}  // namespace workflow::tools
