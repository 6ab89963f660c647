#include "tree.hpp"

#include <algorithm>
#include <bit>

namespace workflow::trail {
namespace {

constexpr std::string_view leaf_prefix("\0", 1);
constexpr std::string_view node_prefix("\1", 1);

/// Returns the largest power of two below `size`, which is at least 2: where a tree is split.
std::uint64_t split(std::uint64_t size) {
    return std::bit_floor(size - 1);
}

}  // namespace

Digest leaf_hash(Hasher& hasher, std::string_view data) {
    return hasher.digest({leaf_prefix, data});
}

Digest leaf_hash(Hasher& hasher, const Digest& event) {
    return leaf_hash(hasher, view(event));
}

Digest node_hash(Hasher& hasher, const Digest& left, const Digest& right) {
    return hasher.digest({node_prefix, view(left), view(right)});
}

std::optional<Frontier> Frontier::of(std::uint64_t size, std::vector<Digest> complete) {
    if (complete.size() != static_cast<std::size_t>(std::popcount(size))) return {};
    Frontier frontier;
    frontier.size_ = size;
    frontier.complete_ = std::move(complete);
    return frontier;
}

void Frontier::append(Hasher& hasher, Digest leaf) {
    // Each bit cleared by the carry of size + 1 is a complete subtree that is merged with its
    // neighbour.
    for (auto bits = size_; bits & 1; bits >>= 1) {
        leaf = node_hash(hasher, complete_.back(), leaf);
        complete_.pop_back();
    }
    complete_.push_back(leaf);
    ++size_;
}

Digest Frontier::root(Hasher& hasher) const {
    if (complete_.empty()) return hasher.digest({});
    auto root = complete_.back();
    for (auto left = complete_.rbegin() + 1; left != complete_.rend(); ++left)
        root = node_hash(hasher, *left, root);
    return root;
}

std::vector<Span> inclusion_spans(std::uint64_t index, std::uint64_t size) {
    std::vector<Span> spans;
    if (index >= size) return spans;
    for (Span rest{0, size}; rest.end - rest.begin > 1;) {
        const auto middle = rest.begin + split(rest.end - rest.begin);
        if (index < middle) {
            spans.push_back({middle, rest.end});
            rest.end = middle;
        } else {
            spans.push_back({rest.begin, middle});
            rest.begin = middle;
        }
    }
    std::reverse(spans.begin(), spans.end());
    return spans;
}

std::vector<Span> consistency_spans(std::uint64_t earlier, std::uint64_t size) {
    std::vector<Span> spans;
    if (earlier == 0 || earlier >= size) return spans;
    Span rest{0, size};
    while (rest.end != earlier) {
        const auto middle = rest.begin + split(rest.end - rest.begin);
        if (earlier <= middle) {
            spans.push_back({middle, rest.end});
            rest.end = middle;
        } else {
            spans.push_back({rest.begin, middle});
            rest.begin = middle;
        }
    }
    // A complete subtree that is the whole earlier tree is known to every verifier who has its
    // root.
    if (rest.begin != 0) spans.push_back(rest);
    std::reverse(spans.begin(), spans.end());
    return spans;
}

void SpanHashes::leaf(Hasher& hasher, std::uint64_t index, const Digest& leaf) {
    for (std::size_t i = 0; i < spans_.size(); ++i)
        if (spans_[i].begin <= index && index < spans_[i].end) {
            trees_[i].append(hasher, leaf);
            return;
        }
}

std::vector<Digest> SpanHashes::hashes(Hasher& hasher) const {
    std::vector<Digest> all;
    for (const auto& tree : trees_) all.push_back(tree.root(hasher));
    return all;
}

std::optional<Digest> root_of(Hasher& hasher, const Digest& leaf, std::uint64_t index,
                              std::uint64_t size, std::span<const Digest> path) {
    if (index >= size) return {};
    auto node = index;
    auto last = size - 1;
    auto root = leaf;
    for (const auto& neighbour : path) {
        if (last == 0) return {};
        if ((node & 1) || node == last) {
            root = node_hash(hasher, neighbour, root);
            while (!(node & 1) && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            root = node_hash(hasher, root, neighbour);
        }
        node >>= 1;
        last >>= 1;
    }
    if (last != 0) return {};
    return root;
}

bool is_consistent(Hasher& hasher, std::uint64_t earlier, const Digest& earlier_root,
                   std::uint64_t size, const Digest& root, std::span<const Digest> path) {
    if (earlier > size) return false;
    if (earlier == size) return path.empty() && earlier_root == root;
    if (earlier == 0) return path.empty() && earlier_root == Frontier().root(hasher);
    auto rest = path;
    auto left = earlier_root;
    if (!std::has_single_bit(earlier)) {
        if (rest.empty()) return false;
        left = rest.front();
        rest = rest.subspan(1);
    }
    auto node = earlier - 1;
    auto last = size - 1;
    while (node & 1) {
        node >>= 1;
        last >>= 1;
    }
    auto right = left;
    for (const auto& neighbour : rest) {
        if (last == 0) return false;
        if ((node & 1) || node == last) {
            left = node_hash(hasher, neighbour, left);
            right = node_hash(hasher, neighbour, right);
            while (!(node & 1) && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            right = node_hash(hasher, right, neighbour);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && left == earlier_root && right == root;
}

}  // namespace workflow::trail
