#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>

#include "command.hpp"

int main(int count, char** words) {
    std::signal(SIGPIPE, SIG_DFL);  // `workflow cases | head` ends in silence
    std::ios::sync_with_stdio(false);
    workflow::tools::Streams streams{
        .in = std::cin,
        .out = std::cout,
        .err = std::cerr,
        .out_terminal = isatty(STDOUT_FILENO) == 1,
        .err_terminal = isatty(STDERR_FILENO) == 1,
        .environment = [](const std::string& name) -> std::optional<std::string> {
            const char* value = std::getenv(name.c_str());
            if (value == nullptr || *value == '\0') return std::nullopt;
            return value;
        },
        .clock = workflow::system_clock(),
    };
    return workflow::tools::run_program({words + 1, words + count}, streams);
}
