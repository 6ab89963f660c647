#pragma once

/// May this officer still act in this case? Asked here and nowhere else, to prove and to enforce
/// (R23).

#include <optional>
#include <span>
#include <vector>

#include <boost/container/small_vector.hpp>

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

/// Those with a side in the matter: none of them does anything in the case as an officer.
struct Parties {
    const PersonId& applicant;
    std::span<const PersonId> others = {};  ///< who applies for him, and officers recused (回避)

    /// The rule that keeps `person` out, applicant_is_officer or recused, or nothing.
    [[nodiscard]] std::optional<RefusalCode> keep_out(const PersonId& person) const;
};

/// Whom separation keeps from performing `members` after `done`. Separation holds for the person,
/// whatever account or post he acts from; an officer whom the organization no longer knows is the
/// person of his own name. Keeps references to its arguments.
class Separation {
public:
    Separation(const Process& process, const definition::Organization& organization,
               std::span<const Performance> done, Parties parties, MemberMask members);

    /// The rule that keeps `officer` out, or nothing: separated, or that he is a party.
    [[nodiscard]] std::optional<RefusalCode> operator()(const definition::Officer& officer) const;

private:
    struct Kept {
        const OfficerId* officer;
        const PersonId* person;  // nothing: the organization does not know him
    };
    Parties parties_;
    boost::container::small_vector<Kept, 8> kept_;
};

/// The rule that keeps `officer` from performing `members` after `done`, or nothing.
std::optional<RefusalCode> separation(const Process& process,
                                      const definition::Organization& organization,
                                      std::span<const Performance> done, Parties parties,
                                      const definition::Officer& officer, MemberMask members);

/// Who may do a task by post, hall, section, qualification and presence; separation is asked apart.
/// A pool's task is for every hall; a post's task only for the hall of the case, when that has one.
/// Keeps references to its arguments.
class Eligibility {
public:
    Eligibility(const Process& process, const TaskActivity& task,
                const definition::Organization& organization, const HallId& hall, Date day);

    /// The post from which `officer` would act, one of whom he stands in for that day if he has
    /// none of his own for it; nothing when there is none.
    [[nodiscard]] const PostId* post(const definition::Officer& officer) const;
    /// Is there a day on which he has a post for it?
    [[nodiscard]] bool ever(const definition::Officer& officer) const;
    /// The rule that keeps `officer`, who has a post for it, from the task, or nothing.
    [[nodiscard]] std::optional<RefusalCode> kept_out(const definition::Officer& officer) const;

private:
    [[nodiscard]] const PostId* among(const std::vector<PostId>& posts) const;
    [[nodiscard]] const PostId* colleagues(const definition::Substitution& substitution) const;

    const ItemId* item_;
    const definition::Organization* organization_;
    const std::string* section_;  // nothing: every section's officers
    const HallId* hall_;          // nothing: those of every hall
    Date day_;
    boost::container::small_vector<const PostId*, 4> posts_;
};

/// Is `officer` in service and not absent on `day`?
bool present(const definition::Officer& officer, Date day);

/// The post from which `officer` may do `task` of `process` in `hall` on `day`, or the rule that
/// keeps him from it: not_on_post, not_qualified, other_section, absent.
Expected<PostId> post_for(const Process& process, const TaskActivity& task,
                          const definition::Organization& organization,
                          const definition::Officer& officer, const HallId& hall, Date day);

}  // namespace workflow::process
