#include "ratings.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "../compare/facts.hpp"
#include "../trail_pages.hpp"

namespace workflow::report {

namespace {

/// One visit, or one case, that may be rated.
struct Moment {
    std::uint32_t task = 0, officer = nobody, post = nobody, window = nobody;
    std::int32_t day = 0;
    std::uint8_t grade = 0;
    bool set_aside = false;
};

struct RatedCase {
    std::uint32_t item = 0;
    bool follow_up = false, ended = false, late = false;
    std::int32_t opened = 0, due = no_day;
    /// The act that an invitation follows.
    std::uint32_t acted = 0, post = nobody;
    std::vector<Moment> moments;
};

class Counting {
public:
    Counting(const Catalog& catalog, const CompareOptions& options)
        : follow_up_item_(catalog.rating_follow_up()), options_(options) {}

    void take(CaseKey key, const Event& event) {
        auto& one = cases_[key];
        day_ = local_date(event.happened, event.offset).days;
        std::visit([&](const auto& what) { note(one, event, what); }, event.what);
    }

    RatingReport report() {
        RatingReport report;
        report.cases = cases_.size();
        for (const auto& [key, one] : cases_) {
            for (const auto& moment : one.moments) count(one, moment);
            if (one.follow_up) count(one, report.follow_ups);
        }
        if (first_) report.first = Date{*first_};
        if (last_) report.last = Date{*last_};
        report.officers = rows(officers_, officer_names_);
        report.posts = rows(posts_, post_names_);
        report.windows = rows(windows_, window_names_);
        report.items = rows(items_, item_names_);
        return report;
    }

private:
    using Key = std::pair<std::uint32_t, Month>;
    using Counts = std::map<Key, RatingFigures>;

    void note(RatedCase& one, const Event&, const CaseOpened& opened) {
        one.item = item_names_.number(opened.item.text);
        one.follow_up = follow_up_item_ && opened.item == *follow_up_item_;
        one.opened = day_;
    }
    void note(RatedCase& one, const Event&, const CaseAccepted& accepted) {
        const auto& due = accepted.promised_due ? accepted.promised_due : accepted.statutory_due;
        if (due) one.due = due->days;
    }
    void note(RatedCase& one, const Event&, const CaseEnded&) {
        one.ended = true;
        one.late = one.due != no_day && day_ > one.due;
    }
    void note(RatedCase& one, const Event& event, const TaskCompleted& completed) {
        one.acted = number(completed.task);
        one.post = post_names_.number(event.post.text);
    }
    void note(RatedCase& one, const Event&, const RatingInvited& invited) {
        Moment moment;
        moment.task = number(invited.task);
        moment.day = day_;
        if (!invited.officer.empty()) moment.officer = officer_names_.number(invited.officer.text);
        if (!invited.window.empty()) moment.window = window_names_.number(invited.window.text);
        if (moment.task != 0 && moment.task == one.acted) moment.post = one.post;
        one.moments.push_back(moment);
    }
    void note(RatedCase& one, const Event&, const CaseRated& rated) {
        if (auto* moment = find(one, rated.task))
            moment->grade = static_cast<std::uint8_t>(rated.grade);
    }
    void note(RatedCase& one, const Event&, const RatingSetAside& aside) {
        if (auto* moment = find(one, aside.task)) moment->set_aside = true;
    }

    // These events do not concern ratings.
    void note(RatedCase&, const Event&, const TaskOffered&) {}
    void note(RatedCase&, const Event&, const TaskDrawn&) {}
    void note(RatedCase&, const Event&, const TaskClaimed&) {}
    void note(RatedCase&, const Event&, const TaskHandedOver&) {}
    void note(RatedCase&, const Event&, const TaskCancelled&) {}
    void note(RatedCase&, const Event&, const TimerArmed&) {}
    void note(RatedCase&, const Event&, const TimerFired&) {}
    void note(RatedCase&, const Event&, const ClockPaused&) {}
    void note(RatedCase&, const Event&, const ClockResumed&) {}
    void note(RatedCase&, const Event&, const MaterialsSupplied&) {}
    void note(RatedCase&, const Event&, const CaseWithdrawn&) {}
    void note(RatedCase&, const Event&, const LimitPassed&) {}
    void note(RatedCase&, const Event&, const LimitsComputed&) {}
    void note(RatedCase&, const Event&, const LimitExtended&) {}
    void note(RatedCase&, const Event&, const WarningsSet&) {}
    void note(RatedCase&, const Event&, const LimitNear&) {}
    void note(RatedCase&, const Event&, const TaskEscalated&) {}
    void note(RatedCase&, const Event&, const CaseUrged&) {}
    void note(RatedCase&, const Event&, const DaysRecounted&) {}
    void note(RatedCase&, const Event&, const CaseSampled&) {}
    void note(RatedCase&, const Event&, const RatingSupplemented&) {}
    void note(RatedCase&, const Event&, const CaseUnsealed&) {}
    void note(RatedCase&, const Event&, const StaffChanged&) {}
    void note(RatedCase&, const Event&, const DefinitionPublished&) {}
    void note(RatedCase&, const Event&, const ClockSetBack&) {}
    void note(RatedCase&, const Event&, const CaseRead&) {}
    void note(RatedCase&, const Event&, const PersonErased&) {}
    void note(RatedCase&, const Event&, const ReadingStopped&) {}
    void note(RatedCase&, const Event&, const FieldsCorrected&) {}
    void note(RatedCase&, const Event&, const RecusalAsked&) {}
    void note(RatedCase&, const Event&, const RecusalDecided&) {}
    void note(RatedCase&, const Event&, const TaskStranded&) {}
    void note(RatedCase&, const Event&, const StrandedResolved&) {}
    void note(RatedCase&, const Event&, const UnsealAsked&) {}
    void note(RatedCase&, const Event&, const UnsealDeclined&) {}
    void note(RatedCase&, const Event&, const StaffProposed&) {}
    void note(RatedCase&, const Event&, const StaffDeclined&) {}

