#pragma once

/// The verifier that shares no code with the program.

#include <sys/wait.h>

#include <cstdio>
#include <stdexcept>

#include "tools/terminal.hpp"

namespace workflow::testing {

/// What examples/verify_trail.py says of a store, and its exit code.
inline Said second_verifier(const std::string& store, const std::string& options = {}) {
    const auto command = "python3 -B " WORKFLOW_SOURCE_DIR "/examples/verify_trail.py " + store +
                         ' ' + options + " 2>&1";
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("the second verifier cannot be started");
    Said said;
    char buffer[256];
    while (fgets(buffer, sizeof buffer, pipe) != nullptr) said.out += buffer;
    const int status = pclose(pipe);
    said.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return said;
}

/// A hall with a key by which its trail is anchored.
class AnchoredHall : public Terminal {
public:
    AnchoredHall() {
        const Said made =
            (*this)({"trail", "keygen", "--key", path("hall.pem"), "--origin", "hall.example"});
        if (made.code != 0) throw std::runtime_error(made.err);
        write("hall.pub", made.out);
    }

    /// A case that is accepted; some nine events.
    std::string work(int person) {
        const std::string number = open(std::to_string(person));
        (*this)({"complete", number, "accept", "--as", "lin"});
        return number;
    }
    Said verify() {
        return (*this)({"trail", "verify", "--checkpoints", path("checkpoints"), "--public-key",
                        path("hall.pub"), "--format", "json"});
    }
    /// What the second verifier says, with the checkpoints or without.
    [[nodiscard]] Said second_says(bool with_checkpoints = true) const {
        return second_verifier(path("hall.db"), with_checkpoints
                                                    ? "--checkpoints " + path("checkpoints") +
                                                          " --public-key " + path("hall.pub")
                                                    : std::string());
    }
};

}  // namespace workflow::testing
