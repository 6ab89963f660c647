#include "compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>

#include "../store/event_pages.hpp"
#include "../trail/codec.hpp"
#include "compare_tally.hpp"

namespace workflow::report {
namespace {

constexpr std::size_t page_bytes = 1U << 20;

/// All events of a store, a page at a time: in the order of the file where the store can, else a
/// case after the other.
class Pages {
public:
    explicit Pages(Store& store)
        : store_(store), in_order_(dynamic_cast<store::EventPages*>(&store)) {}

    /// Empty at the end.
    void next(store::EventPage& page) {
        if (in_order_) {
            in_order_->read_page(after_, page_bytes, page);
            if (!page.entries.empty()) after_ = page.last;
            return;
        }
        page.clear();
        CaseFilter filter;
        filter.after = after_case_;
        filter.limit = 256;
        for (const auto& row : store_.cases(filter)) {
            for (const auto& record : store_.events(row.key)) {
                page.entries.push_back({row.key, static_cast<std::uint32_t>(record.body.size())});
                page.bodies += record.body;
            }
            after_case_ = row.key;
        }
    }

private:
    Store& store_;
    store::EventPages* in_order_;
    std::int64_t after_ = std::numeric_limits<std::int64_t>::min();
    CaseKey after_case_{};
};

/// Pages on their way from the thread that reads to the one that counts.
class Belt {
public:
    /// False when the other side has given up.
    bool put(store::EventPage page) {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [&] { return pages_.size() < 4 || closed_; });
        if (closed_) return false;
        pages_.push_back(std::move(page));
        filled_.notify_one();
        return true;
    }
    std::optional<store::EventPage> take() {
        std::unique_lock lock(mutex_);
        filled_.wait(lock, [&] { return !pages_.empty() || closed_; });
        if (pages_.empty()) return {};
        auto page = std::move(pages_.front());
        pages_.pop_front();
        room_.notify_one();
        return page;
    }
    void close() {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        room_.notify_all();
        filled_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable room_, filled_;
    std::deque<store::EventPage> pages_;
    bool closed_ = false;
};

class Reading {
public:
    Reading(const Catalog& catalog, Store& store, const CompareOptions& options)
        : catalog_(catalog),
          store_(store),
          options_(options),
          tally_(options),
          reader_(catalog, store, store_in_use_,
                  {[this](std::uint32_t stratum, std::int32_t day, std::size_t candidates) {
                       tally_.drawn(stratum, day, candidates);
                   },
                   [this](std::uint32_t officer, std::int32_t day, bool red) {
                       tally_.signalled(officer, day, red);
                   }}) {}

    Comparison report() {
        read();
        for (const auto& [key, fact] : open_) tally_.add(fact, key);
        open_.clear();
        Comparison report;
        report.events = events_;
        tally_.finish(reader_, catalog_, store_, report);
        find_pairs(report);
        return report;
    }

private:
    void read() {
        Belt belt;
        std::exception_ptr failure;
        std::thread counting([&] {
            try {
                while (const auto page = belt.take()) count(*page);
            } catch (...) {
                failure = std::current_exception();
                belt.close();
            }
        });
        std::exception_ptr unread;
        try {
            Pages pages(store_);
            std::uint64_t events = 0;
            while (true) {
                store::EventPage page;
                {
                    const std::scoped_lock lock(store_in_use_);
                    pages.next(page);
                }
                if (page.entries.empty()) break;
                events += page.entries.size();
                if (!belt.put(std::move(page))) break;
                if (options_.progress) options_.progress(events);
            }
        } catch (...) {
            unread = std::current_exception();
        }
        belt.close();
        counting.join();
        for (const auto& thrown : {unread, failure})
            if (thrown) std::rethrow_exception(thrown);
    }

