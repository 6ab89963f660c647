#pragma once

/// The hall that hostile actors try: one item that has a field of every origin, a window, a blind
/// review, a panel that votes, and a counter; accounts of one human being, an officer who applies,
/// supervisors of two halls.

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <workflow/catalog.hpp>

namespace workflow::hostile {

/// What the judge knows of an officer, told from the organization's text by hand.
struct Officer {
    std::string person, hall;
    std::set<std::string> posts;
    bool supervisor = false;
    std::vector<std::pair<Date, Date>> absent{};  ///< from and to, both included
};
using Officers = std::map<std::string, Officer>;

const Catalog& catalog();
Officers officers();

/// Which post performs the step: `window` for `intake`; empty for an unknown step.
std::string post_of(const std::string& step);
/// The steps that the engine draws for.
bool is_drawn(const std::string& step);

}  // namespace workflow::hostile
