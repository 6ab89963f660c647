#include "memory_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "change.hpp"

namespace workflow::inline v0 {
namespace {

/// Tables as ordered maps. Each change records how to undo it. A rollback runs these records
/// backwards.
class MemoryStore final : public Store {
public:
    explicit MemoryStore(Hashing hashing) : hashing_(hashing) {}

    [[nodiscard]] Hashing hashing() const override { return hashing_; }
    bool begin() override {
        if (open_) throw StoreError("a unit of work is already open");
        open_ = true;
        return false;
    }
    void commit() override {
        if (!open_) throw StoreError("there is no unit of work to commit");
        if (spoiled_) {
            rollback();
            throw StoreError("a write in this unit of work failed: nothing of it was kept");
        }
        undo_.clear();
        open_ = false;
    }
    void rollback() noexcept override {
        for (auto note = undo_.rbegin(); note != undo_.rend(); ++note) (*note)();
        undo_.clear();
        open_ = spoiled_ = false;
    }

    CaseKey new_case() override {
        needs_a_unit();
        return CaseKey{++last_key_};
    }

    void append(const Change& change) override {
        needs_a_unit();
        const bool was_spoiled = std::exchange(spoiled_, true);  // until the end is reached
        const auto& row = change.row;
        const auto before = store::version_before(change);
        const auto known = cases_.find(row.key);
        if (change.opened ? known != cases_.end() || by_number_.contains(row.number)
                          : known == cases_.end() || known->second.version != before)
            throw StoreError(fmt::format("case {} is not at version {}", row.number.text, before));
        if (!change.request.empty() && requests_.contains(change.request))
            throw StoreError(fmt::format("the request {} already exists", change.request.text));

        last_key_ = std::max(last_key_, static_cast<std::int64_t>(row.key));
        auto next = row;
        if (!change.opened) {
            const auto& old = known->second;
            next.number = old.number;
            next.item = old.item;
            next.definition = old.definition;
            next.hall = old.hall;
            next.opened = old.opened;
        }
        put_case(next);
        append_events(row.key, change.events);
        for (const auto task : change.removed) put_task({row.key, task}, {});
        for (const auto& task : change.put) put_task({row.key, task.task}, task);
        append_beside(row.key, change);
        for (const auto& [queue, officer] : change.turns) {
            undo_.emplace_back(
                [this, queue = queue, old = last_turn(queue)] { turns_[queue] = old; });
            turns_[queue] = officer;
        }
        for (const auto& step : change.matters) {
            auto& kept = matters_[step.matter.bytes];
            undo_.emplace_back([this, matter = step.matter.bytes, old = kept] {
                if (old == MatterRow())
                    matters_.erase(matter);
                else
                    matters_[matter] = old;
            });
            kept.matter = step.matter;
            if (!step.received) {
                ++kept.decided;
                kept.first.reset();
            } else if (!kept.first) {
                kept.first = step.received;
            }
        }
        if (!change.request.empty()) {
            requests_.emplace(change.request, RequestRow{row.key, row.version});
            undo_.emplace_back([this, key = change.request] { requests_.erase(key); });
        }
        spoiled_ = was_spoiled;
    }

    std::optional<CaseRow> find(const CaseNumber& number) override {
        const auto key = by_number_.find(number);
        return key == by_number_.end() ? std::nullopt : find(key->second);
    }
    std::optional<CaseRow> find(CaseKey key) override {
        const auto row = cases_.find(key);
        return row == cases_.end() ? std::nullopt : std::optional(row->second);
    }
    std::optional<CaseNumber> last_number(std::string_view prefix) override {
        auto after = by_number_.lower_bound(CaseNumber(std::string(prefix) + '\xff'));
        if (after == by_number_.begin() || !std::prev(after)->first.text.starts_with(prefix))
            return {};
        return std::prev(after)->first;
    }
    std::vector<EventRecord> events(CaseKey key) override {
        const auto found = events_.find(key);
        return found == events_.end() ? std::vector<EventRecord>() : found->second;
    }
    std::optional<EventRecord> last_event() override {
        if (order_.empty()) return {};
        const auto& [key, sequence] = order_.back();
        return events_.at(key)[sequence - 1];
    }
    void events_after(std::int64_t position,
                      const std::function<bool(const EventPlace&)>& visit) override {
        for (auto at = static_cast<std::size_t>(std::max<std::int64_t>(position, 0));
             at < order_.size(); ++at) {
            const auto& [key, sequence] = order_[at];
            const auto& record = events_.at(key)[sequence - 1];
            if (!visit({static_cast<std::int64_t>(at) + 1, key, sequence, record.hash})) return;
        }
    }
    std::optional<RequestRow> request(const CommandKey& key) override {
        const auto found = requests_.find(key);
        return found == requests_.end() ? std::nullopt : std::optional(found->second);
    }

