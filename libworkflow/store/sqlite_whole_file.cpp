#include "sqlite_whole_file.hpp"

#include <fmt/format.h>

#include <array>

namespace workflow::store {
namespace {

/// A condition that no row written by the library meets, and which the reader would not detect: it
/// reads days of 32 bits, numbers below 2^32 and one bit for `comes_first`.
struct Odd {
    const char* table;
    const char* column;
    const char* row;  ///< an SQL expression that names it
    const char* condition;
};

#define WORKFLOW_DAY(column) #column " NOT BETWEEN -2147483648 AND 2147483646"
#define WORKFLOW_CASE "'key ' || key"
#define WORKFLOW_TASK "'case_key ' || case_key || ', task ' || task"
constexpr std::array<Odd, 13> odd_values{{
    {"cases", "key", WORKFLOW_CASE, "key < 1"},
    {"cases", "version", WORKFLOW_CASE, "version NOT BETWEEN 1 AND 4294967294"},
    {"cases", "definition", WORKFLOW_CASE, "length(definition) <> 32"},
    {"cases", "head", WORKFLOW_CASE, "length(head) <> 32"},
    {"cases", "statutory_due", WORKFLOW_CASE, WORKFLOW_DAY(statutory_due)},
    {"cases", "promised_due", WORKFLOW_CASE, WORKFLOW_DAY(promised_due)},
    {"cases", "wake", WORKFLOW_CASE, WORKFLOW_DAY(wake)},
    {"tasks", "task", WORKFLOW_TASK, "task NOT BETWEEN 1 AND 4294967294"},
    {"tasks", "due", WORKFLOW_TASK, WORKFLOW_DAY(due)},
    {"tasks", "later", WORKFLOW_TASK, "later NOT IN (0, 1)"},
    {"persons", "token", "'id ' || id", "length(token) <> 32 AND token <> CAST('store' AS BLOB)"},
    {"persons", "wrapped", "'id ' || id", "length(wrapped) < 29"},
    {"sealed", "box",
     "'case_key ' || case_key || ', sequence ' || sequence || ', person ' || person",
     "length(box) < 29 OR substr(box, 1, 1) NOT IN (x'00', x'01')"},
}};
#undef WORKFLOW_DAY
#undef WORKFLOW_CASE
#undef WORKFLOW_TASK

constexpr std::array<const char*, 11> small_tables{"cases",   "tasks",   "requests", "turns",
                                                   "persons", "sealed",  "reads",    "definitions",
                                                   "hashing", "matters", "draw_key"};
constexpr std::size_t most = 1000;  // faults of one kind

bool is_table(Connection& connection, const char* name) {
    Statement found(connection,
                    "SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = ?");
    const AtRest rest{found.with(std::string_view(name))};
    return found.step();
}

}  // namespace

std::vector<RowFault> faults_of(Connection& connection) {
    std::vector<RowFault> faults;
    for (const auto* table : small_tables) {
        if (!is_table(connection, table)) continue;  // absent in an older schema
        Statement check(connection, fmt::format("PRAGMA main.integrity_check({})", table));
        while (check.step())
            if (auto what = check.text(0); what != "ok")
                faults.push_back({table, {}, {}, "SQLite finds: " + what});
    }
    for (const auto& odd : odd_values) {
        Statement rows(connection, fmt::format("SELECT {}, {} FROM {} WHERE {} LIMIT {}", odd.row,
                                               odd.column, odd.table, odd.condition, most));
        while (rows.step())
            faults.push_back({odd.table, rows.text(0), odd.column, "no writer writes that value"});
    }
    return faults;
}

void each_event(Connection& connection,
                const std::function<void(const WholeFile::EventKey&)>& visit) {
    Statement rows(connection,
                   "SELECT position, case_key, sequence FROM events NOT INDEXED ORDER BY position");
    while (rows.step()) visit({rows.number(0), rows.number(1), rows.number(2)});
}

void each_request(Connection& connection,
                  const std::function<void(const WholeFile::Request&)>& visit) {
    Statement rows(connection, "SELECT key, case_key, version FROM requests ORDER BY key");
    while (rows.step()) visit({rows.bytes(0), rows.number(1), rows.number(2)});
}

void each_read(Connection& connection, const std::function<void(const WholeFile::Read&)>& visit) {
    Statement rows(connection,
                   "SELECT officer, at, case_key FROM reads ORDER BY officer, at, case_key");
    while (rows.step()) visit({rows.bytes(0), rows.number(1), rows.number(2)});
}

void each_sealed(Connection& connection,
                 const std::function<void(const WholeFile::Sealed&)>& visit) {
    Statement rows(connection,
                   "SELECT case_key, sequence, person FROM sealed ORDER BY case_key, sequence, "
                   "person");
    while (rows.step()) visit({rows.number(0), rows.number(1), rows.number(2)});
}

void each_task(Connection& connection, const std::function<void(const WholeFile::Task&)>& visit) {
    Statement rows(connection, "SELECT case_key, task FROM tasks ORDER BY case_key, task");
    while (rows.step()) visit({rows.number(0), rows.number(1)});
}

void each_definition(Connection& connection,
                     const std::function<void(std::string_view, std::string_view)>& visit) {
    Statement rows(connection, "SELECT digest, text FROM definitions ORDER BY digest");
    while (rows.step()) visit(rows.bytes(0), rows.bytes(1));
}

std::vector<std::pair<std::string, std::string>> turns_of(Connection& connection) {
    Statement rows(connection, "SELECT queue, officer FROM turns ORDER BY queue");
    std::vector<std::pair<std::string, std::string>> turns;
    while (rows.step()) turns.emplace_back(rows.text(0), rows.text(1));
    return turns;
}

std::vector<std::int64_t> persons_without_data(Connection& connection) {
    // An erased row has no token, and encrypted parts of that person remain.
    Statement rows(connection,
                   fmt::format("SELECT id FROM persons WHERE (token IS NULL OR token <> "
                               "CAST('store' AS BLOB)) AND NOT EXISTS (SELECT 1 FROM "
                               "sealed WHERE person = id) ORDER BY id LIMIT {}",
                               most));
    std::vector<std::int64_t> persons;
    while (rows.step()) persons.push_back(rows.number(0));
    return persons;
}

}  // namespace workflow::store
