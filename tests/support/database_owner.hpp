#pragma once

/// Whoever owns the database file and knows the formats: takes the triggers off, changes what he
/// likes, computes the chains anew, and puts the triggers back. He has no key.

#include <sqlite3.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "trail/chain.hpp"
#include "trail/codec.hpp"

namespace workflow::testing {

class DatabaseOwner {
public:
    explicit DatabaseOwner(const std::string& file) {
        if (sqlite3_open(file.c_str(), &handle_) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(handle_));
    }
    ~DatabaseOwner() { close(); }
    DatabaseOwner(DatabaseOwner&& other) noexcept
        : handle_(std::exchange(other.handle_, nullptr)) {}
    DatabaseOwner& operator=(DatabaseOwner&&) = delete;

    void close() {
        sqlite3_close(handle_);
        handle_ = nullptr;
    }

    /// Runs SQL with the triggers taken off.
    void run(const std::string& sql) {
        std::string triggers;
        for (const auto& row : rows("select sql from sqlite_schema where type = 'trigger'"))
            triggers += row[0] + ";";
        execute(
            "begin; drop trigger events_are_never_changed; drop trigger events_are_never_deleted;" +
            sql + ";" + triggers + "commit");
    }
    std::int64_t number(const std::string& sql) { return std::stoll(rows(sql).at(0).at(0)); }
    std::int64_t position_of(const std::string& case_number, int sequence) {
        return number("select position from events where sequence = " + std::to_string(sequence) +
                      " and case_key = " + key_of(case_number));
    }

    /// Numbers the events of each case from 1, computes every hash anew, and brings each case's row
    /// to that.
    void rechain() {
        Hasher hasher(parse_hashing(rows("select algorithm from hashing").at(0).at(0)).value());
        std::string sql;
        for (const auto& row : rows("select key, number from cases")) {
            auto hash = trail::genesis(hasher, CaseNumber(row[1]));
            std::uint32_t sequence = 0;
            for (const auto& event : rows("select position, body from events where case_key = " +
                                          row[0] + " order by sequence")) {
                hash = trail::link(hasher, hash, event[1]);
                sql += "update events set hash = x'" + hex(hash) +
                       "', sequence = " + std::to_string(++sequence) +
                       " where position = " + event[0] + ";";
            }
            sql += "update cases set head = x'" + hex(hash) +
                   "', version = " + std::to_string(sequence) + " where key = " + row[0] + ";";
        }
        run(sql);
    }

