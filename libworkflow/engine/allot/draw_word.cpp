#include "draw_word.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../../base/digest.hpp"

namespace workflow {

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

}  // namespace workflow

namespace workflow::engine {

std::string message_of(const DrawMatter& matter) {
    std::string message;
    const auto add = [&](std::string_view part) {
        fmt::format_to(std::back_inserter(message), "{}:{},", part.size(), part);
    };
    add("workflow draw 1");
    add(to_string(matter.day));
    add(matter.item.text);
    add(matter.applicant.text);
    add(matter.step.text);
    add(std::to_string(static_cast<std::uint32_t>(matter.task)));
    for (const auto& candidate : matter.candidates) add(candidate.text);
    for (const auto weight : matter.weights) add(fmt::format("weight {}", weight));
    return message;
}

std::uint64_t word_of(std::span<const Digest> shares) {
    std::uint64_t word = 0;
    for (const auto& share : shares) {
        std::uint64_t one = 0;
        for (std::size_t i = 0; i < 8; ++i) one = one << 8 | share.bytes[i];
        word ^= one;
    }
    return word;
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
