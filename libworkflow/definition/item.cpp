// `item:` files.

#include "item.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "../crypto/digest.hpp"
#include "item_parts.hpp"
#include "limits.hpp"
#include "steps/reading.hpp"

namespace workflow::definition {

namespace {

constexpr std::array<std::string_view, 2> item_kinds{"instant", "committed"};
constexpr std::array<std::string_view, 2> applicants{"person", "enterprise"};
constexpr std::array<std::string_view, 6> channels{"window",   "web",      "mobile",
                                                   "terminal", "assisted", "auto"};
constexpr std::array<std::string_view, 3> ratings{"required", "optional", "none"};

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '.' || c == '_';
    });
}

std::vector<std::string> read_words(const Form& form, std::string_view key,
                                    std::span<const std::string_view> words, std::string fallback) {
    const auto* node = form.find(key);
    std::vector<std::string> list;
    if (!node) return {std::move(fallback)};
    for (const YamlNode* entry :
         read_list(*node, fmt::format("`{}`", key), form.findings(), true)) {
        const auto word = read_word(*entry, fmt::format("`{}`", key), words, form.findings());
        if (!word) continue;
        std::string text(words[*word]);
        if (std::find(list.begin(), list.end(), text) != list.end()) {
            form.findings().add("listed-twice", entry->mark,
                                fmt::format("`{}` is listed twice", text), "delete one");
        } else {
            list.push_back(std::move(text));
        }
    }
    if (node->kind == YamlNode::Kind::sequence && node->items.empty()) {
        form.findings().add("nothing-listed", node->mark, fmt::format("`{}` is empty", key),
                            "delete the key or add an entry");
    }
    return list;
}

void read_guide(const Form& form, Item& item) {
    DiagnosticSink& findings = form.findings();
    if (const auto* issues = form.find("issues"))
        item.issues = read_texts_list(*issues, "`issues`", findings, true);
    if (const auto* rating = form.find("rating"))
        item.rating =
            static_cast<Rating>(read_word(*rating, "`rating`", ratings, findings).value_or(1));
    if (const auto* basis = form.find("basis")) read_texts_list(*basis, "`basis`", findings, true);
    for (const std::string_view key : {"complaint", "retention"}) {
        if (const auto* text = form.find(key)) read_text(*text, fmt::format("`{}`", key), findings);
    }
}

/// Returns the item's own start, steps, on and separated, merged into those of its process, with
/// the parameters filled in.
std::optional<YamlNode> flow_of(const YamlNode& tree, const Form& form, Item& item,
                                References& references) {
    DiagnosticSink& findings = form.findings();
    YamlNode own;
    own.kind = YamlNode::Kind::mapping;
    own.mark = tree.mark;
    for (const YamlNode::Entry& entry : tree.entries) {
        const bool part = entry.key == "start" || entry.key == "steps" || entry.key == "on" ||
                          entry.key == "separated" || entry.key == "uses" ||
                          entry.key == "guarantees";
        if (part && (!entry.value.empty() || !entry.value.text.empty()))
            own.entries.push_back(entry);
    }
    const auto* process = form.find("process");
    const auto* with = form.find("with");
    if (!process) {
        if (with)
            findings.add("idle-key", form.key_mark("with"),
                         "`with` gives values to a process, but the item has no `process`",
                         "delete it or add `process`");
        for (const std::string_view key : {"start", "steps"}) {
            if (!tree.find(key) && !tree.find("process")) {
                findings.add("missing-key", form.key_mark("item"),
                             fmt::format("an item without `process` needs `{}`", key));
            }
        }
        fill_parameters(own, {}, nullptr, form.key_mark("item"), findings);
        return own;
    }
    const auto id = read_id(*process, "the name of a process", findings);
    const ResolvedProcess* resolved =
        id ? references.processes.resolve(*id, process->mark) : nullptr;
    if (!resolved) return std::nullopt;
    item.process = *id;
    item.sources.insert(item.sources.end(), resolved->sources.begin(), resolved->sources.end());
    YamlNode whole = resolved->tree;
    keep_guarantees(whole, own);
    overlay(whole, own, findings);
    const std::vector<Parameter> parameters = read_parameters(resolved->tree, findings);
    std::erase_if(whole.entries,
                  [](const YamlNode::Entry& entry) { return entry.key == "parameters"; });
    fill_parameters(whole, parameters, with, process->mark, findings);
    return whole;
}

