// `end:`: the case ends.

#include <array>

#include "reading.hpp"

namespace workflow::definition {

EndStep read_end(const Form& form) {
    static constexpr std::array<std::pair<std::string_view, EndKind>, 6> ends{
        {{"granted", EndKind::granted},
         {"refused", EndKind::refused},
         {"not accepted", EndKind::not_accepted},
         {"withdrawn", EndKind::withdrawn},
         {"answered", EndKind::answered},
         {"lapsed", EndKind::lapsed}}};
    std::vector<std::string_view> words;
    for (const auto& [word, kind] : ends) words.push_back(word);
    const auto* end = form.require("end");
    const auto found = end ? read_word(*end, "`end`", words, form.findings()) : std::nullopt;
    return {found ? ends[*found].second : EndKind::granted};
}

}  // namespace workflow::definition
