#include "declare.hpp"

#include <algorithm>

namespace workflow::verify {

using definition::Template;

namespace {

using Bits = Declare::State;

// The bits of a state, as far as a template needs them.
constexpr Bits saw_first = 1, saw_second = 2;
constexpr Bits waiting = 1;  ///< for the second
constexpr Bits armed = 2;    ///< the first has occurred, the second may follow
constexpr Bits begun = 4;    ///< an activity has occurred

Bits with(Bits state, Bits bits, bool on) {
    return on ? static_cast<Bits>(state | bits) : static_cast<Bits>(state & ~bits);
}

Bits counted(Bits state, Bits most, bool first) {
    return first ? std::min<Bits>(static_cast<Bits>(state + 1), most) : state;
}

/// Returns the next state (waiting, armed) for response, precedence and succession, in their three
/// strengths.
Bits in_turn(Template holds, Bits state, bool first, bool second) {
    const bool response = holds == Template::response || holds == Template::succession;
    const bool strict_response =
        holds == Template::alternate_response || holds == Template::alternate_succession;
    const bool precedence = holds == Template::precedence || holds == Template::succession;
    const bool strict_precedence =
        holds == Template::alternate_precedence || holds == Template::alternate_succession;
    if (precedence || strict_precedence) {
        if (second && !first && !(state & armed)) return Declare::broken;
        if (second && strict_precedence) state = with(state, armed, false);
        if (first && !(second && strict_precedence)) state = with(state, armed, true);
    }
    if (strict_response && first && !second && (state & waiting)) return Declare::broken;
    if (strict_response && (first || second)) state = with(state, waiting, first);
    if (response && (first || second)) state = with(state, waiting, !second);
    return state;
}

/// The same for templates that allow no other activity in between.
Bits in_a_row(Template holds, Bits state, bool first, bool second) {
    const bool response = holds == Template::chain_response || holds == Template::chain_succession;
    const bool precedence =
        holds == Template::chain_precedence || holds == Template::chain_succession;
    if (response && (state & waiting) && !second) return Declare::broken;
    if (precedence && second && !(state & armed)) return Declare::broken;
    if (holds == Template::not_chain_succession && second && (state & armed))
        return Declare::broken;
    return with(with(state, waiting, first), armed, first);
}

}  // namespace

Bits Declare::after(Bits state, bool first, bool second) const {
    if (state == broken) return broken;
    switch (holds_) {
        case Template::existence:
            return counted(state, count_, first);
        case Template::absence:
            state = counted(state, count_, first);
            return state >= count_ ? broken : state;
        case Template::exactly:
            state = counted(state, static_cast<Bits>(count_ + 1), first);
            return state > count_ ? broken : state;
        case Template::init:
            if (state & begun) return state;
            return first ? static_cast<Bits>(begun | saw_first) : broken;
        case Template::last:
            return with(state, saw_first, first);
        case Template::responded_existence:
        case Template::co_existence:
        case Template::not_co_existence:
        case Template::choice:
        case Template::exclusive_choice: {
            if (first) state = with(state, saw_first, true);
            if (second) state = with(state, saw_second, true);
            const bool never_both =
                holds_ == Template::not_co_existence || holds_ == Template::exclusive_choice;
            return never_both && state == (saw_first | saw_second) ? broken : state;
        }
        case Template::not_succession:
            if (second && (state & saw_first)) return broken;
            return first ? with(state, saw_first, true) : state;
        case Template::response:
        case Template::precedence:
        case Template::succession:
        case Template::alternate_response:
        case Template::alternate_precedence:
        case Template::alternate_succession:
            return in_turn(holds_, state, first, second);
        case Template::chain_response:
        case Template::chain_precedence:
        case Template::chain_succession:
        case Template::not_chain_succession:
            return in_a_row(holds_, state, first, second);
        case Template::separated:
        case Template::reasoned:
            break;
    }
    return state;
}

bool Declare::holds(Bits state) const {
    if (state == broken) return false;
    const bool first = state & saw_first, second = state & saw_second;
    switch (holds_) {
        case Template::existence:
        case Template::exactly:
            return state == count_;
        case Template::init:
        case Template::last:
            return first;
        case Template::responded_existence:
            return !first || second;
        case Template::co_existence:
            return first == second;
        case Template::choice:
            return first || second;
        case Template::exclusive_choice:
            return first != second;
        case Template::response:
        case Template::succession:
        case Template::alternate_response:
        case Template::alternate_succession:
        case Template::chain_response:
        case Template::chain_succession:
            return !(state & waiting);
        default:
            return true;
    }
}

bool Declare::sees_all() const {
    switch (holds_) {
        case Template::init:
        case Template::last:
        case Template::chain_response:
        case Template::chain_precedence:
        case Template::chain_succession:
        case Template::not_chain_succession:
            return true;
        default:
            return false;
    }
}

}  // namespace workflow::verify
