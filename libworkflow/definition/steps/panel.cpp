// `panel:`: several officers examine a case in parallel, each drawn separately. A panel is read as
// a parallel step with as many drawn tasks, of which no person performs two.

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "reading.hpp"

namespace workflow::definition {

namespace {

/// `study-1`
std::string member_name(const Step& panel, std::size_t member) {
    return fmt::format("{}-{}", panel.id.text, member + 1);
}

Title member_title(const Title& title, std::size_t member) {
    Title own;
    if (!title.zh.empty()) own.zh = fmt::format("{}（{}）", title.zh, member + 1);
    if (!title.en.empty()) own.en = fmt::format("{} ({})", title.en, member + 1);
    return own;
}

/// `M of N OUTCOME`
struct Threshold {
    std::uint32_t votes = 0, members = 0;
    std::string outcome;
};

std::optional<Threshold> threshold_of(const std::string& text) {
    Threshold threshold;
    const char* end = text.data() + text.size();
    const auto votes = std::from_chars(text.data(), end, threshold.votes);
    std::string_view rest(votes.ptr, static_cast<std::size_t>(end - votes.ptr));
    if (votes.ec != std::errc{} || !rest.starts_with(" of ")) return {};
    const auto members = std::from_chars(votes.ptr + 4, end, threshold.members);
    rest = {members.ptr, static_cast<std::size_t>(end - members.ptr)};
    if (members.ec != std::errc{} || !rest.starts_with(" ")) return {};
    threshold.outcome = rest.substr(1);
    return threshold;
}

/// Reads `decide:` and the corresponding `then:`.
class VoteReading {
public:
    VoteReading(const Form& form, const Step& panel, const std::vector<OutcomeId>& outcomes,
                std::uint32_t members)
        : form_(form), panel_(panel), outcomes_(outcomes), members_(members) {}

    Vote run(const YamlNode& decide, std::uint32_t quorum) {
        vote_.quorum = quorum;
        const auto text = read_expression(decide, "`decide`", form_.findings());
        if (!text) return vote_;
        read_ways();
        if (text->text == "majority") return majority(*text);
        if (const auto threshold = threshold_of(text->text)) return at_least(*threshold, *text);
        return by_rule(*text);
    }

private:
    void read_ways() {
        const auto* then = form_.require("then");
        if (!then) return;
        if (then->kind != YamlNode::Kind::mapping) {
            form_.findings().add("bad-vote", then->mark,
                                 "`decide` needs a next step for each verdict",
                                 "write `then: {OUTCOME: STEP, otherwise: STEP}`");
            return;
        }
        for (const auto& entry : read_entries(*then, "`then`", form_.findings())) {
            auto to = read_target(entry.value, form_.findings()).value_or(Target{});
            if (entry.key == "otherwise") {
                vote_.otherwise = std::move(to);
                otherwise_ = true;
            } else {
                ways_.push_back({entry.key, entry.key_mark, std::move(to)});
            }
        }
        if (!otherwise_)
            form_.findings().add("bad-vote", then->mark,
                                 "`then` names no step for when no verdict holds",
                                 "add `otherwise: STEP`");
    }

    [[nodiscard]] std::string count_of(const OutcomeId& outcome) const {
        return fmt::format("{}.{}", panel_.id.text, outcome.text);
    }
    [[nodiscard]] bool known(const std::string& outcome, Mark mark) const {
        const auto same = [&](const OutcomeId& one) { return one.text == outcome; };
        if (std::any_of(outcomes_.begin(), outcomes_.end(), same)) return true;
        std::vector<std::string> names;
        for (const auto& one : outcomes_) names.push_back(one.text);
        form_.findings().add("bad-vote", mark,
                             fmt::format("the panel has no outcome `{}`", outcome),
                             suggestion(outcome, names, form_.findings()));
        return false;
    }
    void verdict(std::string when, const Target& to, Mark mark) {
        ChooseBranch branch;
        branch.when = {std::move(when), mark};
        branch.to = to;
        branch.mark = mark;
        vote_.verdicts.push_back(std::move(branch));
    }

