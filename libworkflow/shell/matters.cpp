// What cases of one person and item leave to the next one, and the store's own key for draws.

#include <algorithm>

#include "../crypto/cipher.hpp"
#include "../engine/matter.hpp"
#include "transaction.hpp"

namespace workflow::shell {

bool Transaction::knows_a_new_matter() {
    const bool known = std::any_of(
        new_matters_.begin(), new_matters_.end(),
        [&](const Digest& matter) { return context_.store->matter(matter).has_value(); });
    // Where people come again, looking first is cheaper than deciding twice.
    constexpr int units_that_look = 64;
    if (known)
        context_.look_for_matters = units_that_look;
    else if (context_.look_for_matters > 0)
        --context_.look_for_matters;
    return known;
}

std::optional<MatterRow> Transaction::matter_of(const Digest& matter) {
    const bool asked =
        std::find(new_matters_.begin(), new_matters_.end(), matter) != new_matters_.end();
    if (begun_ || asked || context_.look_for_matters > 0) return store().matter(matter);
    // Ahead of the store a matter is taken for a new one; `begin` looks whether it was.
    new_matters_.push_back(matter);
    return {};
}

std::array<std::uint64_t, 4> Transaction::own_draw_key() {
    if (!context_.draw_key) {
        auto& kept = store();
        auto key = kept.draw_key();
        if (!key) kept.put_draw_key(*(key = fresh_secret(context_.options.entropy)));
        context_.draw_key = key;
    }
    std::array<std::uint64_t, 4> words{};
    for (std::size_t i = 0; i < context_.draw_key->bytes.size(); ++i)
        words[i / 8] |= std::uint64_t{context_.draw_key->bytes[i]} << (8 * (i % 8));
    return words;
}

}  // namespace workflow::shell
