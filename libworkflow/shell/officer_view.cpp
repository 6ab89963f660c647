// What one officer may see.

#include <fmt/format.h>

#include <algorithm>

#include "../engine/nearby.hpp"
#include "../engine/visibility.hpp"
#include "case_reading.hpp"
#include "catalog_access.hpp"
#include "engine_state.hpp"
#include "seen.hpp"

namespace workflow::inline v0 {

namespace {

using definition::Officer;
using engine::Redaction;
using engine::Visibility;

/// A case in memory, with what the reader may see of it.
struct Seen {
    const shell::LiveCase* live = nullptr;
    Visibility visibility;
};

Refusal unknown_officer(const OfficerId& id, const definition::Organization& organization) {
    return {RefusalCode::unknown_officer,
            fmt::format("the organization has no officer {}{}", id.text,
                        engine::nearby(id.text, organization.officers)),
            {}};
}

Date today_at(const shell::EngineContext& place, const Officer& officer) {
    return compiled(place.catalog)
        .organization()
        .clock_of(officer.hall)
        .day_of(place.options.clock());
}

Expected<Seen> look(shell::EngineContext& place, shell::Transaction& unit, const OfficerId& reader,
                    const CaseNumber& number) {
    const auto& organization = compiled(place.catalog).organization();
    const auto* officer = organization.officer(reader);
    if (!officer) return unknown_officer(reader, organization);
    const auto* live = unit.live(number);
    if (!live)
        return Refusal{
            RefusalCode::unknown_case, fmt::format("there is no case {}", number.text), {}};
    // A case uses the days of its hall, also for reading.
    const auto today = organization.clock_of(live->state.hall).day_of(place.options.clock());
    auto visibility =
        engine::visibility_of(*live->process, organization, live->state, *officer, today);
    if (!visibility) return visibility.refusal();
    return Seen{live, std::move(visibility).value()};
}

void hide(CaseDetail& detail, const Seen& seen, const engine::Unrevealed& secret) {
    const auto& process = *seen.live->process;
    const auto& visibility = seen.visibility;
    if (!visibility.applicant || !visibility.personal) {
        detail.applicant = {PersonId(engine::withheld), std::string(engine::withheld),
                            detail.applicant.kind};
        if (detail.agent)
            detail.agent = Agent{PersonId(engine::withheld), std::string(engine::withheld)};
    }
    for (std::uint16_t slot = 0; slot < detail.fields.size(); ++slot)
        if (!engine::shows_field(process, visibility, slot) || secret.sets(slot))
            detail.fields[slot].second = Value(std::string(engine::withheld));
    for (auto& task : detail.tasks) {
        if (task.holder.empty() || visibility.is_own(task.holder)) continue;
        if (!visibility.applicant || (task.post.empty() && !visibility.reviewers))
            task.holder = OfficerId(engine::withheld);
    }
    detail.decided = secret.decided;
    detail.view.steps = engine::without_members(process, detail.view.steps);
}

std::vector<SeenEvent> redacted(const Events& events, const Seen& seen) {
    const auto& process = *seen.live->process;
    Redaction redact(process, seen.visibility,
                     engine::unrevealed(process, seen.live->state, events));
    return shell::numbered(events, redact);
}

/// Determines which rows of the work list one officer may see.
class RowVisibility {
public:
    RowVisibility(const definition::Organization& organization, const Officer& reader, Date today,
                  Store& store)
        : reader_(reader),
          posts_(definition::posts_on(organization, reader, today)),
          store_(store),
          mark_(' ' + reader.id.text + ' ') {
        for (const auto& officer : organization.officers)
            if (officer.person == reader.person) own_.push_back(officer.id);
    }

