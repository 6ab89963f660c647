#include "verify_trail.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <future>
#include <limits>
#include <thread>

#include "../store/whole_file.hpp"
#include "../trail/codec.hpp"
#include "catalog_access.hpp"
#include "transaction.hpp"
#include "verify_tables.hpp"

namespace workflow::shell {
namespace {

constexpr std::size_t page = 256;

/// Visits the cases that match `filter`, a page at a time.
void for_each_page(Store& store, CaseFilter filter,
                   const std::function<void(const std::vector<CaseRow>&)>& visit) {
    filter.limit = page;
    filter.after = CaseKey{std::numeric_limits<std::int64_t>::min()};
    while (true) {
        const auto rows = store.cases(filter);
        visit(rows);
        if (rows.size() < page) return;
        filter.after = rows.back().key;
    }
}

/// Checks a snapshot of a store.
class Verification {
public:
    Verification(EngineContext& place, const std::function<void(std::uint64_t)>& progress)
        : context_(place),
          progress_(progress),
          hash_(system_entropy()),
          vault_(place.options.vault) {
        auto* whole = dynamic_cast<store::WholeFile*>(place.store.get());
        if (whole)
            open_file(*whole);
        else
            place.store->begin();  // another program cannot reach a store in memory
        vault_.look(store());
        catalog_.emplace(place.given);
        try {
            catalog_.emplace(as_staffed(place.given, store()));
        } catch (const StoreError&) {
            // Reported where the journal is checked.
        }
    }
    ~Verification() {
        store().rollback();
        if (beside_) beside_->rollback();
    }
    Verification(const Verification&) = delete;
    Verification& operator=(const Verification&) = delete;

    TrailReport run() {
        auto* const file = dynamic_cast<store::WholeFile*>(beside_.get());
        // If check_cases throws, `reading` waits for the thread. The thread owns copies, because
        // other variables are gone by then.
        std::future<FileSide> reading;
        if (file)
            reading =
                std::async(std::launch::async, [this, file] { return read_side(*file, hash_); });
        check_cases(nullptr);
        check_persons();
        if (file) compare(*file, reading.get());
        // A copy that was opened as immutable must not have changed.
        if (own_) own_->commit();
        return std::move(report_);
    }

private:
    Store& store() { return own_ ? *own_ : *context_.store; }

    /// Opens two connections that see the same snapshot: every write adds an event.
    void open_file(store::WholeFile& whole) {
        own_ = whole.another_reader();
        beside_ = whole.another_reader();
        const auto end_of = [](Store& store) {
            const auto last = store.last_event();
            return last ? std::pair(last->case_key, last->hash) : std::pair<CaseKey, Digest>();
        };
        for (int tries = 0;; ++tries) {
            own_->begin();
            beside_->begin();
            if (end_of(*own_) == end_of(*beside_)) return;
            own_->rollback();
            beside_->rollback();
            if (tries == 1000)
                throw StoreError("the store is written too fast to be verified; try again");
        }
    }

    void add(TrailReport::Break found) {
        ++report_.broken;
        if (report_.breaks.size() < 1000) report_.breaks.push_back(std::move(found));
    }
    void add(std::string table, std::string row, std::string column, std::string what) {
        add({{}, 0, std::move(what), std::move(table), std::move(row), std::move(column)});
    }

    std::shared_ptr<const process::Process> process_of(const ItemId& item, const Digest& digest) {
        if (auto current = compiled(*catalog_).process(item); current && current->digest == digest)
            return current;
        const std::string key(view(digest));
        if (const auto found = restored_.find(key); found != restored_.end()) return found->second;
        const auto bundled = store().published(digest);
        auto process = bundled ? compiled(*catalog_).restore(*bundled) : nullptr;
        if (process && process->digest != digest) process = nullptr;
        return restored_[key] = std::move(process);
    }

