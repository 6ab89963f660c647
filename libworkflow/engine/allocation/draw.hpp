#pragma once

/// Who could have a task, and the pass-through draw among them (通岗通审, R24): every qualified
/// officer on duty, whatever his section, has his chance; nobody picks.

#include <cstdint>
#include <span>

#include <workflow/event.hpp>

#include "../../definition/organization.hpp"
#include "../../process/duties.hpp"
#include "../../process/net.hpp"
#include "../../process/staffing.hpp"

namespace workflow::engine {

/// Who is asked whether he may have a task.
struct Pool {
    const process::Process& process;
    const definition::Organization& organization;
    const process::TaskActivity& task;
    std::span<const process::Performance>
        done;  ///< in the case so far, tasks that are held included
    process::Parties parties;
    const HallId& hall;
    const WorkingDays& calendar;
    Date day;
    std::span<const OfficerId> returned;  ///< gave this task back
    process::RoleSet ahead = 0;           ///< of the case, this task included
    /// As the case was received under; null: the same as `organization`.
    const definition::Organization* at_reception = nullptr;
    bool every_hall = false;  ///< also where the task is a post's
};

/// The heaviest weight that counts.
inline constexpr std::uint32_t most_weight = 10;

/// The task when officers of every section, specialists or not, may do it.
process::TaskActivity widened(const process::TaskActivity& task);

/// Fills `drawn` with candidates and exclusions, sorted by id. Excluded with their rules are
/// the officers who have a post for the task: those whose post has nothing to do with it are not in
/// the pool at all. Who gave the task back, from whatever account, is excluded as not_your_task;
/// who alone could do what comes later, as needed_later; a second account of a person who is a
/// candidate, as same_person; who could not have done it when the case was received, by the rule of
/// then. In a draw the figures are their weights of then, where not all are 1.
///
/// Answers how many the pool lost by acts: recusals, returns, absences, and changes of staff since
/// the case was received.
std::size_t gather(const Pool& pool, TaskDrawn& drawn);

/// The one of `count` that the word falls on, the first with the chance weights[0] / sum; none:
/// each with the same chance.
std::size_t pick(std::uint64_t entropy, std::size_t count, std::span<const std::uint32_t> weights);

/// Could `officer` be drawn?
bool may_have(const Pool& pool, const OfficerId& officer);

/// floor(entropy * n / 2^64): uniform up to a bias below n / 2^64.
std::size_t pick(std::uint64_t entropy, std::size_t n);

}  // namespace workflow::engine
