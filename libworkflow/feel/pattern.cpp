#include "pattern.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <array>

namespace workflow::feel {

struct Pattern::Compiled {
    pcre2_code* code = nullptr;
    explicit Compiled(pcre2_code* made) : code(made) {}
    ~Compiled() { pcre2_code_free(code); }
    Compiled(const Compiled&) = delete;
    Compiled& operator=(const Compiled&) = delete;
};

namespace {

constexpr std::size_t largest_pattern = 8'192, largest_program = 65'536;
/// Steps of PCRE2 in one search, and how many make one step of an evaluation.
constexpr std::uint32_t most_steps = 1'000'000;
constexpr std::uint32_t steps_a_step = 16;

/// XPath's pattern in PCRE2's words. What XPath does not have is refused: look-around, possessive
/// quantifiers and PCRE2's own escapes.
class Translation {
public:
    explicit Translation(std::string from) : from_(std::move(from)) {}

    std::optional<std::string> run() {
        while (at_ < from_.size())
            if (!piece()) return {};
        return std::move(out_);
    }

private:
    [[nodiscard]] std::string_view rest() const { return std::string_view(from_).substr(at_); }

    bool piece() {
        const char c = from_[at_];
        if (c == '\\') return escape(false);
        if (c == '[') return character_class(out_);
        if (c == '(' && rest().starts_with("(?")) {
            if (!rest().starts_with("(?:")) return false;
            out_ += "(?:";
            at_ += 3;
            return true;
        }
        if (c == '(' && rest().starts_with("(*")) return false;
        const bool quantifier = c == '*' || c == '+' || c == '?' || c == '{';
        // `a*+` is possessive in PCRE2, and nothing in XPath.
        if (c == '+' && quantified_) return false;
        quantified_ = quantifier ? c != '?' || !quantified_ : c == '}';
        if (c == '{' && !is_quantity()) return false;
        out_ += c;
        ++at_;
        return true;
    }

    /// `{2}`, `{2,}`, `{2,5}`
    [[nodiscard]] bool is_quantity() const {
        auto i = at_ + 1;
        const auto digits = [&] {
            const auto first = i;
            while (i < from_.size() && from_[i] >= '0' && from_[i] <= '9') ++i;
            return i > first;
        };
        if (!digits()) return false;
        if (i < from_.size() && from_[i] == ',') {
            ++i;
            digits();
        }
        return i < from_.size() && from_[i] == '}';
    }

    /// An escape, inside of a class or not.
    bool escape(bool in_class) {
        if (at_ + 1 >= from_.size()) return false;
        const char c = from_[at_ + 1];
        quantified_ = false;
        static constexpr std::string_view same = "nrt\\|.?*+(){}[]-^$dDwWsS";
        if (c == 'p' || c == 'P') return property();
        if (c == 'i' || c == 'I' || c == 'c' || c == 'C') {
            // The characters of XML names (XML 1.0, productions 4 and 4a).
            const std::string start = "\\p{L}_:", more = "\\p{L}\\p{Nd}\\p{M}_:.\\-\\x{B7}";
            const auto& set = c == 'i' || c == 'I' ? start : more;
            if (in_class && (c == 'I' || c == 'C')) return false;
            out_ += in_class ? set : (c == 'I' || c == 'C' ? "[^" : "[") + set + "]";
            at_ += 2;
            return true;
        }
        if (c >= '1' && c <= '9' && !in_class) {
            out_ += "\\g{";
            out_ += c;
            out_ += '}';
            at_ += 2;
            return true;
        }
        if (same.find(c) == std::string_view::npos) return false;
        out_ += from_.substr(at_, 2);
        at_ += 2;
        return true;
    }

    /// `\p{Lu}`. Blocks, `\p{IsBasicLatin}`, are written as ranges where they are everyday ones.
    bool property() {
        const auto end = from_.find('}', at_);
        if (from_.substr(at_ + 2, 1) != "{" || end == std::string_view::npos) return false;
        const auto name = std::string_view(from_).substr(at_ + 3, end - at_ - 3);
        if (name.starts_with("Is")) return block(name.substr(2), end);
        out_ += from_.substr(at_, end + 1 - at_);
        at_ = end + 1;
        return true;
    }

