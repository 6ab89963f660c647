#pragma once

/// The reading operations of a SQLite store, shared by the writing and the reading store.

#include <chrono>

#include "event_pages.hpp"
#include "sqlite_session.hpp"
#include "sqlite_whole_file.hpp"

namespace workflow::store {

class SqliteReading : public Store, public EventPages, public WholeFile {
public:
    [[nodiscard]] Hashing hashing() const override { return hashing_; }

    std::optional<CaseRow> find(const CaseNumber& number) override {
        return session().use.find(number);
    }
    std::optional<CaseRow> find(CaseKey key) override { return session().use.find(key); }
    std::optional<CaseNumber> last_number(std::string_view prefix) override {
        return session().use.last_number(prefix);
    }
    std::vector<EventRecord> events(CaseKey key) override { return session().use.events_of(key); }
    std::optional<EventRecord> last_event() override {
        return store::last_event(session().connection);
    }
    void events_after(std::int64_t position,
                      const std::function<bool(const EventPlace&)>& visit) override {
        session().use.events_after(position, visit);
    }
    void read_page(std::int64_t after, std::size_t bytes, EventPage& page) override {
        session().use.read_page(after, bytes, page);
    }
    std::optional<RequestRow> request(const CommandKey& key) override {
        return session().use.request(key);
    }
    std::vector<CaseRow> cases(const CaseFilter& filter) override {
        return list_cases(session().connection, filter);
    }
    std::vector<TaskRow> tasks(const TaskFilter& filter) override {
        return list_tasks(session().connection, filter);
    }
    std::vector<TaskRow> tasks_of(CaseKey key) override { return session().use.tasks_of(key); }
    std::optional<TaskRow> next_held(const OfficerId& officer) override {
        return session().use.next_held(officer);
    }
    std::uint32_t held(const OfficerId& officer) override { return session().use.held(officer); }
    OfficerId last_turn(std::string_view queue) override { return session().use.last_turn(queue); }
    std::optional<MatterRow> matter(const Digest& matter) override {
        return session().use.matter(matter);
    }
    std::vector<MatterRow> matters(const std::optional<Digest>& after, std::size_t limit) override {
        return list_matters(session().connection, after, limit);
    }
    std::optional<Digest> draw_key() override { return store::draw_key(session().connection); }
    std::uint32_t reads(const OfficerId& officer, Instant since) override {
        return session().vault.reads(officer, since);
    }
    std::optional<TaskRow> next_claimable(
        const OfficerId& officer, std::span<const PostId> posts, const HallId& hall,
        const std::function<bool(const TaskRow&)>& acceptable) override {
        return session().use.next_claimable(officer, posts, hall, acceptable);
    }
    std::vector<CaseRow> due(Date day, std::optional<std::pair<Date, CaseKey>> after,
                             std::size_t limit) override {
        return session().use.due(day, after, limit);
    }
    Counts counts() override {
        auto& connection = session().connection;
        const auto count = [&](const char* sql) {
            return static_cast<std::uint64_t>(connection.number(sql));
        };
        return {count("SELECT count(*) FROM cases"), count("SELECT count(*) FROM events"),
                count("SELECT count(*) FROM tasks")};
    }
    std::optional<std::string> published(const Digest& digest) override {
        return session().use.published(digest);
    }
    std::vector<SealedRow> sealed(CaseKey key) override { return session().vault.sealed(key); }
    bool has_sealed() override { return session().vault.has_sealed(); }
    std::optional<PersonKeyRow> person(std::int64_t id) override {
        return session().vault.person(id);
    }
    std::optional<PersonKeyRow> person(std::string_view token) override {
        return session().vault.person(token);
    }
    std::vector<PersonKeyRow> persons(std::int64_t after, std::size_t limit) override {
        return session().vault.persons(after, limit);
    }
    std::vector<CaseKey> cases_of_person(std::int64_t id, CaseKey after,
                                         std::size_t limit) override {
        return session().vault.cases_of_person(id, after, limit);
    }

    [[nodiscard]] std::unique_ptr<Store> another_reader() const override;
    std::vector<EventRecord> events_at(CaseKey key, std::vector<std::int64_t>& positions) override {
        return session().use.events_at(key, positions);
    }
    std::vector<RowFault> faults() override { return faults_of(session().connection); }
    void each_event(const std::function<void(const EventKey&)>& visit) override {
        store::each_event(session().connection, visit);
    }
    void each_request(const std::function<void(const Request&)>& visit) override {
        store::each_request(session().connection, visit);
    }
    void each_read(const std::function<void(const Read&)>& visit) override {
        store::each_read(session().connection, visit);
    }
    void each_sealed(const std::function<void(const Sealed&)>& visit) override {
        store::each_sealed(session().connection, visit);
    }
    void each_task(const std::function<void(const Task&)>& visit) override {
        store::each_task(session().connection, visit);
    }
    void each_definition(
        const std::function<void(std::string_view, std::string_view)>& visit) override {
        store::each_definition(session().connection, visit);
    }
    std::vector<std::pair<std::string, std::string>> turns() override {
        return turns_of(session().connection);
    }
    std::vector<std::int64_t> persons_without_data() override {
        return store::persons_without_data(session().connection);
    }

protected:
    SqliteReading(std::filesystem::path file, const char* vfs, std::chrono::milliseconds wait)
        : file_(std::move(file)), vfs_(vfs), wait_(wait) {}

    /// Returns the open connection. Throws StoreError when there is none to continue with.
    virtual Session& session() = 0;
    [[nodiscard]] int patience() const { return static_cast<int>(wait_.count()); }

    std::filesystem::path file_;  ///< with links resolved
    const char* vfs_;
    std::chrono::milliseconds wait_;
    Hashing hashing_{};
};

}  // namespace workflow::store
