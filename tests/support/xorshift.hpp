#pragma once

#include <cstdint>

namespace workflow::testing {

/// The same numbers from the same seed, which is not 0, on every machine (Marsaglia's xorshift).
struct Xorshift {
    std::uint64_t word = 88172645463325252U;
    std::uint64_t below(std::uint64_t n) {
        word ^= word << 13;
        word ^= word >> 7;
        word ^= word << 17;
        return word % n;
    }
};

}  // namespace workflow::testing
