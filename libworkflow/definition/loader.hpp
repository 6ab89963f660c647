#pragma once

/// Loads a folder of texts as definitions and resolves references, parameters and the differences
/// between an item and its process.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "../base/diagnostics.hpp"
#include "../calendar/working_days.hpp"
#include "../decision/program.hpp"
#include "item.hpp"
#include "organization.hpp"

namespace workflow::definition {

struct Calendar {
    CalendarId id;
    YearNotice notice;
    std::optional<Date> issued;  ///< of several notices for a year, the one issued last applies
    /// orders notices that were issued on the same day, or without a day
    int revision = 1;
    Mark mark;
};

struct CalendarName {
    CalendarId id;
    Mark mark;
};

/// `catalog:`: the items that are published together and their defaults.
struct CatalogFile {
    std::string id;
    Title title;
    std::vector<CalendarName> calendars;
    std::vector<Guarantee> guarantees;  ///< apply to every item
    struct Desk {
        ItemId item;
        Mark mark;
    };
    std::optional<Desk> demand_desk;       ///< receives requests that fit no item (零拒绝)
    std::optional<Desk> rating_follow_up;  ///< opened for each negative rating (差评)
    /// the time after an action within which it may be entered
    std::optional<Limit> late_entry;
    Mark mark;
};

struct Definitions {
    /// sorted by id; several items with one id are an error, and the first given comes first
    std::vector<Item> items;
    std::optional<Organization> organization;
    std::vector<Calendar> calendars;
    std::optional<CatalogFile> catalog;
    std::shared_ptr<const decision::Program> decisions;  ///< nullptr if there are none
};

/// A text given to the loader.
struct Text {
    std::string path, content;
};

/// Returns whether a file of a folder is read as a definition: its name ends in `.yaml`, `.yml` or
/// `.dmn`, in upper or lower case.
bool is_definition(const std::filesystem::path& path);

/// Reads the definitions among `paths`. Folders are searched in sorted order. Reports a finding for
/// each path that cannot be read, and if there are more than `bounds::definition_files` files.
std::vector<Text> read_texts(const std::vector<std::filesystem::path>& paths, Sources& sources,
                             DiagnosticSink& findings);

/// Reads and resolves all texts together. Definitions with errors are left out of the result; the
/// findings say why. Adds every text to `sources`, so that marks can be shown.
Definitions load(const std::vector<Text>& texts, Sources& sources, DiagnosticSink& findings);

}  // namespace workflow::definition
