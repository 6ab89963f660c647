#include "ocel.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "../../batch/convert.hpp"

namespace workflow::report {
namespace {

/// OCEL has no transitions: an event other than a completion has the transition in its type.
std::string type_of(const Entry& entry) {
    if (entry.transition == "complete") return entry.activity;
    return fmt::format("{} ({})", entry.activity, entry.transition);
}

/// Returns the role of an officer in an event.
std::string_view part_played(const Entry& entry) {
    if (entry.transition == "start" && entry[Attribute::actor] == "engine") return "drawn";
    if (entry.transition == "reassign") return "receiver";
    return "performer";
}

class Part {
public:
    Part(const CaseStory& story, OcelPart& part) : story_(story), part_(part) {
        auto& whole = object(story.number.text, "case", story.opened);
        for (const auto& [name, value] : story.attributes)
            whole.attributes.push_back({name, value, story.opened, true});
    }

    void add(const Entry& entry, std::unordered_set<std::string>& officers) {
        OcelEvent event;
        event.id = fmt::format("{}#{}", story_.number.text, entry.sequence);
        event.type = type_of(entry);
        event.time = entry.time;
        for (std::size_t i = 0; i < attribute_count; ++i)
            if (const auto attribute = static_cast<Attribute>(i); !entry[attribute].empty())
                event.attributes.emplace_back(name_of(attribute), plain(entry[attribute]));
        event.relations.push_back({story_.number.text, "case"});
        if (!entry[Attribute::task].empty()) event.relations.push_back({task(entry), "task"});
        if (const auto& officer = entry[Attribute::resource]; !officer.empty()) {
            const auto id = "officer/" + officer;
            if (officers.insert(officer).second) object(id, "officer", entry.time);
            event.relations.push_back({id, part_played(entry)});
        }
        for (const auto& receipt : entry.materials) {
            const OcelRelation brought{
                material(receipt, entry),
                receipt.form == MaterialForm::provided ? "provided" : "committed"};
            // A material may be named twice; its relation to the event is written once.
            if (std::find(event.relations.begin(), event.relations.end(), brought) ==
                event.relations.end())
                event.relations.push_back(brought);
        }
        for (const auto& [field, value] : entry.fields)
            part_.objects.front().attributes.push_back(
                {"field_" + field, plain(batch::text_of(value)), entry.time, false});
        part_.events.push_back(std::move(event));
    }

private:
    OcelObject& object(std::string id, std::string_view type, Instant begins) {
        auto& made = part_.objects.emplace_back();
        made.id = std::move(id);
        made.type = type;
        made.begins = begins;
        return made;
    }
    /// Returns an object that belongs to the case; creates it at its first occurrence.
    std::string belonging(std::string id, std::string_view type, const std::string& name,
                          Instant begins) {
        const auto known = std::find_if(part_.objects.begin(), part_.objects.end(),
                                        [&](const OcelObject& other) { return other.id == id; });
        if (known == part_.objects.end()) {
            object(id, type, begins).attributes.push_back({"name", name, begins, true});
            part_.objects.front().relations.push_back({id, type});
        }
        return id;
    }
    std::string task(const Entry& entry) {
        return belonging(fmt::format("{}/task/{}", story_.number.text, entry[Attribute::task]),
                         "task", entry.activity, entry.time);
    }
    std::string material(const MaterialReceipt& receipt, const Entry& entry) {
        return belonging(fmt::format("{}/material/{}", story_.number.text, receipt.material.text),
                         "material", receipt.material.text, entry.time);
    }

    const CaseStory& story_;
    OcelPart& part_;
};

}  // namespace

OcelPart OcelParts::part_of(const CaseStory& story) {
    OcelPart made;
    Part part(story, made);
    for (const auto& entry : story.entries) part.add(entry, officers_);
    return made;
}

}  // namespace workflow::report
