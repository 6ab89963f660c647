#include "checkpoint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "../base/digest.hpp"
#include "../base/signature.hpp"
#include "../base/sm2.hpp"

namespace workflow::trail {
namespace {

constexpr std::string_view dash = "\xe2\x80\x94 ";  // U+2014 and a blank begin a signature's line
constexpr std::string_view time_label = "time ";
constexpr std::string_view key_label = "next-key ";
constexpr std::string_view ed25519 = "\1";
constexpr std::string_view sm2 = "\xffsm2";
constexpr std::size_t id_size = 4;

/// Tells keys of one name apart; not a protection.
std::string key_id(const PublicKey& key) {
    return std::string(view(sha256(key.name + '\n' + key.key)).substr(0, id_size));
}

std::string hex_of(std::string_view bytes) {
    std::string out;
    for (const unsigned char byte : bytes) out += fmt::format("{:02x}", byte);
    return out;
}

/// The first line of `rest`, without its line break; `rest` goes on after it.
std::string_view next_line(std::string_view& rest) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return line;
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    if (text.size() > 1 && text.front() == '0') return {};
    return number;
}

bool verifies(const PublicKey& key, std::string_view text, std::string_view signature) {
    const std::string_view labelled(key.key);
    if (labelled.starts_with(ed25519))
        return is_signed(labelled.substr(ed25519.size()), text, signature);
    return labelled.starts_with(sm2) && is_sm2_signed(labelled.substr(sm2.size()), text, signature);
}

/// A label that is known, and a key as long as it must be.
bool is_key(std::string_view key) {
    return (key.starts_with(ed25519) && key.size() == ed25519.size() + 32) ||
           (key.starts_with(sm2) && key.size() == sm2.size() + 64);
}

}  // namespace

std::string text_of(const Checkpoint& checkpoint) {
    auto text = fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.size,
                            base64(view(checkpoint.root)));
    if (checkpoint.time)
        text += fmt::format("{}{}\n", time_label, to_string(*checkpoint.time, UtcOffset{0}));
    if (checkpoint.next_key)
        text += fmt::format("{}{}\n", key_label, text_of(*checkpoint.next_key));
    return text;
}

bool is_key_name(std::string_view name) {
    // Wide blanks of Unicode in UTF-8: U+00A0, U+2000 to U+200A, U+2028, U+2029, U+202F, U+3000.
    for (const std::string_view wide : {"\xc2\xa0", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf",
                                        "\xe3\x80\x80", "\xe2\x81\x9f", "\xe1\x9a\x80"})
        if (name.find(wide) != std::string_view::npos) return false;
    for (auto at = name.find("\xe2\x80"); at != std::string_view::npos && at + 2 < name.size();
         at = name.find("\xe2\x80", at + 1))
        if (static_cast<unsigned char>(name[at + 2]) <= 0x8a) return false;
    return !name.empty() && std::none_of(name.begin(), name.end(), [](unsigned char c) {
        return c <= ' ' || c == '+' || c == 0x7f;
    });
}

PublicKey parse_public_key(std::string_view text) {
    const auto whole = text;
    while (text.ends_with('\n') || text.ends_with('\r') || text.ends_with(' '))
        text.remove_suffix(1);
    const auto first = text.find('+');
    const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second != std::string_view::npos) {
        PublicKey key;
        key.name = text.substr(0, first);
        const auto bytes = parse_base64(text.substr(second + 1));
        if (bytes) key.key = *bytes;
        if (is_key_name(key.name) && is_key(key.key) &&
            text.substr(first + 1, second - first - 1) == hex_of(key_id(key)))
            return key;
    }
    throw NoteError(fmt::format(
        "`{}` is no public key; one looks like hall.example+6b3a1c0f+AT..., with a key of Ed25519 "
        "or SM2",
        whole.substr(0, 80)));
}

std::string text_of(const PublicKey& key) {
    return fmt::format("{}+{}+{}", key.name, hex_of(key_id(key)), base64(key.key));
}

namespace {

/// The line of the signer's signature of `text`.
std::string signature_line(std::string_view text, const Signer& signer) {
    if (!is_key_name(signer.name))
        throw NoteError(
            fmt::format("`{}` cannot name a key: it must not be empty and have no blank and no +",
                        signer.name));
    const PublicKey key{signer.name, signer.public_key};
    const auto signature = signer.sign(text);
    if (!is_key(key.key) || !verifies(key, text, signature))
        throw NoteError("the signer's signature does not verify with its own public key");
    return fmt::format("{}{} {}\n", dash, key.name, base64(key_id(key) + signature));
}

}  // namespace

