#include "batch_rules.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "item_parts.hpp"

namespace workflow::definition {

namespace {

/// Matches an item against a pattern, as in `qualified` of an officer.
bool names(std::string_view pattern, const ItemId& item) {
    if (pattern == "*" || pattern == item.text) return true;
    if (!pattern.ends_with(".*")) return false;
    return std::string_view(item.text).starts_with(pattern.substr(0, pattern.size() - 1));
}

std::vector<std::string> read_items(const YamlNode& node, DiagnosticSink& findings) {
    auto items = read_texts_list(node, "`items`", findings, true);
    for (const auto& pattern : items) {
        const std::string_view name = pattern.ends_with(".*")
                                          ? std::string_view(pattern).substr(0, pattern.size() - 2)
                                          : std::string_view(pattern);
        if (pattern == "*" || is_id(name)) continue;
        findings.add("bad-id", entry_mark(node, pattern),
                     fmt::format("`{}` is not an item name or pattern", shortened(pattern)),
                     "write an item's name, `prefix.*` or '*'");
    }
    return items;
}

BatchRule read_rule(const YamlNode& node, const Organization& organization,
                    DiagnosticSink& findings) {
    BatchRule rule;
    const Form form(node, "organization.batch.rule", findings);
    if (const auto* name = form.require("name"))
        rule.name = read_id(*name, "the name of a rule", findings).value_or("");
    if (const auto* items = form.require("items")) rule.items = read_items(*items, findings);
    const auto* duties = form.require("duties");
    if (!duties) return rule;
    std::vector<std::string> known;
    for (const auto& post : organization.posts)
        for (const auto& duty : post.duties) known.push_back(duty.text);
    for (auto& duty : read_texts_list(*duties, "`duties`", findings)) {
        if (std::find(known.begin(), known.end(), duty) == known.end())
            findings.add("duty-not-held", entry_mark(*duties, duty),
                         fmt::format("no post of the organization has the duty `{}`", duty),
                         suggestion(duty, known, findings));
        rule.duties.emplace_back(std::move(duty));
    }
    return rule;
}

}  // namespace

bool BatchRule::allows(const ItemId& item) const {
    return std::any_of(items.begin(), items.end(),
                       [&](const std::string& pattern) { return names(pattern, item); });
}

bool BatchRule::allows(const DutyId& duty) const {
    return std::find(duties.begin(), duties.end(), duty) != duties.end();
}

std::vector<BatchRule> read_batch_rules(const YamlNode& node, const Organization& organization,
                                        DiagnosticSink& findings) {
    std::vector<BatchRule> rules;
    const Form form(node, "organization.batch", findings);
    const auto* list = form.require("rules");
    if (!list) return rules;
    for (const auto* one : read_list(*list, "`rules`", findings)) {
        auto rule = read_rule(*one, organization, findings);
        const bool twice = std::any_of(rules.begin(), rules.end(), [&](const BatchRule& other) {
            return other.name == rule.name;
        });
        if (twice && !rule.name.empty())
            findings.add("listed-twice", one->mark,
                         fmt::format("two rules have the name `{}`", rule.name),
                         "give each rule its own name: the trail distinguishes rules by name");
        rules.push_back(std::move(rule));
    }
    return rules;
}

}  // namespace workflow::definition
