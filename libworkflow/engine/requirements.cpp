#include "requirements.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "material_needs.hpp"

namespace workflow::engine {

using definition::FieldType;
using definition::MaterialSource;

bool fits(const process::FieldInfo& info, const Value& value) {
    switch (info.type) {
        case FieldType::string: {
            const auto* text = value.as<std::string>();
            return text && (info.values.empty() || std::find(info.values.begin(), info.values.end(),
                                                             *text) != info.values.end());
        }
        case FieldType::number:
            return value.as<Decimal>() != nullptr;
        case FieldType::boolean:
            return value.as<bool>() != nullptr;
        case FieldType::date:
            return value.as<Date>() != nullptr;
        case FieldType::strings: {
            const auto* list = value.as<List>();
            return list && std::all_of(list->begin(), list->end(), [](const Value& element) {
                       return element.as<std::string>() != nullptr;
                   });
        }
    }
    return false;
}

std::optional<Refusal> take_fields(Draft& draft, const FieldValues& given) {
    if (given.empty()) return {};
    if (draft.values.empty()) draft.values = draft.c.fields;
    for (auto entry = given.begin(); entry != given.end(); ++entry) {
        const auto& id = entry->first;
        const auto& value = entry->second;
        const auto slot = draft.process.field(id);
        if (!slot)
            return refuse(Rule::unknown_field,
                          fmt::format("{} has no field {}", draft.process.item.text, id.text));
        if (std::any_of(given.begin(), entry,
                        [&](const auto& earlier) { return earlier.first == id; }))
            return refuse(Rule::field_invalid, fmt::format("{} is given twice", id.text));
        const auto& info = draft.process.fields[*slot];
        if (value.is_null() && info.required)
            return refuse(Rule::field_missing, fmt::format("{} must have a value", id.text));
        if (!value.is_null() && !fits(info, value))
            return refuse(Rule::field_invalid,
                          fmt::format("{} cannot be what was given for it", id.text));
        draft.values[*slot] = value;
    }
    return {};
}

std::optional<Refusal> check_fields(const Draft& draft) {
    const auto values = draft.fields();
    for (std::size_t slot = 0; slot < draft.process.fields.size(); ++slot) {
        const auto& info = draft.process.fields[slot];
        if (!info.check || values[slot].is_null()) continue;
        const auto answer = info.check.evaluate(values, draft.moment());
        const auto* truth = answer.as<bool>();
        if (!truth || !*truth)
            return refuse(Rule::field_invalid, fmt::format("{} fails its check", info.id.text));
    }
    return {};
}

std::optional<Refusal> take_materials(Draft& draft, const std::vector<MaterialReceipt>& given) {
    draft.materials = draft.c.materials;
    draft.materials.resize(draft.process.materials.size(), MaterialState::missing);
    for (const auto& receipt : given) {
        const auto index = draft.process.material(receipt.material);
        if (!index)
            return refuse(Rule::unknown_material,
                          fmt::format("{} is not on the list of {}", receipt.material.text,
                                      draft.process.item.text));
        auto& state = draft.materials[*index];
        if (receipt.form == MaterialForm::provided) {
            state = MaterialState::provided;
            continue;
        }
        if (draft.process.materials[*index].source != MaterialSource::commitment)
            return refuse(Rule::unknown_material,
                          fmt::format("the list of {} does not take a promise for {}",
                                      draft.process.item.text, receipt.material.text));
        if (state == MaterialState::missing) state = MaterialState::committed;
    }
    return {};
}

std::string missing_materials(const Draft& draft) {
    std::string missing;
    for (std::size_t index = 0; index < draft.process.materials.size(); ++index) {
        const auto& info = draft.process.materials[index];
        if (info.source != MaterialSource::applicant && info.source != MaterialSource::commitment)
            continue;
        if (draft.materials[index] != MaterialState::missing) continue;
        if (!is_needed(info, draft.fields(), draft.moment(), draft.by_proxy())) continue;
        if (!missing.empty()) missing += ", ";
        missing += info.id.text;
    }
    return missing;
}

}  // namespace workflow::engine
