#include "staffing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <set>

#include "../process/staffing.hpp"
#include "co_occurring_roles.hpp"

namespace workflow::verify {
namespace {

using definition::Organization;
using process::Candidates;
using process::Cast;
using process::Process;
using process::RoleSet;
using process::Staffed;

/// Dates before and after every last day of an officer.
constexpr Date from_the_start{std::numeric_limits<std::int64_t>::min()};
constexpr Date for_good{std::numeric_limits<std::int64_t>::max()};

std::vector<std::size_t> numbers(RoleSet roles) {
    std::vector<std::size_t> list;
    for (; roles != 0; roles &= roles - 1)
        list.push_back(static_cast<std::size_t>(std::countr_zero(roles)));
    return list;
}

/// Returns the tasks that a case reaches first.
RoleSet first_roles(const Process& process) {
    std::vector<bool> seen(process.places.size());
    std::vector<process::PlaceIndex> open{process.start};
    RoleSet roles = 0;
    while (!open.empty()) {
        const auto place = open.back();
        open.pop_back();
        if (seen[place]) continue;
        seen[place] = true;
        if (const auto* task = process.task_at(place)) {
            roles |= RoleSet{1} << task->role;
            continue;
        }
        for (const auto& transition : process.transitions)
            for (const auto& arc : transition.takes)
                if (arc.place == place)
                    for (const auto& to : transition.gives) open.push_back(to.place);
    }
    return roles;
}

bool is_drawn(const Process& process, std::size_t role) {
    return process.task_at(process.roles[role].place)->drawn;
}

bool has_candidate(const Candidates& candidates, std::size_t role) {
    bool found = false;
    candidates.visit(role, [&](const definition::Officer&) {
        found = true;
        return false;
    });
    return found;
}

/// Returns the halls that accept applications: an officer there may perform a task that a case
/// reaches first. If those tasks are drawn, any hall with an officer on a post that the item names.
/// If all tasks are drawn, the halls are equivalent.
std::vector<HallId> halls_of(const Process& process, const Organization& organization) {
    auto asked = first_roles(process);
    const auto posts = [&](RoleSet roles) {
        for (const auto role : numbers(roles))
            if (is_drawn(process, role)) roles &= ~(RoleSet{1} << role);
        return roles;
    };
    if (posts(asked) == 0) asked = process.places[process.start].ahead;
    asked = posts(asked);
    std::vector<HallId> halls;
    for (const auto& hall : organization.halls) {
        const Candidates candidates(process, organization, hall.id, for_good);
        const auto known = numbers(asked);
        if (std::any_of(known.begin(), known.end(),
                        [&](std::size_t role) { return has_candidate(candidates, role); }))
            halls.push_back(hall.id);
    }
    if (halls.empty()) halls.emplace_back();
    return halls;
}

const std::string& role_name(const Process& process, std::size_t role) {
    return process.step_at(process.roles[role].place).id.text;
}

/// `lin, sun and 3 more`
std::string who(const Cast& cast, std::size_t role) {
    constexpr std::size_t most = 3;
    std::vector<std::string> names;
    for (std::size_t person = 0; person < cast.persons.size(); ++person)
        if (cast.authorization.persons[person] >> role & 1)
            names.push_back(cast.persons[person]->text);
    if (names.empty()) return "nobody";
    const auto shown = std::min(most, names.size());
    auto text =
        fmt::format("{}", fmt::join(names.begin(), names.begin() + static_cast<long>(shown), ", "));
    if (names.size() > shown) text += fmt::format(" and {} more", names.size() - shown);
    return text;
}

struct Shortage {
    std::vector<std::string> halls;
    Cast cast;  // in the first of the halls
};

void tell(const Process& process, const Organization& organization, RoleSet roles,
          const Shortage& shortage, DiagnosticSink& findings) {
    const auto conflict = numbers(roles);
    std::vector<std::string> halls;
    for (const auto& hall : shortage.halls)
        if (!hall.empty()) halls.push_back("`" + hall + "`");
    const auto where =
        halls.empty() ? std::string() : fmt::format("in {} ", fmt::join(halls, ", "));
    std::vector<std::string> parts;
    for (const auto role : conflict)
        parts.push_back(
            fmt::format("`{}` ({})", role_name(process, role), who(shortage.cast, role)));
    const auto& first = process.step_at(process.roles[conflict[0]].place);
    auto& finding = findings.add(
        "cannot-be-staffed", first.mark,
        conflict.size() == 1
            ? fmt::format("{}no officer may do `{}`", where, first.id.text)
            : fmt::format("{}there are not enough officers for the separated tasks of one case: {}",
                          where, fmt::join(parts, ", ")),
        "give more officers a post with one of these duties, or name fewer of them in `separated`");
    std::vector<std::string> told;
    for (const auto role : conflict) {
        const auto& task = *process.task_at(process.roles[role].place);
        if (role != conflict[0])
            findings.relate(finding, process.step_at(process.roles[role].place).mark,
                            "separated from it");
        for (const auto& post : organization.posts)
            if ((task.post.empty() || post.id == task.post) &&
                std::find(post.duties.begin(), post.duties.end(), task.duty) != post.duties.end() &&
                std::find(told.begin(), told.end(), post.id.text) == told.end()) {
                told.push_back(post.id.text);
                findings.relate(finding, post.mark, "the post is here");
            }
    }
}

/// The persons of a hall, some of them absent. Persons who may take the same roles are equivalent.
class Roster {
public:
    Roster(const Cast& cast, const std::vector<RoleSet>& sets) : sets_(sets) {
        rest_.apart = cast.authorization.apart;
        std::map<RoleSet, std::vector<std::size_t>> alike;
        for (std::size_t person = 0; person < cast.persons.size(); ++person)
            alike[cast.authorization.persons[person]].push_back(person);
        for (auto& [roles, persons] : alike) classes_.push_back({roles, std::move(persons)});
        for (const auto& one : classes_)
            rest_.persons.insert(rest_.persons.end(), one.persons.size(), one.roles);
    }

