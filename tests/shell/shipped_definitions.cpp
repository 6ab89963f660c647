// The definitions that ship with the library, as a hall would publish them.

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <workflow/catalog.hpp>

#include "base/render.hpp"
#include "definition/organization.hpp"
#include "process/duties.hpp"
#include "process/net.hpp"
#include "shell/catalog_access.hpp"
#include "support/catch.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::shipped_definitions_test {

namespace {

const std::filesystem::path shipped = WORKFLOW_SOURCE_DIR "/definitions";

const Catalog& catalog() {
    static const auto loaded = Catalog::load({shipped});
    return loaded.catalog.value();
}

/// Officers who may do `task` of `process` for a case received in `hall`.
std::set<std::string> pool(const process::Process& process, const process::TaskActivity& task,
                           const HallId& hall, Date day) {
    std::set<std::string> persons;
    const auto& organization = compiled(catalog()).organization();
    for (const auto& officer : organization.officers)
        if (process::post_for(process, task, organization, officer, hall, day))
            persons.insert(officer.person.text);
    return persons;
}

std::vector<const process::TaskActivity*> tasks_of(const process::Process& process) {
    std::vector<const process::TaskActivity*> tasks;
    for (const auto& place : process.places)
        if (const auto* task = std::get_if<process::TaskActivity>(&place.activity))
            tasks.push_back(task);
    return tasks;
}

/// How many of `task`'s pool are left at worst: every task kept apart from it was done by another
/// member of the same pool.
std::size_t left_at_worst(const process::Process& process, const process::TaskActivity& task,
                          const HallId& hall, Date day) {
    const auto mine = pool(process, task, hall, day);
    std::size_t lost = 0;
    for (const auto* other : tasks_of(process)) {
        if (other == &task || (process.conflicts_of(task.members) & other->members) == 0) continue;
        const auto theirs = pool(process, *other, hall, day);
        lost += std::any_of(theirs.begin(), theirs.end(),
                            [&](const auto& person) { return mine.contains(person); });
    }
    return mine.size() - std::min(lost, mine.size());
}

}  // namespace

TEST_CASE("the shipped definitions load without a single finding, not even a warning") {
    const auto loaded = Catalog::load({shipped});
    for (const auto& finding : loaded.diagnostics) UNSCOPED_INFO(render(finding));
    REQUIRE(loaded.diagnostics.empty());
    REQUIRE(loaded.catalog);
    CHECK(loaded.catalog->items().size() >= 12);
    CHECK(loaded.catalog->organization().officers.size() == 40);
    CHECK(loaded.catalog->organization().halls.size() == 3);
}

TEST_CASE("every drawn step has three officers left in every hall, whoever acted before") {
    const auto& organization = compiled(catalog()).organization();
    for (const auto* day : {"2026-03-02", "2026-10-12", "2026-11-23"}) {
        for (const auto& item : catalog().items()) {
            const auto process = compiled(catalog()).process(item);
            for (const auto* task : tasks_of(*process)) {
                if (!task->drawn) continue;
                for (const auto& hall : organization.halls) {
                    INFO(item.text << " " << task->duty.text << " " << hall.id.text << " " << day);
                    CHECK(left_at_worst(*process, *task, hall.id, *parse_date(day)) >= 3);
                }
            }
        }
    }
}

TEST_CASE("every window step has two officers left in every hall, whoever acted before") {
    for (const auto& item : catalog().items()) {
        const auto process = compiled(catalog()).process(item);
        for (const auto* task : tasks_of(*process)) {
            if (task->drawn) continue;
            for (const auto& hall : compiled(catalog()).organization().halls) {
                INFO(item.text << " " << task->duty.text << " " << hall.id.text);
                CHECK(left_at_worst(*process, *task, hall.id, *parse_date("2026-11-23")) >= 2);
            }
        }
    }
}

TEST_CASE("the two investigators of a work injury are two persons") {
    const auto process = compiled(catalog()).process(ItemId("injury.recognition"));
    std::vector<process::MemberMask> investigators;
    for (const auto* task : tasks_of(*process))
        if (task->duty == DutyId("investigate")) investigators.push_back(task->members);
    REQUIRE(investigators.size() == 2);
    CHECK((process->conflicts_of(investigators[0]) & investigators[1]) != 0);
}

TEST_CASE("the demand desk has no end that turns a request away") {
    const auto process = compiled(catalog()).process(ItemId("service-desk.demand"));
    CHECK(process->zero_refusal);
    for (const auto& place : process->places)
        if (const auto* end = std::get_if<process::EndActivity>(&place.activity)) {
            CHECK(end->end != EndKind::refused);
            CHECK(end->end != EndKind::not_accepted);
        }
}

TEST_CASE("each shipped item is named in the guide to the definitions") {
    std::ifstream file(shipped / "README.md");
    std::stringstream text;
    text << file.rdbuf();
    for (const auto& item : catalog().items())
        CHECK(text.str().find("`" + item.text + "`") != std::string::npos);
}

}  // namespace workflow::testing::shipped_definitions_test
