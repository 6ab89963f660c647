// The contents of a catalog as values for applications.

#include <workflow/catalog.hpp>

#include <algorithm>
#include <stdexcept>

#include "catalog_access.hpp"

namespace workflow::inline v0 {

namespace {

using process::Process;

ItemForm::FieldType type_in_form(definition::FieldType type) {
    using Type = definition::FieldType;
    switch (type) {
        case Type::string:
            return ItemForm::FieldType::text;
        case Type::number:
            return ItemForm::FieldType::number;
        case Type::boolean:
            return ItemForm::FieldType::boolean;
        case Type::date:
            return ItemForm::FieldType::date;
        case Type::strings:
            return ItemForm::FieldType::texts;
    }
    throw std::logic_error("a type of fields without a name");
}

ItemForm::Source source_in_form(definition::MaterialSource source) {
    using Source = definition::MaterialSource;
    switch (source) {
        case Source::applicant:
            return ItemForm::Source::applicant;
        case Source::shared:
            return ItemForm::Source::shared;
        case Source::commitment:
            return ItemForm::Source::commitment;
        case Source::later:
            return ItemForm::Source::later;
    }
    throw std::logic_error("a source of materials without a name");
}

ItemForm::Origin origin_in_form(definition::FieldOrigin origin) {
    if (origin == definition::FieldOrigin::performers) return ItemForm::Origin::tasks;
    return origin == definition::FieldOrigin::computed ? ItemForm::Origin::computed
                                                       : ItemForm::Origin::applicant;
}

ItemForm::Field field_in_form(const Process& process, std::uint16_t slot) {
    const auto& info = process.fields[slot];
    ItemForm::Field field;
    field.id = info.id;
    field.title = info.title;
    field.type = type_in_form(info.type);
    field.required = info.required;
    field.personal = info.personal;
    field.initial = info.initial;
    field.values = info.values;
    field.longest = info.longest;
    field.origin = origin_in_form(info.origin);
    for (const auto& place : process.places) {
        const auto* task = std::get_if<process::TaskActivity>(&place.activity);
        if (task && std::binary_search(task->writes.begin(), task->writes.end(), slot))
            field.tasks.push_back(process.steps[place.step].id);
    }
    return field;
}

ItemForm::Material material_in_form(const process::MaterialInfo& info) {
    ItemForm::Material material;
    material.id = info.id;
    material.title = info.title;
    material.source = source_in_form(info.source);
    material.conditional = static_cast<bool>(info.when);
    material.for_proxy = info.for_proxy;
    material.within = info.within;
    return material;
}

ItemForm::Step step_in_form(const Process& process, const process::StepInfo& info) {
    ItemForm::Step step;
    step.id = info.id;
    step.title = info.title;
    if (info.at == process::none) return step;
    if (process.wait_at(info.at)) step.kind = ItemForm::StepKind::wait;
    if (process.end_at(info.at)) step.kind = ItemForm::StepKind::end;
    const auto* task = process.task_at(info.at);
    if (!task) return step;
    step.kind = ItemForm::StepKind::task;
    step.duty = task->duty;
    step.post = task->post;
    step.drawn = task->drawn;
    for (const auto index : task->outcomes) {
        const auto& transition = process.transitions[index];
        step.outcomes.push_back({transition.outcome, transition.title, transition.needs_reason,
                                 transition.needs_materials, transition.accepts,
                                 transition.decides});
    }
    return step;
}

template <class From>
std::vector<OrganizationView::Choice> choices_of(const std::vector<From>& from) {
    std::vector<OrganizationView::Choice> choices;
    choices.reserve(from.size());
    for (const auto& one : from) choices.push_back({one.id, one.title});
    return choices;
}

OrganizationView::Hall hall_in_view(const definition::Hall& from) {
    OrganizationView::Hall hall{from.id, from.title, {}};
    for (const auto& window : from.windows)
        hall.windows.push_back({window.id, window.title, window.posts});
    return hall;
}

OrganizationView::Officer officer_in_view(const definition::Officer& from) {
    OrganizationView::Officer officer;
    officer.id = from.id;
    officer.name = from.name;
    officer.person = from.person;
    officer.hall = from.hall;
    officer.section = from.section;
    officer.posts = from.posts;
    officer.qualified = from.qualified;
    for (const auto& days : from.absent) officer.absences.emplace_back(days.from, days.to);
    officer.left = from.left;
    officer.supervisor = from.supervisor;
    officer.window = from.window;
    officer.shift = from.shift;
    return officer;
}

}  // namespace

ItemForm Catalog::form(const ItemId& item) const {
    const auto process = compiled(*this).process(item);
    if (!process) throw std::out_of_range("the catalog has no item " + item.text);
    ItemForm form;
    form.id = process->item;
    form.title = process->title;
    form.revision = process->revision;
    form.kind = process->kind == definition::ItemKind::instant ? ItemForm::Kind::instant
                                                               : ItemForm::Kind::committed;
    form.section = process->section;
    form.applicants = process->applicants;
    form.channels = process->channels;
    form.modes = process->modes;
    form.statutory = process->statutory;
    form.promised = process->promised;
    for (std::uint16_t slot = 0; slot < process->fields.size(); ++slot)
        form.fields.push_back(field_in_form(*process, slot));
    for (const auto& material : process->materials)
        form.materials.push_back(material_in_form(material));
    for (const auto& step : process->steps) form.steps.push_back(step_in_form(*process, step));
    return form;
}

OrganizationView Catalog::organization() const {
    const auto& from = compiled(*this).organization();
    OrganizationView view;
    view.id = from.id;
    view.title = from.title;
    for (const auto& hall : from.halls) view.halls.push_back(hall_in_view(hall));
    for (const auto& post : from.posts)
        view.posts.push_back({post.id, post.title, post.duties, post.signed_acts});
    for (const auto& mode : from.modes)
        view.modes.push_back({mode.id, mode.title, mode.by_appointment});
    view.recusal_grounds = choices_of(from.recusal_grounds);
    if (from.reading) view.reading_purposes = choices_of(from.reading->purposes);
    view.unseal_grounds = choices_of(from.unseal_grounds);
    for (const auto& officer : from.officers) view.officers.push_back(officer_in_view(officer));
    return view;
}

}  // namespace workflow::inline v0
