#pragma once

/// Recognizes files that must not be lost, by first bytes and name.

#include <array>
#include <filesystem>
#include <optional>
#include <string_view>

#include "output_file.hpp"

namespace workflow::inline v0 {

/// Suffixes that SQLite and the store add to a database's name.
inline constexpr std::array<std::string_view, 4> side_file_endings{"-wal", "-shm", "-lock",
                                                                   "-journal"};

/// Returns whether a file of this name would be part of a database beside it. SQLite would use a
/// file of that name as its own, whoever created it.
bool is_side_file_name(const std::filesystem::path& file);

bool is_definition_name(const std::filesystem::path& file);

/// Returns nullopt when the file cannot be read.
std::optional<Content> content_of(const std::filesystem::path& file);

/// Returns the kind in words, "a database", for messages.
std::string_view words_of(Content content);

}  // namespace workflow::inline v0
