#pragma once

/// Checks whether an officer may still act in a case. The only implementation, used to prove and to
/// enforce (R23).

#include <optional>
#include <span>
#include <vector>

#include <boost/container/small_vector.hpp>

#include <workflow/refusal.hpp>
#include <workflow/values.hpp>

#include "../definition/organization.hpp"
#include "net.hpp"

namespace workflow::process {

/// The members of the separated groups that an officer has performed (or holds) in a case.
struct Performance {
    OfficerId officer;
    MemberMask members = 0;
    friend bool operator==(const Performance&, const Performance&) = default;
};

/// The parties to a case. None of them may act in the case as an officer.
struct Parties {
    const PersonId& applicant;
    std::span<const PersonId> others = {};  ///< the agent, and recused officers (回避)

    /// Returns the rule that excludes `person`, applicant_is_officer or recused, or nullopt.
    [[nodiscard]] std::optional<RefusalCode> keep_out(const PersonId& person) const;
};

/// Which officers separation of duty excludes from performing `members` after `done`. Separation
/// applies to the person, whatever account or post they act from. An officer whom the organization
/// no longer knows counts as a person of that name. Keeps references to its arguments.
class Separation {
public:
    Separation(const Process& process, const definition::Organization& organization,
               std::span<const Performance> done, Parties parties, MemberMask members);

    /// Returns the rule that excludes `officer`, separated or a party rule, or nullopt.
    [[nodiscard]] std::optional<RefusalCode> operator()(const definition::Officer& officer) const;

private:
    struct Kept {
        const OfficerId* officer;
        const PersonId* person;  // nullptr: the organization does not know the officer
    };
    Parties parties_;
    boost::container::small_vector<Kept, 8> kept_;
};

/// Returns the rule that excludes `officer` from performing `members` after `done`, or nullopt.
std::optional<RefusalCode> separation(const Process& process,
                                      const definition::Organization& organization,
                                      std::span<const Performance> done, Parties parties,
                                      const definition::Officer& officer, MemberMask members);

/// Who may do a task by post, hall, section, qualification and presence. Separation of duty is
/// checked separately. A pool's task is open to every hall. A post's task is open only to the hall
/// of the case, if it has one. Keeps references to its arguments.
class Eligibility {
public:
    Eligibility(const Process& process, const TaskActivity& task,
                const definition::Organization& organization, const HallId& hall, Date day);

    /// Returns the post from which `officer` would act: one of their own, otherwise one of a
    /// colleague for whom they stand in that day, or nullptr when there is none.
    [[nodiscard]] const PostId* post(const definition::Officer& officer) const;
    /// Returns whether the officer has a post for the task on any day.
    [[nodiscard]] bool ever(const definition::Officer& officer) const;
    /// Returns the rule that excludes `officer`, who has a post for the task, or nullopt.
    [[nodiscard]] std::optional<RefusalCode> kept_out(const definition::Officer& officer) const;

private:
    [[nodiscard]] const PostId* among(const std::vector<PostId>& posts) const;
    [[nodiscard]] const PostId* colleagues(const definition::Substitution& substitution) const;

    const ItemId* item_;
    const definition::Organization* organization_;
    const std::string* section_;  // nullptr: officers of every section
    const HallId* hall_;          // nullptr: officers of every hall
    Date day_;
    boost::container::small_vector<const PostId*, 4> posts_;
};

/// Returns whether `officer` is in service and not absent on `day`.
bool present(const definition::Officer& officer, Date day);

/// Returns the post from which `officer` may do `task` of `process` in `hall` on `day`, or refuses:
/// not_on_post, not_qualified, other_section, absent.
Expected<PostId> post_for(const Process& process, const TaskActivity& task,
                          const definition::Organization& organization,
                          const definition::Officer& officer, const HallId& hall, Date day);

}  // namespace workflow::process
