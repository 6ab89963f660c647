#include "json.hpp"

#include <fmt/format.h>

#include <ostream>

#include "../../base/decimal.hpp"
#include "../../base/render.hpp"
#include "../../crypto/digest.hpp"
#include "../../feel/temporal.hpp"

namespace workflow::presentation {

namespace {

constexpr std::int64_t safe_whole = std::int64_t{1} << 53;

Json number_json(const Decimal& number) {
    const std::string text = to_string(number);
    if (is_integer(number)) {
        const auto whole = to_integer(number);
        if (whole && *whole >= -safe_whole && *whole <= safe_whole) return *whole;
        return text;
    }
    // Fifteen significant digits survive a conversion to a binary double and back.
    std::size_t digits = 0;
    for (const char c : text) digits += c >= '0' && c <= '9' ? 1 : 0;
    if (digits <= 15 && text.find('E') == std::string::npos) return std::stod(text);
    return text;
}

std::string_view word(MaterialForm form) {
    return form == MaterialForm::provided ? "provided" : "committed";
}

}  // namespace

Json optional_text(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

Json json_of(const Value& value) {
    if (value.is_null()) return nullptr;
    if (const auto* truth = value.as<bool>()) return *truth;
    if (const auto* number = value.as<Decimal>()) return number_json(*number);
    if (const auto* text = value.as<std::string>()) return *text;
    if (const auto* date = value.as<Date>()) return to_string(*date);
    if (const auto* list = value.as<List>()) {
        Json array = Json::array();
        for (const Value& element : *list) array.push_back(json_of(element));
        return array;
    }
    if (const auto* context = value.as<Context>()) {
        Json object = Json::object();
        for (const auto& [name, entry] : *context) object[name] = json_of(entry);
        return object;
    }
    return feel::plain_text(value);
}

Json json_of(const Title& title) {
    return {{"zh", optional_text(title.zh)}, {"en", optional_text(title.en)}};
}

Json json_of(const std::optional<Date>& date) {
    return date ? Json(to_string(*date)) : Json(nullptr);
}

Json json_of(const FieldValues& fields) {
    Json object = Json::object();
    for (const auto& [field, value] : fields) object[field.text] = json_of(value);
    return object;
}

Json json_of(const std::vector<MaterialReceipt>& materials) {
    Json object = Json::object();
    for (const auto& receipt : materials) object[receipt.material.text] = word(receipt.form);
    return object;
}

Json json_of(const Diagnostic& finding) {
    Json trace = Json::array();
    for (const RelatedSpan& related : finding.related) {
        trace.push_back({{"file", related.span.file},
                         {"line", related.span.line},
                         {"column", related.span.column},
                         {"message", related.message}});
    }
    return {{"code", finding.code},
            {"severity", word_of(finding.severity)},
            {"file", finding.span.file},
            {"line", finding.span.line},
            {"column", finding.span.column},
            {"end_line", finding.span.end_line},
            {"end_column", finding.span.end_column},
            {"message", finding.message},
            {"hint", optional_text(finding.hint)},
            {"replacement", finding.replacement ? Json(*finding.replacement) : Json()},
            {"trace", trace}};
}

Json json_of(const Answer& answer, const LocalClock& clock) {
    Json events = Json::array();
    const std::uint32_t before =
        number(answer.version) - static_cast<std::uint32_t>(answer.events.size());
    for (std::uint32_t i = 0; i < answer.events.size(); ++i) {
        const auto sequence = answer.sequences.empty() ? before + i + 1 : answer.sequences[i];
        events.push_back(json_of(answer.events[i], sequence, clock));
    }
    Json opened = Json::array();
    for (const auto& one : answer.opened) opened.push_back(one.text);
    return {{"case", answer.number.text},
            {"version", number(answer.version)},
            {"repeated", answer.repeated},
            {"events", events},
            {"opened", opened}};
}

Json json_of(const TaskView& task, const LocalClock& clock) {
    return {{"case", task.number.text},
            {"task", number(task.task)},
            {"step", task.step.text},
            {"item", task.item.text},
            {"post", optional_text(task.post.text)},
            {"holder", optional_text(task.holder.text)},
            {"due", json_of(task.due)},
            {"offered", to_string(task.offered, clock)}};
}

Json json_of(const CaseView& view, const LocalClock& clock) {
    return {{"case", view.number.text},
            {"item", view.item.text},
            {"hall", optional_text(view.hall.text)},
            {"status", view.status},
            {"steps", view.steps},
            {"version", number(view.version)},
            {"opened", to_string(view.opened, clock)},
            {"changed", to_string(view.changed, clock)},
            {"statutory_due", json_of(view.statutory_due)},
            {"promised_due", json_of(view.promised_due)}};
}

Json json_of(const CaseDetail& detail, const LocalClock& clock) {
    Json json = json_of(detail.view, clock);
    json["title"] = json_of(detail.title);
    json["revision"] = detail.revision;
    json["fields"] = json_of(detail.fields);
    Json materials = Json::object();
    for (const auto& [material, state] : detail.materials) materials[material.text] = state;
    json["materials"] = materials;
    Json tasks = Json::array();
    for (const TaskView& task : detail.tasks) tasks.push_back(json_of(task, clock));
    json["tasks"] = tasks;
    json["clock"] = {{"paused", detail.paused},
                     {"accepted", detail.accepted},
                     {"decided", detail.decided},
                     {"promised_due", json_of(detail.view.promised_due)},
                     {"statutory_due", json_of(detail.view.statutory_due)},
                     {"promised_passed", detail.promised_passed},
                     {"statutory_passed", detail.statutory_passed},
                     {"extended", detail.extended},
                     {"provisional", detail.provisional}};
    json["times_urged"] = detail.times_urged;
    json["mode"] = optional_text(detail.mode.text);
    json["appointment"] = detail.appointment ? Json(to_string(*detail.appointment, clock)) : Json();
    json["by_proxy"] = detail.by_proxy;
    json["applicant"] = {{"person", detail.applicant.person.text},
                         {"name", optional_text(detail.applicant.name)},
                         {"kind", detail.applicant.kind}};
    json["agent"] = detail.agent ? Json{{"person", detail.agent->person.text},
                                        {"name", optional_text(detail.agent->name)}}
                                 : Json(nullptr);
    return json;
}

Json json_of(const Refusal& refusal) {
    Json json{{"rule", code_of(refusal.code)}, {"message", refusal.message}};
    json["current"] =
        refusal.code == RefusalCode::stale_version ? Json(number(refusal.current)) : Json(nullptr);
    return {{"refused", json}};
}

Value value_of(const Json& json, std::optional<definition::FieldType> type) {
    if (json.is_boolean()) return json.get<bool>();
    if (json.is_number_integer()) {
        if (const auto number = parse_decimal(json.dump())) return *number;
    }
    if (json.is_number()) {
        if (const auto number = parse_decimal(json.dump())) return *number;
    }
    if (json.is_string()) {
        const auto text = json.get<std::string>();
        // Only text from the command line is split, never a JSON string.
        if (type == definition::FieldType::strings) return text;
        return value_of(text, type);
    }
    if (json.is_array()) {
        List list;
        for (const Json& element : json) list.push_back(value_of(element, std::nullopt));
        return list;
    }
    if (json.is_object()) {
        Context context;
        for (const auto& [name, entry] : json.items()) {
            context.emplace_back(name, value_of(entry, std::nullopt));
        }
        return context;
    }
    return {};
}

Value value_of(const std::string& text, std::optional<definition::FieldType> type) {
    if (!type) return text;
    switch (*type) {
        case definition::FieldType::string:
            return text;
        case definition::FieldType::number:
            if (const auto number = parse_decimal(text)) return *number;
            return text;
        case definition::FieldType::boolean:
            if (text == "true") return true;
            if (text == "false") return false;
            return text;
        case definition::FieldType::date:
            if (const auto date = parse_date(text)) return *date;
            return text;
        case definition::FieldType::strings: {
            List list;
            std::size_t at = 0;
            while (!text.empty() && at <= text.size()) {
                const std::size_t comma = std::min(text.find(',', at), text.size());
                list.emplace_back(text.substr(at, comma - at));
                at = comma + 1;
            }
            return list;
        }
    }
    return text;
}

namespace {

/// Escapes characters that JSON allows but a terminal would interpret: DEL, C1, and those that
/// change the direction of writing. They occur only inside strings.
std::string json_escaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = [&](std::size_t at) {
            return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
        };
        const auto second = byte(i + 1), third = byte(i + 2);
        if (byte(i) == 0x7f) {
            out += "\\u007f";
        } else if (byte(i) == 0xc2 && second < 0xa0) {
            out += fmt::format("\\u{:04x}", second);
            ++i;
        } else if (byte(i) == 0xe2 && ((second == 0x80 && third >= 0xaa && third <= 0xae) ||
                                       (second == 0x81 && third >= 0xa6 && third <= 0xa9))) {
            out += fmt::format("\\u{:04x}", 0x2000U + ((second & 0x3fU) << 6U) + (third & 0x3fU));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

}  // namespace

std::string dump(const Json& json, int indent) {
    const auto text = json.dump(indent, ' ', false, Json::error_handler_t::replace);
    if (text.find_first_of("\x7f\xc2\xe2") == std::string::npos) return text;
    return json_escaped(text);
}

void JsonRows::add(const Json& row) {
    out_ << (first_ ? "[\n  " : ",\n  ") << dump(row);
    first_ = false;
}

void JsonRows::close() {
    out_ << (first_ ? "[]\n" : "\n]\n");
}

}  // namespace workflow::presentation
