#include "staffing.hpp"

#include <algorithm>
#include <bit>
#include <unordered_map>

namespace workflow::process {

using definition::Officer;
using definition::Organization;

namespace {

template <class Visit>
void each_role(RoleSet roles, Visit visit) {
    for (; roles != 0; roles &= roles - 1) visit(static_cast<std::size_t>(std::countr_zero(roles)));
}

bool alike(const TaskActivity& a, const TaskActivity& b) {
    return a.duty == b.duty && a.post == b.post && a.drawn == b.drawn && a.among == b.among &&
           a.members == b.members;
}

/// Returns the officers, by index in the organization, who have a post for the task.
std::vector<std::uint16_t> roster_of(const Process& process, const Organization& organization,
                                     const TaskActivity& task) {
    const HallId anywhere;
    const Eligibility eligible(process, task, organization, anywhere, Date{});
    std::vector<std::uint16_t> roster;
    for (std::size_t i = 0; i < organization.officers.size() && i < none; ++i)
        if (eligible.ever(organization.officers[i]))
            roster.push_back(static_cast<std::uint16_t>(i));
    return roster;
}

/// Fills, by officer, the roles for which the person has a post.
void name_players(Process& process, const Organization& organization) {
    const auto& roles = process.roles;
    const auto& officers = organization.officers;
    std::unordered_map<std::string_view, RoleSet> plays;
    for (std::size_t role = 0; role < roles.size(); ++role)
        for (const auto i : roles[role].roster)
            plays[officers[i].person.text] |= RoleSet{1} << role;
    process.plays.clear();
    for (const auto& officer : officers) process.plays.push_back(plays[officer.person.text]);
}

/// Fills, by place, the roles of tasks that tokens from there can reach.
void look_ahead(Process& process) {
    for (std::size_t place = 0; place < process.places.size(); ++place)
        if (const auto* task = process.task_at(static_cast<PlaceIndex>(place)))
            process.places[place].ahead = RoleSet{1} << task->role;
    for (bool more = true; more;) {
        more = false;
        for (auto t = process.transitions.rbegin(); t != process.transitions.rend(); ++t) {
            RoleSet beyond = 0;
            for (const auto& arc : t->gives) beyond |= process.places[arc.place].ahead;
            for (const auto& arc : t->takes) {
                auto& ahead = process.places[arc.place].ahead;
                more = more || (beyond & ~ahead) != 0;
                ahead |= beyond;
            }
        }
    }
}

}  // namespace

bool name_roles(Process& process, const Organization* organization) {
    auto& roles = process.roles;
    for (std::size_t place = 0; place < process.places.size(); ++place) {
        auto* task = std::get_if<TaskActivity>(&process.places[place].activity);
        if (!task) continue;
        const auto known = std::find_if(roles.begin(), roles.end(), [&](const Role& role) {
            return alike(*process.task_at(role.place), *task);
        });
        task->role = static_cast<std::uint8_t>(known - roles.begin());
        if (known != roles.end()) continue;
        if (roles.size() == most_roles) return false;
        Role role;
        role.place = static_cast<PlaceIndex>(place);
        if (process.staff) role.roster = roster_of(process, *organization, *task);
        roles.push_back(std::move(role));
    }
    for (auto& role : roles) {
        const auto conflicts = process.conflicts_of(process.task_at(role.place)->members);
        for (std::size_t other = 0; other < roles.size(); ++other)
            if (process.task_at(roles[other].place)->members & conflicts)
                role.apart |= RoleSet{1} << other;
    }
    look_ahead(process);
    if (process.staff) name_players(process, *organization);
    return true;
}

Process restaffed(Process process, const Organization& organization) {
    if (!process.staff) return process;
    process.staff = organization.digest;
    for (auto& role : process.roles)
        role.roster = roster_of(process, organization, *process.task_at(role.place));
    name_players(process, organization);
    return process;
}

void Candidates::visit(std::size_t index, const std::function<bool(const Officer&)>& each) const {
    const auto& role = process_.roles[index];
    const auto& task = *process_.task_at(role.place);
    const auto consider = [&](const Officer& officer) {
        return (officer.left && *officer.left <= day_) ||
               !definition::qualified_for(officer, process_.item) ||
               (task.among == definition::Among::section && officer.section != process_.section) ||
               each(officer);
    };
    if (process_.staff && *process_.staff == organization_.digest) {
        const bool any_hall = task.post.empty() || hall_.empty();
        for (const auto i : role.roster) {
            const auto& officer = organization_.officers[i];
            if ((any_hall || officer.hall == hall_) && !consider(officer)) return;
        }
        return;
    }
    const Eligibility eligible(process_, task, organization_, hall_, day_);
    for (const auto& officer : organization_.officers)
        if (eligible.ever(officer) && !consider(officer)) return;
}

Cast cast_of(const Candidates& candidates, RoleSet roles) {
    Cast cast;
    for (const auto& role : candidates.process().roles)
        cast.authorization.apart.push_back(role.apart);
    std::unordered_map<std::string_view, std::size_t> numbers;
    each_role(roles, [&](std::size_t role) {
        candidates.visit(role, [&](const Officer& officer) {
            const auto number = numbers.emplace(officer.person.text, numbers.size()).first->second;
            if (number == cast.persons.size()) {
                cast.persons.push_back(&officer.person);
                cast.authorization.persons.push_back(0);
            }
            cast.authorization.persons[number] |= RoleSet{1} << role;
            return true;
        });
    });
    return cast;
}

Staffed Outlook::staffed_after(std::span<const Performance> done) const {
    auto cast = cast_of(candidates_, ahead_);
    const auto& process = candidates_.process();
    each_role(ahead_, [&](std::size_t role) {
        const auto conflicts =
            process.conflicts_of(process.task_at(process.roles[role].place)->members);
        for (std::size_t person = 0; person < cast.persons.size(); ++person) {
            const auto barred = [&](const Performance& performance) {
                if ((performance.members & conflicts) == 0) return false;
                const auto* officer = candidates_.organization().officer(performance.officer);
                const auto& name = officer ? officer->person.text : performance.officer.text;
                return name == cast.persons[person]->text;
            };
            if (parties_.keep_out(*cast.persons[person]) ||
                std::any_of(done.begin(), done.end(), barred))
                cast.authorization.persons[person] &= ~(RoleSet{1} << role);
        }
    });
    return staffed(cast.authorization, ahead_);
}

bool Outlook::more_than(std::size_t others, std::size_t role) const {
    const auto& process = candidates_.process();
    const auto& task = *process.task_at(process.roles[role].place);
    const Separation separation(process, candidates_.organization(), done_, parties_, task.members);
    boost::container::small_vector<const PersonId*, 16> persons;
    candidates_.visit(role, [&](const Officer& officer) {
        const bool known = std::any_of(persons.begin(), persons.end(), [&](const PersonId* person) {
            return *person == officer.person;
        });
        if (!known && !separation(officer)) persons.push_back(&officer.person);
        return persons.size() <= others;
    });
    return persons.size() > others;
}

RoleSet Outlook::kept_from(MemberMask members) const {
    const auto& process = candidates_.process();
    const auto conflicts = process.conflicts_of(members);
    RoleSet roles = 0;
    each_role(ahead_, [&](std::size_t role) {
        if (process.task_at(process.roles[role].place)->members & conflicts)
            roles |= RoleSet{1} << role;
    });
    return roles;
}

bool Outlook::plentiful() const {
    bool enough = true;
    each_role(ahead_, [&](std::size_t role) {
        const auto apart = candidates_.process().roles[role].apart & ahead_;
        enough = enough && more_than(static_cast<std::size_t>(std::popcount(apart)), role);
    });
    return enough;
}

bool Outlook::can_spare(RoleSet roles) const {
    bool enough = true;
    each_role(roles, [&](std::size_t role) {
        const auto apart = candidates_.process().roles[role].apart & ahead_;
        enough = enough && more_than(static_cast<std::size_t>(std::popcount(apart)) + 1, role);
    });
    return enough;
}

bool Outlook::loses(const Officer& officer, MemberMask members) {
    auto lost = kept_from(members);
    const auto& process = candidates_.process();
    const auto& organization = candidates_.organization();
    if (process.staff && *process.staff == organization.digest)
        lost &= process.plays[static_cast<std::size_t>(&officer - organization.officers.data())];
    // An officer who could do none of it changes nothing.
    if (lost == 0) return false;
    if (!spared_ || spared_->first != lost) spared_.emplace(lost, can_spare(lost));
    if (spared_->second) return false;
    boost::container::small_vector<Performance, 8> after(done_.begin(), done_.end());
    after.push_back({officer.id, members});
    return staffed_after({after.data(), after.size()}) == Staffed::no &&
           staffed_after(done_) == Staffed::yes;
}

}  // namespace workflow::process
