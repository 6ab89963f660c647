#include "process_tree.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include <fmt/format.h>

#include <workflow/values.hpp>

namespace workflow::definition {

namespace {

constexpr std::array<std::string_view, 6> types{"duration", "text", "number",
                                                "post",     "seal", "boolean"};

/// Returns the inherited parts of a process file. Marks still refer to the file.
YamlNode inherited_parts(const YamlNode& tree) {
    YamlNode parts;
    parts.kind = YamlNode::Kind::mapping;
    parts.mark = tree.mark;
    for (const YamlNode::Entry& entry : tree.entries) {
        for (const std::string_view key :
             {"parameters", "start", "steps", "on", "separated", "uses", "guarantees"}) {
            if (entry.key == key && !(entry.value.empty() && entry.value.text.empty()))
                parts.entries.push_back(entry);
        }
    }
    return parts;
}

void remove(YamlNode& tree, std::string_view key) {
    std::erase_if(tree.entries, [&](const YamlNode::Entry& entry) { return entry.key == key; });
}

/// Returns whether the value has the type of the parameter; reports a finding if not.
bool fits(const YamlNode& value, const Parameter& parameter, DiagnosticSink& findings) {
    const auto wrong = [&](std::string_view wanted, std::string hint = {}) {
        auto& finding = findings.add(
            "bad-parameter", value.mark,
            fmt::format("the parameter `{}` must be {}", parameter.name, wanted), std::move(hint));
        if (!(parameter.mark == value.mark))
            findings.relate(finding, parameter.mark, "declared here");
        return false;
    };
    if (value.kind != YamlNode::Kind::scalar)
        return wrong(
            fmt::format("a {}, not a mapping or list", types[std::size_t(parameter.type)]));
    switch (parameter.type) {
        case Parameter::Type::duration: {
            std::string why;
            return parse_limit(value.text, why) ? true : wrong("a duration", why);
        }
        case Parameter::Type::number:
            return parse_decimal(value.text) ? true : wrong("a number");
        case Parameter::Type::boolean:
            return value.plain && (value.text == "true" || value.text == "false")
                       ? true
                       : wrong("true or false");
        case Parameter::Type::post:
            return is_id(value.text) ? true : wrong("the name of a post");
        case Parameter::Type::text:
        case Parameter::Type::seal:
            return value.text.empty() ? wrong("not empty") : true;
    }
    return true;
}

}  // namespace

void Processes::add(ProcessFile file) {
    std::string id = file.id;
    entries_.emplace(std::move(id), Entry{std::move(file), std::nullopt});
}

const ResolvedProcess* Processes::resolve(const std::string& id, Mark mark) {
    const auto found = entries_.find(id);
    if (found == entries_.end()) {
        std::vector<std::string> known;
        for (const auto& [name, entry] : entries_) known.push_back(name);
        std::string hint = suggestion(id, known, *findings_);
        if (hint.empty() && known.empty()) hint = "load the file of the process as well";
        findings_->add("unknown-process", mark, fmt::format("no process is named `{}`", id), hint);
        return nullptr;
    }
    Entry& entry = found->second;
    entry.used = true;
    if (entry.open) {
        auto& finding = findings_->add("process-cycle", mark,
                                       fmt::format("the process `{}` is based on itself", id),
                                       "give one process of the cycle its own `start` and `steps`");
        findings_->relate(finding, entry.file.id_mark, "the process");
        return nullptr;
    }
    if (!entry.done) {
        entry.done = true;
        entry.open = true;
        entry.resolved = build(entry.file);
        entry.open = false;
    }
    return entry.resolved ? &*entry.resolved : nullptr;
}

std::optional<ResolvedProcess> Processes::build(const ProcessFile& file) {
    const Form form(file.tree, "process", *findings_);
    if (const auto* title = form.find("title")) read_title(*title, *findings_);
    ResolvedProcess resolved{inherited_parts(file.tree), {file.source}};
    if (const auto* base = form.find("based on")) {
        const auto id = read_id(*base, "the name of a process", *findings_);
        const ResolvedProcess* below = id ? resolve_base(*id, base->mark) : nullptr;
        if (!below) return {};
        YamlNode tree = below->tree;
        keep_guarantees(tree, resolved.tree);
        overlay(tree, resolved.tree, *findings_);
        resolved.tree = std::move(tree);
        resolved.sources.insert(resolved.sources.end(), below->sources.begin(),
                                below->sources.end());
    }
    bool whole = true;
    for (const std::string_view key : {"start", "steps"}) {
        if (resolved.tree.find(key)) continue;
        if (file.tree.find(key)) continue;  // without a value: reported
        findings_->add("missing-key", file.id_mark,
                       fmt::format("the process `{}` needs `{}`", file.id, key));
        whole = false;
    }
    return whole ? std::optional(std::move(resolved)) : std::nullopt;
}

const ResolvedProcess* Processes::resolve_base(const std::string& id, Mark mark) {
    constexpr int deepest = 32;
    if (depth_ >= deepest) {
        findings_->add("too-deep", mark,
                       fmt::format("more than {} processes are based on each other", deepest));
        return nullptr;
    }
    ++depth_;
    const ResolvedProcess* resolved = resolve(id, mark);
    --depth_;
    return resolved;
}

void Processes::resolve_rest() {
    for (const auto& [id, entry] : entries_) {
        if (!entry.done) resolve(id, entry.file.id_mark);
    }
}

std::vector<const ProcessFile*> Processes::unused() const {
    std::unordered_set<std::string_view> bases;
    for (const auto& [id, entry] : entries_) {
        if (const auto* base = entry.file.tree.find("based on")) bases.insert(base->text);
    }
    std::vector<const ProcessFile*> list;
    for (const auto& [id, entry] : entries_) {
        if (!entry.used && !bases.contains(id)) list.push_back(&entry.file);
    }
    return list;
}

void keep_guarantees(const YamlNode& tree, YamlNode& over) {
    const auto* kept = tree.find("guarantees");
    if (!kept || kept->kind != YamlNode::Kind::sequence) return;
    for (YamlNode::Entry& entry : over.entries)
        if (entry.key == "guarantees" && entry.value.kind == YamlNode::Kind::sequence)
            entry.value.items.insert(entry.value.items.begin(), kept->items.begin(),
                                     kept->items.end());
}

void overlay(YamlNode& tree, const YamlNode& over, DiagnosticSink& findings) {
    if (over.kind != YamlNode::Kind::mapping || tree.kind != YamlNode::Kind::mapping) {
        tree = over;
        return;
    }
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < tree.entries.size(); ++i) places.emplace(tree.entries[i].key, i);
    std::vector<std::string> gone;
    std::vector<const YamlNode::Entry*> added;
    for (const YamlNode::Entry& entry : over.entries) {
        const auto place = places.find(entry.key);
        const bool there = place != places.end();
        if (entry.value.empty() && !entry.value.text.empty()) {
            if (there) {
                gone.push_back(entry.key);
            } else {
                std::vector<std::string> known;
                for (const YamlNode::Entry& own : tree.entries) known.push_back(own.key);
                findings.add("idle-key", entry.key_mark,
                             fmt::format("there is no `{}` here to remove", entry.key),
                             suggestion(entry.key, known, findings));
            }
            continue;
        }
        if (there) {
            YamlNode::Entry& own = tree.entries[place->second];
            if (own.value.kind != YamlNode::Kind::mapping ||
                entry.value.kind != YamlNode::Kind::mapping)
                own.key_mark = entry.key_mark;
            overlay(own.value, entry.value, findings);
        } else {
            added.push_back(&entry);
        }
        if (entry.key == "pool" && places.contains("post") && !over.find("post"))
            gone.emplace_back("post");
        if (entry.key == "post" && places.contains("pool") && !over.find("pool"))
            gone.emplace_back("pool");
    }
    for (const YamlNode::Entry* entry : added) tree.entries.push_back(*entry);
    for (const std::string& key : gone) remove(tree, key);
}

