#include "checkpoint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "../base/bounds.hpp"
#include "../crypto/digest.hpp"
#include "../crypto/signature.hpp"

namespace workflow::trail {
namespace {

constexpr std::string_view dash = "\xe2\x80\x94 ";  // U+2014 and a space start a signature line
constexpr std::string_view time_label = "time ";
constexpr std::string_view key_label = "next-key ";
constexpr std::string_view hash_label = "hash ";
constexpr std::size_t most_signatures = 16;

/// Returns the first line of `rest`, without its line break, and removes it from `rest`.
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

}  // namespace

std::string text_of(const Checkpoint& checkpoint) {
    auto text = fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.size,
                            base64(view(checkpoint.root)));
    if (checkpoint.hashing != Hashing::sha256)
        text += fmt::format("{}{}\n", hash_label, to_string(checkpoint.hashing));
    if (checkpoint.time)
        text += fmt::format("{}{}\n", time_label, to_string(*checkpoint.time, UtcOffset{0}));
    if (checkpoint.next_key)
        text += fmt::format("{}{}\n", key_label, text_of(*checkpoint.next_key));
    return text;
}

PublicKey parse_public_key(std::string_view text) {
    if (auto key = read_public_key(text)) return std::move(*key);
    throw NoteError(
        fmt::format("`{}` is not a public key; the form is hall.example+6b3a1c0f+AT..., with a key "
                    "of Ed25519 or SM2",
                    text.substr(0, 80)));
}

namespace {

/// Returns the line with the signer's signature of `text`.
std::string signature_line(std::string_view text, const Signer& signer) {
    if (!is_key_name(signer.name))
        throw NoteError(
            fmt::format("`{}` cannot name a key: it must not be empty and have no blank and no +",
                        signer.name));
    const PublicKey key{signer.name, signer.public_key};
    const auto signature = signer.sign(text);
    if (!is_labelled_key(key.key) || !is_signed_by(key.key, text, signature))
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
    if (next.public_key == signer.public_key)
        throw NoteError("the next key is the same as the current one");
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
            if (notes.back().signatures.size() == most_signatures ||
                line.size() > bounds::note_bytes)
                throw NoteError(fmt::format("line {}: a checkpoint has at most {} signatures",
                                            number, most_signatures));
            notes.back().signatures.emplace_back(line);
        } else if (line.empty()) {
            in_signatures = in_text;
            in_text = false;
        } else {
            if (!in_text) notes.push_back({number, {}, {}});
            in_text = true;
            in_signatures = false;
            notes.back().text.append(line) += '\n';
            if (notes.back().text.size() > bounds::note_bytes)
                throw NoteError(fmt::format("line {}: a checkpoint has at most {} bytes",
                                            notes.back().line, bounds::note_bytes));
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
        throw NoteError("is not a checkpoint: its first lines must be origin, size and root");
    checkpoint.size = *size;
    std::copy(root->begin(), root->end(), checkpoint.root.bytes.begin());
    bool says_hash = false;
    while (!rest.empty()) {
        const auto line = next_line(rest);
        if (line.starts_with(key_label) && !checkpoint.next_key)
            checkpoint.next_key = parse_public_key(line.substr(key_label.size()));
        if (line.starts_with(hash_label) && !says_hash) {
            const auto name = line.substr(hash_label.size());
            const auto hashing = parse_hashing(name);
            if (!hashing)
                throw NoteError(
                    fmt::format("is by a hash that is not known here: `{}`", name.substr(0, 80)));
            checkpoint.hashing = *hashing;
            says_hash = true;
        }
        if (!line.starts_with(time_label) || checkpoint.time) continue;
        checkpoint.time = parse_instant(line.substr(time_label.size()), UtcOffset{0});
        if (!checkpoint.time || line.size() != time_label.size() + 20 || !line.ends_with('Z'))
            throw NoteError("has an invalid time; the form is 2026-03-02T01:00:00Z");
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
        if (!bytes || bytes->size() < key_id_size)
            throw NoteError("has a signature that is cut short");
        if (std::string_view(*bytes).substr(0, key_id_size) != key_id(key)) continue;
        if (!is_signed_by(key.key, note.text, std::string_view(*bytes).substr(key_id_size)))
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
