#pragma once

/// Definitions given as YAML texts, compiled.

#include <map>
#include <string>
#include <vector>

#include "definition/loader.hpp"
#include "process/net.hpp"

namespace workflow::testing {

/// Throws with the rendered findings on any error.
class Definitions {
public:
    /// Without an organization among them, the one of staff.hpp.
    explicit Definitions(std::vector<std::string> texts);

    definition::Organization organization;
    WorkingDays calendar;
    std::map<std::string, process::Process> processes;

private:
    Sources sources_;
    DiagnosticSink findings_;
    definition::Definitions loaded_;
};

}  // namespace workflow::testing
