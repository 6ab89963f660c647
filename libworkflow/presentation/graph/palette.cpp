#include "palette.hpp"

#include <array>

namespace workflow::presentation {

std::string colour_of_duty(const std::string& duty) {
    if (duty == "intake") return "#0d9488";
    if (duty == "review") return "#2563eb";
    if (duty == "issue") return "#9333ea";
    static constexpr std::array others{"#c2410c", "#be185d", "#0e7490", "#4d7c0f", "#a16207"};
    std::size_t sum = 0;
    for (const char c : duty) sum = sum * 31 + static_cast<unsigned char>(c);
    return others[sum % others.size()];
}

std::optional<Title> duty_title(const std::string& duty) {
    if (duty == "intake") return Title{"受理", "intake"};
    if (duty == "review") return Title{"审核", "review"};
    if (duty == "issue") return Title{"出件", "issue"};
    return std::nullopt;
}

const char* colour_of_end(EndKind end) {
    switch (end) {
        case EndKind::granted:
            return "#16a34a";
        case EndKind::answered:
            return "#0284c7";
        case EndKind::refused:
            return "#dc2626";
        case EndKind::not_accepted:
            return "#ea580c";
        case EndKind::withdrawn:
            return "#64748b";
        case EndKind::lapsed:
            break;
    }
    return "#78716c";
}

std::string colour_of_arrow(const ChartArrow& arrow) {
    if (arrow.kind == ChartArrow::Kind::timer) return "#8b5cf6";
    return arrow.back ? "#d97706" : "#64748b";
}

std::string colour_of_label(const ChartArrow& arrow) {
    if (arrow.kind == ChartArrow::Kind::timer) return "#c4b5fd";
    return arrow.back ? "#fcd34d" : "#cbd5e1";
}

}  // namespace workflow::presentation
