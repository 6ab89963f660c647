#pragma once

/// The candidates for a task, and the random draw among them (通岗通审, R24). Every qualified
/// officer on duty, of any section, can be drawn. Nobody chooses.

#include <cstdint>
#include <span>

#include <workflow/event.hpp>

#include "../../definition/organization.hpp"
#include "../../process/duties.hpp"
#include "../../process/net.hpp"
#include "../../process/staffing.hpp"

namespace workflow::engine {

/// The officers and facts from which the candidates for a task are computed.
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
    std::span<const OfficerId> returned;  ///< returned this task
    process::RoleSet ahead = 0;           ///< of the case, including this task
    /// The organization under which the case was received. Null: the same as `organization`.
    const definition::Organization* at_reception = nullptr;
    bool every_hall = false;  ///< true: every hall, also for a task of a post
};

/// Greater weights count as this one.
inline constexpr std::uint32_t most_weight = 10;

/// Returns the task as open to officers of every section, specialists or not.
process::TaskActivity widened(const process::TaskActivity& task);

/// Fills `drawn` with candidates and exclusions, sorted by id. Lists only officers who have a post
/// for the task; all others are not in the pool. Excludes, each with its rule: the person who
/// returned the task, with all accounts (not_your_task); an officer who alone could do a later task
/// (needed_later); further accounts of a candidate's person (same_person); and officers who could
/// not have done the task when the case was received, by the rule that applied then. In a draw the
/// figures are the weights of that time, unless all are 1.
///
/// Returns how many officers the pool lost by acts: recusals, returns, absences, and changes of
/// staff since the case was received.
std::size_t gather(const Pool& pool, TaskDrawn& drawn);

/// Maps a word to one of `count` indexes. Index i has the probability weights[i] / sum. Without
/// weights all have the same probability.
std::size_t pick(std::uint64_t entropy, std::size_t count, std::span<const std::uint32_t> weights);

/// Returns whether `officer` could be drawn.
bool may_have(const Pool& pool, const OfficerId& officer);

/// floor(entropy * n / 2^64): uniform up to a bias below n / 2^64.
std::size_t pick(std::uint64_t entropy, std::size_t n);

}  // namespace workflow::engine
