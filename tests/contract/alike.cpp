// Two stores that share no code, given the same random work, must answer alike.

#include <rapidcheck.h>

#include <map>
#include <ostream>

#include "contract/stores.hpp"

using namespace workflow;
using namespace workflow::testing;

namespace {

struct Act {
    std::uint8_t kind, which, post, hall, holder, offered, wake;
};

[[maybe_unused]] std::ostream& operator<<(std::ostream& out, const Act& act) {
    for (const auto part :
         {act.kind, act.which, act.post, act.hall, act.holder, act.offered, act.wake})
        out << int{part} << ' ';
    return out;
}

std::string letter(const char* names, std::uint8_t n) {
    const std::string_view all(names);
    const char name = all[n % all.size()];
    return name == '-' ? std::string() : std::string(1, name);
}

/// Plays acts on a store; after each, `seen` has grown by what the store answers.
class Player {
public:
    explicit Player(StoreKind kind) : store_(kind) {}

    void play(const Act& act) {
        switch (act.kind % 9) {
            case 0:
                return finish(act.which % 3 != 0);
            case 1:
            case 2:
                return open(act);
            case 3:
            case 4:
            case 5:
                return go_on(act);
            case 6:
                return fail(act);
            case 7:
                return put_person(act);
            default:
                return look(act);
        }
    }
    void end() {
        finish(true);
        seen += contents(*store_);
    }

