#pragma once

/// The only place that opens files for writing. A named output may be the store, a key, an input or
/// a device. All of these are refused before anything is changed.

#include <sys/types.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace workflow::inline v0 {

/// The file must not be written under this name. Nothing was changed.
class OutputRefused : public std::runtime_error {
public:
    OutputRefused(const std::string& message, std::string hint_text)
        : std::runtime_error(message), hint(std::move(hint_text)) {}
    std::string hint;
};

/// What a file contains, judging by its first bytes and its name.
enum class Content : std::uint8_t {
    ordinary,
    database,     ///< SQLite, or one of a database's side files
    secret,       ///< a private key, a draw or rating secret, a vault key
    checkpoints,  ///< signed checkpoints
    party,        ///< what a party of the draw has published
    definition    ///< YAML, or a model
};

struct OutputRules {
    /// Files that the command uses otherwise, existing or not; for folders, the definitions in
    /// them.
    std::vector<std::filesystem::path> others = {};
    bool personal = false;  ///< mode 0600, whatever mode the file had before
    bool fresh = false;     ///< the file must not exist
    /// What may be replaced in addition to ordinary files.
    Content may_replace = Content::ordinary;
    /// The folder that the file must lie in; empty: the folder of its name. Links are followed
    /// within it.
    std::filesystem::path within = {};
};

/// Returns the current or future file of that name, with links resolved. Throws OutputRefused, and
/// std::runtime_error when the folder does not exist. Changes nothing.
std::filesystem::path checked_output(const std::filesystem::path& named, const OutputRules& rules);

/// The same for a special file created by other means: a socket, where `type` is S_IFSOCK.
std::filesystem::path checked_special(const std::filesystem::path& named, mode_t type);

/// A file that gets its name only when it is complete. An existing file stays until then. It is
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
    /// Returns the name of the unfinished file, for writers that take a name. It exists and is
    /// empty.
    [[nodiscard]] const std::filesystem::path& part() const { return part_; }
    /// Returns when the file is on disk under its name, and so is its folder entry.
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

}  // namespace workflow::inline v0