    std::vector<EventRecord> records_of(CaseKey key, std::vector<std::int64_t>& positions) {
        auto* file = dynamic_cast<store::WholeFile*>(own_.get());
        return file ? file->events_at(key, positions) : store().events(key);
    }

    GatheredCase gather(const CaseRow& row) {
        GatheredCase all;
        all.row = row;
        all.records = records_of(row.key, all.positions);
        all.tasks = store().tasks_of(row.key);
        if (all.records.empty()) return all;
        open_sealed(all);
        try {
            const auto first = trail::decode(all.records.front().body);
            if (const auto* opened = std::get_if<CaseOpened>(&first.what)) {
                all.process = process_of(opened->item, opened->definition);
                if (!all.process)
                    all.without_process = fmt::format(
                        "the store does not have the definition {} of {}, or it cannot "
                        "be read again",
                        hex(opened->definition).substr(0, 12), opened->item.text);
            } else {
                all.without_process = "the trail does not begin with case_opened";
            }
        } catch (const trail::CodecError& error) {
            all.without_process = error.what();
        }
        return all;
    }

    /// With the vault's key, checks that everything can be decrypted, and reads the applicant.
    void open_sealed(GatheredCase& all) {
        if (!vault_.unlocked()) return;
        CaseOpener whole(vault_, store(), all.row.number, all.row.key);
        if (whole.rows().empty()) return;
        try {
            for (const auto& record : all.records) {
                auto event = trail::decode(record.body);
                whole(event, record.sequence);
                const auto* opened = std::get_if<CaseOpened>(&event.what);
                if (opened && !event.sealed.empty()) all.applicant = opened->applicant.person;
            }
        } catch (const trail::CodecError&) {
            // Reported where the events are checked.
        } catch (const SealBroken& error) {
            all.not_opened = {error.sequence, error.why};
        } catch (const StoreError& error) {
            all.not_opened = {0, error.what()};
        }
    }

    /// Reads in this thread, while other threads check what was read. Pages wait in a queue with
    /// one place for each processor, and are reported in their order. `again`: only looks for rows
    /// that differ.
    void check_cases(DifferingRows* again) {
        std::deque<std::future<std::unique_ptr<CaseCheck>>> checking;
        const auto hashing = store().hashing();
        const auto take = [&](CaseCheck& checked) {
            if (again) return;
            for (auto& found : checked.breaks) add(std::move(found));
            follows_.add(checked.follows);
        };
        const auto finish_one = [&] {
            take(*checking.front().get());
            checking.pop_front();
        };
        // Few rows differ, so one thread looks for them.
        const std::size_t at_once = again ? 1 : std::max(2U, std::thread::hardware_concurrency());
        CaseFilter everything;
        everything.journal = true;
        for_each_page(store(), everything, [&](const std::vector<CaseRow>& rows) {
            std::vector<GatheredCase> cases;
            cases.reserve(rows.size());
            CaseCheck journal(compiled(*catalog_).organization(), hashing, hash_, again);
            for (const auto& row : rows) {
                if (row.item.empty()) {
                    std::vector<std::int64_t> positions;
                    const auto records = records_of(row.key, positions);
                    if (!again) report_.events += records.size();
                    journal.journal(row, records, positions);
                    continue;
                }
                cases.push_back(gather(row));
                if (again) continue;
                report_.events += cases.back().records.size();
                tasks_ += cases.back().tasks.size();
            }
            if (!again) report_.cases += cases.size();
            if (checking.size() >= at_once) finish_one();
            take(journal);
            checking.push_back(std::async(
                std::launch::async, [this, hashing, again, cases = std::move(cases)]() mutable {
                    auto check = std::make_unique<CaseCheck>(compiled(*catalog_).organization(),
                                                             hashing, hash_, again);
                    for (auto& one : cases) (*check)(one);
                    return check;
                }));
            if (again) finish_one();
            if (progress_ && !again) progress_(report_.cases);
        });
        while (!checking.empty()) finish_one();
    }

