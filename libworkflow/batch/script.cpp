#include "script.hpp"

#include <array>

#include <fmt/format.h>

#include "../definition/loader.hpp"
#include "../definition/mistakes.hpp"
#include "../definition/readers.hpp"
#include "../definition/yaml_tree.hpp"
#include "keys.hpp"

namespace workflow::batch {
namespace {

using definition::ExpressionText;
using definition::Form;
using definition::YamlNode;

/// Reads the parts of a script whose expressions know `scope`.
class Reader {
public:
    Reader(Findings& findings, feel::Scope scope) : findings_(findings), scope_(std::move(scope)) {}

    feel::Expression expression(const ExpressionText& text,
                                const std::optional<feel::Type>& wanted = {}) {
        std::vector<feel::Mistake> mistakes;
        auto compiled = feel::compile(text.text, scope_, mistakes, wanted);
        definition::report_mistakes(std::move(mistakes), text, findings_);
        for (const auto slot : compiled.reads())
            reads_case_ = reads_case_ || slot + 2 >= scope_.names.size();
        return compiled;
    }

    feel::Expression condition(const Form& form) {
        const auto* node = form.find("when");
        const auto text =
            node ? definition::read_expression(*node, "`when`", findings_) : std::nullopt;
        if (!text) return {};
        feel::Type truth;
        truth.kind = feel::Kind::boolean;
        return expression(*text, truth);
    }

    /// A constant, or `=` and an expression.
    Given given(const YamlNode& node, std::string_view what) {
        Given result;
        if (node.kind == YamlNode::Kind::scalar && node.text.starts_with('=')) {
            auto mark = node.mark;
            ++mark.begin;
            result.expression = expression({node.text.substr(1), mark});
            result.there = static_cast<bool>(result.expression);
        } else if (const auto text = definition::read_text(node, what, findings_)) {
            result.constant = *text;
            result.there = true;
        }
        return result;
    }
    Given given(const Form& form, std::string_view key) {
        const auto* node = form.find(key);
        return node ? given(*node, fmt::format("`{}`", key)) : Given();
    }

    template <class Name>
    std::vector<std::pair<Name, Given>> mapping(const Form& form, std::string_view key) {
        std::vector<std::pair<Name, Given>> list;
        const auto* node = form.find(key);
        if (!node) return list;
        for (const auto& entry :
             definition::read_entries(*node, fmt::format("`{}`", key), findings_))
            list.emplace_back(Name(entry.key), given(entry.value, fmt::format("`{}`", entry.key)));
        return list;
    }

    OpenRule open(const YamlNode& node) {
        const Form form(node, keys::open, findings_);
        OpenRule rule;
        form.require("item");
        rule.item = given(form, "item");
        if (const auto* who = form.require("applicant")) {
            const Form applicant(*who, keys::applicant, findings_);
            applicant.require("person");
            rule.person = given(applicant, "person");
            rule.name = given(applicant, "name");
            rule.kind = given(applicant, "kind");
        }
        rule.channel = given(form, "channel");
        rule.hall = given(form, "hall");
        rule.at = given(form, "at");
        rule.by = given(form, "by");
        rule.fields = mapping<FieldId>(form, "fields");
        rule.materials = mapping<MaterialId>(form, "materials");
        return rule;
    }

    DutyRule duty(const std::string& name, const YamlNode& node) {
        const Form form(node, keys::duty, findings_);
        DutyRule rule;
        rule.name = name;
        const auto* by = form.find("by");
        if (by && by->text != "any") rule.by = given(*by, "`by`");
        rule.at = given(form, "at");
        const auto* outcomes = form.require("outcomes");
        if (!outcomes) return rule;
        for (const auto* entry : definition::read_list(*outcomes, "`outcomes`", findings_)) {
            const Form each(*entry, keys::outcome, findings_);
            OutcomeRule outcome;
            outcome.when = condition(each);
            if (const auto* id = each.require("outcome"))
                outcome.outcome =
                    OutcomeId(definition::read_text(*id, "`outcome`", findings_).value_or(""));
            outcome.reason = given(each, "reason");
            outcome.fields = mapping<FieldId>(each, "fields");
            outcome.materials = mapping<MaterialId>(each, "materials");
            rule.outcomes.push_back(std::move(outcome));
        }
        return rule;
    }

    std::optional<ApplicantRule> act(const Form& script, std::string_view key) {
        const auto* node = script.find(key);
        if (!node) return {};
        const Form form(*node, keys::act, findings_);
        ApplicantRule rule;
        rule.when = condition(form);
        rule.at = given(form, "at");
        rule.reason = given(form, "reason");
        rule.fields = mapping<FieldId>(form, "fields");
        rule.materials = mapping<MaterialId>(form, "materials");
        return rule;
    }