    /// Returns whether the hall is staffed for any `away` absent persons, none of them in a class
    /// before `from`.
    bool survives(unsigned away, std::size_t from = 0) {
        if (away == 0) return is_staffed();
        for (auto i = from; i < classes_.size(); ++i) {
            const auto one =
                std::find(rest_.persons.begin(), rest_.persons.end(), classes_[i].roles);
            if (one == rest_.persons.end()) continue;
            *one = 0;
            const bool all = survives(away - 1, i);
            *std::find(rest_.persons.begin(), rest_.persons.end(), RoleSet{0}) = classes_[i].roles;
            if (!all) return false;
        }
        return true;
    }

    /// Returns the persons without whom it is not staffed.
    std::vector<std::size_t> essential() {
        std::vector<std::size_t> found;
        for (std::size_t i = 0; i < classes_.size(); ++i) {
            const auto one =
                std::find(rest_.persons.begin(), rest_.persons.end(), classes_[i].roles);
            const auto roles = std::exchange(*one, 0);
            if (!is_staffed())
                found.insert(found.end(), classes_[i].persons.begin(), classes_[i].persons.end());
            *one = roles;
        }
        return found;
    }

private:
    struct Class {
        RoleSet roles;
        std::vector<std::size_t> persons;
    };
    bool is_staffed() const {
        return std::all_of(sets_.begin(), sets_.end(), [&](RoleSet set) {
            return process::staffed(rest_, set) == Staffed::yes;
        });
    }
    const std::vector<RoleSet>& sets_;
    process::Authorization rest_;
    std::vector<Class> classes_;
};

/// The sets of roles that must be staffed. If all roles together can be staffed, so can those of
/// each path, and the paths need not be computed.
class Ways {
public:
    explicit Ways(const Process& process)
        : process_(process), all_{process.places[process.start].ahead} {}