    /// Checks that the keys of persons are those that the journal and the cases name.
    void check_persons() {
        std::set<std::int64_t> erased;
        try {
            if (const auto journal = read_journal(store()))
                for (const auto& event : journal->events)
                    if (const auto* person = std::get_if<PersonErased>(&event.what))
                        erased.insert(person->person);
        } catch (const StoreError&) {
            // Reported where the journal is checked.
        }
        const auto tell = [&](std::int64_t id, const char* column, std::string what) {
            add("persons", fmt::format("id {}", id), column, std::move(what));
        };
        std::int64_t last = 0, after = std::numeric_limits<std::int64_t>::min();
        while (true) {
            const auto rows = store().persons(after, page);
            if (rows.empty()) break;
            for (const auto& row : rows) {
                after = row.id;
                if (row.id != last + 1) {
                    tell(row.id, "id",
                         fmt::format("the key of person {} is gone, or this row was put in",
                                     last + 1));
                }
                last = row.id;
                const bool gone = row.wrapped.empty();
                if (gone != row.token.empty())
                    tell(row.id, gone ? "wrapped" : "token", "the row is erased by half");
                else if (gone && !erased.contains(row.id))
                    tell(row.id, "wrapped", "the key was erased, and the journal does not say so");
                else if (!gone && erased.contains(row.id))
                    tell(row.id, "wrapped", "the key was erased, and is back");
                else if (vault_.unlocked())
                    if (auto why = vault_.fault_of(row))
                        tell(row.id, "token, wrapped", std::move(*why));
            }
        }
        if (follows_.greatest_person > last)
            tell(follows_.greatest_person, "",
                 fmt::format("the key of person {} is gone", follows_.greatest_person));
    }

    void compare(store::WholeFile& file, FileSide side) {
        for (auto& found : side.breaks) add(std::move(found));
        DifferingRows differing(follows_.sums, side.sums);
        if (!differing.none()) {
            check_cases(&differing);
            each_row(file, [&](const TableRow& row) {
                if (differing.wants(row, hash_(row))) differing.find(row);
            });
            for (const auto key : differing.owners_of_stray_events())
                if (!store().find(CaseKey{key}))
                    add("cases", fmt::format("key {}", key), "",
                        "the row is gone, and its events are there; or they never had one");
            for (auto& found : differing.breaks(follows_.unread)) add(std::move(found));
        }
        auto others = compare_tables(file, follows_);
        for (auto& found : others) add(std::move(found));
        if (side.tasks != tasks_)
            for (auto& found : stray_tasks(file, store())) add(std::move(found));
    }

    EngineContext& context_;
    const std::function<void(std::uint64_t)>& progress_;
    std::unique_ptr<Store> own_, beside_;
    RowHash hash_;
    Vault vault_;
    std::optional<Catalog> catalog_;
    std::map<std::string, std::shared_ptr<const process::Process>> restored_;
    TrailReport report_;
    FollowsFromEvents follows_;
    std::uint64_t tasks_ = 0;
};

}  // namespace

TrailReport verify_trail(EngineContext& place, const std::function<void(std::uint64_t)>& progress) {
    return Verification(place, progress).run();
}

std::vector<std::uint64_t> count_flows(EngineContext& place, const ItemId& item) {
    const auto process = compiled(place.catalog).process(item);
    if (!process) return {};
    std::vector<std::uint64_t> times(process->transitions.size());
    CaseFilter filter;
    filter.item = item;
    const auto count_case = [&](const CaseRow& row) {
        if (row.definition != process->digest) return;
        for (const auto& record : place.store->events(row.key)) {
            const auto event = decode_event(row.number, record);
            if (const auto* path = path_of(event.what))
                for (const auto id : *path) ++times.at(process->index_of(id));
        }
    };
    Transaction locked(place);
    locked.begin();
    for_each_page(*place.store, filter, [&](const std::vector<CaseRow>& rows) {
        for (const auto& row : rows) count_case(row);
    });
    return times;
}

}  // namespace workflow::shell
