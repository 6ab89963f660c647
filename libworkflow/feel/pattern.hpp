#pragma once

/// Patterns of `matches`, `replace` and `split`: XPath's regular expressions (XQuery and XPath
/// Functions 3.1, section 5.6). The steps of a search are counted; without a reference back (`\1`)
/// they grow with the text alone.

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
    /// Nothing when it is no pattern, too large, or a flag is not among `s m i x q`. Takes what
    /// compiling costs from `budget`, where there is one.
    static std::optional<Pattern> compile(std::string_view text, std::string_view flags = {},
                                          std::uint32_t* budget = nullptr);

    /// Whether it occurs in the text; nothing when that would take too long, or the text is not
    /// UTF-8. Takes its steps from `budget`, as all of these do.
    [[nodiscard]] std::optional<bool> occurs(std::string_view text, std::uint32_t& budget) const;
    /// The text with each occurrence replaced; `$1` stands for a group, `$0` for the whole. Nothing
    /// where a pattern matches no character at all, for a wrong replacement, or when it would take
    /// too long.
    [[nodiscard]] std::optional<std::string> replace(std::string_view text, std::string_view by,
                                                     std::uint32_t& budget) const;
    /// What stands between the occurrences, of `text`; nothing as for `replace`.
    [[nodiscard]] std::optional<std::vector<std::string_view>> split(std::string_view text,
                                                                     std::uint32_t& budget) const;

private:
    std::shared_ptr<const pattern::Program> program_;
    bool literal_ = false;
};

}  // namespace workflow::feel
