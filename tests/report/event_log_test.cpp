// The trail as an event log: XES, OCEL 2.0 and CSV.

#include <sqlite3.h>

#include <iostream>
#include <set>

#include <nlohmann/json.hpp>

#include "batch/input.hpp"
#include "office.hpp"
#include "support/make_store.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::event_log_test {

using testing::Office;

namespace {

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::size_t times(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

FieldValues remark(const std::string& text) {
    return {{FieldId("备注"), Value(text)}, {FieldId("copies"), Value(decimal_of(2))}};
}

/// What xmllint says of a log; empty: it is valid.
std::string lint(const std::string& schema, const std::string& log, const std::string& said) {
    const auto call = "xmllint --noout " + schema + " " + log + " >" + said + " 2>&1";
    if (std::system(call.c_str()) == 0) return {};
    std::ostringstream text;
    text << std::ifstream(said).rdbuf();
    return text.str();
}

std::vector<std::string> column(sqlite3* database, const std::string& sql) {
    std::vector<std::string> found;
    char* message = nullptr;
    sqlite3_exec(
        database, sql.c_str(),
        [](void* to, int, char** values, char**) {
            static_cast<std::vector<std::string>*>(to)->emplace_back(values[0] ? values[0] : "");
            return 0;
        },
        &found, &message);
    INFO(sql << ": " << (message ? message : ""));
    CHECK(message == nullptr);
    sqlite3_free(message);
    return found;
}

}  // namespace

TEST_CASE("a log in XES has the shape that the standard asks for, whatever the texts hold") {
    Office office;
    office.grant("1001", remark("“<甲&乙>”\n\t' \"end\"]]>"));
    office.open("1002");
    const auto log = office.file("hall.xes", write_xes);
    if (!testing::has_program("xmllint")) {
        std::cerr << "skipped: no xmllint\n";
        return;
    }
    const auto said = office.path("said");
    CHECK(lint("--relaxng " WORKFLOW_SOURCE_DIR "/tests/report/xes.rng", log, said).empty());
    const auto schema = testing::event_logs() / "xes.xsd";
    if (std::filesystem::exists(schema))
        CHECK(lint("--schema " + schema.string(), log, said).empty());
    else
        std::cerr << "skipped: no xes.xsd among the event logs\n";
}

TEST_CASE("a log in XES comes back through the engine's own reader") {
    Office office;
    const auto first = office.grant("1001", remark("“<甲&乙>”"));
    const auto second = office.open("1002");
    const auto input = batch::open_xes(office.file("hall.xes", write_xes));
    CHECK(office.report.cases == 2);
    batch::Row row;
    std::vector<batch::Row> rows;
    while (input->next(row)) rows.push_back(row);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].cells.front() == Value(first.text));
    CHECK(rows[1].cells.front() == Value(second.text));
    const auto trail = office.engine->reader().trail(first);
    const auto* events = rows[0].cells.back().as<List>();
    REQUIRE(events);
    CHECK(events->size() == trail->size());
    CHECK(holds(to_string((*events)[0]), "field_备注: \"“<甲&乙>”\""));
    CHECK(holds(to_string((*events)[0]), "field_copies: 2"));
}

TEST_CASE("work on a task begins when it is drawn or claimed and ends with its outcome") {
    Office office;
    office.grant();
    const auto log = office.log(write_csv);
    std::istringstream lines(log);
    std::vector<std::string> told;
    for (std::string line; std::getline(lines, line);)
        if (holds(line, ",review,")) told.push_back(line);
    REQUIRE(told.size() == 3);
    CHECK(holds(told[0], ",review,schedule,2026-03-02T10:00:00+08:00,"));
    CHECK(holds(told[1], ",review,start,2026-03-02T10:00:00+08:00,"));
    CHECK(holds(told[2], ",review,complete,2026-03-02T11:00:00+08:00,"));
    CHECK(holds(told[2], ",reviewer,north,2,approve,"));
}

TEST_CASE("an act that was entered later has both times, each with its offset") {
    Office office;
    const auto number = office.open();
    Command command;
    CompleteTask completion;
    completion.task = TaskNumber{1};
    completion.outcome = OutcomeId("accept");
    command.action = completion;
    command.actor = Actor::of(OfficerId("lin"));
    command.happened = *parse_instant("2026-03-02T01:30:00Z", UtcOffset{});
    office.now = *parse_instant("2026-03-03T09:00:00+08:00", UtcOffset{});
    REQUIRE(office.engine->perform(number, command));
    const auto log = office.log(write_xes);
    CHECK(holds(log, R"(<date key="time:timestamp" value="2026-03-02T09:30:00+08:00" />)"));
    CHECK(holds(log, R"(<date key="recorded" value="2026-03-03T09:00:00+08:00" />)"));
}

