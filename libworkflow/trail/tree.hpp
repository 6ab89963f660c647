#pragma once

/// The tree over all events of a store: Merkle tree hashing as in RFC 9162, section 2.1, with the
/// hash of the store. docs/formats/tree.md specifies it.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <workflow/values.hpp>

#include "../crypto/digest.hpp"

namespace workflow::trail {

Digest leaf_hash(Hasher& hasher, std::string_view data);
/// Returns the leaf of an event: the hash in its case's hash chain, which covers the case's number,
/// the event's body and every earlier event of the case.
Digest leaf_hash(Hasher& hasher, const Digest& event);
Digest node_hash(Hasher& hasher, const Digest& left, const Digest& right);

/// A growing tree: the hashes of its complete subtrees from the left, at most 64. Appending
/// computes one hash on average, the root as many as there are subtrees.
class Frontier {
public:
    Frontier() = default;
    /// Returns the tree of `size` leaves with these complete subtrees, or nullopt unless there is
    /// one for each 1 bit of the size.
    static std::optional<Frontier> of(std::uint64_t size, std::vector<Digest> complete);

    void append(Hasher& hasher, Digest leaf);
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] const std::vector<Digest>& complete() const { return complete_; }
    [[nodiscard]] Digest root(Hasher& hasher) const;

private:
    std::uint64_t size_ = 0;
    std::vector<Digest> complete_;  // one for each 1 bit of the size, the largest first
};

/// Leaves [begin, end) that a proof contains as one hash.
struct Span {
    std::uint64_t begin = 0, end = 0;
    friend bool operator==(const Span&, const Span&) = default;
};

/// Returns the parts of an inclusion proof, in order (2.1.3.1): leaf `index` is in the tree of
/// `size`. Empty unless index < size.
std::vector<Span> inclusion_spans(std::uint64_t index, std::uint64_t size);
/// Returns the parts of a consistency proof (2.1.4.1): the tree of `size` extends the one of
/// `earlier` leaves. Empty unless 0 < earlier < size.
std::vector<Span> consistency_spans(std::uint64_t earlier, std::uint64_t size);

/// Collects the hashes of non-overlapping spans in one pass over the leaves.
class SpanHashes {
public:
    explicit SpanHashes(std::vector<Span> spans)
        : spans_(std::move(spans)), trees_(spans_.size()) {}
    void leaf(Hasher& hasher, std::uint64_t index, const Digest& leaf);
    /// Returns one hash for each span, in the order given.
    [[nodiscard]] std::vector<Digest> hashes(Hasher& hasher) const;

private:
    std::vector<Span> spans_;
    std::vector<Frontier> trees_;
};

/// Returns the root computed from an inclusion proof (2.1.3.2), or nullopt when its length cannot
/// be right.
std::optional<Digest> root_of(Hasher& hasher, const Digest& leaf, std::uint64_t index,
                              std::uint64_t size, std::span<const Digest> path);
/// Returns whether the proof leads from `earlier` to both roots (2.1.4.2). An empty tree is
/// consistent with every other, and a tree with itself, without a proof.
bool is_consistent(Hasher& hasher, std::uint64_t earlier, const Digest& earlier_root,
                   std::uint64_t size, const Digest& root, std::span<const Digest> path);

}  // namespace workflow::trail
