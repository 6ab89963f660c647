#include "constraint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "../feel/conform.hpp"

namespace workflow::decision {
namespace {

using feel::Kind;

/// The types of FEEL, under their names and the names in older models.
constexpr std::array<std::pair<std::string_view, Kind>, 16> own{
    {{"Any", Kind::any},
     {"Null", Kind::null},
     {"number", Kind::number},
     {"string", Kind::string},
     {"boolean", Kind::boolean},
     {"date", Kind::date},
     {"time", Kind::time},
     {"date and time", Kind::date_time},
     {"dateTime", Kind::date_time},
     {"days and time duration", Kind::days_duration},
     {"dayTimeDuration", Kind::days_duration},
     {"years and months duration", Kind::months_duration},
     {"yearMonthDuration", Kind::months_duration},
     {"list", Kind::list},
     {"context", Kind::context},
     {"function", Kind::function}}};

ConstraintPtr own_type(std::string_view name) {
    for (const auto& [known, kind] : own) {
        if (known != name) continue;
        auto made = std::make_shared<Constraint>();
        made->type.kind = kind;
        return made;
    }
    return {};
}

feel::Type list_of(feel::Type element) {
    feel::Type list;
    list.kind = Kind::list;
    list.element = std::make_shared<const feel::Type>(std::move(element));
    return list;
}

bool allows(const Constraint& constraint, const Value& value, feel::Evaluation& evaluation) {
    const std::array<Value, 1> slots{value};
    const auto answer = constraint.allowed.evaluate(slots, evaluation);
    const auto* holds = answer.as<bool>();
    return holds && *holds;
}

bool meets(const Value& value, const Constraint& constraint, feel::Evaluation& evaluation);

/// Returns whether a single value, not a collection, meets the base and the components of the type.
bool meets_single(const Value& value, const Constraint& constraint, feel::Evaluation& evaluation) {
    if (value.is_null()) return true;
    if (constraint.base && !meets(value, *constraint.base, evaluation)) return false;
    if (const auto* context = value.as<Context>())
        for (const auto& [name, component] : constraint.components) {
            const auto entry =
                std::find_if(context->begin(), context->end(),
                             [&wanted = name](const auto& one) { return one.first == wanted; });
            if (component && entry != context->end() &&
                !meets(entry->second, *component, evaluation))
                return false;
        }
    return !constraint.allowed || allows(constraint, value, evaluation);
}

bool meets(const Value& value, const Constraint& constraint, feel::Evaluation& evaluation) {
    const auto* items = value.as<List>();
    if (!constraint.collection || !items) return meets_single(value, constraint, evaluation);
    return std::all_of(items->begin(), items->end(), [&](const Value& item) {
        return meets_single(item, constraint, evaluation);
    });
}

/// Removes the prefix of an XML namespace, which older models put before a type's name.
std::string_view without_prefix(std::string_view name) {
    const auto colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

Value conform(Value value, const Constraint* constraint, feel::Evaluation& evaluation) {
    if (!constraint || value.is_null()) return value;
    auto taken = feel::coerce(std::move(value), constraint->type);
    if (taken.is_null()) {
        evaluation.problem(fmt::format("a value is not a {}", to_string(constraint->type)));
        return {};
    }
    if (meets(taken, *constraint, evaluation)) return taken;
    evaluation.problem(fmt::format("{} is not among the values its type allows", to_string(taken)));
    return {};
}

Types::Types(const Model& model, std::span<const std::pair<std::string, const Types*>> imported,
             DiagnosticSink& findings)
    : strictness_(model.strict ? Strictness::strict : Strictness::lenient) {
    for (const auto& [prefix, types] : imported)
        for (const auto& [name, constraint] : types->defined_)
            defined_.emplace_back(prefix.empty() ? name : prefix + "." + name, constraint);
    for (const auto& type : model.types) states_.emplace_back(type.name, State::waiting);
    for (const auto& type : model.types) resolve(type.name, type.mark, model, findings);
    for (const auto& [name, constraint] : defined_) names_.emplace_back(name, type_of(constraint));
}

ConstraintPtr Types::known(std::string_view name) const {
    for (const auto& [known, constraint] : defined_)
        if (known == name) return constraint;
    return own_type(name);
}

ConstraintPtr Types::resolve(std::string_view name, Mark mark, const Model& model,
                             DiagnosticSink& findings) {
    const auto waiting = std::find_if(states_.begin(), states_.end(),
                                      [&](const auto& state) { return state.first == name; });
    if (waiting != states_.end() && waiting->second != State::done) {
        if (waiting->second == State::entered) {
            findings.add("type-cycle", mark, fmt::format("the type `{}` contains itself", name));
            return {};
        }
        waiting->second = State::entered;
        const auto index = static_cast<std::size_t>(waiting - states_.begin());
        auto made = define(model.types[index], model, findings);
        states_[index].second = State::done;
        defined_.emplace_back(std::string(name), std::move(made));
    }
    return find(name, mark, findings);
}

ConstraintPtr Types::define(const ItemDefinition& definition, const Model& model,
                            DiagnosticSink& findings) {
    auto made = std::make_shared<Constraint>();
    made->collection = definition.collection;
    if (!definition.type.empty()) {
        made->base = resolve(definition.type, definition.mark, model, findings);
        made->type = type_of(made->base);
    } else if (!definition.components.empty()) {
        made->type.kind = Kind::context;
    }
    for (const auto& component : definition.components) {
        auto one = define(component, model, findings);
        if (!definition.function) made->type.entries.emplace_back(component.name, type_of(one));
        made->components.emplace_back(component.name, std::move(one));
    }
    if (definition.function) {
        made->type = {};
        made->type.kind = Kind::function;
    }
    if (!definition.allowed.text.empty())
        made->allowed =
            compile_tests(definition.allowed, feel::Scope{}, made->type, strictness_, findings);
    if (made->collection) made->type = list_of(std::move(made->type));
    return made;
}

ConstraintPtr Types::find(std::string_view name, Mark mark, DiagnosticSink& findings) const {
    if (name.empty()) return {};
    if (auto found = known(name)) return found;
    if (auto found = known(without_prefix(name))) return found;
    std::vector<std::string> names;
    for (const auto& [defined, constraint] : defined_) names.push_back(defined);
    for (const auto& [known, kind] : own) names.emplace_back(known);
    const auto near = nearest(name, names);
    findings.add("unknown-type", mark, fmt::format("there is no type `{}`", name),
                 did_you_mean(near));
    return {};
}

}  // namespace workflow::decision