std::string sign_checkpoint(const Checkpoint& checkpoint, const Signer& signer) {
    const auto text = text_of(checkpoint);
    return text + '\n' + signature_line(text, signer);
}

std::string sign_checkpoint(Checkpoint checkpoint, const Signer& signer, const Signer& next) {
    if (next.name != signer.name)
        throw NoteError("the next key is named " + next.name + ", not " + signer.name);
    if (next.public_key == signer.public_key) throw NoteError("the next key is the same one");
    checkpoint.next_key = PublicKey{next.name, next.public_key};
    const auto text = text_of(checkpoint);
    return text + '\n' + signature_line(text, signer) + signature_line(text, next);
}

std::string Note::whole() const {
    auto all = text + '\n';
    for (const auto& signature : signatures) all += signature + '\n';
    return all;
}

std::vector<Note> read_notes(std::string_view file) {
    std::vector<Note> notes;
    bool in_text = false;
    bool in_signatures = false;
    for (std::size_t number = 1; !file.empty(); ++number) {
        const auto line = next_line(file);
        if (in_signatures && line.starts_with(dash)) {
            notes.back().signatures.emplace_back(line);
        } else if (line.empty()) {
            in_signatures = in_text;
            in_text = false;
        } else {
            if (!in_text) notes.push_back({number, {}, {}});
            in_text = true;
            in_signatures = false;
            notes.back().text.append(line) += '\n';
        }
    }
    return notes;
}

Checkpoint unchecked(const Note& note) {
    std::string_view rest = note.text;
    Checkpoint checkpoint;
    checkpoint.origin = next_line(rest);
    const auto size = whole_number(next_line(rest));
    const auto root = parse_base64(next_line(rest));
    if (checkpoint.origin.empty() || !size || !root || root->size() != checkpoint.root.bytes.size())
        throw NoteError("is no checkpoint: it has no origin, size and root in its first lines");
    checkpoint.size = *size;
    std::copy(root->begin(), root->end(), checkpoint.root.bytes.begin());
    while (!rest.empty()) {
        const auto line = next_line(rest);
        if (line.starts_with(key_label) && !checkpoint.next_key)
            checkpoint.next_key = parse_public_key(line.substr(key_label.size()));
        if (!line.starts_with(time_label) || checkpoint.time) continue;
        checkpoint.time = parse_instant(line.substr(time_label.size()), UtcOffset{0});
        if (!checkpoint.time || line.size() != time_label.size() + 20 || !line.ends_with('Z'))
            throw NoteError("has a time that is none; one looks like 2026-03-02T01:00:00Z");
    }
    return checkpoint;
}

namespace {

/// Throws NoteError unless the key has signed the note.
void check_signature(const Note& note, const PublicKey& key) {
    bool verified = false;
    for (const auto& signature : note.signatures) {
        std::string_view rest(signature);
        rest.remove_prefix(dash.size());
        const auto blank = rest.find(' ');
        if (rest.substr(0, blank) != key.name) continue;
        const auto bytes =
            blank == std::string_view::npos ? std::nullopt : parse_base64(rest.substr(blank + 1));
        if (!bytes || bytes->size() < id_size) throw NoteError("has a signature that is cut short");
        if (std::string_view(*bytes).substr(0, id_size) != key_id(key)) continue;
        if (!verifies(key, note.text, std::string_view(*bytes).substr(id_size)))
            throw NoteError("is not what " + key.name + " signed");
        verified = true;
    }
    if (!verified) throw NoteError("is not signed with the key of " + key.name);
}

}  // namespace

Checkpoint open_note(const Note& note, const PublicKey& key) {
    check_signature(note, key);
    auto checkpoint = unchecked(note);
    if (checkpoint.origin != key.name)
        throw NoteError("is of " + checkpoint.origin + ", not of " + key.name);
    if (checkpoint.next_key) {
        if (checkpoint.next_key->name != key.name)
            throw NoteError("names a next key of " + checkpoint.next_key->name);
        check_signature(note, *checkpoint.next_key);
    }
    return checkpoint;
}

}  // namespace workflow::trail
