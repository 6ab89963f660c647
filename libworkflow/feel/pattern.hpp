#pragma once

/// Patterns of `matches`, `replace` and `split`: the everyday part of XPath's regular expressions,
/// matched in time linear in the text (Thompson 1968, Pike's machine). No back-references, so no
/// text can make it run long.

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace workflow::feel {

class Pattern {
public:
    /// Characters, `.`, classes `[a-z]`, `\d \s \w` and capitals, groups, `|`, `* + ? {m,n}`, `^
    /// $`. Nothing when it is not such a pattern or too large (2,000 instructions).
    static std::optional<Pattern> compile(std::string_view text);

    struct Found {
        bool found = false, gave_up = false;
        std::size_t begin = 0, end = 0;  ///< bytes
    };
    /// Instructions: what compiling it has cost.
    [[nodiscard]] std::size_t size() const { return program_.size(); }
    /// The leftmost longest occurrence at or after byte `from`. Takes its steps from `budget`;
    /// gives up when that is used up.
    [[nodiscard]] Found search(std::string_view text, std::size_t from,
                               std::uint32_t& budget) const;

private:
    friend class PatternParser;
    using Ranges = std::vector<std::pair<char32_t, char32_t>>;
    struct Instruction {
        enum class Kind : std::uint8_t {
            any,
            one_of,
            none_of,
            split,
            jump,
            at_start,
            at_end,
            match
        } kind = Kind::match;
        std::size_t first = 0, second = 0;  ///< where to go on
        Ranges ranges;
    };
    std::vector<Instruction> program_;
};

}  // namespace workflow::feel
