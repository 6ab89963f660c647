#pragma once

/// Comma-separated values by RFC 4180, a record at a time.

#include <array>
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

/// With what the head of a file of rejected rows begins. Before such a file is read again, these
/// columns are left out, `line` counts as the row's line, and its cells are what they were.
inline constexpr std::array<std::string_view, 6> reject_columns{"key",  "line", "case",
                                                                "step", "rule", "reason"};

/// What a spreadsheet takes for a formula, and may carry out: a cell that begins with = + - @, with
/// one of these in full width, with a tab or a line break, and is no plain number.
enum class Formulas : std::uint8_t {
    neutral,  ///< an apostrophe goes before it, as before a text that `without_apostrophe` undoes
    raw       ///< as it is, for machines
};

/// A field as CSV writes it, in quotes where it needs them.
std::string csv_field(std::string_view text, Formulas formulas = Formulas::neutral);

/// The text that `csv_field` wrote.
std::string without_apostrophe(std::string text);

}  // namespace workflow::batch
