// Defines the special members of large variants here, so that no other source compiles them.

#include <workflow/command.hpp>
#include <workflow/event.hpp>
#include <workflow/staff.hpp>

namespace workflow::inline v0 {

EventPayload::EventPayload() = default;
EventPayload::EventPayload(const EventPayload&) = default;
EventPayload::EventPayload(EventPayload&&) noexcept = default;
EventPayload& EventPayload::operator=(const EventPayload&) = default;
EventPayload& EventPayload::operator=(EventPayload&&) noexcept = default;
EventPayload::~EventPayload() = default;
bool operator==(const EventPayload& left, const EventPayload& right) {
    return static_cast<const EventPayloads&>(left) == static_cast<const EventPayloads&>(right);
}

StaffChange::StaffChange() = default;
StaffChange::StaffChange(const StaffChange&) = default;
StaffChange::StaffChange(StaffChange&&) noexcept = default;
StaffChange& StaffChange::operator=(const StaffChange&) = default;
StaffChange& StaffChange::operator=(StaffChange&&) noexcept = default;
StaffChange::~StaffChange() = default;
bool operator==(const StaffChange& left, const StaffChange& right) {
    return static_cast<const StaffChanges&>(left) == static_cast<const StaffChanges&>(right);
}

Action::Action() = default;
Action::Action(const Action&) = default;
Action::Action(Action&&) noexcept = default;
Action& Action::operator=(const Action&) = default;
Action& Action::operator=(Action&&) noexcept = default;
Action::~Action() = default;

}  // namespace workflow::inline v0
