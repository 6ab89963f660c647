#include "bundle.hpp"

#include <charconv>

#include "../crypto/digest.hpp"

namespace workflow::shell {
namespace {

constexpr std::string_view header = "workflow bundle 1\n";

void put(std::string& out, std::string_view text) {
    out += std::to_string(text.size());
    out += ' ';
    out += text;
    out += '\n';
}

/// Takes one length-prefixed text off the front of `rest`.
std::optional<std::string> take(std::string_view& rest) {
    const auto space = rest.find(' ');
    if (space == std::string_view::npos) return {};
    std::size_t length = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + space, length);
    if (error != std::errc{} || end != rest.data() + space) return {};
    if (length > rest.size() - space - 1 || rest.size() - space - 1 - length < 1) return {};
    std::string text(rest.substr(space + 1, length));
    rest.remove_prefix(space + 1 + length);
    if (rest.front() != '\n') return {};
    rest.remove_prefix(1);
    return text;
}

}  // namespace

std::string bundle(const std::vector<definition::Text>& texts) {
    std::string out(header);
    for (const auto& text : texts) {
        put(out, text.path);
        put(out, text.content);
    }
    return out;
}

std::optional<std::vector<definition::Text>> unbundle(std::string_view bundled) {
    if (!bundled.starts_with(header)) return {};
    bundled.remove_prefix(header.size());
    std::vector<definition::Text> texts;
    while (!bundled.empty()) {
        auto path = take(bundled);
        auto content = path ? take(bundled) : std::nullopt;
        if (!content) return {};
        texts.push_back({std::move(*path), std::move(*content)});
    }
    return texts;
}

std::optional<Digest> digest_of_bundle(std::string_view bundled) {
    const auto texts = unbundle(bundled);
    if (!texts) return {};
    std::string all;
    for (const auto& text : *texts) {
        for (int shift = 56; shift >= 0; shift -= 8)
            all += static_cast<char>(text.content.size() >> static_cast<unsigned>(shift) & 0xFFU);
        all += text.content;
    }
    return sha256(all);
}

}  // namespace workflow::shell
