#include "vault_files.hpp"

#include <fmt/format.h>

#include <sstream>

#include "base/bounds.hpp"
#include "base/text_file.hpp"
#include "crypto/cipher.hpp"
#include "crypto/digest.hpp"
#include "store/output_file.hpp"

namespace workflow::tools {

namespace {

constexpr std::string_view vault_heading = "workflow vault key 1";

/// Three lines: the heading, `cipher NAME`, `secret HEX`.
std::optional<VaultKey> parse(const std::string& text) {
    std::istringstream lines(text);
    std::string first, cipher, secret, rest;
    std::getline(lines, first);
    std::getline(lines, cipher);
    std::getline(lines, secret);
    if (first != vault_heading || !cipher.starts_with("cipher ") ||
        !secret.starts_with("secret ") || lines.eof() || std::getline(lines, rest))
        return {};
    const auto name = parse_cipher(std::string_view(cipher).substr(7));
    const auto bytes = parse_hex(std::string_view(secret).substr(7));
    if (!name || !bytes) return {};
    return VaultKey{*name, *bytes};
}

}  // namespace

Option vault_key_option() {
    return {.name = "vault-key",
            .value = "FILE",
            .meaning =
                "the key of the store's vault; with it, personal data are encrypted and kept "
                "apart from the trail",
            .environment = "WORKFLOW_VAULT_KEY"};
}

void write_vault_key(const std::string& path, const VaultKey& key) {
    write_output(path, {.fresh = true},
                 fmt::format("{}\ncipher {}\nsecret {}\n", vault_heading, to_string(key.cipher),
                             hex(key.secret)));
}

VaultKey read_vault_key(const std::string& path) {
    const auto text = read_text_file(path, bounds::secret_bytes);
    if (!text) throw WorldError("cannot read " + path);
    if (text->size() > bounds::secret_bytes)
        throw WorldError(fmt::format("{} is larger than the {} bytes that are read", path,
                                     bounds::secret_bytes));
    const auto key = parse(*text);
    if (!key)
        throw WorldError(path +
                         ": the lines must be `workflow vault key 1`, `cipher aes-256-gcm` (or "
                         "`sm4`), and `secret` with 64 hex digits; `workflow vault keygen` makes "
                         "such a file");
    return *key;
}

std::optional<VaultKey> vault_key_of(const Arguments& arguments) {
    if (!arguments.has("vault-key")) return {};
    return read_vault_key(arguments.text("vault-key"));
}

}  // namespace workflow::tools
