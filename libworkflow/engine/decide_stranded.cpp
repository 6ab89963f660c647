// A drawn task that nobody can take shows as work of a named post, whose officers choose a way out
// that stands in the trail. The engine draws all the same.

#include <fmt/format.h>

#include "acting.hpp"
#include "draft.hpp"

namespace workflow::engine {

std::optional<Refusal> decide_stranded(Draft& draft, const ResolveStranded& resolve) {
    const auto task = find_task(draft, resolve.task);
    if (!task) return task.refusal();
    if (auto refusal = know_officer(draft)) return refusal;
    if ((*task)->stranded.empty())
        return refuse(Rule::not_stranded,
                      fmt::format("task {} waits for no way out", number(resolve.task)));
    if (resolve.reason.empty())
        return refuse(Rule::reason_required, "a way out is chosen for a reason");
    auto& resolved = draft.act<StrandedResolved>();
    resolved.task = resolve.task;
    resolved.way = resolve.way;
    resolved.reason = resolve.reason;
    return {};
}

}  // namespace workflow::engine
