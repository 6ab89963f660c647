// Whatever officers, the applicant and time do, the limits of a case are what the law makes of
// them.

#include <algorithm>
#include <map>
#include <tuple>

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "support/hall.hpp"
#include "support/permit_item.hpp"
#include "support/xorshift.hpp"

namespace workflow::testing::random_limits_test {

namespace {

const std::string permit = permit_item(
    "statutory: {workdays: 'if simple then 12 else 20', at most: 20}, promised: 9 "
    "workdays, warn: {yellow: 3 workdays, red: 1 day}",
    "    limit: 6 workdays\n    warn: {yellow: 2 workdays}\n");

/// The day on which a limit of working days ends, one day after the other.
Date counted(const WorkingDays& calendar, Date from, int workdays,
             const std::vector<DaySpan>& out) {
    Date at = from;
    while (workdays > 0) {
        ++at.days;
        const bool stands = std::any_of(out.begin(), out.end(), [&](const DaySpan& span) {
            return span.from <= at && at <= span.to;
        });
        if (calendar.is_workday(at) && !stands) --workdays;
    }
    return at;
}

class Days {
public:
    explicit Days(std::uint64_t seed) : hall_({permit}), random_{seed} {
        hall_.on("2026-01-05");
        if (pick(2) == 0) hall_.application.fields = {{FieldId("simple"), Value(true)}};
        act(hall_.open());
    }

    void live() {
        for (int i = 0; i < 60 && !hall_.c.end; ++i) {
            hall_.later(pick(60 * 24 * 5));
            if (pick(3) != 0) advance();
            do_something();
            check();
        }
    }
    [[nodiscard]] const Events& events() const { return hall_.events; }

private:
    int pick(int n) { return static_cast<int>(random_.below(static_cast<std::uint64_t>(n))); }
    void act(const HallAnswer& answer) {
        if (!answer) return;
        for (const auto& event : answer.value()) note(event);
    }
    void note(const Event& event) {
        const auto day = local_date(event.happened, UtcOffset{});
        if (std::holds_alternative<CaseOpened>(event.what)) received_ = day;
        if (std::holds_alternative<MaterialsSupplied>(event.what)) received_ = day;
        if (const auto* accepted = std::get_if<CaseAccepted>(&event.what)) {
            // By an officer on that day, by silence on the day of receipt.
            RC_ASSERT(accepted->accepted ==
                      (event.actor.kind == Actor::Kind::engine ? received_ : day));
            start_ = accepted->accepted;
            limit_ = simple() ? 12 : 20;
        }
        if (std::holds_alternative<LimitExtended>(event.what)) {
            RC_ASSERT(limit_ <= 20);
            limit_ += 10;
        }
        if (const auto* paused = std::get_if<ClockPaused>(&event.what))
            out_.push_back({paused->from, Date{paused->from.days + 1000}});
        if (const auto* resumed = std::get_if<ClockResumed>(&event.what))
            out_.back().to = resumed->to;
        if (const auto* near = std::get_if<LimitNear>(&event.what)) {
            RC_ASSERT(near->warning.from < near->due);
            RC_ASSERT(day >= near->warning.from);
            // Once for each day that the limit has had.
            const auto& warning = near->warning;
            const auto times = ++told_[{static_cast<int>(warning.kind), number(warning.task),
                                        static_cast<int>(warning.signal), near->due}];
            RC_ASSERT(times == 1);
        }
        if (const auto* escalated = std::get_if<TaskEscalated>(&event.what))
            RC_ASSERT(escalated->post == PostId("registry"));
    }
    [[nodiscard]] bool simple() const { return hall_.c.fields[0] == Value(true); }

    void advance() {
        act(hall_.advance());
        if (hall_.c.end) return;
        const auto today = local_date(hall_.facts.now, UtcOffset{});
        for (const auto& warning : hall_.c.warnings) RC_ASSERT(warning.from > today);
        const auto wake = engine::wake_day(hall_.c);
        RC_ASSERT(!wake || *wake > today);
        RC_ASSERT(hall_.advance().value().empty());
    }
    void do_something() {
        switch (pick(9)) {
            case 0:
                return act(hall_.complete("intake", "accept", "lin"));
            case 1:
                return act(hall_.complete("intake", "supplement", "lin"));
            case 2:
                return act(hall_.supply({}));
            case 3:
                return act(hall_.complete_by_holder("review", "ask"));
            case 4:
                return act(hall_.complete("asking", "grant", "lu", "reason"));
            case 5:
                return act(hall_.complete("asking", "grant-and-inspect", "lu", "reason"));
            case 6:
                return act(hall_.complete_by_holder("review", "inspect"));
            case 7:
                return act(hall_.perform(UrgeCase{}, Actor::the_applicant()));
            default:
                if (pick(4) == 0) act(hall_.complete_by_holder("review", "approve"));
        }
    }
    void check() const {
        const auto& c = hall_.c;
        if (!c.accepted || c.end) return;
        if (c.paused) {
            RC_ASSERT(!c.statutory_due && !c.promised_due);
            return;
        }
        const auto& calendar = hall_.definitions.calendar;
        RC_ASSERT(*c.statutory_due == counted(calendar, start_, limit_, out_));
        RC_ASSERT(*c.promised_due == counted(calendar, start_, 9, out_));
    }

    Hall hall_;
    Xorshift random_;
    Date received_, start_;
    int limit_ = 0;
    std::vector<DaySpan> out_;
    std::map<std::tuple<int, std::uint32_t, int, Date>, int> told_;
};

}  // namespace

TEST_CASE("limits that are computed, extended, paused and begun by silence end on the right day") {
    std::map<std::string_view, int> seen;
    rc::check("limits", [&](std::uint64_t seed) {
        Days days(seed | 1);
        days.live();
        for (const auto& event : days.events()) ++seen[kind_of(event.what)];
    });
    // The test has teeth only where these come about.
    for (const auto* kind : {"limit_extended", "limit_near", "task_escalated", "case_urged",
                             "limits_computed", "clock_resumed", "timer_fired"})
        CHECK(seen[kind] > 0);
}

}  // namespace workflow::testing::random_limits_test
