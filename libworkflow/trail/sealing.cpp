#include "sealing.hpp"

#include <algorithm>
#include <variant>

#include "parts.hpp"

namespace workflow::trail {

namespace {

// Parts by number. Fields follow, in the order of the event.
constexpr std::uint32_t applicant_person = SealedPart::applicant, applicant_name = 1,
                        agent_person = 2, agent_name = 3, words = 0, first_field = 4;

/// The location of a part in an event.
struct Place {
    std::uint32_t part = 0;
    Subject subject = Subject::applicant;
    std::variant<std::string*, Value*> at;
    const FieldId* field = nullptr;  ///< of fields
};

void add_fields(std::vector<Place>& places, FieldValues& fields) {
    std::uint32_t part = first_field;
    for (auto& [id, value] : fields) places.push_back({part++, Subject::applicant, &value, &id});
}

/// Returns all parts of an event that can be personal.
std::vector<Place> places_in(Event& event) {
    std::vector<Place> places;
    const bool by_applicant =
        event.actor.kind == Actor::Kind::applicant || event.actor.kind == Actor::Kind::agent;
    const auto say = [&](std::string& text) {
        places.push_back({words, Subject::applicant, &text});
    };
    if (auto* opened = std::get_if<CaseOpened>(&event.what)) {
        auto& applicant = opened->applicant;
        places.push_back({applicant_person, Subject::applicant, &applicant.person.text});
        places.push_back({applicant_name, Subject::applicant, &applicant.name});
        if (opened->agent) {
            places.push_back({agent_person, Subject::agent, &opened->agent->person.text});
            places.push_back({agent_name, Subject::agent, &opened->agent->name});
        }
        add_fields(places, opened->fields);
    } else if (auto* completed = std::get_if<TaskCompleted>(&event.what)) {
        add_fields(places, completed->fields);
    } else if (auto* supplied = std::get_if<MaterialsSupplied>(&event.what)) {
        add_fields(places, supplied->fields);
    } else if (auto* rated = std::get_if<CaseRated>(&event.what)) {
        say(rated->comment);
    } else if (auto* supplemented = std::get_if<RatingSupplemented>(&event.what)) {
        say(supplemented->comment);
    } else if (auto* withdrawn = std::get_if<CaseWithdrawn>(&event.what);
               withdrawn && by_applicant) {
        say(withdrawn->reason);
    } else if (auto* urged = std::get_if<CaseUrged>(&event.what); urged && by_applicant) {
        say(urged->reason);
    }
    return places;
}

bool says_something(const Place& place) {
    if (const auto* text = std::get_if<std::string*>(&place.at)) return !(*text)->empty();
    return !std::get<Value*>(place.at)->is_null();
}

template <class A>
void put(A& a, Opening& x) {
    trail::put(a, x.part);
    trail::put(a, x.salt);
    trail::put(a, x.value);
}

}  // namespace

Digest commitment(Hasher& hasher, const Opening& opening) {
    std::string value;
    Writer to(value);
    put_value(to, opening.value);
    return hasher.digest({std::string_view("\x03", 1), view(opening.salt), value});
}

bool may_be_personal(const Event& event) {
    const auto places = places_in(unchanged(event));
    return std::any_of(places.begin(), places.end(), says_something);
}

std::vector<TakenOut> take_out(Event& event, const std::function<bool(const FieldId&)>& personal,
                               const std::function<Digest()>& salt) {
    std::vector<TakenOut> taken;
    for (const auto& place : places_in(event)) {
        if (!says_something(place) || (place.field && !personal(*place.field))) continue;
        auto& out = taken.emplace_back(TakenOut{{place.part, salt(), {}}, place.subject});
        if (const auto* text = std::get_if<std::string*>(&place.at)) {
            out.opening.value = Value(std::move(**text));
            (*text)->clear();
        } else {
            out.opening.value = std::exchange(*std::get<Value*>(place.at), Value());
        }
    }
    return taken;
}

void put_back(Event& event, std::uint32_t part, Value value) {
    for (const auto& place : places_in(event)) {
        if (place.part != part) continue;
        if (says_something(place)) throw CodecError("a sealed part of the event is not empty");
        if (const auto* at = std::get_if<Value*>(&place.at)) {
            **at = std::move(value);
            return;
        }
        const auto* text = value.as<std::string>();
        if (!text) throw CodecError("a sealed part has the wrong type");
        *std::get<std::string*>(place.at) = *text;
        return;
    }
    throw CodecError("the event has no such sealed part");
}

std::string encode(const std::vector<Opening>& openings) {
    std::string bytes;
    Writer to(bytes);
    to.number(openings.size());
    for (const auto& opening : openings) put(to, unchanged(opening));
    return bytes;
}

std::vector<Opening> decode_openings(std::string_view bytes) {
    std::vector<Opening> openings;
    Reader from(bytes);
    for (auto left = from.count(); left > 0; --left) put(from, openings.emplace_back());
    if (!from.at_end()) throw CodecError("bytes after the end of the sealed parts");
    return openings;
}

}  // namespace workflow::trail
