// `fields:` and `materials:` of an item.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "item_parts.hpp"

namespace workflow::definition {

namespace {

constexpr std::array<std::string_view, 5> field_types{"string", "number", "boolean", "date",
                                                      "strings"};
constexpr std::array<std::string_view, 4> material_sources{"applicant", "shared", "commitment",
                                                           "later"};

std::optional<Value> default_of(const YamlNode& node, const Field& field,
                                DiagnosticSink& findings) {
    const auto wrong = [&](std::string_view wanted) -> std::optional<Value> {
        findings.add("bad-default", node.mark,
                     fmt::format("the default of `{}` is not {}", field.id.text, wanted));
        return std::nullopt;
    };
    if (unfilled(node)) return std::nullopt;
    if (field.type == FieldType::strings) {
        if (node.kind != YamlNode::Kind::sequence) return wrong("a list of texts");
        List list;
        for (const YamlNode& item : node.items) {
            if (item.kind != YamlNode::Kind::scalar) return wrong("a list of texts");
            list.emplace_back(item.text);
        }
        return Value(std::move(list));
    }
    if (node.kind != YamlNode::Kind::scalar)
        return wrong(fmt::format("a {}", field_types[std::size_t(field.type)]));
    switch (field.type) {
        case FieldType::string: {
            const auto& values = field.values;
            if (!values.empty() &&
                std::find(values.begin(), values.end(), node.text) == values.end())
                return wrong("one of its values");
            return Value(node.text);
        }
        case FieldType::number: {
            const auto number = node.plain ? parse_decimal(node.text) : std::nullopt;
            return number ? std::optional<Value>(*number) : wrong("a number");
        }
        case FieldType::boolean:
            if (node.plain && node.text == "true") return Value(true);
            if (node.plain && node.text == "false") return Value(false);
            return wrong("true or false");
        case FieldType::date: {
            const auto date = parse_date(node.text);
            return date ? std::optional<Value>(*date) : wrong("a date such as 2026-03-02");
        }
        case FieldType::strings:
            break;
    }
    return std::nullopt;
}

/// Reads `from:`: the applicant, `computed`, or duties and steps.
void read_origin(const YamlNode& node, Field& field, DiagnosticSink& findings) {
    field.origin_mark = node.mark;
    const auto names = read_texts_list(node, "`from`", findings, true);
    for (const auto& name : names) {
        if (name != "applicant" && name != "computed") {
            field.performers.push_back({name, entry_mark(node, name)});
            continue;
        }
        if (names.size() > 1) {
            findings.add("keys-exclude-each-other", entry_mark(node, name),
                         fmt::format("`{}` cannot be combined with other names in `from`", name),
                         "name one origin: `applicant`, `computed`, or duties and steps");
            return;
        }
        field.origin = name == "applicant" ? FieldOrigin::applicant : FieldOrigin::computed;
    }
    if (!field.performers.empty()) field.origin = FieldOrigin::performers;
}

Field read_field(const YamlNode::Entry& entry, DiagnosticSink& findings) {
    Field field;
    field.id = FieldId(entry.key);
    field.mark = entry.key_mark;
    field.title.en = entry.key;
    if (!is_field_name(entry.key)) {
        findings.add("bad-id", entry.key_mark,
                     fmt::format("`{}` cannot be the name of a field", entry.key),
                     "use letters, Chinese characters, digits and `_`; do not begin with a digit "
                     "or use a FEEL keyword such as `in` or `not`");
    }
    const Form form(entry.value, "item.field", findings);
    if (const auto* title = form.find("title"))
        field.title = read_title(*title, findings).value_or(field.title);
    bool typed = true;
    if (const auto* type = form.find("type")) {
        const auto word = read_word(*type, "a field's type", field_types, findings);
        typed = word.has_value();
        field.type = static_cast<FieldType>(word.value_or(0));
    }
    if (const auto* values = form.find("values")) {
        field.values = read_texts_list(*values, "`values`", findings);
        if (values->kind == YamlNode::Kind::sequence && values->items.empty()) {
            findings.add("nothing-listed", values->mark, "`values` is empty",
                         "delete the key or add an entry");
        }
        if (typed && field.type != FieldType::string) {
            findings.add("idle-key", form.key_mark("values"),
                         "only a field of type `string` can have `values`",
                         "delete it or write the condition in `check`");
        }
    }
    if (const auto* required = form.find("required"))
        field.required = read_boolean(*required, "`required`", findings).value_or(false);
    if (const auto* personal = form.find("personal"))
        field.personal = read_boolean(*personal, "`personal`", findings).value_or(false);
    if (const auto* purpose = form.find("purpose"))
        field.purpose = read_title(*purpose, findings).value_or(Title{});
    if (const auto* longest = form.find("max length")) {
        if (const auto most = read_whole(*longest, "`max length`", 1, 1'000'000, findings))
            field.longest = static_cast<std::uint32_t>(*most);
        if (typed && field.type != FieldType::string && field.type != FieldType::strings)
            findings.add("idle-key", form.key_mark("max length"),
                         "only a field of type `string` or `strings` can have a `max length`",
                         "delete it or write the condition in `check`");
    }
    if (const auto* initial = form.find("default"); initial && typed)
        field.initial = default_of(*initial, field, findings);
    if (const auto* from = form.find("from")) read_origin(*from, field, findings);
    if (const auto* check = form.find("check"))
        field.check = read_expression(*check, "`check`", findings).value_or(ExpressionText{});
    return field;
}

Material read_material(const YamlNode::Entry& entry, DiagnosticSink& findings) {
    Material material;
    material.id = MaterialId(entry.key);
    material.mark = entry.key_mark;
    material.title.en = entry.key;
    check_id(entry.key, entry.key_mark, "the name of a material", findings);
    if (entry.value.kind == YamlNode::Kind::scalar) {
        if (!entry.value.empty())
            material.title = read_title(entry.value, findings).value_or(material.title);
        return material;
    }
    const Form form(entry.value, "item.material", findings);
    if (const auto* title = form.find("title"))
        material.title = read_title(*title, findings).value_or(material.title);
    bool known = true;
    if (const auto* source = form.find("source")) {
        const auto word = read_word(*source, "a material's source", material_sources, findings);
        known = word.has_value();
        material.source = static_cast<MaterialSource>(word.value_or(0));
    }
    if (const auto* connector = form.find("connector")) {
        material.connector = read_text(*connector, "`connector`", findings).value_or("");
        if (known && material.source != MaterialSource::shared) {
            findings.add("idle-key", form.key_mark("connector"),
                         "only a material with `source: shared` can have a connector",
                         "add `source: shared`, or delete it");
        }
    }
    if (const auto* whom = form.find("for")) {
        static constexpr std::array<std::string_view, 1> words{"proxy"};
        material.for_proxy = read_word(*whom, "`for`", words, findings).has_value();
    }
    if (const auto* when = form.find("when"))
        material.when = read_expression(*when, "`when`", findings).value_or(ExpressionText{});
    if (const auto* within = form.find("within")) {
        material.within = read_limit(*within, findings);
        if (known && material.source != MaterialSource::later) {
            findings.add("idle-key", form.key_mark("within"),
                         "only a material with `source: later` can have a limit",
                         "add `source: later`, or delete it");
        }
    }
    return material;
}

}  // namespace

std::vector<Field> read_fields(const YamlNode& node, DiagnosticSink& findings) {
    std::vector<Field> fields;
    for (const YamlNode::Entry& entry : read_entries(node, "`fields`", findings))
        fields.push_back(read_field(entry, findings));
    return fields;
}

std::vector<Material> read_materials(const YamlNode& node, DiagnosticSink& findings) {
    std::vector<Material> materials;
    for (const YamlNode::Entry& entry : read_entries(node, "`materials`", findings))
        materials.push_back(read_material(entry, findings));
    const bool all_owed = std::all_of(materials.begin(), materials.end(), [](const Material& one) {
        return one.source == MaterialSource::later;
    });
    if (!materials.empty() && all_owed) {
        findings.add("only-owed-materials", materials.front().mark,
                     "all materials have `source: later`, so there is nothing to decide on",
                     "at least one material must be available at acceptance");
    }
    return materials;
}

feel::Type type_of(FieldType field, const std::vector<std::string>& values) {
    feel::Type type;
    switch (field) {
        case FieldType::string:
            type.kind = feel::Kind::string;
            type.values = values;
            break;
        case FieldType::number:
            type.kind = feel::Kind::number;
            break;
        case FieldType::boolean:
            type.kind = feel::Kind::boolean;
            break;
        case FieldType::date:
            type.kind = feel::Kind::date;
            break;
        case FieldType::strings: {
            type.kind = feel::Kind::list;
            feel::Type element;
            element.kind = feel::Kind::string;
            element.nullable = false;
            type.element = std::make_shared<const feel::Type>(std::move(element));
            break;
        }
    }
    return type;
}

}  // namespace workflow::definition
