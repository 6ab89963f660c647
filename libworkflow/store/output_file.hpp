#pragma once

/// The one place that opens files for writing. What is named as an output may turn out to be the
/// store, a key, an input or a device: all of these are refused before anything is touched.

#include <sys/types.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace workflow {

/// The file must not be written under this name. Nothing was changed.
class OutputRefused : public std::runtime_error {
public:
    OutputRefused(const std::string& message, std::string hint_text)
        : std::runtime_error(message), hint(std::move(hint_text)) {}
    std::string hint;
};

/// What a file holds, as far as its first bytes and its name tell.
enum class Content : std::uint8_t {
    ordinary,
    database,     ///< SQLite, or one of a database's side files
    secret,       ///< a private key, a secret of draws or ratings, the key of a vault
    checkpoints,  ///< signed checkpoints
    party,        ///< what a party of the draw has published
    definition    ///< YAML, or a model
};

struct OutputRules {
    /// Files that the command uses otherwise, there or not; of folders, the definitions in them.
    std::vector<std::filesystem::path> others = {};
    bool personal = false;  ///< mode 0600, whatever the file had before
    bool fresh = false;     ///< the file must not be there
    /// What may be replaced beside ordinary files.
    Content may_replace = Content::ordinary;
    /// The folder that the file must lie in; empty: the one that its name says. Links are followed
    /// within it.
    std::filesystem::path within = {};
};

/// Returns the file that stands, or will stand, under the name, with links resolved. Throws
/// OutputRefused, and std::runtime_error when the folder is not there. Changes nothing.
std::filesystem::path checked_output(const std::filesystem::path& named, const OutputRules& rules);

/// The same for a file that something else makes there: a socket, where `type` is S_IFSOCK.
std::filesystem::path checked_special(const std::filesystem::path& named, mode_t type);

/// A file that comes to its name only when it is whole; what stood there stays until then. It is
/// written under another name in the same folder, where a second writer is refused. Every member
/// throws OutputRefused, or std::runtime_error when the disk fails. Not thread-safe.
class OutputFile {
public:
    explicit OutputFile(std::filesystem::path named, OutputRules rules = {});
    /// Without `finish`, nothing has changed.
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    [[nodiscard]] std::ostream& stream() { return stream_; }
    /// The unfinished file, for writers that take a name. It is there and empty.
    [[nodiscard]] const std::filesystem::path& part() const { return part_; }
    /// Returns when the file is on the disk under its name, and so is its folder.
    void finish();

private:
    void open_part();
    void close_part() noexcept;
    [[noreturn]] void fail(int problem) const;

    std::filesystem::path named_, target_, part_;
    OutputRules rules_;
    std::ofstream stream_;
    int file_ = -1;
};

/// Writes a whole file.
void write_output(const std::filesystem::path& named, const OutputRules& rules,
                  std::string_view content);

}  // namespace workflow
