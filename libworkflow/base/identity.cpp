#include "identity.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

namespace workflow::inline v0 {

namespace {

struct TextRule {
    std::size_t longest = 0;     ///< 0: not limited here
    bool in_characters = false;  ///< limit in characters, otherwise in bytes
    bool composed = false;       ///< NFKC, and single spaces inside
    bool folded = false;         ///< lower case
    bool strict = false;         ///< no invisible characters
    bool lines = false;          ///< tabs and line breaks are allowed
    bool trimmed = true;
};

const TextRule& rule_of(TextKind kind) {
    static constexpr std::array<TextRule, 7> rules{
        {{200, false, true, false, true, false},         // person
         {200, false, true, true, true, false},          // officer
         {200, false, true, false, true, false},         // id
         {500, false, true, false, true, false},         // key: a batch's has script and row
         {200, true, true, false, false, false},         // name
         {10'000, true, false, false, false, true},      // words
         {0, true, false, false, false, true, false}}};  // value
    return rules.at(static_cast<std::size_t>(kind));
}

constexpr bool is_control(std::int32_t code) {
    return code < 0x20 || (code >= 0x7f && code < 0xa0);
}
/// Embeddings, overrides and isolates: the displayed text differs from its content.
constexpr bool turns_direction(std::int32_t code) {
    return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}
bool is_invisible(std::int32_t code) {
    const auto* property = utf8proc_get_property(code);
    return property->category == UTF8PROC_CATEGORY_CF || property->ignorable;
}
bool is_white_space(std::int32_t code) {
    if ((code >= 0x09 && code <= 0x0d) || code == 0x85) return true;
    const auto category = utf8proc_category(code);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

struct Character {
    std::int32_t code = -1;  ///< negative: no character starts here
    std::size_t size = 1;    ///< in bytes
};

Character character_at(std::string_view text, std::size_t at) {
    Character found;
    const auto size =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                         static_cast<utf8proc_ssize_t>(text.size() - at), &found.code);
    if (size <= 0) return {};
    found.size = static_cast<std::size_t>(size);
    return found;
}

std::string_view trimmed(std::string_view text) {
    std::size_t from = 0, to = text.size();
    while (from < to) {
        const auto one = character_at(text, from);
        if (!is_white_space(one.code)) break;
        from += one.size;
    }
    while (to > from) {
        auto begin = to - 1;
        while (begin > from && (static_cast<unsigned char>(text[begin]) & 0xc0) == 0x80) --begin;
        const auto one = character_at(text, begin);
        if (one.code < 0 || begin + one.size != to || !is_white_space(one.code)) break;
        to = begin;
    }
    return text.substr(from, to - from);
}

/// Returns what is wrong with the characters, as the end of a sentence; empty: nothing.
std::string fault_of(const TextRule& rule, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto one = character_at(text, at);
        if (one.code < 0) return fmt::format("is not valid UTF-8 at byte {}", at + 1);
        const bool line = one.code == '\t' || one.code == '\n' || one.code == '\r';
        if (is_control(one.code) && !(rule.lines && line))
            return fmt::format("has a control character (U+{:04X}) at byte {}", one.code, at + 1);
        if (turns_direction(one.code))
            return fmt::format(
                "has a character that changes the reading direction (U+{:04X}) at byte {}",
                one.code, at + 1);
        if (rule.strict && one.code >= 0x80 && is_invisible(one.code))
            return fmt::format("has an invisible character (U+{:04X}) at byte {}", one.code,
                               at + 1);
        at += one.size;
    }
    return {};
}

/// Returns the text mapped by utf8proc, or the text itself if that fails.
std::string mapped(std::string_view text, int options) {
    utf8proc_uint8_t* made = nullptr;
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &made,
                                   static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(made, &std::free);
    if (size < 0 || !made) return std::string(text);
    return {reinterpret_cast<const char*>(made), static_cast<std::size_t>(size)};
}

/// Replaces each run of white space by `blank`.
std::string spaced(std::string_view text, std::string_view blank) {
    std::string result;
    result.reserve(text.size());
    bool waiting = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto one = character_at(text, at);
        const bool space = is_white_space(one.code);
        if (!space) {
            if (waiting && !result.empty()) result += blank;
            result += text.substr(at, one.size);
        }
        waiting = space;
        at += one.size;
    }
    return result;
}

void capitalize_final_x(std::string& text) {
    if (text.size() == 18 && text.back() == 'x' && is_citizen_id(text)) text.back() = 'X';
}

constexpr int nfkc = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT;

/// Returns whether these are plain characters that no rule changes: ASCII, or ideographs of the
/// main block. Nearly all names and reasons consist of these.
bool plainly_normal(const TextRule& rule, TextKind kind, std::string_view text) {
    const bool too_long = rule.longest != 0 && text.size() > rule.longest;
    if (too_long) return false;
    char before = ' ';
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0xe4 && byte <= 0xe9) {
            const auto continues = [&](std::size_t i) {
                return i < text.size() && (static_cast<unsigned char>(text[i]) & 0xc0) == 0x80;
            };
            if (!continues(at + 1) || !continues(at + 2)) return false;
            at += 2;
            before = 'a';
            continue;
        }
        if (byte >= 0x7f) return false;
        if (byte < 0x20 && !(rule.lines && (c == '\t' || c == '\n' || c == '\r'))) return false;
        if (c == ' ' && before == ' ' && (rule.composed || (at == 0 && rule.trimmed))) return false;
        if (rule.folded && c >= 'A' && c <= 'Z') return false;
        before = c;
    }
    if (text.empty() || !rule.trimmed) return true;
    const auto blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    if (blank(text.front()) || blank(text.back())) return false;
    return kind != TextKind::person || text.size() != 18 || text.back() != 'x';
}

}  // namespace

