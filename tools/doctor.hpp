#pragma once

/// The examinations of `doctor`: each adds what it finds.

#include <filesystem>

#include <workflow/engine.hpp>

#include "weak_promises.hpp"

namespace workflow::tools {

/// Files that hold secrets, readable by others; draws that rest on one party alone.
void examine_secrets(const Arguments& arguments, Weaknesses& found);

/// The file itself: schema, journal, triggers, modes of it and its side files, free disk. Answers
/// whether the store can be opened without bringing it up to date.
bool examine_file(const std::filesystem::path& file, Weaknesses& found);

/// What stands in it: the clock behind the trail, the age of the last checkpoint and of the backup,
/// and changed items under a published number.
void examine_trail(const Arguments& arguments, Streams& streams, const Catalog& catalog,
                   Store& store, Instant now, Weaknesses& found);

/// Small pools, items that one absence stops, a lonely supervisor, calendars that end.
void examine_staff(const Catalog& catalog, Instant now, Weaknesses& found);

}  // namespace workflow::tools
