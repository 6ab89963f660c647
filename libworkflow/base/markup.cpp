#include "markup.hpp"

#include <array>
#include <utility>

namespace workflow::inline v0 {

std::string xml_escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
    }
    return out;
}

std::string xml_plain(std::string_view escaped) {
    static constexpr std::array<std::pair<std::string_view, char>, 5> entities{
        {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}}};
    std::string out;
    while (!escaped.empty()) {
        std::size_t used = 1;
        char c = escaped.front();
        for (const auto& [entity, meaning] : entities)
            if (escaped.starts_with(entity)) {
                used = entity.size();
                c = meaning;
            }
        out += c;
        escaped.remove_prefix(used);
    }
    return out;
}

}  // namespace workflow::inline v0