    [[nodiscard]] bool own(const OfficerId& id) const {
        return std::find(own_.begin(), own_.end(), id) != own_.end();
    }
    [[nodiscard]] bool supervises(const HallId& hall) const {
        return reader_.supervisor && (hall.empty() || hall == reader_.hall);
    }
    /// Decides from the row alone.
    [[nodiscard]] bool may_do(const TaskRow& row) const {
        if (!row.holder.empty()) return own(row.holder);
        return (row.hall.empty() || row.hall == reader_.hall) &&
               std::find(posts_.begin(), posts_.end(), row.post) != posts_.end() &&
               row.barred.find(mark_) == std::string::npos &&
               definition::qualified_for(reader_, row.item);
    }
    [[nodiscard]] bool sees(const CaseRow& row) const {
        if (supervises(row.hall)) return true;
        const auto tasks = store_.tasks_of(row.key);
        return std::any_of(tasks.begin(), tasks.end(),
                           [&](const TaskRow& task) { return may_do(task); });
    }

private:
    const Officer& reader_;
    std::vector<PostId> posts_;
    Store& store_;
    std::string mark_;
    std::vector<OfficerId> own_;
};

/// Returns nothing if the organization, as it is now, has no such officer.
std::optional<RowVisibility> row_visibility(shell::Transaction& unit, const OfficerId& reader) {
    auto& place = unit.context();
    const auto& organization = compiled(place.catalog).organization();
    const auto* officer = organization.officer(reader);
    if (!officer) return {};
    return std::optional<RowVisibility>(std::in_place, organization, *officer,
                                        today_at(place, *officer), unit.store());
}

/// Returns as many rows as the filter requests of those for which `show` returns a view, page by
/// page; `show` advances the filter.
template <class View, class Filter, class Read, class Show>
std::vector<View> seen_rows(Filter& filter, Read read, Show show) {
    std::vector<View> views;
    const auto wanted = filter.limit;
    filter.limit = 1000;
    while (views.size() < wanted) {
        const auto rows = read();
        for (const auto& row : rows) {
            if (auto view = show(row)) views.push_back(std::move(*view));
            if (views.size() == wanted) return views;
        }
        if (rows.size() < filter.limit) break;
    }
    return views;
}

}  // namespace

Expected<CaseDetail> OfficerView::show(const CaseNumber& number) const {
    return state_->in_store([&](shell::Transaction& unit) -> Expected<CaseDetail> {
        auto& place = unit.context();
        const auto seen = look(place, unit, reader_, number);
        if (!seen) return seen.refusal();
        auto detail = shell::detail_of(unit, number);
        hide(*detail, *seen, shell::unrevealed(place, *seen->live));
        return std::move(*detail);
    });
}

Expected<std::vector<SeenEvent>> OfficerView::numbered(const CaseNumber& number) const {
    return state_->in_store([&](shell::Transaction& unit) -> Expected<std::vector<SeenEvent>> {
        auto& place = unit.context();
        const auto seen = look(place, unit, reader_, number);
        if (!seen) return seen.refusal();
        return redacted(place.events_of(number, seen->live->key), *seen);
    });
}

Expected<Events> OfficerView::trail(const CaseNumber& number) const {
    return shell::without_numbers(numbered(number));
}

Answer OfficerView::answer(Answer whole) const {
    auto shown = state_->in_store([&](shell::Transaction& unit) -> std::vector<SeenEvent> {
        auto& place = unit.context();
        // The officer's own act may have ended their part in the case: then no more is shown.
        const auto seen = look(place, unit, reader_, whole.number);
        if (!seen) return {};
        return redacted(place.events_of(whole.number, seen->live->key), *seen);
    });
    return shell::only_its_own(std::move(whole), std::move(shown));
}

std::vector<TaskView> OfficerView::tasks(TaskFilter filter) const {
    return state_->in_store([&](shell::Transaction& unit) -> std::vector<TaskView> {
        const auto visibility = row_visibility(unit, reader_);
        if (!visibility) return {};
        auto& store = unit.store();
        return seen_rows<TaskView>(
            filter, [&] { return store.tasks(filter); },
            [&](const TaskRow& row) -> std::optional<TaskView> {
                filter.after = row.case_key;
                filter.after_task = row.task;
                const auto owner = store.find(row.case_key);
                if (!owner || (!visibility->may_do(row) && !visibility->supervises(owner->hall)))
                    return {};
                auto view = shell::view_of(row, owner->number);
                if (row.post.empty() && !row.holder.empty() && !visibility->own(row.holder))
                    view.holder = OfficerId(engine::withheld);
                return view;
            });
    });
}

std::vector<CaseView> OfficerView::cases(CaseFilter filter) const {
    return state_->in_store([&](shell::Transaction& unit) -> std::vector<CaseView> {
        const auto visibility = row_visibility(unit, reader_);
        if (!visibility) return {};
        return seen_rows<CaseView>(
            filter, [&] { return unit.store().cases(filter); },
            [&](const CaseRow& row) -> std::optional<CaseView> {
                filter.after = row.key;
                if (!visibility->sees(row)) return {};
                return shell::seen_view_of(unit.context(), row);
            });
    });
}

}  // namespace workflow::inline v0
