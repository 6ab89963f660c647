#pragma once

/// examples/verify_trail.py, the verifier that shares no code with the library.

#include <sys/wait.h>

#include <cstdio>
#include <stdexcept>
#include <string>

#include "workflow_paths.hpp"

namespace workflow::testing {

struct Verdict {
    int code = -1;
    std::string out;
};

/// What it says of a store, and its exit code.
inline Verdict ask_second_verifier(const std::string& store, const std::string& options = {}) {
    const auto command = "python3 -B " WORKFLOW_SOURCE_DIR "/examples/verify_trail.py '" + store +
                         "' " + options + " 2>&1";
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("the second verifier cannot be started");
    Verdict verdict;
    char buffer[256];
    while (fgets(buffer, sizeof buffer, pipe) != nullptr) verdict.out += buffer;
    const int status = pclose(pipe);
    verdict.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return verdict;
}

}  // namespace workflow::testing
