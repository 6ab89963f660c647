#pragma once

/// Facade: evidence beyond the store. Checkpoints of the whole trail, signed and kept where the
/// keeper of the store does not reach, and proofs that others can check without the store.
///
/// None of these functions decides or writes; they read the store, which no other thread may use
/// meanwhile. StoreError as everywhere.

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/ports.hpp>
#include <workflow/values.hpp>

namespace workflow {

/// By what checkpoints are signed: Ed25519 (RFC 8032), or SM2 with SM3 (GB/T 32918, 32905).
enum class SigningAlgorithm : std::uint8_t { ed25519, sm2 };
/// A new private key as PEM; one of SM2 takes OpenSSL's own random source.
std::string new_signing_key(const Entropy& entropy,
                            SigningAlgorithm algorithm = SigningAlgorithm::ed25519);
/// Signs with a private key in PEM. Throws std::runtime_error when it is none of these.
Signer pem_signer(std::string name, std::string pem);
/// The public key as it is handed on: `name+hash+base64`.
std::string public_key_of(const Signer& signer);

/// No checkpoint or proof can be made, or a key cannot be read; says why.
class EvidenceError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A checkpoint of the store as it is, to be added to the end of `earlier`: the text of the file of
/// all checkpoints before it, which may be empty. Throws EvidenceError when one of those is not
/// signed by the signer, when the store does not go on from the last of them, or when the clock
/// stands before it. Reads the whole trail.
///
/// `next`: the signer of all checkpoints after this one, which names its key and is signed by both.
///
/// `tree`: what was kept of the tree when the last checkpoint was taken, or an empty text; what is
/// to be kept until the next one afterwards. Where it fits the last checkpoint, only the events
/// since then are read, and of those before only that the last one is there: that the others are as
/// they were is for `verify_checkpoints`. It is no secret; an altered one is passed over.
std::string take_checkpoint(Store& store, const Signer& signer, Instant now,
                            std::string_view earlier, const Signer* next = nullptr,
                            std::string* tree = nullptr);

/// Asks an authority to say when the last checkpoint was there: a time stamp (RFC 3161) on its
/// root, as a request in DER that is sent to it. Throws EvidenceError when there is no checkpoint.
std::string stamp_request(std::string_view checkpoints, const Entropy& entropy);
/// What the authority's answer says.
struct Stamped {
    std::size_t checkpoint = 0;  ///< from 1: whose root it stamped
    std::uint64_t size = 0;      ///< events of that checkpoint
    Instant time;
    std::string authority;
};
/// Checks the answer: its signature up to one of the certificates in `trusted` (PEM), as of the
/// time that it states, and that what it stamped is the root of one of the checkpoints. Throws
/// EvidenceError.
Stamped check_stamp(std::string_view answer, std::string_view checkpoints,
                    const std::string& trusted);

/// What comparing a store with its checkpoints found.
struct AnchorReport {
    struct Break {
        std::size_t checkpoint = 0;  ///< from 1, in the order of the file; 0: none of them
        std::size_t line = 0;        ///< in the file
        std::string what;
    };
    std::uint64_t checkpoints = 0;
    std::uint64_t events = 0;     ///< in the store
    std::uint64_t anchored = 0;   ///< events up to the last checkpoint that fits
    std::uint64_t broken = 0;     ///< checkpoints that do not fit, or positions that are wrong
    std::vector<Break> breaks;    ///< cut at 1000
    std::optional<Instant> last;  ///< the time of the last checkpoint that fits

    [[nodiscard]] bool intact() const { return broken == 0; }
    /// Events that no checkpoint covers yet: what happened to them since is not shown.
    [[nodiscard]] std::uint64_t not_yet_anchored() const {
        return events > anchored ? events - anchored : 0;
    }
};
/// Compares the tree over the first events with each checkpoint's root; checks signatures, and that
/// sizes and times never fall. `public_key` has signed the first of them; where one names the next
/// key, that one has signed those after it. Memory does not grow with the store. Throws
/// EvidenceError when `public_key` is none, or there is no checkpoint.
AnchorReport verify_checkpoints(Store& store, std::string_view checkpoints,
                                std::string_view public_key);

/// That a case's event is among those of a checkpoint. Open, it holds the case's events up to this
/// one, with everything that was entered: for those who may read the case. Sealed, it holds the
/// event's hash alone, which tells nobody anything, and shows whoever has it that it is there.
struct InclusionProof {
    CaseNumber number;
    std::uint32_t sequence = 0;         ///< of the event in its case
    std::vector<std::string> bodies;    ///< events 1 to `sequence`, as docs/formats/event.md
    std::optional<Digest> hash;         ///< of the event, in place of the bodies: sealed
    std::uint64_t index = 0, size = 0;  ///< of the leaf, from 0; of the tree
    std::vector<Digest> path;
    std::string checkpoint;  ///< the signed note
};
/// Proves event `sequence` (0: the last that is covered) of a case with the last of `checkpoints`.
/// Throws EvidenceError when there is no such event, when it is not covered yet, or when the store
/// is not the one that was signed.
InclusionProof prove(Store& store, const CaseNumber& number, std::uint32_t sequence,
                     std::string_view checkpoints, bool sealed = false);
/// Why the proof does not hold; nothing when it does. Uses no store. Throws EvidenceError when
/// `public_key` is none.
std::optional<std::string> fault_of(const InclusionProof& proof, std::string_view public_key);

/// That the trail of a checkpoint goes on from that of an earlier one: nothing of it was changed.
struct ConsistencyProof {
    std::string earlier, later;  ///< the signed notes
    std::vector<Digest> path;
};
/// From checkpoint `from` of the file (1: the first) to its last. Throws EvidenceError when there
/// is no such checkpoint, or the store is not the one that was signed.
ConsistencyProof prove_consistency(Store& store, std::string_view checkpoints,
                                   std::size_t from = 1);
/// As above; one key has signed both.
std::optional<std::string> fault_of(const ConsistencyProof& proof, std::string_view public_key);

}  // namespace workflow