StepReading reading_for(const Item& item, const References& references, DiagnosticSink& findings) {
    StepReading reading{findings, std::nullopt, std::nullopt};
    if (!item.id.empty()) {
        reading.fields.emplace();
        for (const Field& field : item.fields) reading.fields->push_back(field.id.text);
        std::sort(reading.fields->begin(), reading.fields->end());
    }
    if (references.organization) {
        reading.posts.emplace();
        for (const Post& post : references.organization->posts)
            reading.posts->push_back(post.id.text);
        std::sort(reading.posts->begin(), reading.posts->end());
    }
    return reading;
}

void check_members(const Item& item, const YamlNode& separated, const StepReading& reading,
                   DiagnosticSink& findings) {
    std::vector<std::string> known{"intake", "review", "issue"};
    for (const auto& [id, mark] : reading.seen) known.push_back(id);
    known.insert(known.end(), reading.duties.begin(), reading.duties.end());
    std::sort(known.begin(), known.end());
    for (const SeparatedGroup& group : item.separated) {
        for (const std::string& member : group.members) {
            if (std::binary_search(known.begin(), known.end(), member)) continue;
            findings.add("unknown-member", entry_mark(separated, member),
                         fmt::format("the item has neither a duty nor a step `{}`", member),
                         suggestion(member, known, findings));
        }
    }
}

/// Reads `modes:` of an item, which must be modes of the organization.
void read_offered(const YamlNode& node, Item& item, const References& references,
                  DiagnosticSink& findings) {
    for (const auto& name : read_texts_list(node, "`modes`", findings, true)) {
        const auto mark = entry_mark(node, name);
        item.modes.push_back({ModeId(name), mark});
        if (!references.organization || references.organization->mode(ModeId(name))) continue;
        std::vector<std::string> known;
        for (const auto& mode : references.organization->modes) known.push_back(mode.id.text);
        findings.add("unknown-mode", mark, fmt::format("the organization has no mode `{}`", name),
                     suggestion(name, known, findings));
    }
}

void read_used(const YamlNode& node, Item& item, const References& references,
               DiagnosticSink& findings) {
    for (const DecisionUse& use : read_uses(node, findings)) {
        const auto field = std::find_if(item.fields.begin(), item.fields.end(),
                                        [&](const auto& one) { return one.id.text == use.name; });
        if (field != item.fields.end()) {
            auto& finding = findings.add("defined-twice", use.name_mark,
                                         fmt::format("`{}` is also a field", use.name),
                                         "give the decision another name here");
            findings.relate(finding, field->mark, "the field");
        }
        item.uses.push_back(references.decisions.find(use, item.sources, findings));
    }
}

/// Returns the names of all steps that are written.
std::vector<std::string> read_flow(const YamlNode& flow, Item& item, const References& references,
                                   DiagnosticSink& findings) {
    StepReading reading = reading_for(item, references, findings);
    if (const auto* start = flow.find("start"); start && !start->empty()) {
        if (const auto target = read_target(*start, findings)) {
            item.start = target->step;
            item.start_mark = target->mark;
        }
    }
    if (const auto* uses = flow.find("uses"); uses && !uses->empty())
        read_used(*uses, item, references, findings);
    if (const auto* steps = flow.find("steps"); steps && !steps->empty())
        item.steps = read_steps(*steps, reading);
    if (const auto* on = flow.find("on"); on && !on->empty()) {
        const Form form(*on, "on", findings);
        if (const auto* withdraw = form.find("withdraw"))
            item.withdraw = read_target(*withdraw, findings);
    }
    if (const auto* separated = flow.find("separated"); separated && !separated->empty()) {
        item.separated = read_separated(*separated, findings);
        check_members(item, *separated, reading, findings);
    }
    item.separated.insert(item.separated.end(), reading.panels.begin(), reading.panels.end());
    if (const auto* guarantees = flow.find("guarantees"); guarantees && !guarantees->empty())
        item.guarantees = read_guarantees(*guarantees, findings);
    std::vector<std::string> steps;
    for (const auto& [id, mark] : reading.seen) steps.push_back(id);
    std::sort(steps.begin(), steps.end());
    return steps;
}

/// Returns SHA-256 over the contents, each preceded by its length as eight bytes, most significant
/// first.
Digest digest_of(const std::vector<std::uint32_t>& texts, const Sources& sources) {
    std::string all;
    for (const std::uint32_t index : texts) {
        const std::string_view text = sources.at(index).text();
        for (int shift = 56; shift >= 0; shift -= 8)
            all += static_cast<char>(text.size() >> static_cast<unsigned>(shift) & 0xFFU);
        all += text;
    }
    return sha256(all);
}

}  // namespace

