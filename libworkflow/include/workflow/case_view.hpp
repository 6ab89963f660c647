#pragma once

/// Facade: cases and tasks as plain values, valid without the engine.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <workflow/command.hpp>
#include <workflow/event.hpp>
#include <workflow/ports.hpp>
#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// An event as a view shows it.
struct SeenEvent {
    std::uint32_t sequence = 0;  ///< in its case, from 1
    Event event;
    bool whole = false;  ///< nothing is withheld of the act and its actor
};

/// An open task as the work list shows it.
struct TaskView {
    CaseNumber number;
    TaskNumber task{};
    StepId step;
    ItemId item;
    PostId post;
    OfficerId holder;
    std::optional<Date> due;
    Instant offered;
    CaseKey key{};  ///< of its case; pass it as `TaskFilter::after` to continue
};

/// One case in a list.
struct CaseView {
    CaseNumber number;
    CaseKey key{};  ///< pass it as `CaseFilter::after` to continue
    ItemId item;
    HallId hall;
    std::string status, steps;
    Version version{};
    Instant opened, changed;
    std::optional<Date> statutory_due, promised_due;
};

/// One case with all its details.
struct CaseDetail {
    CaseView view;
    Title title;
    std::uint32_t revision = 0;
    std::vector<std::pair<FieldId, Value>> fields;
    /// Each with its state: `provided`, `committed`, `missing`, `not needed`, `to be fetched`,
    /// `later`, or `owed since DAY`.
    std::vector<std::pair<MaterialId, std::string>> materials;
    std::vector<TaskView> tasks;
    bool paused = false, accepted = false, decided = false;
    bool promised_passed = false, statutory_passed = false;
    bool extended = false;          ///< by approval (R10)
    bool provisional = false;       ///< its days depend on an incomplete calendar
    std::uint32_t times_urged = 0;  ///< 催办
    ModeId mode;                    ///< how the applicant is served; empty: the usual way
    std::optional<Instant> appointment;
    bool by_proxy = false;  ///< somebody applies for another
    Applicant applicant;
    std::optional<Agent> agent;
};

/// Returns whether a material in that state (CaseDetail::materials) is owed.
bool is_owed(std::string_view state);

}  // namespace workflow::inline v0
