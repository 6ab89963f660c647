#pragma once

/// Signed checkpoints: how many events there were and the root of the tree over them, in the text
/// form of C2SP's tlog-checkpoint and signed-note. docs/formats/checkpoint.md has it on paper.

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

/// The text is no checkpoint, no public key, or not signed as it must be; says why.
class NoteError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    Digest root;
    std::optional<Instant> time;  ///< in whole seconds
    /// The key that signs all checkpoints after this one, which both have signed.
    std::optional<PublicKey> next_key = {};
    /// By what the root, and the hashes of the events below it, were computed.
    Hashing hashing = Hashing::sha256;
};

/// The lines that are signed, each with its line break; one of SHA-256 has none that says so.
/// Readers skip lines after the third that they do not know.
std::string text_of(const Checkpoint& checkpoint);

/// `name+hash+base64`, the form in which a public key is handed on. Throws NoteError.
PublicKey parse_public_key(std::string_view text);

/// The checkpoint with its signature. Throws NoteError when the signer's name or key cannot be
/// used, or when its signature does not verify with its own public key.
std::string sign_checkpoint(const Checkpoint& checkpoint, const Signer& signer);
/// The same, signed by the key that follows, too, which the checkpoint then names.
std::string sign_checkpoint(Checkpoint checkpoint, const Signer& signer, const Signer& next);

/// One note of a file of notes, not looked into yet.
struct Note {
    std::size_t line = 0;  ///< in which it begins, from 1
    std::string text;      ///< what is signed
    std::vector<std::string> signatures;
    [[nodiscard]] std::string whole() const;
};
/// The notes of a file, one after the other; between two may stand an empty line. Throws NoteError
/// for one that is larger than `bounds::note_bytes`.
std::vector<Note> read_notes(std::string_view file);
/// What the note says, once its signature by `key` is checked and its origin is the key's name.
/// Signatures by others are passed over. Throws NoteError.
///
/// Where the note names the key that follows, that key must have signed it, too.
Checkpoint open_note(const Note& note, const PublicKey& key);
/// What the note says, whoever has signed it or not. Throws NoteError.
Checkpoint unchecked(const Note& note);

}  // namespace workflow::trail
