#include "chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "../text/text.hpp"

namespace workflow::presentation {

using process::PlaceIndex;
using process::StepIndex;
using process::Transition;

std::string words_of(const Title& title, ChartLanguage language) {
    switch (language) {
        case ChartLanguage::zh:
            return title.in("zh");
        case ChartLanguage::en:
            return title.in("en");
        case ChartLanguage::both:
            break;
    }
    if (title.zh.empty() || title.en.empty() || title.zh == title.en) return title.in("zh");
    return title.zh + " " + title.en;
}

namespace {

Title both(std::string zh, std::string en) {
    return {std::move(zh), std::move(en)};
}

struct Charting {
    const process::Process& process;
    const definition::Organization& organization;
    const Traffic* traffic;
    ChartLanguage language;
    Chart chart = {};
    std::vector<int> node_of_step = {};

    [[nodiscard]] std::string say(const char* zh, const char* en) const {
        return words_of(both(zh, en), language);
    }
    [[nodiscard]] std::string say(Limit limit) const {
        const bool one = limit.amount == 1;
        switch (limit.unit) {
            case LimitUnit::workdays:
                return say(fmt::format("{}个工作日", limit.amount).c_str(),
                           fmt::format("{} workday{}", limit.amount, one ? "" : "s").c_str());
            case LimitUnit::days:
                return say(fmt::format("{}日", limit.amount).c_str(),
                           fmt::format("{} day{}", limit.amount, one ? "" : "s").c_str());
            case LimitUnit::minutes:
            case LimitUnit::working_minutes:
                break;
        }
        const bool working = limit.unit == LimitUnit::working_minutes;
        const bool hours = limit.amount % 60 == 0;
        const int amount = hours ? limit.amount / 60 : limit.amount;
        return say(
            fmt::format("{}{}{}", amount, working ? "个工作" : "", hours ? "小时" : "分钟").c_str(),
            fmt::format("{} {}{}{}", amount, working ? "working " : "", hours ? "hour" : "minute",
                        amount == 1 ? "" : "s")
                .c_str());
    }
    [[nodiscard]] std::optional<std::uint64_t> fired(std::size_t transition) const {
        if (traffic == nullptr) return std::nullopt;
        return transition < traffic->fired.size() ? traffic->fired[transition] : 0;
    }
    [[nodiscard]] bool is_region(StepIndex step) const {
        return process.steps[step].active != process::none;
    }
    [[nodiscard]] const Transition* fork_of(StepIndex step) const {
        const auto& automatic = process.places[process.steps[step].at].automatic;
        return automatic.empty() ? nullptr : &process.transitions[automatic.front()];
    }

    void fill_task(ChartNode& node, const process::TaskActivity& task) {
        node.kind = ChartNode::Kind::task;
        node.duty = task.duty.text;
        node.drawn = task.drawn;
        node.seal = task.seal;
        if (task.limit) node.limit = say(*task.limit);
        if (task.post.empty()) {
            node.place = say("通岗抽取", "drawn by the engine");
            return;
        }
        const auto* post = organization.post(task.post);
        node.place = post == nullptr ? task.post.text : words_of(post->title, language);
        if (node.place.empty()) node.place = task.post.text;
    }

    void fill_region(ChartNode& node, StepIndex step) {
        node.kind = ChartNode::Kind::region;
        const Transition* fork = fork_of(step);
        const std::size_t branches = fork == nullptr ? 1 : fork->gives.size() - 1;
        const auto& automatic = process.places[process.steps[step].done].automatic;
        std::uint32_t needed = 1;
        if (!automatic.empty()) {
            for (const auto& arc : process.transitions[automatic.front()].takes) {
                if (arc.place == process.steps[step].done) needed = arc.weight;
            }
        }
        if (branches < 2) return;
        node.note = needed == branches ? say("全部完成", "all of them")
                    : needed == 1      ? say("任一完成", "any of them")
                                       : say(fmt::format("{}项中{}项", branches, needed).c_str(),
                                             fmt::format("{} of {}", needed, branches).c_str());
    }

    void add_step(StepIndex index) {
        const auto& step = process.steps[index];
        const auto& place = process.places[step.at];
        ChartNode node;
        node.id = step.id.text;
        node.title = step.title;
        if (node.title.zh.empty() && node.title.en.empty()) node.title.en = step.id.text;
        if (language == ChartLanguage::zh) node.title = {node.title.in("zh"), {}};
        if (language == ChartLanguage::en) node.title = {{}, node.title.in("en")};
        if (const auto* task = process.task_at(step.at)) {
            fill_task(node, *task);
        } else if (const auto* wait = process.wait_at(step.at)) {
            node.kind = ChartNode::Kind::wait;
            node.place = wait->for_applicant ? say("等申请人", "waits for the applicant")
                                             : say("等期满", "waits for time to pass");
        } else if (const auto* end = process.end_at(step.at)) {
            node.kind = ChartNode::Kind::end;
            node.end = end->end;
        } else if (is_region(index)) {
            fill_region(node, index);
        } else {
            node.kind = ChartNode::Kind::choose;
        }
        const auto& clock = is_region(index) ? process.places[step.active] : place;
        if (clock.pauses_clock)
            node.note =
                say("停表", "clock paused") + (clock.ground.empty() ? "" : ": " + clock.ground);
        node_of_step[index] = static_cast<int>(chart.nodes.size());
        chart.nodes.push_back(std::move(node));
    }

    void label_outcome(ChartArrow& arrow, const Transition& transition) const {
        arrow.label = words_of(transition.title, language);
        if (arrow.label.empty()) arrow.label = transition.outcome.text;
        if (transition.at_most) {
            arrow.label += fmt::format(" ≤{}×", *transition.at_most);
        }
        arrow.detail = transition.guard_text;
    }