std::vector<Parameter> read_parameters(const YamlNode& tree, DiagnosticSink& findings) {
    std::vector<Parameter> list;
    const auto* parameters = tree.find("parameters");
    if (!parameters || parameters->empty()) return list;
    for (const YamlNode::Entry& entry : read_entries(*parameters, "`parameters`", findings)) {
        check_id(entry.key, entry.key_mark, "the name of a parameter", findings);
        const Form form(entry.value, "process.parameter", findings);
        Parameter parameter{entry.key, Parameter::Type::text, nullptr, entry.key_mark};
        const auto* type = form.require("type");
        const auto word =
            type ? read_word(*type, "a parameter's type", types, findings) : std::nullopt;
        if (word) parameter.type = static_cast<Parameter::Type>(*word);
        if (const auto* initial = form.find("default")) {
            // A default that does not fit is reported once, here, and not again where it is used.
            if (word) fits(*initial, parameter, findings);
            parameter.initial = initial;
        }
        list.push_back(parameter);
    }
    return list;
}

namespace {

struct Filling {
    std::unordered_map<std::string, const YamlNode*> values;  // nullptr: known, but without a value
    std::vector<std::string> names;
    DiagnosticSink& findings;
    bool any_declared;

    void fill(YamlNode& node) {
        for (YamlNode& item : node.items) fill(item);
        for (YamlNode::Entry& entry : node.entries) fill(entry.value);
        if (!unfilled(node)) return;
        const std::string name = node.text.substr(1);
        const auto found = values.find(name);
        if (found == values.end()) {
            std::string hint = suggestion(name, names, findings);
            if (hint.empty())
                hint = any_declared ? "declare it under the process's `parameters`"
                                    : "declare it under a process's `parameters`; a text that "
                                      "begins with = needs quotes";
            findings.add("unknown-parameter", node.mark,
                         fmt::format("there is no parameter `{}`", name), hint);
        } else if (found->second) {
            node = *found->second;
        }
    }
};

}  // namespace

