#pragma once

/// Text for people: width on the screen, wrapping, colour, tables.

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "../../base/render.hpp"

namespace workflow::presentation {

/// Returns `text` in lines of at most `width` columns, with the second and later ones indented.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

/// Returns a text from outside on one line: `printable`, with line feeds and tabs as blanks, so
/// that no name looks like a line of the program's own.
std::string harmless(std::string_view text);

/// Colours, or nothing if colour is not wanted.
class Paint {
public:
    explicit Paint(bool on) : on_(on) {}
    [[nodiscard]] bool on() const { return on_; }
    [[nodiscard]] std::string bold(std::string_view text) const { return with("1", text); }
    [[nodiscard]] std::string dim(std::string_view text) const { return with("2", text); }
    [[nodiscard]] std::string red(std::string_view text) const { return with("31", text); }
    [[nodiscard]] std::string green(std::string_view text) const { return with("32", text); }
    [[nodiscard]] std::string yellow(std::string_view text) const { return with("33", text); }
    /// Returns a finding as formatted by `render`.
    [[nodiscard]] std::string rendered(const Diagnostic& finding) const;

private:
    [[nodiscard]] std::string with(std::string_view code, std::string_view text) const;
    bool on_;
};

/// Columns of text, aligned by display width. Rows stream: the rows before the first `flush`
/// determine the widths, and later rows keep them if they fit.
class Table {
public:
    struct Column {
        std::string title;
        bool right = false;  ///< numbers
    };
    Table(std::ostream& out, Paint paint, std::vector<Column> columns);
    void add(std::vector<std::string> cells);
    void flush();

private:
    std::ostream& out_;
    Paint paint_;
    std::vector<Column> columns_;
    std::vector<std::size_t> widths_;
    std::vector<std::vector<std::string>> rows_;
    bool begun_ = false;
};

/// Returns 1234567 as `1,234,567`.
std::string grouped(std::uint64_t number);

}  // namespace workflow::presentation
