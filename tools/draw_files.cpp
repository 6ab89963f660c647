#include "draw_files.hpp"

#include <sstream>

#include <fmt/format.h>

#include "base/bounds.hpp"
#include "base/text_file.hpp"
#include "crypto/digest.hpp"
#include "durable_files.hpp"

namespace workflow::tools {
namespace {

constexpr std::string_view secret_heading = "workflow draw secret 1";
constexpr std::string_view party_heading = "workflow draw party 1";

WorldError wrong(const std::string& path, std::size_t line, const std::string& what) {
    return WorldError(fmt::format("{}:{}: {}", path, line, what));
}

std::string text_of(const std::string& path, std::size_t most) {
    auto text = read_text_file(path, most);
    if (!text) throw WorldError("cannot read " + path);
    if (text->size() > most)
        throw WorldError(fmt::format("{} is larger than the {} bytes that are read", path, most));
    return std::move(*text);
}

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(std::move(line));
    return lines;
}

/// `party NAME` on the second line, below the heading.
std::string party_in(const std::string& path, const std::vector<std::string>& lines,
                     std::string_view heading) {
    if (lines.empty() || lines[0] != heading)
        throw wrong(path, 1, fmt::format("the first line must be `{}`", heading));
    constexpr std::string_view word = "party ";
    if (lines.size() < 2 || !lines[1].starts_with(word) || lines[1].size() == word.size())
        throw wrong(path, 2, "the second line must be `party NAME`");
    return lines[1].substr(word.size());
}

DrawParty party_of(const std::string& path, const std::vector<std::string>& lines) {
    DrawParty party;
    party.name = party_in(path, lines, party_heading);
    for (std::size_t i = 2; i < lines.size(); ++i) {
        std::istringstream words(lines[i]);
        std::string day, kind, value, more;
        words >> day >> kind >> value;
        const auto date = parse_date(day);
        const auto bytes = parse_hex(value);
        if (!date || !bytes || (kind != "fingerprint" && kind != "key") || words >> more)
            throw wrong(path, i + 1, "a line is a day, `fingerprint` or `key`, and 64 hex digits");
        auto& known = kind == "key" ? party.keys : party.fingerprints;
        const auto [entry, fresh] = known.emplace(*date, *bytes);
        if (!fresh && entry->second != *bytes)
            throw wrong(path, i + 1, fmt::format("{} has another {} above", day, kind));
    }
    return party;
}

}  // namespace

void write_draw_secret(const std::string& path, const DrawSecretFile& file) {
    // A secret is never replaced: its published fingerprints could not be honoured any more.
    write_output(path, {.fresh = true},
                 fmt::format("{}\nparty {}\nsecret {}\n", secret_heading, file.party,
                             hex(file.secret.bytes())));
}

DrawSecretFile read_draw_secret(const std::string& path) {
    const auto lines = lines_of(text_of(path, bounds::secret_bytes));
    auto party = party_in(path, lines, secret_heading);
    constexpr std::string_view word = "secret ";
    const auto bytes = lines.size() == 3 && lines[2].starts_with(word)
                           ? parse_hex(std::string_view(lines[2]).substr(word.size()))
                           : std::nullopt;
    if (!bytes) throw wrong(path, 3, "the third and last line must be `secret` and 64 hex digits");
    return {std::move(party), DrawSecret(*bytes)};
}

DrawParty read_draw_party(const std::string& path) {
    return party_of(path, lines_of(text_of(path, bounds::publication_bytes)));
}

void append_draw_party(const std::string& path, const std::string& party,
                       const std::vector<std::string>& lines) {
    const Ledger ledger(path, {.may_replace = Content::party});
    const auto there = ledger.read(bounds::publication_bytes);
    std::string more;
    if (there.empty()) {
        more = fmt::format("{}\nparty {}\n", party_heading, party);
    } else if (const auto known = party_of(path, lines_of(there)); known.name != party) {
        throw WorldError(fmt::format("{} is the file of {}, not of {}", path, known.name, party));
    }
    for (const auto& line : lines) more += line + '\n';
    ledger.write(more);
}

std::vector<DrawShare> draw_shares_of(const Arguments& arguments) {
    std::vector<DrawShare> shares;
    if (!arguments.has("draw-secret")) return shares;
    for (const std::string& given : arguments.all("draw-secret")) {
        std::stringstream pieces(given);
        for (std::string piece; std::getline(pieces, piece, ':');)
            if (!piece.empty()) shares.push_back(share_of(read_draw_secret(piece).secret));
    }
    return shares;
}

}  // namespace workflow::tools
