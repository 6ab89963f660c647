#pragma once

/// A case in OCEL 2.0: events, and the objects that they refer to (the case, its tasks and
/// materials, the officers).

#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "entries.hpp"

namespace workflow::report {

struct OcelRelation {
    std::string object;
    std::string_view qualifier;
    friend bool operator==(const OcelRelation&, const OcelRelation&) = default;
};

struct OcelEvent {
    std::string id, type;
    Instant time;
    std::vector<std::pair<std::string, std::string>> attributes;
    std::vector<OcelRelation> relations;
};

struct OcelObject {
    /// A value from a moment on.
    struct Attribute {
        std::string name, value;
        Instant time;
        bool initial = true;  ///< the object has it from its beginning
    };
    std::string id;
    std::string_view type;
    Instant begins;
    std::vector<Attribute> attributes;
    std::vector<OcelRelation> relations;
};

struct OcelPart {
    std::vector<OcelEvent> events;
    std::vector<OcelObject> objects;
};

/// Converts stories to parts; each officer is an object of the part in which they first occur.
class OcelParts {
public:
    OcelPart part_of(const CaseStory& story);

private:
    std::unordered_set<std::string> officers_;
};

}  // namespace workflow::report
