#pragma once

/// Who could do what is still ahead of a case. The verifier asks it of the whole item before it is
/// published, the engine of the rest of a case whenever somebody is about to take a task.

#include <functional>
#include <optional>
#include <span>
#include <utility>

#include "../definition/organization.hpp"
#include "duties.hpp"
#include "net.hpp"
#include "satisfiability.hpp"

namespace workflow::process {

/// Names the roles of a process and what is ahead of each of its places; the last thing that the
/// compiler does. False when there are more than 64 roles.
bool name_roles(Process& process, const definition::Organization* organization);

/// The process as it is staffed by another organization that has the same posts.
Process restaffed(Process process, const definition::Organization& organization);

/// The officers who may play a role, absent ones among them, in one hall (drawn tasks: in all).
/// `day`: who has left by then is left out. Keeps a reference to all but the hall and the day.
class Candidates {
public:
    Candidates(const Process& process, const definition::Organization& organization,
               const HallId& hall, Date day)
        : process_(process), organization_(organization), hall_(hall), day_(day) {}

    /// Calls `each` for every account that may play `role` until it answers false.
    void visit(std::size_t role, const std::function<bool(const definition::Officer&)>& each) const;

    [[nodiscard]] const Process& process() const { return process_; }
    [[nodiscard]] const definition::Organization& organization() const { return organization_; }

private:
    const Process& process_;
    const definition::Organization& organization_;
    const HallId& hall_;
    Date day_;
};

/// A roster as persons, one behind however many accounts.
struct Cast {
    Authorization authorization;
    std::vector<const PersonId*> persons;  ///< by number in `authorization`; of the organization
};
Cast cast_of(const Candidates& candidates, RoleSet roles);

/// Can what is ahead of a case still be staffed once an officer takes one of its tasks? Loops are
/// seen as gone through: every role that some way ahead leads to is to be played.
class Outlook {
public:
    /// `done`: who has performed or holds what. Keeps references to its arguments.
    Outlook(const Candidates& candidates, std::span<const Performance> done, Parties parties,
            RoleSet ahead)
        : candidates_(candidates), done_(done), parties_(parties), ahead_(ahead) {}

    /// True where everything ahead can be staffed, and no longer could if `officer` performed
    /// `members` beside what he has performed.
    /// `officer`: of the organization, by reference into it.
    [[nodiscard]] bool loses(const definition::Officer& officer, MemberMask members);
    /// True where there are more persons for each role ahead than the other roles can take away, so
    /// that the rest is staffed in whatever order it comes: cheap to ask first.
    [[nodiscard]] bool plentiful() const;

private:
    /// The roles ahead that whoever performs `members` can no longer play.
    [[nodiscard]] RoleSet kept_from(MemberMask members) const;
    /// True where each of `roles` has more persons than it needs, whoever of them is lost: then
    /// the rest is as it was. Cheaper than to ask for him.
    [[nodiscard]] bool can_spare(RoleSet roles) const;
    [[nodiscard]] Staffed staffed_after(std::span<const Performance> done) const;
    /// Are there more persons for `role` than `others`?
    [[nodiscard]] bool more_than(std::size_t others, std::size_t role) const;

    const Candidates& candidates_;
    std::span<const Performance> done_;
    Parties parties_;
    RoleSet ahead_;
    std::optional<std::pair<RoleSet, bool>> spared_;  // what was asked last
};

}  // namespace workflow::process
