#pragma once

/// The readers of each kind of file, as the loader calls them.

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "../calendar/opening_hours.hpp"
#include "decisions.hpp"
#include "loader.hpp"
#include "process_tree.hpp"
#include "readers.hpp"

namespace workflow::definition {

/// What an item may refer to.
struct References {
    Processes& processes;
    const Decisions& decisions;
    const Organization* organization = nullptr;
    /// Names of the loaded calendars; nothing when neither a calendar nor a catalog is loaded, and
    /// so none can be said to be missing.
    std::optional<std::vector<std::string>> calendars;
};

std::vector<Field> read_fields(const YamlNode& node, DiagnosticSink& findings);
std::vector<Material> read_materials(const YamlNode& node, DiagnosticSink& findings);
std::vector<SeparatedGroup> read_separated(const YamlNode& node, DiagnosticSink& findings);

/// Nothing when the item has errors.
std::optional<Item> read_item(const YamlNode& tree, std::uint32_t source, const Sources& sources,
                              References& references, DiagnosticSink& findings);
/// Reads a process that no item uses, for its mistakes only.
void check_unused_process(const ProcessFile& file, const ResolvedProcess& resolved,
                          const References& references, DiagnosticSink& findings);
/// Tells the targets that no step is named after: for steps that are not compiled, which would tell
/// it. `known`: every step that is written, wherever it is nested and whether it can be read or
/// not.
void check_targets(const Item& item, const std::vector<std::string>& known,
                   DiagnosticSink& findings);
std::optional<Organization> read_organization(const YamlNode& tree, std::uint32_t source,
                                              const Sources& sources, DiagnosticSink& findings);
std::vector<Mode> read_modes(const YamlNode& node, DiagnosticSink& findings);
/// `windows:` of halls, by their places in the organization, whose posts have been read.
void read_windows(const std::vector<std::pair<std::size_t, const YamlNode*>>& halls,
                  Organization& organization, DiagnosticSink& findings);
/// Tells when the officer cannot sit where he is said to.
void check_seat(const Organization& organization, const Officer& officer, Mark mark,
                DiagnosticSink& findings);
std::vector<Shift> read_shifts(const YamlNode& node, DiagnosticSink& findings);
/// `shift:` of an officer: one of the organization's.
ShiftId read_shift(const YamlNode& node, const Organization& organization,
                   DiagnosticSink& findings);
ReadingRules read_reading(const YamlNode& node, DiagnosticSink& findings);
/// `identity:` of an organization.
bool read_citizen_ids_checked(const YamlNode& node, DiagnosticSink& findings);
/// `staff:` of an organization.
bool read_second_person(const YamlNode& node, DiagnosticSink& findings);
/// `batch:` of an organization whose posts have been read.
std::vector<BatchRule> read_batch_rules(const YamlNode& node, const Organization& organization,
                                        DiagnosticSink& findings);
std::vector<Purpose> read_unseal(const YamlNode& node, DiagnosticSink& findings);
/// `draw:` of an organization. Its post is looked up by the caller.
DrawRules read_draw_rules(const YamlNode& node, DiagnosticSink& findings);
/// `recusal:` of an organization; without it, the grounds of the law (公务员回避).
std::vector<Ground> read_recusal_grounds(const YamlNode* node, DiagnosticSink& findings);
std::optional<Calendar> read_calendar(const YamlNode& tree, DiagnosticSink& findings);
/// `calendar: NAME` or a list of names.
std::vector<CalendarName> read_calendar_names(const YamlNode& node, DiagnosticSink& findings);
/// Tells those that are not known; true when there are none of them.
bool check_calendar_names(const std::vector<CalendarName>& names, const References& references,
                          DiagnosticSink& findings);
/// `hours:` or `by appointment:`, by weekday; nothing when there are mistakes.
std::optional<std::array<std::vector<HourSpan>, 7>> read_week(const YamlNode& node,
                                                              std::string_view what,
                                                              DiagnosticSink& findings);
std::optional<CatalogFile> read_catalog(const YamlNode& tree, DiagnosticSink& findings);
/// What the catalog and the items ask of the organization as a whole.
void check_separation(const Item& item, const Organization& organization, DiagnosticSink& findings);

}  // namespace workflow::definition
