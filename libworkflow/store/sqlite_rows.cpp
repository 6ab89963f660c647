#include "sqlite_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../crypto/digest.hpp"
#include "change.hpp"

namespace workflow::store {
namespace {

#define WORKFLOW_CASE_COLUMNS                                                                     \
    "SELECT key, number, item, definition, hall, status, steps, version, head, opened, changed, " \
    "statutory_due, promised_due, wake FROM cases "
#define WORKFLOW_TASK_COLUMNS                                                                  \
    "SELECT case_key, task, step, item, post, hall, holder, barred, due, offered, later FROM " \
    "tasks "

CaseRow read_case(const Statement& from) {
    CaseRow row;
    row.key = CaseKey{from.number(0)};
    row.number = CaseNumber(from.text(1));
    row.item = ItemId(from.text(2));
    row.definition = from.digest(3);
    row.hall = HallId(from.text(4));
    row.status = from.text(5);
    row.steps = from.text(6);
    row.version = from.small(7);
    row.head = from.digest(8);
    row.opened = Instant{from.number(9)};
    row.changed = Instant{from.number(10)};
    row.statutory_due = from.date(11);
    row.promised_due = from.date(12);
    row.wake = from.date(13);
    return row;
}

TaskRow read_task(const Statement& from) {
    TaskRow row;
    row.case_key = CaseKey{from.number(0)};
    row.task = TaskNumber{from.small(1)};
    row.step = StepId(from.text(2));
    row.item = ItemId(from.text(3));
    row.post = PostId(from.text(4));
    row.hall = HallId(from.text(5));
    row.holder = OfficerId(from.text(6));
    row.barred = from.text(7);
    row.due = from.date(8);
    row.offered = Instant{from.number(9)};
    row.comes_first = from.number(10) == 0;
    return row;
}

MatterRow read_matter(const Statement& from) {
    return {from.digest(0), from.date(1), static_cast<std::uint32_t>(from.number(2))};
}

/// The order of tasks: `comes_first` before others, then by waiting time.
std::pair<bool, Instant> turn_of(const TaskRow& row) {
    return {!row.comes_first, row.offered};
}

}  // namespace

Statements::Statements(Connection& connection)
    : begin(connection, "BEGIN IMMEDIATE"),
      commit(connection, "COMMIT"),
      data_version(connection, "PRAGMA data_version"),
      connection_(connection),
      greatest_key_(connection, "SELECT coalesce(max(key), 0) FROM cases"),
      insert_event_(connection,
                    "INSERT INTO events (case_key, sequence, body, hash) VALUES (?, ?, ?, ?)"),
      insert_case_(connection,
                   "INSERT INTO cases (key, number, item, definition, hall, status, steps, "
                   "version, head, opened, "
                   "changed, statutory_due, promised_due, wake) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, "
                   "?, ?, ?, ?, ?)"),
      update_case_(connection,
                   "UPDATE cases SET status = ?, steps = ?, version = ?, head = ?, changed = ?, "
                   "statutory_due = ?, "
                   "promised_due = ?, wake = ? WHERE key = ? AND version = ?"),
      put_task_(connection,
                "INSERT OR REPLACE INTO tasks (case_key, task, step, item, post, hall, holder, "
                "barred, due, offered, later) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      remove_task_(connection, "DELETE FROM tasks WHERE case_key = ? AND task = ?"),
      insert_request_(connection, "INSERT INTO requests (key, case_key, version) VALUES (?, ?, ?)"),
      case_by_number_(connection, WORKFLOW_CASE_COLUMNS "WHERE number = ?"),
      case_by_key_(connection, WORKFLOW_CASE_COLUMNS "WHERE key = ?"),
      last_number_(
          connection,
          "SELECT number FROM cases WHERE number >= ? AND number < ? ORDER BY number DESC LIMIT 1"),
      events_(connection,
              "SELECT sequence, body, hash, position FROM events WHERE case_key = ? ORDER BY "
              "sequence"),
      order_(connection,
             "SELECT position, case_key, sequence, hash FROM events WHERE position > ? ORDER BY "
             "position"),
      bodies_(connection,
              "SELECT position, case_key, body FROM events WHERE position > ? ORDER BY position"),
      request_(connection, "SELECT case_key, version FROM requests WHERE key = ?"),
      tasks_of_case_(connection, WORKFLOW_TASK_COLUMNS "WHERE case_key = ? ORDER BY task"),
      held_(connection, WORKFLOW_TASK_COLUMNS
            "WHERE holder = ? AND holder <> '' ORDER BY later, offered, case_key, task LIMIT 1"),
      count_held_(connection, "SELECT count(*) FROM tasks WHERE holder = ? AND holder <> ''"),
      put_turn_(connection, "INSERT OR REPLACE INTO turns (queue, officer) VALUES (?, ?)"),
      turn_(connection, "SELECT officer FROM turns WHERE queue = ?"),
      matter_received_(connection,
                       "INSERT INTO matters (matter, first, decided) VALUES (?, ?, 0) ON CONFLICT "
                       "(matter) DO UPDATE SET first = coalesce(first, excluded.first)"),
      matter_decided_(connection,
                      "INSERT INTO matters (matter, first, decided) VALUES (?, NULL, 1) ON "
                      "CONFLICT (matter) DO UPDATE SET first = NULL, decided = decided + 1"),
      matter_(connection, "SELECT matter, first, decided FROM matters WHERE matter = ?"),
      waiting_(
          connection, WORKFLOW_TASK_COLUMNS
          "WHERE post = ? AND hall = ? AND holder = '' ORDER BY later, offered, case_key, task"),
      due_(connection, WORKFLOW_CASE_COLUMNS
           "WHERE wake IS NOT NULL AND wake <= ? AND (wake, key) > (?, ?) ORDER BY wake, key LIMIT "
           "?"),
      publish_(connection, "INSERT OR IGNORE INTO definitions (digest, text) VALUES (?, ?)"),
      published_(connection, "SELECT text FROM definitions WHERE digest = ?") {}

#undef WORKFLOW_CASE_COLUMNS
#undef WORKFLOW_TASK_COLUMNS

CaseKey Statements::new_case() {
    greatest_key_.with();
    greatest_key_.step();
    last_key_ = std::max(last_key_, greatest_key_.number(0)) + 1;
    greatest_key_.reset();
    return CaseKey{last_key_};
}

void Statements::append(const Change& change) {
    const auto& row = change.row;
    const auto before = version_before(change);
    for (const auto& event : change.events)
        insert_event_.with(event.case_key, event.sequence, Statement::Bytes{event.body}, event.hash)
            .run();
    if (change.opened) {
        insert_case_
            .with(row.key, row.number, row.item, row.definition, row.hall, row.status, row.steps,
                  row.version, row.head, row.opened, row.changed, row.statutory_due,
                  row.promised_due, row.wake)
            .run();
    } else {
        update_case_
            .with(row.status, row.steps, row.version, row.head, row.changed, row.statutory_due,
                  row.promised_due, row.wake, row.key, before)
            .run();
        if (sqlite3_changes(connection_.handle()) != 1)
            throw StoreError(fmt::format("case {} is not at version {}", row.number.text, before));
    }
    for (const auto task : change.removed) remove_task_.with(row.key, task).run();
    for (const auto& task : change.put)
        put_task_
            .with(task.case_key, task.task, task.step, task.item, task.post, task.hall, task.holder,
                  task.barred, task.due, task.offered, std::int64_t{task.comes_first ? 0 : 1})
            .run();
    for (const auto& [queue, officer] : change.turns)
        put_turn_.with(std::string_view(queue), officer).run();
    for (const auto& step : change.matters)
        if (step.received)
            matter_received_.with(step.matter, step.received).run();
        else
            matter_decided_.with(step.matter).run();
    if (!change.request.empty()) insert_request_.with(change.request, row.key, row.version).run();
}

std::optional<CaseRow> Statements::find(const CaseNumber& number) {
    return first_row(case_by_number_.with(number), read_case);
}
std::optional<CaseRow> Statements::find(CaseKey key) {
    return first_row(case_by_key_.with(key), read_case);
}

std::optional<CaseNumber> Statements::last_number(std::string_view prefix) {
    // Every number with the prefix sorts below the prefix followed by the greatest byte.
    const auto end = std::string(prefix) + '\xff';
    std::optional<CaseNumber> number;
    last_number_.with(prefix, std::string_view(end));
    if (last_number_.step()) number = CaseNumber(last_number_.text(0));
    last_number_.reset();
    return number;
}

std::vector<EventRecord> Statements::events_of(CaseKey key) {
    std::vector<EventRecord> records;
    const AtRest rest{events_.with(key)};
    while (events_.step())
        records.push_back({key, events_.small(0), events_.text(1), events_.digest(2)});
    return records;
}

std::vector<EventRecord> Statements::events_at(CaseKey key, std::vector<std::int64_t>& positions) {
    std::vector<EventRecord> records;
    positions.clear();
    const AtRest rest{events_.with(key)};
    while (events_.step()) {
        records.push_back({key, events_.small(0), events_.text(1), events_.digest(2)});
        positions.push_back(events_.number(3));
    }
    return records;
}

void Statements::events_after(std::int64_t position,
                              const std::function<bool(const EventPlace&)>& visit) {
    const AtRest rest{order_};
    order_.with(position);
    while (order_.step()) {
        if (!visit(
                {order_.number(0), CaseKey{order_.number(1)}, order_.small(2), order_.digest(3)}))
            return;
    }
}

void Statements::read_page(std::int64_t after, std::size_t bytes, EventPage& page) {
    page.clear();
    const AtRest rest{bodies_};
    bodies_.with(after);
    while (page.bodies.size() < bytes && bodies_.step()) {
        const auto body = bodies_.bytes(2);
        page.last = bodies_.number(0);
        page.entries.push_back(
            {CaseKey{bodies_.number(1)}, static_cast<std::uint32_t>(body.size())});
        page.bodies += body;
    }
}

std::optional<RequestRow> Statements::request(const CommandKey& key) {
    std::optional<RequestRow> row;
    request_.with(key);
    if (request_.step()) row = {CaseKey{request_.number(0)}, request_.small(1)};
    request_.reset();
    return row;
}

std::vector<TaskRow> Statements::tasks_of(CaseKey key) {
    return all_rows(tasks_of_case_.with(key), read_task);
}

std::optional<TaskRow> Statements::next_held(const OfficerId& officer) {
    return first_row(held_.with(officer), read_task);
}

std::optional<TaskRow> Statements::next_claimable(
    const OfficerId& officer, std::span<const PostId> posts, const HallId& hall,
    const std::function<bool(const TaskRow&)>& acceptable) {
    const auto mark = ' ' + officer.text + ' ';
    std::optional<TaskRow> best;
    const auto look = [&](const PostId& post, const HallId& at) {
        // `acceptable` belongs to the caller: even if it throws, the statement is reset.
        const AtRest rest{waiting_.with(post, at)};
        while (waiting_.step()) {
            auto row = read_task(waiting_);
            if (best && turn_of(*best) <= turn_of(row)) break;
            if (row.barred.find(mark) != std::string::npos || !acceptable(row)) continue;
            best = std::move(row);
            break;
        }
    };
    for (const auto& post : posts) {
        look(post, HallId());
        if (!hall.empty()) look(post, hall);
    }
    return best;
}

std::uint32_t Statements::held(const OfficerId& officer) {
    const AtRest rest{count_held_.with(officer)};
    count_held_.step();
    return static_cast<std::uint32_t>(count_held_.number(0));
}

OfficerId Statements::last_turn(std::string_view queue) {
    const AtRest rest{turn_.with(queue)};
    return turn_.step() ? OfficerId(turn_.text(0)) : OfficerId();
}

std::optional<MatterRow> Statements::matter(const Digest& matter) {
    return first_row(matter_.with(matter), read_matter);
}

std::vector<CaseRow> Statements::due(Date day, std::optional<std::pair<Date, CaseKey>> after,
                                     std::size_t limit) {
    const auto [wake, key] = after.value_or(std::pair{Date{INT32_MIN}, CaseKey{0}});
    return all_rows(due_.with(day, wake, key, static_cast<std::int64_t>(limit)), read_case);
}

void Statements::publish(const Digest& digest, std::string_view text) {
    publish_.with(digest, text).run();
}

std::optional<std::string> Statements::published(const Digest& digest) {
    std::optional<std::string> text;
    published_.with(digest);
    if (published_.step()) text = published_.text(0);
    published_.reset();
    return text;
}

std::vector<MatterRow> list_matters(Connection& connection, const std::optional<Digest>& after,
                                    std::size_t limit) {
    Statement rows(connection, after ? "SELECT matter, first, decided FROM matters WHERE matter > "
                                       "?2 ORDER BY matter LIMIT ?1"
                                     : "SELECT matter, first, decided FROM matters ORDER BY matter "
                                       "LIMIT ?1");
    const auto most = static_cast<std::int64_t>(limit);
    return all_rows(after ? rows.with(most, *after) : rows.with(most), read_matter);
}

std::optional<Digest> draw_key(Connection& connection) {
    Statement key(connection, "SELECT key FROM draw_key LIMIT 1");
    return key.step() ? std::optional(key.digest(0)) : std::nullopt;
}

void put_draw_key(Connection& connection, const Digest& key) {
    if (draw_key(connection)) throw StoreError("the store already has a secret for draws");
    Statement put(connection, "INSERT INTO draw_key (key) VALUES (?)");
    put.with(key).run();
}

std::string schema_checksum(Connection& connection) {
    Statement objects(connection,
                      "SELECT type, name, tbl_name, sql FROM sqlite_schema "
                      "WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name");
    std::string all;
    while (objects.step())
        for (int column = 0; column < 4; ++column) all += objects.text(column) + '\n';
    return hex(sha256(all));
}

std::vector<CaseRow> list_cases(Connection& connection, const CaseFilter& filter) {
    // SQLite counts parameters up to the greatest number, so parameters absent from the text may be
    // bound too.
    std::string sql =
        "SELECT key, number, item, definition, hall, status, steps, version, head, opened, "
        "changed, "
        "statutory_due, promised_due, wake FROM cases WHERE key > ?1";
    if (filter.item) sql += " AND item = ?2";
    if (filter.status) sql += " AND status = ?3";
    if (filter.hall) sql += " AND hall = ?4";
    if (!filter.journal) sql += " AND item <> ''";
    if (filter.due_by) sql += " AND (statutory_due <= ?5 OR promised_due <= ?5)";
    sql += " ORDER BY key LIMIT ?6";
    Statement statement(connection, sql);
    // Bound data must live until the statement has run.
    const auto item = filter.item.value_or(ItemId());
    const auto status = filter.status.value_or(std::string());
    const auto hall = filter.hall.value_or(HallId());
    auto rows = all_rows(
        statement.with(filter.after, item, std::string_view(status), hall,
                       filter.due_by.value_or(Date{}), static_cast<std::int64_t>(filter.limit)),
        read_case);
    return ascending(
        std::move(rows), filter.after, [](const CaseRow& row) { return row.key; }, "cases");
}

std::optional<EventRecord> last_event(Connection& connection) {
    Statement statement(connection,
                        "SELECT case_key, sequence, body, hash FROM events "
                        "ORDER BY position DESC LIMIT 1");
    if (!statement.step()) return {};
    return EventRecord{CaseKey{statement.number(0)}, statement.small(1), statement.text(2),
                       statement.digest(3)};
}

std::vector<TaskRow> list_tasks(Connection& connection, const TaskFilter& filter) {
    std::string sql =
        "SELECT case_key, task, step, item, post, hall, holder, barred, due, offered, later FROM "
        "tasks "
        "WHERE (case_key, task) > (?1, ?2)";
    // The index of held tasks is partial: the query must state that the holder is not empty.
    if (filter.holder)
        sql += filter.holder->empty() ? " AND holder = ''" : " AND holder = ?3 AND holder <> ''";
    if (filter.post) sql += " AND post = ?4";
    if (filter.item) sql += " AND item = ?5";
    sql += " ORDER BY case_key, task LIMIT ?6";
    Statement statement(connection, sql);
    const auto holder = filter.holder.value_or(OfficerId());
    const auto post = filter.post.value_or(PostId());
    const auto item = filter.item.value_or(ItemId());
    auto rows = all_rows(statement.with(filter.after, filter.after_task, holder, post, item,
                                        static_cast<std::int64_t>(filter.limit)),
                         read_task);
    return ascending(
        std::move(rows), std::pair(filter.after, filter.after_task),
        [](const TaskRow& row) { return std::pair(row.case_key, row.task); }, "tasks");
}

}  // namespace workflow::store
