#include "ways_out.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace workflow::verify {

namespace {

/// Two persons, because an officer who returned a task may not choose how it continues.
constexpr std::size_t enough = 2;

std::size_t resolvers(const definition::Organization& organization) {
    const auto& post = organization.draw.stranded;
    std::vector<const PersonId*> persons;
    for (const auto& officer : organization.officers) {
        const bool may = post.empty() ? officer.supervisor
                                      : std::find(officer.posts.begin(), officer.posts.end(),
                                                  post) != officer.posts.end();
        const bool known = std::any_of(persons.begin(), persons.end(),
                                       [&](const PersonId* one) { return *one == officer.person; });
        if (may && !officer.left && !known) persons.push_back(&officer.person);
    }
    return persons.size();
}

}  // namespace

void check_ways_out(const process::Process& process, const definition::Organization& organization,
                    DiagnosticSink& findings) {
    const auto& post = organization.draw.stranded;
    const auto found = resolvers(organization);
    if (found >= enough || (found == 1 && post.empty())) return;
    for (const auto& place : process.places) {
        const auto* task = std::get_if<process::TaskActivity>(&place.activity);
        if (!task || !task->drawn) continue;
        const auto& step = process.steps[place.step];
        const auto who = post.empty() ? std::string("supervisor")
                                      : fmt::format("officer on the post `{}`", post.text);
        findings.add(
            "no-way-out-of-draw", step.mark,
            fmt::format("when no officer can take `{}`, no {} can choose how the case continues",
                        step.id.text, found == 0 ? who : "second " + who),
            post.empty() ? "make an officer a supervisor, or name a post with `draw: {stranded: "
                           "POST}` in the organization"
                         : "give the post to another officer");
    }
}

}  // namespace workflow::verify
