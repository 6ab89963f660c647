#pragma once

/// Where rows come from: CSV (RFC 4180), JSON Lines, event logs in XES. All are streamed: memory
/// does not grow with the file.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/values.hpp>

namespace workflow::batch {

/// The file cannot be read, or is not what it should be; says where.
class InputError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct Row {
    std::uint64_t line = 0;                    ///< on which it begins, from 1
    std::vector<Value> cells;                  ///< by column; null where the row has none
    std::string mistake;                       ///< why the row cannot be read; empty: it can
    std::vector<std::string> unreadable = {};  ///< then, what there is of it
};

class Input {
public:
    virtual ~Input() = default;
    /// Names that FEEL can read; fixed before the first row.
    [[nodiscard]] virtual const std::vector<std::string>& columns() const = 0;
    /// The next row; false at the end. Throws InputError when nothing more can be read.
    virtual bool next(Row& row) = 0;
    /// The share of the input that has been read, 0 to 1.
    [[nodiscard]] virtual double share() const = 0;
};

enum class Format : std::uint8_t { csv, json_lines, xes };

std::unique_ptr<Input> open_csv(const std::filesystem::path& file, char separator);
std::unique_ptr<Input> open_json_lines(const std::filesystem::path& file);
std::unique_ptr<Input> open_xes(const std::filesystem::path& file);

/// `concept:name` as `concept_name`: what is no letter, digit or blank becomes an underscore.
std::string column_name(std::string_view given);

/// Adds a name unless it is there. Throws InputError beyond `bounds::columns`.
void add_column(std::vector<std::string>& columns, std::string name);

}  // namespace workflow::batch