    std::vector<CaseRow> cases(const CaseFilter& filter) override {
        std::vector<CaseRow> rows;
        for (auto at = cases_.upper_bound(filter.after);
             at != cases_.end() && rows.size() < filter.limit; ++at) {
            const auto& row = at->second;
            const auto due = [&](const std::optional<Date>& day) {
                return day && *day <= *filter.due_by;
            };
            if (!filter.journal && row.item.empty()) continue;
            if (filter.item && row.item != *filter.item) continue;
            if (filter.status && row.status != *filter.status) continue;
            if (filter.hall && row.hall != *filter.hall) continue;
            if (filter.due_by && !due(row.statutory_due) && !due(row.promised_due)) continue;
            rows.push_back(row);
        }
        return rows;
    }
    std::vector<TaskRow> tasks(const TaskFilter& filter) override {
        std::vector<TaskRow> rows;
        for (auto at = tasks_.upper_bound({filter.after, filter.after_task});
             at != tasks_.end() && rows.size() < filter.limit; ++at) {
            const auto& row = at->second;
            if (filter.holder && row.holder != *filter.holder) continue;
            if (filter.post && row.post != *filter.post) continue;
            if (filter.item && row.item != *filter.item) continue;
            rows.push_back(row);
        }
        return rows;
    }
    std::vector<TaskRow> tasks_of(CaseKey key) override {
        std::vector<TaskRow> rows;
        for (auto at = tasks_.lower_bound({key, TaskNumber{0}});
             at != tasks_.end() && at->first.first == key; ++at)
            rows.push_back(at->second);
        return rows;
    }
    std::optional<TaskRow> next_held(const OfficerId& officer) override {
        if (officer.empty()) return {};
        const auto at = held_.lower_bound({officer, first_turn, {}});
        if (at == held_.end() || std::get<0>(*at) != officer) return {};
        return tasks_.at(std::get<2>(*at));
    }
    std::uint32_t held(const OfficerId& officer) override {
        std::uint32_t count = 0;
        for (auto at = held_.lower_bound({officer, first_turn, {}});
             at != held_.end() && std::get<0>(*at) == officer; ++at)
            ++count;
        return count;
    }
    OfficerId last_turn(std::string_view queue) override {
        const auto found = turns_.find(queue);
        return found == turns_.end() ? OfficerId() : found->second;
    }
    std::optional<MatterRow> matter(const Digest& matter) override {
        const auto found = matters_.find(matter.bytes);
        return found == matters_.end() ? std::nullopt : std::optional(found->second);
    }
    std::vector<MatterRow> matters(const std::optional<Digest>& after, std::size_t limit) override {
        std::vector<MatterRow> rows;
        for (auto at = after ? matters_.upper_bound(after->bytes) : matters_.begin();
             at != matters_.end() && rows.size() < limit; ++at)
            rows.push_back(at->second);
        return rows;
    }
    std::optional<Digest> draw_key() override { return draw_key_; }
    void put_draw_key(const Digest& key) override {
        needs_a_unit();
        if (draw_key_) throw StoreError("the store already has a secret for draws");
        draw_key_ = key;
        undo_.emplace_back([this] { draw_key_.reset(); });
    }
    std::uint32_t reads(const OfficerId& officer, Instant since) override {
        std::uint32_t count = 0;
        for (auto at = reads_.lower_bound({officer, since, CaseKey{INT64_MIN}});
             at != reads_.end() && std::get<0>(*at) == officer; ++at)
            ++count;
        return count;
    }
    std::optional<TaskRow> next_claimable(
        const OfficerId& officer, std::span<const PostId> posts, const HallId& hall,
        const std::function<bool(const TaskRow&)>& acceptable) override {
        const auto mark = ' ' + officer.text + ' ';
        const TaskRow* best = nullptr;
        const auto look = [&](const PostId& post, const HallId& at_hall) {
            const auto queue = std::pair{post, at_hall};
            for (auto at = waiting_.lower_bound({queue, first_turn, {}});
                 at != waiting_.end() && std::get<0>(*at) == queue; ++at) {
                const auto& row = tasks_.at(std::get<2>(*at));
                if (best && turn_of(*best) <= turn_of(row)) return;
                if (row.barred.find(mark) != std::string::npos || !acceptable(row)) continue;
                best = &row;
                return;
            }
        };
        for (const auto& post : posts) {
            look(post, HallId());
            if (!hall.empty()) look(post, hall);
        }
        return best ? std::optional(*best) : std::nullopt;
    }
    std::vector<CaseRow> due(Date day, std::optional<std::pair<Date, CaseKey>> after,
                             std::size_t limit) override {
        std::vector<CaseRow> rows;
        auto at = after ? by_wake_.upper_bound(*after) : by_wake_.begin();
        for (; at != by_wake_.end() && at->first <= day && rows.size() < limit; ++at)
            rows.push_back(cases_.at(at->second));
        return rows;
    }
    Counts counts() override {
        Counts counts{cases_.size(), 0, tasks_.size()};
        for (const auto& [key, records] : events_) counts.events += records.size();
        return counts;
    }
    void publish(const Digest& digest, std::string_view text) override {
        needs_a_unit();
        const std::string name(reinterpret_cast<const char*>(digest.bytes.data()),
                               digest.bytes.size());
        if (definitions_.emplace(name, text).second)
            undo_.emplace_back([this, name] { definitions_.erase(name); });
    }
    std::optional<std::string> published(const Digest& digest) override {
        const auto found = definitions_.find(
            std::string(reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()));
        return found == definitions_.end() ? std::nullopt : std::optional(found->second);
    }

