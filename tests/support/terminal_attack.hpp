#pragma once

/// What somebody may write to steer the terminal of whoever reads it.

#include <string>

#include "base/printable.hpp"

namespace workflow::testing {

/// ESC, BEL, CSI as one character and as one byte, DEL, an override and an isolate, a carriage
/// return.
inline const std::string terminal_attack =
    "A\x1b[2J\x1b]0;title\x07"
    "\xc2\x9b"
    "31mB\x9b"
    "32m\x7f\xe2\x80\xae"
    "C\xe2\x81\xa6"
    "D\rE";

inline bool harmful(const std::string& text) {
    return printable(text) != text;
}

}  // namespace workflow::testing
