#pragma once

/// A year of a hall's trail, written into a store as the engine would, but with officers whose pace
/// and judgement are known: what comparisons are tried and measured on.

#include <algorithm>
#include <cmath>
#include <functional>
#include <queue>
#include <random>
#include <string>
#include <vector>

#include <workflow/catalog.hpp>
#include <workflow/event.hpp>
#include <workflow/ports.hpp>

#include "calendar/working_days.hpp"
#include "crypto/digest.hpp"
#include "process/net.hpp"
#include "shell/catalog_access.hpp"
#include "support/standard_item.hpp"
#include "trail/chain.hpp"
#include "trail/codec.hpp"

namespace workflow::testing {

inline ItemId made_item(std::size_t item) {
    return ItemId("made.item-" + std::to_string(item));
}
inline OfficerId made_officer(std::size_t officer) {
    return OfficerId("r" + std::to_string(100 + officer));
}

/// The standard item so many times over, and so many reviewers.
inline std::vector<Catalog::Text> made_texts(std::size_t items, std::size_t reviewers) {
    auto texts = standard_texts();
    const auto replace = [](std::string text, const std::string& from, const std::string& to) {
        if (const auto at = text.find(from); at != std::string::npos)
            text.replace(at, from.size(), to);
        return text;
    };
    auto item = texts.back();
    texts.pop_back();
    for (std::size_t i = 0; i < items; ++i) {
        auto content = replace(item.content, "social-card.replace-lost", made_item(i).text);
        content = replace(content, "'420714001000'", "'4207140" + std::to_string(10000 + i) + "'");
        texts.push_back({"item-" + std::to_string(i) + ".yaml", content});
    }
    for (auto& text : texts) {
        if (text.path != "organization.yaml") continue;
        for (std::size_t i = 0; i < reviewers; ++i)
            text.content += "  " + made_officer(i).text +
                            ": {name: 审核员, hall: north, posts: " + "[reviewer]}\n";
    }
    return texts;
}

struct MadeTrail {
    std::size_t cases = 10'000, items = 3, reviewers = 8;
    Date first = *parse_date("2026-01-05");
    int days = 180;  ///< over which the cases come
    std::uint64_t seed = 1;
    /// Working days that a review takes on average, and how often it refuses.
    std::function<double(std::size_t item, std::size_t officer)> pace = [](auto, auto) {
        return 2.0;
    };
    std::function<double(std::size_t item, std::size_t officer)> strictness = [](auto, auto) {
        return 0.05;
    };
    /// Who may be drawn for the item.
    std::function<bool(std::size_t item, std::size_t officer)> in_pool = [](auto, auto) {
        return true;
    };
};

/// Writes the trail, a unit of work for every thousand acts. Reviews last an exponential time.
class TrailMaker {
public:
    TrailMaker(const MadeTrail& made, const Catalog& catalog, Store& store)
        : made_(made), catalog_(catalog), store_(store), random_(made.seed) {
        for (std::size_t item = 0; item < made.items; ++item) {
            processes_.push_back(compiled(catalog).process(made_item(item)));
            pools_.emplace_back();
            for (std::size_t officer = 0; officer < made.reviewers; ++officer)
                if (made.in_pool(item, officer)) pools_.back().push_back(officer);
        }
    }

    void write() {
        std::size_t opened = 0, acts = 0;
        while (opened < made_.cases || !acts_.empty()) {
            if (acts++ % 1000 == 0) store_.begin();
            // The next arrival, or what is due before it.
            const auto arrival = opened < made_.cases ? arrives(opened) : INT64_MAX;
            if (!acts_.empty() && acts_.top().at <= arrival) {
                auto act = acts_.top();
                acts_.pop();
                go_on(act);
            } else {
                open(opened++, arrival);
            }
            if (acts % 1000 == 0) store_.commit();
        }
        if (acts % 1000 != 0) store_.commit();
    }

private:
    static constexpr std::int64_t hour = 3'600'000'000, day = 24 * hour;
    struct Act {
        std::int64_t at = 0;
        std::size_t number = 0, item = 0, officer = 0;
        int stage = 0;
        CaseKey key{};
        std::uint32_t version = 0;
        Digest head;
        CaseNumber name;
        friend bool operator<(const Act& a, const Act& b) {
            return std::pair(a.at, a.number) > std::pair(b.at, b.number);
        }
    };

    double uniform() { return std::uniform_real_distribution<double>(0, 1)(random_); }
    std::size_t below(std::size_t n) {
        return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_);
    }
    [[nodiscard]] const WorkingDays& calendar() const {
        return compiled(catalog_).calendar(*processes_[0]);
    }
    /// A moment of office hours on the n-th working day from a day.
    std::int64_t moment(Date from, std::int64_t n) {
        const auto date = calendar().add(from, n).date;
        return start_of(date, UtcOffset{}).microseconds + 9 * hour +
               static_cast<std::int64_t>(uniform() * 8 * static_cast<double>(hour));
    }
    [[nodiscard]] std::int64_t arrives(std::size_t number) const {
        const auto span = static_cast<double>(made_.days) * static_cast<double>(day);
        return start_of(made_.first, UtcOffset{}).microseconds + 9 * hour +
               static_cast<std::int64_t>(span * static_cast<double>(number) /
                                         static_cast<double>(made_.cases));
    }
    [[nodiscard]] TransitionId outcome(std::size_t item, const char* name) const {
        for (const auto& transition : processes_[item]->transitions)
            if (transition.outcome.text == name) return transition.id;
        return {};
    }

