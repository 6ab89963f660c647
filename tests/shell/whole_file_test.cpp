// Verification sees the whole file: every column of every table, rows added and rows taken out.
// Which tables and columns there are the file itself says. The second verifier finds the same.

#include <algorithm>
#include <set>

#include <workflow/engine.hpp>

#include "crypto/digest.hpp"
#include "support/database_owner.hpp"
#include "support/make_store.hpp"
#include "support/second_verifier.hpp"
#include "support/standard_item.hpp"
#include "support/temporary_folder.hpp"

namespace workflow::testing::whole_file_test {

namespace {

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string replaced(std::string text, const std::string& part, const std::string& by) {
    text.replace(text.find(part), part.size(), by);
    return text;
}

std::string replaced_all(const std::string& text, char part, const std::string& by) {
    std::string all;
    for (const char c : text) all += c == part ? by : std::string(1, c);
    return all;
}

/// What the first verifier says: as the program, 0 whole, 1 broken, 3 it cannot be read.
struct Report {
    int code = 0;
    std::vector<TrailReport::Break> breaks;
    std::string text;
};

/// A hall that has rows in every table: a vault, readings, turns, keyed requests, and cases at
/// every stage.
class FullHall {
public:
    FullHall() {
        auto texts = standard_texts();
        for (auto& text : texts) {
            if (text.path == "organization.yaml")
                text.content += "reading: {purposes: {handling: 业务办理}}\n";
            if (text.path == "accept-review-issue.yaml")
                text.content = replaced(text.content, "pool: pass-through",
                                        "pool: pass-through\n    allot: round robin");
        }
        auto loaded = Catalog::load(texts);
        REQUIRE(loaded.catalog);
        catalog_ = std::move(loaded.catalog);
        {
            Engine engine(*catalog_, make_store(file), options());
            open(engine, "1001", "");
            const auto waiting = open(engine, "1002", "key-2");
            complete(engine, waiting, "accept", OfficerId("lin"));
            const auto issuing = open(engine, "1003", "key-3");
            complete(engine, issuing, "accept", OfficerId("lin"));
            complete(engine, issuing, "approve", engine.reader().show(issuing)->tasks.at(0).holder);
            done(engine.withdraw(open(engine, "1004", "key-4"), "found again"));
            for (const auto& number : {waiting, issuing})
                done(engine.perform(
                    number, {ReadCase{"handling"}, Actor::of(OfficerId("lin")), {}, {}, {}}));
            done(engine.administration().change_staff(
                {OfficerId("zhao"), OfficerWeighted{2}, "half days"},
                Actor::of(OfficerId("chief"))));
        }
        std::filesystem::copy_file(file, folder_ / "whole.db");
    }

    /// The file as it was left by those who may write it.
    void restore() const {
        for (const char* beside : {"-wal", "-shm"}) std::filesystem::remove(file + beside);
        std::filesystem::copy_file(folder_ / "whole.db", file,
                                   std::filesystem::copy_options::overwrite_existing);
    }
    [[nodiscard]] DatabaseOwner owner() const { return DatabaseOwner(file); }
    [[nodiscard]] std::unique_ptr<Engine> engine(bool read_only) const {
        return std::make_unique<Engine>(
            *catalog_, open_store(file, StoreOptions{.read_only = read_only}), options());
    }
    [[nodiscard]] Report verify() const {
        Report report;
        try {
            const auto found = engine(true)->administration().verify();
            report.code = found.intact() ? 0 : 1;
            report.breaks = found.breaks;
            for (const auto& one : found.breaks)
                report.text +=
                    one.table + " (" + one.row + "), " + one.column + ": " + one.what + '\n';
        } catch (const StoreError& error) {
            report.code = 3;
            report.text = error.what();
        }
        return report;
    }
    [[nodiscard]] Verdict second() const { return ask_second_verifier(file); }

private:
    static Engine::Options options() {
        Engine::Options options;
        options.clock = [] { return *parse_instant("2026-03-02T09:00:00+08:00", {}); };
        options.vault = VaultKey{Cipher::aes_256_gcm, sha256("vault")};
        return options;
    }
    template <class Answered>
    static void done(const Answered& answer) {
        INFO((answer ? std::string() : answer.refusal().message));
        REQUIRE(answer);
    }
    static void complete(Engine& engine, const CaseNumber& number, const char* outcome,
                         const OfficerId& officer) {
        CompleteTask completion;
        completion.task = engine.reader().show(number)->tasks.at(0).task;
        completion.outcome = OutcomeId(outcome);
        done(engine.complete(number, completion, officer));
    }
    static CaseNumber open(Engine& engine, const std::string& person, const char* key) {
        const auto answer =
            engine.open(standard_application(person), Actor::the_applicant(), CommandKey(key));
        done(answer);
        return answer->number;
    }

