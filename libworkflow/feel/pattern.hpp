#pragma once

/// Patterns of `matches`, `replace` and `split`: XPath's regular expressions (XQuery and XPath
/// Functions 3.1, section 5.6), put into the words of PCRE2. Matching is bounded, so no text can
/// make it run long.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace workflow::feel {

class Pattern {
public:
    /// Nothing when it is no pattern, or a flag is not among `s m i x q`.
    static std::optional<Pattern> compile(std::string_view text, std::string_view flags = {});

    /// Bytes of the pattern: what compiling it has cost.
    [[nodiscard]] std::size_t size() const { return size_; }

    /// Whether it occurs in the text; nothing when that would take too long. Takes its steps from
    /// `budget`.
    [[nodiscard]] std::optional<bool> occurs(std::string_view text, std::uint32_t& budget) const;
    /// The text with each occurrence replaced; `$1` stands for a group, `$0` for the whole. Nothing
    /// where a pattern matches no character at all, for a wrong replacement, or when it would take
    /// too long.
    [[nodiscard]] std::optional<std::string> replace(std::string_view text, std::string_view by,
                                                     std::uint32_t& budget) const;

    struct Place {
        std::size_t begin = 0, end = 0;  ///< bytes
    };
    /// The first occurrence at or after byte `from`; `gave_up` says that it would take too long.
    [[nodiscard]] std::optional<Place> search(std::string_view text, std::size_t from,
                                              std::uint32_t& budget, bool& gave_up) const;

private:
    struct Compiled;
    std::shared_ptr<const Compiled> compiled_;
    std::size_t size_ = 0;
    bool literal_ = false;
};

}  // namespace workflow::feel
