#include "case_reading.hpp"

#include <fmt/format.h>

#include "../engine/material_needs.hpp"
#include "catalog_access.hpp"

namespace workflow::shell {

TaskView view_of(const TaskRow& row, const CaseNumber& number) {
    return {number,     row.task, row.step,    row.item,    row.post,
            row.holder, row.due,  row.offered, row.case_key};
}

CaseView view_of(const CaseRow& row) {
    return {row.number,
            row.key,
            row.item,
            row.hall,
            row.status,
            row.steps,
            Version{row.version},
            row.opened,
            row.changed,
            row.statutory_due,
            row.promised_due};
}

std::optional<CaseView> case_opened_by(Transaction& unit, const CommandKey& key) {
    const auto request = unit.store().request(key);
    if (!request) return {};
    const auto row = unit.store().find(request->case_key);
    if (!row)
        throw StoreError(fmt::format("the request {} names a case that is not there", key.text));
    return view_of(*row);
}

std::optional<CaseDetail> detail_of(Transaction& unit, const CaseNumber& number) {
    auto& context = unit.context();
    const auto* found = unit.live(number);
    if (!found) return {};
    const auto row = unit.store().find(found->key);
    if (!row) throw StoreError(fmt::format("the case {} has no row", number.text));
    const auto& c = found->state;
    const auto& process = *found->process;
    CaseDetail detail;
    detail.view = view_of(*row);
    detail.title = process.title;
    detail.revision = process.revision;
    for (std::size_t i = 0; i < process.fields.size() && i < c.fields.size(); ++i)
        detail.fields.emplace_back(process.fields[i].id, c.fields[i]);
    const auto& calendar = compiled(context.catalog).calendar(process);
    const auto now = context.options.clock();
    const feel::Moment moment{
        now, compiled(context.catalog).organization().clock_of(c.hall).offset_at(now)};
    for (std::size_t i = 0; i < process.materials.size() && i < c.materials.size(); ++i)
        detail.materials.emplace_back(process.materials[i].id,
                                      engine::state_of_material(process, c, i, calendar, moment));
    for (const auto& task : found->tasks) detail.tasks.push_back(view_of(task, number));
    detail.paused = c.paused;
    detail.accepted = c.accepted.has_value();
    detail.decided = c.decided;
    detail.promised_passed = c.promised_passed;
    detail.statutory_passed = c.statutory_passed;
    detail.extended = c.extended;
    detail.provisional = c.provisional;
    detail.times_urged = c.times_urged;
    detail.mode = c.mode;
    detail.appointment = c.appointment;
    detail.by_proxy = c.by_proxy;
    if (const auto events = context.events_of(number, found->key); !events.empty())
        if (const auto* opened = std::get_if<CaseOpened>(&events.front().what)) {
            detail.applicant = opened->applicant;
            detail.agent = opened->agent;
        }
    return detail;
}

}  // namespace workflow::shell
