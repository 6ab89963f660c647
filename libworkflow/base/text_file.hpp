#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>

namespace workflow::inline v0 {

/// Returns the text of a file, at most one byte more than `most`, so that a huge file is refused
/// instead of loaded. Returns nullopt when it cannot be read.
std::optional<std::string> read_text_file(const std::filesystem::path& path, std::size_t most);
/// The same for a stream.
std::optional<std::string> read_text(std::istream& stream, std::size_t most);

/// Returns the extension of a file's name in lower case: `.yaml` for `Item.YAML`.
std::string ending_of(const std::filesystem::path& path);

}  // namespace workflow::inline v0
