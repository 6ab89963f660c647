#pragma once

/// Sources of rows: CSV (RFC 4180), JSON Lines, event logs in XES. All are streamed: memory does
/// not grow with the file.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/values.hpp>

namespace workflow::batch {

/// The file cannot be read, or has the wrong content. States the position.
class InputError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct Row {
    std::uint64_t line = 0;                    ///< its first line, from 1
    std::vector<Value> cells;                  ///< by column; null where the row has none
    std::string mistake;                       ///< why the row cannot be read; empty: it can
    std::vector<std::string> unreadable = {};  ///< if so, what there is of it
};

class Input {
public:
    virtual ~Input() = default;
    /// Returns names that FEEL can read. Fixed before the first row.
    [[nodiscard]] virtual const std::vector<std::string>& columns() const = 0;
    /// Reads the next row. Returns false at the end. Throws InputError when reading cannot
    /// continue.
    virtual bool next(Row& row) = 0;
    /// Returns the fraction of the input that has been read, 0 to 1.
    [[nodiscard]] virtual double share() const = 0;
};

enum class Format : std::uint8_t { csv, json_lines, xes };

std::unique_ptr<Input> open_csv(const std::filesystem::path& file, char separator);
std::unique_ptr<Input> open_json_lines(const std::filesystem::path& file);
std::unique_ptr<Input> open_xes(const std::filesystem::path& file);

/// Returns `concept:name` as `concept_name`: anything but a letter, digit or space becomes an
/// underscore.
std::string column_name(std::string_view given);

/// Adds a name if absent. Throws InputError beyond `bounds::columns`.
void add_column(std::vector<std::string>& columns, std::string name);

}  // namespace workflow::batch
