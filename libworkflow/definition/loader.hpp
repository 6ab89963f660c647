#pragma once

/// A folder of texts to definitions: references, parameters and per-item differences resolved.

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
    std::optional<Date> issued;  ///< of several notices for a year the last one holds
    int revision = 1;            ///< of notices that were issued on one day, or on none
    Mark mark;
};

struct CalendarName {
    CalendarId id;
    Mark mark;
};

/// `catalog:` what is published together, and its defaults.
struct CatalogFile {
    std::string id;
    Title title;
    std::vector<CalendarName> calendars;
    std::vector<Guarantee> guarantees;  ///< of every item
    struct Desk {
        ItemId item;
        Mark mark;
    };
    std::optional<Desk> demand_desk;       ///< whatever fits no item (零拒绝)
    std::optional<Desk> rating_follow_up;  ///< each negative rating (差评)
    std::optional<Limit> late_entry;       ///< how long after an act it may be entered
    Mark mark;
};

struct Definitions {
    std::vector<Item>
        items;  ///< sorted by id; several of one id, the first one first, are an error
    std::optional<Organization> organization;
    std::vector<Calendar> calendars;
    std::optional<CatalogFile> catalog;
    std::shared_ptr<const decision::Program> decisions;  ///< nullptr when there are none
};

/// One text given to the loader.
struct Text {
    std::string path, content;
};

/// Whether a folder's file is read as a definition: it ends in `.yaml`, `.yml` or `.dmn`, in
/// letters of any case.
bool is_definition(const std::filesystem::path& path);

/// The definitions among `paths` (folders are searched, in sorted order). A path that cannot be
/// read is a finding, and so are more than `bounds::definition_files`.
std::vector<Text> read_texts(const std::vector<std::filesystem::path>& paths, Sources& sources,
                             DiagnosticSink& findings);

/// Reads and resolves all texts together. What has errors is left out of the result; the findings
/// say why. `sources` gets every text, so marks can be shown.
Definitions load(const std::vector<Text>& texts, Sources& sources, DiagnosticSink& findings);

}  // namespace workflow::definition
