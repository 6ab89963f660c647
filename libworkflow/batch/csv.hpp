#pragma once

/// Comma-separated values by RFC 4180, a record at a time.

#include <cstdint>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace workflow::batch {

/// Reads records; line breaks may be LF or CRLF, a byte order mark is skipped, and an empty line is
/// no record. Not thread-safe.
class CsvReader {
public:
    /// Fields longer than this, together, in one record are a mistake.
    static constexpr std::size_t longest_record = 1 << 20;

    explicit CsvReader(std::istream& in);

    /// The next record; false at the end. `mistake` says what is wrong with it, if anything.
    bool next(std::vector<std::string>& fields, std::string& mistake);
    [[nodiscard]] std::uint64_t line() const { return line_; }  ///< where the last record began
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

private:
    int take();

    std::istream& in_;
    std::uint64_t line_ = 0, next_line_ = 1, bytes_ = 0;
};

/// A field as CSV writes it, in quotes where it needs them.
std::string csv_field(std::string_view text);

}  // namespace workflow::batch
