#pragma once

/// Vocabulary: the plain values used by every layer of the library.
///
/// Nothing here reads a clock, a file or a locale. All types are regular values. They can be
/// copied, compared and passed between threads freely.

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace workflow::feel {
class Function;
}

namespace workflow::inline v0 {

// ---------------------------------------------------------------- names

/// The name of one kind of thing. The type system distinguishes an officer's id from a post's id.
/// Ids are UTF-8 and compared byte by byte. The empty id means "none".
template <class Kind>
struct Id {
    std::string text;

    Id() = default;
    explicit Id(std::string name) : text(std::move(name)) {}
    explicit Id(std::string_view name) : text(name) {}
    explicit Id(const char* name) : text(name) {}

    [[nodiscard]] bool empty() const { return text.empty(); }
    friend bool operator==(const Id&, const Id&) = default;
    friend auto operator<=>(const Id&, const Id&) = default;
};

using ItemId = Id<struct ItemKind>;  ///< a service item (政务服务事项), `social-card.replace-lost`
using StepId = Id<struct StepKind>;        ///< a step of an item's process
using OutcomeId = Id<struct OutcomeKind>;  ///< what a task ended with: `accept`, `approve`
using DutyId = Id<struct DutyKind>;  ///< what a person does in a case: `intake`, `review`, `issue`
using PostId = Id<struct PostKind>;  ///< a set of duties assigned to a person (岗位)
using OfficerId = Id<struct OfficerKind>;  ///< a member of staff
using PersonId = Id<struct PersonKind>;  ///< the human being, shared by all accounts of an officer
using HallId = Id<struct HallKind>;      ///< a service hall (政务服务大厅)
using WindowId = Id<struct WindowKind>;  ///< a counter of a hall (窗口)
using ShiftId = Id<struct ShiftKind>;    ///< a week in which some of the officers work (班次)
using FieldId = Id<struct FieldKind>;
using MaterialId = Id<struct MaterialKind>;
using CalendarId = Id<struct CalendarKind>;
using ModeId = Id<struct ModeKind>;  ///< a way of serving people (六办): `express`, `assisted`

/// The number printed on every document of the case (办件编号): `{code}-{yyyymmdd}-{serial}`.
/// Unique in the store, assigned at receipt, never reused, sortable within a day (R18).
using CaseNumber = Id<struct CaseNumberKind>;

/// The caller's name for one request. Repeating the key changes nothing and returns the first
/// answer.
using CommandKey = Id<struct CommandKeyKind>;

/// The ordinal of a task within its case, from 1. Never reused.
enum class TaskNumber : std::uint32_t {};

/// The number of events in a case, and the version that a command expects. 0: not opened yet.
enum class Version : std::uint32_t {};

inline std::uint32_t number(TaskNumber task) {
    return static_cast<std::uint32_t>(task);
}
inline std::uint32_t number(Version version) {
    return static_cast<std::uint32_t>(version);
}

/// A SHA-256 digest. Identifies a revision of a definition by its content, or an event in its hash
/// chain (the latter by SM3 in stores created with it).
struct Digest {
    std::array<std::uint8_t, 32> bytes{};
    friend bool operator==(const Digest&, const Digest&) = default;
};

// ---------------------------------------------------------------- time

/// A local calendar day, counted from 1970-01-01. The law counts in these days.
struct Date {
    std::int64_t days = 0;
    friend bool operator==(const Date&, const Date&) = default;
    friend auto operator<=>(const Date&, const Date&) = default;
};

/// A moment, in microseconds since 1970-01-01T00:00:00Z.
struct Instant {
    std::int64_t microseconds = 0;
    friend bool operator==(const Instant&, const Instant&) = default;
    friend auto operator<=>(const Instant&, const Instant&) = default;
};

/// Minutes east of UTC of a hall's clock. China has one time zone and no daylight saving time.
struct UtcOffset {
    std::int32_t minutes = 480;
    friend bool operator==(const UtcOffset&, const UtcOffset&) = default;
};

struct YearMonthDay {
    int year = 1970;
    unsigned month = 1;
    unsigned day = 1;
};

YearMonthDay civil(Date date);
/// Returns the day y-m-d of the proleptic Gregorian calendar, or nullopt when there is no such day.
std::optional<Date> date_of(int year, unsigned month, unsigned day);
/// Parses `2026-03-02`. Returns nullopt when the text is not a day in that form.
std::optional<Date> parse_date(std::string_view text);
/// Parses RFC 3339, `2026-03-02T09:00:00+08:00`. Uses `offset` when the text has none.
std::optional<Instant> parse_instant(std::string_view text, UtcOffset offset);
std::string to_string(Date date);
/// Formats as RFC 3339 in the local time of `offset`, to the second, or to the microsecond if
/// needed.
std::string to_string(Instant instant, UtcOffset offset);
Date local_date(Instant instant, UtcOffset offset);
/// Returns midnight at the start of `date`.
Instant start_of(Date date, UtcOffset offset);

/// The unit of a limit (R1-R3). Minutes are for waits of less than a day. Working minutes are those
/// in which the hall is open.
enum class LimitUnit : std::uint8_t { workdays, days, minutes, working_minutes };

/// Returns whether the unit is days of either kind.
inline bool counts_days(LimitUnit unit) {
    return unit == LimitUnit::workdays || unit == LimitUnit::days;
}

struct Limit {
    std::int32_t amount = 0;
    LimitUnit unit = LimitUnit::workdays;
    friend bool operator==(const Limit&, const Limit&) = default;
};
std::string to_string(Limit limit);

// ---------------------------------------------------------------- FEEL values

/// Not part of ISO C++; `__extension__` silences -Wpedantic.
__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

/// (-1)^negative * coefficient * 10^exponent, at most 34 digits: IEEE 754 decimal128, as in FEEL.
/// 2.50 and 2.5 are equal as numbers but print as written. base/decimal.hpp has the arithmetic.
struct Decimal {
    UInt128 coefficient = 0;
    std::int16_t exponent = 0;
    bool negative = false;
};
/// Formats the number as FEEL prints it.
std::string to_string(const Decimal& number);
std::optional<Decimal> parse_decimal(std::string_view text);
Decimal decimal_of(std::int64_t whole);

/// The zone of a clock: its offset from UTC, and the IANA zone name if it was given by name.
struct ClockZone {
    std::int32_t offset = 0;            ///< seconds east of UTC
    const std::string* name = nullptr;  ///< `Europe/Paris`; owned by the zone table, never freed
    friend bool operator==(const ClockZone&, const ClockZone&) = default;
};

/// A time of day, with its zone if one was given.
struct TimeOfDay {
    std::int64_t nanoseconds = 0;
    std::optional<ClockZone> zone;
    friend bool operator==(const TimeOfDay&, const TimeOfDay&) = default;
};

/// A date and a time of day (FEEL `date and time`).
struct DateTime {
    Date date;
    TimeOfDay time;
    friend bool operator==(const DateTime&, const DateTime&) = default;
};

/// Holds any span of FEEL's calendar, the years -999,999,999 to 999,999,999.
struct DaysTimeDuration {
    Int128 nanoseconds = 0;
    friend bool operator==(const DaysTimeDuration&, const DaysTimeDuration&) = default;
};

struct YearsMonthsDuration {
    std::int64_t months = 0;
    friend bool operator==(const YearsMonthsDuration&, const YearsMonthsDuration&) = default;
};

class Value;
struct Range;
using List = std::vector<Value>;
/// Entries in the order they were written. Names are unique.
using Context = std::vector<std::pair<std::string, Value>>;

/// A FEEL value. Lists, contexts and ranges are shared and immutable.
class Value {
public:
    using Shared =
        std::variant<std::monostate, bool, Decimal, std::string, Date, TimeOfDay, DateTime,
                     DaysTimeDuration, YearsMonthsDuration, std::shared_ptr<const List>,
                     std::shared_ptr<const Context>, std::shared_ptr<const Range>,
                     std::shared_ptr<const feel::Function>>;

