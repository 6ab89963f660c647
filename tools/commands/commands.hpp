#pragma once

/// The row of each command; each is made in the file of its name.

#include "../command.hpp"

namespace workflow::tools {

Subcommand advance_command();
Subcommand batch_command();
Subcommand cases_command();
Subcommand claim_command();
Subcommand complete_command();
Subcommand completion_command();
Subcommand conform_command();
Subcommand decide_command();
Subcommand delegate_command();
Subcommand demand_command();
Subcommand draw_keygen_command();
Subcommand draw_publish_command();
Subcommand draw_reveal_command();
Subcommand draw_verify_command();
Subcommand eval_command();
Subcommand export_command();
Subcommand graph_command();
Subcommand help_command();
Subcommand import_command();
Subcommand next_command();
Subcommand open_command();
Subcommand rate_add_command();
Subcommand rate_aside_command();
Subcommand rate_command();
Subcommand rate_keygen_command();
Subcommand rate_tokens_command();
Subcommand reassign_command();
Subcommand recuse_command();
Subcommand resolve_command();
Subcommand report_halls_command();
Subcommand report_items_command();
Subcommand report_officers_command();
Subcommand report_pools_command();
Subcommand report_ratings_command();
Subcommand report_reconcile_command();
Subcommand return_command();
Subcommand show_command();
Subcommand simulate_command();
Subcommand journal_command();
Subcommand publish_command();
Subcommand staff_command();
Subcommand staff_join_command();
Subcommand staff_move_command();
Subcommand staff_post_command();
Subcommand staff_qualify_command();
Subcommand staff_absent_command();
Subcommand staff_back_command();
Subcommand staff_leave_command();
Subcommand staff_substitute_command();
Subcommand staff_weigh_command();
Subcommand staff_supervise_command();
Subcommand staff_seat_command();
Subcommand staff_shift_command();
Subcommand staff_key_command();
Subcommand staffing_command();
Subcommand supply_command();
Subcommand tasks_command();
Subcommand trail_check_command();
Subcommand trail_checkpoint_command();
Subcommand trail_command();
Subcommand trail_keygen_command();
Subcommand trail_signer_command();
Subcommand trail_prove_command();
Subcommand trail_growth_command();
Subcommand receipt_command();
Subcommand trail_stamp_command();
Subcommand trail_stamped_command();
Subcommand trail_verify_command();
Subcommand validate_command();
Subcommand vault_cases_command();
Subcommand vault_erase_command();
Subcommand vault_keygen_command();
Subcommand vault_rekey_command();
Subcommand version_command();
Subcommand withdraw_command();
Subcommand unseal_command();
Subcommand urge_command();

}  // namespace workflow::tools
