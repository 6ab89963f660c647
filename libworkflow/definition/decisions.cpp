#include "decisions.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "readers.hpp"

namespace workflow::definition {

using decision::Element;

void Decisions::add(DecisionFile file, std::uint32_t source) {
    files_.push_back(std::move(file));
    file_sources_.push_back(source);
}

void Decisions::add(decision::Model model, std::uint32_t source) {
    models_.push_back(std::move(model));
    model_sources_.push_back(source);
}

/// Sorts the models so that imported models precede those that import them. A cycle is reported
/// when the models are compiled.
void Decisions::order_models() {
    std::vector<decision::Model> ordered;
    std::vector<std::uint32_t> sources;
    std::vector<bool> begun(models_.size());
    const auto visit = [&](std::size_t index, const auto& self) -> void {
        if (begun[index]) return;
        begun[index] = true;
        for (const auto& import : models_[index].imports)
            for (std::size_t other = 0; other < models_.size(); ++other)
                if (models_[other].space == import.space) self(other, self);
        ordered.push_back(models_[index]);
        sources.push_back(model_sources_[index]);
    };
    for (std::size_t i = 0; i < models_.size(); ++i) visit(i, visit);
    models_ = std::move(ordered);
    model_sources_ = std::move(sources);
    for (std::size_t i = 0; i < models_.size(); ++i) {
        Unit unit{model_sources_[i], {}};
        for (std::size_t other = 0; other < i; ++other)
            for (const auto& import : models_[i].imports)
                if (models_[other].space == import.space) unit.needs.push_back(other);
        units_.push_back(std::move(unit));
    }
}

namespace {

/// Returns a reference to a stand-in for a missing decision, so that it is reported only once.
decision::Reference stand_in(const DecisionUse& use, decision::Model& model) {
    Element element;
    element.kind = Element::Kind::knowledge;
    element.id = element.variable.name = fmt::format("?{}", model.elements.size());
    model.elements.push_back(element);
    return {"", element.id, use.mark, use.name};
}

void import_space(decision::Model& model, const std::string& space, Mark mark) {
    const bool there =
        space.empty() || std::any_of(model.imports.begin(), model.imports.end(),
                                     [&](const auto& one) { return one.space == space; });
    if (!there) model.imports.push_back({"", space, "", mark});
}

/// Collects the input data that a DMN decision depends on, in the order of their models.
class InputsOf {
public:
    explicit InputsOf(const std::vector<decision::Model>& models) : models_(models) {}

    std::vector<decision::Reference> decision(const decision::Reference& target) {
        visit(target);
        std::vector<decision::Reference> inputs;
        for (const auto& [model, element] : found_)
            inputs.push_back({models_[model].space, models_[model].elements[element].id, {}});
        return inputs;
    }

private:
    void visit(const decision::Reference& wanted) {
        for (std::size_t i = 0; i < models_.size(); ++i) {
            if (models_[i].space != wanted.space) continue;
            for (std::size_t j = 0; j < models_[i].elements.size(); ++j)
                if (const auto& element = models_[i].elements[j]; element.id == wanted.id)
                    visit(i, j, element);
        }
    }
    void visit(std::size_t model, std::size_t index, const Element& element) {
        if (element.kind == Element::Kind::input) found_.emplace(model, index);
        if (!seen_.emplace(model, index).second) return;
        for (const auto& required : element.requires_information)
            visit({required.space.empty() ? models_[model].space : required.space, required.id,
                   required.mark});
    }