    void append(Act& act, std::vector<EventPayload> events, const Actor& actor,
                const char* status) {
        Change change;
        auto& row = change.row;
        row.key = act.key;
        row.number = act.name;
        row.item = made_item(act.item);
        row.definition = processes_[act.item]->digest;
        row.hall = HallId("north");
        row.status = status;
        row.opened = row.changed = Instant{act.at};
        change.opened = act.version == 0;
        if (change.opened) act.head = trail::genesis(hasher_, act.name);
        for (std::size_t i = 0; i < events.size(); ++i) {
            Event event;
            event.what = std::move(events[i]);
            event.recorded = event.happened = Instant{act.at};
            event.actor = actor;
            event.request = i == 0 ? 0x9e3779b97f4a7c15U + act.number : 0;
            auto body = trail::encode(event);
            act.head = trail::link(hasher_, act.head, body);
            change.events.push_back({act.key, ++act.version, std::move(body), act.head});
        }
        row.version = act.version;
        row.head = act.head;
        store_.append(change);
    }

    void open(std::size_t number, std::int64_t at) {
        Act act;
        act.at = at;
        act.number = number;
        act.item = below(made_.items);
        act.key = CaseKey{static_cast<std::int64_t>(number) + 1};
        char digits[16];
        std::snprintf(digits, sizeof digits, "%07zu", number + 1);
        act.name = CaseNumber("m" + std::to_string(act.item) + "-" + digits);
        CaseOpened opened;
        opened.number = act.name;
        opened.item = made_item(act.item);
        opened.revision = 3;
        opened.definition = processes_[act.item]->digest;
        opened.applicant = {PersonId("p" + std::to_string(number)), "陈晨", "person"};
        opened.channel = "web";
        opened.hall = HallId("north");
        opened.fields = {{FieldId("id_number"), Value("4206001990" + std::to_string(number))},
                         {FieldId("loss_reported"), Value(true)}};
        opened.materials = {{MaterialId("photo"), MaterialForm::provided}};
        append(act, {std::move(opened), TaskOffered{TaskNumber{1}, StepId("intake"), {}}},
               Actor::the_applicant(), "open");
        act.at += hour;
        acts_.push(act);
    }

    void go_on(Act act) {
        const auto today = local_date(Instant{act.at}, UtcOffset{});
        if (act.stage == 0) {
            const auto& pool = pools_[act.item];
            TaskDrawn drawn;
            drawn.task = TaskNumber{2};
            act.officer = pool[below(pool.size())];
            drawn.officer = made_officer(act.officer);
            for (const auto candidate : pool) drawn.candidates.push_back(made_officer(candidate));
            const OfficerId clerk("lin");
            append(act,
                   {TaskCompleted{TaskNumber{1},
                                  OutcomeId("accept"),
                                  clerk,
                                  "",
                                  {},
                                  {},
                                  {outcome(act.item, "accept")}},
                    CaseAccepted{today, calendar().add(today, 20).date,
                                 calendar().add(today, 5).date, false},
                    TaskOffered{TaskNumber{2}, StepId("review"), calendar().add(today, 3).date},
                    std::move(drawn)},
                   Actor::of(clerk), "open");
            const auto lasts = -made_.pace(act.item, act.officer) * std::log(1 - uniform());
            act.at = std::max(act.at + hour, moment(today, static_cast<std::int64_t>(lasts + 0.5)));
        } else if (act.stage == 1) {
            const bool refuses = uniform() < made_.strictness(act.item, act.officer);
            const auto officer = made_officer(act.officer);
            const char* name = refuses ? "reject" : "approve";
            std::vector<EventPayload> events{TaskCompleted{TaskNumber{2},
                                                           OutcomeId(name),
                                                           officer,
                                                           refuses ? "r" : "",
                                                           {},
                                                           {},
                                                           {outcome(act.item, name)}}};
            if (refuses)
                events.emplace_back(CaseEnded{StepId("rejected"), EndKind::refused});
            else
                events.emplace_back(TaskOffered{TaskNumber{3}, StepId("issue"), {}});
            append(act, std::move(events), Actor::of(officer), refuses ? "refused" : "open");
            if (refuses) return;
            act.at += 2 * hour;
        } else {
            const OfficerId clerk("wang");
            append(act,
                   {TaskCompleted{TaskNumber{3},
                                  OutcomeId("deliver"),
                                  clerk,
                                  "",
                                  {},
                                  {},
                                  {outcome(act.item, "deliver")}},
                    CaseEnded{StepId("completed"), EndKind::granted}},
                   Actor::of(clerk), "granted");
            return;
        }
        ++act.stage;
        acts_.push(act);
    }

    const MadeTrail& made_;
    const Catalog& catalog_;
    Store& store_;
    std::mt19937_64 random_;
    Hasher hasher_;
    std::vector<std::shared_ptr<const process::Process>> processes_;
    std::vector<std::vector<std::size_t>> pools_;
    std::priority_queue<Act> acts_;
};

}  // namespace workflow::testing
