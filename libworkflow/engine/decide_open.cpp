#include <algorithm>

#include <fmt/format.h>

#include "../base/identity.hpp"
#include "../process/staffing.hpp"
#include "authorization.hpp"
#include "command_texts.hpp"
#include "draft.hpp"
#include "matter.hpp"
#include "nearby.hpp"
#include "offering.hpp"
#include "recusal.hpp"
#include "requirements.hpp"

namespace workflow::engine {

namespace {

bool listed(const std::vector<std::string>& list, const std::string& name) {
    return list.empty() || std::find(list.begin(), list.end(), name) != list.end();
}

/// An officer who receives an application performs the duty `intake`, from a post that has it.
std::optional<Refusal> receive_at_the_window(Draft& draft, const OpenCase& open,
                                             process::Parties parties) {
    if (draft.command.actor.kind != Actor::Kind::officer) return {};
    if (auto refusal = know_actor(draft)) return refusal;
    process::TaskActivity intake;
    intake.duty = DutyId("intake");
    intake.drawn = true;  // from any post that has the duty
    const auto& officer = *draft.officer;
    if (!open.hall.empty() && officer.hall != open.hall)
        return refuse(RefusalCode::not_on_post, fmt::format("{} does not work in the hall {}",
                                                            officer.id.text, open.hall.text));
    auto post = process::post_for(draft.process, intake, draft.organization(), officer, open.hall,
                                  draft.day);
    if (!post) return post.refusal();
    if (auto refusal = on_shift(draft, officer)) return refusal;
    draft.post = std::move(post).value();
    if (const auto rule = process::separation(draft.process, draft.organization(), {}, parties,
                                              officer, draft.process.member("intake")))
        return refuse(*rule, fmt::format("{} cannot receive this application", officer.id.text));
    const process::Candidates candidates(draft.process, draft.organization(), open.hall, draft.day);
    process::Outlook outlook(candidates, {}, parties,
                             draft.process.places[draft.process.start].ahead);
    if (outlook.loses(officer, draft.process.member("intake")))
        return refuse(RefusalCode::needed_later,
                      fmt::format("only {} could do a later task of this case", officer.id.text));
    return {};
}

/// A mode changes only order, place and hours.
Expected<const definition::Mode*> served_as(const Draft& draft, const OpenCase& open) {
    static const definition::Mode the_usual_way;
    const auto& offered = draft.process.modes;
    const auto* mode = open.mode.empty() ? &the_usual_way : draft.organization().mode(open.mode);
    if (!mode || (!open.mode.empty() && !offered.empty() &&
                  std::find(offered.begin(), offered.end(), open.mode) == offered.end()))
        return refuse(
            RefusalCode::no_such_mode,
            fmt::format(
                "{} is not offered in the mode {}{}", draft.process.item.text, open.mode.text,
                offered.empty()
                    ? nearby(open.mode.text, draft.organization().modes)
                    : nearby(open.mode.text, offered, [](const ModeId& one) { return one.text; })));
    if (mode->by_appointment != open.appointment.has_value())
        return refuse(RefusalCode::appointment_needed,
                      mode->by_appointment
                          ? fmt::format("the mode {} requires an appointment", open.mode.text)
                          : "an appointment requires a mode by appointment");
    if (mode->hours &&
        OpeningHours(*mode->hours, *draft.facts.calendar, draft.clock()).at(draft.happened) !=
            Opening::open)
        return refuse(RefusalCode::outside_hours,
                      fmt::format("the mode {} is not offered at that time", open.mode.text));
    return mode;
}

/// An agent may apply only where the list has a material that proves their authority.
std::optional<Refusal> may_act_for(const process::Process& process, const OpenCase& open) {
    const bool allowed = std::any_of(process.materials.begin(), process.materials.end(),
                                     [](const auto& material) { return material.for_proxy; });
    if (!open.agent || allowed) return {};
    return refuse(
        RefusalCode::no_proxy,
        fmt::format("{} does not allow an agent: no material on its list proves their authority",
                    process.item.text));
}

/// Returns the parties other than the applicant. The engine's own requests about an officer who was
/// rated need no second person.
std::vector<PersonId> others_of(const Draft& draft, const OpenCase& open) {
    std::vector<PersonId> others;
    if (open.agent && !open.agent->person.empty())
        others.emplace_back(normalized_person_id(open.agent->person.text));
    for (const auto& recusal : open.recusals)
        if (out_at_once(draft, recusal.officer))
            others.push_back(draft.organization().officer(recusal.officer)->person);
    return others;
}

std::optional<Refusal> may_recuse(const Draft& draft, const OpenCase& open) {
    for (auto one = open.recusals.begin(); one != open.recusals.end(); ++one) {
        if (auto refusal = bad_recusal(draft, *one)) return refusal;
        const auto& organization = draft.organization();
        const auto& person = organization.officer(one->officer)->person;
        if (std::any_of(open.recusals.begin(), one, [&](const RecusalRequest& before) {
                return organization.officer(before.officer)->person == person;
            }))
            return refuse(
                RefusalCode::asked_already,
                fmt::format("the application requests the recusal of {} twice", one->officer.text));
    }
    return {};
}

/// Determines the draw keys of the case: those of the matter's first filing since its last
/// decision.
void find_matter(Draft& draft, CaseOpened& opened) {
    if (!draws(draft.process)) return;
    if (draft.facts.matter)
        if (const auto row =
                draft.facts.matter(matter_of(draft.process.item, draft.matter_person()))) {
            draft.keyed_on = row->first.value_or(draft.keyed_on);
            draft.round = row->decided;
        }
    opened.keyed_on = draft.keyed_on;
    opened.round = draft.round;
}

std::optional<Refusal> fill_in(Draft& draft, const OpenCase& open) {
    const auto& fields = draft.process.fields;
    draft.values.resize(draft.process.slots());
    for (const auto& panel : draft.process.panels) draft.values[panel.slot] = panel.nothing();
    if (auto refusal = take_fields(draft, open.fields, nullptr)) return refusal;
    std::string missing;
    for (std::size_t slot = 0; slot < fields.size(); ++slot) {
        auto& value = draft.values[slot];
        if (value.is_null() && fields[slot].initial) value = *fields[slot].initial;
        if (!value.is_null() || !fields[slot].required ||
            fields[slot].origin != definition::FieldOrigin::applicant)
            continue;
        if (!missing.empty()) missing += ", ";
        missing += fields[slot].id.text;
    }
    if (!missing.empty())
        return refuse(RefusalCode::field_missing, fmt::format("the application lacks {}", missing));
    return check_fields(draft);
}

}  // namespace

std::optional<Refusal> decide_open(Draft& draft, const OpenCase& open) {
    const auto& process = draft.process;
    if (open.item != process.item)
        return refuse(RefusalCode::unknown_item,
                      fmt::format("the application is for {}, not for {}", open.item.text,
                                  process.item.text));
    if (auto refusal = may_recuse(draft, open)) return refusal;
    const auto others = others_of(draft, open);
    // A follow-up case has the same applicant, even if ids are checked more strictly since.
    if (draft.command.actor.kind != Actor::Kind::engine)
        if (auto refusal = refuse_citizen_ids(draft.organization(), open)) return refusal;
    const PersonId applicant(normalized_person_id(open.applicant.person.text));
    const process::Parties parties{applicant, others};
    if (auto refusal = receive_at_the_window(draft, open, parties)) return refusal;
    if (!listed(process.applicants, open.applicant.kind))
        return refuse(RefusalCode::field_invalid,
                      fmt::format("{} is not available to applicants of the kind {}",
                                  process.item.text, open.applicant.kind));
    if (!listed(process.channels, open.channel))
        return refuse(RefusalCode::field_invalid, fmt::format("{} is not open on the channel {}",
                                                              process.item.text, open.channel));
    const auto served = served_as(draft, open);
    if (!served) return served.refusal();
    if (auto refusal = may_act_for(process, open)) return refusal;
    if (auto refusal = fill_in(draft, open)) return refusal;
    if (auto refusal = take_materials(draft, open.materials)) return refusal;

    draft.events.reserve(process.accepted_at_opening ? 4 : 2);
    auto& opened = draft.act<CaseOpened>();
    find_matter(draft, opened);
    if (auto refusal = draft.move(process::none, opened.path)) return refusal;
    opened.number = draft.facts.number;
    opened.item = process.item;
    opened.revision = process.revision;
    opened.definition = process.digest;
    opened.applicant = open.applicant;
    opened.channel = open.channel;
    opened.hall = open.hall;
    // The values are not used below.
    opened.fields.reserve(process.fields.size());
    for (std::size_t slot = 0; slot < process.fields.size(); ++slot)
        if (!draft.values[slot].is_null())
            opened.fields.emplace_back(process.fields[slot].id, std::move(draft.values[slot]));
    opened.materials = open.materials;

    opened.mode = open.mode;
    opened.comes_first = (*served)->comes_first;
    opened.anywhere = (*served)->anywhere;
    opened.appointment = open.appointment;
    if (open.agent) opened.agent = open.agent;
    opened.about = open.about;
    for (const auto& recusal : open.recusals) ask(draft, recusal);

    Arrival arrival{parties, open.hall, {}};
    if (draft.officer) arrival.performed = process.member("intake");
    arrival.accepts = process.accepted_at_opening;
    arrive(draft, arrival);
    return {};
}

}  // namespace workflow::engine
