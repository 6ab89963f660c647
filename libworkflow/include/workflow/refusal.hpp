#pragma once

/// Vocabulary: the closed list of refusal codes, and `Expected<T>`, which holds a value or a
/// refusal.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// Why a command was refused. The names returned by `code_of` are stable, and scripts may rely on
/// them.
enum class RefusalCode : std::uint8_t {
    unknown_item,          ///< the catalog does not contain the item
    unknown_case,          ///< the store does not contain the case
    unknown_task,          ///< the case has no such open task
    unknown_officer,       ///< the organization has no such officer
    unknown_outcome,       ///< the task has no such outcome
    unknown_field,         ///< the item declares no such field
    unknown_material,      ///< not on the item's list; may not be asked for or taken (R9)
    stale_version,         ///< the case has changed; the refusal gives the current version
    key_reused,            ///< the key was used for a different request
    case_ended,            ///< the case has ended and accepts no such command
    not_on_post,           ///< none of the officer's posts has the task's duty, or not in this hall
    not_qualified,         ///< the officer is not qualified for the item
    absent,                ///< the officer is absent on that day
    separated,             ///< the officer has performed a duty incompatible with this one (R23)
    applicant_is_officer,  ///< staff take no part in their own case (R23)
    not_your_task,         ///< another officer holds the task
    already_claimed,       ///< the task already has a holder
    drawn_not_chosen,      ///< the engine draws the officer for this task; nobody may choose (R24)
    not_supervisor,        ///< only a supervisor may do this
    materials_missing,     ///< materials required by the outcome are missing
    field_missing,         ///< a required field has no value
    field_invalid,         ///< a field's value has the wrong type or fails its check
    reason_required,       ///< the outcome needs a reason
    condition_not_met,     ///< the outcome's `when` does not hold
    outcome_exhausted,     ///< the outcome was used as often as allowed (R6)
    not_waiting,           ///< nothing in the case waits for this
    withdraw_closed,       ///< too late to withdraw: the case was decided
    no_branch,             ///< no branch of a `choose` matches these values
    outside_calendar,      ///< a limit extends beyond the loaded calendars (R1)
    time_out_of_order,     ///< recorded before the case's last event, or dated after its recording
    too_many_steps,        ///< the process did not come to rest within the bound
    nothing_to_do,         ///< no task is waiting that this officer may take
    needed_later,        ///< would leave nobody for a later task that another officer must do (R23)
    too_late_to_extend,  ///< the statutory limit has passed, or is not running yet (R10)
    extended_already,    ///< a limit can be extended only once (R10)
    urged_already,       ///< the same person asked for faster handling earlier that day
    recused,             ///< the officer has an interest in the matter (回避)
    other_section,       ///< the item belongs to another section's officers (分类审批)
    not_specialist,      ///< other officers have a more specific qualification for the item
    next_in_line,        ///< ask for the next task (oldest first) instead of choosing one
    not_yours_to_read,   ///< none of the officer's posts is involved in the case
    nothing_sealed,      ///< nothing of that kind is hidden from the officer
    no_such_mode,        ///< the item is not offered in that mode
    appointment_needed,  ///< the mode needs an appointment, or its time has not come
    outside_hours,       ///< the mode is not offered at that time
    no_proxy,            ///< the mode or item does not allow an agent
    not_rateable,        ///< there is nothing that could be rated
    wrong_token,         ///< the token is not the one that was issued
    rated_already,       ///< it was already rated, or the comment already added (R28)
    not_rated,           ///< there is no rating to supplement or invalidate
    own_affair,          ///< nobody decides on their own rights, or on a rating of themselves
    unknown_post,        ///< the organization has no such post
    unknown_hall,        ///< the organization has no such hall
    posts_apart,         ///< nobody may hold both posts
    nothing_changed,     ///< the requested state already applies
    entered_too_late,    ///< acts of that day can no longer be entered
    signature_required,  ///< the post requires signed acts, and this one is not signed
    signature_invalid,   ///< the signature is not the officer's over this command
    off_shift,           ///< the officer's shift has no hours on that day
    unknown_window,      ///< the officer's hall has no such window
    unknown_shift,       ///< the organization has no such shift
    purpose_required,    ///< reading personal data requires one of the organization's purposes
    reading_exhausted,   ///< the officer has read the maximum number of cases per hour
    unknown_person,      ///< the store has no data of that person
    case_open,           ///< the person has a case that has not ended
    erased,              ///< the applicant's data were erased
    field_not_yours,     ///< the field's origin or restriction does not let this act write it
    not_entitled,        ///< the actor's role may not give this command in the case's state
    evidence_required,   ///< an officer who records another's request must name evidence of it
    ground_required,     ///< the request needs a ground from the organization's list
    asked_already,       ///< the same request is pending, or was granted
    nothing_asked,       ///< there is no such open request to decide on
    second_person,       ///< whoever made the request, or is concerned by it, may not confirm it
    text_invalid,        ///< a text or id is not valid UTF-8, or contains control characters
    text_too_long,       ///< a text exceeds its maximum length
    same_person,         ///< another account of the same human being conflicts with it
    changed_revision,    ///< the definition differs from the published one with the same number
    not_stranded,        ///< the task is not waiting for a way out
};

/// Returns the stable name of a code, `separated`.
std::string_view code_of(RefusalCode code);

struct Refusal {
    RefusalCode code{};
    std::string message;  ///< one English sentence that names the object concerned
    Version current{};    ///< for `stale_version`: the case's current version
    friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// Thrown by `value()` when an Expected holds a refusal. `what()` is `separated: MESSAGE`.
class RefusedError : public std::runtime_error {
public:
    explicit RefusedError(const Refusal& refusal)
        : std::runtime_error(std::string(code_of(refusal.code)) + ": " + refusal.message),
          code(refusal.code) {}
    RefusalCode code;
};

/// Holds a value, or the refusal of the command that should have returned it.
template <class T>
class [[nodiscard]] Expected {
public:
    Expected(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    Expected(Refusal refusal) : held_(std::in_place_index<1>, std::move(refusal)) {}

    [[nodiscard]] explicit operator bool() const { return held_.index() == 0; }
    [[nodiscard]] bool refused(RefusalCode code) const {
        return held_.index() == 1 && refusal().code == code;
    }

    /// Throws RefusedError when it holds a refusal.
    [[nodiscard]] T& value() & { return checked(held_); }
    [[nodiscard]] const T& value() const& { return checked(held_); }
    /// Returns by value, so that a range-for loop over a returned Expected keeps it alive.
    [[nodiscard]] T value() && { return std::move(checked(held_)); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    /// Throws std::bad_variant_access when it holds a value.
    [[nodiscard]] const Refusal& refusal() const { return std::get<1>(held_); }

private:
    template <class Held>
    static auto& checked(Held& held) {
        if (const auto* refusal = std::get_if<1>(&held)) throw RefusedError(*refusal);
        return std::get<0>(held);
    }
    std::variant<T, Refusal> held_;
};

}  // namespace workflow::inline v0
