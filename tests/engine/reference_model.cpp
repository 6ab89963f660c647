#include "reference_model.hpp"

#include <algorithm>
#include <stdexcept>

namespace workflow::testing {

const ModelStep& ModelItem::step(const std::string& name) const {
    for (const auto& known : steps)
        if (known.name == name) return known;
    throw std::logic_error("the model has no step " + name);
}

namespace {

// Day 0 is Thursday, 1970-01-01.
bool workday(int day) {
    return day % 7 != 2 && day % 7 != 3;
}

int after_workdays(int day, int count) {
    while (count > 0)
        if (workday(++day)) --count;
    return day;
}

}  // namespace

// ---- who may

ReferenceModel::Answer ReferenceModel::known(const std::string& officer) const {
    const auto found = officers_.find(officer);
    if (found == officers_.end()) return RefusalCode::unknown_officer;
    if (day() >= found->second.away_from && day() <= found->second.away_to)
        return RefusalCode::absent;
    if (found->second.person == applicant_) return RefusalCode::applicant_is_officer;
    return {};
}

bool ReferenceModel::apart(const std::string& person, const ModelStep& step) const {
    const auto done = performed_.find(person);
    if (done == performed_.end()) return false;
    return kept_apart({step.duty, step.name}, done->second);
}

bool ReferenceModel::kept_apart(const Names& mine, const Names& others) const {
    for (const auto& group : item_.separated)
        for (const auto& one : mine)
            for (const auto& other : others)
                if (group.count(one) && group.count(other) && one != other) return true;
    return false;
}

/// The tasks that some way leads to from where the case stands, by whatever outcome.
Names ReferenceModel::ahead() const {
    Names seen, found;
    std::vector<std::string> open;
    const auto go_to = [&](const std::string& from, std::string to) {
        if (to == "done") to = item_.step(item_.step(from).region).then;
        if (!to.empty() && seen.insert(to).second) open.push_back(to);
    };
    for (const auto& name : opened ? standing : Names{item_.start}) {
        go_to(name, name);
        // What is around it can be left as well.
        for (auto region = item_.step(name).region; !region.empty();
             region = item_.step(region).region) {
            go_to(region, item_.step(region).then);
            go_to(region, item_.step(region).timeout.to);
        }
    }
    while (!open.empty()) {
        const auto& step = item_.step(open.back());
        open.pop_back();
        if (step.kind == ModelStep::task) found.insert(step.name);
        for (const auto& [name, outcome] : step.outcomes) go_to(step.name, outcome.to);
        for (const auto& start : step.starts) go_to(step.name, start);
        go_to(step.name, step.supplied);
        go_to(step.name, step.then);
        go_to(step.name, step.timeout.to);
    }
    return found;
}

/// Tries everybody for one step after the other.
bool ReferenceModel::can_be_staffed(const Names& steps, Performed& performed) const {
    if (steps.empty()) return true;
    const auto& step = item_.step(*steps.begin());
    Names rest(std::next(steps.begin()), steps.end());
    for (const auto& [name, officer] : officers_) {
        auto& done = performed[officer.person];
        if (!officer.duties.count(step.duty) || !officer.qualified ||
            officer.person == applicant_ || kept_apart({step.duty, step.name}, done))
            continue;
        const auto before = done;
        done.insert({step.duty, step.name});
        const bool all = can_be_staffed(rest, performed);
        done = before;
        if (all) return true;
    }
    return false;
}

bool ReferenceModel::needed_later(const std::string& officer, const Names& members,
                                  const Names& ahead) const {
    auto without = performed_, with = performed_;
    with[officers_.at(officer).person].insert(members.begin(), members.end());
    return can_be_staffed(ahead, without) && !can_be_staffed(ahead, with);
}

ReferenceModel::Answer ReferenceModel::admitted(const std::string& name,
                                                const ModelStep& step) const {
    const auto& officer = officers_.at(name);
    if (!officer.duties.count(step.duty)) return RefusalCode::not_on_post;
    if (!officer.qualified) return RefusalCode::not_qualified;
    if (day() >= officer.away_from && day() <= officer.away_to) return RefusalCode::absent;
    if (officer.person == applicant_) return RefusalCode::applicant_is_officer;
    if (apart(officer.person, step)) return RefusalCode::separated;
    if (needed_later(name, {step.duty, step.name}, ahead())) return RefusalCode::needed_later;
    return {};
}

Names ReferenceModel::candidates(int number) const {
    const auto& task = tasks.at(number);
    const auto& step = item_.step(task.step);
    const auto may = [&](const std::string& name) {
        return officers_.count(name) && !admitted(name, step) &&
               !task.returned.count(officers_.at(name).person);
    };
    const auto last = last_performer_.find(task.step);
    if (step.same_officer && task.returned.empty() && !task.undrawn &&
        last != last_performer_.end() && may(last->second))
        return {last->second};
    Names all;
    for (const auto& [name, officer] : officers_)
        if (may(name)) all.insert(name);
    return all;
}

void ReferenceModel::drawn(int number, const std::string& officer) {
    auto& task = tasks.at(number);
    task.holder = officer;
    task.undrawn = officer.empty();
    if (!officer.empty()) performs(officer, item_.step(task.step));
    to_draw.erase(number);
}

void ReferenceModel::performs(const std::string& officer, const ModelStep& step) {
    auto& done = performed_[officers_.at(officer).person];
    done.insert(step.duty);
    done.insert(step.name);
}

// ---- where it goes

bool ReferenceModel::inside(const std::string& step, const std::string& region) const {
    for (auto around = item_.step(step).region; !around.empty(); around = item_.step(around).region)
        if (around == region) return true;
    return false;
}

void ReferenceModel::leave(const std::string& step) {
    standing.erase(step);
    fresh_.erase(step);
    for (auto task = tasks.begin(); task != tasks.end();)
        task = task->second.step == step ? tasks.erase(task) : std::next(task);
    timers_.erase(std::remove_if(timers_.begin(), timers_.end(),
                                 [&](const Timer& timer) { return timer.step == step; }),
                  timers_.end());
}

void ReferenceModel::leave_region(const std::string& region) {
    for (const auto& step : item_.steps)
        if (inside(step.name, region)) {
            leave(step.name);
            done_.erase(step.name);
        }
    leave(region);
    done_.erase(region);
}

void ReferenceModel::enter(const std::string& name) {
    const auto& step = item_.step(name);
    if (step.kind == ModelStep::end) {
        ended = name;
        return;
    }
    if (step.kind == ModelStep::parallel) {
        done_[name] = 0;
        for (const auto& start : step.starts) enter(start);
    } else {
        standing.insert(name);
    }
    fresh_.insert(name);
}

/// From a step or region that is being left, to `to` as seen from there.
void ReferenceModel::go(const std::string& from, const std::string& to) {
    auto region = item_.step(from).region;
    if (item_.step(from).kind == ModelStep::parallel)
        leave_region(from);
    else
        leave(from);
    if (to == "done") {
        if (++done_[region] < item_.step(region).needed) return;
        go(region, item_.step(region).then);
        return;
    }
    while (region != item_.step(to).region) {
        leave_region(region);
        region = item_.step(region).region;
    }
    enter(to);
}

/// What was newly reached is offered and armed, in the order of the definition.
void ReferenceModel::settle() {
    last_happened_ = now;
    if (!ended.empty()) {
        tasks.clear();
        standing.clear();
        timers_.clear();
        fresh_.clear();
        to_draw.clear();
        return;
    }
    int order = 0;
    for (const auto& step : item_.steps) {
        ++order;
        if (!fresh_.count(step.name)) continue;
        if (step.kind == ModelStep::task) {
            tasks[++last_task_] = {step.name, {}, false, {}};
            if (step.drawn) to_draw.insert(last_task_);
        }
        if (step.timeout.workdays > 0)
            timers_.push_back({after_workdays(day(), step.timeout.workdays), order, step.name});
    }
    fresh_.clear();
}

// ---- the verbs

ReferenceModel::Answer ReferenceModel::open(const std::string& officer,
                                            const std::string& applicant, bool id_given,
                                            bool photo) {
    if (!officer.empty()) {
        if (auto rule = known(officer)) return rule;
        if (!officers_.at(officer).duties.count("intake")) return RefusalCode::not_on_post;
        if (!officers_.at(officer).qualified) return RefusalCode::not_qualified;
        if (officers_.at(officer).person == applicant) return RefusalCode::applicant_is_officer;
        applicant_ = applicant;
        const bool needed = needed_later(officer, {"intake"}, ahead());
        applicant_.clear();
        if (needed) return RefusalCode::needed_later;
    }
    if (!id_given) return RefusalCode::field_missing;
    opened = true;
    applicant_ = applicant;
    photo_ = photo;
    if (!officer.empty()) performed_[officers_.at(officer).person].insert("intake");
    enter(item_.start);
    settle();
    return {};
}

ReferenceModel::Answer ReferenceModel::claim(int number, const std::string& officer) {
    if (!tasks.count(number)) return RefusalCode::unknown_task;
    auto& task = tasks[number];
    if (auto rule = known(officer)) return rule;
    const auto& step = item_.step(task.step);
    if (step.drawn) return RefusalCode::drawn_not_chosen;
    if (!task.holder.empty()) return RefusalCode::already_claimed;
    if (auto rule = admitted(officer, step)) return rule;
    task.holder = officer;
    performs(officer, step);
    last_happened_ = now;
    return {};
}

ReferenceModel::Answer ReferenceModel::complete(int number, const std::string& officer,
                                                const std::string& chosen, bool reason,
                                                bool photo) {
    if (!tasks.count(number)) return RefusalCode::unknown_task;
    const auto task = tasks[number];
    if (auto rule = known(officer)) return rule;
    const auto& step = item_.step(task.step);
    if (!task.holder.empty() && task.holder != officer) return RefusalCode::not_your_task;
    if (task.holder.empty() && step.drawn) return RefusalCode::drawn_not_chosen;
    if (auto rule = admitted(officer, step)) return rule;
    if (!step.outcomes.count(chosen)) return RefusalCode::unknown_outcome;
    const auto& outcome = step.outcomes.at(chosen);
    if (outcome.photo && !photo && !photo_) return RefusalCode::materials_missing;
    if (outcome.reason && !reason) return RefusalCode::reason_required;
    auto& taken = taken_[{step.name, chosen}];
    if (taken >= outcome.at_most) return RefusalCode::outcome_exhausted;
    ++taken;
    photo_ = photo_ || photo;
    decided_ = decided_ || outcome.decides;
    performs(officer, step);
    last_performer_[step.name] = officer;
    go(step.name, outcome.to);
    settle();
    return {};
}

ReferenceModel::Answer ReferenceModel::hand(int number, const std::string& officer,
                                            const std::string& to, bool as_supervisor) {
    // Who may give the command at all comes first.
    if (as_supervisor && !officers_.count(officer)) return RefusalCode::unknown_officer;
    if (as_supervisor && !officers_.at(officer).supervisor) return RefusalCode::not_supervisor;
    if (!tasks.count(number)) return RefusalCode::unknown_task;
    auto& task = tasks[number];
    if (auto rule = known(officer)) return rule;
    const auto& step = item_.step(task.step);
    if (step.drawn) return RefusalCode::drawn_not_chosen;
    if (!as_supervisor && task.holder != officer) return RefusalCode::not_your_task;
    if (!officers_.count(to)) return RefusalCode::unknown_officer;
    if (task.holder == to) return RefusalCode::already_claimed;
    if (auto rule = admitted(to, step)) return rule;
    task.holder = to;
    performs(to, step);
    last_happened_ = now;
    return {};
}

ReferenceModel::Answer ReferenceModel::give_back(int number, const std::string& officer,
                                                 bool reason) {
    if (!tasks.count(number)) return RefusalCode::unknown_task;
    auto& task = tasks[number];
    if (auto rule = known(officer)) return rule;
    if (task.holder != officer) return RefusalCode::not_your_task;
    const bool drawn = item_.step(task.step).drawn;
    if (drawn && !reason) return RefusalCode::reason_required;
    task.holder.clear();
    task.returned.insert(officers_.at(officer).person);
    if (drawn) to_draw.insert(number);
    last_happened_ = now;
    return {};
}

ReferenceModel::Answer ReferenceModel::supply(bool photo) {
    std::vector<std::string> waiting;
    for (const auto& step : item_.steps)
        if (standing.count(step.name) && !step.supplied.empty()) waiting.push_back(step.name);
    if (waiting.empty()) return RefusalCode::not_waiting;
    photo_ = photo_ || photo;
    for (const auto& name : waiting)
        if (ended.empty() && standing.count(name)) go(name, item_.step(name).supplied);
    settle();
    return {};
}

ReferenceModel::Answer ReferenceModel::withdraw() {
    if (item_.withdrawn.empty() || decided_) return RefusalCode::withdraw_closed;
    ended = item_.withdrawn;
    settle();
    return {};
}

void ReferenceModel::advance(long until) {
    while (ended.empty()) {
        const auto first =
            std::min_element(timers_.begin(), timers_.end(), [](const Timer& a, const Timer& b) {
                return std::pair(a.due, a.order) < std::pair(b.due, b.order);
            });
        if (first == timers_.end() || (first->due + 1) * 1440L > until) break;
        const auto timer = *first;
        now = std::max((timer.due + 1) * 1440L, last_happened_);
        go(timer.step, item_.step(timer.step).timeout.to);
        settle();
        // The draw belongs to this moment: it must be told before time goes on.
        if (!to_draw.empty()) return;
    }
    now = until;
    for (auto& [number, task] : tasks) {
        const auto holder = officers_.find(task.holder);
        const bool away = item_.step(task.step).drawn && holder != officers_.end() &&
                          day() >= holder->second.away_from && day() <= holder->second.away_to;
        if ((!task.undrawn && !away) || !tried_.insert(number).second) continue;
        const bool was = std::exchange(task.undrawn, true);
        if (candidates(number).empty()) {
            task.undrawn = was;
            continue;
        }
        to_draw.insert(number);
        last_happened_ = now;
        return;
    }
    tried_.clear();
}

}  // namespace workflow::testing