std::vector<SeparatedGroup> read_separated(const YamlNode& node, DiagnosticSink& findings) {
    std::vector<SeparatedGroup> groups;
    for (const YamlNode* entry : read_list(node, "`separated`", findings)) {
        if (entry->kind != YamlNode::Kind::sequence) {
            findings.add("wrong-type", entry->mark, "`separated` must be a list of lists",
                         "write [[review, countersign]]");
            continue;
        }
        SeparatedGroup group{read_texts_list(*entry, "a separated group", findings), entry->mark};
        if (group.members.size() < 2 && entry->items.size() < 2) {
            findings.add("nothing-listed", entry->mark,
                         "a separated group must name at least two duties or steps");
        }
        groups.push_back(std::move(group));
    }
    return groups;
}

std::optional<Item> read_item(const YamlNode& tree, std::uint32_t source, const Sources& sources,
                              References& references, DiagnosticSink& findings) {
    const std::size_t errors = findings.errors();
    const Form form(tree, "item", findings);
    Item item;
    item.sources.push_back(source);
    item.mark = tree.mark;
    if (const auto* id = form.require("item")) {
        item.id = ItemId(read_id(*id, "the name of an item", findings).value_or(""));
        item.mark = id->mark;
    }
    if (const auto* revision = form.find("revision")) {
        item.revision = static_cast<std::uint32_t>(
            read_whole(*revision, "`revision`", 1, 1'000'000'000, findings).value_or(1));
    }
    item.code = item.id.text;
    if (const auto* code = form.find("code")) {
        item.code = read_text(*code, "`code`", findings).value_or(item.code);
        if (!is_code(item.code)) {
            findings.add(
                "bad-id", code->mark,
                "`code` may have only letters, digits, `-`, `.` and `_`, at most 64 characters",
                "change it: `code` is printed in every case number");
        }
    }
    if (const auto* title = form.require("title"))
        item.title = read_title(*title, findings).value_or(Title{});
    if (const auto* authority = form.find("authority"))
        item.authority = read_text(*authority, "`authority`", findings).value_or("");
    if (const auto* section = form.find("section")) {
        item.section = read_text(*section, "`section`", findings).value_or("");
        item.section_mark = section->mark;
    }
    if (const auto* kind = form.find("kind")) {
        item.kind = read_word(*kind, "`kind`", item_kinds, findings) == 0U ? ItemKind::instant
                                                                           : ItemKind::committed;
    }
    item.applicants = read_words(form, "applicant", applicants, "person");
    item.channels = read_words(form, "channels", channels, "window");
    if (const auto* modes = form.find("modes")) read_offered(*modes, item, references, findings);
    read_limits(form, item);
    if (const auto* calendars = form.find("calendar")) {
        const auto names = read_calendar_names(*calendars, findings);
        check_calendar_names(names, references, findings);
        for (const auto& name : names) item.calendars.push_back(name.id);
    }
    if (const auto* flag = form.find("no_application"))
        item.no_application = read_boolean(*flag, "`no_application`", findings).value_or(false);
    if (const auto* flag = form.find("zero_refusal"))
        item.zero_refusal = read_boolean(*flag, "`zero_refusal`", findings).value_or(false);
    if (const auto* fields = form.find("fields")) item.fields = read_fields(*fields, findings);
    if (const auto* materials = form.find("materials"))
        item.materials = read_materials(*materials, findings);
    read_guide(form, item);
    std::vector<std::string> steps;
    if (const auto flow = flow_of(tree, form, item, references))
        steps = read_flow(*flow, item, references, findings);
    if (findings.errors() != errors) {
        // The item is not compiled. An error in one step must not hide the errors in the targets of
        // others.
        check_targets(item, steps, findings);
        return std::nullopt;
    }
    item.digest = digest_of(item.sources, sources);
    return item;
}

void check_unused_process(const ProcessFile& file, const ResolvedProcess& resolved,
                          const References& references, DiagnosticSink& findings) {
    // The fields are declared by the items. Without an item, no field can be reported as unknown.
    YamlNode tree = resolved.tree;
    const std::vector<Parameter> parameters = read_parameters(resolved.tree, findings);
    fill_parameters(tree, parameters, nullptr, file.id_mark, findings, true);
    Item nobody;
    const auto steps = read_flow(tree, nobody, references, findings);
    check_targets(nobody, steps, findings);
}

}  // namespace workflow::definition
