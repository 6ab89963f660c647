#include "script_reader.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "../decision/texts.hpp"
#include "../feel/type_rules.hpp"
#include "convert.hpp"
#include "keys.hpp"

namespace workflow::batch {

using definition::ExpressionText;
using definition::Form;
using definition::YamlNode;

namespace {

feel::Type type_of(CellType type) {
    switch (type) {
        case CellType::any:
            return {};
        case CellType::string:
            return feel::of(feel::Kind::string);
        case CellType::number:
            return feel::of(feel::Kind::number);
        case CellType::boolean:
            return feel::of(feel::Kind::boolean);
        case CellType::date:
            return feel::of(feel::Kind::date);
        case CellType::date_time:
            return feel::of(feel::Kind::date_time);
    }
    return {};
}

bool is_expression(const YamlNode& node) {
    return node.kind == YamlNode::Kind::scalar && node.text.starts_with('=');
}

}  // namespace

ScriptReader::ScriptReader(const std::vector<std::string>& columns,
                           const std::vector<CellType>& types, const YamlNode* let,
                           const KnownNames& known, DiagnosticSink& findings)
    : known_(known), findings_(findings) {
    for (std::size_t i = 0; i < columns.size(); ++i)
        scope_.names.push_back({columns[i], type_of(types[i])});
    first_extra_ = std::numeric_limits<std::size_t>::max();  // a `let` may use only the row
    if (let) read_lets(*let);
    first_extra_ = scope_.names.size();
    // In the order of Extra.
    scope_.names.push_back({"line", feel::of(feel::Kind::number)});
    scope_.names.push_back({"times", feel::of(feel::Kind::number)});
    scope_.names.push_back({"case", known.fields_type()});
    scope_.names.push_back({"materials", known.materials_type()});
    scope_.names.push_back({"officer", feel::of(feel::Kind::string)});
    scope_.names.push_back({"last", feel::of(feel::Kind::date_time)});
}

void ScriptReader::read_lets(const YamlNode& node) {
    for (const auto& entry : definition::read_entries(node, "`let`", findings_)) {
        if (!definition::is_field_name(entry.key)) {
            findings_.add("bad-id", entry.key_mark,
                          fmt::format("`{}` cannot be a name in expressions", entry.key),
                          "a name has letters, digits and `_`, and begins with a letter");
            continue;
        }
        for (const auto& name : scope_.names)
            if (name.name == entry.key)
                findings_.add("defined-twice", entry.key_mark,
                              fmt::format("a column is already named `{}`", entry.key));
        lets_.push_back(expression(entry.value, fmt::format("`{}`", entry.key)));
        scope_.names.push_back({entry.key, lets_.back().type()});
    }
}

feel::Expression ScriptReader::compile(const ExpressionText& text,
                                       const std::optional<feel::Type>& wanted) {
    std::vector<feel::Mistake> mistakes;
    auto compiled = feel::compile(text.text, scope_, mistakes, {.wanted = wanted});
    decision::report_mistakes(std::move(mistakes), text, findings_);
    for (const auto slot : compiled.reads())
        if (slot >= first_extra_) reads_[slot - first_extra_] = true;
    return compiled;
}

feel::Expression ScriptReader::expression(const YamlNode& node, std::string_view what) {
    const auto text = definition::read_expression(node, what, findings_);
    return text ? compile(*text) : feel::Expression();
}

feel::Expression ScriptReader::condition(const Form& form, std::string_view key) {
    const auto* node = form.find(key);
    if (!node) return {};
    if (is_expression(*node)) {
        findings_.add("expression-syntax", node->mark,
                      fmt::format("`{}` is always an expression", key),
                      "leave out the `=` at its beginning");
        return {};
    }
    const auto text = definition::read_expression(*node, fmt::format("`{}`", key), findings_);
    return text ? compile(*text, feel::of(feel::Kind::boolean)) : feel::Expression();
}

/// Reads a constant, or `=` and an expression.
Given ScriptReader::given(const YamlNode& node, std::string_view what) {
    Given result;
    if (is_expression(node)) {
        auto mark = node.mark;
        ++mark.begin;
        result.expression = compile({node.text.substr(1), mark});
        result.there = static_cast<bool>(result.expression);
    } else if (const auto text = definition::read_text(node, what, findings_)) {
        result.constant = *text;
        result.there = true;
    }
    return result;
}

Given ScriptReader::given(const Form& form, std::string_view key) {
    const auto* node = form.find(key);
    return node ? given(*node, fmt::format("`{}`", key)) : Given();
}

Given ScriptReader::at(const Form& form, std::string_view key) {
    const auto* node = form.find(key);
    if (!node) return {};
    auto result = given(*node, fmt::format("`{}`", key));
    if (!result.there || result.expression || instant_of(result.constant, UtcOffset{}))
        return result;
    findings_.add("bad-date", node->mark,
                  fmt::format("`{}` is not a date or moment", text_of(result.constant)),
                  fmt::format("a column is written `{}: ={}`", key, text_of(result.constant)));
    return {};
}

/// Absent: any officer who may.
Given ScriptReader::by(const Form& form) {
    const auto* node = form.find("by");
    if (!node || node->text == "any") return {};
    auto result = given(*node, "`by`");
    if (result.there && !result.expression)
        known_.officer(text_of(result.constant), node->mark, findings_);
    return result;
}

GivenFields ScriptReader::fields(const Form& form) {
    GivenFields list;
    const auto* node = form.find("fields");
    if (!node) return list;
    for (const auto& entry : definition::read_entries(*node, "`fields`", findings_)) {
        auto value = given(entry.value, fmt::format("`{}`", entry.key));
        const auto* field = known_.field(entry.key, entry.key_mark, findings_);
        if (field && known_.one_item() && value.there && !value.expression) {
            value.constant = as_field(*field, std::move(value.constant));
            const bool text_left = value.constant.as<std::string>() != nullptr;
            if (text_left && field->type != definition::FieldType::string)
                findings_.add(
                    "bad-default", entry.value.mark,
                    fmt::format("`{}` is not a value of the field `{}`", entry.value.text,
                                entry.key),
                    fmt::format("a column is written `{}: ={}`", entry.key, entry.value.text));
        }
        list.emplace_back(FieldId(entry.key), std::move(value));
    }
    return list;
}

GivenMaterials ScriptReader::materials(const Form& form) {
    static const std::vector<std::string> words{"true", "false", "provided", "committed",
                                                "missing"};
    GivenMaterials list;
    const auto* node = form.find("materials");
    if (!node) return list;
    for (const auto& entry : definition::read_entries(*node, "`materials`", findings_)) {
        known_.material(entry.key, entry.key_mark, findings_);
        auto value = given(entry.value, fmt::format("`{}`", entry.key));
        const auto word = text_of(value.constant);
        if (value.there && !value.expression &&
            std::find(words.begin(), words.end(), word) == words.end())
            report_unknown("unknown-word", fmt::format("a material is not `{}`", word), word,
                           entry.value.mark, words, findings_);
        list.emplace_back(MaterialId(entry.key), std::move(value));
    }
    return list;
}

/// Reads mode, agent and recusals.
void ScriptReader::circumstances(const Form& form, OpenRule& rule) {
    rule.mode = given(form, "mode");
    if (rule.mode.there && !rule.mode.expression)
        known_.mode(text_of(rule.mode.constant), form.find("mode")->mark, findings_);
    rule.appointment = at(form, "appointment");
    if (const auto* who = form.find("agent")) {
        const Form agent(*who, keys::agent, findings_);
        agent.require("person");
        rule.agent_person = given(agent, "person");
        rule.agent_name = given(agent, "name");
    }
    const auto* recused = form.find("recused");
    if (!recused) return;
    for (const auto* each : definition::read_list(*recused, "`recused`", findings_, true)) {
        rule.recused.push_back(given(*each, "an officer"));
        const auto& officer = rule.recused.back();
        if (!officer.there || officer.expression) continue;
        if (const auto request = parse_recusal(text_of(officer.constant)))
            known_.officer(request->officer.text, each->mark, findings_);
        else
            findings_.add("unknown-word", each->mark,
                          "`recused` requires an officer, a ground and a reason",
                          "write it `'zhao=kin: a cousin'`");
    }
}

OpenRule ScriptReader::open(const YamlNode& node) {
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
        if (rule.kind.there && !rule.kind.expression)
            known_.applicant_kind(text_of(rule.kind.constant), applicant.find("kind")->mark,
                                  findings_);
    }
    rule.channel = given(form, "channel");
    if (rule.channel.there && !rule.channel.expression)
        known_.channel(text_of(rule.channel.constant), form.find("channel")->mark, findings_);
    rule.hall = given(form, "hall");
    if (rule.hall.there && !rule.hall.expression)
        known_.hall(text_of(rule.hall.constant), form.find("hall")->mark, findings_);
    rule.at = at(form);
    rule.by = given(form, "by");
    if (rule.by.there && !rule.by.expression)
        known_.officer(text_of(rule.by.constant), form.find("by")->mark, findings_);
    circumstances(form, rule);
    rule.fields = fields(form);
    rule.materials = materials(form);
    return rule;
}