    Vote majority(const ExpressionText& text) {
        for (const auto& way : ways_)
            if (known(way.name, way.mark))
                verdict(fmt::format("{} > {}", count_of(OutcomeId(way.name)), members_ / 2), way.to,
                        text.mark);
        return vote_;
    }
    Vote at_least(const Threshold& threshold, const ExpressionText& text) {
        if (threshold.members != members_ || threshold.votes < 1 || threshold.votes > members_)
            form_.findings().add(
                "bad-vote", text.mark,
                fmt::format("`{}` does not fit a panel of {} members", text.text, members_),
                fmt::format("write M of {}, with M from 1 to {}", members_, members_));
        if (!known(threshold.outcome, text.mark)) return vote_;
        std::string others;
        for (const auto& outcome : outcomes_)
            if (outcome.text != threshold.outcome)
                others += (others.empty() ? "" : " + ") + count_of(outcome);
        for (const auto& way : ways_) {
            if (way.name == threshold.outcome) {
                verdict(fmt::format("{} >= {}", count_of(OutcomeId(way.name)), threshold.votes),
                        way.to, text.mark);
                continue;
            }
            form_.findings().add("bad-vote", way.mark,
                                 fmt::format("`{}` can give only the verdicts `{}` and `otherwise`",
                                             text.text, threshold.outcome),
                                 fmt::format("name these two, or decide by `majority`"));
        }
        if (vote_.verdicts.empty())
            form_.findings().add("bad-vote", form_.key_mark("then"),
                                 fmt::format("`then` names no step for `{}`", threshold.outcome),
                                 fmt::format("add `{}: STEP`", threshold.outcome));
        // The votes of the others can make the outcome impossible before all members have voted.
        if (!others.empty() && threshold.votes <= members_)
            verdict(fmt::format("{} > {}", others, members_ - threshold.votes), vote_.otherwise,
                    text.mark);
        return vote_;
    }
    Vote by_rule(const ExpressionText& text) {
        vote_.by = text;
        for (const auto& way : ways_) {
            ChooseBranch branch;
            branch.value = way.name;
            branch.to = way.to;
            branch.mark = way.mark;
            vote_.verdicts.push_back(std::move(branch));
        }
        return vote_;
    }

    struct Way {
        std::string name;
        Mark mark;
        Target to;
    };
    const Form& form_;
    const Step& panel_;
    const std::vector<OutcomeId>& outcomes_;
    std::uint32_t members_;
    Vote vote_;
    std::vector<Way> ways_;
    bool otherwise_ = false;
};

}  // namespace

ParallelStep read_panel(const Form& form, const Step& panel, StepReading& reading) {
    Step member;
    member.mark = panel.mark;
    TaskStep task;
    task.drawn = true;
    if (const auto* duty = form.require("panel")) {
        task.duty = DutyId(read_id(*duty, "the name of a duty", form.findings()).value_or(""));
        task.duty_mark = task.post_mark = duty->mark;
        if (!task.duty.empty()) reading.duties.insert(task.duty.text);
    }
    if (const auto* pool = form.find("pool")) read_pool(*pool, task, form.findings());
    read_task_keys(form, task, reading);
    member.kind = std::move(task);
    read_task_limit(form, member, reading);

    std::size_t members = 2;
    if (const auto* count = form.require("members"))
        members = static_cast<std::size_t>(
            read_whole(*count, "`members`", 2, 15, form.findings()).value_or(2));
    ParallelStep parallel;
    parallel.needed = static_cast<std::uint32_t>(members);
    if (const auto* quorum = form.find("quorum"))
        parallel.needed = static_cast<std::uint32_t>(
            read_whole(*quorum, "`quorum`", 1, static_cast<std::int64_t>(members), form.findings())
                .value_or(static_cast<std::int64_t>(members)));
    SeparatedGroup apart{{}, panel.mark};
    for (std::size_t i = 0; i < members; ++i) {
        auto one = member;
        one.id = StepId(member_name(panel, i));
        one.title = member_title(panel.title, i);
        if (const auto [first, fresh] = reading.seen.try_emplace(one.id.text, panel.mark); !fresh) {
            auto& finding =
                form.findings().add("duplicate-step", panel.mark,
                                    fmt::format("the step `{}` is defined twice", one.id.text),
                                    "rename the step: the members of a panel have the panel's name "
                                    "followed by a number");
            form.findings().relate(finding, first->second, "first given here");
        }
        apart.members.push_back(one.id.text);
        Branch branch;
        branch.name = one.id.text;
        branch.start = one.id;
        branch.mark = branch.start_mark = panel.mark;
        branch.steps.push_back(std::move(one));
        parallel.branches.push_back(std::move(branch));
    }
    reading.panels.push_back(std::move(apart));
    Tally tally;
    for (const auto& outcome : std::get<TaskStep>(member.kind).outcomes)
        tally.outcomes.push_back(outcome.id);
    if (const auto* decide = form.find("decide")) {
        if (!is_field_name(panel.id.text))
            form.findings().add(
                "bad-vote", panel.mark,
                fmt::format("the name `{}` cannot be used to count the votes in expressions",
                            panel.id.text),
                "use letters, digits and `_` in the name of a panel that decides");
        tally.vote = VoteReading(form, panel, tally.outcomes, static_cast<std::uint32_t>(members))
                         .run(*decide, parallel.needed);
        parallel.needed = static_cast<std::uint32_t>(members);
        parallel.then = tally.vote->otherwise;
    } else {
        parallel.then = read_then(form);
    }
    parallel.tally = std::move(tally);
    return parallel;
}

}  // namespace workflow::definition
