// `staffing [ITEM...]`: how many officers may be away before an item cannot be staffed.

#include <workflow/staffing.hpp>

#include <ostream>

#include "../cli_context.hpp"
#include "../paint.hpp"
#include "commands.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"
#include "shell/catalog_access.hpp"

namespace workflow::tools {

using presentation::Json;
using presentation::json_of;
using presentation::JsonRows;
using presentation::Table;

namespace {

Json json_of(const ItemId& item, const Staffing& staff) {
    Json essential = Json::array();
    for (const PersonId& person : staff.essential) essential.push_back(person.text);
    return Json{{"item", item.text},
                {"hall", staff.hall.empty() ? Json() : Json(staff.hall.text)},
                {"staffed", staff.absences.has_value()},
                {"absences", staff.absences ? Json(*staff.absences) : Json()},
                {"or_more", staff.or_more},
                {"essential", essential}};
}

std::string absences_of(const Staffing& staff) {
    if (!staff.absences) return "cannot be staffed";
    return std::to_string(*staff.absences) + (staff.or_more ? " or more" : "");
}

int run_staffing(const Arguments& arguments, Streams& streams) {
    const Catalog catalog = load_catalog(arguments, streams);
    std::vector<ItemId> items;
    for (const std::string& name : arguments.operands()) {
        process_of(catalog, ItemId(name));
        items.emplace_back(name);
    }
    if (items.empty()) items = catalog.items();
    if (compiled(catalog).organization().officers.empty())
        throw WorldError("the definitions have no organization");

    JsonRows rows(streams.out);
    Table table(streams.out, paint_of(arguments, streams, streams.out_terminal),
                {{"item"}, {"hall"}, {"may be away"}, {"nobody could stand in for"}});
    bool all = true;
    for (const ItemId& item : items)
        for (const Staffing& staff : staffing_of(catalog, item)) {
            all = all && staff.absences.has_value();
            if (arguments.json()) {
                rows.add(json_of(item, staff));
                continue;
            }
            std::string names;
            for (const PersonId& person : staff.essential)
                names += (names.empty() ? "" : ", ") + person.text;
            table.add({item.text, staff.hall.text, absences_of(staff), names});
        }
    if (arguments.json())
        rows.close();
    else
        table.flush();
    return all ? exit_done : exit_found;
}

}  // namespace

Subcommand staffing_command() {
    return {.name = "staffing",
            .summary = "Reports how many officers may be away before an item cannot be staffed.",
            .operands = {{"ITEM", "the service items; without any, all of them", true, true}},
            .options = catalog_options(),
            .formats = {"human", "json"},
            .examples = {"workflow staffing", "workflow staffing social-card.replace-lost"},
            .note =
                "Checks whether every path of a case finds officers who satisfy all separations, "
                "even if any one, two or three officers are away. Recorded absences are ignored. "
                "Exits 1 if an item cannot be staffed at all.",
            .run = run_staffing};
}

}  // namespace workflow::tools
