#pragma once

/// The library's values as JSON. Keys are stable: scripts rely on them.

#include <nlohmann/json.hpp>
#include <optional>

#include <workflow/diagnostic.hpp>
#include <workflow/engine.hpp>
#include <workflow/event.hpp>

#include "../../calendar/local_clock.hpp"
#include "../../definition/item.hpp"

namespace workflow::presentation {

using Json = nlohmann::ordered_json;

/// A number is a JSON number when a reader with 64-bit floats gets it exactly, else its decimal
/// text.
Json json_of(const Value& value);
/// null for an empty text.
Json optional_text(const std::string& text);
Json json_of(const Title& title);
Json json_of(const std::optional<Date>& date);
Json json_of(const FieldValues& fields);
Json json_of(const std::vector<MaterialReceipt>& materials);
Json json_of(const Diagnostic& finding);
Json json_of(const Event& event, std::uint32_t sequence, const LocalClock& clock);
Json json_of(const Answer& answer, const LocalClock& clock);
Json json_of(const TaskView& task, const LocalClock& clock);
Json json_of(const CaseView& view, const LocalClock& clock);
Json json_of(const CaseDetail& detail, const LocalClock& clock);
Json json_of(const Refusal& refusal);

/// The value that JSON gives for a field of this type. What does not fit the type stays what it is,
/// so that the engine's own check refuses it.
Value value_of(const Json& json, std::optional<definition::FieldType> type);
/// The same for text on the command line; a list's elements are separated by commas.
Value value_of(const std::string& text, std::optional<definition::FieldType> type);

/// JSON on one line; broken UTF-8 from outside is replaced.
std::string dump(const Json& json, int indent = -1);

/// A JSON array that is written while it grows, so that a long list takes no memory.
class JsonRows {
public:
    explicit JsonRows(std::ostream& out) : out_(out) {}
    void add(const Json& row);
    void close();

private:
    std::ostream& out_;
    bool first_ = true;
};

}  // namespace workflow::presentation
