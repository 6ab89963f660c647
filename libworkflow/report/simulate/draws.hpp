#pragma once

/// Random numbers drawn by name instead of in sequence: the same case gets the same numbers in
/// every hall, so that two halls differ by their staff and not by chance.

#include <cstdint>
#include <string_view>

namespace workflow::report {

/// What a number is drawn for.
enum class Purpose : std::uint64_t { arrival = 1, service, outcome, answer, draw, hall };

/// Sebastiano Vigna's splitmix64, as a mixing of one word.
constexpr std::uint64_t mix(std::uint64_t word) {
    word += 0x9e3779b97f4a7c15U;
    word = (word ^ word >> 30) * 0xbf58476d1ce4e5b9U;
    word = (word ^ word >> 27) * 0x94d049bb133111ebU;
    return word ^ word >> 31;
}

/// Returns the FNV-1a hash: a step has the same number in each revision that has the step.
constexpr std::uint64_t number_of(std::string_view name) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash;
}

/// The draws of one replication.
class Draws {
public:
    Draws(std::uint64_t seed, unsigned replication) : base_(mix(mix(seed) ^ replication)) {}

    [[nodiscard]] std::uint64_t word(Purpose purpose, std::uint64_t which, std::uint64_t step,
                                     std::uint64_t visit) const {
        return mix(mix(mix(mix(base_ ^ static_cast<std::uint64_t>(purpose)) ^ which) ^ step) ^
                   visit);
    }
    /// Returns a number in (0, 1].
    [[nodiscard]] double unit(Purpose purpose, std::uint64_t which, std::uint64_t step,
                              std::uint64_t visit) const {
        return static_cast<double>((word(purpose, which, step, visit) >> 11) + 1) * 0x1p-53;
    }

private:
    std::uint64_t base_;
};

/// Returns an exponentially distributed number with that mean, from a number in (0, 1]; the
/// standard library's distributions differ between implementations.
double exponential(double unit, double mean);

}  // namespace workflow::report
