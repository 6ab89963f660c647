#include "made_up_events.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/zones.hpp"

// Fills each part of an event by a function for its type. This compiles six times faster than a
// generator composed for each member. Call the functions inside rc::gen::exec: it records what they
// draw, and shrinks it after a failure.
namespace workflow::inline v0 {
namespace {

namespace gen = rc::gen;

template <class T>
T made();
template <class T>
void fill(std::optional<T>& perhaps);
template <class T>
void fill(std::vector<T>& list);
template <class A, class B>
void fill(std::pair<A, B>& both);
template <class First, class Second, class... Rest>
void fill(First& first, Second& second, Rest&... rest);
/// Returns one alternative of a variant, filled. An alternative without a `fill` does not compile.
template <class Whole, class... Alternatives>
Whole one_of(const std::variant<Alternatives...>*);

bool chance() {
    return *gen::arbitrary<bool>();
}
/// Draws from the whole range at any size, so that small tests have every alternative, too.
std::size_t below(std::size_t end) {
    return *gen::resize(rc::kNominalSize, gen::inRange<std::size_t>(0, end));
}

void fill(bool& truth) {
    truth = chance();
}

/// Numbers of all lengths, the least and the greatest too.
template <class Whole>
requires std::is_integral_v<Whole>
void fill(Whole& number) {
    constexpr std::array<Whole, 5> edges{0, 1, 127, std::numeric_limits<Whole>::min(),
                                         std::numeric_limits<Whole>::max()};
    const auto bits = *gen::arbitrary<std::uint64_t>();
    const auto kind = below(3);
    number = kind == 0   ? static_cast<Whole>(bits)
             : kind == 1 ? edges[bits % edges.size()]
                         : static_cast<Whole>(bits * bits);
}

/// Texts as they come: empty, ASCII, Chinese, with a NUL in them.
void fill(std::string& text) {
    static const std::array<std::string, 5> known{"", "a", "intake", "社保卡补领",
                                                  std::string("\0x", 2)};
    const auto which = below(2 * known.size());
    text =
        which < known.size() ? known[which] : *gen::container<std::string>(gen::arbitrary<char>());
}

template <class E>
void choose(E& e, int last) {
    e = static_cast<E>(below(static_cast<std::size_t>(last) + 1));
}

template <class Kind>
void fill(Id<Kind>& id) {
    fill(id.text);
}
void fill(Date& date) {
    fill(date.days);
}
void fill(Instant& instant) {
    fill(instant.microseconds);
}
void fill(TaskNumber& task) {
    std::uint32_t made = 0;
    fill(made);
    task = TaskNumber{made};
}
void fill(TransitionId& id) {
    std::uint32_t made = 0;
    fill(made);
    id = TransitionId{made};
}
void fill(Digest& digest) {
    for (auto& byte : digest.bytes) byte = *gen::arbitrary<std::uint8_t>();
}

void fill(TimeOfDay& time) {
    fill(time.nanoseconds);
    std::optional<std::int32_t> offset;
    fill(offset);
    if (offset)
        time.zone = ClockZone{*offset, *offset % 3 == 0 ? find_zone("Asia/Shanghai") : nullptr};
}

Decimal made_number() {
    const auto high = chance() ? std::uint64_t{0} : made<std::uint64_t>();
    return {static_cast<unsigned __int128>(high) << 64 | made<std::uint64_t>(),
            *gen::inRange<std::int16_t>(-40, 40), chance()};
}

/// A value nested up to `depth` times.
Value made_value(int depth) {
    switch (below(depth == 0 ? 9 : 12)) {
        case 0:
            return {};
        case 1:
            return Value(chance());
        case 2:
            return Value(made_number());
        case 3:
            return Value(made<std::string>());
        case 4:
            return Value(made<Date>());
        case 5:
            return Value(made<TimeOfDay>());
        case 6:
            return Value(DateTime{made<Date>(), made<TimeOfDay>()});
        case 7:
            return Value(DaysTimeDuration{made<std::int64_t>()});
        case 8:
            return Value(YearsMonthsDuration{made<std::int64_t>()});
        case 9: {
            List list(below(4));
            for (auto& one : list) one = made_value(depth - 1);
            return Value(list);
        }
        case 10: {
            Context context(below(4));
            for (auto& [name, value] : context) {
                fill(name);
                value = made_value(depth - 1);
            }
            return Value(context);
        }
        default:
            return Value(Range{made_value(depth - 1), made_value(depth - 1), chance(), chance()});
    }
}
void fill(Value& value) {
    value = made_value(2);
}

void fill(Limit& e) {
    fill(e.amount);
    choose(e.unit, static_cast<int>(LimitUnit::working_minutes));
}
void fill(Warning& e) {
    choose(e.kind, 2);
    choose(e.signal, 1);
    fill(e.task, e.from);
}
void fill(MaterialReceipt& e) {
    fill(e.material);
    choose(e.form, 1);
}
void fill(Applicant& e) {
    fill(e.person, e.name, e.kind);
}
void fill(Agent& e) {
    fill(e.person, e.name);
}
void fill(Exclusion& e) {
    fill(e.officer, e.rule);
}

void fill(OfficerJoined& e) {
    fill(e.name, e.person, e.hall, e.section);
}
void fill(OfficerMoved& e) {
    fill(e.hall, e.section);
}
void fill(OfficerPosted& e) {
    fill(e.posts);
}
void fill(OfficerQualified& e) {
    fill(e.items);
}
void fill(OfficerAbsent& e) {
    fill(e.from, e.to);
}
void fill(OfficerBack& e) {
    fill(e.on);
}
void fill(OfficerLeft& e) {
    fill(e.from);
}
void fill(OfficerSubstitutes& e) {
    fill(e.colleague, e.from, e.to);
}
void fill(OfficerWeighted& e) {
    fill(e.weight);
}
void fill(OfficerSupervises& e) {
    fill(e.supervisor);
}
void fill(OfficerSeated& e) {
    fill(e.window);
}
void fill(OfficerShifted& e) {
    fill(e.shift);
}
void fill(OfficerKeyed& e) {
    fill(e.key);
}
void fill(StaffChange& change) {
    change = one_of<StaffChange>(static_cast<const StaffChanges*>(nullptr));
}

template <class T, class Less>
void in_order(std::vector<T>& list, Less less) {
    std::sort(list.begin(), list.end(), less);
    const auto same = [&](const T& a, const T& b) { return !less(a, b) && !less(b, a); };
    list.erase(std::unique(list.begin(), list.end(), same), list.end());
}
void fill(TaskDrawn& e) {
    fill(e.task, e.officer, e.candidates, e.excluded, e.entropy, e.figures, e.last, e.keys);
    fill(e.keyed_on, e.round, e.widened);
    choose(e.by, 2);
    choose(e.scheme, 1);
    in_order(e.candidates, std::less<>());
    in_order(e.excluded, [](const auto& a, const auto& b) { return a.officer < b.officer; });
}
void fill(StaffChanged& e) {
    fill(e.officer, e.change, e.reason, e.proposal);
}
void fill(StaffProposed& e) {
    fill(e.officer, e.change, e.reason);
}
void fill(CaseOpened& e) {
    fill(e.number, e.item, e.revision, e.definition, e.applicant, e.channel, e.hall, e.fields,
         e.materials, e.path, e.mode, e.comes_first, e.anywhere, e.appointment, e.agent, e.recused,
         e.about, e.keyed_on, e.round);
}
void fill(CaseAccepted& e) {
    fill(e.accepted, e.statutory_due, e.promised_due, e.provisional);
}
void fill(TaskOffered& e) {
    fill(e.task, e.step, e.due);
}
void fill(TaskClaimed& e) {
    fill(e.task, e.officer);
}
void fill(TaskHandedOver& e) {
    fill(e.task);
    choose(e.way, 3);
    fill(e.from, e.to, e.reason);
}
void fill(TaskCompleted& e) {
    fill(e.task, e.outcome, e.officer, e.reason, e.fields, e.materials, e.path);
}
void fill(TaskCancelled& e) {
    fill(e.task);
}
void fill(TimerArmed& e) {
    fill(e.transition, e.due, e.moment);
}
void fill(TimerFired& e) {
    fill(e.transition, e.due, e.path);
}
void fill(ClockPaused& e) {
    fill(e.ground, e.from);
}
void fill(ClockResumed& e) {
    fill(e.to, e.statutory_due, e.promised_due, e.provisional);
}
void fill(MaterialsSupplied& e) {
    fill(e.fields, e.materials, e.path, e.evidence);
}
void fill(CaseWithdrawn& e) {
    fill(e.reason, e.path, e.evidence);
}
void fill(LimitPassed& e) {
    choose(e.kind, 2);
    fill(e.task, e.due);
}
void fill(CaseEnded& e) {
    fill(e.step);
    choose(e.end, 5);
}
void fill(LimitsComputed& e) {
    fill(e.statutory, e.promised);
}
void fill(LimitExtended& e) {
    fill(e.by, e.statutory_due, e.provisional);
}
void fill(WarningsSet& e) {
    fill(e.warnings);
}
void fill(LimitNear& e) {
    fill(e.warning, e.due);
}
void fill(TaskEscalated& e) {
    fill(e.task, e.post);
}
void fill(CaseUrged& e) {
    fill(e.reason);
}
void fill(DaysRecounted& e) {
    fill(e.statutory_due, e.promised_due, e.provisional, e.tasks, e.timers);
}
void fill(CaseSampled& e) {
    fill(e.step, e.taken, e.of, e.in, e.entropy, e.keys, e.keyed_on, e.round);
}
void fill(RatingInvited& e) {
    fill(e.task, e.officer, e.token, e.window);
}
void fill(CaseRated& e) {
    fill(e.task);
    e.grade = static_cast<Grade>(*gen::inRange(1, 6));
    fill(e.comment);
}
void fill(RatingSupplemented& e) {
    fill(e.task, e.comment);
}
void fill(RatingSetAside& e) {
    fill(e.task, e.reason);
}
void fill(CaseUnsealed& e) {
    choose(e.what, 1);
    fill(e.reason, e.officer);
}
void fill(UnsealAsked& e) {
    choose(e.what, 1);
    fill(e.ground, e.reason);
}
void fill(UnsealDeclined& e) {
    fill(e.officer);
    choose(e.what, 1);
    fill(e.reason);
}
void fill(FieldsCorrected& e) {
    fill(e.task, e.fields);
}
void fill(RecusalAsked& e) {
    fill(e.officer, e.person, e.ground, e.reason);
}
void fill(RecusalDecided& e) {
    fill(e.officer, e.granted, e.reason);
}
void fill(TaskStranded& e) {
    fill(e.task, e.post);
}
void fill(StrandedResolved& e) {
    fill(e.task);
    choose(e.way, 1);
    fill(e.reason);
}
void fill(StaffDeclined& e) {
    fill(e.proposal, e.reason);
}
void fill(DefinitionPublished& e) {
    fill(e.item, e.revision, e.definition, e.reason);
}
void fill(ClockSetBack& e) {
    fill(e.reached, e.shows);
}
void fill(CaseRead& e) {
    fill(e.purpose);
}
void fill(PersonErased& e) {
    fill(e.person, e.reason);
}
void fill(ReadingStopped& e) {
    fill(e.officer, e.cases);
}

void fill(ActSignature& e) {
    fill(e.asked, e.key, e.signature);
}
void fill(SealedPart& e) {
    fill(e.part, e.person, e.commitment);
}
void fill(BatchOrigin& e) {
    fill(e.operated_by, e.script, e.row, e.rule);
}
void fill(Actor& actor) {
    switch (below(5)) {
        case 0:
            actor = Actor::the_applicant();
            return;
        case 1:
            actor = Actor::the_engine();
            return;
        case 2:
            actor = Actor::the_agent();
            return;
        case 3:
            actor = Actor::system(made<std::string>());
            return;
        default:
            actor = Actor::of(made<OfficerId>());
    }
}
void fill(Event& e) {
    e.what = one_of<EventPayload>(static_cast<const EventPayloads*>(nullptr));
    fill(e.recorded, e.actor, e.post, e.key, e.request, e.signatures, e.sealed);
    if (chance()) fill(e.batch.emplace_back());
    e.offset = UtcOffset{*gen::inRange(-48, 60) * 15};
    e.happened = chance() ? e.recorded : made<Instant>();
    in_order(e.sealed, [](const auto& a, const auto& b) { return a.part < b.part; });
}

// The templates come last, because every `fill` is declared here.

template <class T>
void fill(std::optional<T>& perhaps) {
    if (chance()) fill(perhaps.emplace());
}
template <class T>
void fill(std::vector<T>& list) {
    list.resize(below(4));
    for (auto& one : list) fill(one);
}
template <class A, class B>
void fill(std::pair<A, B>& both) {
    fill(both.first);
    fill(both.second);
}
template <class First, class Second, class... Rest>
void fill(First& first, Second& second, Rest&... rest) {
    fill(first);
    fill(second);
    (fill(rest), ...);
}

template <class T>
T made() {
    T what;
    fill(what);
    return what;
}

template <class Whole, class... Alternatives>
Whole one_of(const std::variant<Alternatives...>*) {
    static constexpr std::array<Whole (*)(), sizeof...(Alternatives)> each{
        +[]() -> Whole { return made<Alternatives>(); }...};
    return each[below(each.size())]();
}
}  // namespace
}  // namespace workflow::inline v0

namespace rc {

Gen<workflow::EventPayload> Arbitrary<workflow::EventPayload>::arbitrary() {
    return gen::exec([] {
        return workflow::one_of<workflow::EventPayload>(
            static_cast<const workflow::EventPayloads*>(nullptr));
    });
}
Gen<workflow::Event> Arbitrary<workflow::Event>::arbitrary() {
    return gen::scale(0.25, gen::exec([] { return workflow::made<workflow::Event>(); }));
}

}  // namespace rc
