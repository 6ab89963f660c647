#include "trail/tree.hpp"

#include <rapidcheck.h>

#include "support/catch.hpp"
#include "support/hexadecimal.hpp"

namespace workflow::testing::tree_test {

using namespace workflow::trail;

namespace {

/// By what the trees of the test are computed, for as long as it lives.
class By {
public:
    explicit By(Hashing hashing) { now = hashing; }
    ~By() { now = Hashing::sha256; }
    By(const By&) = delete;
    By& operator=(const By&) = delete;
    inline static Hashing now = Hashing::sha256;
};

Hasher& hasher() {
    static Hasher sha256;
    static Hasher sm3(Hashing::sm3);
    return By::now == Hashing::sm3 ? sm3 : sha256;
}

/// RFC 9162, 2.1.1, word for word.
Digest root_by_definition(std::span<const Digest> leaves) {
    if (leaves.empty()) return hasher().digest({""});
    if (leaves.size() == 1) return leaves.front();
    std::size_t k = 1;
    while (k * 2 < leaves.size()) k *= 2;
    return node_hash(hasher(), root_by_definition(leaves.first(k)),
                     root_by_definition(leaves.subspan(k)));
}

/// 2.1.3.1, word for word.
std::vector<Digest> path_by_definition(std::size_t m, std::span<const Digest> leaves) {
    if (leaves.size() == 1) return {};
    std::size_t k = 1;
    while (k * 2 < leaves.size()) k *= 2;
    auto path = m < k ? path_by_definition(m, leaves.first(k))
                      : path_by_definition(m - k, leaves.subspan(k));
    path.push_back(root_by_definition(m < k ? leaves.subspan(k) : leaves.first(k)));
    return path;
}

/// 2.1.4.1, word for word.
std::vector<Digest> proof_by_definition(std::size_t m, std::span<const Digest> leaves, bool whole) {
    if (m == leaves.size())
        return whole ? std::vector<Digest>() : std::vector{root_by_definition(leaves)};
    std::size_t k = 1;
    while (k * 2 < leaves.size()) k *= 2;
    auto proof = m <= k ? proof_by_definition(m, leaves.first(k), whole)
                        : proof_by_definition(m - k, leaves.subspan(k), false);
    proof.push_back(root_by_definition(m <= k ? leaves.subspan(k) : leaves.first(k)));
    return proof;
}

std::vector<Digest> made_up_leaves(std::size_t count) {
    std::vector<Digest> leaves;
    for (std::size_t i = 0; i < count; ++i)
        leaves.push_back(leaf_hash(hasher(), std::to_string(i)));
    return leaves;
}

Digest root(std::span<const Digest> leaves) {
    Frontier tree;
    for (const auto& leaf : leaves) tree.append(hasher(), leaf);
    return tree.root(hasher());
}

std::vector<Digest> hashes(std::vector<trail::Span> spans, std::span<const Digest> leaves) {
    SpanHashes streamed(std::move(spans));
    for (std::size_t i = 0; i < leaves.size(); ++i) streamed.leaf(hasher(), i, leaves[i]);
    return streamed.hashes(hasher());
}

/// The eight inputs that the tests of Certificate Transparency's logs share.
std::vector<Digest> known_leaves() {
    std::vector<Digest> leaves;
    for (const auto* input : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                              "606162636465666768696a6b6c6d6e6f"})
        leaves.push_back(leaf_hash(hasher(), bytes(input)));
    return leaves;
}

}  // namespace