    bool block(std::string_view name, std::size_t end) {
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> blocks{
            {{"BasicLatin", "\\x{0}-\\x{7F}"},
             {"Latin-1Supplement", "\\x{80}-\\x{FF}"},
             {"LatinExtended-A", "\\x{100}-\\x{17F}"},
             {"LatinExtended-B", "\\x{180}-\\x{24F}"},
             {"Greek", "\\x{370}-\\x{3FF}"},
             {"Cyrillic", "\\x{400}-\\x{4FF}"},
             {"Hebrew", "\\x{590}-\\x{5FF}"},
             {"Arabic", "\\x{600}-\\x{6FF}"},
             {"Hiragana", "\\x{3040}-\\x{309F}"},
             {"Katakana", "\\x{30A0}-\\x{30FF}"},
             {"CJKUnifiedIdeographs", "\\x{4E00}-\\x{9FFF}"},
             {"GeneralPunctuation", "\\x{2000}-\\x{206F}"}}};
        for (const auto& [known, range] : blocks) {
            if (known != name) continue;
            const bool inverse = from_[at_ + 1] == 'P';
            if (in_class_ && inverse) return false;
            if (in_class_)
                out_ += range;
            else
                out_ += (inverse ? "[^" : "[") + std::string(range) + "]";
            at_ = end + 1;
            return true;
        }
        return false;
    }

    /// `[a-z]`, `[^a]`, and `[a-z-[aeiou]]`: not the one, and the other.
    bool character_class(std::string& whole) {
        if (++depth_ > 20) return false;
        ++at_;
        std::string taken_off;
        std::string inside = "[";
        std::swap(out_, inside);
        const bool outer = in_class_;
        in_class_ = true;
        quantified_ = false;
        if (at_ < from_.size() && from_[at_] == '^') {
            out_ += '^';
            ++at_;
        }
        bool empty = true, closed = false, fine = true;
        while (fine && at_ < from_.size() && !closed) {
            const char c = from_[at_];
            if (c == ']') {
                closed = !empty;
                fine = closed;
                ++at_;
            } else if (c == '-' && rest().substr(1).starts_with("[")) {
                ++at_;
                std::string inner;
                fine = character_class(inner);
                taken_off = std::move(inner);
                fine = fine && at_ < from_.size() && from_[at_] == ']';
            } else if (c == '[') {
                fine = false;
            } else if (c == '\\') {
                fine = escape(true);
            } else {
                out_ += c;
                ++at_;
            }
            empty = false;
        }
        out_ += ']';
        std::swap(out_, inside);
        in_class_ = outer;
        --depth_;
        if (!fine || !closed) return false;
        if (&whole == &out_)
            out_ += taken_off.empty() ? inside : "(?:(?!" + taken_off + ")" + inside + ")";
        else
            whole = taken_off.empty() ? inside : "(?:(?!" + taken_off + ")" + inside + ")";
        return true;
    }

    std::string from_;
    std::size_t at_ = 0;
    std::string out_;
    bool quantified_ = false, in_class_ = false;
    int depth_ = 0;
};

/// The pattern without blanks, but for those in classes.
std::string without_blanks(std::string_view text) {
    std::string out;
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '[') ++depth;
        if (c == ']' && depth > 0) --depth;
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!blank || depth > 0) out += c;
    }
    return out;
}

/// A match's places, and how many steps it may take.
class Matching {
public:
    explicit Matching(const pcre2_code* code)
        : data_(pcre2_match_data_create_from_pattern(code, nullptr)),
          context_(pcre2_match_context_create(nullptr)) {}
    ~Matching() {
        pcre2_match_data_free(data_);
        pcre2_match_context_free(context_);
    }
    Matching(const Matching&) = delete;
    Matching& operator=(const Matching&) = delete;

    /// PCRE2's answer: groups found, or what is less than 0.
    int run(const pcre2_code* code, std::string_view text, std::size_t from,
            std::uint32_t& budget) {
        const auto cost = static_cast<std::uint32_t>(1 + (text.size() - from) / 256);
        if (budget <= cost) {
            budget = 0;
            return PCRE2_ERROR_MATCHLIMIT;
        }
        budget -= cost;
        const auto limit =
            std::min<std::uint64_t>(most_steps, std::uint64_t{budget} * steps_a_step + 1);
        pcre2_set_match_limit(context_, static_cast<std::uint32_t>(limit));
        pcre2_set_heap_limit(context_, 8'192);
        return pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from, 0,
                           data_, context_);
    }
    [[nodiscard]] const std::size_t* places() const { return pcre2_get_ovector_pointer(data_); }

private:
    pcre2_match_data* data_;
    pcre2_match_context* context_;
};

