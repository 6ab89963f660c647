#pragma once

/// Signed checkpoints: the number of events and the root of the tree over them, in the text form of
/// C2SP's tlog-checkpoint and signed-note. docs/formats/checkpoint.md specifies the format.

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/ports.hpp>
#include <workflow/values.hpp>

#include "../crypto/public_key.hpp"

namespace workflow::trail {

using workflow::is_key_name;
using workflow::PublicKey;
using workflow::text_of;

/// The text is not a checkpoint or a public key, or is not signed as required. States the cause.
class NoteError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    Digest root;
    std::optional<Instant> time;  ///< in whole seconds
    /// The key that signs all later checkpoints. This checkpoint is signed by both keys.
    std::optional<PublicKey> next_key = {};
    /// The hash function of the root and of the event hashes below it.
    Hashing hashing = Hashing::sha256;
};

/// Returns the lines that are signed, each with its line break. A checkpoint by SHA-256 has no line
/// naming the hash. Readers skip unknown lines after the third.
std::string text_of(const Checkpoint& checkpoint);

/// Parses a public key in its distribution form `name+hash+base64`. Throws NoteError.
PublicKey parse_public_key(std::string_view text);

/// Returns the checkpoint with its signature. Throws NoteError when the signer's name or key is
/// unusable, or when its signature does not verify with its own public key.
std::string sign_checkpoint(const Checkpoint& checkpoint, const Signer& signer);
/// Does the same, also signed by the next key, which the checkpoint names.
std::string sign_checkpoint(Checkpoint checkpoint, const Signer& signer, const Signer& next);

/// One note of a file of notes, not parsed yet.
struct Note {
    std::size_t line = 0;  ///< its first line, from 1
    std::string text;      ///< the signed text
    std::vector<std::string> signatures;
    [[nodiscard]] std::string whole() const;
};
/// Splits a file into its notes. An empty line between two notes is allowed. Throws NoteError for a
/// note larger than `bounds::note_bytes`.
std::vector<Note> read_notes(std::string_view file);
/// Returns the content of the note after checking its signature by `key` and that its origin is the
/// key's name. Ignores signatures by others. Throws NoteError.
///
/// Where the note names the next key, that key must have signed it too.
Checkpoint open_note(const Note& note, const PublicKey& key);
/// Returns the content of the note without checking signatures. Throws NoteError.
Checkpoint unchecked(const Note& note);

}  // namespace workflow::trail
