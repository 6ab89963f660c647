#include "follow_up.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../process/net.hpp"
#include "catalog_access.hpp"

namespace workflow::shell {

namespace {

/// Sets a field of the follow-up item, if it has one of that name and type.
void fill(OpenCase& application, const process::Process& process, const char* name, Value value) {
    const auto slot = process.field(FieldId(name));
    if (!slot) return;
    using Type = definition::FieldType;
    const auto type = process.fields[*slot].type;
    const bool fits = (value.as<std::string>() && type == Type::string) ||
                      (value.as<Decimal>() && type == Type::number);
    if (fits) application.fields.emplace_back(FieldId(name), std::move(value));
}

/// Returns why the rated officer takes no part: `handled_before`, or the first ground of the
/// organization.
std::string recusal_ground(const definition::Organization& organization) {
    constexpr const char* handled = "handled_before";
    const auto& grounds = organization.recusal_grounds;
    return organization.recusal_ground(handled) || grounds.empty() ? handled : grounds.front().id;
}

}  // namespace

std::optional<Command> follow_up_of(Transaction& unit, const LiveCase& rated,
                                    const Command& command) {
    auto& context = unit.context();
    const auto& about = rated.state.number;
    const auto& item = context.catalog.rating_follow_up();
    if (!item) return {};
    const auto process = compiled(context.catalog).process(*item);
    const auto& rating = std::get<RateCase>(command.action);
    (void)unit.store();
    const auto events = context.events_of(about, rated.key);
    const auto& opened = std::get<CaseOpened>(events.front().what);

    OpenCase application;
    application.item = *item;
    application.applicant = opened.applicant;
    application.hall = opened.hall;
    application.channel =
        process->channels.empty() || std::find(process->channels.begin(), process->channels.end(),
                                               opened.channel) != process->channels.end()
            ? opened.channel
            : process->channels.front();
    application.about = about;
    fill(application, *process, "rated_case", Value(about.text));
    fill(application, *process, "comment", Value(rating.comment));
    fill(application, *process, "grade", Value(decimal_of(static_cast<int>(rating.grade))));
    fill(application, *process, "rated_task", Value(decimal_of(number(rating.task))));
    // A rated officer does not judge the rating; an officer who has left the organization cannot.
    for (const auto& rateable : rated.state.rateable)
        if (rateable.task == rating.task && !rateable.officer.empty() &&
            compiled(context.catalog).organization().officer(rateable.officer))
            application.recusals.push_back(
                {rateable.officer, recusal_ground(compiled(context.catalog).organization()),
                 "was rated"});
    Command open_it{application, Actor::the_engine(), {}, {}, command.happened};
    if (!command.key.empty()) open_it.key = CommandKey(command.key.text + " follow-up");
    return open_it;
}

StoreError cannot_follow_up(const EngineContext& context, const Refusal& refusal) {
    return StoreError(fmt::format("the rating is not kept, since {} cannot be opened for it: {}",
                                  context.catalog.rating_follow_up()->text, refusal.message));
}

}  // namespace workflow::shell
