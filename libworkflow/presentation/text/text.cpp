#include "text.hpp"

#include <algorithm>
#include <ostream>

#include "../../base/printable.hpp"
#include "terminal.hpp"

namespace workflow::presentation {

std::string harmless(std::string_view text) {
    auto clean = printable(text);
    for (char& c : clean)
        if (c == '\n' || c == '\t') c = ' ';
    return clean;
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
    std::string out;
    std::size_t column = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t needed = display_width(word);
        if (column != 0 && column + 1 + needed > width) {
            out += "\n" + std::string(indent, ' ');
            column = 0;
        } else if (column != 0) {
            out += ' ';
            ++column;
        }
        out += word;
        column += needed;
    }
    return out;
}

std::string Paint::with(std::string_view code, std::string_view text) const {
    if (!on_ || text.empty()) return std::string(text);
    return own_escape() + "[" + std::string(code) + "m" + std::string(text) + own_escape() + "[0m";
}

std::string Paint::rendered(const Diagnostic& finding) const {
    std::string text;
    // `render` passes no escape characters except its own.
    for (const char c : render(finding, on_)) c == '\x1b' ? text += own_escape() : text += c;
    return text;
}

Table::Table(std::ostream& out, Paint paint, std::vector<Column> columns)
    : out_(out), paint_(paint), columns_(std::move(columns)) {
    for (const Column& column : columns_) widths_.push_back(display_width(column.title));
}

void Table::add(std::vector<std::string> cells) {
    for (std::string& cell : cells) cell = harmless(cell);
    rows_.push_back(std::move(cells));
}

void Table::flush() {
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths_[i] = std::max(widths_[i], display_width(row[i]));
        }
    }
    const auto line = [&](const std::vector<std::string>& cells) {
        std::string text;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::string gap(widths_[i] - std::min(widths_[i], display_width(cells[i])), ' ');
            const bool last = i + 1 == cells.size();
            text += columns_[i].right ? gap + cells[i] : cells[i] + (last ? "" : gap);
            if (!last) text += "  ";
        }
        return text.substr(0, text.find_last_not_of(' ') + 1);
    };
    if (!begun_ && !rows_.empty()) {
        std::vector<std::string> titles;
        for (const Column& column : columns_) titles.push_back(column.title);
        out_ << paint_.bold(line(titles)) << '\n';
        begun_ = true;
    }
    for (const auto& row : rows_) out_ << line(row) << '\n';
    rows_.clear();
}

std::string grouped(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
    return text;
}

}  // namespace workflow::presentation
