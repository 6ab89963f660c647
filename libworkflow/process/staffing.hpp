#pragma once

/// Who could do the tasks still ahead of a case. The verifier evaluates it for the whole item
/// before it is published, the engine for the rest of a case whenever somebody is about to take a
/// task.

#include <functional>
#include <optional>
#include <span>
#include <utility>

#include "../definition/organization.hpp"
#include "duties.hpp"
#include "net.hpp"
#include "satisfiability.hpp"

namespace workflow::process {

/// Fills the roles of a process and the roles ahead of each place. The last step of the compiler.
/// Returns false when there are more than 64 roles.
bool name_roles(Process& process, const definition::Organization* organization);

/// Returns the process as staffed by another organization with the same posts.
Process restaffed(Process process, const definition::Organization& organization);

/// The officers who may play a role, including absent ones, in one hall (drawn tasks: in all
/// halls). `day`: excludes those who have left by then. Keeps a reference to all but the hall and
/// the day.
class Candidates {
public:
    Candidates(const Process& process, const definition::Organization& organization,
               const HallId& hall, Date day)
        : process_(process), organization_(organization), hall_(hall), day_(day) {}

    /// Calls `each` for every account that may play `role`, until it returns false.
    void visit(std::size_t role, const std::function<bool(const definition::Officer&)>& each) const;

    [[nodiscard]] const Process& process() const { return process_; }
    [[nodiscard]] const definition::Organization& organization() const { return organization_; }

private:
    const Process& process_;
    const definition::Organization& organization_;
    const HallId& hall_;
    Date day_;
};

/// A roster of persons, each behind one or more accounts.
struct Cast {
    Authorization authorization;
    std::vector<const PersonId*> persons;  ///< by number in `authorization`; of the organization
};
Cast cast_of(const Candidates& candidates, RoleSet roles);

/// Checks whether the tasks ahead of a case can still be staffed once an officer takes one of them.
/// Loops count as executed: every role reachable from here must be played.
class Outlook {
public:
    /// `done`: what officers have performed or hold. Keeps references to its arguments.
    Outlook(const Candidates& candidates, std::span<const Performance> done, Parties parties,
            RoleSet ahead)
        : candidates_(candidates), done_(done), parties_(parties), ahead_(ahead) {}

    /// Returns true if everything ahead can be staffed, but no longer if `officer` performed
    /// `members` in addition to their earlier acts. `officer`: a reference into the organization.
    [[nodiscard]] bool loses(const definition::Officer& officer, MemberMask members);
    /// Returns true if each role ahead has more persons than the other roles can take away. Then
    /// the rest can be staffed in any order. A cheap first check.
    [[nodiscard]] bool plentiful() const;

private:
    /// Returns the roles ahead that the performer of `members` can no longer play.
    [[nodiscard]] RoleSet kept_from(MemberMask members) const;
    /// Returns true if each of `roles` has more persons than it needs, whichever of them is lost.
    /// Then the rest is unaffected. Cheaper than checking the officer.
    [[nodiscard]] bool can_spare(RoleSet roles) const;
    [[nodiscard]] Staffed staffed_after(std::span<const Performance> done) const;
    /// Returns whether there are more persons for `role` than `others`.
    [[nodiscard]] bool more_than(std::size_t others, std::size_t role) const;

    const Candidates& candidates_;
    std::span<const Performance> done_;
    Parties parties_;
    RoleSet ahead_;
    std::optional<std::pair<RoleSet, bool>> spared_;  // the last question and its answer
};

}  // namespace workflow::process
