#pragma once

/// Comma-separated values (RFC 4180), one record at a time.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bytes.hpp"

namespace workflow::batch {

/// Reads records. Line breaks may be LF or CRLF, a byte order mark is skipped, and an empty line is
/// not a record. Not thread-safe.
class CsvReader {
public:
    explicit CsvReader(Bytes& bytes, char separator = ',');

    /// Reads the next record. Returns false at the end. `mistake` describes a fault of the record,
    /// if any. A record longer than `bounds::record_bytes` ends with the line that exceeds it.
    bool next(std::vector<std::string>& fields, std::string& mistake);
    [[nodiscard]] std::uint64_t line() const { return line_; }  ///< start of the last record

private:
    bool quoted_field(std::string& field, std::string& mistake, std::size_t& size);
    bool too_long(std::size_t& size, std::string& mistake);

    Bytes& bytes_;
    char separator_;
    std::uint64_t line_ = 0;
};

/// The first columns of a file of rejected rows. When such a file is read again, these columns are
/// dropped, `line` counts as the row's line, and its cells are restored.
inline constexpr std::array<std::string_view, 6> reject_columns{"key",  "line", "case",
                                                                "step", "rule", "reason"};

/// Cells that a spreadsheet takes for a formula, and may execute: those that begin with = + - @,
/// with one of these in full width, with a tab or a line break, and are not plain numbers.
enum class Formulas : std::uint8_t {
    neutral,  ///< prefixed with an apostrophe, as is a text that `without_apostrophe` would change
    raw       ///< unchanged, for machines
};

/// Returns a field in CSV form, in quotes if necessary.
std::string csv_field(std::string_view text, Formulas formulas = Formulas::neutral);

/// Returns the text from which `csv_field` made a field.
std::string without_apostrophe(std::string text);

}  // namespace workflow::batch
