#pragma once

/// Texts with a line table that maps byte offsets to lines and columns. Columns count characters.

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/diagnostic.hpp>

namespace workflow::inline v0 {

/// A piece of one of the texts of a `Sources`: bytes [begin, end) of text number `source`.
struct Mark {
    std::uint32_t source = 0;
    std::uint32_t begin = 0, end = 0;
    friend bool operator==(const Mark&, const Mark&) = default;
};

/// One text. Immutable.
class Source {
public:
    Source(std::string path, std::string text);

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string_view text() const { return text_; }
    /// Returns the line and column, from 1, of a byte. A byte past the end counts as the end.
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> position(std::size_t byte) const;
    /// Returns line `line` (from 1) without its line break.
    [[nodiscard]] std::string_view line(std::uint32_t line) const;

private:
    std::string path_, text_;
    std::vector<std::uint32_t> starts_;      // byte at which each line starts
    std::vector<std::uint32_t> characters_;  // characters before every 1024th byte: a hostile text
                                             // may be one line of millions
    [[nodiscard]] std::uint32_t characters_before(std::size_t byte) const;
};

/// The texts of one load, so that a Mark needs only a number.
class Sources {
public:
    std::uint32_t add(Source source);
    [[nodiscard]] const Source& at(std::uint32_t index) const { return texts_.at(index); }
    [[nodiscard]] std::size_t size() const { return texts_.size(); }
    /// Returns the position of `mark`; line 0 when its text is empty or could not be read.
    [[nodiscard]] Span span(Mark mark) const;

private:
    std::deque<Source> texts_;  // a view of a text stays valid when another is added
};

/// Returns the first byte that is not part of valid UTF-8, or npos.
std::size_t first_invalid_utf8(std::string_view text);

}  // namespace workflow::inline v0
