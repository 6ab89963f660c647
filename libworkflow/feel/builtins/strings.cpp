#include <utf8proc.h>

#include <algorithm>
#include <array>

#include "../../base/decimal.hpp"
#include "../budget.hpp"
#include "../pattern.hpp"
#include "../temporal.hpp"
#include "table.hpp"

namespace workflow::feel {
namespace {

using Arguments = std::span<const Value>;

/// Positions count characters; a character begins at each byte that is not a continuation byte.
bool begins_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

std::int64_t characters(std::string_view text) {
    // An invalid text that begins inside a character counts these bytes as one character.
    const auto first = text.empty() || begins_character(text.front()) ? 0 : 1;
    return first + std::count_if(text.begin(), text.end(), begins_character);
}

/// Returns the byte at which character `number` begins, counted from 0.
std::size_t byte_of(std::string_view text, std::int64_t number) {
    std::size_t at = 0;
    for (; number > 0 && at < text.size(); --number) do
            ++at;
        while (at < text.size() && !begins_character(text[at]));
    return at;
}

const std::string* text_of(Arguments a, std::size_t i) {
    return i < a.size() ? a[i].as<std::string>() : nullptr;
}

/// Returns the whole part of a number.
std::optional<std::int64_t> to_integer_part(const Decimal& number) {
    const auto whole = round(number, 0, Rounding::down);
    return whole ? to_integer(*whole) : std::nullopt;
}

Value length(Arguments a, const Call&) {
    const auto* text = text_of(a, 0);
    return text ? Value(decimal_of(characters(*text))) : Value();
}

Value substring(Arguments a, const Call&) {
    const auto* text = text_of(a, 0);
    const auto* start = a[1].as<Decimal>();
    const auto from = start ? to_integer_part(*start) : std::nullopt;
    if (!text || !from || *from == 0) return {};
    const auto size = characters(*text);
    const auto first = *from > 0 ? *from - 1 : size + *from;
    if (first < 0 || first >= size) return "";
    auto last = size;
    if (a.size() > 2 && !a[2].is_null()) {
        const auto* given = a[2].as<Decimal>();
        const auto count = given ? to_integer_part(*given) : std::nullopt;
        if (!count || *count < 1) return {};
        last = *count > size - first ? size : first + *count;
    }
    const auto rest = std::string_view(*text).substr(byte_of(*text, first));
    return std::string(rest.substr(0, byte_of(rest, last - first)));
}

/// Converts each character, without a locale.
template <utf8proc_int32_t (*change)(utf8proc_int32_t)>
Value cased(Arguments a, const Call&) {
    const auto* text = text_of(a, 0);
    if (!text) return {};
    std::string out;
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text->data());
    auto left = static_cast<utf8proc_ssize_t>(text->size());
    while (left > 0) {
        utf8proc_int32_t code = 0;
        const auto read = utf8proc_iterate(at, left, &code);
        if (read < 1) return {};
        std::array<utf8proc_uint8_t, 4> bytes{};
        const auto written = utf8proc_encode_char(change(code), bytes.data());
        out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(written));
        at += read;
        left -= read;
    }
    return out;
}

/// Returns the first position of `part` in `text`; std::string::npos if there is none or the search
/// would take too long, because it may compare the whole part at each position.
std::size_t find(const std::string& text, const std::string& part, const Call& call) {
    const auto places = text.size() < part.size() ? 0 : text.size() - part.size();
    if (!spend(call.budget, places * part.size() / 4096)) return std::string::npos;
    return text.find(part);
}

Value contains(Arguments a, const Call& call) {
    const auto *text = text_of(a, 0), *part = text_of(a, 1);
    return text && part ? Value(find(*text, *part, call) != std::string::npos) : Value();
}
Value starts_with(Arguments a, const Call&) {
    const auto *text = text_of(a, 0), *part = text_of(a, 1);
    return text && part ? Value(text->starts_with(*part)) : Value();
}
Value ends_with(Arguments a, const Call&) {
    const auto *text = text_of(a, 0), *part = text_of(a, 1);
    return text && part ? Value(text->ends_with(*part)) : Value();
}
Value substring_before(Arguments a, const Call& call) {
    const auto *text = text_of(a, 0), *part = text_of(a, 1);
    if (!text || !part) return {};
    const auto at = find(*text, *part, call);
    return at == std::string::npos ? std::string() : text->substr(0, at);
}
Value substring_after(Arguments a, const Call& call) {
    const auto *text = text_of(a, 0), *part = text_of(a, 1);
    if (!text || !part) return {};
    const auto at = find(*text, *part, call);
    return at == std::string::npos ? std::string() : text->substr(at + part->size());
}

/// Returns the constant pattern, or the pattern of argument 1 with the flags of argument `flags`,
/// compiled into `store`. Takes the cost from the budget.
const Pattern* pattern_of(Arguments a, const Call& call, std::size_t flags,
                          std::optional<Pattern>& store) {
    if (call.pattern) return call.pattern;
    const auto* written = text_of(a, 1);
    const auto* given = text_of(a, flags);
    if (!written || (flags < a.size() && !given && !a[flags].is_null())) return nullptr;
    store = Pattern::compile(*written, given ? *given : std::string_view(), &call.budget);
    return store ? &*store : nullptr;
}

