#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>

namespace workflow {

/// The text of a file, but not more than one byte beyond `most`: a huge file is refused, not
/// loaded. Nothing when it cannot be read.
std::optional<std::string> read_text_file(const std::filesystem::path& path, std::size_t most);
/// The same of a stream.
std::optional<std::string> read_text(std::istream& stream, std::size_t most);

/// The ending of a file's name in small letters: `.yaml` of `Item.YAML`.
std::string ending_of(const std::filesystem::path& path);

}  // namespace workflow
