#pragma once

/// The patterns of `matches`, `replace` and `split`: the regular expressions of XPath (XQuery and
/// XPath Functions 3.1, section 5.6). The steps of a search are counted. Without a back-reference
/// (`\1`) they grow only linearly with the text.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workflow::feel {

namespace pattern {
struct Program;
}

class Pattern {
public:
    /// Compiles a pattern. Returns no value if it is not a pattern, is too large, or has a flag
    /// other than `s m i x q`. Takes the cost of compilation from `budget`, if given.
    static std::optional<Pattern> compile(std::string_view text, std::string_view flags = {},
                                          std::uint32_t* budget = nullptr);

    /// Returns whether the pattern occurs in the text. Returns no value if that would take too
    /// long, or the text is not UTF-8. Takes its steps from `budget`, as do all functions here.
    [[nodiscard]] std::optional<bool> occurs(std::string_view text, std::uint32_t& budget) const;
    /// Returns the text with each occurrence replaced; `$1` stands for a group, `$0` for the whole
    /// occurrence. Returns no value if the pattern matches the empty text, if the replacement is
    /// invalid, or if it would take too long.
    [[nodiscard]] std::optional<std::string> replace(std::string_view text, std::string_view by,
                                                     std::uint32_t& budget) const;
    /// Returns the parts of `text` between the occurrences; no value in the same cases as
    /// `replace`.
    [[nodiscard]] std::optional<std::vector<std::string_view>> split(std::string_view text,
                                                                     std::uint32_t& budget) const;

private:
    std::shared_ptr<const pattern::Program> program_;
    bool literal_ = false;
};

}  // namespace workflow::feel
