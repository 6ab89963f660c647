#include "compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <tuple>

#include "../../trail/codec.hpp"
#include "../trail_pages.hpp"
#include "tally.hpp"

namespace workflow::report {
namespace {

class Reading {
public:
    Reading(const Catalog& catalog, Store& store, const CompareOptions& options)
        : catalog_(catalog),
          store_(store),
          options_(options),
          tally_(options),
          reader_(catalog, store, store_in_use_,
                  {[this](std::uint32_t stratum, std::int32_t day, const TaskDrawn& drawn,
                          const DrawFact& draw) {
                       tally_.drawn(stratum, day, drawn, draw, reader_.officers);
                   },
                   [this](std::uint32_t officer, std::int32_t day, bool red) {
                       tally_.signalled(officer, day, red);
                   }}) {}

    Comparison report() {
        read();
        for (const auto& [key, fact] : open_) tally_.add(fact, key);
        open_.clear();
        count_grades();
        Comparison report;
        report.events = events_;
        tally_.finish(reader_, catalog_, store_, report);
        find_pairs(report);
        return report;
    }

private:
    /// Two threads take pages in turn: one at a time reads the store, both decode pages in
    /// parallel, and pages are counted in their order.
    void read() {
        TrailPages pages(store_);
        std::thread second([&] { take_turns(pages); });
        take_turns(pages);
        second.join();
        if (failure_) std::rethrow_exception(failure_);
    }

    struct Happened {
        CaseKey key{};
        Event event;
    };

    void take_turns(TrailPages& pages) {
        try {
            store::EventPage page;
            std::vector<Happened> events;
            while (true) {
                std::uint64_t number = 0;
                {
                    const std::scoped_lock lock(store_in_use_);
                    if (read_all_) return;
                    pages.next(page);
                    read_all_ = page.entries.empty();
                    if (read_all_) return;
                    number = pages_read_++;
                }
                decode(page, events);
                std::unique_lock lock(turns_);
                next_turn_.wait(lock, [&] { return turn_ == number || failure_; });
                if (failure_) return;
                count(events);
                if (options_.progress) options_.progress(events_);
                ++turn_;
                next_turn_.notify_all();
            }
        } catch (...) {
            const std::scoped_lock lock(turns_);
            if (!failure_) failure_ = std::current_exception();
            next_turn_.notify_all();
        }
    }

    void decode(const store::EventPage& page, std::vector<Happened>& events) {
        // Existing entries are overwritten, so that their texts and lists keep their memory.
        events.resize(page.entries.size());
        std::string_view rest = page.bodies;
        for (std::size_t i = 0; i < events.size(); ++i) {
            const auto& entry = page.entries[i];
            events[i].key = entry.case_key;
            decode_entry(rest.substr(0, entry.size), entry.case_key, events[i].event);
            rest.remove_prefix(entry.size);
        }
    }

    void count(const std::vector<Happened>& events) {
        CaseKey last{};
        CaseFact* fact = nullptr;
        for (const auto& [key, event] : events) {
            if (about_rating(key, event)) continue;
            if (!fact || key != last) {
                last = key;
                fact = &open_[last];
            }
            if (!reader_.take(*fact, event)) continue;
            tally_.add(*fact, key);
            last_ended_ = {key, std::move(*fact)};
            open_.erase(last);
            fact = nullptr;
        }
        events_ += events.size();
    }

    // ---- ratings, which may come long after the case has ended

    /// A visit, or a case, that may be rated; `grade` 0: not rated, or the rating is set aside.
    struct Moment {
        std::uint32_t officer = nobody, item = 0, hall = 0;
        std::int32_t day = 0;
        std::uint8_t grade = 0;
    };
    static std::uint64_t moment_key(CaseKey key, TaskNumber task) {
        return static_cast<std::uint64_t>(key) << 20 | number(task);
    }
    void invite(CaseKey key, const RatingInvited& invited, const Event& event) {
        // The last invitations of a case directly follow the act that ended it.
        const auto open = open_.find(key);
        if (open == open_.end() && last_ended_.first != key) return;
        const auto& fact = open == open_.end() ? last_ended_.second : open->second;
        if (!fact.edition) return;
        const auto who =
            invited.officer.empty() ? nobody : reader_.officers.number(invited.officer.text);
        moments_[moment_key(key, invited.task)] = {
            who, fact.edition->item, fact.hall,
            static_cast<std::int32_t>(local_date(event.happened, event.offset).days), 0};
    }
    bool about_rating(CaseKey key, const Event& event) {
        if (const auto* invited = std::get_if<RatingInvited>(&event.what)) {
            invite(key, *invited, event);
            return true;
        }
        const auto* rated = std::get_if<CaseRated>(&event.what);
        const auto* aside = std::get_if<RatingSetAside>(&event.what);
        if (!rated && !aside) return std::holds_alternative<RatingSupplemented>(event.what);
        const auto found = moments_.find(moment_key(key, rated ? rated->task : aside->task));
        if (found != moments_.end())
            found->second.grade = rated ? static_cast<std::uint8_t>(rated->grade) : 0;
        return true;
    }
    void count_grades() {
        for (const auto& [key, moment] : moments_) {
            if (moment.grade == 0) continue;
            const bool bad = negative(static_cast<Grade>(moment.grade));
            tally_.rated(moment.officer, moment.item, moment.hall, moment.day,
                         {1, bad ? 1U : 0U, moment.grade});
        }
    }

    // ---- pairs

    /// The fields given in a case, as texts; who decided it, and how it ended.
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
            Event event;
            decode_entry(record.body, row.key, event);
            if (const auto* opened = std::get_if<CaseOpened>(&event.what))
                give(opened->fields, opened->materials);
            if (const auto* supplied = std::get_if<MaterialsSupplied>(&event.what))
                give(supplied->fields, supplied->materials);
            const auto* done = std::get_if<TaskCompleted>(&event.what);
            const auto* first = done ? edition->process->first_of(done->path) : nullptr;
            if (first && first->decides) given.officer = done->officer;
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
        // The fingerprints are equal; the facts themselves are compared here.
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
    std::unordered_map<std::uint64_t, Moment> moments_;
    std::pair<CaseKey, CaseFact> last_ended_;
    std::uint64_t events_ = 0;

    // Shared by the two threads that read; `store_in_use_` guards the first two.
    bool read_all_ = false;
    std::uint64_t pages_read_ = 0;
    std::mutex turns_;
    std::condition_variable next_turn_;
    std::uint64_t turn_ = 0;
    std::exception_ptr failure_;
};

}  // namespace

Comparison compare(const Catalog& catalog, Store& store, const CompareOptions& options) {
    return Reading(catalog, store, options).report();
}

}  // namespace workflow::report
