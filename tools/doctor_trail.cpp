// What `doctor` finds in the trail and around it: clock, checkpoints, backup, definitions.

#include <chrono>

#include <fmt/format.h>

#include "base/bounds.hpp"
#include "cli_context.hpp"
#include "crypto/digest.hpp"
#include "definition/organization.hpp"
#include "doctor.hpp"
#include "presentation/text/text.hpp"
#include "process/net.hpp"
#include "shell/catalog_access.hpp"
#include "shell/journal.hpp"
#include "trail/checkpoint.hpp"
#include "trail/codec.hpp"

namespace workflow::tools {

using presentation::grouped;

namespace {

constexpr std::int64_t hour = 3'600'000'000;
constexpr std::int64_t oldest = 24;  // hours of a checkpoint, and days of a backup by seven

std::int64_t hours_since(Instant then, Instant now) {
    return (now.microseconds - then.microseconds) / hour;
}

void examine_clock(Store& store, const LocalClock& clock, Instant now, Weaknesses& found) {
    const auto last = store.last_event();
    if (!last) return;
    const auto reached = trail::decode(last->body).recorded;
    if (now >= reached) return;
    found.push_back({"clock-behind",
                     fmt::format("the clock shows {}, but the trail has reached {}: nothing "
                                 "becomes due until then",
                                 to_string(now, clock), to_string(reached, clock)),
                     "set the machine's clock, or wait for it"});
}

void examine_checkpoints(const std::string& file, Streams& streams, Store& store, Instant now,
                         Weaknesses& found) {
    if (file.empty()) return;  // reported with the secrets
    std::optional<trail::Checkpoint> last;
    try {
        const auto notes = trail::read_notes(read_all(file, streams, bounds::checkpoints_bytes));
        if (!notes.empty()) last = trail::unchecked(notes.back());
    } catch (const trail::NoteError& error) {
        found.push_back({"checkpoints-unreadable", fmt::format("{}: {}", file, error.what()),
                         "`workflow trail verify --checkpoints` shows the details"});
        return;
    }
    if (!last) {
        found.push_back({"checkpoints", fmt::format("{} has no checkpoint", file),
                         "take one by `workflow trail checkpoint`"});
        return;
    }
    const auto events = store.counts().events;
    if (events < last->size) {
        found.push_back({"trail-short",
                         fmt::format("the last checkpoint counts {} events, but the store has {}",
                                     grouped(last->size), grouped(events)),
                         "run `workflow trail verify --checkpoints`"});
    } else if (events > last->size && last->time && hours_since(*last->time, now) >= oldest) {
        found.push_back(
            {"checkpoint-old",
             fmt::format("the last checkpoint is {} hours old, and {} events were added since",
                         hours_since(*last->time, now), grouped(events - last->size)),
             "keep `workflow trail checkpoint --every 30` running"});
    }
}

void examine_backup(const std::string& file, Instant now, Weaknesses& found) {
    if (file.empty()) {
        found.push_back({"backup", "the time of the last backup is not known",
                         "name the latest backup with --backup FILE or WORKFLOW_BACKUP"});
        return;
    }
    std::error_code error;
    const auto written = std::filesystem::last_write_time(file, error);
    if (error) {
        found.push_back({"backup", fmt::format("there is no backup at {}", file), "take one"});
        return;
    }
    const auto since = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::file_clock::to_sys(written).time_since_epoch());
    const auto age = hours_since(Instant{since.count()}, now);
    if (age >= 7 * oldest)
        found.push_back(
            {"backup", fmt::format("the backup {} is {} days old", file, age / 24), "take one"});
}

/// A changed text under a number that was published: its next case would be refused.
void examine_revisions(const Catalog& catalog, Store& store, Weaknesses& found) {
    const auto journal = shell::read_journal(store);
    if (!journal) return;
    for (const auto& item : catalog.items()) {
        const auto process = compiled(catalog).process(item);
        if (store.published(process->digest)) continue;
        for (const auto& event : journal->events) {
            const auto* published = std::get_if<DefinitionPublished>(&event.what);
            if (!published || published->item != item || published->revision != process->revision)
                continue;
            found.push_back({"changed-revision",
                             fmt::format("{} was changed, but still has the published revision {}: "
                                         "its next case will be refused",
                                         item.text, process->revision),
                             "give it a higher `revision`"});
            break;
        }
    }
}

}  // namespace

void examine_trail(const Arguments& arguments, Streams& streams, const Catalog& catalog,
                   Store& store, Instant now, Weaknesses& found) {
    examine_clock(store, compiled(catalog).organization().clock, now, found);
    examine_checkpoints(checkpoints_of(arguments, streams), streams, store, now, found);
    examine_backup(arguments.text("backup"), now, found);
    examine_revisions(catalog, store, found);
}

}  // namespace workflow::tools
