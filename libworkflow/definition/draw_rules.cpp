// `draw:` and `recusal:` of an organization, which prevent manipulation of a pool.

#include <array>

#include "item_parts.hpp"

namespace workflow::definition {

DrawRules read_draw_rules(const YamlNode& node, DiagnosticSink& findings) {
    DrawRules rules;
    const Form form(node, "organization.draw", findings);
    if (const auto* minimum = form.find("minimum"))
        if (const auto least = read_whole(*minimum, "`minimum`", 1, 100, findings))
            rules.minimum = static_cast<std::uint32_t>(*least);
    if (const auto* widen = form.find("widen")) {
        static constexpr std::array<std::string_view, 2> ways{"other sections", "other halls"};
        rules.widen.clear();
        for (const auto* way : read_list(*widen, "`widen`", findings))
            if (const auto which = read_word(*way, "`widen`", ways, findings))
                rules.widen.push_back(static_cast<Widening>(*which));
    }
    if (const auto* post = form.find("stranded"))
        rules.stranded = PostId(read_text(*post, "`stranded`", findings).value_or(""));
    return rules;
}

std::vector<Ground> read_recusal_grounds(const YamlNode* node, DiagnosticSink& findings) {
    std::vector<Ground> grounds;
    if (node) {
        const Form form(*node, "organization.recusal", findings);
        if (const auto* listed = form.require("grounds"))
            for (const auto& entry : read_entries(*listed, "`grounds`", findings)) {
                check_id(entry.key, entry.key_mark, "the name of a ground", findings);
                if (const auto title = read_title(entry.value, findings))
                    grounds.push_back({entry.key, *title});
            }
        return grounds;
    }
    const auto add = [&](const char* id, const char* zh, const char* en) {
        auto& ground = grounds.emplace_back();
        ground.id = id;
        ground.title.zh = zh;
        ground.title.en = en;
    };
    add("kin", "亲属关系", "A relative");
    add("interest", "利害关系", "An interest in the matter");
    add("handled_before", "曾经办理", "Handled the matter before");
    add("other_relation", "其他关系", "Another relation that may affect fairness");
    return grounds;
}

}  // namespace workflow::definition
