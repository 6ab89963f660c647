#include "checks.hpp"

#include "item_soundness.hpp"
#include "staffing.hpp"

namespace workflow::verify {

void check(const process::Process& process, const definition::Organization* organization,
           Findings& findings) {
    // The rest would only speak of ways that lead nowhere.
    if (!check_item(process, findings)) return;
    if (organization) check_staffing(process, *organization, findings);
}

}  // namespace workflow::verify