    std::vector<SealedRow> sealed(CaseKey key) override {
        std::vector<SealedRow> rows;
        for (auto at = sealed_.lower_bound({key, 0, INT64_MIN});
             at != sealed_.end() && std::get<0>(at->first) == key; ++at)
            rows.push_back({std::get<1>(at->first), std::get<2>(at->first), at->second});
        return rows;
    }
    bool has_sealed() override { return !sealed_.empty(); }
    std::optional<PersonKeyRow> person(std::int64_t id) override {
        const auto row = persons_.find(id);
        return row == persons_.end() ? std::nullopt : std::optional(row->second);
    }
    std::optional<PersonKeyRow> person(std::string_view token) override {
        const auto id = by_token_.find(token);
        return id == by_token_.end() ? std::nullopt : person(id->second);
    }
    std::int64_t put_person(const PersonKeyRow& row) override {
        needs_a_unit();
        const bool was_spoiled = std::exchange(spoiled_, true);
        auto old = person(row.id);
        if (row.id != 0 && !old)
            throw StoreError(fmt::format("there is no person {} to replace", row.id));
        if (const auto other = person(row.token); other && other->id != row.id)
            throw StoreError(fmt::format("the token already belongs to person {}", other->id));
        auto next = row;
        if (next.id == 0) next.id = persons_.empty() ? 1 : persons_.rbegin()->first + 1;
        set_person(next.id, next);
        undo_.emplace_back([this, id = next.id, old = std::move(old)] { set_person(id, old); });
        spoiled_ = was_spoiled;
        return next.id;
    }
    std::vector<PersonKeyRow> persons(std::int64_t after, std::size_t limit) override {
        std::vector<PersonKeyRow> rows;
        for (auto at = persons_.upper_bound(after); at != persons_.end() && rows.size() < limit;
             ++at)
            rows.push_back(at->second);
        return rows;
    }
    std::vector<CaseKey> cases_of_person(std::int64_t id, CaseKey after,
                                         std::size_t limit) override {
        std::vector<CaseKey> keys;
        for (auto at = sealed_of_.upper_bound({id, after});
             at != sealed_of_.end() && at->first == id && keys.size() < limit; ++at)
            keys.push_back(at->second);
        return keys;
    }

private:
    using TaskKey = std::pair<CaseKey, TaskNumber>;
    using SealedKey = std::tuple<CaseKey, std::uint32_t, std::int64_t>;
    /// The order of tasks: `comes_first` before others, then by waiting time.
    using Turn = std::pair<bool, Instant>;
    static constexpr Turn first_turn{false, Instant{INT64_MIN}};
    static Turn turn_of(const TaskRow& row) { return {!row.comes_first, row.offered}; }

    void needs_a_unit() const {
        if (!open_) throw StoreError("writing to the store requires a unit of work");
    }

    void put_case(const CaseRow& row) {
        auto old = find(row.key);
        set_case(row.key, row);
        undo_.emplace_back([this, key = row.key, old = std::move(old)] { set_case(key, old); });
    }
    void set_case(CaseKey key, const std::optional<CaseRow>& row) {
        if (const auto known = cases_.find(key); known != cases_.end()) {
            if (known->second.wake) by_wake_.erase({*known->second.wake, key});
            by_number_.erase(known->second.number);
            cases_.erase(known);
        }
        if (!row) return;
        cases_.emplace(key, *row);
        by_number_.emplace(row->number, key);
        if (row->wake) by_wake_.emplace(*row->wake, key);
    }

