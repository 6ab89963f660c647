#include "draw_word.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../../crypto/digest.hpp"

namespace workflow::inline v0 {

Digest DrawSecret::key_of(Date day) const {
    return hmac_sha256(bytes_, "workflow draw key " + to_string(day));
}

DrawShare share_of(DrawSecret secret) {
    return {[secret](Date day, std::string_view message) {
                return hmac_sha256(secret.key_of(day), message);
            },
            [secret](Date day) { return fingerprint_of(secret.key_of(day)); }};
}

Digest fingerprint_of(const Digest& day_key) {
    return sha256(view(day_key));
}

}  // namespace workflow::inline v0

namespace workflow::engine {

namespace {

void add(std::string& message, std::string_view part) {
    fmt::format_to(std::back_inserter(message), "{}:{},", part.size(), part);
}

}  // namespace

std::string parts_of(std::initializer_list<std::string_view> parts) {
    std::string message;
    for (const auto part : parts) add(message, part);
    return message;
}

std::string message_of(const DrawMatter& matter) {
    return parts_of({"workflow draw 2", to_string(matter.keyed_on), matter.item.text, matter.person,
                     matter.step.text, std::to_string(matter.round)});
}

std::string message_of(const WordMatter& matter) {
    auto message =
        parts_of({"workflow draw 1", to_string(matter.day), matter.item.text, matter.applicant.text,
                  matter.step.text, std::to_string(static_cast<std::uint32_t>(matter.task))});
    for (const auto& candidate : matter.candidates) add(message, candidate.text);
    for (const auto weight : matter.weights) add(message, fmt::format("weight {}", weight));
    return message;
}

Digest seed_of(std::span<const Digest> shares) {
    Digest seed{};
    for (const auto& share : shares)
        for (std::size_t i = 0; i < seed.bytes.size(); ++i)
            seed.bytes[i] = static_cast<std::uint8_t>(seed.bytes[i] ^ share.bytes[i]);
    return seed;
}

std::uint64_t word_of(const Digest& seed) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 8; ++i) word = word << 8 | seed.bytes[i];
    return word;
}

std::size_t highest_ranked(const Digest& seed, std::span<const OfficerId> candidates,
                           std::span<const std::uint32_t> weights) {
    Hasher hasher;
    std::size_t chosen = 0;
    Digest highest{};
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const auto tickets = weights.empty() ? 1U : weights[i];
        for (std::uint32_t ticket = 0; ticket < tickets; ++ticket) {
            const char number = static_cast<char>(ticket);
            const auto rank =
                hasher.digest({view(seed), candidates[i].text, std::string_view(&number, 1)});
            if (rank.bytes <= highest.bytes) continue;
            highest = rank;
            chosen = i;
        }
    }
    return chosen;
}

Digest keys_of(std::span<const Digest> fingerprints) {
    std::string all;
    for (const auto& fingerprint : fingerprints) all += view(fingerprint);
    return sha256(all);
}

PersonId alias_of(std::int64_t person) {
    return PersonId("person " + std::to_string(person));
}

Date draw_day(Instant recorded) {
    return local_date(recorded, UtcOffset{0});
}

}  // namespace workflow::engine
