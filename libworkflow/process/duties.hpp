#pragma once

/// May this officer still act in this case? One pure function, used to prove and to enforce (R23).

#include <optional>
#include <span>

#include <workflow/refusal.hpp>
#include <workflow/values.hpp>

#include "../definition/organization.hpp"
#include "net.hpp"

namespace workflow::process {

/// Who has performed (or holds) which members of the separated groups in a case.
struct Performance {
    OfficerId officer;
    MemberMask members = 0;
    friend bool operator==(const Performance&, const Performance&) = default;
};

/// The rule that keeps `officer` from performing `members` after `done`, or nothing. Separation holds
/// for the person, whatever account or post he acts from.
std::optional<Rule> separation(const Process& process, const definition::Organization& organization,
                               std::span<const Performance> done, const PersonId& applicant,
                               const definition::Officer& officer, MemberMask members);

/// The post from which `officer` may do `task` of `process` in `hall` on `day`, or the rule that
/// keeps him from it: post, hall, qualification, absence. Separation is asked apart.
Expected<PostId> post_for(const Process& process, const TaskActivity& task, const definition::Organization& organization,
                          const definition::Officer& officer, const HallId& hall, Date day);

}  // namespace workflow::process
