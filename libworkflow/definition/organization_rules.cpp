// `identity:` and `staff:` of an organization: the checks of ids, and who may change the staff.

#include <algorithm>
#include <array>
#include <set>

#include "../base/identity.hpp"
#include "item_parts.hpp"

namespace workflow::definition {

bool read_citizen_ids_checked(const YamlNode& node, DiagnosticSink& findings) {
    static constexpr std::array<std::string_view, 2> words{"checked", "not checked"};
    const Form form(node, "organization.identity", findings);
    const auto* ids = form.require("citizen_id");
    return ids && read_word(*ids, "`citizen_id`", words, findings) == std::size_t{0};
}

bool read_second_person(const YamlNode& node, DiagnosticSink& findings) {
    static constexpr std::array<std::string_view, 2> words{"required", "recorded"};
    const Form form(node, "organization.staff", findings);
    const auto* second = form.require("second person");
    return second && read_word(*second, "`second person`", words, findings) == std::size_t{0};
}

std::vector<OfficerId> namesakes(const Organization& organization, std::string_view name) {
    const auto wanted = normalized_person_id(name);
    std::vector<OfficerId> found;
    for (const auto& officer : organization.officers)
        if (normalized_person_id(officer.name) == wanted) found.push_back(officer.id);
    return found;
}

std::size_t count_supervisors(const Organization& organization) {
    std::set<PersonId> persons;
    for (const auto& officer : organization.officers)
        if (officer.supervisor && !officer.left) persons.insert(officer.person);
    return persons.size();
}

}  // namespace workflow::definition
