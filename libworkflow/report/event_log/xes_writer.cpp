// XES according to IEEE 1849-2016: one trace for each case, valid against the standard's own
// schema, which has no namespace. Our own keys have no prefix, since a prefix would name an
// extension.

#include <ostream>

#include <pugixml.hpp>

#include "../../batch/convert.hpp"
#include "../../definition/organization.hpp"
#include "../../shell/catalog_access.hpp"
#include "stories.hpp"

namespace workflow::inline v0 {
namespace {

using report::Attribute;
using report::CaseStory;
using report::Entry;

constexpr const char* beginning = R"(<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="">
 <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
 <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
 <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
 <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
 <global scope="trace">
  <string key="concept:name" value=""/>
 </global>
 <global scope="event">
  <string key="concept:name" value=""/>
  <string key="lifecycle:transition" value="complete"/>
  <date key="time:timestamp" value="1970-01-01T00:00:00Z"/>
 </global>
 <classifier name="Activity" scope="event" keys="concept:name"/>
 <classifier name="ActivityAndTransition" scope="event" keys="concept:name lifecycle:transition"/>
 <string key="lifecycle:model" value="standard"/>
)";

void add(pugi::xml_node to, const char* type, const std::string& key, const std::string& value) {
    if (value.empty()) return;
    auto node = to.append_child(type);
    node.append_attribute("key") = key.c_str();
    node.append_attribute("value") = report::plain(value).c_str();
}

/// Returns an attribute's key in an extension of XES, if there is one.
std::string key_of(Attribute attribute) {
    switch (attribute) {
        case Attribute::resource:
            return "org:resource";
        case Attribute::role:
            return "org:role";
        case Attribute::group:
            return "org:group";
        case Attribute::task:
            return "concept:instance";
        default:
            return std::string(report::name_of(attribute));
    }
}

bool is_whole(const std::string& text) {
    const auto digits = text.substr(text.starts_with('-') ? 1 : 0);
    return !digits.empty() && digits.size() <= 18 &&
           digits.find_first_not_of("0123456789") == std::string::npos;
}

void add(pugi::xml_node to, const std::string& key, const Value& value) {
    const auto text = batch::text_of(value);
    const char* type = "string";
    if (value.as<bool>()) type = "boolean";
    if (value.as<Decimal>()) type = is_whole(text) ? "int" : "float";
    add(to, type, key, text);
}

void add(pugi::xml_node trace, const Entry& entry, const LocalClock& clock) {
    auto event = trace.append_child("event");
    add(event, "string", "concept:name", entry.activity);
    add(event, "string", "lifecycle:transition", std::string(entry.transition));
    add(event, "date", "time:timestamp", to_string(entry.time, clock));
    for (std::size_t i = 0; i < report::attribute_count; ++i) {
        const auto attribute = static_cast<Attribute>(i);
        add(event, attribute == Attribute::recorded ? "date" : "string", key_of(attribute),
            entry[attribute]);
    }
    for (const auto& [field, value] : entry.fields) add(event, "field_" + field, value);
    for (const auto& receipt : entry.materials)
        add(event, "string", "material_" + receipt.material.text,
            receipt.form == MaterialForm::provided ? "provided" : "committed");
}

class ToStream final : public pugi::xml_writer {
public:
    explicit ToStream(std::ostream& out) : out_(out) {}
    void write(const void* bytes, std::size_t size) override {
        out_.write(static_cast<const char*>(bytes), static_cast<std::streamsize>(size));
    }

private:
    std::ostream& out_;
};

}  // namespace

EventLogReport write_xes(const Catalog& catalog, Store& store, std::ostream& out,
                         const EventLogOptions& options) {
    const auto& clock = compiled(catalog).organization().clock;
    ToStream writer(out);
    out << beginning;
    const auto written =
        report::for_each_story(catalog, store, options, [&](const CaseStory& story) {
            pugi::xml_document document;
            auto trace = document.append_child("trace");
            add(trace, "string", "concept:name", story.number.text);
            for (const auto& [name, value] : story.attributes) add(trace, "string", name, value);
            for (const auto& entry : story.entries) add(trace, entry, clock);
            trace.print(writer, " ", pugi::format_default, pugi::encoding_utf8, 1);
        });
    out << "</log>\n";
    return written;
}

}  // namespace workflow::inline v0
