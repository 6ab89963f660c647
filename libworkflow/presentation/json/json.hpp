#pragma once

/// Encodes the library's values as JSON. Keys are stable: scripts rely on them.

#include <nlohmann/json.hpp>
#include <optional>

#include <workflow/diagnostic.hpp>
#include <workflow/engine.hpp>
#include <workflow/event.hpp>

#include "../../calendar/local_clock.hpp"
#include "../../definition/item.hpp"

namespace workflow::presentation {

using Json = nlohmann::ordered_json;

/// Encodes a number as a JSON number if a reader with 64-bit floats gets it exactly, else as its
/// decimal text.
Json json_of(const Value& value);
/// Returns null for an empty text.
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

/// Returns the value that JSON gives for a field of this type. A value that does not match the type
/// stays as it is, so that the engine's own check refuses it.
Value value_of(const Json& json, std::optional<definition::FieldType> type);
/// Converts text from the command line in the same way; commas separate a list's elements.
Value value_of(const std::string& text, std::optional<definition::FieldType> type);

/// Encodes JSON on one line; replaces invalid UTF-8 from outside.
std::string dump(const Json& json, int indent = -1);

/// Writes a JSON array element by element, so that a long list takes no memory.
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
