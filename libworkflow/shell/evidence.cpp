#include <workflow/evidence.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "../crypto/signature.hpp"
#include "../crypto/sm2.hpp"
#include "../crypto/time_stamp.hpp"
#include "../trail/chain.hpp"
#include "../trail/checkpoint.hpp"
#include "../trail/codec.hpp"
#include "../trail/tree.hpp"

namespace workflow::inline v0 {
namespace {

using trail::Checkpoint;

constexpr auto every_position = std::numeric_limits<std::int64_t>::min();

/// Translates the exceptions of the trail layer about a text into those of this layer.
template <class Work>
auto in_evidence(Work work) {
    try {
        return work();
    } catch (const trail::NoteError& error) {
        throw EvidenceError(error.what());
    }
}

/// Builds the tree over a store from its events in order.
struct TreeBuilder {
    explicit TreeBuilder(const Store& store) : hasher(store.hashing()) {}

    Hasher hasher;
    trail::Frontier tree;
    std::int64_t last = 0;
    Digest last_event{};
    std::string gap;  ///< the first position that is not the one after the last

    void take(const EventPlace& place) {
        last_event = place.hash;
        if (place.position != last + 1 && gap.empty())
            gap = fmt::format("after position {} comes {}: events were taken out or put in", last,
                              place.position);
        last = place.position;
        tree.append(hasher, trail::leaf_hash(hasher, place.hash));
    }
    [[nodiscard]] Digest root() { return tree.root(hasher); }
};

/// Throws NoteError if the checkpoint is of a store with another hash function.
void check_hashing(const Checkpoint& checkpoint, Hashing store) {
    if (checkpoint.hashing != store)
        throw trail::NoteError(fmt::format("is by {}, but the store is by {}",
                                           to_string(checkpoint.hashing), to_string(store)));
}

constexpr std::string_view tree_format = "workflow tree 1";

/// Returns what is kept of a tree: its size, the hash of its last event, and its complete subtrees.
std::string kept_of(const TreeBuilder& growing) {
    std::string text =
        fmt::format("{}\n{}\n{}\n", tree_format, growing.tree.size(), hex(growing.last_event));
    for (const auto& subtree : growing.tree.complete()) text += hex(subtree) + '\n';
    return text;
}

/// Restores the kept tree if it is that of the checkpoint. A tree from another hash function does
/// not have the checkpoint's root.
void take_up(TreeBuilder& growing, std::string_view kept, const Checkpoint& last) {
    std::vector<std::string> lines;
    while (!kept.empty()) {
        const auto end = std::min(kept.find('\n'), kept.size());
        lines.emplace_back(kept.substr(0, end));
        kept.remove_prefix(std::min(end + 1, kept.size()));
    }
    if (last.size == 0 || lines.size() < 3 || lines[0] != tree_format ||
        lines[1] != std::to_string(last.size))
        return;
    const auto event = parse_hex(lines[2]);
    std::vector<Digest> complete;
    for (std::size_t i = 3; i < lines.size(); ++i) {
        const auto digest = parse_hex(lines[i]);
        if (!digest) return;
        complete.push_back(*digest);
    }
    const auto tree = trail::Frontier::of(last.size, std::move(complete));
    if (!event || !tree || tree->root(growing.hasher) != last.root) return;
    growing.tree = *tree;
    growing.last_event = *event;
    growing.last = static_cast<std::int64_t>(last.size);
}

/// Throws NoteError unless the last event of the kept tree is at its position.
void check_last_event(Store& store, const TreeBuilder& growing) {
    bool there = false;
    store.events_after(growing.last - 1, [&](const EventPlace& place) {
        there = place.position == growing.last && place.hash == growing.last_event;
        return false;
    });
    if (!there)
        throw trail::NoteError(fmt::format(
            "the last of the {} events that were signed is not in the store: it is cut off, or an "
            "older copy",
            growing.last));
}

/// A correctly signed checkpoint, and where it was found.
struct Pinned {
    std::size_t number = 0, line = 0;
    Checkpoint checkpoint;
};

struct Comparison {
    AnchorReport report;
    std::vector<Pinned> pinned;
    std::size_t next = 0;  ///< the first of `pinned` that is not compared yet
    bool differs = false;

    void add(std::size_t number, std::size_t line, std::string what) {
        ++report.broken;
        if (report.breaks.size() < 1000) report.breaks.push_back({number, line, std::move(what)});
    }

