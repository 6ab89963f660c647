#include "made_up_events.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/zones.hpp"

namespace rc {

using namespace workflow;

/// Texts as they come: empty, ASCII, Chinese, with a NUL in them.
inline Gen<std::string> text() {
    return gen::oneOf(gen::elementOf(std::vector<std::string>{"", "a", "intake", "社保卡补领",
                                                              std::string("\0x", 2)}),
                      gen::container<std::string>(gen::arbitrary<char>()));
}

template <class Kind>
struct Arbitrary<Id<Kind>> {
    static Gen<Id<Kind>> arbitrary() {
        return gen::map(text(), [](std::string name) { return Id<Kind>(std::move(name)); });
    }
};

/// Numbers of all lengths, the least and the greatest too.
template <class Whole>
Gen<Whole> whole() {
    return gen::oneOf(
        gen::arbitrary<Whole>(),
        gen::elementOf(std::vector<Whole>{0, 1, 127, std::numeric_limits<Whole>::min(),
                                          std::numeric_limits<Whole>::max()}),
        gen::map(gen::arbitrary<std::uint64_t>(),
                 [](std::uint64_t bits) { return static_cast<Whole>(bits * bits); }));
}

template <>
struct Arbitrary<Date> {
    static Gen<Date> arbitrary() {
        return gen::map(whole<std::int32_t>(), [](std::int32_t days) { return Date{days}; });
    }
};
template <>
struct Arbitrary<Instant> {
    static Gen<Instant> arbitrary() {
        return gen::map(whole<std::int64_t>(), [](std::int64_t us) { return Instant{us}; });
    }
};
template <>
struct Arbitrary<TaskNumber> {
    static Gen<TaskNumber> arbitrary() {
        return gen::map(whole<std::uint32_t>(), [](std::uint32_t n) { return TaskNumber{n}; });
    }
};
template <>
struct Arbitrary<Digest> {
    static Gen<Digest> arbitrary() {
        return gen::map(gen::container<std::vector<std::uint8_t>>(32, whole<std::uint8_t>()),
                        [](const std::vector<std::uint8_t>& bytes) {
                            Digest digest;
                            std::copy(bytes.begin(), bytes.end(), digest.bytes.begin());
                            return digest;
                        });
    }
};
template <class T>
Gen<std::optional<T>> perhaps(Gen<T> gen) {
    return gen::mapcat(gen::arbitrary<bool>(), [gen](bool there) {
        return there ? gen::map(gen, [](T value) { return std::optional<T>(std::move(value)); })
                     : gen::just(std::optional<T>());
    });
}
template <class T>
Gen<std::vector<T>> perhaps_one(Gen<T> gen) {
    return gen::mapcat(gen::arbitrary<bool>(), [gen](bool there) {
        return there ? gen::map(gen, [](T value) { return std::vector<T>{std::move(value)}; })
                     : gen::just(std::vector<T>());
    });
}
template <>
struct Arbitrary<std::optional<Date>> {
    static Gen<std::optional<Date>> arbitrary() { return perhaps(gen::arbitrary<Date>()); }
};
template <>
struct Arbitrary<std::optional<Instant>> {
    static Gen<std::optional<Instant>> arbitrary() { return perhaps(gen::arbitrary<Instant>()); }
};
template <>
struct Arbitrary<Decimal> {
    static Gen<Decimal> arbitrary() {
        return gen::apply(
            [](std::uint64_t high, std::uint64_t low, std::int16_t exponent, bool negative) {
                return Decimal{static_cast<unsigned __int128>(high) << 64 | low, exponent,
                               negative};
            },
            gen::oneOf(gen::just(std::uint64_t{0}), whole<std::uint64_t>()), whole<std::uint64_t>(),
            gen::inRange<std::int16_t>(-40, 40), gen::arbitrary<bool>());
    }
};
template <>
struct Arbitrary<TimeOfDay> {
    static Gen<TimeOfDay> arbitrary() {
        return gen::apply(
            [](std::int64_t nanoseconds, std::optional<std::int32_t> offset) {
                TimeOfDay time{nanoseconds, {}};
                if (offset)
                    time.zone =
                        ClockZone{*offset, *offset % 3 == 0 ? find_zone("Asia/Shanghai") : nullptr};
                return time;
            },
            whole<std::int64_t>(), perhaps(whole<std::int32_t>()));
    }
};

/// Values nested up to `depth` times.
inline Gen<Value> value(int depth) {
    auto plain = gen::oneOf(
        gen::just(Value()), gen::map<bool>([](bool b) { return Value(b); }),
        gen::map<Decimal>([](Decimal number) { return Value(number); }),
        gen::map(text(), [](std::string text) { return Value(std::move(text)); }),
        gen::map<Date>([](Date date) { return Value(date); }),
        gen::map<TimeOfDay>([](TimeOfDay time) { return Value(time); }),
        gen::apply(
            [](Date date, TimeOfDay time) {
                return Value(DateTime{date, time});
            },
            gen::arbitrary<Date>(), gen::arbitrary<TimeOfDay>()),
        gen::map(whole<std::int64_t>(), [](std::int64_t n) { return Value(DaysTimeDuration{n}); }),
        gen::map(whole<std::int64_t>(),
                 [](std::int64_t n) { return Value(YearsMonthsDuration{n}); }));
    if (depth == 0) return plain;
    const auto inner = gen::scale(0.3, value(depth - 1));
    return gen::oneOf(plain,
                      gen::map(gen::container<List>(inner), [](List list) { return Value(list); }),
                      gen::map(gen::container<Context>(gen::pair(text(), inner)),
                               [](Context context) { return Value(context); }),
                      gen::apply(
                          [](Value low, Value high, bool low_in, bool high_in) {
                              return Value(Range{std::move(low), std::move(high), low_in, high_in});
                          },
                          inner, inner, gen::arbitrary<bool>(), gen::arbitrary<bool>()));
}
template <>
struct Arbitrary<Value> {
    static Gen<Value> arbitrary() { return value(2); }
};

/// A part of a whole, and where it comes from. Much quicker to compile than gen::build, which makes
/// a type of all parts together.
template <class Whole, class Part>
auto set(Part Whole::*part, Gen<Part> gen) {
    return [part, gen](Whole& whole) { whole.*part = *gen; };
}
template <class Whole, class Part>
auto set(Part Whole::*part) {
    return set(part, gen::arbitrary<Part>());
}
template <class Whole, class... Set>
Gen<Whole> built(Set... set) {
    return gen::exec([=] {
        Whole whole;
        (set(whole), ...);
        return whole;
    });
}

inline Gen<bool> truth() {
    return gen::arbitrary<bool>();
}
template <class E>
Gen<E> choice(int last) {
    return gen::map(gen::inRange(0, last + 1), [](int n) { return static_cast<E>(n); });
}

template <>
struct Arbitrary<Limit> {
    static Gen<Limit> arbitrary() {
        return built<Limit>(
            set(&Limit::amount, whole<std::int32_t>()),
            set(&Limit::unit, choice<LimitUnit>(static_cast<int>(LimitUnit::working_minutes))));
    }
};
template <>
struct Arbitrary<std::optional<Limit>> {
    static Gen<std::optional<Limit>> arbitrary() { return perhaps(gen::arbitrary<Limit>()); }
};
template <>
struct Arbitrary<Warning> {
    static Gen<Warning> arbitrary() {
        return built<Warning>(set(&Warning::kind, choice<LimitPassed::Kind>(2)),
                              set(&Warning::task), set(&Warning::signal, choice<Signal>(1)),
                              set(&Warning::from));
    }
};

template <>
struct Arbitrary<MaterialReceipt> {
    static Gen<MaterialReceipt> arbitrary() {
        return built<MaterialReceipt>(set(&MaterialReceipt::material),
                                      set(&MaterialReceipt::form, choice<MaterialForm>(1)));
    }
};
template <>
struct Arbitrary<Applicant> {
    static Gen<Applicant> arbitrary() {
        return built<Applicant>(set(&Applicant::person), set(&Applicant::name, text()),
                                set(&Applicant::kind, text()));
    }
};
template <>
struct Arbitrary<Exclusion> {
    static Gen<Exclusion> arbitrary() {
        return built<Exclusion>(set(&Exclusion::officer),
                                set(&Exclusion::rule, whole<std::uint8_t>()));
    }
};
template <>
struct Arbitrary<TaskDrawn> {
    static Gen<TaskDrawn> arbitrary() {
        return gen::map(
            built<TaskDrawn>(
                set(&TaskDrawn::task), set(&TaskDrawn::officer), set(&TaskDrawn::candidates),
                set(&TaskDrawn::excluded), set(&TaskDrawn::entropy, whole<std::uint64_t>()),
                set(&TaskDrawn::by, choice<Allotment>(2)),
                set(&TaskDrawn::figures,
                    gen::container<std::vector<std::uint32_t>>(whole<std::uint32_t>())),
                set(&TaskDrawn::last), set(&TaskDrawn::keys, perhaps(gen::arbitrary<Digest>())),
                set(&TaskDrawn::scheme, choice<DrawScheme>(1)),
                set(&TaskDrawn::keyed_on, perhaps(gen::arbitrary<Date>())),
                set(&TaskDrawn::round, whole<std::uint32_t>()),
                set(&TaskDrawn::widened, gen::container<std::vector<std::string>>(text()))),
            [](TaskDrawn drawn) {
                auto& in = drawn.candidates;
                std::sort(in.begin(), in.end());
                in.erase(std::unique(in.begin(), in.end()), in.end());
                auto& out = drawn.excluded;
                std::sort(out.begin(), out.end(),
                          [](const auto& a, const auto& b) { return a.officer < b.officer; });
                out.erase(std::unique(
                              out.begin(), out.end(),
                              [](const auto& a, const auto& b) { return a.officer == b.officer; }),
                          out.end());
                return drawn;
            });
    }
};

template <>
struct Arbitrary<Agent> {
    static Gen<Agent> arbitrary() {
        return built<Agent>(set(&Agent::person), set(&Agent::name, text()));
    }
};

inline Gen<Grade> grade() {
    return gen::map(gen::inRange(1, 6), [](int number) { return static_cast<Grade>(number); });
}

/// Every kind of change of an officer.
inline Gen<StaffChange> staff_change() {
    const auto some = [](auto gen) {
        return gen::map(std::move(gen), [](auto what) { return StaffChange(std::move(what)); });
    };
    return gen::oneOf(
        some(built<OfficerJoined>(set(&OfficerJoined::name, text()), set(&OfficerJoined::person),
                                  set(&OfficerJoined::hall), set(&OfficerJoined::section, text()))),
        some(built<OfficerMoved>(set(&OfficerMoved::hall), set(&OfficerMoved::section, text()))),
        some(built<OfficerPosted>(set(&OfficerPosted::posts))),
        some(built<OfficerQualified>(
            set(&OfficerQualified::items, gen::container<std::vector<std::string>>(text())))),
        some(built<OfficerAbsent>(set(&OfficerAbsent::from), set(&OfficerAbsent::to))),
        some(built<OfficerBack>(set(&OfficerBack::on))),
        some(built<OfficerLeft>(set(&OfficerLeft::from))),
        some(built<OfficerSubstitutes>(set(&OfficerSubstitutes::colleague),
                                       set(&OfficerSubstitutes::from),
                                       set(&OfficerSubstitutes::to))),
        some(built<OfficerWeighted>(set(&OfficerWeighted::weight, whole<std::uint32_t>()))),
        some(built<OfficerSupervises>(set(&OfficerSupervises::supervisor, truth()))),
        some(built<OfficerSeated>(set(&OfficerSeated::window))),
        some(built<OfficerShifted>(set(&OfficerShifted::shift))),
        some(built<OfficerKeyed>(set(&OfficerKeyed::key, text()))));
}

template <class T, class... Set>
Gen<Happening> happening(Set... set) {
    return gen::exec([=] {
        T what;
        (set(what), ...);
        return Happening(std::move(what));
    });
}

Gen<Happening> Arbitrary<Happening>::arbitrary() {
    return gen::oneOf(
        happening<CaseOpened>(
            set(&CaseOpened::number), set(&CaseOpened::item),
            set(&CaseOpened::revision, whole<std::uint32_t>()), set(&CaseOpened::definition),
            set(&CaseOpened::applicant), set(&CaseOpened::channel, text()), set(&CaseOpened::hall),
            set(&CaseOpened::fields), set(&CaseOpened::materials), set(&CaseOpened::path),
            set(&CaseOpened::mode), set(&CaseOpened::comes_first, truth()),
            set(&CaseOpened::anywhere, truth()), set(&CaseOpened::appointment),
            set(&CaseOpened::agent, perhaps(gen::arbitrary<Agent>())), set(&CaseOpened::recused),
            set(&CaseOpened::about), set(&CaseOpened::keyed_on, perhaps(gen::arbitrary<Date>())),
            set(&CaseOpened::round, whole<std::uint32_t>())),
        happening<CaseAccepted>(set(&CaseAccepted::accepted), set(&CaseAccepted::statutory_due),
                                set(&CaseAccepted::promised_due),
                                set(&CaseAccepted::provisional, truth())),
        happening<TaskOffered>(set(&TaskOffered::task), set(&TaskOffered::step),
                               set(&TaskOffered::due)),
        gen::map<TaskDrawn>([](TaskDrawn drawn) { return Happening(std::move(drawn)); }),
        happening<TaskClaimed>(set(&TaskClaimed::task), set(&TaskClaimed::officer)),
        happening<TaskHandedOver>(set(&TaskHandedOver::task),
                                  set(&TaskHandedOver::way, choice<TaskHandedOver::Way>(3)),
                                  set(&TaskHandedOver::from), set(&TaskHandedOver::to),
                                  set(&TaskHandedOver::reason, text())),
        happening<TaskCompleted>(set(&TaskCompleted::task), set(&TaskCompleted::outcome),
                                 set(&TaskCompleted::officer), set(&TaskCompleted::reason, text()),
                                 set(&TaskCompleted::fields), set(&TaskCompleted::materials),
                                 set(&TaskCompleted::path)),
        happening<TaskCancelled>(set(&TaskCancelled::task)),
        happening<TimerArmed>(set(&TimerArmed::transition, whole<TransitionIndex>()),
                              set(&TimerArmed::due), set(&TimerArmed::moment)),
        happening<TimerFired>(set(&TimerFired::transition, whole<TransitionIndex>()),
                              set(&TimerFired::due), set(&TimerFired::path)),
        happening<ClockPaused>(set(&ClockPaused::ground, text()), set(&ClockPaused::from)),
        happening<ClockResumed>(set(&ClockResumed::to), set(&ClockResumed::statutory_due),
                                set(&ClockResumed::promised_due),
                                set(&ClockResumed::provisional, truth())),
        happening<MaterialsSupplied>(
            set(&MaterialsSupplied::fields), set(&MaterialsSupplied::materials),
            set(&MaterialsSupplied::path), set(&MaterialsSupplied::evidence, text())),
        happening<CaseWithdrawn>(set(&CaseWithdrawn::reason, text()), set(&CaseWithdrawn::path),
                                 set(&CaseWithdrawn::evidence, text())),
        happening<LimitPassed>(set(&LimitPassed::kind, choice<LimitPassed::Kind>(2)),
                               set(&LimitPassed::task), set(&LimitPassed::due)),
        happening<CaseEnded>(set(&CaseEnded::step), set(&CaseEnded::end, choice<EndKind>(5))),
        happening<LimitsComputed>(set(&LimitsComputed::statutory), set(&LimitsComputed::promised)),
        happening<LimitExtended>(set(&LimitExtended::by), set(&LimitExtended::statutory_due),
                                 set(&LimitExtended::provisional, truth())),
        happening<WarningsSet>(set(&WarningsSet::warnings)),
        happening<LimitNear>(set(&LimitNear::warning), set(&LimitNear::due)),
        happening<TaskEscalated>(set(&TaskEscalated::task), set(&TaskEscalated::post)),
        happening<CaseUrged>(set(&CaseUrged::reason, text())),
        happening<DaysRecounted>(set(&DaysRecounted::statutory_due),
                                 set(&DaysRecounted::promised_due),
                                 set(&DaysRecounted::provisional, truth()),
                                 set(&DaysRecounted::tasks), set(&DaysRecounted::timers)),
        happening<CaseSampled>(set(&CaseSampled::step), set(&CaseSampled::taken, truth()),
                               set(&CaseSampled::of, whole<std::uint32_t>()),
                               set(&CaseSampled::in, whole<std::uint32_t>()),
                               set(&CaseSampled::entropy, whole<std::uint64_t>()),
                               set(&CaseSampled::keys, perhaps(gen::arbitrary<Digest>())),
                               set(&CaseSampled::keyed_on, perhaps(gen::arbitrary<Date>())),
                               set(&CaseSampled::round, whole<std::uint32_t>())),
        happening<RatingInvited>(set(&RatingInvited::task), set(&RatingInvited::officer),
                                 set(&RatingInvited::token), set(&RatingInvited::window)),
        happening<CaseRated>(set(&CaseRated::task), set(&CaseRated::grade, grade()),
                             set(&CaseRated::comment, text())),
        happening<RatingSupplemented>(set(&RatingSupplemented::task),
                                      set(&RatingSupplemented::comment, text())),
        happening<RatingSetAside>(set(&RatingSetAside::task), set(&RatingSetAside::reason, text())),
        happening<CaseUnsealed>(set(&CaseUnsealed::what, choice<Sealed>(1)),
                                set(&CaseUnsealed::reason, text()), set(&CaseUnsealed::officer)),
        happening<UnsealAsked>(set(&UnsealAsked::what, choice<Sealed>(1)),
                               set(&UnsealAsked::ground, text()),
                               set(&UnsealAsked::reason, text())),
        happening<UnsealDeclined>(set(&UnsealDeclined::officer),
                                  set(&UnsealDeclined::what, choice<Sealed>(1)),
                                  set(&UnsealDeclined::reason, text())),
        happening<FieldsCorrected>(set(&FieldsCorrected::task), set(&FieldsCorrected::fields)),
        happening<RecusalAsked>(set(&RecusalAsked::officer), set(&RecusalAsked::person),
                                set(&RecusalAsked::ground, text()),
                                set(&RecusalAsked::reason, text())),
        happening<RecusalDecided>(set(&RecusalDecided::officer),
                                  set(&RecusalDecided::granted, truth()),
                                  set(&RecusalDecided::reason, text())),
        happening<TaskStranded>(set(&TaskStranded::task), set(&TaskStranded::post)),
        happening<StrandedResolved>(set(&StrandedResolved::task),
                                    set(&StrandedResolved::way, choice<WayOut>(1)),
                                    set(&StrandedResolved::reason, text())),
        happening<StaffDeclined>(set(&StaffDeclined::proposal, whole<std::uint32_t>()),
                                 set(&StaffDeclined::reason, text())),
        happening<DefinitionPublished>(set(&DefinitionPublished::item),
                                       set(&DefinitionPublished::revision, whole<std::uint32_t>()),
                                       set(&DefinitionPublished::definition),
                                       set(&DefinitionPublished::reason, text())),
        happening<ClockSetBack>(set(&ClockSetBack::reached), set(&ClockSetBack::shows)),
        happening<CaseRead>(set(&CaseRead::purpose, text())),
        happening<PersonErased>(set(&PersonErased::person, whole<std::int64_t>()),
                                set(&PersonErased::reason, text())),
        happening<ReadingStopped>(set(&ReadingStopped::officer),
                                  set(&ReadingStopped::cases, whole<std::uint32_t>())),
        gen::apply(
            [](OfficerId officer, StaffChange change, std::string reason, std::uint32_t proposal) {
                return Happening(StaffChanged{std::move(officer), std::move(change),
                                              std::move(reason), proposal});
            },
            gen::arbitrary<OfficerId>(), staff_change(), text(), whole<std::uint32_t>()),
        gen::apply(
            [](OfficerId officer, StaffChange change, std::string reason) {
                return Happening(
                    StaffProposed{std::move(officer), std::move(change), std::move(reason)});
            },
            gen::arbitrary<OfficerId>(), staff_change(), text()));
}

template <>
struct Arbitrary<ActSignature> {
    static Gen<ActSignature> arbitrary() {
        return built<ActSignature>(set(&ActSignature::asked), set(&ActSignature::key, text()),
                                   set(&ActSignature::signature, text()));
    }
};
template <>
struct Arbitrary<SealedPart> {
    static Gen<SealedPart> arbitrary() {
        return built<SealedPart>(set(&SealedPart::part, whole<std::uint32_t>()),
                                 set(&SealedPart::person, whole<std::int64_t>()),
                                 set(&SealedPart::commitment));
    }
};
/// As events list them: ascending, each part once.
void in_order(std::vector<SealedPart>& sealed) {
    std::sort(sealed.begin(), sealed.end(),
              [](const SealedPart& a, const SealedPart& b) { return a.part < b.part; });
    sealed.erase(
        std::unique(sealed.begin(), sealed.end(),
                    [](const SealedPart& a, const SealedPart& b) { return a.part == b.part; }),
        sealed.end());
}
template <>
struct Arbitrary<Actor> {
    static Gen<Actor> arbitrary() {
        return gen::oneOf(gen::just(Actor::the_applicant()), gen::just(Actor::the_engine()),
                          gen::just(Actor::the_agent()),
                          gen::map<OfficerId>([](OfficerId id) { return Actor::system(id.text); }),
                          gen::map<OfficerId>([](OfficerId id) { return Actor::of(id); }));
    }
};
Gen<Event> Arbitrary<Event>::arbitrary() {
    return gen::scale(
        0.25,
        gen::map(gen::pair(
                     truth(),
                     built<Event>(
                         set(&Event::what), set(&Event::recorded), set(&Event::happened),
                         set(&Event::actor), set(&Event::post), set(&Event::key),
                         set(&Event::request, whole<std::uint64_t>()), set(&Event::signatures),
                         set(&Event::sealed),
                         set(&Event::batch,
                             perhaps_one(built<BatchOrigin>(
                                 set(&BatchOrigin::operated_by), set(&BatchOrigin::script),
                                 set(&BatchOrigin::row, text()), set(&BatchOrigin::rule, text())))),
                         set(&Event::offset,
                             gen::map(gen::inRange(-48, 60),
                                      [](int quarters) { return UtcOffset{quarters * 15}; })))),
                 [](std::pair<bool, Event> both) {
                     if (both.first) both.second.happened = both.second.recorded;
                     in_order(both.second.sealed);
                     return both.second;
                 }));
}

}  // namespace rc
