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

/// The names that an item may refer to.
struct References {
    Processes& processes;
    const Decisions& decisions;
    const Organization* organization = nullptr;
    /// The names of the loaded calendars. No value if neither a calendar nor a catalog is loaded,
    /// because then no calendar can be reported as missing.
    std::optional<std::vector<std::string>> calendars;
};

std::vector<Field> read_fields(const YamlNode& node, DiagnosticSink& findings);
std::vector<Material> read_materials(const YamlNode& node, DiagnosticSink& findings);
std::vector<SeparatedGroup> read_separated(const YamlNode& node, DiagnosticSink& findings);

/// Returns no value if the item has errors.
std::optional<Item> read_item(const YamlNode& tree, std::uint32_t source, const Sources& sources,
                              References& references, DiagnosticSink& findings);
/// Reads a process that no item uses, in order to report its errors.
void check_unused_process(const ProcessFile& file, const ResolvedProcess& resolved,
                          const References& references, DiagnosticSink& findings);
/// Reports the targets that name no step. This is for steps that are not compiled, because
/// compilation would report them. `known`: every step that is written, at any level of nesting,
/// including steps that cannot be read.
void check_targets(const Item& item, const std::vector<std::string>& known,
                   DiagnosticSink& findings);
std::optional<Organization> read_organization(const YamlNode& tree, std::uint32_t source,
                                              const Sources& sources, DiagnosticSink& findings);
std::vector<Mode> read_modes(const YamlNode& node, DiagnosticSink& findings);
/// Reads `windows:` of halls, by their positions in the organization. The posts of the organization
/// have been read.
void read_windows(const std::vector<std::pair<std::size_t, const YamlNode*>>& halls,
                  Organization& organization, DiagnosticSink& findings);
/// Reports a finding if the officer cannot sit at the window that the organization names.
void check_seat(const Organization& organization, const Officer& officer, Mark mark,
                DiagnosticSink& findings);
std::vector<Shift> read_shifts(const YamlNode& node, DiagnosticSink& findings);
/// Reads `shift:` of an officer, which must be a shift of the organization.
ShiftId read_shift(const YamlNode& node, const Organization& organization,
                   DiagnosticSink& findings);
ReadingRules read_reading(const YamlNode& node, DiagnosticSink& findings);
/// Reads `identity:` of an organization.
bool read_citizen_ids_checked(const YamlNode& node, DiagnosticSink& findings);
/// Reads `staff:` of an organization.
bool read_second_person(const YamlNode& node, DiagnosticSink& findings);
/// Reads `batch:` of an organization whose posts have been read.
std::vector<BatchRule> read_batch_rules(const YamlNode& node, const Organization& organization,
                                        DiagnosticSink& findings);
std::vector<Purpose> read_unseal(const YamlNode& node, DiagnosticSink& findings);
/// Reads `draw:` of an organization. The caller looks up the post that it names.
DrawRules read_draw_rules(const YamlNode& node, DiagnosticSink& findings);
/// Reads `recusal:` of an organization. Without this key, returns the grounds of the law
/// (公务员回避).
std::vector<Ground> read_recusal_grounds(const YamlNode* node, DiagnosticSink& findings);
std::optional<Calendar> read_calendar(const YamlNode& tree, DiagnosticSink& findings);
/// Reads `calendar: NAME` or a list of names.
std::vector<CalendarName> read_calendar_names(const YamlNode& node, DiagnosticSink& findings);
/// Reports the names that are not known. Returns true if all names are known.
bool check_calendar_names(const std::vector<CalendarName>& names, const References& references,
                          DiagnosticSink& findings);
/// Reads `hours:` or `by appointment:`, by weekday. Returns no value if there are errors.
std::optional<std::array<std::vector<HourSpan>, 7>> read_week(const YamlNode& node,
                                                              std::string_view what,
                                                              DiagnosticSink& findings);
std::optional<CatalogFile> read_catalog(const YamlNode& tree, DiagnosticSink& findings);
/// Checks what the catalog and the items require of the organization as a whole.
void check_separation(const Item& item, const Organization& organization, DiagnosticSink& findings);

}  // namespace workflow::definition