    [[nodiscard]] bool reads_case() const { return reads_case_; }

private:
    Findings& findings_;
    feel::Scope scope_;
    bool reads_case_ = false;
};

std::optional<Format> format_of(const std::filesystem::path& file) {
    const auto name = file.filename().string();
    if (name.ends_with(".csv")) return Format::csv;
    if (name.ends_with(".jsonl") || name.ends_with(".ndjson")) return Format::json_lines;
    if (name.ends_with(".xes") || name.ends_with(".xes.gz")) return Format::xes;
    return {};
}

feel::Scope scope_of(const std::vector<std::string>& columns) {
    feel::Scope scope;
    for (const auto& column : columns) scope.names.push_back({column, {}});
    feel::Type number;
    number.kind = feel::Kind::number;
    scope.names.push_back({"line", number});
    scope.names.push_back({"times", number});
    scope.names.push_back({"case", {}});
    scope.names.push_back({"materials", {}});
    return scope;
}

void read_input(const YamlNode& node, const std::filesystem::path& folder, Script& script,
                Findings& findings) {
    const Form form(node, keys::input, findings);
    if (const auto* file = form.require("file"))
        if (const auto text = definition::read_text(*file, "`file`", findings))
            script.input = folder / *text;
    static constexpr std::array<std::string_view, 3> words{"csv", "jsonl", "xes"};
    if (const auto* format = form.find("format")) {
        if (const auto word = definition::read_word(*format, "`format`", words, findings))
            script.format = static_cast<Format>(*word);
    } else if (const auto known = format_of(script.input)) {
        script.format = *known;
    } else if (!script.input.empty()) {
        findings.add("missing-key", node.mark, "the name of the file does not tell its format",
                     "add `format: csv`, `jsonl` or `xes`");
    }
}

}  // namespace

std::vector<std::string> case_columns() {
    return {"number", "item", "hall", "steps"};
}

std::optional<Opened> open_script(const std::filesystem::path& file, const std::string& other_input,
                                  Sources& sources, Findings& findings) {
    const auto texts = definition::read_texts({file}, sources, findings);
    if (texts.empty()) return {};
    const auto source = sources.add({texts.front().path, texts.front().content});
    const auto tree = definition::read_yaml(sources, source, findings);
    if (!tree) return {};
    const Form form(*tree, keys::script, findings);

    Opened opened;
    auto& script = opened.script;
    const auto folder = file.parent_path();
    if (const auto* name = form.require("batch"))
        script.name = definition::read_id(*name, "the name of a script", findings).value_or("");
    script.rejected = file.parent_path() / (file.stem().string() + ".rejected.csv");
    if (const auto* rejected = form.find("rejected"))
        if (const auto text = definition::read_text(*rejected, "`rejected`", findings))
            script.rejected = folder / *text;

    const auto* input = form.find("input");
    if (input) read_input(*input, folder, script, findings);
    if (!other_input.empty()) {
        script.input = other_input;
        if (const auto known = format_of(script.input)) script.format = *known;
    }
    if (const auto* cases = form.find("cases")) {
        if (input)
            findings.add("keys-exclude-each-other", form.key_mark("cases"),
                         "a script has `input` or `cases`, not both");
        const Form which(*cases, keys::cases, findings);
        if (const auto* item = which.find("item"))
            if (const auto id = definition::read_id(*item, "the item", findings))
                script.cases_item = ItemId(*id);
    } else if (!input && other_input.empty()) {
        findings.add("missing-key", form.mark(), "a script needs `input` or `cases`");
    }
    if (findings.has_errors()) return {};

    if (!script.input.empty()) opened.input = open_input(script.input, script.format);
    Reader reader(findings, scope_of(opened.input ? opened.input->columns() : case_columns()));
    if (input) {
        const Form keys_of_input(*input, keys::input, findings);
        if (const auto* key = keys_of_input.find("key"))
            if (const auto text = definition::read_expression(*key, "`key`", findings)) {
                script.key.expression = reader.expression(*text);
                script.key.there = static_cast<bool>(script.key.expression);
            }
    }
    if (opened.input) {
        if (const auto* open = form.require("open")) script.open = reader.open(*open);
    }
    if (const auto* duties = form.find("duties"))
        for (const auto& entry : definition::read_entries(*duties, "`duties`", findings))
            script.duties.push_back(reader.duty(entry.key, entry.value));
    script.supply = reader.act(form, "supply");
    script.withdraw = reader.act(form, "withdraw");
    script.reads_case = reader.reads_case();
    if (findings.has_errors()) return {};
    return opened;
}

}  // namespace workflow::batch
