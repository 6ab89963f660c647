#pragma once

/// Checks a foreign log against an item: reads, maps and checks it.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <workflow/values.hpp>

#include "../../calendar/local_clock.hpp"
#include "activity_map.hpp"
#include "conform.hpp"

namespace workflow::report {

struct CheckedLog {
    explicit CheckedLog(const process::Process& process, Conformance::Options options)
        : conformance(process, options) {}

    struct KnownActivity {
        std::string name;
        bool is_step = false;  ///< false: it is not allowed anywhere
        std::uint64_t events = 0;
    };

    Conformance conformance;
    std::vector<KnownActivity> activities;  ///< by their numbers in the traces
    std::uint64_t cases = 0, events = 0;
    /// By variant, in the order of `conformance.variants()`: the cases that did not fit.
    std::vector<std::vector<std::string>> deviating;
};

/// Throws batch::InputError if the log cannot be read.
CheckedLog check_log(const std::filesystem::path& file, const LocalClock& clock,
                     const process::Process& process, const ActivityMap& map,
                     Conformance::Options options);

}  // namespace workflow::report
