#include <utf8proc.h>

#include <algorithm>

#include "pattern_program.hpp"

namespace workflow::feel::pattern {

namespace {

constexpr std::uint32_t letters = 1U << UTF8PROC_CATEGORY_LU | 1U << UTF8PROC_CATEGORY_LL |
                                  1U << UTF8PROC_CATEGORY_LT | 1U << UTF8PROC_CATEGORY_LM |
                                  1U << UTF8PROC_CATEGORY_LO;
constexpr std::uint32_t numbers =
    1U << UTF8PROC_CATEGORY_ND | 1U << UTF8PROC_CATEGORY_NL | 1U << UTF8PROC_CATEGORY_NO;
constexpr std::uint32_t marks =
    1U << UTF8PROC_CATEGORY_MN | 1U << UTF8PROC_CATEGORY_MC | 1U << UTF8PROC_CATEGORY_ME;
constexpr std::uint32_t separators =
    1U << UTF8PROC_CATEGORY_ZS | 1U << UTF8PROC_CATEGORY_ZL | 1U << UTF8PROC_CATEGORY_ZP;

bool within(Character c, std::uint32_t categories) {
    return (categories >> static_cast<unsigned>(utf8proc_category(c)) & 1U) != 0;
}

bool takes(const CharacterClass::Item& item, Character c) {
    using Kind = CharacterClass::Item::Kind;
    switch (item.kind) {
        case Kind::range:
        case Kind::block:
            return c >= item.low && c <= item.high;
        case Kind::category:
            return within(c, item.categories);
        case Kind::word:
            return c == '_' || within(c, letters | numbers);
        case Kind::space:
            return (c >= '\t' && c <= '\r') || c == 0x85 || within(c, separators);
        // The characters of XML names (XML 1.0, productions 4 and 4a).
        case Kind::name_start:
            return c == '_' || c == ':' || within(c, letters);
        case Kind::name:
            break;
    }
    return c == '_' || c == ':' || c == '.' || c == '-' || c == 0xB7 ||
           within(c, letters | marks | 1U << UTF8PROC_CATEGORY_ND);
}

}  // namespace

Character lower(Character c) {
    return utf8proc_tolower(c);
}
Character upper(Character c) {
    return utf8proc_toupper(c);
}

namespace {

/// Returns whether an item contains the character. With `any_case`, ranges also contain the other
/// case of a letter.
bool listed(const CharacterClass& all, Character c) {
    const auto has = [&](Character one, bool ranges_alone) {
        return std::any_of(all.items.begin(), all.items.end(), [&](const auto& item) {
            if (ranges_alone && item.kind != CharacterClass::Item::Kind::range) return false;
            return takes(item, one) != item.inverse;
        });
    };
    return has(c, false) || (all.any_case && (has(lower(c), true) || has(upper(c), true)));
}

}  // namespace

bool CharacterClass::takes(Character c, std::uint64_t& steps) const {
    if (c < 128) return ascii[static_cast<std::size_t>(c)];
    steps += items.size() / 4;
    return listed(*this, c) != inverse && !(without && without->takes(c, steps));
}

void CharacterClass::settle() {
    for (std::size_t c = 0; c < ascii.size(); ++c)
        ascii[c] =
            listed(*this, static_cast<Character>(c)) != inverse && !(without && without->ascii[c]);
}

}  // namespace workflow::feel::pattern
