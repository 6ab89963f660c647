// `unseal:` of an organization: the grounds on which a seal is opened for an officer.

#include "item_parts.hpp"

namespace workflow::definition {

std::vector<Purpose> default_unseal_grounds() {
    return {{"complaint", {"投诉核查", "Complaint"}},
            {"audit", {"审计监察", "Audit"}},
            {"court", {"司法调查", "Court"}},
            {"safety", {"紧急安全", "Safety"}}};
}

std::vector<Purpose> read_unseal(const YamlNode& node, DiagnosticSink& findings) {
    std::vector<Purpose> grounds;
    const Form form(node, "organization.unseal", findings);
    if (const auto* named = form.require("grounds"))
        for (const auto& entry : read_entries(*named, "`grounds`", findings)) {
            check_id(entry.key, entry.key_mark, "the name of a ground", findings);
            if (const auto title = read_title(entry.value, findings))
                grounds.push_back({entry.key, *title});
        }
    return grounds;
}

}  // namespace workflow::definition