std::optional<OutcomeRule> ScriptReader::outcome(const YamlNode& node, const std::string& rule,
                                                 bool last) {
    const Form form(node, keys::outcome, findings_);
    if (!form.is_mapping()) return {};
    OutcomeRule outcome;
    outcome.when = condition(form, "when");
    const auto* otherwise = form.find("otherwise");
    if (otherwise && (form.find("outcome") || form.find("when")))
        findings_.add("keys-exclude-each-other", form.key_mark("otherwise"),
                      "`otherwise` excludes `when` and `outcome`");
    if (otherwise && !last)
        findings_.add("otherwise-not-last", form.key_mark("otherwise"),
                      "outcomes after `otherwise` are never taken", "put it last");
    const auto* id = otherwise ? otherwise : form.require("outcome");
    if (!id) return {};
    const auto name = definition::read_text(*id, "`outcome`", findings_);
    if (!name) return {};
    known_.outcome(rule, *name, id->mark, findings_);
    outcome.outcome = OutcomeId(*name);
    outcome.reason = given(form, "reason");
    outcome.by = by(form);
    outcome.at = at(form);
    outcome.fields = fields(form);
    outcome.materials = materials(form);
    return outcome;
}

DutyRule ScriptReader::duty(const YamlNode::Entry& entry) {
    known_.duty_or_step(entry.key, entry.key_mark, findings_);
    const Form form(entry.value, keys::duty, findings_);
    DutyRule rule;
    rule.name = entry.key;
    const auto by_whom = by(form);
    const auto when = at(form);
    const auto* outcomes = form.require("outcomes");
    if (!outcomes) return rule;
    const auto list = definition::read_list(*outcomes, "`outcomes`", findings_);
    for (const auto* each : list) {
        auto read = outcome(*each, rule.name, each == list.back());
        if (!read) continue;
        if (!each->find("by")) read->by = by_whom;
        if (!each->find("at")) read->at = when;
        rule.outcomes.push_back(std::move(*read));
    }
    return rule;
}

ApplicantRule ScriptReader::supply(const YamlNode& node) {
    const Form form(node, keys::supply, findings_);
    ApplicantRule rule;
    rule.when = condition(form, "when");
    rule.at = at(form);
    rule.fields = fields(form);
    rule.materials = materials(form);
    return rule;
}

ApplicantRule ScriptReader::withdraw(const YamlNode& node) {
    const Form form(node, keys::withdraw, findings_);
    ApplicantRule rule;
    rule.when = condition(form, "when");
    rule.at = at(form);
    rule.reason = given(form, "reason");
    return rule;
}

}  // namespace workflow::batch