void fill_parameters(YamlNode& tree, const std::vector<Parameter>& parameters, const YamlNode* with,
                     Mark user, DiagnosticSink& findings, bool abstract) {
    Filling filling{{}, {}, findings, !parameters.empty()};
    for (const Parameter& parameter : parameters) {
        filling.names.push_back(parameter.name);
        filling.values.emplace(parameter.name, parameter.initial);
    }
    std::unordered_set<std::string_view> given;
    if (with && with->kind == YamlNode::Kind::mapping) {
        for (const YamlNode::Entry& entry : with->entries) {
            const auto parameter =
                std::find_if(parameters.begin(), parameters.end(),
                             [&](const Parameter& one) { return one.name == entry.key; });
            if (parameter == parameters.end()) {
                findings.add("unknown-parameter", entry.key_mark,
                             fmt::format("the process has no parameter `{}`", entry.key),
                             suggestion(entry.key, filling.names, findings));
                continue;
            }
            given.insert(entry.key);
            if (entry.value.empty()) {
                findings.add("missing-parameter", entry.key_mark,
                             fmt::format("the parameter `{}` has no value", entry.key));
            } else {
                filling.values[entry.key] =
                    fits(entry.value, *parameter, findings) ? &entry.value : nullptr;
            }
        }
    } else if (with) {
        findings.add("wrong-type", with->mark,
                     "`with` must be a mapping from parameters to their values");
    }
    for (const Parameter& parameter : parameters) {
        if (abstract || given.contains(parameter.name) || parameter.initial) continue;
        auto& finding = findings.add(
            "missing-parameter", user,
            fmt::format("the parameter `{}` of the process has no value", parameter.name),
            fmt::format("add it under `with`: {{{}: ...}}", parameter.name));
        findings.relate(finding, parameter.mark, "declared here");
    }
    filling.fill(tree);
}

}  // namespace workflow::definition
