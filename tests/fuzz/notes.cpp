// Whatever the bytes, reading them as a file of checkpoints or as a public key ends in values or in
// a NoteError; and what was read says the same again when it is written and read once more.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "trail/checkpoint.hpp"

using namespace workflow;

namespace {

bool same(const trail::Checkpoint& a, const trail::Checkpoint& b) {
    return a.origin == b.origin && a.size == b.size && a.root == b.root && a.time == b.time &&
           a.hashing == b.hashing;
}

void read_notes(std::string_view file, const PublicKey& key) {
    for (const auto& note : trail::read_notes(file)) {
        if (trail::read_notes(note.whole()).size() != 1) __builtin_trap();
        try {
            const auto checkpoint = trail::unchecked(note);
            const trail::Note again{1, trail::text_of(checkpoint), note.signatures};
            if (!same(trail::unchecked(again), checkpoint)) __builtin_trap();
        } catch (const trail::NoteError&) {
        }
        // Nobody has the private half of this key.
        try {
            (void)trail::open_note(note, key);
            __builtin_trap();
        } catch (const trail::NoteError&) {
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const PublicKey nobody = trail::parse_public_key(
        "hall.example+340c0845+ARY/p5u13UclzLN4NGNTSDmBRL4+2xCePhLe1MjVW6zT");
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        read_notes(text, nobody);
    } catch (const trail::NoteError&) {
    }
    try {
        const auto key = trail::parse_public_key(text);
        const auto written = trail::text_of(key);
        if (trail::text_of(trail::parse_public_key(written)) != written) __builtin_trap();
    } catch (const trail::NoteError&) {
    }
    return 0;
}
