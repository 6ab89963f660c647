#include "work.hpp"

#include <utility>

#include <fmt/format.h>

#include "../process/net.hpp"
#include "../shell/catalog_access.hpp"

namespace workflow::batch {
namespace {

/// Adds mode, agent and recusals. An empty cell adds nothing.
void add_circumstances(const Workshop& shop, const PreparedRow& row, OpenCase& application) {
    const auto& rule = shop.script.open;
    const auto value = [&](const Given& what) { return what.value(row.slots, shop.moment); };
    application.mode = ModeId(text_of(value(rule.mode)));
    if (rule.appointment.there && !text_of(value(rule.appointment)).empty())
        application.appointment =
            instant_of(rule.appointment, row.slots, shop.moment, shop.clock, "appointment");
    Agent agent{PersonId(text_of(value(rule.agent_person))), text_of(value(rule.agent_name))};
    if (agent != Agent()) application.agent = std::move(agent);
    const auto recuse = [&](const Value& officer) {
        const auto text = text_of(officer);
        if (text.empty()) return;
        auto request = parse_recusal(text);
        if (!request)
            throw Unreadable{fmt::format(
                "`recused` requires a ground and a reason, as in `zhao=kin: a cousin`: \"{}\"",
                text)};
        request->officer = shop.officers.officer(request->officer.text);
        application.recusals.push_back(std::move(*request));
    };
    for (const auto& given : rule.recused) {
        const auto who = value(given);
        if (const auto* several = who.as<List>())
            for (const auto& officer : *several) recuse(officer);
        else
            recuse(who);
    }
}

OpenCase application_of(const Workshop& shop, const PreparedRow& row) {
    const auto& rule = shop.script.open;
    const auto text = [&](const Given& what) {
        return text_of(what.value(row.slots, shop.moment));
    };
    OpenCase application;
    application.item = ItemId(text(rule.item));
    application.applicant = {PersonId(text(rule.person)), text(rule.name),
                             rule.kind.there ? text(rule.kind) : "person"};
    if (rule.channel.there) application.channel = text(rule.channel);
    application.hall = HallId(text(rule.hall));
    const auto process = compiled(shop.catalog).process(application.item);
    application.fields = fields_of(rule.fields, process.get(), row.slots, shop.moment);
    application.materials = materials_of(rule.materials, row.slots, shop.moment);
    add_circumstances(shop, row, application);
    return application;
}

/// Converts the cells to their columns' types, and evaluates the script's own names.
void read_cells(const Workshop& shop, PreparedRow& row) {
    const auto& script = shop.script;
    // As written, for the file of rejected rows.
    row.written.reserve(script.typed.size());
    for (const auto& [column, type] : script.typed) {
        row.written.push_back(std::move(row.slots[column]));
        row.slots[column] = as_cell(type, row.written.back(), script.columns[column]);
    }
    for (std::size_t i = 0; i < script.lets.size(); ++i)
        row.slots[script.columns.size() + i] = script.lets[i].evaluate(row.slots, shop.moment);
}

void fill_in(const Workshop& shop, PreparedRow& row) {
    const auto& script = shop.script;
    row.left_out = !holds(script.only, row.slots, shop.moment);
    if (row.left_out || script.input.empty()) return;
    row.received = instant_of(script.open.at, row.slots, shop.moment, shop.clock);
    if (script.open.by.there)
        row.receiver = shop.officers.officer(text_of(script.open.by.value(row.slots, shop.moment)));
    row.application = application_of(shop, row);
}

}  // namespace

PreparedRow prepare(const Workshop& shop, Row given, std::uint64_t index) {
    const auto& script = shop.script;
    PreparedRow row;
    row.index = index;
    row.line = given.line;
    row.key = std::to_string(given.line);
    row.slots = std::move(given.cells);
    row.slots.resize(script.slots());
    row.slots[script.slot(Extra::line)] = decimal_of(static_cast<std::int64_t>(row.line));
    row.slots[script.slot(Extra::times)] = decimal_of(0);
    if (!given.mistake.empty()) {
        row.rejection = {"row_unreadable", std::move(given.mistake)};
        row.unreadable = std::move(given.unreadable);
        return row;
    }
    try {
        read_cells(shop, row);
    } catch (const Unreadable& unreadable) {
        row.rejection = {"value_unreadable", unreadable.reason};
    }
    // A row with an unreadable cell is still named by its key.
    if (script.key.there) row.key = text_of(script.key.value(row.slots, shop.moment));
    if (row.rejection) return row;
    if (row.key.empty()) {
        row.rejection = {"key_missing", "the row has no key"};
        return row;
    }
    try {
        fill_in(shop, row);
    } catch (const Unreadable& unreadable) {
        row.rejection = {"value_unreadable", unreadable.reason};
    }
    return row;
}

}  // namespace workflow::batch
