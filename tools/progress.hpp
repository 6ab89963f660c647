#pragma once

/// A progress bar on a terminal's standard error; elsewhere, nothing.

#include <chrono>
#include <cstdint>
#include <string>

#include "command.hpp"

namespace workflow::tools {

class Progress {
public:
    /// `things`: what is counted, "rows".
    Progress(const Arguments& arguments, Streams& streams, std::string things);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// `share` from 0 to 1. Draws ten times a second at most.
    void show(std::uint64_t count, double share);
    void clear();

private:
    using Clock = std::chrono::steady_clock;
    Streams& streams_;
    std::string things_;
    bool shown_ = false;
    bool visible_ = false;
    Clock::time_point started_ = Clock::now(), drawn_{};
};

/// Goes to the first column of the line, which it empties.
std::string start_of_line();

}  // namespace workflow::tools
