#pragma once

/// rapidcheck's idea of events: every kind of happening, every kind of value.

#include <rapidcheck.h>

#include <workflow/event.hpp>

namespace rc {

template <>
struct Arbitrary<workflow::EventPayload> {
    static Gen<workflow::EventPayload> arbitrary();
};
template <>
struct Arbitrary<workflow::Event> {
    static Gen<workflow::Event> arbitrary();
};

}  // namespace rc