    TemporaryFolder folder_;
    std::optional<Catalog> catalog_;

public:
    const std::string file = (folder_ / "hall.db").string();
};

struct Column {
    std::string table, name, type;
    bool key = false;
};

std::vector<Column> columns_of(DatabaseOwner& owner) {
    std::vector<Column> columns;
    for (const auto& row :
         owner.rows("select t.name, c.name, c.type, c.pk from sqlite_schema t, "
                    "pragma_table_info(t.name) c where t.type = 'table' and t.name not like "
                    "'sqlite!_%' escape '!' "
                    // What is not derived from the events: docs/limits.md says what follows.
                    "and t.name not in ('matters', 'draw_key') order by t.name, c.cid"))
        columns.push_back({row[0], row[1], row[2], row[3] != "0"});
    return columns;
}

/// SQL conditions that are each true of one row: the first and the last of the table.
std::vector<std::string> rows_of(DatabaseOwner& owner, const std::vector<Column>& columns,
                                 const std::string& table) {
    std::string keys, order;
    for (const auto& column : columns)
        if (column.table == table && column.key) {
            keys += (keys.empty() ? "" : " || ' and ' || ");
            keys += "'" + column.name + " = ' || quote(" + column.name + ")";
        }
    if (keys.empty()) return {"true"};
    std::set<std::string> found;
    const auto all = owner.rows("select " + keys + " from " + table + " order by 1");
    REQUIRE_FALSE(all.empty());
    found.insert(all.front()[0]);
    found.insert(all.back()[0]);
    return {found.begin(), found.end()};
}

/// Another value of the same type, as SQL.
std::string another(DatabaseOwner& owner, const Column& column, const std::string& row) {
    const auto value =
        owner.rows("select quote(" + column.name + ") from " + column.table + " where " + row)
            .at(0)
            .at(0);
    if (column.type == "INTEGER") return value == "NULL" ? "20000" : value + " + 1000";
    if (column.type == "TEXT") return value + " || 'x'";
    if (value == "NULL") return "x'00'";
    auto bytes = value;
    auto& last = bytes[bytes.size() - 2];
    last = last == '0' ? '1' : '0';
    return bytes;
}

bool names(const Report& report, const Column& column) {
    return std::any_of(report.breaks.begin(), report.breaks.end(), [&](const auto& found) {
        return found.table == column.table &&
               (holds(found.column, column.name) || (column.key && !found.row.empty()));
    });
}

/// What follows from the definitions alone, or can be opened with the vault's key alone: the second
/// verifier has neither (docs/limits.md).
bool first_alone(const Column& column) {
    static const std::set<std::string> known{"cases.steps",  "cases.wake",    "tasks.post",
                                             "tasks.barred", "persons.token", "persons.wrapped",
                                             "sealed.box"};
    return known.contains(column.table + '.' + column.name);
}

}  // namespace

TEST_CASE("a change of any column of any table is named by both verifiers") {
    FullHall hall;
    {
        const auto whole = hall.verify();
        INFO(whole.text);
        REQUIRE(whole.code == 0);
        const auto second = hall.second();
        INFO(second.out);
        REQUIRE(second.code == 0);
    }
    std::vector<Column> columns;
    {
        auto owner = hall.owner();
        columns = columns_of(owner);
    }
    REQUIRE(columns.size() >= 48);
    for (const auto& column : columns) {
        std::vector<std::string> rows;
        hall.restore();
        {
            auto owner = hall.owner();
            rows = rows_of(owner, columns, column.table);
        }
        for (const auto& row : rows) {
            hall.restore();
            auto owner = hall.owner();
            const auto change = "update " + column.table + " set " + column.name + " = " +
                                another(owner, column, row) + " where " + row;
            INFO(change);
            owner.run(change);
            owner.close();
            const auto first = hall.verify();
            const auto second = hall.second();
            INFO(first.text);
            INFO(second.out);
            // What the store says of itself is read before anything is verified.
            const bool at_once =
                column.table == "hashing" || (first.code == 3 && column.name == "wrapped");
            CHECK(first.code == (at_once ? 3 : 1));
            if (!at_once) CHECK(names(first, column));
            if (second.code == 0) {
                CHECK(first_alone(column));
                continue;
            }
            CHECK(second.code == (column.table == "hashing" ? 3 : 1));
            if (column.table == "hashing") continue;
            CHECK(holds(second.out, column.table + " ("));
            if (!column.key) CHECK(holds(second.out, "), " + column.name + ": "));
        }
    }
}

TEST_CASE("a row that was put into or taken out of any table is named by both verifiers") {
    FullHall hall;
    std::vector<Column> columns;
    {
        auto owner = hall.owner();
        columns = columns_of(owner);
    }
    std::set<std::string> tables;
    for (const auto& column : columns) tables.insert(column.table);
    const auto check = [&](const std::string& table, const std::string& sql) {
        hall.restore();
        auto owner = hall.owner();
        INFO(sql);
        owner.run(sql);
        owner.close();
        const auto first = hall.verify();
        const auto second = hall.second();
        INFO(first.text);
        INFO(second.out);
        if (table == "hashing") {
            CHECK(first.code == 3);
            CHECK(second.code == 3);
            return;
        }
        // Without the store's own key in it nothing of the vault can be opened.
        CHECK(first.code == 1);
        CHECK(second.code == 1);
        CHECK(std::any_of(first.breaks.begin(), first.breaks.end(),
                          [&](const auto& found) { return found.table == table; }));
        CHECK(holds(second.out, table + " ("));
    };
    for (const auto& table : tables) {
        std::vector<std::string> rows;
        hall.restore();
        {
            auto owner = hall.owner();
            rows = rows_of(owner, columns, table);
        }
        for (const auto& row : rows) check(table, "delete from " + table + " where " + row);

        // The same row under another key.
        std::string values;
        bool changed = false;
        auto row = rows.back();
        for (const auto& column : columns) {
            if (column.table != table) continue;
            values += values.empty() ? "" : ", ";
            hall.restore();
            auto owner = hall.owner();
            const bool unique = column.key || column.name == "number" || column.name == "token" ||
                                column.name == "sequence";
            values += unique ? another(owner, column, row) : column.name;
            changed = changed || unique;
        }
        check(table,
              "insert into " + table + " select " + values + " from " + table + " where " + row);
    }
}

TEST_CASE("a row that an index does not lead to is named: nobody would find it") {
    FullHall hall;
    const std::string index = GENERATE("tasks_waiting", "cases_by_number", "events_by_case");
    INFO(index);
    {
        auto owner = hall.owner();
        const auto sql =
            owner.rows("select sql from sqlite_schema where name = '" + index + "'")[0][0];
        // The index is made anew of fewer rows; then the file says again that it is of all.
        const auto fewer = sql + (holds(sql, "WHERE") ? " AND false" : " WHERE false");
        owner.run("drop index " + index + ";" + fewer +
                  ";pragma writable_schema = on;update sqlite_schema set sql = " +
                  owner.rows("select quote('" + replaced_all(sql, '\'', "''") + "')")[0][0] +
                  " where name = '" + index + "';pragma writable_schema = off");
    }
    const auto first = hall.verify();
    INFO(first.text);
    CHECK(first.code == 1);
    CHECK(holds(first.text, index.substr(0, index.find('_'))));
    const auto second = hall.second();
    INFO(second.out);
    CHECK(second.code == 1);
}

TEST_CASE("a store that says another hash than its chains is told so") {
    FullHall hall;
    hall.owner().run("update hashing set algorithm = 'sm3'");
    const auto first = hall.verify();
    INFO(first.text);
    CHECK(first.code == 1);
    CHECK(names(first, {"hashing", "algorithm", "TEXT", false}));
    const auto second = hall.second();
    CHECK(second.code == 1);
    CHECK(holds(second.out, "hashing (row 1), algorithm: "));
}

TEST_CASE("positions are from 1, without gaps, and in the order of each case") {
    FullHall hall;
    const auto* change = GENERATE(
        "update events set position = 9223372036854775807 where "
        "position = (select max(position) from events)",
        "update events set position = -position where position = 1",
        "update events set position = position + 5 where position = "
        "(select max(position) from events)");
    hall.owner().run(change);
    const auto first = hall.verify();
    INFO(first.text);
    CHECK(first.code == 1);
    CHECK(names(first, {"events", "position", "INTEGER", false}));
    const auto second = hall.second();
    CHECK(second.code == 1);
    CHECK(holds(second.out, ", position: "));
}

TEST_CASE("officers who came after a task was offered are not missed among those it keeps out") {
    FullHall hall;
    // A second account of somebody who has worked on the case that waits for its issue.
    const OfficerJoined again{"林芳", PersonId("lin"), HallId("north"), {}};
    REQUIRE(hall.engine(false)->administration().change_staff(
        {OfficerId("lin2"), again, "a second desk", true}, Actor::of(OfficerId("chief"))));
    const auto said = hall.verify();
    INFO(said.text);
    CHECK(said.code == 0);
    CHECK(hall.second().code == 0);
    auto owner = hall.owner();
    owner.run("update tasks set barred = ' ghost ' || substr(barred, 2) where barred <> ''");
    owner.close();
    CHECK(names(hall.verify(), {"tasks", "barred", "TEXT", false}));
}

}  // namespace workflow::testing::whole_file_test
