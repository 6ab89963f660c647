#include "file_content.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace workflow::inline v0 {

namespace {

constexpr std::size_t enough = 4096;

bool begins(std::string_view bytes, std::initializer_list<std::string_view> beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](std::string_view one) { return bytes.starts_with(one); });
}

/// Returns whether the bytes start a database, its log, its journal, or its shared memory.
bool is_database(std::string_view bytes) {
    using namespace std::string_view_literals;
    return begins(bytes,
                  {"SQLite format 3\0"sv, "\x37\x7f\x06\x82"sv, "\x37\x7f\x06\x83"sv,
                   "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"sv, "\x18\xe2\x2d\0"sv, "\0\x2d\xe2\x18"sv});
}

/// Returns nullopt when the file cannot be read. A database stays open: closing it would release
/// SQLite's locks of this process on it (POSIX). One descriptor serves all later calls.
std::optional<std::string> beginning_of(const std::filesystem::path& file) {
    static std::mutex mutex;
    static std::map<std::pair<dev_t, ino_t>, int> databases;
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) return {};
    const std::scoped_lock lock(mutex);
    const auto known = databases.find({status.st_dev, status.st_ino});
    // Opening a pipe must not block.
    const int opened = known != databases.end()
                           ? known->second
                           : ::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (opened < 0) return {};
    std::string bytes(enough, '\0');
    const auto got = ::pread(opened, bytes.data(), bytes.size(), 0);
    bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    if (is_database(bytes))
        databases.try_emplace({status.st_dev, status.st_ino}, opened);
    else if (known == databases.end())
        ::close(opened);
    if (got < 0) return {};
    return bytes;
}

/// The second line counts events, and a line with a dash is the signature
/// (docs/formats/checkpoint.md).
bool is_checkpoint(std::string_view bytes) {
    const auto second = bytes.find('\n') + 1;
    if (second == 0) return false;
    const auto digits = bytes.find_first_not_of("0123456789", second);
    return digits != second && digits != std::string_view::npos && bytes[digits] == '\n' &&
           bytes.find("\n\n\xe2\x80\x94 ") != std::string_view::npos;
}

}  // namespace

bool is_side_file_name(const std::filesystem::path& file) {
    const auto name = file.string();
    for (const auto ending : side_file_endings) {
        if (!name.ends_with(ending)) continue;
        const auto bytes = beginning_of(name.substr(0, name.size() - ending.size()));
        if (bytes && is_database(*bytes)) return true;
    }
    return false;
}

bool is_definition_name(const std::filesystem::path& file) {
    auto ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return ending == ".yaml" || ending == ".yml" || ending == ".dmn" || ending == ".bpmn" ||
           ending == ".pnml";
}

std::optional<Content> content_of(const std::filesystem::path& file) {
    const auto bytes = beginning_of(file);
    if (!bytes) return {};
    if (is_database(*bytes)) return Content::database;
    if (begins(*bytes,
               {"workflow draw secret ", "workflow rating secret ", "workflow vault key "}) ||
        bytes->find("PRIVATE KEY-----") != std::string::npos)
        return Content::secret;
    if (bytes->starts_with("workflow draw party ")) return Content::party;
    if (bytes->starts_with("nothing signed yet\n") || is_checkpoint(*bytes))
        return Content::checkpoints;
    if (is_definition_name(file)) return Content::definition;
    return Content::ordinary;
}

std::string_view words_of(Content content) {
    switch (content) {
        case Content::ordinary:
            return "an ordinary file";
        case Content::database:
            return "a database or a part of one";
        case Content::secret:
            return "a key or a secret";
        case Content::checkpoints:
            return "signed checkpoints";
        case Content::party:
            return "the published values of a party of the draw";
        case Content::definition:
            return "a definition, a model or a script";
    }
    return "";
}

}  // namespace workflow::inline v0
