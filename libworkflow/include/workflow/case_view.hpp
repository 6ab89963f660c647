#pragma once

/// Facade: cases and tasks as they are read: plain values, good without the engine.

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
    bool whole = false;  ///< nothing of what happened, and by whom, is withheld
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
    CaseKey key{};  ///< of its case; `TaskFilter::after` takes it to read on
};

/// One case in a list.
struct CaseView {
    CaseNumber number;
    CaseKey key{};  ///< `CaseFilter::after` takes it to read on
    ItemId item;
    HallId hall;
    std::string status, steps;
    Version version{};
    Instant opened, changed;
    std::optional<Date> statutory_due, promised_due;
};

/// One case in full.
struct CaseDetail {
    CaseView view;
    Title title;
    std::uint32_t revision = 0;
    std::vector<std::pair<FieldId, Value>> fields;
    /// With `provided`, `committed`, `missing`, `not needed`, `to be fetched`, `later`, or `owed
    /// since DAY`.
    std::vector<std::pair<MaterialId, std::string>> materials;
    std::vector<TaskView> tasks;
    bool paused = false, accepted = false, decided = false;
    bool promised_passed = false, statutory_passed = false;
    bool extended = false;          ///< by approval (R10)
    bool provisional = false;       ///< its days rest on a calendar that is not complete
    std::uint32_t times_urged = 0;  ///< 催办
    ModeId mode;                    ///< how it is served; empty: the usual way
    std::optional<Instant> appointment;
    bool by_proxy = false;  ///< somebody applies for another
    Applicant applicant;
    std::optional<Agent> agent;
};

/// Is a material of that state (CaseDetail::materials) owed?
bool is_owed(std::string_view state);

}  // namespace workflow::inline v0
