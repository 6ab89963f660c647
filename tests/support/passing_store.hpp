#pragma once

/// A store that passes everything on to another: what watches or breaks single members builds on.

#include <memory>

#include <workflow/ports.hpp>

namespace workflow::testing {

class PassingStore : public Store {
public:
    explicit PassingStore(std::unique_ptr<Store> inner) : inner_(std::move(inner)) {}

    [[nodiscard]] Hashing hashing() const override { return inner_->hashing(); }
    bool begin() override { return inner_->begin(); }
    void commit() override { inner_->commit(); }
    void rollback() noexcept override { inner_->rollback(); }
    CaseKey new_case() override { return inner_->new_case(); }
    void append(const Change& change) override { inner_->append(change); }
    std::optional<CaseRow> find(const CaseNumber& number) override { return inner_->find(number); }
    std::optional<CaseRow> find(CaseKey key) override { return inner_->find(key); }
    std::optional<CaseNumber> last_number(std::string_view prefix) override {
        return inner_->last_number(prefix);
    }
    std::vector<EventRecord> events(CaseKey key) override { return inner_->events(key); }
    std::optional<EventRecord> last_event() override { return inner_->last_event(); }
    void events_after(std::int64_t position,
                      const std::function<bool(const EventPlace&)>& visit) override {
        inner_->events_after(position, visit);
    }
    std::optional<RequestRow> request(const CommandKey& key) override {
        return inner_->request(key);
    }
    std::vector<CaseRow> cases(const CaseFilter& filter) override { return inner_->cases(filter); }
    std::vector<TaskRow> tasks(const TaskFilter& filter) override { return inner_->tasks(filter); }
    std::vector<TaskRow> tasks_of(CaseKey key) override { return inner_->tasks_of(key); }
    std::optional<TaskRow> next_held(const OfficerId& officer) override {
        return inner_->next_held(officer);
    }
    std::uint32_t held(const OfficerId& officer) override { return inner_->held(officer); }
    OfficerId last_turn(std::string_view queue) override { return inner_->last_turn(queue); }
    std::optional<MatterRow> matter(const Digest& matter) override {
        return inner_->matter(matter);
    }
    std::vector<MatterRow> matters(const std::optional<Digest>& after, std::size_t limit) override {
        return inner_->matters(after, limit);
    }
    std::optional<Digest> draw_key() override { return inner_->draw_key(); }
    void put_draw_key(const Digest& key) override { inner_->put_draw_key(key); }
    std::uint32_t reads(const OfficerId& officer, Instant since) override {
        return inner_->reads(officer, since);
    }
    std::optional<TaskRow> next_claimable(
        const OfficerId& officer, std::span<const PostId> posts, const HallId& hall,
        const std::function<bool(const TaskRow&)>& acceptable) override {
        return inner_->next_claimable(officer, posts, hall, acceptable);
    }
    std::vector<CaseRow> due(Date day, std::optional<std::pair<Date, CaseKey>> after,
                             std::size_t limit) override {
        return inner_->due(day, after, limit);
    }
    Counts counts() override { return inner_->counts(); }
    void publish(const Digest& digest, std::string_view text) override {
        inner_->publish(digest, text);
    }
    std::optional<std::string> published(const Digest& digest) override {
        return inner_->published(digest);
    }
    std::vector<SealedRow> sealed(CaseKey key) override { return inner_->sealed(key); }
    bool has_sealed() override { return inner_->has_sealed(); }
    std::optional<PersonKeyRow> person(std::int64_t id) override { return inner_->person(id); }
    std::optional<PersonKeyRow> person(std::string_view token) override {
        return inner_->person(token);
    }
    std::int64_t put_person(const PersonKeyRow& row) override { return inner_->put_person(row); }
    std::vector<PersonKeyRow> persons(std::int64_t after, std::size_t limit) override {
        return inner_->persons(after, limit);
    }
    std::vector<CaseKey> cases_of_person(std::int64_t id, CaseKey after,
                                         std::size_t limit) override {
        return inner_->cases_of_person(id, after, limit);
    }

private:
    std::unique_ptr<Store> inner_;
};

}  // namespace workflow::testing
