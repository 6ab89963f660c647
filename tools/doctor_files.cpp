// What `doctor` finds in files: secrets, the store and the files next to it.

#include <sys/stat.h>

#include <fmt/format.h>

#include <sstream>

#include "doctor.hpp"
#include "draw_files.hpp"
#include "store/sqlite_health.hpp"

namespace workflow::tools {

namespace {

constexpr std::uintmax_t least_room = std::uintmax_t{1} << 30;

std::optional<unsigned> mode_of(const std::filesystem::path& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) return {};
    return static_cast<unsigned>(status.st_mode) & 0777U;
}

/// A file that others than its owner may read or write.
void examine_mode(const std::filesystem::path& file, const std::string& code,
                  const std::string& what, Weaknesses& found) {
    const auto mode = mode_of(file);
    if (!mode || (*mode & 0077U) == 0) return;
    found.push_back({code,
                     fmt::format("{} {} can be read by others than its owner (mode {:04o})", what,
                                 file.string(), *mode),
                     fmt::format("chmod 600 {}", file.string())});
}

void examine_room(const std::filesystem::path& file, Weaknesses& found) {
    std::error_code error;
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    const auto room = std::filesystem::space(folder, error);
    const auto size = std::filesystem::file_size(file, error);
    if (error) return;
    // A backup, and the log of a long unit of work, want as much again.
    const auto wanted = std::max(least_room, size);
    if (room.available >= wanted) return;
    found.push_back({"disk-full",
                     fmt::format("{} MiB are free on the store's disk, and {} MiB are wanted",
                                 room.available >> 20, wanted >> 20),
                     "free some space, or move the store to a larger disk"});
}

}  // namespace

void examine_secrets(const Arguments& arguments, Weaknesses& found) {
    std::size_t parties = 0;
    for (const auto& given : arguments.all("draw-secret")) {
        std::stringstream pieces(given);
        for (std::string piece; std::getline(pieces, piece, ':');) {
            if (piece.empty()) continue;
            (void)read_draw_secret(piece);
            ++parties;
            examine_mode(piece, "secret-open", "the draw secret", found);
        }
    }
    if (parties == 1)
        found.push_back({"one-draw-party",
                         "draws depend on the secret of one party, which can predict them",
                         "let a second office create a secret, and give both"});
    if (arguments.has("rating-secret"))
        examine_mode(arguments.text("rating-secret"), "secret-open", "the rating secret", found);
    if (arguments.has("vault-key"))
        examine_mode(arguments.text("vault-key"), "secret-open", "the vault's key", found);
}

bool examine_file(const std::filesystem::path& file, Weaknesses& found) {
    for (const char* side : {"", "-wal", "-shm", "-lock"})
        examine_mode(file.string() + side, "store-open", "the store's file", found);
    examine_room(file, found);
    const auto health = store::health_of(file);
    if (!health.is_store) {
        found.push_back({"not-a-store", fmt::format("{} is not marked as a store", file.string()),
                         "name another file, or restore a backup"});
        return false;
    }
    if (health.journal_mode != "wal")
        found.push_back(
            {"journal-mode",
             fmt::format("the store's journal mode is {}, not wal: an act that was "
                         "acknowledged may be lost",
                         health.journal_mode),
             "another program has changed it; any command of this program sets it back"});
    for (const auto& guard : health.missing_guards)
        found.push_back(
            {"guard-missing",
             fmt::format("the trigger {} is missing: somebody has changed the file", guard),
             "run `workflow trail verify --checkpoints`, or restore a backup"});
    for (const auto& stranger : health.strangers)
        found.push_back(
            {"stranger",
             fmt::format("the file has a trigger or view {} that does not belong to a store",
                         stranger),
             "find out who created it, and what it did"});
    if (health.schema == health.newest_schema)
        return health.missing_guards.empty() && health.strangers.empty();
    found.push_back({"schema",
                     fmt::format("the store has schema {}, but this program writes {}",
                                 health.schema, health.newest_schema),
                     health.schema < health.newest_schema
                         ? "the next command that writes upgrades it; take a backup first"
                         : "use a newer program"});
    return false;
}

}  // namespace workflow::tools
