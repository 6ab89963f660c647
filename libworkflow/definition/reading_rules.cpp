// `reading:` of an organization: the purposes for which personal data are read, and the maximum
// number of cases per hour.

#include "item_parts.hpp"

namespace workflow::definition {

ReadingRules read_reading(const YamlNode& node, DiagnosticSink& findings) {
    ReadingRules rules;
    const Form form(node, "organization.reading", findings);
    if (const auto* purposes = form.require("purposes"))
        for (const auto& entry : read_entries(*purposes, "`purposes`", findings)) {
            check_id(entry.key, entry.key_mark, "the name of a purpose", findings);
            const auto title = read_title(entry.value, findings);
            if (title) rules.purposes.push_back({entry.key, *title});
        }
    if (const auto* most = form.find("per hour"))
        if (const auto cases = read_whole(*most, "`per hour`", 1, 10'000, findings))
            rules.per_hour = static_cast<std::uint32_t>(*cases);
    return rules;
}

}  // namespace workflow::definition
