// `modes:` of an organization: ways of serving people other than the usual one (六办).

#include <array>

#include "item_parts.hpp"

namespace workflow::definition {

namespace {

Mode read_mode(const YamlNode::Entry& entry, DiagnosticSink& findings) {
    static constexpr std::array<std::string_view, 2> orders{"as it comes", "first"};
    static constexpr std::array<std::string_view, 2> places{"its hall", "any hall"};
    Mode mode;
    check_id(entry.key, entry.key_mark, "the name of a mode", findings);
    mode.id = ModeId(entry.key);
    mode.title.en = entry.key;
    mode.mark = entry.key_mark;
    if (entry.value.kind == YamlNode::Kind::scalar) {
        mode.title = read_title(entry.value, findings).value_or(mode.title);
        return mode;
    }
    const Form form(entry.value, "organization.mode", findings);
    if (const auto* title = form.find("title"))
        mode.title = read_title(*title, findings).value_or(mode.title);
    if (const auto* order = form.find("order"))
        mode.comes_first = read_word(*order, "`order`", orders, findings).value_or(0) == 1;
    if (const auto* place = form.find("place"))
        mode.anywhere = read_word(*place, "`place`", places, findings).value_or(0) == 1;
    if (const auto* appointment = form.find("by appointment"))
        mode.by_appointment =
            read_boolean(*appointment, "`by appointment`", findings).value_or(false);
    if (const auto* hours = form.find("hours"))
        if (const auto week = read_week(*hours, "`hours`", findings)) mode.hours = {*week, {}};
    return mode;
}

}  // namespace

std::vector<Mode> read_modes(const YamlNode& node, DiagnosticSink& findings) {
    std::vector<Mode> modes;
    for (const YamlNode::Entry& entry : read_entries(node, "`modes`", findings))
        modes.push_back(read_mode(entry, findings));
    return modes;
}

}  // namespace workflow::definition
