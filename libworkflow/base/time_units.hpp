#pragma once
/// \file
/// Units of time in microseconds, the unit of instants.

#include <cstdint>

namespace workflow::inline v0 {

inline constexpr std::int64_t micros_a_second = 1'000'000;
inline constexpr std::int64_t micros_a_minute = 60 * micros_a_second;
inline constexpr std::int64_t micros_a_day = 24 * 60 * micros_a_minute;

}  // namespace workflow::inline v0
