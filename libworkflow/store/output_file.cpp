#include "output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "file_content.hpp"

namespace workflow::inline v0 {

namespace fs = std::filesystem;

namespace {

constexpr int most_links = 40;
constexpr mode_t owner_only = S_IRUSR | S_IWUSR;
constexpr mode_t anybody = owner_only | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH;
constexpr mode_t permissions = anybody | S_IXUSR | S_IXGRP | S_IXOTH;

[[noreturn]] void refuse(const fs::path& named, std::string_view why,
                         std::string hint = "name another file") {
    throw OutputRefused(fmt::format("{} is not written: {}", named.string(), why), std::move(hint));
}

std::runtime_error cannot_write(const fs::path& named, const std::string& why) {
    return std::runtime_error(fmt::format("cannot write {}: {}", named.string(), why));
}

bool lies_in(const fs::path& inner, const fs::path& outer) {
    const auto way = inner.lexically_relative(outer);
    return !way.empty() && *way.begin() != "..";
}

fs::path folder_of(const fs::path& file, const fs::path& named) {
    std::error_code failed;
    auto folder = fs::canonical(file.has_parent_path() ? file.parent_path() : ".", failed);
    if (failed) throw cannot_write(named, failed.message());
    return folder;
}

/// Follows links while they stay in the folder.
fs::path without_links(const fs::path& named, const fs::path& within) {
    const auto last = named.filename();
    if (named == "-") refuse(named, "a file is required here, not standard output", "name a file");
    if (last.empty() || last == "." || last == "..") refuse(named, "it is a folder");
    const auto folder = folder_of(named, named);
    std::error_code failed;
    const auto bounds = within.empty() ? folder : fs::canonical(within, failed);
    if (failed) throw cannot_write(named, failed.message());
    auto target = folder / last;
    for (int links = 0;; ++links) {
        if (!lies_in(target, bounds))
            refuse(named,
                   fmt::format("it lies outside the folder {}, at {}", bounds.string(),
                               target.string()),
                   "name the file itself; `-` is standard output where a document is written");
        if (fs::symlink_status(target, failed).type() != fs::file_type::symlink) return target;
        if (links == most_links) refuse(named, "its links form a cycle");
        const auto next = target.parent_path() / fs::read_symlink(target, failed);
        if (failed) throw cannot_write(named, failed.message());
        target = folder_of(next, named) / next.filename();
    }
}

bool same(const struct stat& a, const struct stat& b) {
    return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

std::optional<struct stat> status_of(const fs::path& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) return {};
    return status;
}

/// Returns whether the output is `other`, by identity or, if neither exists yet, by name.
bool is_same_file(const fs::path& target, const std::optional<struct stat>& there,
                  const fs::path& other) {
    const auto status = status_of(other);
    if (status && there) return same(*status, *there);
    std::error_code failed;
    return !status && !there && fs::weakly_canonical(other, failed) == target;
}

/// Returns whether the output is one of the definitions in a folder.
bool is_definition_in(const fs::path& folder, const struct stat& there) {
    std::error_code failed;
    for (fs::recursive_directory_iterator
             entry(folder, fs::directory_options::skip_permission_denied, failed),
         end;
         !failed && entry != end; entry.increment(failed)) {
        if (!is_definition_name(entry->path())) continue;
        const auto status = status_of(entry->path());
        if (status && same(*status, there)) return true;
    }
    return false;
}

void refuse_others(const fs::path& named, const fs::path& target,
                   const std::optional<struct stat>& there, const OutputRules& rules) {
    for (const auto& other : rules.others) {
        if (other.empty()) continue;
        const auto status = status_of(other);
        if (status && S_ISDIR(status->st_mode)) {
            if (there && is_definition_in(other, *there))
                refuse(named, fmt::format("it is a definition of {}", other.string()));
            continue;
        }
        if (is_same_file(target, there, other))
            refuse(named, fmt::format("the command uses it as {}", other.string()));
        for (const auto side : side_file_endings)
            if (is_same_file(target, there, other.string() + std::string(side)))
                refuse(named, fmt::format("it belongs to {}", other.string()));
    }
}

void refuse_content(const fs::path& named, const fs::path& target, const struct stat& there,
                    const OutputRules& rules) {
    if (S_ISDIR(there.st_mode)) refuse(named, "it is a folder");
    if (!S_ISREG(there.st_mode))
        refuse(named, "it is a device, a pipe or a socket, not a file",
               "name a file; `-` is standard output where a document is written");
    const auto content = content_of(target);
    if (!content)
        refuse(named, "its content cannot be read",
               "give this account read access, or name another file");
    constexpr auto there_already = "it already exists and must not be replaced";
    const bool replaceable = *content == Content::ordinary || *content == rules.may_replace;
    // Creating a key that already exists is not an error of the command line.
    if (rules.fresh && (replaceable || *content == Content::secret))
        throw cannot_write(named, there_already);
    if (rules.fresh) refuse(named, there_already);
    if (replaceable) return;
    refuse(named, fmt::format("it contains {}", words_of(*content)),
           "name another file, or remove this one first if it is no longer needed");
}

}  // namespace

fs::path checked_output(const fs::path& named, const OutputRules& rules) {
    auto target = without_links(named, rules.within);
    struct stat status {};
    std::optional<struct stat> there;
    if (::lstat(target.c_str(), &status) == 0)
        there = status;
    else if (errno != ENOENT)
        throw cannot_write(named, std::strerror(errno));
    refuse_others(named, target, there, rules);
    if (is_side_file_name(target))
        refuse(named, "a file of this name belongs to the database beside it");
    if (there) refuse_content(named, target, *there, rules);
    return target;
}

fs::path checked_special(const fs::path& named, mode_t type) {
    auto target = without_links(named, {});
    struct stat status {};
    if (::lstat(target.c_str(), &status) == 0 && (status.st_mode & S_IFMT) != type)
        refuse(named, "a file of another kind already exists");
    if (is_side_file_name(target))
        refuse(named, "a file of this name belongs to the database beside it");
    return target;
}

OutputFile::OutputFile(fs::path named, OutputRules rules)
    : named_(std::move(named)), rules_(std::move(rules)) {
    target_ = checked_output(named_, rules_);
    // A name used by nothing else, so that a file left by a killed command may be removed.
    part_ = target_.parent_path() / fmt::format(".{}.workflow-part", target_.filename().string());
    open_part();
    stream_.open(part_, std::ios::binary);
    if (!stream_) {
        const int problem = errno;
        close_part();
        fail(problem);
    }
}

void OutputFile::open_part() {
    const mode_t mode = rules_.personal || rules_.fresh ? owner_only : anybody;
    for (int tries = 0; tries < most_links; ++tries) {
        file_ = ::open(part_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (file_ >= 0) {
            if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
            break;
        }
        if (errno != EEXIST) fail(errno);
        // A running writer holds the file's lock. A killed command does not.
        const int left = ::open(part_.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        if (left < 0) {
            if (errno == ENOENT) continue;
            fail(errno);
        }
        struct stat status {
        }, named{};
        const bool ours = ::fstat(left, &status) == 0 && S_ISREG(status.st_mode) &&
                          ::flock(left, LOCK_EX | LOCK_NB) == 0 &&
                          ::lstat(part_.c_str(), &named) == 0 && same(status, named);
        if (ours) ::unlink(part_.c_str());
        ::close(left);
        if (!ours) break;
    }
    if (file_ >= 0) ::close(file_);
    file_ = -1;
    refuse(named_, "another command is writing it", "wait until it ends, or name another file");
}

void OutputFile::close_part() noexcept {
    if (file_ < 0) return;
    ::unlink(part_.c_str());
    ::unlink((part_.string() + "-journal").c_str());
    ::close(file_);
    file_ = -1;
}

OutputFile::~OutputFile() {
    close_part();
}

void OutputFile::fail(int problem) const {
    throw cannot_write(named_, std::strerror(problem));
}

void OutputFile::finish() {
    stream_.close();
    if (!stream_) throw cannot_write(named_, "the disk is full or has failed");
    // The file under this name may have changed meanwhile.
    if (checked_output(named_, rules_) != target_)
        refuse(named_, "the file of this name changed while the output was written");
    struct stat former {};
    if (!rules_.personal && !rules_.fresh && ::lstat(target_.c_str(), &former) == 0 &&
        ::fchmod(file_, former.st_mode & permissions) != 0)
        fail(errno);
    // If renamed before its content is on disk, the file could be empty after a power failure.
    if (::fsync(file_) != 0) fail(errno);
    const unsigned how = rules_.fresh ? RENAME_NOREPLACE : 0;
    if (::renameat2(AT_FDCWD, part_.c_str(), AT_FDCWD, target_.c_str(), how) != 0) {
        if (errno != EINVAL || !rules_.fresh) fail(errno);
        // A file system that does not support the flag.
        if (::link(part_.c_str(), target_.c_str()) != 0) fail(errno);
        ::unlink(part_.c_str());
    }
    ::close(file_);
    file_ = -1;
    const int folder = ::open(target_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool kept = folder >= 0 && (::fsync(folder) == 0 || errno == EINVAL);
    const int problem = errno;
    if (folder >= 0) ::close(folder);
    if (!kept) fail(problem);
}

void write_output(const fs::path& named, const OutputRules& rules, std::string_view content) {
    OutputFile file(named, rules);
    file.stream() << content;
    file.finish();
}

}  // namespace workflow::inline v0
