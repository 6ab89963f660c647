// What `doctor` finds in definitions and staff: pools, absences, supervisors, calendars.

#include <set>

#include <fmt/format.h>

#include <workflow/staffing.hpp>

#include "calendar/working_days.hpp"
#include "definition/organization.hpp"
#include "doctor.hpp"
#include "process/duties.hpp"
#include "shell/catalog_access.hpp"

namespace workflow::tools {

namespace {

/// Fewer than these are a weak draw.
constexpr std::size_t least_pool = 3;

void examine_pools(const process::Process& process, const definition::Organization& organization,
                   Date today, Weaknesses& found) {
    const HallId every_hall;
    for (const auto& place : process.places) {
        const auto* task = std::get_if<process::TaskActivity>(&place.activity);
        if (!task || !task->drawn || task->same_officer) continue;
        const process::Eligibility eligible(process, *task, organization, every_hall, today);
        std::set<PersonId> persons;
        for (const auto& officer : organization.officers)
            if (eligible.post(officer) && !eligible.kept_out(officer))
                persons.insert(officer.person);
        if (persons.size() >= least_pool) continue;
        found.push_back(
            {"small-pool",
             fmt::format("{} can be drawn today for the step {} of {}: the draw can "
                         "be guessed",
                         persons.size() == 1 ? std::string("one person")
                                             : fmt::format("{} persons", persons.size()),
                         process.steps[place.step].id.text, process.item.text),
             fmt::format("put at least {} officers on its post", least_pool)});
    }
}

void examine_absences(const Catalog& catalog, const ItemId& item, Weaknesses& found) {
    for (const auto& hall : staffing_of(catalog, item)) {
        if (hall.absences && *hall.absences > 0) continue;
        std::string who;
        for (const auto& person : hall.essential) who += (who.empty() ? "" : ", ") + person.text;
        found.push_back(
            {"one-absence",
             fmt::format("{}{} {}", item.text,
                         hall.hall.empty() ? std::string() : " in the hall " + hall.hall.text,
                         !hall.absences ? std::string("cannot be staffed on every path")
                                        : "cannot be staffed when one officer is away" +
                                              (who.empty() ? std::string() : ": " + who)),
             "`workflow staffing` shows which officers are missing"});
    }
}

void examine_supervisors(const definition::Organization& organization, Date today,
                         Weaknesses& found) {
    std::set<PersonId> supervisors;
    for (const auto& officer : organization.officers)
        if (officer.supervisor && !(officer.left && *officer.left <= today))
            supervisors.insert(officer.person);
    if (supervisors.size() >= 2) return;
    found.push_back({"one-supervisor",
                     supervisors.empty()
                         ? "the organization has no supervisor"
                         : "the organization has only one supervisor, for whom nobody can confirm "
                           "or substitute",
                     "make another officer a supervisor"});
}

void examine_calendar(const Catalog& catalog, const process::Process& process, Date today,
                      std::set<int>& told, Weaknesses& found) {
    const auto now = civil(today);
    // The notice for a year comes in the autumn before it.
    for (const int year : {now.year, now.year + (now.month >= 11 ? 1 : 0)}) {
        const auto last = date_of(year, 12, 31);
        if (!last || compiled(catalog).calendar(process).covers(*last) || !told.insert(year).second)
            continue;
        found.push_back({"provisional-calendar",
                         fmt::format("no calendar covers {}: due days in it are provisional", year),
                         "load the year's notice"});
    }
}

}  // namespace

void examine_staff(const Catalog& catalog, Instant now, Weaknesses& found) {
    const auto& organization = compiled(catalog).organization();
    const auto today = organization.clock.day_of(now);
    if (!organization.officers.empty()) examine_supervisors(organization, today, found);
    std::set<int> told;
    for (const auto& item : catalog.items()) {
        const auto process = compiled(catalog).process(item);
        examine_calendar(catalog, *process, today, told, found);
        if (organization.officers.empty()) continue;
        examine_pools(*process, organization, today, found);
        examine_absences(catalog, item, found);
    }
}

}  // namespace workflow::tools
