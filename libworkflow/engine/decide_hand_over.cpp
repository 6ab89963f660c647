#include <fmt/format.h>

#include "authorization.hpp"
#include "draft.hpp"
#include "nearby.hpp"
#include "offering.hpp"

namespace workflow::engine {

namespace {

std::optional<Refusal> not_drawn(const Draft& draft, const Task& task) {
    if (!draft.process.task_at(task.place)->drawn) return {};
    return refuse(
        RefusalCode::drawn_not_chosen,
        fmt::format("task {} is drawn; its officer cannot be chosen", number(task.number)));
}

std::optional<Refusal> held_by_actor(const Draft& draft, const Task& task) {
    if (task.holder == draft.officer->id) return {};
    return refuse(
        RefusalCode::not_your_task,
        fmt::format("task {} is not held by {}", number(task.number), draft.officer->id.text));
}

/// Hands the task to a named officer, who must be able and allowed to do it.
std::optional<Refusal> hand_to(Draft& draft, const Task& task, const OfficerId& to,
                               TaskHandedOver::Way way, const std::string& reason) {
    const auto* taker = draft.organization().officer(to);
    if (!taker)
        return refuse(RefusalCode::unknown_officer,
                      fmt::format("there is no officer {}{}", to.text,
                                  nearby(to.text, draft.organization().officers)));
    if (task.holder == to)
        return refuse(RefusalCode::already_claimed,
                      fmt::format("task {} is already held by {}", number(task.number), to.text));
    const auto post = admit(draft, task, *taker);
    if (!post) return post.refusal();
    auto& handed = draft.act<TaskHandedOver>();
    handed.task = task.number;
    handed.way = way;
    handed.from = task.holder;
    handed.to = to;
    handed.reason = reason;
    return {};
}

}  // namespace

std::optional<Refusal> decide_delegate(Draft& draft, const DelegateTask& delegate) {
    const auto task = find_task(draft, delegate.task);
    if (!task) return task.refusal();
    if (auto refusal = know_officer(draft)) return refusal;
    if (auto refusal = not_drawn(draft, **task)) return refusal;
    if (auto refusal = held_by_actor(draft, **task)) return refusal;
    return hand_to(draft, **task, delegate.to, TaskHandedOver::Way::delegated, delegate.reason);
}

std::optional<Refusal> decide_reassign(Draft& draft, const ReassignTask& reassign) {
    const auto task = find_task(draft, reassign.task);
    if (!task) return task.refusal();
    if (auto refusal = know_officer(draft)) return refusal;
    if (auto refusal = not_drawn(draft, **task)) return refusal;
    return hand_to(draft, **task, reassign.to, TaskHandedOver::Way::reassigned, reassign.reason);
}

std::optional<Refusal> decide_return(Draft& draft, const ReturnTask& give_back) {
    const auto found = find_task(draft, give_back.task);
    if (!found) return found.refusal();
    const auto& task = **found;
    if (auto refusal = know_officer(draft)) return refusal;
    if (auto refusal = held_by_actor(draft, task)) return refusal;
    const bool drawn = draft.process.task_at(task.place)->drawn;
    // A recusal is counted per person. Without a reason it could be used to choose cases (R24).
    if (drawn && give_back.reason.empty())
        return refuse(RefusalCode::reason_required, "returning a drawn task requires a reason");
    draft.events.reserve(2);
    auto& handed = draft.act<TaskHandedOver>();
    handed.task = task.number;
    handed.way = TaskHandedOver::Way::returned;
    handed.from = draft.officer->id;
    handed.reason = give_back.reason;
    if (drawn) {
        auto returned = task.returned;
        returned.push_back(draft.officer->id);
        auto how = redraw_of(draft, task);
        how.returned = returned;
        draw_again(draft, task, how);
    }
    return {};
}

}  // namespace workflow::engine
