#pragma once

/// The statements of a SQLite store: values to rows and back.

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include <workflow/ports.hpp>

#include "event_pages.hpp"
#include "sqlite_connection.hpp"

namespace workflow::store {

/// The frequently used statements, prepared once. Each member performs one operation of the Store
/// port.
class Statements {
public:
    explicit Statements(Connection& connection);

    CaseKey new_case();
    void append(const Change& change);
    std::optional<CaseRow> find(const CaseNumber& number);
    std::optional<CaseRow> find(CaseKey key);
    std::optional<CaseNumber> last_number(std::string_view prefix);
    std::vector<EventRecord> events_of(CaseKey key);
    /// The same, with the position of each event.
    std::vector<EventRecord> events_at(CaseKey key, std::vector<std::int64_t>& positions);
    void events_after(std::int64_t position, const std::function<bool(const EventPlace&)>& visit);
    void read_page(std::int64_t after, std::size_t bytes, EventPage& page);
    std::optional<RequestRow> request(const CommandKey& key);
    std::vector<TaskRow> tasks_of(CaseKey key);
    std::optional<TaskRow> next_held(const OfficerId& officer);
    std::uint32_t held(const OfficerId& officer);
    OfficerId last_turn(std::string_view queue);
    std::optional<MatterRow> matter(const Digest& matter);
    std::optional<TaskRow> next_claimable(const OfficerId& officer, std::span<const PostId> posts,
                                          const HallId& hall,
                                          const std::function<bool(const TaskRow&)>& acceptable);
    std::vector<CaseRow> due(Date day, std::optional<std::pair<Date, CaseKey>> after,
                             std::size_t limit);
    void publish(const Digest& digest, std::string_view text);
    std::optional<std::string> published(const Digest& digest);

    Statement begin, commit, data_version;

private:
    Connection& connection_;
    std::int64_t last_key_ = 0;  // issued in this unit of work

    Statement greatest_key_, insert_event_, insert_case_, update_case_, put_task_, remove_task_,
        insert_request_;
    Statement case_by_number_, case_by_key_, last_number_, events_, order_, bodies_, request_,
        tasks_of_case_, held_, count_held_, put_turn_, turn_, matter_received_, matter_decided_,
        matter_, waiting_, due_;
    Statement publish_, published_;
};

/// Returns SHA-256, in hex, of every table, index and trigger (type, name, table and text, one line
/// each), ordered by type and name. Excludes SQLite's own objects.
std::string schema_checksum(Connection& connection);

std::vector<MatterRow> list_matters(Connection& connection, const std::optional<Digest>& after,
                                    std::size_t limit);
std::optional<Digest> draw_key(Connection& connection);
/// Throws where there is one already.
void put_draw_key(Connection& connection, const Digest& key);
std::vector<CaseRow> list_cases(Connection& connection, const CaseFilter& filter);
std::optional<EventRecord> last_event(Connection& connection);
std::vector<TaskRow> list_tasks(Connection& connection, const TaskFilter& filter);

}  // namespace workflow::store
