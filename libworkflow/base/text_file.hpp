#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace workflow {

/// The text of a file, but not more than one byte beyond `most`: a huge file is refused, not
/// loaded. Nothing when it cannot be read.
std::optional<std::string> read_text_file(const std::filesystem::path& path, std::size_t most);

}  // namespace workflow