    /// Adds arrows from `from` to where a transition's tokens go.
    void add_arrows(std::size_t index, ChartArrow arrow) {
        for (const auto& arc : process.transitions[index].gives) {
            const auto& place = process.places[arc.place];
            if (place.role == process::Place::Role::active) continue;
            arrow.to = node_of_step[place.step];
            arrow.inside_to = place.role == process::Place::Role::done;
            arrow.cases = fired(index);
            chart.arrows.push_back(arrow);
        }
    }

    void add_arrows_of(StepIndex step) {
        const auto& info = process.steps[step];
        const auto& at = process.places[info.at];
        ChartArrow arrow;
        arrow.from = node_of_step[step];
        if (const auto* task = process.task_at(info.at)) {
            for (const auto index : task->outcomes) {
                ChartArrow outcome = arrow;
                label_outcome(outcome, process.transitions[index]);
                add_arrows(index, outcome);
            }
        }
        if (const auto* wait = process.wait_at(info.at)) {
            if (wait->supplied != process::none) {
                ChartArrow supplied = arrow;
                supplied.label = say("已补齐", "supplied");
                add_arrows(wait->supplied, supplied);
            }
        }
        if (is_region(step)) {
            ChartArrow fork = arrow;
            fork.inside_from = true;
            for (const auto index : at.automatic) add_arrows(index, fork);
            for (const auto index : process.places[info.done].automatic) add_arrows(index, arrow);
            add_timers(process.places[info.active], arrow);
        } else {
            for (const auto index : at.automatic) {
                ChartArrow branch = arrow;
                const auto& text = process.transitions[index].guard_text;
                branch.label = text.empty() ? say("其他", "otherwise") : text;
                if (at.sample && index == at.automatic.front())
                    branch.label =
                        say(fmt::format("抽查{}/{}", at.sample->of, at.sample->in).c_str(),
                            fmt::format("{} in {}", at.sample->of, at.sample->in).c_str());
                add_arrows(index, branch);
            }
            add_timers(at, arrow);
        }
    }

    void add_timers(const process::Place& place, ChartArrow arrow) {
        arrow.kind = ChartArrow::Kind::timer;
        for (const auto index : place.timers) {
            arrow.label = language == ChartLanguage::en
                              ? "after " + say(process.transitions[index].after)
                              : say(process.transitions[index].after);
            add_arrows(index, arrow);
        }
    }

    void count() {
        if (traffic == nullptr) return;
        chart.cases = traffic->opened;
        std::map<std::string, std::uint64_t> standing;
        for (const auto& [step, number] : traffic->standing) standing[step.text] += number;
        for (auto& node : chart.nodes) {
            if (node.kind == ChartNode::Kind::end) {
                node.cases = 0;
            } else if (const auto found = standing.find(node.id); found != standing.end()) {
                node.cases = found->second;
                node.standing = say("在办", "here now") + " " + grouped(found->second);
            }
        }
        for (const auto& arrow : chart.arrows) {
            auto& to = chart.nodes[static_cast<std::size_t>(arrow.to)];
            if (to.kind == ChartNode::Kind::end) *to.cases += arrow.cases.value_or(0);
        }
    }

    Chart run() {
        chart.title = process.title;
        chart.id = process.item.text;
        chart.revision = process.revision;
        chart.language = language;
        if (process.promised && process.promised->amount == 0) {
            chart.limits = say("当场办结", "done on the spot");
        } else if (process.promised) {
            chart.limits = say("承诺", "promised") + " " + say(*process.promised);
        }
        if (process.statutory) {
            chart.limits += (chart.limits.empty() ? "" : " · ") + say("法定", "by law") + " " +
                            say(*process.statutory);
        }
        node_of_step.assign(process.steps.size(), nowhere);
        ChartNode start;
        start.kind = ChartNode::Kind::start;
        start.id = "start";
        chart.nodes.push_back(start);
        for (std::size_t i = 0; i < process.steps.size(); ++i) add_step(static_cast<StepIndex>(i));
        for (std::size_t i = 0; i < process.steps.size(); ++i) {
            const auto within = process.steps[i].within;
            if (within != process::none) {
                chart.nodes[static_cast<std::size_t>(node_of_step[i])].parent =
                    node_of_step[within];
            }
        }
        if (process.start != process::none) {
            ChartArrow opening;
            opening.from = 0;
            opening.to = node_of_step[process.places[process.start].step];
            opening.label = process.no_application ? say("数据触发", "started from data")
                                                   : say("收件", "received");
            if (traffic != nullptr) opening.cases = traffic->opened;
            chart.arrows.push_back(opening);
        }
        for (std::size_t i = 0; i < process.steps.size(); ++i)
            add_arrows_of(static_cast<StepIndex>(i));
        if (process.withdraw != process::none) {
            ChartNode node;
            node.kind = ChartNode::Kind::withdrawal;
            node.id = "withdraw";
            node.title = both("申请人撤回", "The applicant withdraws");
            node.note = say("决定之前", "before the decision");
            ChartArrow arrow;
            arrow.from = static_cast<int>(chart.nodes.size());
            chart.nodes.push_back(std::move(node));
            add_arrows(process.withdraw, arrow);
        }
        count();
        return std::move(chart);
    }
};

}  // namespace

Chart chart_of(const process::Process& process, const definition::Organization& organization,
               const Traffic* traffic, ChartLanguage language) {
    return Charting{process, organization, traffic, language}.run();
}

}  // namespace workflow::presentation