    const std::vector<RoleSet>& all() const { return all_; }
    const CoOccurringRoles& each() {
        if (!each_) each_ = co_occurring_roles(process_);
        return *each_;
    }

private:
    const Process& process_;
    std::vector<RoleSet> all_;
    std::optional<CoOccurringRoles> each_;
};

/// The smallest sets of roles that cannot all be taken in one case, in one hall.
struct Lacking {
    Cast cast;
    std::set<RoleSet> sets;
    bool decided = true;
};

/// `all`: also searches for sets that another set of the same path hides.
Lacking lacking_in(const Candidates& candidates, Ways& ways, bool all) {
    Lacking lacking;
    const PersonId no_applicant;
    if (process::Outlook(candidates, {}, {no_applicant}, ways.all()[0]).plentiful()) return lacking;
    lacking.cast = process::cast_of(candidates, ways.all()[0]);
    const auto& authorization = lacking.cast.authorization;
    if (process::staffed(authorization, ways.all()[0]) == Staffed::yes) return lacking;
    for (auto roles : ways.each().largest) {
        for (bool more = true; more;) {
            const auto verdict = process::staffed(authorization, roles);
            if (verdict == Staffed::yes) break;
            lacking.decided = verdict == Staffed::no && ways.each().exact;
            if (!lacking.decided) return lacking;
            const auto conflict = process::smallest_conflict(authorization, roles);
            lacking.sets.insert(conflict);
            roles &= ~conflict;
            more = all && conflict != 0;
        }
    }
    return lacking;
}

}  // namespace

void check_staffing(const Process& process, const Organization& organization,
                    DiagnosticSink& findings) {
    if (organization.officers.empty()) return;
    Ways ways(process);
    std::map<RoleSet, Shortage> shortages;
    for (const auto& hall : halls_of(process, organization)) {
        const Candidates candidates(process, organization, hall, for_good);
        const auto lacking = lacking_in(candidates, ways, false);
        if (!lacking.decided) {
            findings.add("not-decided", process.step_at(process.start).mark,
                         fmt::format("whether `{}` can be staffed is not decided: it has too many "
                                     "paths or too many separated tasks",
                                     process.item.text),
                         "group related steps into stages, or separate fewer tasks");
            return;
        }
        for (const auto roles : lacking.sets) {
            auto& shortage = shortages[roles];
            if (shortage.halls.empty()) shortage.cast = lacking.cast;
            shortage.halls.push_back(hall.text);
        }
    }
    const HallId anywhere;
    const Candidates everywhere(process, organization, anywhere, from_the_start);
    for (const auto& [roles, shortage] : shortages) {
        // A task that no officer may ever perform has been reported.
        if (std::has_single_bit(roles) && !has_candidate(everywhere, numbers(roles)[0])) continue;
        tell(process, organization, roles, shortage, findings);
    }
}

std::vector<Staffing> resilience(const Process& process, const Organization& organization) {
    constexpr unsigned most_away = 3;
    Ways ways(process);
    std::vector<Staffing> answers;
    for (const auto& hall : halls_of(process, organization)) {
        const Candidates candidates(process, organization, hall, for_good);
        const auto cast = process::cast_of(candidates, ways.all()[0]);
        Staffing answer;
        answer.hall = hall;
        Roster together(cast, ways.all());
        if (together.survives(most_away)) {
            answer.absences = most_away;
            answer.or_more = true;
        } else {
            Roster roster(cast, ways.each().largest);
            unsigned survived = 0;
            while (survived <= most_away && roster.survives(survived)) ++survived;
            if (survived > 0) answer.absences = survived - 1;
            answer.or_more = survived > most_away;
            if (answer.absences == 0U)
                for (const auto person : roster.essential())
                    answer.essential.push_back(*cast.persons[person]);
            std::sort(answer.essential.begin(), answer.essential.end());
        }
        answers.push_back(std::move(answer));
    }
    return answers;
}

std::vector<Shortfall> shortfalls(const StaffedItem& before, const StaffedItem& after) {
    std::vector<Shortfall> found;
    if (before.organization.officers.empty()) return found;
    const auto& process = after.process;
    Ways ways(process);
    for (const auto& hall : halls_of(before.process, before.organization)) {
        const auto lacking = [&](const StaffedItem& staffed) {
            return lacking_in(Candidates(staffed.process, staffed.organization, hall, for_good),
                              ways, true);
        };
        const auto now = lacking(after);
        if (!now.decided || now.sets.empty()) continue;
        const auto then = lacking(before);
        for (const auto roles : now.sets) {
            if (then.sets.contains(roles)) continue;
            auto& shortfall = found.emplace_back(Shortfall{process.item, hall, {}});
            for (const auto role : numbers(roles))
                shortfall.steps.push_back(process.step_at(process.roles[role].place).id);
        }
    }
    return found;
}

}  // namespace workflow::verify
