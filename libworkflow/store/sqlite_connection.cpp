#include "sqlite_connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "write_lock.hpp"

namespace workflow::store {
namespace {

/// The only way to tell SQLite that a file does not change (sqlite.org/uri.html).
std::string still_uri(const std::string& file) {
    std::string uri = "file:";
    for (const char c : file)
        if (c == '%' || c == '?' || c == '#')
            uri += fmt::format("%{:02x}", static_cast<unsigned char>(c));
        else
            uri += c;
    return uri + "?immutable=1";
}

}  // namespace

Connection::Connection(const std::filesystem::path& file, const char* vfs, Access access)
    : name_(file.string()), access_(access) {
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (access == Access::write) flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (access != Access::write) flags |= SQLITE_OPEN_READONLY;
    if (access == Access::still) flags |= SQLITE_OPEN_URI;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(
        access == Access::still ? still_uri(name_).c_str() : name_.c_str(), &handle, flags, vfs);
    handle_.reset(handle);
    if (code != SQLITE_OK) fail("open it");
}

void Connection::fail(std::string_view doing) const {
    std::string why = handle_ ? sqlite3_errmsg(handle_.get()) : "out of memory";
    switch (handle_ ? sqlite3_errcode(handle_.get()) & 0xff : SQLITE_NOMEM) {
        case SQLITE_NOTADB:
            why = "it is not a SQLite file, or its first page is damaged";
            doubtful_ = true;
            break;
        case SQLITE_CORRUPT:
            why = "the file is damaged; restore a backup";
            doubtful_ = true;
            break;
        case SQLITE_IOERR:
        case SQLITE_FULL:
            doubtful_ = true;
            break;
        case SQLITE_BUSY:
            if (const auto holder = lock_holder(name_); !holder.empty())
                why += "; the last writer was " + holder;
            break;
        case SQLITE_CANTOPEN:
            if (access_ == Access::read)
                why +=
                    "; a store that was not closed can be read only in a folder where its log and "
                    "the log's index can be written: copy all three to such a folder";
            break;
        default:
            break;
    }
    throw StoreError(fmt::format("the store {}: could not {}: {}", name_, doing, why));
}

void Connection::run(const char* sql) {
    if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        fail(fmt::format("run \"{}\"", std::string_view(sql).substr(0, 60)));
}

std::int64_t Connection::number(const char* sql) {
    Statement statement(*this, sql);
    if (!statement.step()) fail("read a number");
    return statement.number(0);
}

std::string Connection::text(const char* sql) {
    Statement statement(*this, sql);
    if (!statement.step()) fail("read a text");
    return statement.text(0);
}

Statement::Statement(Connection& connection, std::string_view sql) : connection_(&connection) {
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v3(connection.handle(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    statement_.reset(statement);
    check(code, "prepare a statement");
}

void Statement::check(int code, std::string_view doing) const {
    if (code != SQLITE_OK) connection_->fail(doing);
}

bool Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    // A statement left unfinished would keep its read transaction open. SQLite's error text
    // remains.
    reset();
    connection_->fail("run a statement");
}

void Statement::run() {
    const bool row = step();
    reset();
    if (row) connection_->fail("run a statement that must return no rows");
}

// reset returns the code of a failed step again, which has already been reported.
void Statement::reset() {
    sqlite3_reset(statement_.get());
}

void Statement::bind(int index, std::int64_t value) {
    check(sqlite3_bind_int64(statement_.get(), index, value), "bind a number");
}

// Bound data stay in place until the statement has run: nothing is copied.
void Statement::bind(int index, std::string_view text) {
    check(sqlite3_bind_text(statement_.get(), index, text.data() ? text.data() : "",
                            static_cast<int>(text.size()), SQLITE_STATIC),
          "bind a text");
}

void Statement::bind_bytes(int index, std::string_view bytes) {
    check(sqlite3_bind_blob(statement_.get(), index, bytes.data() ? bytes.data() : "",
                            static_cast<int>(bytes.size()), SQLITE_STATIC),
          "bind bytes");
}

void Statement::bind(int index, const std::optional<Bytes>& bytes) {
    if (bytes)
        bind_bytes(index, bytes->view);
    else
        check(sqlite3_bind_null(statement_.get(), index), "bind a null");
}

void Statement::bind(int index, const Digest& digest) {
    check(sqlite3_bind_blob(statement_.get(), index, digest.bytes.data(),
                            static_cast<int>(digest.bytes.size()), SQLITE_STATIC),
          "bind a digest");
}

void Statement::bind(int index, const std::optional<Date>& date) {
    if (date)
        bind(index, *date);
    else
        check(sqlite3_bind_null(statement_.get(), index), "bind a null");
}

std::optional<Date> Statement::date(int column) const {
    using Days = std::numeric_limits<std::int32_t>;
    if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return {};
    const auto days = number(column);
    return Date{days < Days::min() || days > Days::max() ? Days::max()
                                                         : static_cast<std::int32_t>(days)};
}

std::uint32_t Statement::small(int column) const {
    using Small = std::numeric_limits<std::uint32_t>;
    const auto value = number(column);
    return value < 0 || value > Small::max() ? Small::max() : static_cast<std::uint32_t>(value);
}

std::string_view Statement::bytes(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return bytes ? std::string_view(bytes, size) : std::string_view();
}

std::string Statement::text(int column) const {
    return std::string(bytes(column));
}

Digest Statement::digest(int column) const {
    const auto* bytes =
        static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
    Digest digest;
    if (static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column)) !=
        digest.bytes.size())
        return {};
    std::copy_n(bytes, digest.bytes.size(), digest.bytes.begin());
    return digest;
}

}  // namespace workflow::store
