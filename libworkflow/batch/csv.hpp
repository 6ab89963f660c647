#pragma once

/// Comma-separated values by RFC 4180, a record at a time.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bytes.hpp"

namespace workflow::batch {

/// Reads records; line breaks may be LF or CRLF, a byte order mark is skipped, and an empty line is
/// no record. Not thread-safe.
class CsvReader {
public:
    explicit CsvReader(Bytes& bytes, char separator = ',');

    /// The next record; false at the end. `mistake` says what is wrong with it, if anything. A
    /// record longer than `bounds::record_bytes` ends with the line on which it passes that.
    bool next(std::vector<std::string>& fields, std::string& mistake);
    [[nodiscard]] std::uint64_t line() const { return line_; }  ///< where the last record began

private:
    bool quoted_field(std::string& field, std::string& mistake, std::size_t& size);
    bool too_long(std::size_t& size, std::string& mistake);

    Bytes& bytes_;
    char separator_;
    std::uint64_t line_ = 0;
};

/// A field as CSV writes it, in quotes where it needs them.
std::string csv_field(std::string_view text);

}  // namespace workflow::batch
