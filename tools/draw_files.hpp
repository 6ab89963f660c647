#pragma once

/// The files of provable draws (docs/formats/draw.md): a party's secret, and what it has published.

#include <string>
#include <vector>

#include <workflow/draw.hpp>

#include "command.hpp"

namespace workflow::tools {

struct DrawSecretFile {
    std::string party;
    DrawSecret secret;
};

/// Makes a secret file that only its owner may read. Throws WorldError when it is there already.
void write_draw_secret(const std::string& path, const DrawSecretFile& file);
/// Throws WorldError with the line that is wrong.
DrawSecretFile read_draw_secret(const std::string& path);

/// Throws WorldError with the line that is wrong, also when a day has two different fingerprints.
DrawParty read_draw_party(const std::string& path);
/// Adds lines to a party's file; makes it, with its heading, when it is not there. Lines that are
/// there stay.
void append_draw_party(const std::string& path, const std::string& party,
                       const std::vector<std::string>& lines);

/// The shares of all secrets that `--draw-secret` or its variable names.
std::vector<DrawShare> draw_shares_of(const Arguments& arguments);

}  // namespace workflow::tools
