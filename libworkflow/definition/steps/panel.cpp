// `panel:`: several officers study a case side by side, each drawn by himself. It is read into a
// parallel step of as many drawn tasks, which no person performs two of.

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
                                    fmt::format("the step `{}` is there twice", one.id.text),
                                    "the members of a panel have its name with a number behind it");
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
    parallel.then = read_then(form);
    return parallel;
}

}  // namespace workflow::definition
