#include "chain.hpp"

namespace workflow::trail {
namespace {

// Domain separation: an event's hash cannot be mistaken for the start of a case's chain.
constexpr std::string_view event_prefix("\0", 1);
constexpr std::string_view genesis_prefix("\2", 1);

}  // namespace

Digest genesis(Hasher& hasher, const CaseNumber& number) {
    return hasher.digest({genesis_prefix, number.text});
}

Digest link(Hasher& hasher, const Digest& previous, std::string_view body) {
    return hasher.digest({event_prefix, view(previous), body});
}

std::optional<Break> verify(Hasher& hasher, const CaseNumber& number,
                            std::span<const EventRecord> events, const Digest& head,
                            std::uint32_t version) {
    auto previous = genesis(hasher, number);
    std::uint32_t expected = 0;
    for (const auto& event : events) {
        ++expected;
        if (event.sequence != expected)
            return Break{expected,
                         "the event is missing: the next one there has number " +
                             std::to_string(event.sequence),
                         Break::Kind::missing};
        previous = link(hasher, previous, event.body);
        if (previous != event.hash)
            return Break{expected, "its hash does not follow from the event before it",
                         Break::Kind::hash};
    }
    if (expected != version)
        return Break{expected + 1,
                     "the case counts " + std::to_string(version) + " events, but has " +
                         std::to_string(expected),
                     Break::Kind::count};
    if (previous != head)
        return Break{0, "the hash that the case holds is not its last event's", Break::Kind::head};
    return {};
}

}  // namespace workflow::trail
