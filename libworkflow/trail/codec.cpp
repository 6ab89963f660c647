#include "codec.hpp"

#include <algorithm>

#include "parts.hpp"

namespace workflow::trail {

// Version 2 is version 1 with a second byte of flags. It is written only if one of those is set, so
// each event has one encoding.
static constexpr std::uint8_t format_version = 1, format_with_more_flags = 2;

template <class A, class... Parts>
void put_all(A& archive, Parts&... parts) {
    (put(archive, parts), ...);
}

/// Parts added to a kind later follow the others, and are written only if they are not empty, which
/// a flag of the event indicates. Older events remain readable, and each event has one encoding.
template <class A, class... Parts>
void put_later(A& archive, Parts&... parts) {
    const auto silent = [&] { return ((parts == Parts()) && ...); };
    if constexpr (A::writes) {
        if (silent()) return;
        put_all(archive, parts...);
        archive.later = true;
    } else {
        if (!archive.later) return;
        put_all(archive, parts...);
        if (silent()) throw CodecError("optional parts are present but empty");
        archive.later = false;
    }
}

/// Parts added after the later parts follow all others, and are written only if they are not empty,
/// which a flag of the second byte indicates.
template <class A, class... Parts>
void put_latest(A& archive, Parts&... parts) {
    const auto silent = [&] { return ((parts == Parts()) && ...); };
    if constexpr (A::writes) {
        if (silent()) return;
        put_all(archive, parts...);
        archive.latest = true;
    } else {
        if (!archive.latest) return;
        put_all(archive, parts...);
        if (silent()) throw CodecError("optional parts are present but empty");
        archive.latest = false;
    }
}

/// An alternative is encoded as the index of its kind, then its parts. Kinds are only appended, so
/// an index keeps its meaning.
template <class Kinds>
void put_kind(Writer& to, Kinds& what) {
    to.byte(static_cast<std::uint8_t>(what.index()));
    std::visit([&](auto& kind) { put(to, kind); }, what);
}
template <class Kinds, std::size_t... I>
void read_kind(Reader& from, Kinds& what, std::index_sequence<I...>) {
    const std::size_t kind = from.byte();
    const bool known = ((kind == I && (put(from, what.template emplace<I>()), true)) || ...);
    if (!known) throw CodecError("an unknown kind of event");
}
template <class Kinds>
void put_kind(Reader& from, Kinds& what) {
    read_kind(from, what, std::make_index_sequence<std::variant_size_v<typename Kinds::variant>>());
}

template <class A>
void put(A& a, ActSignature& x) {
    put_all(a, x.asked, x.key, x.signature);
}
template <class A>
void put(A& a, SealedPart& x) {
    put_all(a, x.part, x.person, x.commitment);
}
template <class A>
void put(A& a, Agent& x) {
    put_all(a, x.person, x.name);
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
    put_later(a, x.mode, x.comes_first, x.anywhere, x.appointment, x.agent, x.recused, x.about);
    put_latest(a, x.keyed_on, x.round);
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
    put_later(a, x.by, x.figures, x.last, x.keys);
    put_latest(a, x.scheme, x.keyed_on, x.round, x.widened);
    // Recomputing a draw depends on this order.
    const auto later = [](const auto& left, const auto& right) { return !(left < right); };
    const auto later_officer = [&](const Exclusion& left, const Exclusion& right) {
        return later(left.officer, right.officer);
    };
    if (std::adjacent_find(x.candidates.begin(), x.candidates.end(), later) != x.candidates.end() ||
        std::adjacent_find(x.excluded.begin(), x.excluded.end(), later_officer) != x.excluded.end())
        throw CodecError("the officers of a draw are out of order");
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
    put_later(a, x.evidence);
}
template <class A>
void put(A& a, CaseWithdrawn& x) {
    put_all(a, x.reason, x.path);
    put_later(a, x.evidence);
}
template <class A>
void put(A& a, LimitPassed& x) {
    put_all(a, x.kind, x.task, x.due);
}
template <class A>
void put(A& a, CaseEnded& x) {
    put_all(a, x.step, x.end);
}
template <class A>
void put(A& a, LimitsComputed& x) {
    put_all(a, x.statutory, x.promised);
}
template <class A>
void put(A& a, LimitExtended& x) {
    put_all(a, x.by, x.statutory_due, x.provisional);
}
template <class A>
void put(A& a, Warning& x) {
    put_all(a, x.kind, x.task, x.signal, x.from);
}
template <class A>
void put(A& a, WarningsSet& x) {
    put_all(a, x.warnings);
}
template <class A>
void put(A& a, LimitNear& x) {
    put_all(a, x.warning, x.due);
}
template <class A>
void put(A& a, TaskEscalated& x) {
    put_all(a, x.task, x.post);
}
template <class A>
void put(A& a, CaseUrged& x) {
    put_all(a, x.reason);
}
template <class A>
void put(A& a, DaysRecounted& x) {
    put_all(a, x.statutory_due, x.promised_due, x.provisional, x.tasks, x.timers);
}

template <class A>
void put(A& a, CaseSampled& x) {
    put_all(a, x.step, x.taken, x.of, x.in, x.entropy, x.keys);
    put_latest(a, x.keyed_on, x.round);
}
template <class A>
void put(A& a, RatingInvited& x) {
    put_all(a, x.task, x.officer, x.token);
    put_later(a, x.window);
}
template <class A>
void put(A& a, CaseRated& x) {
    put_all(a, x.task, x.grade, x.comment);
}
template <class A>
void put(A& a, RatingSupplemented& x) {
    put_all(a, x.task, x.comment);
}
template <class A>
void put(A& a, RatingSetAside& x) {
    put_all(a, x.task, x.reason);
}
template <class A>
void put(A& a, CaseUnsealed& x) {
    put_all(a, x.what, x.reason);
    put_later(a, x.officer);
}
template <class A>
void put(A& a, OfficerJoined& x) {
    put_all(a, x.name, x.person, x.hall, x.section);
}
template <class A>
void put(A& a, OfficerMoved& x) {
    put_all(a, x.hall, x.section);
}
template <class A>
void put(A& a, OfficerPosted& x) {
    put_all(a, x.posts);
}
template <class A>
void put(A& a, OfficerQualified& x) {
    put_all(a, x.items);
}
template <class A>
void put(A& a, OfficerAbsent& x) {
    put_all(a, x.from, x.to);
}
template <class A>
void put(A& a, OfficerBack& x) {
    put_all(a, x.on);
}
template <class A>
void put(A& a, OfficerLeft& x) {
    put_all(a, x.from);
}
template <class A>
void put(A& a, OfficerSubstitutes& x) {
    put_all(a, x.colleague, x.from, x.to);
}
template <class A>
void put(A& a, OfficerWeighted& x) {
    put_all(a, x.weight);
}
template <class A>
void put(A& a, OfficerSupervises& x) {
    put_all(a, x.supervisor);
}
template <class A>
void put(A& a, OfficerSeated& x) {
    put_all(a, x.window);
}
template <class A>
void put(A& a, OfficerShifted& x) {
    put_all(a, x.shift);
}
template <class A>
void put(A& a, OfficerKeyed& x) {
    put_all(a, x.key);
}
template <class A>
void put(A& a, StaffChanged& x) {
    put_all(a, x.officer, x.reason);
    put_kind(a, x.change);
    put_later(a, x.proposal);
}

template <class A>
void put(A& a, DefinitionPublished& x) {
    put_all(a, x.item, x.revision, x.definition, x.reason);
}
template <class A>
void put(A& a, ClockSetBack& x) {
    put_all(a, x.reached, x.shows);
}
template <class A>
void put(A& a, CaseRead& x) {
    put_all(a, x.purpose);
}
template <class A>
void put(A& a, PersonErased& x) {
    put_all(a, x.person, x.reason);
}
template <class A>
void put(A& a, ReadingStopped& x) {
    put_all(a, x.officer, x.cases);
}

template <class A>
void put(A& a, FieldsCorrected& x) {
    put_all(a, x.task, x.fields);
}
template <class A>
void put(A& a, RecusalAsked& x) {
    put_all(a, x.officer, x.person, x.ground, x.reason);
}
template <class A>
void put(A& a, RecusalDecided& x) {
    put_all(a, x.officer, x.granted, x.reason);
}
template <class A>
void put(A& a, TaskStranded& x) {
    put_all(a, x.task, x.post);
}
template <class A>
void put(A& a, StrandedResolved& x) {
    put_all(a, x.task, x.way, x.reason);
}
template <class A>
void put(A& a, UnsealAsked& x) {
    put_all(a, x.what, x.ground, x.reason);
}
template <class A>
void put(A& a, UnsealDeclined& x) {
    put_all(a, x.officer, x.what, x.reason);
}
template <class A>
void put(A& a, StaffProposed& x) {
    put_all(a, x.officer, x.reason);
    put_kind(a, x.change);
}
template <class A>
void put(A& a, StaffDeclined& x) {
    put_all(a, x.proposal, x.reason);
}
template <class A>
void put(A& a, BatchOrigin& x) {
    put_all(a, x.operated_by, x.script, x.row, x.rule);
}

/// The sealed parts of an event have one encoding.
void check_order(const std::vector<SealedPart>& sealed) {
    const auto later = [](const SealedPart& left, const SealedPart& right) {
        return left.part >= right.part;
    };
    if (std::adjacent_find(sealed.begin(), sealed.end(), later) != sealed.end())
        throw CodecError("the sealed parts of an event are out of order");
}

enum Flag : std::uint8_t {
    has_happened = 1,
    has_key = 2,
    has_request = 4,
    has_post = 8,
    has_offset = 16,  // other than UTC+8
    has_later = 32,   // parts that its kind received later
    has_signatures = 64,
    has_sealed = 128
};
/// In the second byte.
enum MoreFlags : std::uint8_t { has_batch = 1, has_latest = 2 };

bool has_name(const Actor& actor) {
    return actor.kind == Actor::Kind::officer || actor.kind == Actor::Kind::system;
}

void encode(const Event& event, std::string& out) {
    Writer to(out);
    const bool more = !event.batch.empty();
    to.byte(more ? format_with_more_flags : format_version);
    const bool later = event.happened != event.recorded;
    const auto flags = out.size();
    to.byte(static_cast<std::uint8_t>(
        (later ? has_happened : 0) | (event.key.empty() ? 0 : has_key) |
        (event.request ? has_request : 0) | (event.post.empty() ? 0 : has_post) |
        (event.offset == UtcOffset() ? 0 : has_offset) |
        (event.signatures.empty() ? 0 : has_signatures) | (event.sealed.empty() ? 0 : has_sealed)));
    auto& own = unchanged(event);
    if (more) to.byte(has_batch);
    put(to, own.recorded);
    if (later) put(to, own.happened);
    if (event.offset != UtcOffset()) put(to, own.offset);
    to.byte(static_cast<std::uint8_t>(event.actor.kind));
    if (has_name(event.actor)) put(to, own.actor.officer);
    if (!event.post.empty()) put(to, own.post);
    if (!event.key.empty()) put(to, own.key);
    if (event.request) put(to, own.request);
    if (!event.signatures.empty()) put(to, own.signatures);
    if (!event.sealed.empty()) {
        check_order(event.sealed);
        put(to, own.sealed);
    }
    if (more) put(to, own.batch);
    put_kind(to, own.what);
    if (to.later) out[flags] = static_cast<char>(static_cast<std::uint8_t>(out[flags]) | has_later);
    if (!to.latest) return;
    if (!more) {
        out[flags - 1] = static_cast<char>(format_with_more_flags);
        out.insert(flags + 1, 1, '\0');
    }
    out[flags + 1] = static_cast<char>(static_cast<std::uint8_t>(out[flags + 1]) | has_latest);
}

std::string encode(const Event& event) {
    std::string out;
    out.reserve(160);
    encode(event, out);
    return out;
}

Event decode(std::string_view body) {
    Event event;
    decode(body, event);
    return event;
}

void decode(std::string_view body, Event& event) {
    Reader from(body);
    const auto version = from.byte();
    if (version != format_version && version != format_with_more_flags)
        throw CodecError("an unknown version of the event format");
    const auto flags = from.byte();
    const auto more = version == format_with_more_flags ? from.byte() : std::uint8_t{0};
    if (version == format_with_more_flags && (more == 0 || more > (has_batch | has_latest)))
        throw CodecError("unknown flags of the event format");
    event.actor = {};
    event.post = {};
    event.key = {};
    event.request = 0;
    event.offset = {};
    event.signatures.clear();
    event.sealed.clear();
    event.batch.clear();
    put(from, event.recorded);
    event.happened = event.recorded;
    if (flags & has_happened) {
        put(from, event.happened);
        if (event.happened == event.recorded)
            throw CodecError("a second time equals the recorded time");
    }
    if (flags & has_offset) {
        put(from, event.offset);
        if (event.offset == UtcOffset()) throw CodecError("an offset equals the default offset");
    }
    put_choice(from, event.actor.kind, Actor::Kind::system);
    if (has_name(event.actor)) put(from, event.actor.officer);
    if (flags & has_post) put(from, event.post);
    if (flags & has_key) put(from, event.key);
    if (flags & has_request) put(from, event.request);
    if (flags & has_signatures) put(from, event.signatures);
    if (flags & has_sealed) {
        put(from, event.sealed);
        check_order(event.sealed);
    }
    if (more & has_batch) {
        put(from, event.batch);
        if (event.batch.empty()) throw CodecError("a part is marked as present but is empty");
    }
    if (((flags & has_post) && event.post.empty()) || ((flags & has_key) && event.key.empty()) ||
        ((flags & has_request) && event.request == 0) ||
        ((flags & has_signatures) && event.signatures.empty()) ||
        ((flags & has_sealed) && event.sealed.empty()))
        throw CodecError("a part is marked as present but is empty");
    from.later = (flags & has_later) != 0;
    from.latest = (more & has_latest) != 0;
    put_kind(from, event.what);
    if (from.latest) throw CodecError("latest parts for a kind that has none");
    if (from.later) throw CodecError("later parts for a kind that has none");
    if (!from.at_end()) throw CodecError("bytes after the end of the event");
}

}  // namespace workflow::trail
