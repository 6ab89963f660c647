#include "terminal.hpp"

#include <algorithm>
#include <string_view>

#include <workflow/ports.hpp>

#include "../../base/printable.hpp"

namespace workflow::presentation {

namespace {

bool is_plain(char c) {
    return (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\t';
}

/// Returns how many bytes at the end of `text` begin `own_escape`.
std::size_t begun_escape(std::string_view text) {
    const auto& own = own_escape();
    for (auto size = std::min(own.size() - 1, text.size()); size > 0; --size)
        if (text.ends_with(std::string_view(own).substr(0, size))) return size;
    return 0;
}

}  // namespace

const std::string& own_escape() {
    static const std::string own = [] {
        const auto entropy = system_entropy();
        return "\x1b" + std::to_string(entropy()) + '.' + std::to_string(entropy()) + '.';
    }();
    return own;
}

TerminalText::~TerminalText() {
    if (!held_.empty()) pass_on(printable(held_));
}

bool TerminalText::pass_on(const std::string& text) {
    return sink_.sputn(text.data(), static_cast<std::streamsize>(text.size())) ==
           static_cast<std::streamsize>(text.size());
}

std::streamsize TerminalText::xsputn(const char* text, std::streamsize size) {
    const std::string_view given(text, static_cast<std::size_t>(size));
    if (held_.empty() && std::all_of(given.begin(), given.end(), is_plain))
        return sink_.sputn(text, size);
    held_ += given;
    std::string_view rest = held_;
    std::string clean;
    for (auto at = rest.find(own_escape()); at != std::string_view::npos;
         at = rest.find(own_escape())) {
        clean += printable(rest.substr(0, at)) + '\x1b';
        rest.remove_prefix(at + own_escape().size());
    }
    const auto kept = std::max(begun_escape(rest), incomplete_end(rest));
    clean += printable(rest.substr(0, rest.size() - kept));
    held_ = std::string(rest.substr(rest.size() - kept));
    return pass_on(clean) ? size : 0;
}

TerminalText::int_type TerminalText::overflow(int_type c) {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    const char one = traits_type::to_char_type(c);
    return xsputn(&one, 1) == 1 ? c : traits_type::eof();
}

int TerminalText::sync() {
    return sink_.pubsync();
}

}  // namespace workflow::presentation
