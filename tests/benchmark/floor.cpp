#include "floor.hpp"

#include <openssl/evp.h>
#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <unordered_map>

#include "store/schema.hpp"
#include "store/sqlite_store.hpp"

namespace workflow::benchmark {
namespace {

[[noreturn]] void fail(sqlite3* db) {
    std::fprintf(stderr, "floor: %s\n", sqlite3_errmsg(db));
    std::abort();
}

void run(sqlite3* db, const char* sql) {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(db);
}

sqlite3_stmt* prepare(sqlite3* db, const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, nullptr) != SQLITE_OK) fail(db);
    return statement;
}

void bind(sqlite3_stmt* s, int i, std::int64_t value) {
    sqlite3_bind_int64(s, i, value);
}
void bind(sqlite3_stmt* s, int i, const std::string& text) {
    sqlite3_bind_text(s, i, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}
void bind(sqlite3_stmt* s, int i, const Digest& digest) {
    sqlite3_bind_blob(s, i, digest.bytes.data(), 32, SQLITE_STATIC);
}
void bind(sqlite3_stmt* s, int i, const std::optional<Date>& date) {
    if (date)
        sqlite3_bind_int64(s, i, date->days);
    else
        sqlite3_bind_null(s, i);
}
void finish(sqlite3* db, sqlite3_stmt* s) {
    if (sqlite3_step(s) != SQLITE_DONE) fail(db);
    sqlite3_reset(s);
}

}  // namespace

double play_floor(const std::filesystem::path& file, std::span<const Change> changes,
                  std::size_t changes_a_commit, std::size_t untimed) {
    { const auto makes_the_schema = open_sqlite_store(file); }
    sqlite3* db = nullptr;
    if (sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) !=
        SQLITE_OK)
        fail(db);
    for (const char* pragma :
         {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA secure_delete=0",
          "PRAGMA wal_autocheckpoint=2000", "PRAGMA cache_size=-16384"})
        run(db, pragma);
    auto* begin = prepare(db, "BEGIN IMMEDIATE");
    auto* commit = prepare(db, "COMMIT");
    auto* event =
        prepare(db, "INSERT INTO events (case_key, sequence, body, hash) VALUES (?, ?, ?, ?)");
    auto* open = prepare(db,
                         "INSERT INTO cases (key, number, item, definition, hall, status, steps, "
                         "version, head, opened, "
                         "changed, statutory_due, promised_due, wake) VALUES (?, ?, ?, ?, ?, ?, ?, "
                         "?, ?, ?, ?, ?, ?, ?)");
    auto* update =
        prepare(db,
                "UPDATE cases SET status = ?, steps = ?, version = ?, head = ?, changed = ?, "
                "statutory_due = ?, promised_due = ?, wake = ? WHERE key = ?");
    auto* put = prepare(db,
                        "INSERT OR REPLACE INTO tasks (case_key, task, step, item, post, hall, "
                        "holder, barred, due, "
                        "offered) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    auto* remove = prepare(db, "DELETE FROM tasks WHERE case_key = ? AND task = ?");
    auto* request = prepare(db, "INSERT INTO requests (key, case_key, version) VALUES (?, ?, ?)");

    auto* algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    auto* context = EVP_MD_CTX_new();
    EVP_DigestInit_ex2(context, algorithm, nullptr);
    std::unordered_map<std::int64_t, Digest> heads;

    auto start = std::chrono::steady_clock::now();
    bool under_way = false;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (i == untimed && under_way) {
            finish(db, commit);
            under_way = false;
        }
        if (i == untimed) start = std::chrono::steady_clock::now();
        if (!under_way) finish(db, begin);
        under_way = true;
        const auto& change = changes[i];
        const auto key = static_cast<std::int64_t>(change.row.key);
        auto& head = heads[key];
        for (const auto& record : change.events) {
            EVP_DigestInit_ex2(context, nullptr, nullptr);
            EVP_DigestUpdate(context, head.bytes.data(), head.bytes.size());
            EVP_DigestUpdate(context, record.body.data(), record.body.size());
            EVP_DigestFinal_ex(context, head.bytes.data(), nullptr);
            bind(event, 1, key);
            bind(event, 2, std::int64_t{record.sequence});
            sqlite3_bind_blob(event, 3, record.body.data(), static_cast<int>(record.body.size()),
                              SQLITE_STATIC);
            bind(event, 4, head);
            finish(db, event);
        }
        const auto& row = change.row;
        if (change.opened) {
            bind(open, 1, key);
            bind(open, 2, row.number.text);
            bind(open, 3, row.item.text);
            bind(open, 4, row.definition);
            bind(open, 5, row.hall.text);
            bind(open, 6, row.status);
            bind(open, 7, row.steps);
            bind(open, 8, std::int64_t{row.version});
            bind(open, 9, head);
            bind(open, 10, row.opened.microseconds);
            bind(open, 11, row.changed.microseconds);
            bind(open, 12, row.statutory_due);
            bind(open, 13, row.promised_due);
            bind(open, 14, row.wake);
            finish(db, open);
        } else {
            bind(update, 1, row.status);
            bind(update, 2, row.steps);
            bind(update, 3, std::int64_t{row.version});
            bind(update, 4, head);
            bind(update, 5, row.changed.microseconds);
            bind(update, 6, row.statutory_due);
            bind(update, 7, row.promised_due);
            bind(update, 8, row.wake);
            bind(update, 9, key);
            finish(db, update);
        }
        for (const auto task : change.removed) {
            bind(remove, 1, key);
            bind(remove, 2, std::int64_t{number(task)});
            finish(db, remove);
        }
        for (const auto& task : change.put) {
            bind(put, 1, key);
            bind(put, 2, std::int64_t{number(task.task)});
            bind(put, 3, task.step.text);
            bind(put, 4, task.item.text);
            bind(put, 5, task.post.text);
            bind(put, 6, task.hall.text);
            bind(put, 7, task.holder.text);
            bind(put, 8, task.barred);
            bind(put, 9, task.due);
            bind(put, 10, task.offered.microseconds);
            finish(db, put);
        }
        if (!change.request.empty()) {
            bind(request, 1, change.request.text);
            bind(request, 2, key);
            bind(request, 3, std::int64_t{row.version});
            finish(db, request);
        }
        if ((i + 1) % changes_a_commit == 0 || i + 1 == changes.size()) {
            finish(db, commit);
            under_way = false;
        }
    }
    const auto seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

    for (auto* statement : {begin, commit, event, open, update, put, remove, request})
        sqlite3_finalize(statement);
    EVP_MD_CTX_free(context);
    EVP_MD_free(algorithm);
    sqlite3_close(db);
    return seconds;
}

}  // namespace workflow::benchmark
