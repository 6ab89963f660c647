#pragma once

/// The work that the fault tests let fail: small units of every kind of write, each a known state.

#include <functional>
#include <string>
#include <vector>

#include "store/memory_store.hpp"
#include "support/made_up_rows.hpp"

namespace workflow::testing {

inline constexpr std::uint32_t units_of_scenario = 8;

/// The n-th unit of work (from 1): opens a case, goes on with the one before it, moves tasks.
inline void do_unit(Store& store, std::uint32_t n) {
    store.begin();
    auto fresh = opening(CaseKey{n}, "a-" + std::to_string(n), 2);
    fresh.row.wake = Date{static_cast<std::int32_t>(n)};
    fresh.put = {waiting_task(fresh.row.key, 1, "window", "north", n),
                 held_task(fresh.row.key, 2, "lin", n)};
    fresh.request = CommandKey("row-" + std::to_string(n));
    // Pages beyond one, so that a unit of work is many writes.
    fresh.events[1].body.append(3000 * (n % 3), static_cast<char>('a' + n));
    store.append(fresh);
    if (n > 1) {
        auto more = going_on(*store.find(CaseKey{n - 1}));
        more.row.wake.reset();
        more.removed = {TaskNumber{1}};
        more.put = {held_task(more.row.key, 2, "sun", n)};
        store.append(more);
    }
    store.publish(digest_of(n), "definition " + std::to_string(n));
    store.commit();
}

/// What a store holds after each number of units, from none.
inline const std::vector<std::string>& states_of_scenario() {
    static const auto states = [] {
        const auto memory = open_memory_store();
        std::vector<std::string> all{contents(*memory)};
        for (std::uint32_t n = 1; n <= units_of_scenario; ++n) {
            do_unit(*memory, n);
            all.push_back(contents(*memory));
        }
        return all;
    }();
    return states;
}

/// How many units a store has kept; -1 when it is in none of the states between units.
inline int units_kept(Store& store) {
    const auto& states = states_of_scenario();
    const auto now = contents(store);
    for (std::size_t n = 0; n < states.size(); ++n) {
        if (states[n] != now) continue;
        for (std::uint32_t i = 1; i <= units_of_scenario; ++i)
            if (store.request(CommandKey("row-" + std::to_string(i))).has_value() != (i <= n) ||
                store.published(digest_of(i)).has_value() != (i <= n))
                return -1;
        return static_cast<int>(n);
    }
    return -1;
}

}  // namespace workflow::testing
