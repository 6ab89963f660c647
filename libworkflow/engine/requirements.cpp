#include "requirements.hpp"
#include "nearby.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "../base/identity.hpp"
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

namespace {

/// Once the case is decided, the fields on which the decision depends cannot change, until the case
/// reaches a decision again.
bool is_frozen(const Draft& draft, std::size_t slot) {
    const auto& c = draft.c;
    if (!c.decided || !c.froze(slot)) return false;
    return std::none_of(c.marking.begin(), c.marking.end(), [&](const Token& token) {
        return draft.process.places[token.place].decision_ahead;
    });
}

bool has(const std::vector<std::uint16_t>& slots, std::size_t slot) {
    return std::find(slots.begin(), slots.end(), slot) != slots.end();
}

/// Returns whether a wait that the case rests at asks the applicant for the field.
bool is_asked_for(const Draft& draft, std::size_t slot) {
    return std::any_of(draft.c.marking.begin(), draft.c.marking.end(), [&](const Token& token) {
        const auto* wait = draft.process.wait_at(token.place);
        return wait && wait->for_applicant && wait->supplied != process::none &&
               (wait->asks.empty() || has(wait->asks, slot));
    });
}

/// Returns why the act may not write a field, or nullopt if it may.
std::optional<std::string_view> kept_from(const Draft& draft, std::size_t slot,
                                          const process::TaskActivity* task) {
    using definition::FieldOrigin;
    const auto& info = draft.process.fields[slot];
    const bool opens = draft.c.version == 0;
    if (info.origin == FieldOrigin::computed) {
        // For a case that the engine opens by itself, the engine supplies the fields.
        if (opens && draft.command.actor.kind == Actor::Kind::engine) return {};
        return "it is computed and cannot be supplied";
    }
    if (task && info.personal && task->post.empty() && !has(task->sees, slot))
        return "it is hidden from reviewers, who therefore cannot write it";
    if (is_frozen(draft, slot)) return "the decision depends on it";
    if (info.origin == FieldOrigin::performers) {
        if (task && has(task->writes, slot)) return {};
        return "the officer of another task supplies it";
    }
    if (!task) {
        if (opens || is_asked_for(draft, slot)) return {};
        return "the case does not wait for it";
    }
    if (!is_intake(*task)) return "it belongs to the applicant";
    if (draft.c.accepted) return "it belongs to the applicant, and the case has been accepted";
    return {};
}

bool too_long(const process::FieldInfo& info, const Value& value) {
    // No text has more characters than bytes.
    if (const auto* text = value.as<std::string>())
        return text->size() > info.longest && count_characters(*text) > info.longest;
    const auto* list = value.as<List>();
    return list && std::any_of(list->begin(), list->end(),
                               [&](const Value& element) { return too_long(info, element); });
}

}  // namespace

bool is_intake(const process::TaskActivity& task) {
    return task.duty.text == "intake";
}

std::optional<Refusal> take_fields(Draft& draft, const FieldValues& given,
                                   const process::TaskActivity* task) {
    if (given.empty()) return {};
    if (draft.values.empty()) draft.values = draft.c.fields;
    for (auto entry = given.begin(); entry != given.end(); ++entry) {
        const auto& id = entry->first;
        const auto& value = entry->second;
        const auto slot = draft.process.field(id);
        if (!slot)
            return refuse(RefusalCode::unknown_field,
                          fmt::format("{} has no field {}{}", draft.process.item.text, id.text,
                                      nearby(id.text, draft.process.fields)));
        if (std::any_of(given.begin(), entry,
                        [&](const auto& earlier) { return earlier.first == id; }))
            return refuse(RefusalCode::field_invalid, fmt::format("{} is given twice", id.text));
        const auto& info = draft.process.fields[*slot];
        if (const auto why = kept_from(draft, *slot, task))
            return refuse(RefusalCode::field_not_yours,
                          fmt::format("{} cannot be given here: {}", id.text, *why));
        if (value.is_null() && info.required)
            return refuse(RefusalCode::field_missing, fmt::format("{} must have a value", id.text));
        if (!value.is_null() && !fits(info, value))
            return refuse(RefusalCode::field_invalid,
                          fmt::format("the value given for {} has the wrong type or is not allowed",
                                      id.text));
        if (too_long(info, value))
            return refuse(RefusalCode::text_too_long,
                          fmt::format("{} is longer than {} characters", id.text, info.longest));
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
            return refuse(RefusalCode::field_invalid,
                          fmt::format("{} fails its check", info.id.text));
    }
    return {};
}

std::optional<Refusal> take_materials(Draft& draft, const std::vector<MaterialReceipt>& given) {
    draft.materials = draft.c.materials;
    draft.materials.resize(draft.process.materials.size(), MaterialState::missing);
    for (const auto& receipt : given) {
        const auto index = draft.process.material(receipt.material);
        if (!index)
            return refuse(RefusalCode::unknown_material,
                          fmt::format("{} is not on the list of {}{}", receipt.material.text,
                                      draft.process.item.text,
                                      nearby(receipt.material.text, draft.process.materials)));
        auto& state = draft.materials[*index];
        if (receipt.form == MaterialForm::provided) {
            state = MaterialState::provided;
            continue;
        }
        if (draft.process.materials[*index].source != MaterialSource::commitment)
            return refuse(RefusalCode::unknown_material,
                          fmt::format("the list of {} does not accept a commitment for {}",
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