TEST_CASE("the tree has the roots that every implementation of the RFC gives") {
    const auto leaves = known_leaves();
    const std::vector<std::string> roots{
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    for (std::size_t size = 0; size < roots.size(); ++size) {
        INFO(size);
        CHECK(hex(root(std::span(leaves).first(size))) == roots[size]);
    }
}

TEST_CASE("a tree by SM3 has roots of its own") {
    const By by(Hashing::sm3);
    const auto leaves = known_leaves();
    // As examples/verify_trail.py computes them, which shares no code with this.
    const std::vector<std::pair<std::size_t, std::string>> roots{
        {0, "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"},
        {1, "2daef60e7a0b8f5e024c81cd2ab3109f2b4f155cf83adeb2ae5532f74a157fdf"},
        {7, "bd36c22a1ac6ff4308e0c3cc1a85bf0ffa30538ec60a55c70413ab15d45db4d2"},
        {8, "bc48ba7a709184b5f2a631e1adeb8dc2a0d4c018c1d6cc89b5664fe154c93b38"}};
    for (const auto& [size, wanted] : roots) {
        INFO(size);
        CHECK(hex(root(std::span(leaves).first(size))) == wanted);
    }
}

TEST_CASE("the tree has the paths that every implementation of the RFC gives") {
    const auto leaves = known_leaves();
    const auto path = hashes(inclusion_spans(5, 8), leaves);
    REQUIRE(path.size() == 3);
    CHECK(hex(path[0]) == "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
    CHECK(hex(path[1]) == "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0");
    CHECK(hex(path[2]) == "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    const auto proof = hashes(consistency_spans(6, 8), leaves);
    REQUIRE(proof.size() == 3);
    CHECK(hex(proof[0]) == "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a");
    CHECK(hex(proof[1]) == "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0");
    CHECK(hex(proof[2]) == "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
}

TEST_CASE("a growing tree has the root of the definition at every size") {
    const By by(GENERATE(Hashing::sha256, Hashing::sm3));
    const auto leaves = made_up_leaves(130);
    Frontier tree;
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
        REQUIRE(tree.size() == size);
        REQUIRE(tree.root(hasher()) == root_by_definition(std::span(leaves).first(size)));
        if (size < leaves.size()) tree.append(hasher(), leaves[size]);
    }
}

TEST_CASE("proofs are those of the definition, and verify, at every size") {
    const By by(GENERATE(Hashing::sha256, Hashing::sm3));
    const auto all = made_up_leaves(40);
    for (std::size_t size = 1; size <= all.size(); ++size) {
        const auto leaves = std::span(all).first(size);
        const auto whole = root(leaves);
        for (std::size_t index = 0; index < size; ++index) {
            const auto path = hashes(inclusion_spans(index, size), leaves);
            REQUIRE(path == path_by_definition(index, leaves));
            REQUIRE(root_of(hasher(), leaves[index], index, size, path) == whole);
        }
        for (std::size_t earlier = 0; earlier <= size; ++earlier) {
            const auto proof = hashes(consistency_spans(earlier, size), leaves);
            if (earlier > 0) REQUIRE(proof == proof_by_definition(earlier, leaves, true));
            REQUIRE(
                is_consistent(hasher(), earlier, root(leaves.first(earlier)), size, whole, proof));
        }
    }
    CHECK(inclusion_spans(3, 3).empty());
    CHECK(consistency_spans(4, 3).empty());
}

TEST_CASE("a proof verifies for its own leaf, place, size and hashes only") {
    REQUIRE(rc::check("changed anywhere, an inclusion proof fails", [] {
        const auto size = *rc::gen::inRange<std::size_t>(2, 300);
        const auto index = *rc::gen::inRange<std::size_t>(0, size);
        const auto leaves = made_up_leaves(size);
        const auto whole = root(leaves);
        const auto path = hashes(inclusion_spans(index, size), leaves);
        const auto holds = [&](const Digest& leaf, std::size_t at, std::size_t of,
                               const std::vector<Digest>& way) {
            return root_of(hasher(), leaf, at, of, way) == whole;
        };
        RC_ASSERT(holds(leaves[index], index, size, path));
        const auto other = (index + *rc::gen::inRange<std::size_t>(1, size)) % size;
        RC_ASSERT(!holds(leaves[other], index, size, path));
        RC_ASSERT(!holds(leaves[index], other, size, path));
        RC_ASSERT(!holds(leaves[index], index, index, path));
        auto wrong = path;
        wrong[*rc::gen::inRange<std::size_t>(0, path.size())].bytes[7] ^= 4;
        RC_ASSERT(!holds(leaves[index], index, size, wrong));
        auto shorter = path;
        shorter.pop_back();
        RC_ASSERT(!holds(leaves[index], index, size, shorter));
        auto longer = path;
        longer.push_back(whole);
        RC_ASSERT(!holds(leaves[index], index, size, longer));
    }));
    REQUIRE(rc::check("a tree with another beginning is not consistent with the earlier one", [] {
        const auto size = *rc::gen::inRange<std::size_t>(2, 200);
        const auto earlier = *rc::gen::inRange<std::size_t>(1, size);
        auto leaves = made_up_leaves(size);
        const auto before = root(std::span(leaves).first(earlier));
        const auto changed = *rc::gen::inRange<std::size_t>(0, earlier);
        leaves[changed].bytes[0] ^= 1;
        const auto proof = hashes(consistency_spans(earlier, size), leaves);
        RC_ASSERT(!is_consistent(hasher(), earlier, before, size, root(leaves), proof));
        RC_ASSERT(is_consistent(hasher(), earlier, root(std::span(leaves).first(earlier)), size,
                                root(leaves), proof));
        auto wrong = proof;
        wrong.back().bytes[3] ^= 128;
        RC_ASSERT(!is_consistent(hasher(), earlier, root(std::span(leaves).first(earlier)), size,
                                 root(leaves), wrong));
    }));
}

}  // namespace workflow::testing::tree_test