bool is_normal(TextKind kind, std::string_view text) {
    const auto& rule = rule_of(kind);
    if (plainly_normal(rule, kind, text)) return true;
    if (kind == TextKind::value) return fault_of(rule, text).empty();
    std::string copy(text);
    return !normalize(kind, {}, copy) && copy == text;
}

std::optional<Refusal> normalize(TextKind kind, std::string_view what, std::string& text) {
    const auto& rule = rule_of(kind);
    if (plainly_normal(rule, kind, text)) return {};
    const auto too_long = [&] {
        return Refusal{RefusalCode::text_too_long,
                       fmt::format("{} is longer than {} {}", what, rule.longest,
                                   rule.in_characters ? "characters" : "bytes"),
                       {}};
    };
    // No composition reduces a text to less than an eighth.
    if (rule.longest != 0 && text.size() > rule.longest * 8) return too_long();
    auto result = std::string(rule.trimmed ? trimmed(text) : std::string_view(text));
    if (auto fault = fault_of(rule, result); !fault.empty())
        return Refusal{RefusalCode::text_invalid, fmt::format("{} {}", what, fault), {}};
    if (rule.composed)
        result = spaced(mapped(result, rule.folded ? nfkc | UTF8PROC_CASEFOLD : nfkc), " ");
    if (kind == TextKind::person) capitalize_final_x(result);
    const auto length = rule.in_characters ? count_characters(result) : result.size();
    if (rule.longest != 0 && length > rule.longest) return too_long();
    text = std::move(result);
    return {};
}

std::string normalized_person_id(std::string_view text) {
    const auto plain = std::all_of(text.begin(), text.end(), [](char c) {
        return (c > ' ' && c < 'A') || (c > 'Z' && c < 0x7f);
    });
    std::string result(text);
    if (!plain)
        result = spaced(
            mapped(spaced(text, ""), nfkc | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_STRIPCC),
            "");
    capitalize_final_x(result);
    return result;
}

std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }));
}

bool is_citizen_id(std::string_view text) {
    return text.size() == 18 &&
           std::all_of(text.begin(), text.end() - 1, [](char c) { return c >= '0' && c <= '9'; }) &&
           ((text.back() >= '0' && text.back() <= '9') || text.back() == 'X' || text.back() == 'x');
}

bool has_valid_check_digit(std::string_view citizen_id) {
    if (!is_citizen_id(citizen_id)) return false;
    static constexpr std::array<unsigned, 17> weights{7, 9, 10, 5,  8, 4, 2, 1, 6,
                                                      3, 7, 9,  10, 5, 8, 4, 2};
    unsigned sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
        sum += weights.at(i) * static_cast<unsigned>(citizen_id[i] - '0');
    const char wanted = std::string_view("10X98765432")[sum % 11];
    return citizen_id.back() == wanted || (wanted == 'X' && citizen_id.back() == 'x');
}

}  // namespace workflow::inline v0
