#pragma once

/// The verifier that shares no code with the program.

#include "support/second_verifier.hpp"
#include "tools/terminal.hpp"

namespace workflow::testing {

/// What examples/verify_trail.py says of a store, and its exit code.
inline Said second_verifier(const std::string& store, const std::string& options = {}) {
    Said said;
    auto verdict = ask_second_verifier(store, options);
    said.code = verdict.code;
    said.out = std::move(verdict.out);
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
