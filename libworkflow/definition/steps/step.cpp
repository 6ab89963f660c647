// The keys that every step has, and the kind of a step.

#include "step.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "../limits.hpp"
#include "reading.hpp"

namespace workflow::definition {

namespace {

constexpr std::array<std::string_view, 8> kinds{"task",     "choose", "sample", "wait",
                                                "parallel", "panel",  "stage",  "end"};
// Part of the language, but not of this version.
constexpr std::array<std::string_view, 3> kinds_to_come{"call", "each", "cases"};

/// Returns the key that determines the kind of a step; no value, with a finding, if there is none.
std::optional<std::string_view> kind_of(const std::string& id, Mark id_mark, const YamlNode& node,
                                        StepReading& reading) {
    std::vector<std::string_view> found;
    for (const std::string_view kind : kinds) {
        if (node.find(kind)) found.push_back(kind);
    }
    if (found.size() == 1) return found.front();
    if (found.size() > 1) {
        reading.findings.add(
            "step-of-two-kinds", id_mark,
            fmt::format("the step `{}` is both `{}` and `{}`", id, found[0], found[1]),
            "split it into two steps; to change the kind of an inherited step, remove the old key "
            "with `~`");
        return std::nullopt;
    }
    for (const std::string_view kind : kinds_to_come) {
        if (!node.find(kind)) continue;
        reading.findings.add(
            "kind-not-read", id_mark,
            fmt::format("this version does not read steps of the kind `{}`", kind));
        return std::nullopt;
    }
    const std::vector<std::string> known(kinds.begin(), kinds.end());
    std::string hint;
    for (const YamlNode::Entry& entry : node.entries) {
        if (hint.empty()) hint = suggestion(entry.key, known, reading.findings);
    }
    std::vector<std::string> others;
    if (!reading.findings.full() && reading.seen.size() < 100) {
        for (const auto& [other, mark] : reading.seen) others.push_back(other);
    }
    std::erase(others, id);
    std::sort(others.begin(), others.end());
    if (hint.empty() && !suggestion(id, others, reading.findings).empty())
        hint = "to change an inherited step: " + suggestion(id, others, reading.findings);
    if (hint.empty()) hint = fmt::format("give it one of: {}", fmt::join(kinds, ", "));
    reading.findings.add("step-without-kind", id_mark, fmt::format("the step `{}` has no kind", id),
                         hint);
    return std::nullopt;
}

void read_clock(const Form& form, Step& step) {
    static constexpr std::array<std::string_view, 2> clocks{"running", "paused"};
    if (const auto* clock = form.find("clock")) {
        step.pauses_clock = read_word(*clock, "`clock`", clocks, form.findings()).value_or(0) == 1;
        if (step.pauses_clock && !form.find("ground")) {
            form.findings().add("pause-without-ground", clock->mark,
                                "the clock may be paused only on a legal ground",
                                "add `ground:` with the article that allows it");
        }
    }
    if (const auto* ground = form.find("ground")) {
        step.ground = read_text(*ground, "`ground`", form.findings()).value_or("");
        if (!form.find("clock") || (!step.pauses_clock && !form.find("clock")->text.empty() &&
                                    form.find("clock")->text == "running")) {
            form.findings().add("idle-key", form.key_mark("ground"),
                                "`ground` has no effect where the clock is not paused",
                                "add `clock: paused` or delete it");
        }
    }
}

/// Reads the next step when a term has passed: a step, or `{to, accepts}`.
bool read_timeout(const YamlNode& node, Timeout& timeout, DiagnosticSink& findings) {
    const YamlNode* to = &node;
    if (node.kind == YamlNode::Kind::mapping) {
        const Form form(node, "step.timeout", findings);
        to = form.require("to");
        if (const auto* accepts = form.find("accepts"))
            timeout.accepts = read_boolean(*accepts, "`accepts`", findings).value_or(false);
    }
    const auto target = to ? read_target(*to, findings) : std::nullopt;
    if (target) timeout.to = *target;
    return target.has_value();
}

/// Reads `on:` of a step: `after LIMIT`. The wait reads `supplied`.
void read_timeouts(const Form& form, std::string_view kind, Step& step) {
    const auto* on = form.find("on");
    if (!on) return;
    for (const YamlNode::Entry& entry : read_entries(*on, "`on`", form.findings())) {
        if (entry.key.starts_with("after ")) {
            std::string why;
            const auto limit = parse_limit(std::string_view(entry.key).substr(6), why);
            if (!limit) {
                form.findings().add("bad-limit", entry.key_mark,
                                    fmt::format("`{}` is not a limit", entry.key.substr(6)), why);
            }
            Timeout timeout;
            const bool known = read_timeout(entry.value, timeout, form.findings());
            if (!limit || !known) continue;
            timeout.after = *limit;
            step.timeouts.push_back(std::move(timeout));
            continue;
        }
        if (entry.key == "supplied" && kind == "wait") continue;
        std::string hint = "use one of its keys: after LIMIT";
        if (kind == "wait") hint += ", supplied";
        if (entry.key == "supplied") hint = "delete it: only `wait: applicant` can have `supplied`";
        if (entry.key == "withdraw") hint = "move `withdraw` to the `on` of the item or process";
        form.findings().add("unknown-key", entry.key_mark,
                            fmt::format("`on` of a step has no key `{}`", entry.key), hint);
    }
}

}  // namespace

void read_task_limit(const Form& form, Step& step, StepReading& reading) {
    auto& task = std::get<TaskStep>(step.kind);
    const auto* limit = form.find("limit");
    if (limit) {
        auto text = read_computed_limit(*limit, true, reading.findings);
        step.limit = text.limit;
        step.limit_rule = std::move(text.rule);
    }
    for (const std::string_view key : {"warn", "escalate"})
        if (form.find(key) && !limit)
            reading.findings.add("idle-key", form.key_mark(key),
                                 fmt::format("`{}` has no effect on a task without a `limit`", key),
                                 "add `limit` or delete it");
    if (const auto* warn = form.find("warn"))
        task.warn = read_warning_times(*warn, step.limit, reading.findings);
    if (const auto* escalate = form.find("escalate")) task.escalate = read_post(*escalate, reading);
}

std::optional<Step> read_step(const std::string& id, Mark id_mark, const YamlNode& node,
                              StepReading& reading) {
    check_id(id, id_mark, "the name of a step", reading.findings);
    if (id == done_target) {
        reading.findings.add(
            "bad-id", id_mark,
            "a step cannot be named `done`, which is the end of a branch or stage");
    }
    if (const auto [first, fresh] = reading.seen.try_emplace(id, id_mark); !fresh) {
        auto& finding = reading.findings.add(
            "duplicate-step", id_mark, fmt::format("the step `{}` is defined twice", id),
            "rename one: step names are unique in the whole item, including branches and stages");
        reading.findings.relate(finding, first->second, "first given here");
    }
    if (node.kind != YamlNode::Kind::mapping) {
        if (!unfilled(node))
            reading.findings.add("wrong-type", node.mark,
                                 fmt::format("the step `{}` must be a mapping with keys", id));
        return std::nullopt;
    }
    const auto kind = kind_of(id, id_mark, node, reading);
    if (!kind) return std::nullopt;

    const Form form(node, fmt::format("step.{}", *kind), reading.findings, "step");
    Step step;
    step.id = StepId(id);
    step.mark = id_mark;
    if (const auto* title = form.find("title"))
        step.title = read_title(*title, reading.findings).value_or(Title{});
    if (step.title.zh.empty() && step.title.en.empty()) step.title.en = id;
    if (const auto* notice = form.find("notice"))
        step.notice = read_text(*notice, "`notice`", reading.findings).value_or("");
    if (*kind == "choose" || *kind == "sample" || *kind == "end") {
        for (const std::string_view key : {"limit", "clock", "ground", "on"}) {
            if (!form.find(key)) continue;
            reading.findings.add(
                "idle-key", form.key_mark(key),
                fmt::format("`{}` has no effect here: a case never waits at {} `{}` step", key,
                            *kind == "end" ? "an" : "a", *kind),
                "delete it");
        }
    } else {
        if (const auto* limit = form.find("limit"); limit && *kind != "task" && *kind != "panel")
            step.limit = read_step_limit(*limit, reading.findings);
        read_clock(form, step);
        read_timeouts(form, *kind, step);
    }
    if (*kind == "task") {
        step.kind = read_task(form, reading);
        read_task_limit(form, step, reading);
    }
    if (*kind == "choose") step.kind = read_choose(form, reading);
    if (*kind == "sample") step.kind = read_sample(form);
    if (*kind == "wait") step.kind = read_wait(form, !step.timeouts.empty(), reading);
    if (*kind == "parallel") step.kind = read_parallel(form, reading);
    if (*kind == "panel") step.kind = read_panel(form, step, reading);
    if (*kind == "stage") step.kind = read_stage(form, reading);
    if (*kind == "end") step.kind = read_end(form);
    return step;
}

std::vector<Step> read_steps(const YamlNode& steps, StepReading& reading) {
    std::vector<Step> list;
    for (const YamlNode::Entry& entry : read_entries(steps, "`steps`", reading.findings)) {
        if (auto step = read_step(entry.key, entry.key_mark, entry.value, reading))
            list.push_back(std::move(*step));
    }
    return list;
}

Branch read_region(const std::string& name, Mark name_mark, const YamlNode& node,
                   StepReading& reading) {
    Branch branch;
    branch.name = name;
    branch.mark = branch.start_mark = name_mark;
    const Form form(node, "step.region", reading.findings);
    if (const auto* start = form.require("start")) {
        if (const auto target = read_target(*start, reading.findings)) {
            branch.start = target->step;
            branch.start_mark = target->mark;
        }
    }
    if (const auto* steps = form.require("steps")) branch.steps = read_steps(*steps, reading);
    return branch;
}

Target read_then(const Form& form) {
    const auto* then = form.require("then");
    return then ? read_target(*then, form.findings()).value_or(Target{}) : Target{};
}

}  // namespace workflow::definition
