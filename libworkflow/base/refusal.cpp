#include <workflow/refusal.hpp>

namespace workflow {

std::string_view code_of(Rule rule) {
    switch (rule) {
        case Rule::unknown_item:
            return "unknown_item";
        case Rule::unknown_case:
            return "unknown_case";
        case Rule::unknown_task:
            return "unknown_task";
        case Rule::unknown_officer:
            return "unknown_officer";
        case Rule::unknown_outcome:
            return "unknown_outcome";
        case Rule::unknown_field:
            return "unknown_field";
        case Rule::unknown_material:
            return "unknown_material";
        case Rule::stale_version:
            return "stale_version";
        case Rule::key_reused:
            return "key_reused";
        case Rule::case_ended:
            return "case_ended";
        case Rule::not_on_post:
            return "not_on_post";
        case Rule::not_qualified:
            return "not_qualified";
        case Rule::absent:
            return "absent";
        case Rule::separated:
            return "separated";
        case Rule::applicant_is_officer:
            return "applicant_is_officer";
        case Rule::not_your_task:
            return "not_your_task";
        case Rule::already_claimed:
            return "already_claimed";
        case Rule::drawn_not_chosen:
            return "drawn_not_chosen";
        case Rule::not_supervisor:
            return "not_supervisor";
        case Rule::materials_missing:
            return "materials_missing";
        case Rule::field_missing:
            return "field_missing";
        case Rule::field_invalid:
            return "field_invalid";
        case Rule::reason_required:
            return "reason_required";
        case Rule::condition_not_met:
            return "condition_not_met";
        case Rule::outcome_exhausted:
            return "outcome_exhausted";
        case Rule::not_waiting:
            return "not_waiting";
        case Rule::withdraw_closed:
            return "withdraw_closed";
        case Rule::no_branch:
            return "no_branch";
        case Rule::outside_calendar:
            return "outside_calendar";
        case Rule::time_out_of_order:
            return "time_out_of_order";
        case Rule::too_many_steps:
            return "too_many_steps";
        case Rule::nothing_to_do:
            return "nothing_to_do";
        case Rule::needed_later:
            return "needed_later";
        case Rule::too_late_to_extend:
            return "too_late_to_extend";
        case Rule::extended_already:
            return "extended_already";
        case Rule::urged_already:
            return "urged_already";
    }
    return "unknown_rule";
}

}  // namespace workflow
