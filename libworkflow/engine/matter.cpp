#include "matter.hpp"

#include <algorithm>

#include "../base/identity.hpp"
#include "../crypto/digest.hpp"
#include "allocation/draw_word.hpp"

namespace workflow::engine {

std::string matter_person(const PersonId& person, const CaseNumber& number) {
    auto text = normalized_person_id(person.text);
    return text.empty() ? "case " + number.text : text;
}

Digest matter_of(const ItemId& item, const std::string& person) {
    return sha256(parts_of({"workflow matter 1", item.text, person}));
}

std::optional<Digest> matter_of(const Event& event) {
    const auto* opened = std::get_if<CaseOpened>(&event.what);
    if (!opened || !opened->keyed_on) return {};
    auto person = opened->applicant.person;
    for (const auto& sealed : event.sealed)
        if (sealed.part == SealedPart::applicant) person = alias_of(sealed.person);
    return matter_of(opened->item, matter_person(person, opened->number));
}

bool draws(const process::Process& process) {
    return std::any_of(process.places.begin(), process.places.end(), [](const auto& place) {
        const auto* task = std::get_if<process::TaskActivity>(&place.activity);
        return place.sample || (task && task->drawn);
    });
}

bool settles_matter(const process::Process& process, const Case& c, process::PlaceIndex place) {
    const auto drawn = [&](process::PlaceIndex one) {
        const auto* task = process.task_at(one);
        return task && task->drawn;
    };
    if (drawn(place)) return true;
    const bool others_decide = std::any_of(
        process.transitions.begin(), process.transitions.end(), [&](const auto& transition) {
            return transition.decides && !transition.takes.empty() &&
                   drawn(transition.takes.front().place);
        });
    return !others_decide &&
           std::any_of(c.last_performers.begin(), c.last_performers.end(),
                       [&](const LastPerformer& last) { return drawn(last.place); });
}

std::optional<MatterStep> matter_step(const Digest& matter, const Event& event, const Case& after,
                                      bool decided_before) {
    if (std::holds_alternative<CaseOpened>(event.what))
        return MatterStep{matter, draw_day(event.recorded)};
    if (after.draw_decided && !decided_before) return MatterStep{matter, {}};
    return {};
}

void take(MatterRow& row, const MatterStep& step) {
    if (!step.received) {
        ++row.decided;
        row.first.reset();
    } else if (!row.first) {
        row.first = step.received;
    }
}

}  // namespace workflow::engine
