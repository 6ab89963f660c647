#include "known_names.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "../definition/organization.hpp"
#include "../definition/readers.hpp"
#include "../shell/catalog_access.hpp"
#include "convert.hpp"
namespace workflow::batch {
namespace {

bool has(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

void sort_once(std::vector<std::string>& names) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace

void report_unknown(std::string_view kind, std::string message, const std::string& name, Mark mark,
                    const std::vector<std::string>& known, DiagnosticSink& findings) {
    auto hint = definition::suggestion(name, known, findings);
    if (hint.empty() && !known.empty() && known.size() <= 12)
        hint = fmt::format("there is {}", fmt::join(known, ", "));
    findings.add(kind, mark, std::move(message), std::move(hint));
}

KnownNames::KnownNames(const Catalog& catalog, const std::optional<ItemId>& item)
    : catalog_(catalog) {
    if (item) {
        if (auto process = compiled(catalog).process(*item))
            processes_.push_back(std::move(process));
        return;
    }
    for (const auto& id : catalog.items()) processes_.push_back(compiled(catalog).process(id));
}

feel::Type KnownNames::fields_type() const {
    feel::Type type;
    if (!one_item()) return type;
    type.kind = feel::Kind::context;
    for (const auto& field : processes_.front()->fields)
        type.entries.emplace_back(field.id.text, definition::type_of(field.type, field.values));
    return type;
}

feel::Type KnownNames::materials_type() const {
    feel::Type type, state;
    if (!one_item()) return type;
    state.kind = feel::Kind::string;
    state.values = {"missing", "provided", "committed"};
    type.kind = feel::Kind::context;
    for (const auto& material : processes_.front()->materials)
        type.entries.emplace_back(material.id.text, state);
    return type;
}

const process::FieldInfo* KnownNames::field(const std::string& name, Mark mark,
                                            DiagnosticSink& findings) const {
    std::vector<std::string> known;
    for (const auto& process : processes_)
        for (const auto& field : process->fields) {
            if (field.id.text == name) return &field;
            known.push_back(field.id.text);
        }
    sort_once(known);
    report_unknown("unknown-field", fmt::format("there is no field `{}`", name), name, mark, known,
                   findings);
    return nullptr;
}

void KnownNames::material(const std::string& name, Mark mark, DiagnosticSink& findings) const {
    std::vector<std::string> known;
    for (const auto& process : processes_)
        for (const auto& material : process->materials) known.push_back(material.id.text);
    sort_once(known);
    if (!has(known, name))
        report_unknown("unknown-word", fmt::format("there is no material `{}`", name), name, mark,
                       known, findings);
}

void KnownNames::duty_or_step(const std::string& name, Mark mark, DiagnosticSink& findings) const {
    std::vector<std::string> known;
    for (const auto& process : processes_)
        for (const auto& place : process->places)
            if (const auto* task = std::get_if<process::TaskActivity>(&place.activity)) {
                known.push_back(task->duty.text);
                known.push_back(process->steps[place.step].id.text);
            }
    sort_once(known);
    if (!has(known, name))
        report_unknown("unknown-word",
                       fmt::format("`{}` is neither a duty nor a task's step", name), name, mark,
                       known, findings);
}

void KnownNames::outcome(const std::string& rule, const std::string& name, Mark mark,
                         DiagnosticSink& findings) const {
    std::vector<std::string> known;
    for (const auto& process : processes_)
        for (const auto& place : process->places) {
            const auto* task = std::get_if<process::TaskActivity>(&place.activity);
            if (!task || (task->duty.text != rule && process->steps[place.step].id.text != rule))
                continue;
            for (const auto outcome : task->outcomes)
                known.push_back(process->transitions[outcome].outcome.text);
        }
    sort_once(known);
    // A rule for nothing was already reported.
    if (!known.empty() && !has(known, name))
        report_unknown("unknown-word", fmt::format("`{}` has no outcome `{}`", rule, name), name,
                       mark, known, findings);
}

void KnownNames::channel(const std::string& name, Mark mark, DiagnosticSink& findings) const {
    if (!one_item()) return;
    const auto& process = *processes_.front();
    if (!process.channels.empty() && !has(process.channels, name))
        report_unknown("unknown-word",
                       fmt::format("{} is not open on the channel `{}`", process.item.text, name),
                       name, mark, process.channels, findings);
}

void KnownNames::applicant_kind(const std::string& name, Mark mark,
                                DiagnosticSink& findings) const {
    static const std::vector<std::string> kinds{"person", "enterprise"};
    if (!has(kinds, name))
        report_unknown("unknown-word", fmt::format("an applicant cannot be of the kind `{}`", name),
                       name, mark, kinds, findings);
}

void KnownNames::mode(const std::string& name, Mark mark, DiagnosticSink& findings) const {
    std::vector<std::string> known;
    for (const auto& mode : compiled(catalog_).organization().modes) known.push_back(mode.id.text);
    if (!has(known, name))
        report_unknown("unknown-word", fmt::format("there is no mode `{}`", name), name, mark,
                       known, findings);
}

void KnownNames::hall(const std::string& name, Mark mark, DiagnosticSink& findings) const {
    std::vector<std::string> known;
    for (const auto& hall : compiled(catalog_).organization().halls) known.push_back(hall.id.text);
    if (!has(known, name))
        report_unknown("unknown-hall", fmt::format("there is no hall `{}`", name), name, mark,
                       known, findings);
}

void KnownNames::officer(const std::string& name, Mark mark, DiagnosticSink& findings) const {
    if (OfficerNames(compiled(catalog_).organization()).knows(name)) return;
    std::vector<std::string> known;
    for (const auto& officer : compiled(catalog_).organization().officers)
        known.push_back(officer.id.text);
    report_unknown("unknown-word", fmt::format("there is no officer `{}`", name), name, mark, known,
                   findings);
}

}  // namespace workflow::batch
