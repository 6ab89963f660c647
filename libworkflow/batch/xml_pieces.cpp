#include "xml_pieces.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "../base/bounds.hpp"
#include "input.hpp"

namespace workflow::batch {

XmlPieces::XmlPieces(Bytes& bytes, std::string_view root) : bytes_(bytes), root_(root) {
    skip_byte_order_mark(bytes_);
}

void XmlPieces::fail(std::string_view what) const {
    throw InputError(fmt::format("{}:{}: {}", bytes_.path(), bytes_.line(), what));
}

int XmlPieces::take() {
    const int c = bytes_.take();
    if (c == Bytes::end) fail(fmt::format("the file ends inside <{}>", root_));
    if (kept_) {
        if (kept_->size() >= bounds::trace_bytes)
            fail(fmt::format("an element is larger than {} bytes", bounds::trace_bytes));
        *kept_ += static_cast<char>(c);
    }
    return c;
}

void XmlPieces::skip_past(std::string_view close) {
    std::string last;
    while (!last.ends_with(close)) {
        last += static_cast<char>(take());
        if (last.size() > close.size()) last.erase(0, 1);
    }
}

/// Handles what follows `<!`.
void XmlPieces::comment_or_data() {
    std::string begin;
    while (begin.size() < 7) {
        begin += static_cast<char>(take());
        if (begin == "--") return skip_past("-->");
        if (!std::string_view("[CDATA[").starts_with(begin) && begin != "-")
            fail("a DOCTYPE or similar declaration is not allowed in an event log");
    }
    skip_past("]]>");
}

/// Handles what follows `<?`.
void XmlPieces::declaration() {
    std::string text;
    while (!text.ends_with("?>") && text.size() < 1000) text += static_cast<char>(take());
    const auto found = text.find("encoding");
    if (!text.starts_with("xml ") || found == std::string::npos) return;
    const auto quote = text.find_first_of("\"'", found);
    const auto close = quote == std::string::npos ? quote : text.find(text[quote], quote + 1);
    if (close == std::string::npos) return;
    auto name = text.substr(quote + 1, close - quote - 1);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    latin1_ = name == "iso-8859-1";
    if (!latin1_ && name != "utf-8" && name != "us-ascii")
        fail(fmt::format("the encoding {} is not supported: save the log as UTF-8", name));
}

XmlPieces::Tag XmlPieces::tag() {
    Tag found;
    int c = take();
    found.closes = c == '/';
    if (found.closes) c = take();
    for (; c != '>' && c != '/' && c != ' ' && c != '\t' && c != '\r' && c != '\n'; c = take()) {
        if (found.name.size() == 200) fail("the name of an element has no end");
        found.name += static_cast<char>(c);
    }
    for (int quote = 0; c != '>' || quote != 0; c = take()) {
        found.whole = quote == 0 && c == '/';
        if (quote == 0 && (c == '"' || c == '\''))
            quote = c;
        else if (c == quote)
            quote = 0;
    }
    return found;
}

bool XmlPieces::next(std::string_view wanted, std::string& piece) {
    while (!ended_) {
        // Outside the root the file may end.
        if (depth_ == 0 && bytes_.peek() == Bytes::end)
            fail(fmt::format("there is no <{}>", root_));
        const auto line = bytes_.line();
        if (take() != '<') continue;
        if (bytes_.peek() == '!' || bytes_.peek() == '?') {
            take() == '!' ? comment_or_data() : declaration();
            continue;
        }
        // For the root's children the text of the tag is kept until its name is known.
        const bool begins = depth_ == 1;
        if (begins) {
            piece = "<";
            kept_ = &piece;
        }
        const auto found = tag();
        if (depth_ == 0 && (found.closes || found.name != root_))
            fail(fmt::format("<{}> should be the first element, not <{}>", root_, found.name));
        if (found.closes)
            --depth_;
        else if (!found.whole && ++depth_ > bounds::trace_depth)
            fail(fmt::format("elements are nested more than {} deep", bounds::trace_depth));
        if (depth_ == 0) {
            ended_ = true;
            kept_ = nullptr;
            return false;
        }
        if (begins) {
            line_ = line;
            if (found.name != wanted) {
                kept_ = nullptr;
                piece.clear();
            }
        }
        if (depth_ == 1 && kept_) {
            kept_ = nullptr;
            return true;
        }
    }
    return false;
}

}  // namespace workflow::batch
