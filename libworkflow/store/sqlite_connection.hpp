#pragma once

/// A SQLite connection and its statements, as values that clean up after themselves. Every failure
/// is a StoreError with SQLite's own text. Not thread-safe.

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/ports.hpp>

namespace workflow::store {

/// `still`: nobody writes the file while it is read, and nothing is written beside it.
enum class Access : std::uint8_t { write, read, still };

class Connection {
public:
    /// Opens `file`, an absolute name, or creates it if it may be written. `vfs`: the name of a
    /// SQLite VFS, for fault injection; nullptr: the default.
    Connection(const std::filesystem::path& file, const char* vfs, Access access = Access::write);

    void run(const char* sql);
    std::int64_t number(const char* sql);  ///< the first column of the first row
    std::string text(const char* sql);
    [[nodiscard]] sqlite3* handle() const { return handle_.get(); }
    /// Throws SQLite's last error, phrased for the store's administrator.
    [[noreturn]] void fail(std::string_view doing) const;
    /// Returns whether an I/O error, a full disk or a damaged file occurred. From then on this
    /// connection's view of the file may be wrong.
    [[nodiscard]] bool doubtful() const { return doubtful_; }

private:
    struct Close {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    std::unique_ptr<sqlite3, Close> handle_;
    std::string name_;
    Access access_;
    mutable bool doubtful_ = false;
};

/// A prepared statement. Parameters and columns count from 0 here. Binding goes left to right.
class Statement {
public:
    Statement(Connection& connection, std::string_view sql);

    /// Starts a new execution with these parameters.
    template <class... Values>
    Statement& with(const Values&... values) {
        reset();
        int index = 0;
        (bind(++index, values), ...);
        return *this;
    }
    /// The same with texts only, as many as there are parameters.
    Statement& with_texts(std::span<const std::string> texts) {
        reset();
        int index = 0;
        for (const auto& text : texts) bind(++index, std::string_view(text));
        return *this;
    }
    /// Moves to the next row. Returns false when there is none. When it throws, the statement is
    /// reset.
    bool step();
    /// Runs a statement that returns no rows.
    void run();
    void reset();

    std::int64_t number(int column) const { return sqlite3_column_int64(statement_.get(), column); }
    /// Reads a value beyond all days, or numbers, as the greatest one: no event leads there.
    std::optional<Date> date(int column) const;
    std::uint32_t small(int column) const;
    std::string text(int column) const;
    /// Returns the bytes, which remain valid until the next step.
    std::string_view bytes(int column) const;
    /// Reads a value that is not 32 bytes long as all zeros, which no hash equals, so a check
    /// detects that it does not match.
    Digest digest(int column) const;

private:
    void bind(int index, std::int64_t value);
    void bind(int index, std::string_view text);
    void bind(int index, const Digest& digest);
    void bind(int index, const std::optional<Date>& date);
    void bind_bytes(int index, std::string_view bytes);
    template <class Kind>
    void bind(int index, const Id<Kind>& id) {
        bind(index, std::string_view(id.text));
    }
    template <class E>
    requires std::is_enum_v<E>
    void bind(int index, E value) { bind(index, static_cast<std::int64_t>(value)); }
    void bind(int index, std::uint32_t value) { bind(index, std::int64_t{value}); }
    void bind(int index, std::uint64_t value) { bind(index, static_cast<std::int64_t>(value)); }
    void bind(int index, Date date) { bind(index, std::int64_t{date.days}); }
    void bind(int index, Instant instant) { bind(index, instant.microseconds); }

public:
    /// Marks a text that is stored as bytes.
    struct Bytes {
        std::string_view view;
    };

private:
    void bind(int index, Bytes bytes) { bind_bytes(index, bytes.view); }
    void bind(int index, const std::optional<Bytes>& bytes);
    void check(int code, std::string_view doing) const;

    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    Connection* connection_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// Resets a statement at the end of a scope.
struct AtRest {
    Statement& statement;
    ~AtRest() { statement.reset(); }
};

template <class Row>
std::vector<Row> all_rows(Statement& statement, Row (*read)(const Statement&)) {
    const AtRest rest{statement};
    std::vector<Row> rows;
    while (statement.step()) rows.push_back(read(statement));
    return rows;
}

/// Returns the rows of a page. Throws StoreError if their keys do not ascend from `after`, as in a
/// damaged file: a caller that reads page after page would loop forever.
template <class Rows, class Key, class KeyOf>
Rows ascending(Rows rows, Key after, KeyOf key_of, const char* table) {
    for (const auto& row : rows) {
        const auto key = key_of(row);
        if (!(after < key))
            throw StoreError(std::string("the table ") + table +
                             " is not in the order of its key: the file is damaged");
        after = key;
    }
    return rows;
}

template <class Row>
std::optional<Row> first_row(Statement& statement, Row (*read)(const Statement&)) {
    const AtRest rest{statement};
    std::optional<Row> row;
    if (statement.step()) row = read(statement);
    return row;
}

}  // namespace workflow::store
