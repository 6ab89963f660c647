#include "convert.hpp"

#include <fmt/format.h>

#include "../base/time_units.hpp"
#include "../feel/operators.hpp"
#include "../feel/temporal.hpp"

namespace workflow::batch {
namespace {

std::optional<bool> truth_in(std::string_view text) {
    if (text == "true") return true;
    if (text == "false") return false;
    return {};
}

/// Parses `2026-03-02` or `2026-03-02T09:00` and longer forms, as FEEL dates with a time.
std::optional<DateTime> date_time_in(std::string_view text) {
    if (const auto date = parse_date(text)) return DateTime{*date, {}};
    if (auto moment = feel::parse_date_time(text)) return moment;
    // To the minute, as people write it.
    return feel::parse_date_time(std::string(text) + ":00");
}

/// Returns the moment at which the clock shows the time, or nullopt if it never shows it.
std::optional<Instant> shown_at(const LocalClock& clock, Date date, std::int64_t since_midnight) {
    const auto moment = clock.at(date, since_midnight);
    const auto shown =
        moment.microseconds + clock.offset_at(moment).minutes * std::int64_t{60'000'000};
    if (shown != date.days * micros_a_day + since_midnight) return {};
    return moment;
}

std::optional<Said> said_in(std::string_view text, const LocalClock& clock) {
    if (const auto date = parse_date(text)) return Said{clock.start_of(*date), true};
    if (const auto read = parse_instant(text, UtcOffset{0})) {
        // A text with its own offset gives the same moment whatever default offset is used.
        if (read == parse_instant(text, UtcOffset{60})) return Said{*read, false};
        const auto day = local_date(*read, UtcOffset{0});
        const auto at = shown_at(clock, day, read->microseconds - day.days * micros_a_day);
        return at ? std::optional(Said{*at, false}) : std::nullopt;
    }
    const auto moment = date_time_in(text);
    return moment ? said_of(Value(*moment), clock) : std::nullopt;
}

}  // namespace

OfficerNames::OfficerNames(const definition::Organization& organization)
    : organization_(&organization) {
    for (const auto& officer : organization.officers) {
        if (officer.name.empty()) continue;
        const auto [known, fresh] = by_name_.try_emplace(officer.name, officer.id);
        if (!fresh) known->second = OfficerId();
    }
}

OfficerId OfficerNames::officer(const std::string& text) const {
    OfficerId id(text);
    if (organization_->officer(id)) return id;
    const auto named = by_name_.find(text);
    return named == by_name_.end() || named->second.empty() ? id : named->second;
}

bool OfficerNames::knows(const std::string& text) const {
    return organization_->officer(officer(text)) != nullptr;
}

std::string text_of(const Value& value) {
    if (const auto* text = value.as<std::string>()) return *text;
    return value.is_null() ? std::string() : feel::plain_text(value);
}

Value as_field(const process::FieldInfo& field, Value value) {
    const auto* text = value.as<std::string>();
    if (!text) return value;
    if (text->empty()) return {};
    switch (field.type) {
        case definition::FieldType::number:
            if (const auto number = parse_decimal(*text)) return *number;
            break;
        case definition::FieldType::boolean:
            if (const auto truth = truth_in(*text)) return *truth;
            break;
        case definition::FieldType::date:
            if (const auto moment = date_time_in(*text)) return moment->date;
            break;
        case definition::FieldType::strings:
            return List{std::move(value)};
        case definition::FieldType::string:
            break;
    }
    return value;
}

std::string_view to_string(CellType type) {
    switch (type) {
        case CellType::any:
            return "any";
        case CellType::string:
            return "string";
        case CellType::number:
            return "number";
        case CellType::boolean:
            return "boolean";
        case CellType::date:
            return "date";
        case CellType::date_time:
            return "date and time";
    }
    return "any";
}

Value as_cell(CellType type, const Value& value, const std::string& column) {
    if (value.is_null() || type == CellType::any) return value;
    const auto* text = value.as<std::string>();
    switch (type) {
        case CellType::any:
            break;
        case CellType::string:
            return text ? value : Value(text_of(value));
        case CellType::number:
            if (value.as<Decimal>()) return value;
            if (text)
                if (const auto number = parse_decimal(*text)) return *number;
            break;
        case CellType::boolean:
            if (value.as<bool>()) return value;
            if (text)
                if (const auto truth = truth_in(*text)) return *truth;
            break;
        case CellType::date:
            if (value.as<Date>()) return value;
            if (const auto* moment = value.as<DateTime>()) return moment->date;
            if (text)
                if (const auto date = parse_date(*text)) return *date;
            break;
        case CellType::date_time:
            if (value.as<DateTime>()) return value;
            if (const auto* date = value.as<Date>()) return DateTime{*date, {}};
            if (text)
                if (const auto moment = date_time_in(*text)) return *moment;
            break;
    }
    throw Unreadable{
        fmt::format("column {} is not of type {}: {}", column, to_string(type), to_string(value))};
}

FieldValues fields_of(const GivenFields& given, const process::Process* process,
                      std::span<const Value> slots, const feel::Moment& moment) {
    FieldValues fields;
    fields.reserve(given.size());
    for (const auto& [id, what] : given) {
        auto value = what.value(slots, moment);
        const auto index = process ? process->field(id) : std::nullopt;
        if (index) value = as_field(process->fields[*index], std::move(value));
        if (!value.is_null()) fields.emplace_back(id, std::move(value));
    }
    return fields;
}

std::vector<MaterialReceipt> materials_of(const GivenMaterials& given, std::span<const Value> slots,
                                          const feel::Moment& moment) {
    std::vector<MaterialReceipt> receipts;
    receipts.reserve(given.size());
    for (const auto& [id, what] : given) {
        const auto value = what.value(slots, moment);
        const auto* text = value.as<std::string>();
        const auto* there = value.as<bool>();
        if ((there && *there) || (text && (*text == "true" || *text == "provided")))
            receipts.push_back({id, MaterialForm::provided});
        else if (text && *text == "committed")
            receipts.push_back({id, MaterialForm::committed});
    }
    return receipts;
}

std::optional<Said> said_of(const Value& value, const LocalClock& clock) {
    if (const auto* moment = value.as<DateTime>()) {
        const auto time = moment->time.nanoseconds / 1'000;
        if (moment->time.zone)
            return Said{{start_of(moment->date, UtcOffset{0}).microseconds + time -
                         moment->time.zone->offset * std::int64_t{1'000'000}},
                        false};
        const auto at = shown_at(clock, moment->date, time);
        return at ? std::optional(Said{*at, false}) : std::nullopt;
    }
    if (const auto* date = value.as<Date>()) return Said{clock.start_of(*date), true};
    if (const auto* text = value.as<std::string>()) return said_in(*text, clock);
    return {};
}

std::optional<Instant> instant_of(const Value& value, const LocalClock& clock) {
    const auto said = said_of(value, clock);
    return said ? std::optional(said->at) : std::nullopt;
}

std::optional<Said> said_of(const Given& at, std::span<const Value> slots,
                            const feel::Moment& moment, const LocalClock& clock,
                            std::string_view key) {
    if (!at.there) return {};
    const auto value = at.value(slots, moment);
    const auto said = said_of(value, clock);
    if (!said)
        throw Unreadable{fmt::format("`{}` is not a date or moment: {}", key, to_string(value))};
    return said;
}

std::optional<Instant> instant_of(const Given& at, std::span<const Value> slots,
                                  const feel::Moment& moment, const LocalClock& clock,
                                  std::string_view key) {
    const auto said = said_of(at, slots, moment, clock, key);
    return said ? std::optional(said->at) : std::nullopt;
}

bool holds(const feel::Expression& condition, std::span<const Value> slots,
           const feel::Moment& moment) {
    if (!condition) return true;
    const auto value = condition.evaluate(slots, moment);
    const auto* truth = value.as<bool>();
    return truth && *truth;
}

}  // namespace workflow::batch