Value matches(Arguments a, const Call& call) {
    const auto* text = text_of(a, 0);
    std::optional<Pattern> store;
    const auto* pattern = text ? pattern_of(a, call, 2, store) : nullptr;
    if (!pattern) return {};
    const auto found = pattern->occurs(*text, call.budget);
    return found ? Value(*found) : Value();
}

Value replace(Arguments a, const Call& call) {
    const auto *text = text_of(a, 0), *by = text_of(a, 2);
    std::optional<Pattern> store;
    const auto* pattern = text && by ? pattern_of(a, call, 3, store) : nullptr;
    if (!pattern) return {};
    auto result = pattern->replace(*text, *by, call.budget);
    return result ? Value(std::move(*result)) : Value();
}

Value split(Arguments a, const Call& call) {
    const auto* text = text_of(a, 0);
    std::optional<Pattern> store;
    const auto* pattern = text ? pattern_of(a, call, Builtin::none, store) : nullptr;
    if (!pattern) return {};
    const auto parts = pattern->split(*text, call.budget);
    if (!parts) return {};
    List out;
    for (const auto part : *parts) out.emplace_back(std::string(part));
    return out;
}

Value join(Arguments a, const Call& call) {
    const auto* list = a[0].as<List>();
    const auto* between = text_of(a, 1);
    if (!list || (a.size() > 1 && !between && !a[1].is_null())) return {};
    std::string out;
    bool first = true;
    for (const auto& item : *list) {
        if (item.is_null()) continue;
        const auto* text = item.as<std::string>();
        const auto bytes = text ? text->size() + (between ? between->size() : 0) : 0;
        if (!text || !spend(call.budget, 1 + bytes / 64)) return {};
        if (!first && between) out += *between;
        out += *text;
        first = false;
    }
    return out;
}

Value to_text(Arguments a, const Call&) {
    return a[0].is_null() ? Value() : Value(plain_text(a[0]));
}

}  // namespace

std::vector<Builtin> string_functions() {
    constexpr auto s = Kind::string;
    const std::vector<Parameter> one{{"string", s}};
    const std::vector<Parameter> two{{"string", s}, {"match", s}};
    const std::vector<Parameter> pattern{{"input", s}, {"pattern", s}, {"flags", s, true}};
    return {
        {"string",
         {{"from"}},
         false,
         s,
         to_text,
         "converts any value to a text",
         "string(2.50)",
         "\"2.50\""},
        {"string length", one, false, Kind::number, length, "the number of characters",
         "string length(\"社保卡\")", "3"},
        {"substring",
         {{"string", s}, {"start position", Kind::number}, {"length", Kind::number, true}},
         false,
         s,
         substring,
         "the part from a position on, counted from 1, or from the end if negative",
         "substring(\"420600199001011234\", 7, 4)",
         "\"1990\""},
        {"upper case", one, false, s, cased<utf8proc_toupper>, "converts to upper-case letters",
         "upper case(\"x\")", "\"X\""},
        {"lower case", one, false, s, cased<utf8proc_tolower>, "converts to lower-case letters",
         "lower case(\"X\")", "\"x\""},
        {"contains", two, false, Kind::boolean, contains,
         "true if the text contains the other text", "contains(\"foobar\", \"ob\")", "true"},
        {"starts with", two, false, Kind::boolean, starts_with,
         "true if the text begins with the other text", "starts with(\"4206\", \"42\")", "true"},
        {"ends with", two, false, Kind::boolean, ends_with,
         "true if the text ends with the other text", "ends with(\"4206\", \"42\")", "false"},
        {"substring before", two, false, s, substring_before,
         "the part before the first occurrence of the other text",
         "substring before(\"a-b-c\", \"-\")", "\"a\""},
        {"substring after", two, false, s, substring_after,
         "the part after the first occurrence of the other text",
         "substring after(\"a-b-c\", \"-\")", "\"b-c\""},
        {"matches", pattern, false, Kind::boolean, matches,
         "true if the pattern occurs in the text; `^` and `$` anchor it to the ends",
         "matches(\"42060019900101123X\", \"^[0-9]{17}[0-9X]$\")", "true", Builtin::Like::itself,
         false, 1, 2},
        {"replace",
         {{"input", s}, {"pattern", s}, {"replacement", s}, {"flags", s, true}},
         false,
         s,
         replace,
         "replaces each occurrence of the pattern",
         "replace(\"a1b22\", \"[0-9]+\", \"-\")",
         "\"a-b-\"",
         Builtin::Like::itself,
         false,
         1,
         3},
        {"split",
         {{"string", s}, {"delimiter", s}},
         false,
         Kind::list,
         split,
         "the parts of a text between occurrences of the delimiter, which is a pattern",
         "split(\"a;b;c\", \";\")",
         "[\"a\", \"b\", \"c\"]",
         Builtin::Like::itself,
         false,
         1},
        {"string join",
         {{"list", Kind::list}, {"delimiter", s, true}},
         false,
         s,
         join,
         "joins the texts of a list",
         "string join([\"a\", \"b\"], \", \")",
         "\"a, b\""},
    };
}

}  // namespace workflow::feel
