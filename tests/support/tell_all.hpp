#pragma once

#include <string>

#include <workflow/event.hpp>

namespace workflow::testing {

/// Everything that is in an event, without regard to what a page would print of it.
inline std::string tell_all(const Event& event) {
    std::string all = event.actor.officer.text + ' ' + event.key.text + ' ' + event.post.text;
    const auto add = [&](const std::string& text) { all += ' ' + text; };
    const auto add_fields = [&](const FieldValues& fields) {
        for (const auto& [field, value] : fields) add(field.text + '=' + to_string(value));
    };
    for (const auto& origin : event.batch)
        add(origin.operated_by.text + ' ' + origin.row + ' ' + origin.rule);
    if (const auto* opened = std::get_if<CaseOpened>(&event.what)) {
        add(opened->applicant.person.text);
        add(opened->applicant.name);
        if (opened->agent) add(opened->agent->person.text + ' ' + opened->agent->name);
        for (const auto& person : opened->recused) add(person.text);
        add_fields(opened->fields);
    }
    if (const auto* drawn = std::get_if<TaskDrawn>(&event.what)) {
        add(drawn->officer.text + ' ' + drawn->last.text);
        add(std::to_string(drawn->entropy));
        for (const auto& candidate : drawn->candidates) add(candidate.text);
        for (const auto& exclusion : drawn->excluded) add(exclusion.officer.text);
    }
    if (const auto* claimed = std::get_if<TaskClaimed>(&event.what)) add(claimed->officer.text);
    if (const auto* done = std::get_if<TaskCompleted>(&event.what)) {
        add(done->officer.text + ' ' + done->outcome.text + ' ' + done->reason);
        add_fields(done->fields);
    }
    if (const auto* handed = std::get_if<TaskHandedOver>(&event.what))
        add(handed->from.text + ' ' + handed->to.text + ' ' + handed->reason);
    if (const auto* invited = std::get_if<RatingInvited>(&event.what)) add(invited->officer.text);
    if (const auto* rated = std::get_if<CaseRated>(&event.what)) add(rated->comment);
    if (const auto* urged = std::get_if<CaseUrged>(&event.what)) add(urged->reason);
    if (const auto* taken = std::get_if<CaseWithdrawn>(&event.what))
        add(taken->reason + ' ' + taken->evidence);
    if (const auto* asked = std::get_if<RecusalAsked>(&event.what))
        add(asked->officer.text + ' ' + asked->person.text + ' ' + asked->reason);
    if (const auto* decided = std::get_if<RecusalDecided>(&event.what))
        add(decided->officer.text + ' ' + decided->reason);
    if (const auto* asked = std::get_if<UnsealAsked>(&event.what)) add(asked->reason);
    if (const auto* shown = std::get_if<CaseUnsealed>(&event.what))
        add(shown->officer.text + ' ' + shown->reason);
    if (const auto* declined = std::get_if<UnsealDeclined>(&event.what))
        add(declined->officer.text + ' ' + declined->reason);
    return all;
}

}  // namespace workflow::testing
