// A drawn task that nobody can take is shown as work of a named post, whose officers choose a way
// out. The choice is recorded in the trail. The engine still draws.

#include <algorithm>

#include <fmt/format.h>

#include "authorization.hpp"
#include "draft.hpp"
#include "offering.hpp"

namespace workflow::engine {

namespace {

/// Checks that the acting officer is on the post that the task waits at, or is a supervisor of the
/// hall.
std::optional<Refusal> may_resolve(const Draft& draft, const Task& task) {
    const auto& organization = draft.organization();
    // Whoever returned the task does not choose who else may get it.
    const auto gave_back = [&](const definition::Officer& one) {
        return std::any_of(task.returned.begin(), task.returned.end(), [&](const OfficerId& id) {
            const auto* officer = organization.officer(id);
            return id == one.id || (officer && officer->person == one.person);
        });
    };
    if (!organization.post(task.stranded)) return supervises(draft, gave_back);
    const auto posts = definition::posts_on(organization, *draft.officer, draft.day);
    if (std::find(posts.begin(), posts.end(), task.stranded) == posts.end())
        return refuse(
            RefusalCode::not_on_post,
            fmt::format("{} is not on the post {}", draft.officer->id.text, task.stranded.text));
    if (!gave_back(*draft.officer)) return {};
    return refuse(RefusalCode::second_person,
                  fmt::format("{} returned the task: another officer must choose the way out",
                              draft.officer->id.text));
}

}  // namespace

std::optional<Refusal> decide_stranded(Draft& draft, const ResolveStranded& resolve) {
    const auto found = find_task(draft, resolve.task);
    if (!found) return found.refusal();
    const auto& task = **found;
    if (auto refusal = know_officer(draft)) return refusal;
    if (task.stranded.empty())
        return refuse(RefusalCode::not_stranded,
                      fmt::format("task {} is not waiting for a way out", number(resolve.task)));
    if (auto refusal = may_resolve(draft, task)) return refusal;
    if (resolve.reason.empty())
        return refuse(RefusalCode::reason_required, "choosing a way out requires a reason");
    auto& resolved = draft.act<StrandedResolved>();
    resolved.task = resolve.task;
    resolved.way = resolve.way;
    resolved.reason = resolve.reason;

    auto how = redraw_of(draft, task);
    how.small_pool = true;
    if (resolve.way == WayOut::ask_again) how.returned = {};
    if (resolve.way == WayOut::widen) how.widened = true;
    draw_again(draft, task, how);
    return {};
}

}  // namespace workflow::engine