    const std::vector<decision::Model>& models_;
    std::set<std::pair<std::size_t, std::size_t>> seen_, found_;
};

}  // namespace

/// Returns the decision files as one model, which imports the DMN models that they use.
decision::Model Decisions::model_of_files(DiagnosticSink& findings) {
    decision::Model whole;
    whole.strict = true;
    whole.types = decision_types();
    for (const auto source : file_sources_) units_.push_back({source, {}});
    for (std::size_t i = 0; i < files_.size(); ++i) {
        auto element = files_[i].element;
        for (const auto& use : files_[i].uses) {
            const auto target = resolve(use, findings);
            if (!target) {
                element.requires_knowledge.push_back(stand_in(use, whole));
                continue;
            }
            units_[models_.size() + i].needs.push_back(target->unit);
            import_space(whole, target->space, use.mark);
            if (target->kind == Element::Kind::decision) {
                // The call goes to a service for the decision: a function of the input data that it
                // depends on.
                Element service;
                service.kind = Element::Kind::service;
                service.id = service.variable.name = fmt::format("?{}", whole.elements.size());
                service.mark = use.mark;
                service.outputs = {{target->space, target->id, use.mark}};
                service.input_data = InputsOf(models_).decision(service.outputs.front());
                for (const auto& input : service.input_data)
                    import_space(whole, input.space, use.mark);
                element.requires_knowledge.push_back({"", service.id, use.mark, use.name});
                whole.elements.push_back(std::move(service));
                continue;
            }
            element.requires_knowledge.push_back({target->space, target->id, use.mark, use.name});
        }
        whole.elements.push_back(std::move(element));
    }
    return whole;
}

void Decisions::compile(DiagnosticSink& findings) {
    if (files_.empty() && models_.empty()) return;
    order_models();
    auto all = models_;
    all.push_back(model_of_files(findings));
    program_ = decision::Program::compile(all, findings);
}

std::optional<Decisions::Target> Decisions::resolve(const DecisionUse& use,
                                                    DiagnosticSink& findings) const {
    if (const auto hash = use.decision.find('#'); hash != std::string::npos)
        return resolve_in_model(use, hash, findings);
    std::vector<std::string> known;
    for (std::size_t i = 0; i < files_.size(); ++i) {
        const auto& id = files_[i].element.id;
        if (id == use.decision) return Target{"", id, Element::Kind::knowledge, models_.size() + i};
        known.push_back(id);
    }
    if (std::find(broken_.begin(), broken_.end(), use.decision) == broken_.end())
        findings.add("unknown-decision", use.mark,
                     fmt::format("there is no decision `{}`", use.decision),
                     suggestion(use.decision, known, findings));
    return {};
}

std::optional<Decisions::Target> Decisions::resolve_in_model(const DecisionUse& use,
                                                             std::size_t hash,
                                                             DiagnosticSink& findings) const {
    const auto model_name = use.decision.substr(0, hash), name = use.decision.substr(hash + 1);
    std::vector<std::string> known;
    for (std::size_t i = 0; i < models_.size(); ++i) {
        const auto& model = models_[i];
        known.push_back(model.name);
        if (model.name != model_name && model.space != model_name) continue;
        std::vector<std::string> names;
        for (const auto& element : model.elements) {
            if (element.variable.name == name && element.kind != Element::Kind::input)
                return Target{model.space, element.id, element.kind, i};
            names.push_back(element.variable.name);
        }
        findings.add("unknown-decision", use.mark,
                     fmt::format("the model `{}` has no decision `{}`", model_name, name),
                     suggestion(name, names, findings));
        return {};
    }
    findings.add("unknown-decision", use.mark,
                 fmt::format("there is no DMN model `{}`", model_name),
                 suggestion(model_name, known, findings));
    return {};
}

void Decisions::collect(std::size_t unit, std::vector<std::uint32_t>& sources) const {
    const auto source = units_[unit].source;
    if (std::find(sources.begin(), sources.end(), source) != sources.end()) return;
    sources.push_back(source);
    for (const auto other : units_[unit].needs) collect(other, sources);
}

UsedDecision Decisions::find(const DecisionUse& use, std::vector<std::uint32_t>& sources,
                             DiagnosticSink& findings) const {
    // A name whose decision is missing or has errors counts as known: one finding is enough.
    UsedDecision used{use.name, {}, {}, use.name_mark};
    const auto target = resolve(use, findings);
    if (!target) return used;
    collect(target->unit, sources);
    for (std::size_t node = 0; node < program_->nodes().size(); ++node) {
        const auto& one = program_->nodes()[node];
        if (one.space != target->space || one.id != target->id) continue;
        used.type = program_->function_type(node);
        used.function = program_->function(node);
        return used;
    }
    return used;
}

}  // namespace workflow::definition
