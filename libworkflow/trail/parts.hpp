#pragma once

/// How each plain part of an event, and each value, is encoded: `put` writes it when the archive is
/// a Writer and fills it in when it is a Reader. Parts are passed as T& in both directions. A
/// Writer never changes them. Overloads are found through their archive argument.

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <workflow/event.hpp>

#include "../base/zones.hpp"
#include "archive.hpp"

namespace workflow::trail {

inline constexpr int deepest_value = 32;

template <class T>
requires(std::is_unsigned_v<T> && !std::is_same_v<T, bool>) void put(Writer& to, T& value) {
    to.number(value);
}
template <class T>
requires(std::is_unsigned_v<T> && !std::is_same_v<T, bool>) void put(Reader& from, T& value) {
    const auto number = from.number();
    value = static_cast<T>(number);
    if (value != number) throw CodecError("a number is out of range");
}

/// Signed numbers in zigzag: 0, -1, 1, -2 become 0, 1, 2, 3.
template <class T>
requires std::is_signed_v<T>
void put(Writer& to, T& value) {
    const auto wide = std::int64_t{value};
    to.number((static_cast<std::uint64_t>(wide) << 1) ^ static_cast<std::uint64_t>(wide >> 63));
}
template <class T>
requires std::is_signed_v<T>
void put(Reader& from, T& value) {
    const auto number = from.number();
    const auto wide =
        static_cast<std::int64_t>(number >> 1) ^ -static_cast<std::int64_t>(number & 1);
    value = static_cast<T>(wide);
    if (value != wide) throw CodecError("a number is out of range");
}

inline void put(Writer& to, bool& value) {
    to.byte(value ? 1 : 0);
}
inline void put(Reader& from, bool& value) {
    const auto byte = from.byte();
    if (byte > 1) throw CodecError("a flag is neither 0 nor 1");
    value = byte == 1;
}

inline void put(Writer& to, std::string& text) {
    to.text(text);
}
inline void put(Reader& from, std::string& text) {
    text = from.text();
}

template <class A, class Kind>
void put(A& archive, Id<Kind>& id) {
    put(archive, id.text);
}
template <class A>
void put(A& archive, Date& date) {
    put(archive, date.days);
}
template <class A>
void put(A& archive, Instant& instant) {
    put(archive, instant.microseconds);
}
template <class A>
void put(A& archive, UtcOffset& offset) {
    put(archive, offset.minutes);
}
template <class A>
void put(A& archive, Digest& digest) {
    archive.bytes(digest.bytes.data(), digest.bytes.size());
}
template <class A>
void put(A& archive, TaskNumber& task) {
    auto number = static_cast<std::uint32_t>(task);
    put(archive, number);
    if constexpr (!A::writes) task = TaskNumber{number};
}

template <class A>
void put(A& archive, TransitionId& id) {
    auto number = static_cast<std::uint32_t>(id);
    put(archive, number);
    if constexpr (!A::writes) id = TransitionId{number};
}

/// An enumeration with the values 0 .. last.
template <class E>
void put_choice(Writer& to, E& value, E) {
    to.byte(static_cast<std::uint8_t>(value));
}
template <class E>
void put_choice(Reader& from, E& value, E last) {
    const auto byte = from.byte();
    if (byte > static_cast<std::uint8_t>(last)) throw CodecError("an unknown choice");
    value = static_cast<E>(byte);
}
template <class A>
void put(A& archive, MaterialForm& form) {
    put_choice(archive, form, MaterialForm::committed);
}
template <class A>
void put(A& archive, EndKind& end) {
    put_choice(archive, end, EndKind::lapsed);
}
template <class A>
void put(A& archive, TaskHandedOver::Way& way) {
    put_choice(archive, way, TaskHandedOver::Way::absent);
}
template <class A>
void put(A& archive, LimitPassed::Kind& kind) {
    put_choice(archive, kind, LimitPassed::Kind::statutory);
}
template <class A>
void put(A& archive, Signal& signal) {
    put_choice(archive, signal, Signal::red);
}
template <class A>
void put(A& archive, LimitUnit& unit) {
    put_choice(archive, unit, LimitUnit::working_minutes);
}
template <class A>
void put(A& archive, Limit& limit) {
    put(archive, limit.amount);
    put(archive, limit.unit);
}

template <class A>
void put(A& archive, Allocation& way) {
    put_choice(archive, way, Allocation::round_robin);
}
template <class A>
void put(A& archive, DrawScheme& scheme) {
    put_choice(archive, scheme, DrawScheme::rendezvous);
}
template <class A>
void put(A& archive, WayOut& way) {
    put_choice(archive, way, WayOut::widen);
}
template <class A>
void put(A& archive, Sealed& what) {
    put_choice(archive, what, Sealed::reviewer);
}
template <class A>
void put(A& archive, Grade& grade) {
    put_choice(archive, grade, Grade::very_satisfied);
    if (grade < Grade::very_dissatisfied) throw CodecError("an unknown grade");
}

template <class A, class T>
void put(A& archive, std::optional<T>& value) {
    bool there = value.has_value();
    put(archive, there);
    if (!there) return;
    if constexpr (!A::writes) value.emplace();
    put(archive, *value);
}

template <class A, class T>
void put(A& archive, std::vector<T>& list) {
    if constexpr (A::writes) {
        archive.number(list.size());
        for (auto& entry : list) put(archive, entry);
    } else {
        // Grows with the actual data, so that a wrong count cannot request much memory.
        auto left = archive.count();
        list.reserve(std::min<std::size_t>(left, 32));
        for (; left > 0; --left) put(archive, list.emplace_back());
    }
}

template <class A, class First, class Second>
void put(A& archive, std::pair<First, Second>& both) {
    put(archive, both.first);
    put(archive, both.second);
}

// ---------------------------------------------------------------- values

template <class A>
void put(A& archive, Decimal& number) {
    auto low = static_cast<std::uint64_t>(number.coefficient);
    auto high = static_cast<std::uint64_t>(number.coefficient >> 64);
    put(archive, low);
    put(archive, high);
    put(archive, number.exponent);
    put(archive, number.negative);
    if constexpr (!A::writes) number.coefficient = static_cast<unsigned __int128>(high) << 64 | low;
}
/// The zone's name follows its offset. Empty: the zone was given by its offset alone.
template <class A>
void put(A& archive, ClockZone& zone) {
    put(archive, zone.offset);
    std::string name = zone.name ? *zone.name : std::string();
    put(archive, name);
    if constexpr (!A::writes) {
        zone.name = name.empty() ? nullptr : find_zone(name);
        if (!name.empty() && !zone.name) throw CodecError("there is no time zone " + name);
    }
}
template <class A>
void put(A& archive, TimeOfDay& time) {
    put(archive, time.nanoseconds);
    put(archive, time.zone);
}
template <class A>
void put(A& archive, DateTime& moment) {
    put(archive, moment.date);
    put(archive, moment.time);
}
template <class A>
void put(A& archive, DaysTimeDuration& duration) {
    constexpr std::int64_t second = 1'000'000'000;
    auto rest = static_cast<std::int64_t>(duration.nanoseconds % second);
    auto seconds = static_cast<std::int64_t>(duration.nanoseconds / second);
    put(archive, seconds);
    put(archive, rest);
    if constexpr (!A::writes) {
        // Both parts have the sign of the whole, so each duration has one encoding.
        if (rest <= -second || rest >= second || (seconds > 0 && rest < 0) ||
            (seconds < 0 && rest > 0))
            throw CodecError("a duration has a wrong fraction");
        duration.nanoseconds = static_cast<__int128>(seconds) * second + rest;
    }
}
template <class A>
void put(A& archive, YearsMonthsDuration& duration) {
    put(archive, duration.months);
}

template <class A>
void put(A& archive, Value& value);

template <class A>
void put(A& archive, Range& range) {
    put(archive, range.low);
    put(archive, range.high);
    put(archive, range.low_included);
    put(archive, range.high_included);
}

/// For the Writer's direction of `put`, which takes its parts as T& and only reads them.
template <class T>
T& unchanged(const T& part) {
    return const_cast<T&>(part);
}

/// A value is encoded as the index of its kind, then its content.
inline void put_value(Writer& to, const Value& value) {
    if (++to.depth > deepest_value) throw CodecError("values are nested too deeply");
    to.byte(static_cast<std::uint8_t>(value.held().index()));
    std::visit(
        [&]<class T>(const T& held) {
            if constexpr (std::is_same_v<T, std::monostate>)
                return;
            else if constexpr (std::is_same_v<T, std::shared_ptr<const feel::Function>>)
                throw CodecError("a function cannot be stored");
            else if constexpr (requires { held.get(); })
                put(to, unchanged(*held));
            else
                put(to, unchanged(held));
        },
        value.held());
    --to.depth;
}

template <class T>
Value read_as(Reader& from) {
    T content{};
    put(from, content);
    return Value(std::move(content));
}

inline Value read_value(Reader& from) {
    if (++from.depth > deepest_value) throw CodecError("values are nested too deeply");
    using Read = Value (*)(Reader&);
    static constexpr std::array<Read, 12> kinds{[](Reader&) { return Value(); },
                                                &read_as<bool>,
                                                &read_as<Decimal>,
                                                &read_as<std::string>,
                                                &read_as<Date>,
                                                &read_as<TimeOfDay>,
                                                &read_as<DateTime>,
                                                &read_as<DaysTimeDuration>,
                                                &read_as<YearsMonthsDuration>,
                                                &read_as<List>,
                                                &read_as<Context>,
                                                &read_as<Range>};
    static_assert(kinds.size() + 1 == std::variant_size_v<Value::Shared>);  // and functions
    const auto kind = from.byte();
    if (kind >= kinds.size()) throw CodecError("an unknown kind of value");
    auto value = kinds[kind](from);
    --from.depth;
    return value;
}

template <class A>
void put(A& archive, Value& value) {
    if constexpr (A::writes)
        put_value(archive, value);
    else
        value = read_value(archive);
}

}  // namespace workflow::trail
