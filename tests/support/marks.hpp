#pragma once

/// Finds marked texts in every form that bytes take on their way.

#include <iconv.h>

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/digest.hpp"
#include "crypto/signature.hpp"

namespace workflow::testing {

inline std::string in_charset(const char* charset, std::string text) {
    const auto converter = iconv_open(charset, "UTF-8");
    if (converter == iconv_t(-1)) throw std::runtime_error("no such charset");
    std::string out(4 * text.size(), '\0');
    char* from = text.data();
    char* to = out.data();
    std::size_t in_left = text.size(), out_left = out.size();
    const auto done = iconv(converter, &from, &in_left, &to, &out_left);
    iconv_close(converter);
    if (done == std::size_t(-1)) throw std::runtime_error("not in that charset");
    out.resize(out.size() - out_left);
    return out;
}

inline std::string hexadecimal(const std::string& text, const char* digits) {
    std::string out;
    for (const unsigned char c : text) {
        out += digits[c >> 4];
        out += digits[c & 15];
    }
    return out;
}

/// What stands in a base64 text that has `text` in it somewhere: by its place, three forms.
inline std::vector<std::string> base64_forms(const std::string& text) {
    std::vector<std::string> forms;
    for (std::size_t before = 0; before < 3; ++before) {
        const auto whole = base64(std::string(before, 'x') + text + "xx");
        const auto first = (8 * before + 5) / 6;
        const auto last = 8 * (before + text.size()) / 6;
        forms.push_back(whole.substr(first, last - first));
    }
    return forms;
}

/// Every form that the marks take.
inline std::vector<std::string> forms_of(std::initializer_list<std::string> marks) {
    std::vector<std::string> made;
    for (const std::string& mark : marks) {
        std::vector<std::string> texts{mark, in_charset("UTF-16LE", mark),
                                       in_charset("UTF-16BE", mark)};
        const bool ascii = static_cast<unsigned char>(mark.front()) < 0x80;
        if (!ascii) texts.push_back(in_charset("GBK", mark));
        for (const auto& text : texts) {
            made.push_back(text);
            made.push_back(hexadecimal(text, "0123456789abcdef"));
            made.push_back(hexadecimal(text, "0123456789ABCDEF"));
            for (auto& form : base64_forms(text)) made.push_back(std::move(form));
        }
    }
    return made;
}

/// The first of the forms that is in the text; empty: none.
inline std::string found_in(std::string_view text, const std::vector<std::string>& forms) {
    for (const auto& form : forms)
        if (text.find(form) != std::string_view::npos) return form;
    return {};
}

}  // namespace workflow::testing
