// `task: DUTY`: an officer chooses one of its outcomes.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "reading.hpp"

namespace workflow::definition {

namespace {

void read_requires(const YamlNode& node, Outcome& outcome, DiagnosticSink& findings) {
    static constexpr std::array<std::string_view, 2> words{"materials", "reason"};
    for (const YamlNode* entry : read_list(node, "`requires`", findings, true)) {
        const auto word = read_word(*entry, "`requires`", words, findings);
        if (!word) continue;
        (*word == 0 ? outcome.needs_materials : outcome.needs_reason) = true;
    }
}

void read_sets(const YamlNode& node, Outcome& outcome, StepReading& reading) {
    for (const YamlNode::Entry& entry : read_entries(node, "`sets`", reading.findings)) {
        if (reading.fields &&
            !std::binary_search(reading.fields->begin(), reading.fields->end(), entry.key)) {
            std::string hint = suggestion(entry.key, *reading.fields, reading.findings);
            if (hint.empty()) hint = "declare it under the item's `fields`";
            reading.findings.add("unknown-field", entry.key_mark,
                                 fmt::format("the item has no field `{}`", entry.key), hint);
        }
        auto value = read_expression(entry.value, "what a field is set to", reading.findings);
        if (value) outcome.sets.push_back({FieldId(entry.key), std::move(*value), entry.key_mark});
    }
}

Outcome read_outcome(const YamlNode::Entry& entry, StepReading& reading) {
    DiagnosticSink& findings = reading.findings;
    Outcome outcome;
    check_id(entry.key, entry.key_mark, "the name of an outcome", findings);
    outcome.id = OutcomeId(entry.key);
    outcome.title.en = entry.key;
    outcome.mark = entry.key_mark;
    if (entry.value.kind == YamlNode::Kind::scalar) {
        if (entry.value.empty()) {
            findings.add("missing-key", entry.key_mark,
                         fmt::format("the outcome `{}` does not name the next step", entry.key),
                         "name a step");
        } else {
            outcome.to = read_target(entry.value, findings).value_or(Target{});
        }
        return outcome;
    }
    const Form form(entry.value, "step.task.outcome", findings);
    if (const auto* to = form.require("to"))
        outcome.to = read_target(*to, findings).value_or(Target{});
    if (const auto* title = form.find("title"))
        outcome.title = read_title(*title, findings).value_or(outcome.title);
    if (const auto* wanted = form.find("requires")) read_requires(*wanted, outcome, findings);
    if (const auto* accepts = form.find("accepts"))
        outcome.accepts = read_boolean(*accepts, "`accepts`", findings).value_or(false);
    if (const auto* decides = form.find("decides"))
        outcome.decides = read_boolean(*decides, "`decides`", findings).value_or(false);
    if (const auto* extends = form.find("extends")) {
        outcome.extends = read_limit(*extends, findings);
        outcome.needs_reason = true;  // the applicant is informed of it (行政许可法第四十二条)
    }
    if (const auto* most = form.find("at most")) {
        if (const auto times = read_whole(*most, "`at most`", 1, 1000, findings))
            outcome.at_most = static_cast<std::uint32_t>(*times);
    }
    if (const auto* when = form.find("when"))
        outcome.when = read_expression(*when, "`when`", findings).value_or(ExpressionText{});
    if (const auto* sets = form.find("sets")) read_sets(*sets, outcome, reading);
    if (const auto* notice = form.find("notice"))
        outcome.notice = read_text(*notice, "`notice`", findings).value_or("");
    return outcome;
}

void read_performer(const Form& form, TaskStep& task, StepReading& reading) {
    const auto* post = form.find("post");
    const auto* pool = form.find("pool");
    if (post && pool) {
        auto& finding = form.findings().add(
            "keys-exclude-each-other", form.key_mark("pool"),
            "a task is claimed by a post or drawn from a pool, not both", "delete one of them");
        form.findings().relate(finding, form.key_mark("post"), "the post");
        return;
    }
    if (!post && !pool) {
        form.findings().add("task-without-post", form.key_mark("task"),
                            "the task names neither a post nor a pool",
                            "add `post: POST`, or `pool: pass-through` for a drawn task");
        return;
    }
    if (pool) {
        read_pool(*pool, task, form.findings());
        return;
    }
    task.post_mark = post->mark;
    task.post = read_post(*post, reading);
}

/// Reads `allot`: one of the methods of allocation. For a post, none is needed.
void read_allotment(const Form& form, TaskStep& task) {
    static constexpr std::array<std::string_view, 4> ways{"draw", "shortest queue", "round robin",
                                                          "oldest first"};
    const auto* allocate = form.find("allot");
    const auto way =
        allocate ? read_word(*allocate, "`allot`", ways, form.findings()) : std::nullopt;
    if (!way) return;
    if (*way < 3) {
        task.drawn = true;
        task.allocate = static_cast<Allocation>(*way);
        return;
    }
    task.in_line = true;
    if (task.drawn)
        form.findings().add(
            "keys-exclude-each-other", allocate->mark,
            "a task from a pool is allocated to an officer, so it cannot be taken `oldest first`",
            "delete `allot` or replace the pool by a `post`");
}

void read_seen(const Form& form, TaskStep& task, StepReading& reading) {
    const auto* sees = form.find("sees");
    if (!sees) return;
    if (!task.drawn)
        reading.findings.add(
            "idle-key", form.key_mark("sees"),
            "`sees` has no effect on a task that is not drawn: its officer sees all fields",
            "delete it");
    for (const auto& field : read_texts_list(*sees, "`sees`", reading.findings, true)) {
        const auto mark = entry_mark(*sees, field);
        if (reading.fields &&
            !std::binary_search(reading.fields->begin(), reading.fields->end(), field))
            reading.findings.add("unknown-field", mark,
                                 fmt::format("the item has no field `{}`", field),
                                 suggestion(field, *reading.fields, reading.findings));
        task.sees.push_back({FieldId(field), mark});
    }
}

}  // namespace

void read_pool(const YamlNode& node, TaskStep& task, DiagnosticSink& findings) {
    static constexpr std::array<std::string_view, 3> pools{"pass-through", "section",
                                                           "specialists"};
    task.post_mark = node.mark;
    const auto among = read_word(node, "`pool`", pools, findings);
    task.drawn = among.has_value();
    task.among = static_cast<Among>(among.value_or(0));
}

PostId read_post(const YamlNode& node, StepReading& reading) {
    const auto name = read_id(node, "the name of a post", reading.findings);
    if (!name) return {};
    if (reading.posts && !std::binary_search(reading.posts->begin(), reading.posts->end(), *name)) {
        reading.findings.add("unknown-post", node.mark,
                             fmt::format("the organization has no post `{}`", *name),
                             suggestion(*name, *reading.posts, reading.findings));
    }
    return PostId(*name);
}

void read_task_keys(const Form& form, TaskStep& task, StepReading& reading) {
    read_seen(form, task, reading);
    task.same_officer = task.drawn;
    if (const auto* outcomes = form.require("outcomes")) {
        for (const YamlNode::Entry& entry :
             read_entries(*outcomes, "`outcomes`", form.findings())) {
            task.outcomes.push_back(read_outcome(entry, reading));
        }
    }
}

TaskStep read_task(const Form& form, StepReading& reading) {
    TaskStep task;
    if (const auto* duty = form.require("task")) {
        task.duty = DutyId(read_id(*duty, "the name of a duty", form.findings()).value_or(""));
        task.duty_mark = duty->mark;
        if (!task.duty.empty()) reading.duties.insert(task.duty.text);
    }
    read_performer(form, task, reading);
    read_allotment(form, task);
    read_task_keys(form, task, reading);
    if (const auto* again = form.find("again")) {
        static constexpr std::array<std::string_view, 2> words{"anew", "same officer"};
        task.same_officer = read_word(*again, "`again`", words, form.findings()).value_or(0) == 1;
    }
    if (const auto* seal = form.find("seal"))
        task.seal = read_text(*seal, "`seal`", form.findings()).value_or("");
    return task;
}

}  // namespace workflow::definition
