#pragma once

/// What verification needs of a store in a file beyond the port: every row of every table as
/// stored, valid or not.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <workflow/ports.hpp>

namespace workflow::store {

/// A row with an impossible value.
struct RowFault {
    std::string table, row, column, what;
};

/// An optional interface of a store beyond the port. Everything may throw StoreError. Within a unit
/// of work all results are from one moment. Not thread-safe, like the store.
class WholeFile {
public:
    virtual ~WholeFile() = default;

    /// Opens the same file by another connection, for reading: StoreOptions::read_only.
    [[nodiscard]] virtual std::unique_ptr<Store> another_reader() const = 0;

    /// Returns the events of a case, found by its key, and the position of each.
    virtual std::vector<EventRecord> events_at(CaseKey key,
                                               std::vector<std::int64_t>& positions) = 0;

    /// Returns rows that SQLite's own check reports (an index entry without its row, a row without
    /// its index entry), and values that no writer writes and that would be read as others. For
    /// `events` only the latter: the caller compares that table with its index.
    virtual std::vector<RowFault> faults() = 0;

    struct EventKey {
        std::int64_t position, case_key, sequence;
    };
    virtual void each_event(const std::function<void(const EventKey&)>& visit) = 0;
    struct Request {
        std::string_view key;
        std::int64_t case_key, version;
    };
    virtual void each_request(const std::function<void(const Request&)>& visit) = 0;
    struct Read {
        std::string_view officer;
        std::int64_t at, case_key;
    };
    virtual void each_read(const std::function<void(const Read&)>& visit) = 0;
    struct Sealed {
        std::int64_t case_key, sequence, person;
    };
    virtual void each_sealed(const std::function<void(const Sealed&)>& visit) = 0;
    struct Task {
        std::int64_t case_key, task;
    };
    virtual void each_task(const std::function<void(const Task&)>& visit) = 0;
    virtual void each_definition(
        const std::function<void(std::string_view digest, std::string_view text)>& visit) = 0;
    /// Returns, by queue, whose turn it was last.
    virtual std::vector<std::pair<std::string, std::string>> turns() = 0;
    /// Returns the persons without encrypted data, except the store's own key.
    virtual std::vector<std::int64_t> persons_without_data() = 0;
};

}  // namespace workflow::store
