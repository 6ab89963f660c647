#include "staff_answer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <ostream>
#include <workflow/staffing.hpp>

#include "../cli_context.hpp"
#include "definition/organization.hpp"
#include "journal.hpp"
#include "shell/catalog_access.hpp"

namespace workflow::tools {

namespace {

/// Warns the officer who ordered the change of what it breaks. Nothing is refused for this, since
/// the next change may put it right.
void warn_of(const std::vector<Shortfall>& shortfalls, Streams& streams) {
    for (const auto& [item, hall, steps] : shortfalls) {
        std::vector<std::string> names;
        for (const auto& step : steps) names.push_back("`" + step.text + "`");
        const auto where = hall.empty() ? std::string() : fmt::format("in {} ", hall.text);
        streams.err << "workflow: warning: " << where
                    << (steps.size() == 1
                            ? fmt::format("nobody may do {} of {} any more", names[0], item.text)
                            : fmt::format("there are too few officers left for {} of one case of "
                                          "{}, which are separated",
                                          fmt::join(names, ", "), item.text))
                    << "\n  help: give somebody a post with that duty (`workflow staff post`)\n";
    }
}

/// Two accounts with the same name may belong to one person who was given two ids.
void warn_of_namesakes(const definition::Organization& organization, const OfficerId& officer,
                       const StaffChange& change, Streams& streams) {
    const auto* joined = std::get_if<OfficerJoined>(&change);
    if (!joined) return;
    for (const auto& other : definition::namesakes(organization, joined->name))
        if (other != officer)
            streams.err << "workflow: warning: " << other.text << " has the same name as "
                        << officer.text << "\n  help: compare the ids of the two persons; "
                        << "a person has the same id in all accounts (`--person`)\n";
}

void warn_of_namesakes(const definition::Organization& organization, const EventPayload& what,
                       Streams& streams) {
    if (const auto* proposed = std::get_if<StaffProposed>(&what))
        warn_of_namesakes(organization, proposed->officer, proposed->change, streams);
    if (const auto* changed = std::get_if<StaffChanged>(&what))
        warn_of_namesakes(organization, changed->officer, changed->change, streams);
}

}  // namespace

int tell_change(const Expected<Answer>& answer, const Catalog& before, const Arguments& arguments,
                Streams& streams, const Engine& engine) {
    if (!answer) {
        const int code = report(arguments, streams, answer.refusal());
        if (answer.refused(RefusalCode::same_person))
            streams.err << "  help: `--same-person` confirms that this is an additional account\n";
        return code;
    }
    warn_of_namesakes(compiled(before).organization(), answer->events.front().what, streams);
    warn_of(shortfalls(before, engine.catalog()), streams);
    if (arguments.quiet()) return exit_done;
    print_journal(answer->events, number(answer->version), arguments, streams, engine);
    const auto& what = answer->events.front().what;
    if (std::holds_alternative<StaffProposed>(what) && !arguments.json())
        streams.out << fmt::format(
            "Nothing has changed yet: another supervisor confirms it by `workflow staff confirm {} "
            "--as OFFICER`.\n",
            number(answer->version));
    return exit_done;
}

}  // namespace workflow::tools
