#pragma once

/// Telling by its first bytes and its name what a file is that must not be lost.

#include <array>
#include <filesystem>
#include <optional>
#include <string_view>

#include "output_file.hpp"

namespace workflow {

/// What SQLite and the store add to a database's name.
inline constexpr std::array<std::string_view, 4> side_file_endings{"-wal", "-shm", "-lock",
                                                                   "-journal"};

/// Whether a database lies beside it, of which such a file would be a part: SQLite would take a
/// file of that name as its own, whoever made it.
bool is_side_file_name(const std::filesystem::path& file);

bool is_definition_name(const std::filesystem::path& file);

/// Returns nothing when the file cannot be read.
std::optional<Content> content_of(const std::filesystem::path& file);

/// "a database", for messages.
std::string_view words_of(Content content);

}  // namespace workflow