    Value() = default;  ///< null
    Value(bool truth) : held_(truth) {}
    Value(Decimal number) : held_(number) {}
    Value(std::string text) : held_(std::move(text)) {}
    Value(const char* text) : held_(std::string(text)) {}
    Value(Date date) : held_(date) {}
    Value(TimeOfDay time) : held_(time) {}
    Value(DateTime moment) : held_(moment) {}
    Value(DaysTimeDuration duration) : held_(duration) {}
    Value(YearsMonthsDuration duration) : held_(duration) {}
    Value(List list) : held_(std::make_shared<const List>(std::move(list))) {}
    Value(Context context) : held_(std::make_shared<const Context>(std::move(context))) {}
    Value(Range range);
    /// Must not be null. A function exists only during an evaluation: it is not stored, and has no
    /// literal.
    Value(std::shared_ptr<const feel::Function> function) : held_(std::move(function)) {}

    [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(held_); }
    template <class T>
    [[nodiscard]] const T* as() const {
        if constexpr (std::is_same_v<T, List> || std::is_same_v<T, Context> ||
                      std::is_same_v<T, Range> || std::is_same_v<T, feel::Function>) {
            const auto* shared = std::get_if<std::shared_ptr<const T>>(&held_);
            return shared ? shared->get() : nullptr;
        } else {
            return std::get_if<T>(&held_);
        }
    }
    [[nodiscard]] const Shared& held() const { return held_; }

    /// Same kind and same content. Numbers compare by value (2.5 == 2.50). Null equals null.
    friend bool operator==(const Value& left, const Value& right);

private:
    Shared held_;
};

struct Range {
    Value low, high;  ///< null: unbounded on that side
    bool low_included = true;
    bool high_included = true;
    friend bool operator==(const Range&, const Range&) = default;
};

inline Value::Value(Range range) : held_(std::make_shared<const Range>(std::move(range))) {}

/// Formats the value as a FEEL literal.
std::string to_string(const Value& value);

// ---------------------------------------------------------------- titles

/// A text in the hall's two languages. At most one may be empty.
struct Title {
    std::string zh, en;
    /// Returns the text in `language` ("zh" or "en"), or the other one when that is missing.
    [[nodiscard]] const std::string& in(std::string_view language) const {
        if (language == "en") return en.empty() ? zh : en;
        return zh.empty() ? en : zh;
    }
    friend bool operator==(const Title&, const Title&) = default;
};

}  // namespace workflow::inline v0

template <class Kind>
struct std::hash<workflow::Id<Kind>> {
    std::size_t operator()(const workflow::Id<Kind>& id) const noexcept {
        return std::hash<std::string>{}(id.text);
    }
};
