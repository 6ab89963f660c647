// `windows:` of a hall and `shifts:` of an organization: the seats and working hours of officers.

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "item_parts.hpp"

namespace workflow::definition {

namespace {

Window read_window(const YamlNode::Entry& entry, const std::vector<std::string>& posts,
                   DiagnosticSink& findings) {
    Window window;
    check_id(entry.key, entry.key_mark, "the name of a window", findings);
    window.id = WindowId(entry.key);
    window.title.en = entry.key;
    window.mark = entry.key_mark;
    const Form form(entry.value, "organization.window", findings);
    if (const auto* title = form.find("title"))
        window.title = read_title(*title, findings).value_or(window.title);
    const auto* served = form.require("posts");
    if (!served) return window;
    for (std::string& post : read_texts_list(*served, "`posts`", findings, true)) {
        const auto mark = entry_mark(*served, post);
        if (std::find(posts.begin(), posts.end(), post) == posts.end())
            findings.add("unknown-post", mark,
                         fmt::format("the organization has no post `{}`", post),
                         suggestion(post, posts, findings));
        window.posts.emplace_back(std::move(post));
    }
    if (window.posts.empty() && served->kind == YamlNode::Kind::sequence)
        findings.add("nothing-listed", served->mark, "a window must serve at least one post");
    return window;
}

}  // namespace

void read_windows(const std::vector<std::pair<std::size_t, const YamlNode*>>& halls,
                  Organization& organization, DiagnosticSink& findings) {
    std::vector<std::string> posts;
    for (const auto& post : organization.posts) posts.push_back(post.id.text);
    std::unordered_map<std::string, Mark> known;
    for (const auto& [hall, node] : halls) {
        for (const auto& entry : read_entries(*node, "`windows`", findings)) {
            auto window = read_window(entry, posts, findings);
            const auto [first, fresh] = known.try_emplace(window.id.text, window.mark);
            if (!fresh) {
                auto& finding =
                    findings.add("listed-twice", window.mark,
                                 fmt::format("two halls have a window `{}`", window.id.text),
                                 "give each window of the organization its own name");
                findings.relate(finding, first->second, "the other window");
            }
            organization.halls[hall].windows.push_back(std::move(window));
        }
    }
}

void check_seat(const Organization& organization, const Officer& officer, Mark mark,
                DiagnosticSink& findings) {
    if (officer.window.empty()) return;
    if (const auto* window = organization.window(officer.hall, officer.window)) {
        if (serves_at(organization, officer, *window)) return;
        auto& finding =
            findings.add("wrong-window", mark,
                         fmt::format("none of the posts of `{}` is served at the window `{}`",
                                     officer.id.text, officer.window.text),
                         "assign the officer to another window, or add one of the officer's posts "
                         "to this window");
        findings.relate(finding, window->mark, "the window");
        return;
    }
    std::vector<std::string> known;
    for (const auto& hall : organization.halls)
        if (hall.id == officer.hall)
            for (const auto& window : hall.windows) known.push_back(window.id.text);
    findings.add(
        "unknown-window", mark,
        fmt::format("the hall `{}` has no window `{}`", officer.hall.text, officer.window.text),
        suggestion(officer.window.text, known, findings));
}

std::vector<Shift> read_shifts(const YamlNode& node, DiagnosticSink& findings) {
    std::vector<Shift> shifts;
    for (const auto& entry : read_entries(node, "`shifts`", findings)) {
        check_id(entry.key, entry.key_mark, "the name of a shift", findings);
        const auto week = read_week(entry.value, fmt::format("`{}`", entry.key), findings);
        if (week) shifts.push_back({ShiftId(entry.key), {*week, {}}, entry.key_mark});
    }
    return shifts;
}

ShiftId read_shift(const YamlNode& node, const Organization& organization,
                   DiagnosticSink& findings) {
    ShiftId id(read_text(node, "`shift`", findings).value_or(""));
    if (id.empty() || organization.shift(id)) return id;
    std::vector<std::string> known;
    for (const auto& shift : organization.shifts) known.push_back(shift.id.text);
    findings.add("unknown-shift", node.mark,
                 fmt::format("the organization has no shift `{}`", id.text),
                 suggestion(id.text, known, findings));
    return id;
}

}  // namespace workflow::definition
