#pragma once

// What nearly every source of the library includes anyway, compiled once for all floors. Only a
// matter of build time: every source names what it uses itself.

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include <workflow/event.hpp>
#include <workflow/ports.hpp>
#include <workflow/refusal.hpp>
