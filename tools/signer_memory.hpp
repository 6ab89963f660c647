#pragma once

/// What a signer has signed last, which it must not fall behind. docs/formats/checkpoint.md has the
/// file on paper.

#include <optional>
#include <string>
#include <string_view>

#include "trail/checkpoint.hpp"

namespace workflow::tools {

class SignerMemory {
public:
    /// Kept in `file`, which is made where it is not there; an empty name keeps it for as long as
    /// this lives. Throws WorldError, which says how to fix it, where the file is not what a
    /// signer with this key has left there.
    SignerMemory(PublicKey key, std::string file);

    [[nodiscard]] const std::optional<trail::Checkpoint>& last() const { return last_; }
    [[nodiscard]] bool outlives_the_process() const { return !file_.empty(); }
    /// Keeps the checkpoint that `text` is, with its signature. Returns when it is on the disk; a
    /// signature may go out only then. Throws WorldError: `last` is the one before, and the file
    /// has one of the two.
    void keep(std::string_view text, std::string_view signature);

private:
    void write(std::string_view content) const;
    PublicKey key_;
    std::string file_;
    std::optional<trail::Checkpoint> last_;
};

}  // namespace workflow::tools