/// Appends the replacement for one occurrence; false where `$` and `\` stand wrongly.
bool append_replacement(std::string& out, std::string_view by, std::string_view text,
                        const std::size_t* places, std::uint32_t groups) {
    for (std::size_t i = 0; i < by.size(); ++i) {
        if (by[i] == '\\') {
            if (++i >= by.size() || (by[i] != '\\' && by[i] != '$')) return false;
            out += by[i];
            continue;
        }
        if (by[i] != '$') {
            out += by[i];
            continue;
        }
        if (i + 1 >= by.size() || by[i + 1] < '0' || by[i + 1] > '9') return false;
        // As many digits as there are groups for.
        std::uint32_t group = 0;
        bool first = true;
        while (i + 1 < by.size() && by[i + 1] >= '0' && by[i + 1] <= '9') {
            const auto next = group * 10 + static_cast<std::uint32_t>(by[i + 1] - '0');
            if (!first && next > groups) break;
            group = next;
            first = false;
            ++i;
        }
        if (group > groups) continue;
        const auto begin = places[2 * group], end = places[2 * group + 1];
        if (begin != PCRE2_UNSET) out += text.substr(begin, end - begin);
    }
    return true;
}

}  // namespace

std::optional<Pattern> Pattern::compile(std::string_view text, std::string_view flags) {
    if (text.size() > largest_pattern) return {};
    std::uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY;
    bool literal = false, extended = false;
    for (const char flag : flags) {
        if (flag == 's')
            options |= PCRE2_DOTALL;
        else if (flag == 'm')
            options |= PCRE2_MULTILINE;
        else if (flag == 'i')
            options |= PCRE2_CASELESS;
        else if (flag == 'x')
            extended = true;
        else if (flag == 'q')
            literal = true;
        else
            return {};
    }
    std::optional<std::string> words;
    if (literal) {
        words = std::string(text);
        options &= PCRE2_UTF | PCRE2_CASELESS;
        options |= PCRE2_LITERAL;
    } else {
        words = Translation(extended ? without_blanks(text) : std::string(text)).run();
    }
    if (!words) return {};
    int error = 0;
    std::size_t place = 0;
    // A point stands neither for a line feed nor for a carriage return.
    auto* context = pcre2_compile_context_create(nullptr);
    pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
    auto* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(words->data()), words->size(), options,
                               &error, &place, context);
    pcre2_compile_context_free(context);
    if (!code) return {};
    Pattern made;
    made.compiled_ = std::make_shared<const Compiled>(code);
    std::size_t bytes = 0;
    pcre2_pattern_info(code, PCRE2_INFO_SIZE, &bytes);
    if (bytes > largest_program) return {};
    made.size_ = text.size();
    made.literal_ = literal;
    return made;
}

std::optional<Pattern::Place> Pattern::search(std::string_view text, std::size_t from,
                                              std::uint32_t& budget, bool& gave_up) const {
    Matching matching(compiled_->code);
    const auto found = matching.run(compiled_->code, text, from, budget);
    gave_up = found < 0 && found != PCRE2_ERROR_NOMATCH;
    if (found < 0) return {};
    return Place{matching.places()[0], matching.places()[1]};
}

std::optional<bool> Pattern::occurs(std::string_view text, std::uint32_t& budget) const {
    bool gave_up = false;
    const auto found = search(text, 0, budget, gave_up);
    if (gave_up) return {};
    return found.has_value();
}

std::optional<std::string> Pattern::replace(std::string_view text, std::string_view by,
                                            std::uint32_t& budget) const {
    Matching matching(compiled_->code);
    std::uint32_t groups = 0;
    pcre2_pattern_info(compiled_->code, PCRE2_INFO_CAPTURECOUNT, &groups);
    std::string out;
    std::size_t at = 0;
    while (true) {
        const auto found = matching.run(compiled_->code, text, at, budget);
        if (found == PCRE2_ERROR_NOMATCH) break;
        const auto* places = matching.places();
        // A pattern that matches nothing would be replaced everywhere (XPath: FORX0003).
        if (found < 0 || places[0] == places[1]) return {};
        out += text.substr(at, places[0] - at);
        if (literal_)
            out += by;
        else if (!append_replacement(out, by, text, places, groups))
            return {};
        const auto cost = static_cast<std::uint32_t>(1 + by.size() / 64);
        if (budget <= cost) {
            budget = 0;
            return {};
        }
        budget -= cost;
        at = places[1];
    }
    out += text.substr(at);
    return out;
}

}  // namespace workflow::feel
