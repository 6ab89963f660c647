#pragma once

/// Vocabulary: the closed list of what a rule refuses, and `Expected<T>` that carries it.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <workflow/values.hpp>

namespace workflow {

/// Why a command was refused. The names returned by `code_of` are stable; scripts rely on them.
enum class RefusalCode : std::uint8_t {
    unknown_item,          ///< the catalog has no such item
    unknown_case,          ///< the store has no such case
    unknown_task,          ///< the case has no such open task
    unknown_officer,       ///< the organization has no such officer
    unknown_outcome,       ///< the task cannot end with that outcome
    unknown_field,         ///< the item declares no such field
    unknown_material,      ///< the item's list has no such material: none may be asked for or taken
                           ///< (R9)
    stale_version,         ///< the case has moved on; the refusal names the current version
    key_reused,            ///< the key was used for a different request
    case_ended,            ///< nothing can be done in a case that has ended
    not_on_post,           ///< none of the officer's posts has the task's duty, or not in this hall
    not_qualified,         ///< the officer is not qualified for the item
    absent,                ///< the officer is absent on that day
    separated,             ///< the officer has performed a duty kept apart from this one (R23)
    applicant_is_officer,  ///< staff take no part in their own case (R23)
    not_your_task,         ///< another officer holds the task
    already_claimed,       ///< the task is held already
    drawn_not_chosen,      ///< the engine draws for this task; nobody picks case or officer (R24)
    not_supervisor,        ///< only a supervisor reassigns
    materials_missing,     ///< the outcome requires materials that are not there
    field_missing,         ///< a required field has no value
    field_invalid,         ///< a field's value has the wrong type or fails its check
    reason_required,       ///< the outcome needs a reason
    condition_not_met,     ///< the outcome's `when` does not hold
    outcome_exhausted,     ///< the outcome was taken as often as it may be (R6)
    not_waiting,           ///< nothing in the case waits for that
    withdraw_closed,       ///< too late to withdraw: it has been decided
    no_branch,             ///< no branch of a `choose` holds for these values
    outside_calendar,      ///< a limit reaches beyond the loaded calendars (R1)
    time_out_of_order,     ///< recorded before the case's last event, or said to happen after it is
                           ///< recorded
    too_many_steps,        ///< the process did not come to rest within the bound
    nothing_to_do,         ///< no task waits that this officer may take
    needed_later,        ///< with this officer here, nobody would be left for a later task that is
                         ///< kept apart from this one (R23)
    too_late_to_extend,  ///< the law's limit has passed, or does not run yet (R10)
    extended_already,    ///< a limit is extended once (R10)
    urged_already,       ///< the same person has asked for haste that day
    recused,             ///< the officer has an interest in the matter (回避)
    other_section,       ///< the item belongs to another section's officers (分类审批)
    not_specialist,      ///< others are qualified for the item more narrowly
    next_in_line,  ///< the oldest comes first: the officer asks for the next task, and does not
                   ///< choose it
    not_yours_to_read,   ///< none of the officer's posts has to do with the case
    nothing_sealed,      ///< nothing of that is kept from the officer
    no_such_mode,        ///< the item is not offered in that mode
    appointment_needed,  ///< the mode needs an appointment, or the appointment has not come
    outside_hours,       ///< the mode is not served at that time
    no_proxy,            ///< nobody may apply for another
    not_rateable,        ///< there is nothing to rate there
    wrong_token,         ///< the token is not the one that was given for it
    rated_already,       ///< it was rated, or the words added, before (R28)
    not_rated,           ///< there is no rating to add to or set aside
    own_affair,          ///< nobody decides on his own rights, or on a rating of himself
    unknown_post,        ///< the organization has no such post
    unknown_hall,        ///< the organization has no such hall
    posts_apart,         ///< nobody holds both posts
    nothing_changed,     ///< it is so already
    entered_too_late,    ///< acts of that day can no longer be entered
    signature_required,  ///< the post's acts are signed, and this one is not
    signature_invalid,   ///< it is not the officer's over this command
    off_shift,           ///< the officer's shift has no hours on that day
    unknown_window,      ///< the officer's hall has no such window
    unknown_shift,       ///< the organization has no such shift
    purpose_required,    ///< personal data are read for a purpose, one that the organization names
    reading_exhausted,   ///< the officer has read as many cases as he may within an hour
    unknown_person,      ///< the store keeps nothing of that person
    case_open,           ///< the person has a case that has not ended
    erased,              ///< the applicant's data were erased
    field_not_yours,     ///< the field's origin, or its seal, does not let this act write it
    not_entitled,        ///< the actor's role may not give this command in the case's state
    evidence_required,   ///< an officer who records another's request names the evidence of it
    ground_required,     ///< the request needs a ground from the organization's list
    asked_already,       ///< the same was asked before and is not answered yet, or was granted
    nothing_asked,       ///< there is no such open request to decide on
    second_person,       ///< the person who asked, or whom it is about, cannot also confirm it
    text_invalid,        ///< a text or id is not valid UTF-8, or has control characters
    text_too_long,       ///< a text is longer than it may be
    same_person,         ///< another account of the same human being stands against it
    changed_revision,    ///< the definition differs from the published one of the same number
    not_stranded,        ///< the task does not wait for a way out
};

/// Returns the stable name of a code, `separated`.
std::string_view code_of(RefusalCode code);

struct Refusal {
    RefusalCode code{};
    std::string message;  ///< one sentence in English that names what is concerned
    Version current{};    ///< for `stale_version`: the version the case has
    friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// Thrown by `value()` of an Expected that holds a refusal; `what()` is `separated: MESSAGE`.
class RefusedError : public std::runtime_error {
public:
    explicit RefusedError(const Refusal& refusal)
        : std::runtime_error(std::string(code_of(refusal.code)) + ": " + refusal.message),
          code(refusal.code) {}
    RefusalCode code;
};

/// A value, or the refusal of the command that should have given it.
template <class T>
class [[nodiscard]] Expected {
public:
    Expected(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    Expected(Refusal refusal) : held_(std::in_place_index<1>, std::move(refusal)) {}

    [[nodiscard]] explicit operator bool() const { return held_.index() == 0; }
    [[nodiscard]] bool refused(RefusalCode code) const {
        return held_.index() == 1 && refusal().code == code;
    }

    /// Throws RefusedError when there is none.
    [[nodiscard]] T& value() & { return checked(held_); }
    [[nodiscard]] const T& value() const& { return checked(held_); }
    /// By value: a loop over what a call returned keeps it.
    [[nodiscard]] T value() && { return std::move(checked(held_)); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    /// Throws std::bad_variant_access when there is none.
    [[nodiscard]] const Refusal& refusal() const { return std::get<1>(held_); }

private:
    template <class Held>
    static auto& checked(Held& held) {
        if (const auto* refusal = std::get_if<1>(&held)) throw RefusedError(*refusal);
        return std::get<0>(held);
    }
    std::variant<T, Refusal> held_;
};

}  // namespace workflow
