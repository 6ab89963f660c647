// OCEL 2.0 as a SQLite database: beside the tables of all events and objects, one table for each
// type, created when the type first occurs, with one column for each attribute.

#include <filesystem>
#include <map>
#include <set>
#include <stdexcept>

#include <fmt/format.h>

#include "../../definition/organization.hpp"
#include "../../shell/catalog_access.hpp"
#include "../../store/sqlite_connection.hpp"
#include "ocel.hpp"
#include "stories.hpp"

namespace workflow::inline v0 {
namespace {

using report::OcelEvent;
using report::OcelObject;

constexpr const char* common_tables = R"(
CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT NOT NULL);
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL);
CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT NOT NULL);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL);
CREATE TABLE event_object (
  ocel_event_id TEXT NOT NULL, ocel_object_id TEXT NOT NULL, ocel_qualifier TEXT NOT NULL,
  PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier));
CREATE TABLE object_object (
  ocel_source_id TEXT NOT NULL, ocel_target_id TEXT NOT NULL, ocel_qualifier TEXT NOT NULL,
  PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier));
)";

std::string identifier(std::string_view name) {
    std::string out = "\"";
    for (const char c : name) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

/// SQLite's names are not case-sensitive.
std::string small(std::string name) {
    for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return name;
}

/// The table of a type, as far as it has been created.
struct TypeTable {
    std::string name;                            ///< in quotes
    std::map<std::string, std::string> columns;  ///< by attribute
    std::set<std::string> taken;                 ///< the columns in small letters
};

class OcelDatabase {
public:
    OcelDatabase(const std::filesystem::path& file, const LocalClock& clock)
        : connection_(file, nullptr), clock_(clock) {
        // An incomplete file is discarded: it needs no journal.
        connection_.run("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN;");
        connection_.run(common_tables);
    }

    void add(const OcelEvent& event) {
        insert("event", {{"ocel_id", event.id}, {"ocel_type", event.type}});
        auto& table = table_of("event", event.type, event_tables_);
        Row row{{"ocel_id", event.id}, {"ocel_time", to_string(event.time, clock_)}};
        for (const auto& [name, value] : event.attributes) row.emplace_back(name, value);
        insert(table, row);
        for (const auto& [object, qualifier] : event.relations)
            insert("event_object", {{"ocel_event_id", event.id},
                                    {"ocel_object_id", object},
                                    {"ocel_qualifier", std::string(qualifier)}});
    }

    /// The initial values of an object are one row; each later value is a row of its own.
    void add(const OcelObject& object) {
        const std::string type(object.type);
        insert("object", {{"ocel_id", object.id}, {"ocel_type", type}});
        auto& table = table_of("object", type, object_tables_);
        Row first{{"ocel_id", object.id}, {"ocel_time", to_string(Instant(), clock_)}};
        for (const auto& [name, value, time, initial] : object.attributes)
            if (initial) first.emplace_back(name, report::plain(value));
        insert(table, first);
        for (const auto& [name, value, time, initial] : object.attributes)
            if (!initial)
                insert(table, {{"ocel_id", object.id},
                               {"ocel_time", to_string(time, clock_)},
                               {"ocel_changed_field", column_of(table, name)},
                               {name, report::plain(value)}});
        for (const auto& [target, qualifier] : object.relations)
            insert("object_object", {{"ocel_source_id", object.id},
                                     {"ocel_target_id", target},
                                     {"ocel_qualifier", std::string(qualifier)}});
    }

    void close() {
        statements_.clear();
        connection_.run("COMMIT");
    }

private:
    using Row = std::vector<std::pair<std::string, std::string>>;
    using Tables = std::map<std::string, TypeTable>;

    TypeTable& table_of(const std::string& kind, const std::string& type, Tables& tables) {
        const auto [at, fresh] = tables.try_emplace(type);
        auto& table = at->second;
        if (!fresh) return table;
        std::string map = type;
        for (char& c : map)
            if (static_cast<unsigned char>(c) < 0x80 &&
                std::isalnum(static_cast<unsigned char>(c)) == 0)
                c = '_';
        while (!maps_.insert(small(kind + '_' + map)).second) map += '_';
        table.name = identifier(kind + '_' + map);
        for (const char* column : {"ocel_id", "ocel_time", "ocel_changed_field"}) {
            table.columns.emplace(column, column);
            table.taken.insert(column);
        }
        std::string columns = "ocel_id TEXT NOT NULL, ocel_time TEXT NOT NULL";
        if (kind == "object") columns += ", ocel_changed_field TEXT";
        connection_.run(fmt::format("CREATE TABLE {} ({})", table.name, columns).c_str());
        insert(kind + "_map_type", {{"ocel_type", type}, {"ocel_type_map", map}});
        return table;
    }

    const std::string& column_of(TypeTable& table, const std::string& attribute) {
        const auto [at, fresh] = table.columns.try_emplace(attribute, attribute);
        if (!fresh) return at->second;
        while (!table.taken.insert(small(at->second)).second) at->second += '_';
        connection_.run(
            fmt::format("ALTER TABLE {} ADD COLUMN {} TEXT", table.name, identifier(at->second))
                .c_str());
        return at->second;
    }

    void insert(TypeTable& table, Row row) {
        for (auto& [name, value] : row) name = column_of(table, name);
        insert(table.name, row);
    }

    void insert(const std::string& table, const Row& row) {
        std::string columns, places;
        values_.clear();
        for (const auto& [name, value] : row) {
            columns += (columns.empty() ? "" : ", ") + identifier(name);
            places += places.empty() ? "?" : ", ?";
            values_.push_back(value);
        }
        const auto sql = fmt::format("INSERT INTO {} ({}) VALUES ({})", table, columns, places);
        auto known = statements_.find(sql);
        if (known == statements_.end()) {
            if (statements_.size() == most_statements) statements_.clear();
            known = statements_.try_emplace(sql, connection_, sql).first;
        }
        known->second.with_texts(values_).run();
    }

    static constexpr std::size_t most_statements = 500;

    store::Connection connection_;
    LocalClock clock_;
    Tables event_tables_, object_tables_;
    std::set<std::string> maps_;
    std::map<std::string, store::Statement> statements_;
    std::vector<std::string> values_;
};

}  // namespace

EventLogReport write_ocel_database(const Catalog& catalog, Store& store,
                                   const std::filesystem::path& file,
                                   const EventLogOptions& options) {
    if (std::filesystem::exists(file) && std::filesystem::file_size(file) > 0)
        throw std::runtime_error(fmt::format("{} is there already", file.string()));
    const auto& clock = compiled(catalog).organization().clock;
    report::OcelParts parts;
    OcelDatabase database(file, clock);
    const auto written =
        report::for_each_story(catalog, store, options, [&](const report::CaseStory& story) {
            const auto part = parts.part_of(story);
            for (const auto& event : part.events) database.add(event);
            for (const auto& object : part.objects) database.add(object);
        });
    database.close();
    return written;
}

}  // namespace workflow::inline v0