    void open(std::string_view file, trail::PublicKey key, Hashing store) {
        for (const auto& note : trail::read_notes(file)) {
            const auto number = ++report.checkpoints;
            try {
                auto checkpoint = trail::open_note(note, key);
                check_hashing(checkpoint, store);
                if (!pinned.empty()) {
                    const auto& before = pinned.back().checkpoint;
                    if (checkpoint.size < before.size)
                        throw trail::NoteError("counts fewer events than the one before it");
                    if (checkpoint.time && before.time && *checkpoint.time < *before.time)
                        throw trail::NoteError("is said to be older than the one before it");
                }
                if (checkpoint.next_key) key = *checkpoint.next_key;
                pinned.push_back({number, note.line, std::move(checkpoint)});
            } catch (const trail::NoteError& error) {
                add(number, note.line, error.what());
            }
        }
    }

    /// Compares the tree with every checkpoint of its size.
    void compare(TreeBuilder& store) {
        const auto size = store.tree.size();
        for (; next < pinned.size() && pinned[next].checkpoint.size == size && !differs; ++next) {
            const auto& now = pinned[next];
            if (store.root() == now.checkpoint.root) {
                report.anchored = size;
                if (now.checkpoint.time) report.last = now.checkpoint.time;
                continue;
            }
            differs = true;
            add(now.number, now.line,
                fmt::format("the events at positions {} to {} are not those that were signed{}",
                            report.anchored + 1, size, others_after(next)));
        }
    }

    void finish(std::uint64_t size) {
        report.events = size;
        if (next >= pinned.size() || differs) return;
        const auto& now = pinned[next];
        add(now.number, now.line,
            fmt::format("counts {} events, but the store has {}: the rest is cut off, or the store "
                        "is an older copy{}",
                        now.checkpoint.size, size, others_after(next)));
    }