    static Moment* find(RatedCase& one, TaskNumber task) {
        for (auto& moment : one.moments)
            if (moment.task == number(task)) return &moment;
        return nullptr;
    }

    [[nodiscard]] bool in_range(std::int32_t day) const {
        return !(options_.from && day < options_.from->days) &&
               !(options_.to && day > options_.to->days);
    }

    void count(const RatedCase& one, const Moment& moment) {
        if (!in_range(moment.day)) return;
        first_ = std::min(first_.value_or(moment.day), moment.day);
        last_ = std::max(last_.value_or(moment.day), moment.day);
        RatingFigures figures;
        figures.invited = 1;
        if (moment.set_aside) {
            figures.set_aside = 1;
        } else if (moment.grade != 0) {
            figures.rated = 1;
            figures.grades = moment.grade;
            figures.negative = negative(static_cast<Grade>(moment.grade)) ? 1 : 0;
        }
        const auto period = period_of(month_of(Date{moment.day}), options_.by);
        if (moment.officer != nobody) officers_[{moment.officer, period}].add(figures);
        if (moment.post != nobody) posts_[{moment.post, period}].add(figures);
        if (moment.window != nobody) windows_[{moment.window, period}].add(figures);
        items_[{one.item, period}].add(figures);
    }

    void count(const RatedCase& one, FollowUps& all) const {
        if (!in_range(one.opened)) return;
        ++all.opened;
        if (one.ended) {
            ++all.answered;
            if (!one.late) ++all.in_time;
        } else if (one.due != no_day && options_.today.days > one.due) {
            ++all.overdue;
        } else {
            ++all.open;
        }
    }

    static std::vector<RatingRow> rows(const Counts& counts, const Names& names) {
        std::vector<RatingRow> rows;
        for (const auto& [key, figures] : counts)
            rows.push_back({names.name(key.first), key.second, figures});
        std::sort(rows.begin(), rows.end(), [](const RatingRow& a, const RatingRow& b) {
            return std::pair(a.name, a.period) < std::pair(b.name, b.period);
        });
        return rows;
    }

    const std::optional<ItemId>& follow_up_item_;
    const CompareOptions& options_;
    std::int32_t day_ = 0;
    std::unordered_map<CaseKey, RatedCase> cases_;
    Names officer_names_, post_names_, window_names_, item_names_;
    Counts officers_, posts_, windows_, items_;
    std::optional<std::int32_t> first_, last_;
};

}  // namespace

void RatingFigures::add(const RatingFigures& other) {
    invited += other.invited;
    rated += other.rated;
    negative += other.negative;
    set_aside += other.set_aside;
    grades += other.grades;
}

std::optional<double> RatingFigures::mean() const {
    if (rated == 0) return {};
    return static_cast<double>(grades) / static_cast<double>(rated);
}

RatingReport ratings(const Catalog& catalog, Store& store, const CompareOptions& options) {
    Counting counting(catalog, options);
    TrailPages pages(store);
    store::EventPage page;
    Event event;
    std::uint64_t events = 0;
    for (pages.next(page); !page.entries.empty(); pages.next(page)) {
        std::string_view rest = page.bodies;
        for (const auto& entry : page.entries) {
            decode_entry(rest.substr(0, entry.size), entry.case_key, event);
            rest.remove_prefix(entry.size);
            counting.take(entry.case_key, event);
        }
        events += page.entries.size();
        if (options.progress) options.progress(events);
    }
    auto report = counting.report();
    report.events = events;
    return report;
}

}  // namespace workflow::report