    void append_events(CaseKey key, const std::vector<EventRecord>& events) {
        auto& records = events_[key];
        const auto size = records.size();
        records.insert(records.end(), events.begin(), events.end());
        for (const auto& event : events) order_.emplace_back(key, event.sequence);
        undo_.emplace_back([this, key, size, all = order_.size() - events.size()] {
            order_.resize(all);
            const auto found = events_.find(key);
            found->second.resize(size);
            if (size == 0) events_.erase(found);
        });
    }

    void put_task(const TaskKey& key, const std::optional<TaskRow>& row) {
        const auto known = tasks_.find(key);
        auto old = known == tasks_.end() ? std::nullopt : std::optional(known->second);
        set_task(key, row);
        undo_.emplace_back([this, key, old = std::move(old)] { set_task(key, old); });
    }
    void set_task(const TaskKey& key, const std::optional<TaskRow>& row) {
        if (const auto known = tasks_.find(key); known != tasks_.end()) {
            const auto& old = known->second;
            held_.erase({old.holder, turn_of(old), key});
            waiting_.erase({{old.post, old.hall}, turn_of(old), key});
            tasks_.erase(known);
        }
        if (!row) return;
        tasks_.emplace(key, *row);
        if (row->holder.empty())
            waiting_.insert({{row->post, row->hall}, turn_of(*row), key});
        else
            held_.insert({row->holder, turn_of(*row), key});
    }

    void append_beside(CaseKey key, const Change& change) {
        for (const auto& row : change.sealed) {
            const SealedKey place{key, row.sequence, row.person};
            if (!sealed_.emplace(place, row.box).second)
                throw StoreError(
                    fmt::format("case {}: event {} already has sealed data of person {}",
                                change.row.number.text, row.sequence, row.person));
            const bool first = sealed_of_.emplace(row.person, key).second;
            undo_.emplace_back([this, place, first] {
                sealed_.erase(place);
                if (first) sealed_of_.erase({std::get<2>(place), std::get<0>(place)});
            });
        }
        for (const auto& [officer, at] : change.reads) {
            const std::tuple read{officer, at, key};
            if (reads_.insert(read).second)
                undo_.emplace_back([this, read] { reads_.erase(read); });
        }
    }

    void set_person(std::int64_t id, const std::optional<PersonKeyRow>& row) {
        if (const auto known = persons_.find(id); known != persons_.end()) {
            by_token_.erase(known->second.token);
            persons_.erase(known);
        }
        if (!row) return;
        persons_.emplace(id, *row);
        if (!row->token.empty()) by_token_.emplace(row->token, id);
    }

    Hashing hashing_;
    bool open_ = false;     // a unit of work is open
    bool spoiled_ = false;  // a write in it failed
    std::int64_t last_key_ = 0;
    std::map<CaseKey, CaseRow> cases_;
    std::map<CaseNumber, CaseKey> by_number_;
    std::set<std::pair<Date, CaseKey>> by_wake_;
    std::map<CaseKey, std::vector<EventRecord>> events_;
    std::vector<std::pair<CaseKey, std::uint32_t>> order_;  // of all events, by position
    std::map<TaskKey, TaskRow> tasks_;
    std::set<std::tuple<OfficerId, Turn, TaskKey>> held_;
    std::set<std::tuple<std::pair<PostId, HallId>, Turn, TaskKey>> waiting_;
    std::map<std::string, OfficerId, std::less<>> turns_;
    std::map<decltype(Digest::bytes), MatterRow> matters_;
    std::optional<Digest> draw_key_;
    std::map<CommandKey, RequestRow> requests_;
    std::map<std::string, std::string> definitions_;
    std::map<SealedKey, std::string> sealed_;
    std::set<std::pair<std::int64_t, CaseKey>> sealed_of_;  // by person
    std::map<std::int64_t, PersonKeyRow> persons_;
    std::map<std::string, std::int64_t, std::less<>> by_token_;
    std::set<std::tuple<OfficerId, Instant, CaseKey>> reads_;
    std::vector<std::function<void()>> undo_;
};

}  // namespace

std::unique_ptr<Store> open_memory_store(Hashing hashing) {
    return std::make_unique<MemoryStore>(hashing);
}

}  // namespace workflow::inline v0
