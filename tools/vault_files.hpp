#pragma once

/// The key of a vault, as a file that only its owner reads.

#include <optional>
#include <string>

#include <workflow/vault.hpp>

#include "command.hpp"

namespace workflow::tools {

Option vault_key_option();
/// Throws WorldError when the file is there already: what it opens would be lost.
void write_vault_key(const std::string& path, const VaultKey& key);
VaultKey read_vault_key(const std::string& path);
/// What --vault-key or its variable names. Throws WorldError with the line that is wrong.
std::optional<VaultKey> vault_key_of(const Arguments& arguments);

}  // namespace workflow::tools
