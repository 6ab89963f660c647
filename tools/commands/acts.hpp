#pragma once

#include <workflow/engine.hpp>

#include "../command.hpp"

namespace workflow::tools {

/// Which task is meant when the command line names none.
enum class TaskChoice { own, unheld, own_or_unheld };

/// The task that the arguments name, or the only one of the case that fits. Throws UsageError when
/// several do.
Expected<TaskNumber> task_of(const Arguments& arguments, Engine& engine,
                             const CaseNumber& number_of_case, const OfficerId& officer,
                             TaskChoice choice);

}  // namespace workflow::tools
