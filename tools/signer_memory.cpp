#include "signer_memory.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "base/bounds.hpp"
#include "base/text_file.hpp"
#include "command.hpp"
#include "crypto/public_key.hpp"
#include "crypto/signature.hpp"
#include "store/output_file.hpp"

namespace workflow::tools {

namespace {

// An empty file is one that has lost its content.
constexpr std::string_view nothing = "nothing signed yet\n";
constexpr std::string_view dash = "\xe2\x80\x94 ";  // U+2014 and a blank begin a signature's line

std::string note_of(const PublicKey& key, std::string_view text, std::string_view signature) {
    return fmt::format("{}\n{}{} {}\n", text, dash, key.name,
                       base64(key_id(key) + std::string(signature)));
}

/// One that names the next key is signed by that one, too, elsewhere: `trail::open_note` would ask
/// for both signatures.
bool is_signed(const trail::Note& note, const PublicKey& key) {
    const auto begin = std::string(dash) + key.name + ' ';
    for (const auto& line : note.signatures) {
        if (!line.starts_with(begin)) continue;
        const auto bytes = parse_base64(std::string_view(line).substr(begin.size()));
        if (bytes && bytes->starts_with(key_id(key)) &&
            is_signed_by(key.key, note.text, std::string_view(*bytes).substr(key_id_size)))
            return true;
    }
    return false;
}

trail::Checkpoint signed_checkpoint(std::string_view content, const PublicKey& key) {
    const auto notes = trail::read_notes(content);
    if (notes.size() != 1) throw trail::NoteError("does not hold one checkpoint");
    auto checkpoint = trail::unchecked(notes.front());
    if (checkpoint.origin != key.name)
        throw trail::NoteError(fmt::format("is of {}, not of {}", checkpoint.origin, key.name));
    if (!is_signed(notes.front(), key))
        throw trail::NoteError(
            fmt::format("has a checkpoint that this key of {} has not signed", key.name));
    return checkpoint;
}

}  // namespace

SignerMemory::SignerMemory(PublicKey key, std::string file)
    : key_(std::move(key)), file_(std::move(file)) {
    if (file_.empty()) return;
    std::error_code ignored;
    if (std::filesystem::status(file_, ignored).type() == std::filesystem::file_type::not_found) {
        write(nothing);
        return;
    }
    const auto content = read_text_file(file_, bounds::key_bytes);
    if (!content)
        throw WorldError("cannot read " + file_ +
                         ", which contains the last signed checkpoint; let the signer's account "
                         "read it");
    if (*content == nothing) return;
    try {
        last_ = signed_checkpoint(*content, key_);
    } catch (const trail::NoteError& error) {
        throw WorldError(fmt::format(
            "{} {}, so the last signed checkpoint is not known; put the last checkpoint of the "
            "file of checkpoints in its place, from a copy that the administrator of the store "
            "cannot write",
            file_, error.what()));
    }
}

void SignerMemory::keep(std::string_view text, std::string_view signature) {
    const auto note = note_of(key_, text, signature);
    auto checkpoint = signed_checkpoint(note, key_);
    if (!file_.empty()) write(note);
    last_ = std::move(checkpoint);
}

void SignerMemory::write(std::string_view content) const {
    try {
        write_output(file_, {.may_replace = Content::checkpoints}, content);
    } catch (const OutputRefused&) {
        throw;
    } catch (const std::runtime_error& error) {
        throw WorldError(error.what());
    }
}

}  // namespace workflow::tools
