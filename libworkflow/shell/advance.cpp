#include "advance.hpp"

#include "catalog_access.hpp"
#include "executor.hpp"
#include "journal_notes.hpp"

namespace workflow::shell {

namespace {

/// The number of cases in one transaction: enough to share a commit, few enough that others do not
/// wait long (some twenty milliseconds).
constexpr std::size_t batch = 1000;

class Advancing {
public:
    Advancing(EngineContext& place, GroupCommit& commits, const std::function<bool()>& stop)
        : context_(place), commits_(commits), stop_(stop) {}

    /// Runs each batch in one transaction; `work` returns whether there is more to do.
    void in_batches(const std::function<bool(Transaction&)>& work) {
        for (bool more = true; more && !stopped();)
            commits_.alone([&] {
                Transaction unit(context_);
                unit.begin();
                more = work(unit);
                unit.commit();
            });
    }
    bool stopped() {
        report_.stopped = report_.stopped || (stop_ && stop_());
        return report_.stopped;
    }
    void one(Transaction& unit, const CaseRow& row, AdvanceCase how) {
        const auto answer = Executor(unit).perform(row, {how, Actor::the_engine(), {}, {}, {}});
        if (!answer) return;
        if (!answer->events.empty()) ++report_.cases;
        for (const auto& event : answer->events) count(event.what);
    }
    [[nodiscard]] Date today() const {
        return compiled(context_.catalog).organization().latest_day(context_.options.clock());
    }
    EngineContext& place() { return context_; }
    [[nodiscard]] const AdvanceReport& report() const { return report_; }

private:
    void count(const EventPayload& what) {
        if (std::holds_alternative<TimerFired>(what)) ++report_.timers;
        if (std::holds_alternative<LimitPassed>(what)) ++report_.limits;
        if (std::holds_alternative<LimitNear>(what)) ++report_.warnings;
        if (std::holds_alternative<TaskEscalated>(what)) ++report_.escalations;
        if (std::holds_alternative<DaysRecounted>(what)) ++report_.recounted;
        const auto* drawn = std::get_if<TaskDrawn>(&what);
        if (drawn && !drawn->officer.empty()) ++report_.draws;
    }

    EngineContext& context_;
    GroupCommit& commits_;
    const std::function<bool()>& stop_;
    AdvanceReport report_;
};

void advance_due(Advancing& advancing) {
    // The cursor prevents a case that remains due from being tried again and again.
    std::optional<std::pair<Date, CaseKey>> after;
    advancing.in_batches([&](Transaction& unit) {
        const auto today = advancing.today();
        const auto rows = advancing.place().store->due(today, after, batch);
        for (const auto& row : rows) {
            advancing.one(unit, row, {});
            after = {row.wake.value_or(today), row.key};
        }
        return rows.size() == batch;
    });
}

/// An absence may be entered at any time, so no due day covers the tasks it leaves undone. An
/// absent officer keeps the tasks they have claimed; an officer who has left keeps none.
void advance_left_lying(Advancing& advancing) {
    auto& place = advancing.place();
    TaskFilter left_lying;
    left_lying.limit = batch;
    const auto catalog = place.current();
    const auto& organization = compiled(catalog).organization();
    for (const auto& officer : organization.officers) {
        if (advancing.stopped()) return;
        const auto today = organization.clock_of(officer.hall).day_of(place.options.clock());
        if (!definition::absent_on(officer, today)) continue;
        const bool gone = officer.left && *officer.left <= today;
        left_lying.holder = officer.id;
        left_lying.after = {};
        left_lying.after_task = {};
        advancing.in_batches([&](Transaction& unit) {
            const auto rows = place.store->tasks(left_lying);
            for (const auto& row : rows) {
                left_lying.after = row.case_key;
                left_lying.after_task = row.task;
                if (!row.post.empty() && !gone) continue;
                const auto owner = place.store->find(row.case_key);
                if (!owner) throw StoreError("the work list has a task of no case");
                advancing.one(unit, *owner, {});
            }
            return rows.size() == batch;
        });
    }
}

}  // namespace

AdvanceReport advance(EngineContext& place, GroupCommit& commits,
                      const std::function<bool()>& stop) {
    AdvanceReport stopped;
    commits.alone([&] {
        Transaction unit(place);
        unit.begin();
        stopped.clock_behind = clock_behind(unit);
        unit.commit();
    });
    if (stopped.clock_behind) return stopped;
    Advancing advancing(place, commits, stop);
    advance_due(advancing);
    advance_left_lying(advancing);
    return advancing.report();
}

AdvanceReport recount(EngineContext& place, GroupCommit& commits,
                      const std::function<bool()>& stop) {
    Advancing advancing(place, commits, stop);
    CaseFilter open_ones;
    open_ones.status = "open";
    open_ones.limit = batch;
    advancing.in_batches([&](Transaction& unit) {
        const auto rows = place.store->cases(open_ones);
        for (const auto& row : rows) {
            advancing.one(unit, row, {true});
            open_ones.after = row.key;
        }
        return rows.size() == batch;
    });
    return advancing.report();
}

}  // namespace workflow::shell
