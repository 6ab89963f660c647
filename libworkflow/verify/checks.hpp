#pragma once

#include <span>
#include <vector>

#include "../base/diagnostics.hpp"
#include "../calendar/working_days.hpp"
#include "../definition/guarantee.hpp"
#include "../definition/organization.hpp"
#include "../process/net.hpp"

namespace workflow::verify {

/// The properties that are proved for every item of a catalog before publication.
class Checks {
public:
    /// `organization` may be nullptr if none is loaded; the checks that depend on it are then
    /// omitted. Keeps references to its arguments.
    Checks(const definition::Organization* organization,
           std::span<const definition::Guarantee> guarantees, DiagnosticSink& findings)
        : organization_(organization),
          guarantees_(guarantees),
          set_off_(guarantees.size()),
          findings_(findings) {}

    void check(const process::Process& process, const WorkingDays& calendar);
    /// Reports what is known only after all items have been checked: a guarantee that applies to no
    /// item.
    void finish();

private:
    const definition::Organization* organization_;
    std::span<const definition::Guarantee> guarantees_;
    std::vector<bool> set_off_;
    bool any_ = false;
    DiagnosticSink& findings_;
};

}  // namespace workflow::verify