    void count(const store::EventPage& page) {
        std::string_view rest = page.bodies;
        CaseKey last{};
        CaseFact* fact = nullptr;
        for (const auto& entry : page.entries) {
            const auto body = rest.substr(0, entry.size);
            rest.remove_prefix(entry.size);
            ++events_;
            if (!fact || entry.case_key != last) {
                last = entry.case_key;
                fact = &open_[last];
            }
            if (!reader_.take(*fact, decoded(body, entry.case_key))) continue;
            tally_.add(*fact, entry.case_key);
            open_.erase(last);
            fact = nullptr;
        }
    }

    Event decoded(std::string_view body, CaseKey key) {
        try {
            return trail::decode(body);
        } catch (const trail::CodecError& error) {
            throw StoreError(fmt::format("case with key {}: {}; run `workflow trail verify`",
                                         static_cast<std::int64_t>(key), error.what()));
        }
    }

    // ---- pairs

    /// What was given in a case, as texts; who decided it, and how it ended.
    struct Given {
        std::vector<std::string> facts;
        std::string end;
        OfficerId officer;
    };
    Given given(const CaseRow& row) {
        Given given;
        given.end = row.status;
        const auto* edition = reader_.edition_of(row.item, row.definition);
        const auto give = [&](const FieldValues& fields,
                              const std::vector<MaterialReceipt>& materials) {
            for (const auto& [field, value] : fields) {
                const auto slot = edition->process->field(field);
                if (slot && edition->compared[*slot])
                    given.facts.push_back(field.text + '=' + to_string(value));
            }
            for (const auto& one : materials)
                given.facts.push_back(
                    fmt::format("{}:{}", one.material.text, static_cast<int>(one.form)));
        };
        if (!edition->process) return given;
        for (const auto& record : store_.events(row.key)) {
            const auto event = decoded(record.body, row.key);
            if (const auto* opened = std::get_if<CaseOpened>(&event.what))
                give(opened->fields, opened->materials);
            if (const auto* supplied = std::get_if<MaterialsSupplied>(&event.what))
                give(supplied->fields, supplied->materials);
            const auto* done = std::get_if<TaskCompleted>(&event.what);
            if (done && !done->path.empty() &&
                done->path.front() < edition->process->transitions.size() &&
                edition->process->transitions[done->path.front()].decides)
                given.officer = done->officer;
        }
        return given;
    }

    void find_pairs(Comparison& report) {
        auto& decided = tally_.decided;
        std::sort(decided.begin(), decided.end(), [](const auto& a, const auto& b) {
            return std::tie(a.item, a.facts, a.key) < std::tie(b.item, b.facts, b.key);
        });
        for (auto from = decided.begin(); from != decided.end();) {
            const auto to = std::find_if(from, decided.end(), [&](const auto& one) {
                return one.item != from->item || one.facts != from->facts;
            });
            const auto other =
                std::find_if(from, to, [&](const auto& one) { return one.end != from->end; });
            if (other != to) add_pair(from->key, other->key, report);
            from = to;
        }
    }

    void add_pair(CaseKey one, CaseKey other, Comparison& report) {
        if (report.pairs.size() >= options_.listed) {
            ++report.pairs_left_out;
            return;
        }
        const auto first = store_.find(one), second = store_.find(other);
        if (!first || !second) return;
        const auto here = given(*first), there = given(*second);
        // The fingerprints are equal; that the facts are is seen only here.
        if (here.facts != there.facts) return;
        report.pairs.push_back({first->item, first->number, second->number, here.end, there.end,
                                here.officer, there.officer});
    }

    const Catalog& catalog_;
    Store& store_;
    const CompareOptions& options_;
    std::mutex store_in_use_;
    Tally tally_;
    FactReader reader_;
    std::unordered_map<CaseKey, CaseFact> open_;
    std::uint64_t events_ = 0;
};

}  // namespace

Comparison compare(const Catalog& catalog, Store& store, const CompareOptions& options) {
    return Reading(catalog, store, options).report();
}

}  // namespace workflow::report
