// A negative rating (差评) opens a case of its own: it is verified by somebody else than the
// officer who was rated, put right or explained, and answered (R28).

#include <algorithm>

#include <fmt/format.h>

#include "../process/net.hpp"
#include "transaction.hpp"

namespace workflow::shell {

namespace {

/// The value for a field of the follow-up item, where it has one of that name and type.
void fill(OpenCase& application, const process::Process& process, const char* name, Value value) {
    const auto slot = process.field(FieldId(name));
    if (!slot) return;
    using Type = definition::FieldType;
    const auto type = process.fields[*slot].type;
    const bool fits = (value.as<std::string>() && type == Type::string) ||
                      (value.as<Decimal>() && type == Type::number);
    if (fits) application.fields.emplace_back(FieldId(name), std::move(value));
}

/// Why who was rated takes no part: `handled_before`, or the first ground of the organization.
std::string recusal_ground(const definition::Organization& organization) {
    constexpr const char* handled = "handled_before";
    const auto& grounds = organization.recusal_grounds;
    return organization.recusal_ground(handled) || grounds.empty() ? handled : grounds.front().id;
}

}  // namespace

void Transaction::follow_up(const LiveCase& rated, const Command& command, Answer& answer) {
    const auto& item = context_.catalog.rating_follow_up();
    if (!item) return;
    const auto process = context_.catalog.process(*item);
    const auto& rating = std::get<RateCase>(command.action);
    (void)store();
    const auto events = context_.events_of(answer.number, rated.key);
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
    application.about = answer.number;
    fill(application, *process, "rated_case", Value(answer.number.text));
    fill(application, *process, "comment", Value(rating.comment));
    fill(application, *process, "grade", Value(decimal_of(static_cast<int>(rating.grade))));
    fill(application, *process, "rated_task", Value(decimal_of(number(rating.task))));
    // Whoever was rated does not judge it; one who has left the organization cannot.
    for (const auto& rateable : rated.state.rateable)
        if (rateable.task == rating.task && !rateable.officer.empty() &&
            context_.catalog.organization().officer(rateable.officer))
            application.recusals.push_back(
                {rateable.officer, recusal_ground(context_.catalog.organization()), "was rated"});
    Command open_it{application, Actor::the_engine(), {}, {}, command.happened};
    if (!command.key.empty()) open_it.key = CommandKey(command.key.text + " follow-up");
    // As the rated case has it, which may be from before texts were checked.
    auto follow_up = open(application, open_it, nullptr);
    if (!follow_up)
        throw StoreError(fmt::format("the rating is not kept, since {} cannot be opened for it: {}",
                                     item->text, follow_up.refusal().message));
    answer.opened.push_back(follow_up->number);
}

}  // namespace workflow::shell