    std::string seen;

private:
    void begin() {
        if (open_) return;
        store_->begin();
        open_ = true;
        before_ = rows_;
    }
    void finish(bool keep) {
        if (!open_) return;
        open_ = false;
        if (keep) {
            try {
                store_->commit();
                seen += "kept ";
                return;
            } catch (const StoreError&) {
                seen += "spoiled ";
            }
        } else {
            store_->rollback();
        }
        rows_ = before_;
    }
    TaskRow task(const Act& act, CaseKey key) {
        auto row = waiting_task(key, 1 + act.which % 3, letter("wr", act.post),
                                letter("ns-", act.hall), act.offered % 5);
        row.holder = OfficerId(letter("ab---", act.holder));
        if (act.wake % 4 == 0) row.barred = " a ";
        row.comes_first = act.which % 5 == 0;
        return row;
    }
    void open(const Act& act) {
        begin();
        // A key of our own: how dense a store's own keys are is its affair.
        ++last_;
        auto change = opening(CaseKey{last_}, "n-" + std::to_string(last_), 1 + act.which % 3);
        change.put = {task(act, change.row.key)};
        if (act.wake % 2) change.row.wake = Date{act.wake % 7};
        if (act.holder % 3 == 0)
            change.turns = {{letter("xy", act.post), OfficerId(letter("ab", act.hall))}};
        add_beside(act, change);
        store_->append(change);
        rows_[change.row.key] = change.row;
    }
    void go_on(const Act& act) {
        if (rows_.empty()) return;
        begin();
        auto& row = std::next(rows_.begin(), act.which % rows_.size())->second;
        auto change = going_on(row, act.offered % 3);
        change.row.wake.reset();
        if (act.wake % 2) change.row.wake = Date{act.wake % 7};
        if (act.post % 3 == 0)
            change.removed = {TaskNumber{1 + act.hall % 3u}};
        else
            change.put = {task(act, row.key)};
        add_beside(act, change);
        store_->append(change);
        row = change.row;
    }
    /// Something sealed of some events, and somebody who begins to read.
    void add_beside(const Act& act, Change& change) {
        for (const auto& event : change.events)
            for (std::int64_t person = 3; person > 0; --person)
                if ((act.hall + event.sequence) % 4 == person % 4 || act.hall % 7 == 0)
                    change.sealed.push_back(
                        {event.sequence, person, letter("st-", act.holder) + '\0'});
        if (act.holder % 2)
            change.reads = {{OfficerId(letter("ab", act.post)), Instant{act.offered % 7}},
                            {OfficerId("a"), Instant{act.wake % 3}}};
    }
    void put_person(const Act& act) {
        begin();
        // Of four numbers some are nobody's yet, and of three tokens some are somebody else's.
        const PersonKeyRow row{act.which % 4, letter("pqr-", act.post), letter("uv-", act.holder)};
        try {
            seen += "person " + std::to_string(store_->put_person(row)) + ' ';
        } catch (const StoreError&) {
            seen += "refused ";
        }
    }
    void fail(const Act& act) {
        if (rows_.empty() || act.hall % 4) return;
        begin();
        const auto& row = std::next(rows_.begin(), act.which % rows_.size())->second;
        auto change = going_on(row);
        change.row.version += 1;
        try {
            store_->append(change);
        } catch (const StoreError&) {
            seen += "refused ";
        }
    }
    void look(const Act& act) {
        const auto note = [&](const std::optional<TaskRow>& row) {
            seen += row ? std::to_string(static_cast<std::int64_t>(row->case_key)) + '/' +
                              std::to_string(number(row->task)) + ' '
                        : "none ";
        };
        const std::vector<PostId> posts{PostId(letter("wr", act.post)), PostId("r")};
        const OfficerId officer(letter("abc", act.holder));
        note(store_->next_held(officer));
        seen += std::to_string(store_->held(officer)) + ' ' + store_->last_turn("x").text + ' ';
        note(store_->next_claimable(
            officer, posts, HallId(letter("ns-", act.hall)),
            [&](const TaskRow& row) { return row.offered.microseconds != act.offered % 7; }));
        std::optional<std::pair<Date, CaseKey>> after;
        if (act.which % 2) after = {Date{act.offered % 7}, CaseKey{act.which}};
        for (const auto& row : store_->due(Date{act.wake % 7}, after, 1 + act.post % 4))
            seen += row.number.text + ' ';
        TaskFilter filter;
        filter.after = CaseKey{act.which % 4};
        filter.after_task = TaskNumber{act.post % 3u};
        if (act.hall % 2) filter.holder = officer;
        filter.limit = 1 + act.offered % 5;
        for (const auto& row : store_->tasks(filter)) note(row);
        seen += std::to_string(store_->reads(officer, Instant{act.wake % 8})) + ' ';
        const auto person = store_->person(letter("pqr-", act.post));
        seen += person ? std::to_string(person->id) + person->wrapped + ' ' : "nobody ";
        for (const auto& row : store_->persons(act.which % 3, act.hall % 4u))
            seen += std::to_string(row.id) + row.token + ' ';
        for (const auto key :
             store_->cases_of_person(1 + act.holder % 3, CaseKey{act.post % 4}, act.which % 4u))
            seen += std::to_string(static_cast<std::int64_t>(key)) + ' ';
        const auto last = store_->last_number("n-" + std::to_string(act.which % 3));
        seen += last ? last->text + '\n' : "none\n";
    }

    AnyStore store_;
    bool open_ = false;
    std::int64_t last_ = 0;
    std::map<CaseKey, CaseRow> rows_, before_;
};

}  // namespace

namespace rc {
template <>
struct Arbitrary<Act> {
    static Gen<Act> arbitrary() {
        return gen::build<Act>(gen::set(&Act::kind), gen::set(&Act::which), gen::set(&Act::post),
                               gen::set(&Act::hall), gen::set(&Act::holder),
                               gen::set(&Act::offered), gen::set(&Act::wake));
    }
};
}  // namespace rc

TEST_CASE("SQLite and memory answer alike whatever work is done in them") {
    REQUIRE(rc::check("alike", [](const std::vector<Act>& acts) {
        Player memory(StoreKind::memory);
        Player sqlite(StoreKind::sqlite);
        for (const auto& act : acts) {
            memory.play(act);
            sqlite.play(act);
            RC_ASSERT(memory.seen == sqlite.seen);
        }
        memory.end();
        sqlite.end();
        RC_ASSERT(memory.seen == sqlite.seen);
    }));
}
