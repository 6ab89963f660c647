// `trail verify` sees the whole file: every column of every table, rows added and rows taken out.
// Which tables and columns there are the file itself says.

#include <algorithm>
#include <set>

#include "support/database_owner.hpp"
#include "tools/second_verifier.hpp"

using workflow::testing::DatabaseOwner;
using workflow::testing::holds;
using workflow::testing::Said;
using workflow::testing::second_verifier;
using workflow::testing::Terminal;

namespace {

std::string replaced(std::string text, const std::string& part, const std::string& by) {
    text.replace(text.find(part), part.size(), by);
    return text;
}

std::string replaced_all(const std::string& text, char part, const std::string& by) {
    std::string all;
    for (const char c : text) all += c == part ? by : std::string(1, c);
    return all;
}

/// A hall that has rows in every table: a vault, readings, turns, keyed requests, and cases at
/// every stage.
class FullHall : public Terminal {
public:
    FullHall() {
        for (const auto& text : workflow::testing::standard_texts()) {
            if (text.path == "organization.yaml")
                write("definitions/" + text.path,
                      text.content + "reading: {purposes: {handling: 业务办理}}\n");
            if (text.path == "accept-review-issue.yaml")
                write("definitions/" + text.path,
                      replaced(text.content, "pool: pass-through",
                               "pool: pass-through\n    allot: round robin"));
        }
        REQUIRE((*this)({"vault", "keygen", "--out", path("hall.vault")}).code == 0);
        environment["WORKFLOW_VAULT_KEY"] = path("hall.vault");
        open("1001");
        const auto waiting = opened("1002", "key-2");
        act({"complete", waiting, "accept", "--as", "lin"});
        const auto issuing = opened("1003", "key-3");
        act({"complete", issuing, "accept", "--as", "lin"});
        act({"complete", issuing, "approve", "--as", holder(issuing)});
        const auto ended = opened("1004", "key-4");
        act({"withdraw", ended, "--reason", "found again"});
        act({"show", waiting, "--reader", "lin", "--purpose", "handling"});
        act({"show", issuing, "--reader", "lin", "--purpose", "handling"});
        act({"staff", "weigh", "zhao", "--weight", "2", "--as", "chief", "--reason", "half days"});
        std::filesystem::copy_file(path("hall.db"), path("whole.db"));
    }

    /// The file as it was left by those who may write it.
    void restore() const {
        for (const char* beside : {"-wal", "-shm"})
            std::filesystem::remove(path("hall.db") + beside);
        std::filesystem::copy_file(path("whole.db"), path("hall.db"),
                                   std::filesystem::copy_options::overwrite_existing);
    }
    [[nodiscard]] DatabaseOwner owner() const { return DatabaseOwner(path("hall.db")); }
    Said verify() { return (*this)({"trail", "verify", "--format", "json"}); }
    Said second() { return second_verifier(path("hall.db")); }

private:
    void act(const std::vector<std::string>& words) {
        const Said said = (*this)(words);
        INFO(said.err);
        REQUIRE(said.code == 0);
    }
    std::string opened(const std::string& person, const std::string& key) {
        const Said said = (*this)({"open", "social-card.replace-lost", "--as", "lin", "--applicant",
                                   person, "--field", "id_number=42060019900101" + person,
                                   "--material", "photo", "--key", key, "--format", "json"});
        INFO(said.err);
        REQUIRE(said.code == 0);
        return said.json().at("case");
    }
    std::string holder(const std::string& number) {
        for (const auto& task : (*this)({"tasks", "--format", "json"}).json())
            if (task.at("case") == number) return task.at("holder");
        return {};
    }
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
                    "'sqlite!_%' escape '!' order by t.name, c.cid"))
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
    const auto all = owner.rows("select " + keys + " from " + table);
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

bool names(const Said& said, const Column& column) {
    const auto breaks = said.json().at("breaks");
    return std::any_of(breaks.begin(), breaks.end(), [&](const auto& found) {
        return found.at("table") == column.table &&
               (found.at("column") == column.name || (column.key && !found.at("row").empty()));
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
        const Said whole = hall.verify();
        INFO(whole.out << whole.err);
        REQUIRE(whole.code == 0);
        const Said second = hall.second();
        INFO(second.out);
        REQUIRE(second.code == 0);
    }
    std::vector<Column> columns;
    {
        auto owner = hall.owner();
        columns = columns_of(owner);
    }
    REQUIRE(columns.size() > 50);
    for (const auto& column : columns) {
        std::vector<std::string> rows;
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
            const Said first = hall.verify();
            const Said second = hall.second();
            INFO(first.out << first.err);
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
        const Said first = hall.verify();
        const Said second = hall.second();
        INFO(first.out << first.err);
        INFO(second.out);
        if (table == "hashing") {
            CHECK(first.code == 3);
            CHECK(second.code == 3);
            return;
        }
        // Without the store's own key in it nothing of the vault can be opened.
        CHECK(first.code == 1);
        CHECK(second.code == 1);
        const auto breaks = first.json().at("breaks");
        CHECK(std::any_of(breaks.begin(), breaks.end(),
                          [&](const auto& found) { return found.at("table") == table; }));
        CHECK(holds(second.out, table + " ("));
    };
    for (const auto& table : tables) {
        std::vector<std::string> rows;
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
            const bool unique = column.key || column.name == "number" || column.name == "token";
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
    const Said first = hall.verify();
    INFO(first.out << first.err);
    CHECK(first.code == 1);
    CHECK(holds(first.out, index.substr(0, index.find('_'))));
    const Said second = hall.second();
    INFO(second.out);
    CHECK(second.code == 1);
}

TEST_CASE("a store that says another hash than its chains is told so") {
    FullHall hall;
    hall.owner().run("update hashing set algorithm = 'sm3'");
    const Said first = hall.verify();
    INFO(first.out << first.err);
    CHECK(first.code == 1);
    CHECK(names(first, {"hashing", "algorithm", "TEXT", false}));
    const Said second = hall.second();
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
    const Said first = hall.verify();
    INFO(first.out << first.err);
    CHECK(first.code == 1);
    CHECK(names(first, {"events", "position", "INTEGER", false}));
    const Said second = hall.second();
    CHECK(second.code == 1);
    CHECK(holds(second.out, ", position: "));
}

TEST_CASE("without checkpoints verification ends with what it does not show") {
    FullHall hall;
    const Said plain = hall({"trail", "verify"});
    CHECK(plain.code == 0);
    CHECK(
        holds(plain.out, "the trail is intact\nThis shows that the store fits together, and not"));
    CHECK(holds(hall.second().out, "This shows that the store fits together, and not"));
    CHECK(holds(hall.verify().json().at("not_shown").get<std::string>(), "--checkpoints"));
}

TEST_CASE("officers who came after a task was offered are not missed among those it keeps out") {
    FullHall hall;
    // A second account of somebody who has worked on the case that waits for its issue.
    REQUIRE(hall({"staff", "join", "lin2", "--name", "林芳", "--person", "lin", "--hall", "north",
                  "--as", "chief", "--reason", "a second desk"})
                .code == 0);
    const Said said = hall.verify();
    INFO(said.out);
    CHECK(said.code == 0);
    CHECK(hall.second().code == 0);
    auto owner = hall.owner();
    owner.run("update tasks set barred = ' ghost ' || substr(barred, 2) where barred <> ''");
    owner.close();
    CHECK(names(hall.verify(), {"tasks", "barred", "TEXT", false}));
}