    [[nodiscard]] std::string others_after(std::size_t at) const {
        const auto rest = pinned.size() - at - 1;
        return rest == 0 ? std::string()
                         : fmt::format(" ({} later checkpoint{} cannot fit either)", rest,
                                       rest == 1 ? "" : "s");
    }
};

}  // namespace

std::string new_signing_key(const Entropy& entropy, SigningAlgorithm algorithm) {
    if (algorithm == SigningAlgorithm::sm2) return new_sm2_key();
    std::string seed;
    for (int word = 0; word < 4; ++word)
        for (auto bits = entropy(), byte = std::uint64_t{0}; byte < 8; ++byte, bits >>= 8)
            seed += static_cast<char>(bits & 0xff);
    return private_key_pem(seed);
}

Signer pem_signer(std::string name, std::string pem) {
    if (!trail::is_key_name(name))
        throw EvidenceError("`" + name +
                            "` cannot name a key: it must not be empty and have no blank and no +");
    if (is_sm2_key(pem)) {
        auto sm2_key = "\xffsm2" + sm2_public_key(pem);
        return {std::move(name), std::move(sm2_key),
                [pem = std::move(pem)](std::string_view text) { return sm2_sign(pem, text); }};
    }
    auto key = '\1' + public_key_of(pem);
    return {std::move(name), std::move(key),
            [pem = std::move(pem)](std::string_view text) { return sign(pem, text); }};
}

std::string public_key_of(const Signer& signer) {
    return trail::text_of(trail::PublicKey{signer.name, signer.public_key});
}

std::string take_checkpoint(Store& store, const Signer& signer, Instant now,
                            std::string_view earlier, const Signer* following, std::string* kept) {
    return in_evidence([&] {
        constexpr std::int64_t second = 1'000'000;
        const auto into = (now.microseconds % second + second) % second;
        Checkpoint next{signer.name, 0, {}, Instant{now.microseconds - into}, {}, store.hashing()};
        std::optional<Checkpoint> last;
        if (const auto notes = trail::read_notes(earlier); !notes.empty()) {
            try {
                last = trail::open_note(notes.back(), {signer.name, signer.public_key});
                if (last->next_key && last->next_key->key != signer.public_key)
                    throw trail::NoteError("names another key that signs from then on");
                check_hashing(*last, store.hashing());
            } catch (const trail::NoteError& error) {
                throw trail::NoteError(fmt::format("the last checkpoint, in line {}, {}",
                                                   notes.back().line, error.what()));
            }
        }
        if (last && last->time && *next.time < *last->time)
            throw trail::NoteError("the clock says " + to_string(*next.time, UtcOffset{0}) +
                                   ", but the last checkpoint is of " +
                                   to_string(*last->time, UtcOffset{0}));
        TreeBuilder growing(store);
        const auto check = [&] {
            if (last && growing.tree.size() == last->size && growing.root() != last->root)
                throw trail::NoteError(fmt::format(
                    "the first {} events of the store are not those of the last checkpoint",
                    last->size));
        };
        if (kept && last) take_up(growing, *kept, *last);
        const bool goes_on = growing.last > 0;
        if (goes_on) check_last_event(store, growing);
        check();
        store.events_after(goes_on ? growing.last : every_position, [&](const EventPlace& place) {
            growing.take(place);
            check();
            return true;
        });
        if (!growing.gap.empty()) throw trail::NoteError(growing.gap);
        if (last && growing.tree.size() < last->size)
            throw trail::NoteError(
                fmt::format("the store has {} events, but the last checkpoint counts {}: it is cut "
                            "off, or an older copy",
                            growing.tree.size(), last->size));
        next.size = growing.tree.size();
        next.root = growing.root();
        if (kept) *kept = kept_of(growing);
        return following ? trail::sign_checkpoint(next, signer, *following)
                         : trail::sign_checkpoint(next, signer);
    });
}

std::string stamp_request(std::string_view checkpoints, const Entropy& entropy) {
    return in_evidence([&] {
        const auto notes = trail::read_notes(checkpoints);
        if (notes.empty()) throw trail::NoteError("there is no checkpoint");
        const auto checkpoint = trail::unchecked(notes.back());
        return time_stamp_request(checkpoint.root, checkpoint.hashing, entropy());
    });
}

Stamped check_stamp(std::string_view answer, std::string_view checkpoints,
                    const std::string& trusted) {
    return in_evidence([&] {
        TimeStamp stamp;
        try {
            stamp = open_time_stamp(answer, trusted);
        } catch (const TimeStampError& error) {
            throw trail::NoteError(error.what());
        }
        std::size_t number = 0;
        for (const auto& note : trail::read_notes(checkpoints)) {
            const auto checkpoint = trail::unchecked(note);
            ++number;
            if (checkpoint.root == stamp.digest && checkpoint.hashing == stamp.hashing)
                return Stamped{number, checkpoint.size, stamp.time, stamp.authority};
        }
        throw trail::NoteError("what was stamped is the root of none of these checkpoints");
    });
}

AnchorReport verify_checkpoints(Store& store, std::string_view checkpoints,
                                std::string_view public_key) {
    return in_evidence([&] {
        Comparison comparison;
        comparison.open(checkpoints, trail::parse_public_key(public_key), store.hashing());
        if (comparison.report.checkpoints == 0) throw trail::NoteError("there is no checkpoint");
        TreeBuilder growing(store);
        comparison.compare(growing);
        store.events_after(every_position, [&](const EventPlace& place) {
            growing.take(place);
            comparison.compare(growing);
            return true;
        });
        comparison.finish(growing.tree.size());
        if (!growing.gap.empty()) comparison.add(0, 0, growing.gap);
        return std::move(comparison.report);
    });
}

InclusionProof prove(Store& store, const CaseNumber& number, std::uint32_t sequence,
                     std::string_view checkpoints, bool sealed) {
    return in_evidence([&] {
        const auto notes = trail::read_notes(checkpoints);
        if (notes.empty()) throw trail::NoteError("there is no checkpoint");
        const auto checkpoint = trail::unchecked(notes.back());
        const auto row = store.find(number);
        if (!row) throw trail::NoteError("there is no case " + number.text);
        InclusionProof proof{number, sequence,        {}, {},
                             0,      checkpoint.size, {}, notes.back().whole()};

        std::optional<EventPlace> found;
        std::uint64_t at = 0;
        if (checkpoint.size > 0)
            store.events_after(every_position, [&](const EventPlace& place) {
                if (place.case_key == row->key && (sequence == 0 || place.sequence == sequence)) {
                    found = place;
                    proof.index = at;
                }
                return ++at < checkpoint.size && !(found && sequence != 0);
            });
        if (!found) {
            if (sequence > row->version)
                throw trail::NoteError(
                    fmt::format("case {} has {} events", number.text, row->version));
            throw trail::NoteError(
                fmt::format("the last checkpoint counts {} events, and {} of case {} is not among "
                            "them: take a checkpoint first",
                            checkpoint.size, sequence == 0 ? "none" : "this one", number.text));
        }
        proof.sequence = found->sequence;
        if (sealed)
            proof.hash = found->hash;
        else
            for (auto& record : store.events(row->key))
                if (record.sequence <= proof.sequence)
                    proof.bodies.push_back(std::move(record.body));

        Hasher hasher(store.hashing());
        trail::SpanHashes path(trail::inclusion_spans(proof.index, proof.size));
        at = 0;
        store.events_after(every_position, [&](const EventPlace& place) {
            path.leaf(hasher, at, trail::leaf_hash(hasher, place.hash));
            return ++at < checkpoint.size;
        });
        proof.path = path.hashes(hasher);
        const auto root = trail::root_of(hasher, trail::leaf_hash(hasher, found->hash), proof.index,
                                         proof.size, proof.path);
        if (root != checkpoint.root || checkpoint.hashing != store.hashing())
            throw trail::NoteError(
                "the store is not the one that the last checkpoint was made of; `workflow trail "
                "verify --checkpoints` says more");
        return proof;
    });
}

std::optional<std::string> fault_of(const InclusionProof& proof, std::string_view public_key) {
    const auto key = in_evidence([&] { return trail::parse_public_key(public_key); });
    if (proof.sequence == 0 || (!proof.hash && proof.bodies.size() != proof.sequence))
        return fmt::format("it says event {}, but holds {}", proof.sequence, proof.bodies.size());
    if (proof.hash && !proof.bodies.empty()) return "it is sealed and open at once";
    for (const auto& body : proof.bodies) {
        try {
            static_cast<void>(trail::decode(body));
        } catch (const std::exception& error) {
            return std::string("it holds what is no event: ") + error.what();
        }
    }
    const auto notes = trail::read_notes(proof.checkpoint);
    if (notes.size() != 1) return "it does not hold one checkpoint";
    try {
        const auto checkpoint = trail::open_note(notes.front(), key);
        if (checkpoint.size != proof.size)
            return fmt::format("it is for {} events, its checkpoint for {}", proof.size,
                               checkpoint.size);
        Hasher hasher(checkpoint.hashing);
        auto hash = proof.hash ? *proof.hash : trail::genesis(hasher, proof.number);
        for (const auto& body : proof.bodies) hash = trail::link(hasher, hash, body);
        const auto root = trail::root_of(hasher, trail::leaf_hash(hasher, hash), proof.index,
                                         proof.size, proof.path);
        if (root != checkpoint.root)
            return "the event, in this case and place, is not among those of the checkpoint";
    } catch (const trail::NoteError& error) {
        return std::string("its checkpoint ") + error.what();
    }
    return {};
}

ConsistencyProof prove_consistency(Store& store, std::string_view checkpoints, std::size_t from) {
    return in_evidence([&] {
        const auto notes = trail::read_notes(checkpoints);
        if (from < 1 || from > notes.size())
            throw trail::NoteError(
                fmt::format("there is no checkpoint {} among {}", from, notes.size()));
        const auto earlier = trail::unchecked(notes[from - 1]);
        const auto later = trail::unchecked(notes.back());
        if (earlier.size > later.size)
            throw trail::NoteError("the last checkpoint counts fewer events than that one");
        ConsistencyProof proof{notes[from - 1].whole(), notes.back().whole(), {}};
        Hasher hasher(store.hashing());
        trail::SpanHashes path(trail::consistency_spans(earlier.size, later.size));
        std::uint64_t at = 0;
        if (later.size > 0)
            store.events_after(every_position, [&](const EventPlace& place) {
                path.leaf(hasher, at, trail::leaf_hash(hasher, place.hash));
                return ++at < later.size;
            });
        proof.path = path.hashes(hasher);
        if (at < later.size || earlier.hashing != store.hashing() ||
            later.hashing != store.hashing() ||
            !trail::is_consistent(hasher, earlier.size, earlier.root, later.size, later.root,
                                  proof.path))
            throw trail::NoteError(
                "the store is not the one that these checkpoints were made of; `workflow trail "
                "verify --checkpoints` says more");
        return proof;
    });
}

std::optional<std::string> fault_of(const ConsistencyProof& proof, std::string_view public_key) {
    const auto key = in_evidence([&] { return trail::parse_public_key(public_key); });
    const auto earlier_notes = trail::read_notes(proof.earlier);
    const auto later_notes = trail::read_notes(proof.later);
    if (earlier_notes.size() != 1 || later_notes.size() != 1)
        return "it does not hold two checkpoints";
    try {
        const auto earlier = trail::open_note(earlier_notes.front(), key);
        const auto later = trail::open_note(later_notes.front(), key);
        if (earlier.hashing != later.hashing)
            return fmt::format("one checkpoint is by {}, the other by {}",
                               to_string(earlier.hashing), to_string(later.hashing));
        Hasher hasher(later.hashing);
        if (!trail::is_consistent(hasher, earlier.size, earlier.root, later.size, later.root,
                                  proof.path))
            return fmt::format("the trail of {} events does not go on from that of {}", later.size,
                               earlier.size);
    } catch (const trail::NoteError& error) {
        return std::string("a checkpoint ") + error.what();
    }
    return {};
}

}  // namespace workflow::inline v0
