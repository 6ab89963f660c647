#include "codec.hpp"

#include <array>

#include "archive.hpp"

namespace workflow::trail {

static constexpr std::uint8_t format_version = 1;
static constexpr int deepest_value = 32;

// Not in an unnamed namespace: the overloads of `put` find each other by their archive argument.

// `put` writes a part when the archive is a Writer and fills it in when it is a Reader. Parts are
// passed as T& in both directions; a Writer never changes them.

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

static void put(Writer& to, bool& value) {
    to.byte(value ? 1 : 0);
}
static void put(Reader& from, bool& value) {
    const auto byte = from.byte();
    if (byte > 1) throw CodecError("neither true nor false");
    value = byte == 1;
}

static void put(Writer& to, std::string& text) {
    to.text(text);
}
static void put(Reader& from, std::string& text) {
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
    task = TaskNumber{number};
}

/// An enumeration with values 0 .. last.
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
    put_choice(archive, way, TaskHandedOver::Way::returned);
}
template <class A>
void put(A& archive, LimitPassed::Kind& kind) {
    put_choice(archive, kind, LimitPassed::Kind::statutory);
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
    if constexpr (A::writes)
        archive.number(list.size());
    else
        list.resize(archive.count());
    for (auto& entry : list) put(archive, entry);
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
    number.coefficient = static_cast<unsigned __int128>(high) << 64 | low;
}
template <class A>
void put(A& archive, TimeOfDay& time) {
    put(archive, time.microseconds);
    put(archive, time.offset);
}
template <class A>
void put(A& archive, DateTime& moment) {
    put(archive, moment.date);
    put(archive, moment.time);
}
template <class A>
void put(A& archive, DaysTimeDuration& duration) {
    put(archive, duration.microseconds);
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

/// A value is the index of its kind, then its content.
static void put_value(Writer& to, const Value& value) {
    to.byte(static_cast<std::uint8_t>(value.held().index()));
    std::visit(
        [&]<class T>(const T& held) {
            if constexpr (std::is_same_v<T, std::monostate>) {
                return;
            } else if constexpr (requires {
                                     *held;
                                     held.get();
                                 }) {
                auto copy = *held;
                put(to, copy);
            } else {
                auto copy = held;
                put(to, copy);
            }
        },
        value.held());
}

template <class T>
Value read_as(Reader& from) {
    T content{};
    put(from, content);
    return Value(std::move(content));
}

static Value read_value(Reader& from) {
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
    static_assert(kinds.size() == std::variant_size_v<Value::Shared>);
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

// ---------------------------------------------------------------- events

template <class A, class... Parts>
void put_all(A& archive, Parts&... parts) {
    (put(archive, parts), ...);
}

template <class A>
void put(A& a, MaterialReceipt& x) {
    put_all(a, x.material, x.form);
}
template <class A>
void put(A& a, Applicant& x) {
    put_all(a, x.person, x.name, x.kind);
}
template <class A>
void put(A& a, Exclusion& x) {
    put_all(a, x.officer, x.rule);
}
template <class A>
void put(A& a, CaseOpened& x) {
    put_all(a, x.number, x.item, x.revision, x.definition, x.applicant, x.channel, x.hall, x.fields,
            x.materials, x.path);
}
template <class A>
void put(A& a, CaseAccepted& x) {
    put_all(a, x.accepted, x.statutory_due, x.promised_due, x.provisional);
}
template <class A>
void put(A& a, TaskOffered& x) {
    put_all(a, x.task, x.step, x.due);
}
template <class A>
void put(A& a, TaskDrawn& x) {
    put_all(a, x.task, x.officer, x.candidates, x.excluded, x.entropy);
}
template <class A>
void put(A& a, TaskClaimed& x) {
    put_all(a, x.task, x.officer);
}
template <class A>
void put(A& a, TaskHandedOver& x) {
    put_all(a, x.task, x.way, x.from, x.to, x.reason);
}
template <class A>
void put(A& a, TaskCompleted& x) {
    put_all(a, x.task, x.outcome, x.officer, x.reason, x.fields, x.materials, x.path);
}
template <class A>
void put(A& a, TaskCancelled& x) {
    put_all(a, x.task);
}
template <class A>
void put(A& a, TimerArmed& x) {
    put_all(a, x.transition, x.due, x.moment);
}
template <class A>
void put(A& a, TimerFired& x) {
    put_all(a, x.transition, x.due, x.path);
}
template <class A>
void put(A& a, ClockPaused& x) {
    put_all(a, x.ground, x.from);
}
template <class A>
void put(A& a, ClockResumed& x) {
    put_all(a, x.to, x.statutory_due, x.promised_due, x.provisional);
}
template <class A>
void put(A& a, MaterialsSupplied& x) {
    put_all(a, x.fields, x.materials, x.path);
}
template <class A>
void put(A& a, CaseWithdrawn& x) {
    put_all(a, x.reason, x.path);
}
template <class A>
void put(A& a, LimitPassed& x) {
    put_all(a, x.kind, x.task, x.due);
}
template <class A>
void put(A& a, CaseEnded& x) {
    put_all(a, x.step, x.end);
}

/// A happening is the index of its kind in `Happening`, then its parts. Kinds are only ever added
/// at the end, so an index keeps its meaning.
static void put_happening(Writer& to, Happening& what) {
    to.byte(static_cast<std::uint8_t>(what.index()));
    std::visit([&](auto& kind) { put(to, kind); }, what);
}

template <std::size_t... I>
Happening read_kind(Reader& from, std::size_t kind, std::index_sequence<I...>) {
    Happening what;
    const bool known = ((kind == I && (put(from, what.emplace<I>()), true)) || ...);
    if (!known) throw CodecError("an unknown kind of event");
    return what;
}

enum Flag : std::uint8_t {
    has_happened = 1,
    has_key = 2,
    has_request = 4,
    has_post = 8,
    all_flags = 15
};

void encode(const Event& event, std::string& out) {
    Writer to(out);
    to.byte(format_version);
    const bool later = event.happened != event.recorded;
    to.byte(static_cast<std::uint8_t>(
        (later ? has_happened : 0) | (event.key.empty() ? 0 : has_key) |
        (event.request ? has_request : 0) | (event.post.empty() ? 0 : has_post)));
    // A Writer does not change what it is given, though `put` takes it as T&.
    auto& own = const_cast<Event&>(event);
    put(to, own.recorded);
    if (later) put(to, own.happened);
    to.byte(static_cast<std::uint8_t>(event.actor.kind));
    if (event.actor.kind == Actor::Kind::officer) put(to, own.actor.officer);
    if (!event.post.empty()) put(to, own.post);
    if (!event.key.empty()) put(to, own.key);
    if (event.request) put(to, own.request);
    put_happening(to, own.what);
}

std::string encode(const Event& event) {
    std::string out;
    out.reserve(160);
    encode(event, out);
    return out;
}

Event decode(std::string_view body) {
    Reader from(body);
    if (from.byte() != format_version) throw CodecError("an unknown version of the event format");
    const auto flags = from.byte();
    if (flags > all_flags) throw CodecError("an unknown flag");
    Event event;
    put(from, event.recorded);
    event.happened = event.recorded;
    if (flags & has_happened) {
        put(from, event.happened);
        if (event.happened == event.recorded) throw CodecError("a second time that says nothing");
    }
    put_choice(from, event.actor.kind, Actor::Kind::engine);
    if (event.actor.kind == Actor::Kind::officer) put(from, event.actor.officer);
    if (flags & has_post) put(from, event.post);
    if (flags & has_key) put(from, event.key);
    if (flags & has_request) put(from, event.request);
    if (((flags & has_post) && event.post.empty()) || ((flags & has_key) && event.key.empty()) ||
        ((flags & has_request) && event.request == 0))
        throw CodecError("a part is marked as there, but is empty");
    const auto kind = from.byte();
    event.what = read_kind(from, kind, std::make_index_sequence<std::variant_size_v<Happening>>());
    if (!from.at_end()) throw CodecError("bytes after the end of the event");
    return event;
}

}  // namespace workflow::trail
