#pragma once

/// Facade: evidence outside the store. Signed checkpoints of the whole trail, to be kept out of
/// reach of whoever administers the store, and proofs that others can check without the store.
///
/// These functions only read the store. No other thread may use it meanwhile. They may throw
/// StoreError.

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/ports.hpp>
#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// The signature algorithm of checkpoints: Ed25519 (RFC 8032), or SM2 with SM3 (GB/T 32918, 32905).
enum class SigningAlgorithm : std::uint8_t { ed25519, sm2 };
/// Returns a new private key as PEM. For SM2, uses OpenSSL's random source instead of `entropy`.
std::string new_signing_key(const Entropy& entropy,
                            SigningAlgorithm algorithm = SigningAlgorithm::ed25519);
/// Returns a signer for a private key in PEM. Throws std::runtime_error when `pem` holds none.
Signer pem_signer(std::string name, std::string pem);
/// Returns the public key in the form for distribution: `name+hash+base64`.
std::string public_key_of(const Signer& signer);

/// Thrown when a checkpoint or proof cannot be made, or a key cannot be read. States the cause.
class EvidenceError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Makes a checkpoint of the current state of the store, to be appended to `earlier`, the content
/// of the checkpoint file so far (may be empty). Throws EvidenceError when one of those is not
/// signed by the signer, when the store does not extend the last of them, or when the clock shows
/// an earlier time than it. Reads the whole trail.
///
/// `next`: the signer of all later checkpoints. This checkpoint names its key and is signed by
/// both.
///
/// `tree`: in, the state kept since the last checkpoint, or an empty string; out, the state to keep
/// until the next one. If it matches the last checkpoint, only the events since then are read, and
/// of the earlier ones only the last. Use `verify_checkpoints` to check that the others are
/// unchanged. The state is not secret. An altered one is ignored.
std::string take_checkpoint(Store& store, const Signer& signer, Instant now,
                            std::string_view earlier, const Signer* next = nullptr,
                            std::string* tree = nullptr);

/// Returns a request (RFC 3161, DER) to send to a time-stamp authority, which attests when the root
/// of the last checkpoint existed. Throws EvidenceError when there is no checkpoint.
std::string stamp_request(std::string_view checkpoints, const Entropy& entropy);
/// The content of a time-stamp response.
struct Stamped {
    std::size_t checkpoint = 0;  ///< the checkpoint whose root was stamped, from 1
    std::uint64_t size = 0;      ///< events of that checkpoint
    Instant time;
    std::string authority;
};
/// Checks a response: its signature, by a chain to one of the certificates in `trusted` (PEM) at
/// the stated time, and that the stamped value is the root of one of the checkpoints. Throws
/// EvidenceError.
Stamped check_stamp(std::string_view answer, std::string_view checkpoints,
                    const std::string& trusted);

/// The result of comparing a store with its checkpoints.
struct AnchorReport {
    struct Break {
        std::size_t checkpoint = 0;  ///< from 1, in file order; 0: none of them
        std::size_t line = 0;        ///< in the file
        std::string what;
    };
    std::uint64_t checkpoints = 0;
    std::uint64_t events = 0;     ///< in the store
    std::uint64_t anchored = 0;   ///< events up to the last matching checkpoint
    std::uint64_t broken = 0;     ///< checkpoints that do not match, or wrong positions
    std::vector<Break> breaks;    ///< at most 1000
    std::optional<Instant> last;  ///< the time of the last matching checkpoint

    [[nodiscard]] bool intact() const { return broken == 0; }
    /// Returns the number of events that no checkpoint covers yet. Changes to them cannot be
    /// detected.
    [[nodiscard]] std::uint64_t not_yet_anchored() const {
        return events > anchored ? events - anchored : 0;
    }
};
/// Compares the tree over the first events with each checkpoint's root. Checks the signatures, and
/// that sizes and times never decrease. `public_key` must have signed the first checkpoint. Where a
/// checkpoint names the next key, that key must have signed those after it. Memory does not grow
/// with the store. Throws EvidenceError when `public_key` is invalid, or there is no checkpoint.
AnchorReport verify_checkpoints(Store& store, std::string_view checkpoints,
                                std::string_view public_key);

/// An inclusion proof: shows that a case's event is covered by a checkpoint. An open proof contains
/// the case's events up to this one, with all entered data, for readers who may see the case. A
/// sealed proof contains only the event's hash. It reveals nothing about the event and shows its
/// holder that the event is included.
struct InclusionProof {
    CaseNumber number;
    std::uint32_t sequence = 0;         ///< of the event in its case
    std::vector<std::string> bodies;    ///< events 1 to `sequence`, as docs/formats/event.md
    std::optional<Digest> hash;         ///< of the event, in place of the bodies: sealed
    std::uint64_t index = 0, size = 0;  ///< of the leaf, from 0; of the tree
    std::vector<Digest> path;
    std::string checkpoint;  ///< the signed note
};
/// Proves event `sequence` (0: the last covered one) of a case with the last of `checkpoints`.
/// Throws EvidenceError when there is no such event, when it is not covered yet, or when the store
/// is not the one that was signed.
InclusionProof prove(Store& store, const CaseNumber& number, std::uint32_t sequence,
                     std::string_view checkpoints, bool sealed = false);
/// Returns why the proof fails, or nullopt when it holds. Needs no store. Throws EvidenceError when
/// `public_key` is invalid.
std::optional<std::string> fault_of(const InclusionProof& proof, std::string_view public_key);

/// A consistency proof: shows that a later checkpoint extends an earlier one without changing it.
struct ConsistencyProof {
    std::string earlier, later;  ///< the signed notes
    std::vector<Digest> path;
};
/// Proves consistency from checkpoint `from` of the file (1: the first) to its last. Throws
/// EvidenceError when there is no such checkpoint, or the store is not the one that was signed.
ConsistencyProof prove_consistency(Store& store, std::string_view checkpoints,
                                   std::size_t from = 1);
/// Returns why the proof fails, or nullopt when it holds. Both checkpoints must be signed with
/// `public_key`.
std::optional<std::string> fault_of(const ConsistencyProof& proof, std::string_view public_key);

}  // namespace workflow::inline v0