    void exchange_applicant(const std::string& case_number, const std::string& name) {
        const auto position = position_of(case_number, 1);
        auto event = trail::decode(body_at(position));
        std::get<CaseOpened>(event.what).applicant.name = name;
        put_body(position, trail::encode(event));
    }
    /// Gives the first completed task of the case another reason, and computes the chains anew.
    void exchange_reason(const std::string& case_number, const std::string& reason) {
        for (int sequence = 1;; ++sequence) {
            const auto position = position_of(case_number, sequence);
            auto event = trail::decode(body_at(position));
            auto* completed = std::get_if<TaskCompleted>(&event.what);
            if (!completed) continue;
            completed->reason = reason;
            put_body(position, trail::encode(event));
            return rechain();
        }
    }
    /// Says that the first change of the organization was another officer's.
    void exchange_staff(const std::string& officer) {
        for (int sequence = 1;; ++sequence) {
            const auto position = position_of("journal", sequence);
            auto event = trail::decode(body_at(position));
            auto* changed = std::get_if<StaffChanged>(&event.what);
            if (!changed) continue;
            changed->officer = OfficerId(officer);
            return put_body(position, trail::encode(event));
        }
    }
    void swap_bodies(std::int64_t one, std::int64_t other) {
        const auto first = body_at(one);
        put_body(one, body_at(other));
        put_body(other, first);
    }
    void swap_positions(std::int64_t one, std::int64_t other) {
        const auto a = std::to_string(one);
        const auto b = std::to_string(other);
        run("update events set position = -1 where position = " + a +
            ";update events set position = " + a + " where position = " + b +
            ";update events set position = " + b + " where position = -1");
    }
    /// Puts the event at `position` in once more, behind it, in its place and in its case.
    void repeat_event(std::int64_t position) {
        const auto at = std::to_string(position);
        run("update events set position = -position where position > " + at +
            ";update events set position = 1 - position where position < 0;"
            "update events set sequence = -sequence where case_key = (select case_key from events "
            "where position = " +
            at + ") and sequence > (select sequence from events where position = " + at +
            ");update events set sequence = 1 - sequence where sequence < 0;"
            "insert into events select position + 1, case_key, sequence + 1, body, hash from "
            "events where position = " +
            at);
    }
    void drop_case(const std::string& case_number) {
        const auto key = key_of(case_number);
        run("delete from events where case_key = " + key +
            ";delete from tasks where case_key = " + key + ";delete from cases where key = " + key);
    }
    void drop_everything() {
        run("delete from events; delete from tasks; delete from cases; delete from definitions");
    }
    /// Numbers the positions from 1 again.
    void close_gaps() {
        run("create temp table places as select position as old, row_number() over (order by "
            "position) as new from events; update events set position = -(select new from places "
            "where old = position); update events set position = -position; drop table places");
    }
    /// A case once more, under another number, right after its first event in the order of all.
    void copy_case(const std::string& case_number, const std::string& other) {
        const auto key = key_of(case_number);
        const auto next = std::to_string(number("select max(key) + 1 from cases"));
        auto event = trail::decode(body_at(position_of(case_number, 1)));
        std::get<CaseOpened>(event.what).number = CaseNumber(other);
        run("update events set position = position * 1000;"
            "insert into events select position + 1, " +
            next + ", sequence, body, hash from events where case_key = " + key +
            ";insert into cases select " + next + ", '" + other +
            "', item, definition, hall, status, steps, version, head, opened, changed, "
            "statutory_due, promised_due, wake from cases where key = " +
            key + ";insert into tasks select " + next +
            ", task, step, item, post, hall, holder, barred, due, offered, later from tasks where "
            "case_key = " +
            key);
        close_gaps();
        put_body(position_of(other, 1), trail::encode(event));
    }
    /// One bit of `column`, counted in bytes around its end.
    void flip(std::int64_t position, const std::string& column, std::size_t byte, int bit) {
        auto bytes =
            rows("select " + column + " from events where position = " + std::to_string(position))
                .at(0)
                .at(0);
        byte %= bytes.size();
        bytes[byte] = static_cast<char>(bytes[byte] ^ (1 << bit));
        put(position, column, bytes);
    }

    using Row = std::vector<std::string>;
    std::vector<Row> rows(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(handle_));
        std::vector<Row> all;
        while (sqlite3_step(statement) == SQLITE_ROW) {
            Row row;
            for (int i = 0; i < sqlite3_column_count(statement); ++i) {
                const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, i));
                row.emplace_back(bytes ? bytes : "",
                                 static_cast<std::size_t>(sqlite3_column_bytes(statement, i)));
            }
            all.push_back(std::move(row));
        }
        sqlite3_finalize(statement);
        return all;
    }

private:
    void execute(const std::string& sql) {
        if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
            const std::string why = sqlite3_errmsg(handle_);
            sqlite3_exec(handle_, "rollback", nullptr, nullptr, nullptr);
            throw std::runtime_error(why + ": " + sql);
        }
    }
    std::string key_of(const std::string& case_number) {
        return rows("select key from cases where number = '" + case_number + "'").at(0).at(0);
    }
    std::string body_at(std::int64_t position) {
        return rows("select body from events where position = " + std::to_string(position))
            .at(0)
            .at(0);
    }
    void put_body(std::int64_t position, const std::string& body) { put(position, "body", body); }
    void put(std::int64_t position, const std::string& column, const std::string& bytes) {
        constexpr std::string_view digits = "0123456789abcdef";
        std::string hexadecimal;
        for (const unsigned char byte : bytes) {
            hexadecimal += digits[byte >> 4];
            hexadecimal += digits[byte & 15];
        }
        run("update events set " + column + " = x'" + hexadecimal +
            "' where position = " + std::to_string(position));
    }

    sqlite3* handle_ = nullptr;
};

}  // namespace workflow::testing
