#pragma once

#include <span>
#include <vector>

#include "../base/diagnostics.hpp"
#include "../calendar/working_days.hpp"
#include "../definition/guarantee.hpp"
#include "../definition/organization.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// What is proved of every item of a catalog before it is published.
class Checks {
public:
    /// `organization`: nothing when none is loaded; what depends on it is then left out. Keeps
    /// references to its arguments.
    Checks(const definition::Organization* organization,
           std::span<const definition::Guarantee> guarantees, DiagnosticSink& findings)
        : organization_(organization),
          guarantees_(guarantees),
          set_off_(guarantees.size()),
          findings_(findings) {}

    void check(const process::Process& process, const WorkingDays& calendar);
    /// What only shows when all items have been checked: a guarantee that speaks of none of them.
    void finish();

private:
    const definition::Organization* organization_;
    std::span<const definition::Guarantee> guarantees_;
    std::vector<bool> set_off_;
    bool any_ = false;
    DiagnosticSink& findings_;
};

}  // namespace workflow::verify