TEST_CASE("an item, and the days on which cases were received, can be asked for") {
    Office office;
    office.open("1001");
    office.now.microseconds += std::int64_t{86'400'000'000};
    office.open("1002");
    EventLogOptions options;
    options.from = date_of(2026, 3, 3);
    CHECK(times(office.log(write_xes, options), "<trace>") == 1);
    options.from = date_of(2026, 3, 2);
    options.to = date_of(2026, 3, 2);
    CHECK(times(office.log(write_xes, options), "<trace>") == 1);
    options = {};
    options.item = ItemId("another");
    CHECK(times(office.log(write_xes, options), "<trace>") == 0);
}

TEST_CASE("a log in OCEL is valid against its schema, and each reference leads somewhere") {
    Office office;
    office.grant("1001", remark("\"甲\\乙\"\n\t"));
    const auto number = office.open("1002");
    office.complete(number, "decline", "不归本厅");
    const auto log = office.file("hall.json", write_ocel);
    if (!testing::has_program("python3")) {
        std::cerr << "skipped: no python3\n";
        return;
    }
    const auto schema = testing::event_logs() / "ocel" / "schema_ocel2.json";
    const bool there = std::filesystem::exists(schema);
    if (!there) std::cerr << "without the schema: no schema_ocel2.json among the event logs\n";
    const auto said = office.path("said");
    const auto call = "python3 " WORKFLOW_SOURCE_DIR "/tests/report/check_ocel.py " + log + " " +
                      (there ? schema.string() : "") + " >" + said;
    const int code = std::system(call.c_str());
    std::ostringstream text;
    text << std::ifstream(said).rdbuf();
    INFO(text.str());
    CHECK(code == 0);
}

TEST_CASE("OCEL tells what a case, its tasks, its materials and the officers had to do with it") {
    Office office;
    const auto number = office.grant();
    const auto log = nlohmann::json::parse(office.log(write_ocel));
    std::map<std::string, std::set<std::string>> objects;
    for (const auto& object : log.at("objects"))
        objects[object.at("type").get<std::string>()].insert(object.at("id").get<std::string>());
    CHECK(objects["case"] == std::set<std::string>{number.text});
    CHECK(objects["material"] == std::set<std::string>{number.text + "/material/photo"});
    CHECK(objects["task"].size() == 3);
    CHECK(objects["officer"].contains("officer/wang"));
    for (const auto& event : log.at("events")) {
        if (event.at("type") != "issue") continue;
        std::map<std::string, std::string> parts;
        for (const auto& relation : event.at("relationships"))
            parts[relation.at("qualifier").get<std::string>()] =
                relation.at("objectId").get<std::string>();
        CHECK(parts["case"] == number.text);
        CHECK(parts["task"] == number.text + "/task/3");
        CHECK(parts["performer"] == "officer/wang");
    }
}

TEST_CASE("the database of OCEL holds what its JSON holds") {
    Office office;
    office.grant("1001", remark("甲"));
    office.open("1002");
    const auto log = nlohmann::json::parse(office.log(write_ocel));
    const auto file = office.path("hall.sqlite");
    const auto store = make_store(office.path("hall.db"));
    write_ocel_database(office.catalog, *store, file);
    CHECK_THROWS_WITH(write_ocel_database(office.catalog, *store, file),
                      Catch::Contains("is there already"));
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
    CHECK(column(database, "SELECT count(*) FROM event").front() ==
          std::to_string(log.at("events").size()));
    CHECK(column(database, "SELECT count(*) FROM object").front() ==
          std::to_string(log.at("objects").size()));
    CHECK(column(database, "SELECT count(*) FROM event_map_type").front() ==
          std::to_string(log.at("eventTypes").size()));
    CHECK(column(database, "SELECT outcome FROM event_review") ==
          std::vector<std::string>{"approve"});
    CHECK(column(database,
                 "SELECT field_备注 FROM object_case WHERE ocel_changed_field = 'field_备注'") ==
          std::vector<std::string>{"甲"});
    // Each map names a table that is there.
    for (const auto& map : column(database, "SELECT ocel_type_map FROM event_map_type"))
        CHECK(column(database, "SELECT count(*) > 0 FROM \"event_" + map + "\"").front() == "1");
    sqlite3_close(database);
}

TEST_CASE("a paper that is named twice in one act is told once") {
    Office office;
    auto application = testing::standard_application("1001");
    application.materials.push_back(application.materials.front());
    const auto opened = office.engine->open(application, Actor::the_applicant());
    REQUIRE(opened);
    const auto store = make_store(office.path("hall.db"));
    CHECK(write_ocel_database(office.catalog, *store, office.path("a.sqlite")).cases == 1);
    CHECK(times(office.log(write_ocel), "\"qualifier\":\"provided\"") == 1);
}

TEST_CASE("no log holds anything personal unless it is asked for by name") {
    Office office;
    const std::vector<std::string> secrets{"SECRETPERSON", "陈晨", "4206001990", "SECRETREASON"};
    const auto number = office.open("SECRETPERSON", remark("public remark"));
    office.complete(number, "decline", "SECRETREASON of 陈晨");
    const auto withdrawn = office.open("SECRETPERSON2");
    REQUIRE(office.engine->withdraw(withdrawn, "SECRETREASON too"));
    const auto store = make_store(office.path("hall.db"));
    for (const bool personal : {false, true}) {
        EventLogOptions options;
        options.personal = personal;
        const auto file = office.path(personal ? "p.sqlite" : "n.sqlite");
        write_ocel_database(office.catalog, *store, file, options);
        std::ostringstream database;
        database << std::ifstream(file, std::ios::binary).rdbuf();
        for (const auto& text :
             {office.log(write_xes, options), office.log(write_ocel, options), database.str()}) {
            CHECK(holds(text, "public remark"));
            for (const auto& secret : secrets) CHECK(holds(text, secret) == personal);
        }
        const auto csv = office.log(write_csv, options);
        for (const auto& secret : {"SECRETPERSON", "陈晨", "4206001990"})
            CHECK((personal || !holds(csv, secret)));
        CHECK(holds(csv, "SECRETREASON") == personal);
    }
}

TEST_CASE("a field is personal when it was where the case runs, or is today") {
    for (const bool first : {false, true}) {
        Office office(testing::office_texts(first));
        office.open("1001");
        office.catalog = testing::catalog_of(testing::office_texts(!first));
        CHECK(!holds(office.log(write_xes), "4206001990"));
    }
    Office never(testing::office_texts(false));
    never.open("1001");
    CHECK(holds(never.log(write_xes), "42060019900101"));
}

}  // namespace workflow::testing::event_log_test
