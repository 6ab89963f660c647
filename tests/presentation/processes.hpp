#pragma once

/// Nets made by hand, so that a drawing is tested without the language.

#include <string>

#include "definition/organization.hpp"
#include "process/net.hpp"

namespace workflow::testing {

struct NetMaker {
    process::Process net;
    definition::Organization organization;

    explicit NetMaker(std::string item, Title title) {
        net.item = ItemId(std::move(item));
        net.title = std::move(title);
        net.promised = Limit{5, LimitUnit::workdays};
        net.statutory = Limit{20, LimitUnit::workdays};
    }

    process::PlaceIndex step(std::string id, Title title,
                             process::StepIndex within = process::none) {
        process::Place place;
        place.step = static_cast<process::StepIndex>(net.steps.size());
        net.places.push_back(place);
        const auto at = static_cast<process::PlaceIndex>(net.places.size() - 1);
        process::StepInfo info;
        info.id = StepId(std::move(id));
        info.title = std::move(title);
        info.within = within;
        info.at = at;
        net.steps.push_back(info);
        return at;
    }
    process::PlaceIndex task(std::string id, Title title, std::string duty, std::string post,
                             int days, process::StepIndex within = process::none) {
        const auto at = step(std::move(id), std::move(title), within);
        process::TaskActivity task;
        task.duty = DutyId(duty);
        task.post = PostId(post);
        task.drawn = post.empty();
        if (days > 0) task.limit = Limit{days, LimitUnit::workdays};
        net.places[at].activity = task;
        return at;
    }
    process::PlaceIndex wait(std::string id, Title title,
                             process::StepIndex within = process::none) {
        const auto at = step(std::move(id), std::move(title), within);
        net.places[at].activity = process::WaitActivity{true, process::none, {}};
        return at;
    }
    process::PlaceIndex end(std::string id, Title title, EndKind kind) {
        const auto at = step(std::move(id), std::move(title));
        net.places[at].activity = process::EndActivity{kind};
        return at;
    }
    struct Region {
        process::PlaceIndex at, active, done;
        process::StepIndex step;
    };
    Region region(std::string id, Title title, process::StepIndex within = process::none) {
        Region region{};
        region.at = step(std::move(id), std::move(title), within);
        region.step = net.places[region.at].step;
        for (auto role : {process::Place::Role::active, process::Place::Role::done}) {
            process::Place place;
            place.role = role;
            place.step = region.step;
            net.places.push_back(place);
            (role == process::Place::Role::active ? region.active : region.done) =
                static_cast<process::PlaceIndex>(net.places.size() - 1);
        }
        net.steps[region.step].active = region.active;
        net.steps[region.step].done = region.done;
        return region;
    }
    TransitionIndex add(process::PlaceIndex from, process::Transition::Trigger trigger,
                        std::vector<process::PlaceIndex> to) {
        process::Transition transition;
        transition.trigger = trigger;
        transition.takes.push_back({from, 1});
        for (const auto place : to) transition.gives.push_back({place, 1});
        net.transitions.push_back(transition);
        return static_cast<TransitionIndex>(net.transitions.size() - 1);
    }
    TransitionIndex outcome(process::PlaceIndex from, std::string id, Title title,
                            process::PlaceIndex to) {
        const auto index = add(from, process::Transition::Trigger::outcome, {to});
        net.transitions[index].outcome = OutcomeId(std::move(id));
        net.transitions[index].title = std::move(title);
        std::get<process::TaskActivity>(net.places[from].activity).outcomes.push_back(index);
        return index;
    }
    void automatic(process::PlaceIndex from, std::vector<process::PlaceIndex> to,
                   std::string guard = {}) {
        const auto index = add(from, process::Transition::Trigger::automatic, std::move(to));
        net.transitions[index].guard_text = std::move(guard);
        net.places[from].automatic.push_back(index);
    }
    void supplied(process::PlaceIndex from, process::PlaceIndex to) {
        std::get<process::WaitActivity>(net.places[from].activity).supplied =
            add(from, process::Transition::Trigger::supplied, {to});
    }
    void after(process::PlaceIndex from, int days, process::PlaceIndex to) {
        const auto index = add(from, process::Transition::Trigger::timer, {to});
        net.transitions[index].after = Limit{days, LimitUnit::workdays};
        net.places[from].timers.push_back(index);
    }
    void close(const Region& region, std::uint16_t needed, std::vector<process::PlaceIndex> starts,
               process::PlaceIndex then) {
        starts.insert(starts.begin(), region.active);
        automatic(region.at, std::move(starts));
        const auto join = add(region.active, process::Transition::Trigger::automatic, {then});
        net.transitions[join].takes.push_back({region.done, needed});
        net.places[region.done].automatic.push_back(join);
    }
    void withdraw(process::PlaceIndex to) {
        process::Transition transition;
        transition.trigger = process::Transition::Trigger::withdraw;
        transition.gives.push_back({to, 1});
        net.transitions.push_back(transition);
        net.withdraw = static_cast<TransitionIndex>(net.transitions.size() - 1);
    }
    void post(std::string id, Title title) {
        definition::Post post;
        post.id = PostId(std::move(id));
        post.title = std::move(title);
        organization.posts.push_back(std::move(post));
    }
};

inline NetMaker standard_net() {
    NetMaker m("social-card.replace-lost",
               {"社会保障卡补领", "Replace a lost social security card"});
    m.post("general-window", {"综合窗口", "General window"});
    m.post("unified-window", {"统一出件窗口", "Unified issue window"});
    const auto intake = m.task("intake", {"收件受理", "Intake"}, "intake", "general-window", 1);
    const auto supplementing = m.wait("supplementing", {"等待补正", "Waiting for supplements"});
    const auto review = m.task("review", {"通岗审核", "Review"}, "review", "", 3);
    const auto issue =
        m.task("issue", {"用印出件", "Seal and issue"}, "issue", "unified-window", 1);
    const auto completed = m.end("completed", {"办结", "Granted"}, EndKind::granted);
    const auto rejected = m.end("rejected", {"不予办理", "Rejected"}, EndKind::refused);
    const auto declined = m.end("declined", {"不予受理", "Not accepted"}, EndKind::not_accepted);
    const auto lapsed = m.end("lapsed", {"逾期终止", "Lapsed"}, EndKind::lapsed);
    const auto withdrawn = m.end("withdrawn", {"已撤回", "Withdrawn"}, EndKind::withdrawn);
    m.outcome(intake, "accept", {"受理", "accept"}, review);
    const auto supplement =
        m.outcome(intake, "supplement", {"一次性告知补正", "supplement"}, supplementing);
    m.net.transitions[supplement].at_most = 1;
    m.outcome(intake, "decline", {"不予受理", "decline"}, declined);
    m.supplied(supplementing, intake);
    m.after(supplementing, 30, lapsed);
    m.outcome(review, "approve", {"同意", "approve"}, issue);
    m.outcome(review, "reject", {"不同意", "reject"}, rejected);
    m.outcome(review, "return", {"退回补充", "return"}, intake);
    m.outcome(issue, "deliver", {"送达", "deliver"}, completed);
    std::get<process::TaskActivity>(m.net.places[issue].activity).seal = "hrss-business";
    m.net.places[supplementing].pauses_clock = true;
    m.net.places[supplementing].ground = "行政许可法第三十二条";
    m.withdraw(withdrawn);
    m.net.start = intake;
    return m;
}

/// Everything at once: a choice, a parallel with a way out and a way back, a stage in it, a loop.
inline NetMaker rich_net() {
    NetMaker m("permit.assembly", {"大型活动许可", "Permit for a large event"});
    m.post("window", {"综合窗口", "General window"});
    m.post("section", {"业务科室", "Section"});
    m.post("issue", {"出件窗口", "Issue window"});
    const auto intake = m.task("intake", {"受理", "Intake"}, "intake", "window", 2);
    const auto size = m.step("size", {"活动规模", "How large"});
    const auto opinions = m.region("opinions", {"征求意见", "Opinions"});
    const auto fire =
        m.task("fire", {"消防意见", "Fire safety"}, "opinion", "section", 5, opinions.step);
    const auto visit = m.region("visit", {"现场勘验", "Site visit"}, opinions.step);
    const auto plan =
        m.task("plan", {"排期", "Plan the visit"}, "survey", "section", 2, visit.step);
    const auto look = m.task("look", {"勘验", "Visit"}, "survey", "section", 3, visit.step);
    const auto traffic =
        m.task("traffic", {"交通意见", "Traffic"}, "opinion", "section", 5, opinions.step);
    const auto notice = m.wait("notice", {"公示", "Public notice"});
    const auto decide = m.task("decide", {"决定", "Decide"}, "review", "", 3);
    const auto deliver = m.task("deliver", {"送达", "Deliver"}, "issue", "issue", 1);
    const auto granted = m.end("granted", {"准予", "Granted"}, EndKind::granted);
    const auto refused = m.end("refused", {"不予许可", "Refused"}, EndKind::refused);
    const auto late = m.end("late", {"期满终止", "Lapsed"}, EndKind::lapsed);
    const auto withdrawn = m.end("withdrawn", {"已撤回", "Withdrawn"}, EndKind::withdrawn);
    m.outcome(intake, "accept", {"受理", "accept"}, size);
    m.outcome(intake, "note", {"补记", "add a note"}, intake);
    m.automatic(size, {opinions.at}, "visitors >= 5000 and place in [\"stadium\", \"square\"]");
    m.automatic(size, {decide});
    m.outcome(fire, "agree", {"同意", "agree"}, opinions.done);
    m.outcome(fire, "object", {"反对", "object"}, refused);
    m.outcome(plan, "planned", {"已排期", "planned"}, look);
    m.outcome(look, "done", {"合格", "passed"}, visit.done);
    m.outcome(look, "again", {"复查", "again"}, plan);
    m.outcome(traffic, "agree", {"同意", "agree"}, opinions.done);
    m.outcome(traffic, "unclear", {"材料不清", "unclear"}, intake);
    m.close(visit, 1, {plan}, opinions.done);
    m.close(opinions, 2, {fire, visit.at, traffic}, notice);
    m.after(opinions.active, 15, late);
    m.supplied(notice, opinions.at);
    m.after(notice, 7, decide);
    m.outcome(decide, "approve", {"准予", "approve"}, deliver);
    m.outcome(decide, "refuse", {"不予许可", "refuse"}, refused);
    m.outcome(decide, "return", {"退回", "return"}, intake);
    m.outcome(deliver, "deliver", {"送达", "deliver"}, granted);
    m.withdraw(withdrawn);
    m.net.start = intake;
    return m;
}

}  // namespace workflow::testing
