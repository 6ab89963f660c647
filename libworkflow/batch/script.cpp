#include "script.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "../crypto/digest.hpp"
#include "../definition/loader.hpp"
#include "../definition/readers.hpp"
#include "../definition/yaml_tree.hpp"
#include "../shell/catalog_access.hpp"
#include "convert.hpp"
#include "keys.hpp"
#include "known_names.hpp"
#include "script_reader.hpp"

namespace workflow::batch {
namespace {

using definition::Form;
using definition::YamlNode;

std::optional<Format> format_of(const std::filesystem::path& file) {
    auto name = file.filename().string();
    if (name.ends_with(".gz")) name.resize(name.size() - 3);
    if (name.ends_with(".csv")) return Format::csv;
    if (name.ends_with(".jsonl") || name.ends_with(".ndjson")) return Format::json_lines;
    if (name.ends_with(".xes")) return Format::xes;
    return {};
}

void read_input(const YamlNode& node, const std::filesystem::path& folder, const std::string& other,
                Script& script, DiagnosticSink& findings) {
    const Form form(node, keys::input, findings);
    if (const auto* file = form.require("file"))
        if (const auto text = definition::read_text(*file, "`file`", findings))
            script.input = folder / *text;
    if (!other.empty()) script.input = other;
    static constexpr std::array<std::string_view, 3> words{"csv", "jsonl", "xes"};
    const auto known = format_of(script.input);
    if (const auto* format = form.find("format"); format && !(known && !other.empty())) {
        if (const auto word = definition::read_word(*format, "`format`", words, findings))
            script.format = static_cast<Format>(*word);
    } else if (known) {
        script.format = *known;
    } else if (!script.input.empty()) {
        findings.add("missing-key", node.mark, "the file's name does not indicate its format",
                     "add `format: csv`, `jsonl` or `xes`");
    }
    const auto* separator = form.find("separator");
    if (!separator) return;
    if (script.format != Format::csv)
        findings.add("idle-key", form.key_mark("separator"), "only CSV has a separator");
    else if (separator->text.size() != 1 || separator->text == "\"" || separator->text == "\n")
        findings.add("unknown-word", separator->mark,
                     "a separator must be one character other than a quote");
    else
        script.separator = separator->text.front();
}

void read_cases(const YamlNode& node, Script& script, DiagnosticSink& findings) {
    const Form form(node, keys::cases, findings);
    if (const auto* item = form.find("item"))
        if (const auto id = definition::read_id(*item, "the item", findings))
            script.cases_item = ItemId(*id);
    if (const auto* status = form.find("status"))
        if (const auto text = definition::read_text(*status, "`status`", findings))
            script.cases_status = *text;
}

/// Reads the types of the columns. Names known only to the script become columns of nulls.
std::vector<CellType> read_columns(const Form* form, bool fixed, Script& script,
                                   DiagnosticSink& findings) {
    static constexpr std::array<std::string_view, 6> words{"any",     "string", "number",
                                                           "boolean", "date",   "date and time"};
    const bool strings = !script.input.empty() && script.format == Format::csv;
    std::vector<CellType> types(script.columns.size(), strings ? CellType::string : CellType::any);
    const auto* node = form ? form->find("columns") : nullptr;
    if (!node) return types;
    for (const auto& entry : definition::read_entries(*node, "`columns`", findings)) {
        const auto word =
            definition::read_word(entry.value, "the type of a column", words, findings);
        if (!word) continue;
        const auto found = std::find(script.columns.begin(), script.columns.end(), entry.key);
        const auto index = static_cast<std::size_t>(found - script.columns.begin());
        if (found == script.columns.end()) {
            if (fixed) {
                report_unknown("unknown-word",
                               fmt::format("the input has no column `{}`", entry.key), entry.key,
                               entry.key_mark, script.columns, findings);
                continue;
            }
            script.columns.push_back(entry.key);
            types.push_back(CellType::any);
        }
        types[index] = static_cast<CellType>(*word);
    }
    for (std::size_t i = 0; i < types.size(); ++i)
        if (types[i] != CellType::any && !(strings && types[i] == CellType::string))
            script.typed.emplace_back(i, types[i]);
    return types;
}

/// Returns the script's item if it is a constant. Adds a finding when the catalog does not have it.
std::optional<ItemId> constant_item(const Form& form, const Script& script, const Catalog& catalog,
                                    DiagnosticSink& findings) {
    const YamlNode* node = nullptr;
    for (const char* key : {"open", "cases"})
        if (const auto* part = form.find(key)) node = part->find("item");
    if (!node || node->kind != YamlNode::Kind::scalar || node->text.starts_with('=')) return {};
    const ItemId item(node->text);
    if (compiled(catalog).process(item)) return item;
    std::vector<std::string> known;
    for (const auto& id : catalog.items()) known.push_back(id.text);
    report_unknown("unknown-word", fmt::format("the catalog has no item `{}`", item.text),
                   item.text, node->mark, known, findings);
    return script.cases_item;
}

void read_rules(const Form& form, ScriptReader& reader, Script& script, DiagnosticSink& findings) {
    if (!script.input.empty())
        if (const auto* open = form.require("open")) script.open = reader.open(*open);
    if (script.input.empty() && form.find("open"))
        findings.add("keys-exclude-each-other", form.key_mark("open"),
                     "cases of the store are already open");
    if (const auto* duties = form.find("duties"))
        for (const auto& entry : definition::read_entries(*duties, "`duties`", findings))
            script.duties.push_back(reader.duty(entry));
    if (const auto* supply = form.find("supply")) {
        if (supply->kind == YamlNode::Kind::mapping)
            script.supply.push_back(reader.supply(*supply));
        else
            for (const auto* each : definition::read_list(*supply, "`supply`", findings))
                script.supply.push_back(reader.supply(*each));
    }
    if (const auto* withdraw = form.find("withdraw")) script.withdraw = reader.withdraw(*withdraw);
    if (const auto* advance = form.find("advance"))
        script.advance = definition::read_boolean(*advance, "`advance`", findings).value_or(false);
}

/// A script may come from somebody else than the command line: its output stays beside it.
std::filesystem::path beside_script(const std::filesystem::path& folder,
                                    const std::filesystem::path& named, const Mark& mark,
                                    DiagnosticSink& findings) {
    const auto way = named.lexically_normal();
    if (named.is_absolute() || way.empty() || *way.begin() == ".." || !way.has_filename())
        findings.add("unknown-word", mark,
                     "rejected rows must go to a file in the script's folder, without `..`",
                     "use --rejected for a file elsewhere");
    return folder / way;
}

}  // namespace

std::vector<std::string> case_columns() {
    return {"number", "item", "hall", "status", "steps", "opened"};
}

std::optional<Opened> open_script(const std::filesystem::path& file, const std::string& other_input,
                                  const Catalog& catalog, Sources& sources,
                                  DiagnosticSink& findings) {
    const auto texts = definition::read_texts({file}, sources, findings);
    if (texts.empty()) return {};
    const auto source = sources.add({texts.front().path, texts.front().content});
    const auto tree = definition::read_yaml(sources, source, findings);
    if (!tree) return {};
    const Form form(*tree, keys::script, findings);
    if (!form.is_mapping()) return {};

    Opened opened;
    auto& script = opened.script;
    script.digest = sha256(texts.front().content);
    const auto folder = file.parent_path();
    if (const auto* name = form.require("batch"))
        script.name = definition::read_id(*name, "the name of a script", findings).value_or("");
    if (const auto* title = form.find("title")) (void)definition::read_title(*title, findings);
    script.rejected = folder / (file.stem().string() + ".rejected.csv");
    if (const auto* rejected = form.find("rejected"))
        if (const auto text = definition::read_text(*rejected, "`rejected`", findings))
            script.rejected = beside_script(folder, *text, rejected->mark, findings);

    const auto* input = form.find("input");
    const auto* cases = form.find("cases");
    if (input && cases)
        findings.add("keys-exclude-each-other", form.key_mark("cases"),
                     "a script has `input` or `cases`, not both");
    if (!input && !cases)
        findings.add("missing-key", form.mark(), "a script requires `input` or `cases`");
    if (input) read_input(*input, folder, other_input, script, findings);
    if (cases) read_cases(*cases, script, findings);
    const auto item = constant_item(form, script, catalog, findings);
    if (findings.has_errors()) return {};

    if (input) {
        opened.input = script.format == Format::csv ? open_csv(script.input, script.separator)
                       : script.format == Format::json_lines ? open_json_lines(script.input)
                                                             : open_xes(script.input);
    }
    script.columns = opened.input ? opened.input->columns() : case_columns();
    std::optional<Form> rows;
    if (input) rows.emplace(*input, keys::input, findings);
    if (cases) rows.emplace(*cases, keys::cases, findings);
    const auto types =
        read_columns(input ? &*rows : nullptr, script.format == Format::csv, script, findings);
    const KnownNames known(catalog, item);
    ScriptReader reader(script.columns, types, form.find("let"), known, findings);
    script.lets = reader.take_lets();
    if (const auto* key = input ? rows->find("key") : nullptr) {
        script.key.expression = reader.expression(*key, "`key`");
        script.key.there = true;
    }
    script.only = reader.condition(*rows, "only");
    read_rules(form, reader, script, findings);
    script.reads = reader.reads();
    if (findings.has_errors()) return {};
    return opened;
}

}  // namespace workflow::batch
