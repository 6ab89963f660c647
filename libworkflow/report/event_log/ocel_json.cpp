// OCEL 2.0 as JSON. Events and objects are two lists in one document: while the events are written,
// the objects are kept in an unnamed temporary file. The types come last, when all are known.

#include <array>
#include <cstdio>
#include <map>
#include <memory>
#include <ostream>
#include <set>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "../../definition/organization.hpp"
#include "../../shell/catalog_access.hpp"
#include "ocel.hpp"
#include "stories.hpp"

namespace workflow::inline v0 {
namespace {

using Json = nlohmann::ordered_json;
using report::OcelEvent;
using report::OcelObject;

/// The attributes found so far, by type.
using Types = std::map<std::string, std::set<std::string>, std::less<>>;

std::string text_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json json_of(const std::vector<report::OcelRelation>& relations) {
    Json list = Json::array();
    for (const auto& [object, qualifier] : relations)
        list.push_back({{"objectId", object}, {"qualifier", qualifier}});
    return list;
}

Json json_of(const Types& types) {
    Json list = Json::array();
    for (const auto& [type, attributes] : types) {
        Json names = Json::array();
        for (const auto& name : attributes)
            names.push_back({{"name", name}, {"type", name == "recorded" ? "time" : "string"}});
        list.push_back({{"name", type}, {"attributes", names}});
    }
    return list;
}

/// Keeps what cannot be written yet.
class Waiting {
public:
    Waiting() : file_(std::tmpfile()) {
        if (!file_) throw std::runtime_error("no temporary file can be made");
    }
    void add(const std::string& text) {
        if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) fail();
    }
    void give(std::ostream& out) {
        if (std::fflush(file_.get()) != 0) fail();
        std::rewind(file_.get());
        std::array<char, 1U << 16> piece{};
        while (const auto size = std::fread(piece.data(), 1, piece.size(), file_.get()))
            out.write(piece.data(), static_cast<std::streamsize>(size));
        if (std::ferror(file_.get()) != 0) fail();
    }

private:
    [[noreturn]] static void fail() {
        throw std::runtime_error("the temporary file failed; is the disk full?");
    }
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::unique_ptr<std::FILE, Close> file_;
};

class OcelWriter {
public:
    OcelWriter(std::ostream& out, const LocalClock& clock) : out_(out), clock_(clock) {
        out_ << "{\"events\":[";
    }
    void add(const OcelEvent& event) {
        auto& known = event_types_[event.type];
        Json attributes = Json::array();
        for (const auto& [name, value] : event.attributes) {
            known.insert(name);
            attributes.push_back({{"name", name}, {"value", value}});
        }
        out_ << (first_event_ ? "\n" : ",\n")
             << text_of({{"id", event.id},
                         {"type", event.type},
                         {"time", to_string(event.time, clock_)},
                         {"attributes", std::move(attributes)},
                         {"relationships", json_of(event.relations)}});
        first_event_ = false;
    }
    void add(const OcelObject& object) {
        auto& known = object_types_[std::string(object.type)];
        Json attributes = Json::array();
        for (const auto& [name, value, time, initial] : object.attributes) {
            known.insert(name);
            // With the earliest time, as the standard specifies for values that never change.
            attributes.push_back({{"name", name},
                                  {"time", to_string(initial ? Instant() : time, clock_)},
                                  {"value", report::plain(value)}});
        }
        objects_.add((first_object_ ? "\n" : ",\n") +
                     text_of({{"id", object.id},
                              {"type", object.type},
                              {"attributes", std::move(attributes)},
                              {"relationships", json_of(object.relations)}}));
        first_object_ = false;
    }
    void close() {
        out_ << "\n],\n\"objects\":[";
        objects_.give(out_);
        out_ << "\n],\n\"eventTypes\":" << text_of(json_of(event_types_))
             << ",\n\"objectTypes\":" << text_of(json_of(object_types_)) << "}\n";
    }

private:
    std::ostream& out_;
    LocalClock clock_;
    Types event_types_, object_types_;
    Waiting objects_;
    bool first_event_ = true, first_object_ = true;
};

}  // namespace

EventLogReport write_ocel(const Catalog& catalog, Store& store, std::ostream& out,
                          const EventLogOptions& options) {
    const auto& clock = compiled(catalog).organization().clock;
    report::OcelParts parts;
    OcelWriter writer(out, clock);
    const auto written =
        report::for_each_story(catalog, store, options, [&](const report::CaseStory& story) {
            const auto part = parts.part_of(story);
            for (const auto& event : part.events) writer.add(event);
            for (const auto& object : part.objects) writer.add(object);
        });
    writer.close();
    return written;
}

}  // namespace workflow::inline v0
