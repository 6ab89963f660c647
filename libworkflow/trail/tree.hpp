#pragma once

/// The tree over all events of a store: Merkle tree hashing as in RFC 9162, section 2.1, with the
/// hash of the store. docs/formats/tree.md has it on paper.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <workflow/values.hpp>

#include "../crypto/digest.hpp"

namespace workflow::trail {

Digest leaf_hash(Hasher& hasher, std::string_view data);
/// The leaf of an event: its hash in the chain of its case, which stands for the case's number, the
/// event's body and every event before it in the case.
Digest leaf_hash(Hasher& hasher, const Digest& event);
Digest node_hash(Hasher& hasher, const Digest& left, const Digest& right);

/// A growing tree: the hashes of its complete subtrees from the left, at most 64. Appending takes
/// one hash on average, the root as many as there are subtrees.
class Frontier {
public:
    Frontier() = default;
    /// The tree of `size` leaves with these complete subtrees; nothing unless there is one for each
    /// bit of the size that is 1.
    static std::optional<Frontier> of(std::uint64_t size, std::vector<Digest> complete);

    void append(Hasher& hasher, Digest leaf);
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] const std::vector<Digest>& complete() const { return complete_; }
    [[nodiscard]] Digest root(Hasher& hasher) const;

private:
    std::uint64_t size_ = 0;
    std::vector<Digest> complete_;  // one for each bit of the size that is 1, the largest first
};

/// Leaves `begin` to before `end`, which a proof hands over as one hash.
struct Span {
    std::uint64_t begin = 0, end = 0;
    friend bool operator==(const Span&, const Span&) = default;
};

/// Of what a proof consists, in its order (2.1.3.1): that leaf `index` is in the tree of `size`.
/// Nothing unless index < size.
std::vector<Span> inclusion_spans(std::uint64_t index, std::uint64_t size);
/// The same (2.1.4.1): that the tree of `size` goes on from the one of `earlier` leaves. Nothing
/// unless 0 < earlier < size.
std::vector<Span> consistency_spans(std::uint64_t earlier, std::uint64_t size);

/// Collects the hashes of spans, none of which overlap, while the leaves go by once.
class SpanHashes {
public:
    explicit SpanHashes(std::vector<Span> spans)
        : spans_(std::move(spans)), trees_(spans_.size()) {}
    void leaf(Hasher& hasher, std::uint64_t index, const Digest& leaf);
    /// One for each span, in the order given.
    [[nodiscard]] std::vector<Digest> hashes(Hasher& hasher) const;

private:
    std::vector<Span> spans_;
    std::vector<Frontier> trees_;
};

/// The root that an inclusion proof leads to (2.1.3.2); nothing when its length cannot be right.
std::optional<Digest> root_of(Hasher& hasher, const Digest& leaf, std::uint64_t index,
                              std::uint64_t size, std::span<const Digest> path);
/// Whether the proof leads from `earlier` to both roots (2.1.4.2). An empty tree goes on into
/// every other, and a tree into itself, without a proof.
bool is_consistent(Hasher& hasher, std::uint64_t earlier, const Digest& earlier_root,
                   std::uint64_t size, const Digest& root, std::span<const Digest> path);

}  // namespace workflow::trail
