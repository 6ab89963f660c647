#include "draw_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "base/digest.hpp"

namespace workflow::tools {
namespace {

constexpr std::string_view secret_heading = "workflow draw secret 1";
constexpr std::string_view party_heading = "workflow draw party 1";

WorldError wrong(const std::string& path, std::size_t line, const std::string& what) {
    return WorldError(fmt::format("{}:{}: {}", path, line, what));
}

std::vector<std::string> lines_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw WorldError("cannot read " + path);
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

}  // namespace

void write_draw_secret(const std::string& path, const DrawSecretFile& file) {
    const int out = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (out < 0)
        throw WorldError(
            "cannot make " + path +
            (errno == EEXIST ? ": it is there already, and a secret is never replaced" : ""));
    const auto text = fmt::format("{}\nparty {}\nsecret {}\n", secret_heading, file.party,
                                  hex(file.secret.bytes()));
    const bool good = write(out, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                      fsync(out) == 0;
    if (close(out) != 0 || !good) throw WorldError("cannot write " + path);
}

DrawSecretFile read_draw_secret(const std::string& path) {
    const auto lines = lines_of(path);
    auto party = party_in(path, lines, secret_heading);
    constexpr std::string_view word = "secret ";
    const auto bytes = lines.size() == 3 && lines[2].starts_with(word)
                           ? parse_hex(std::string_view(lines[2]).substr(word.size()))
                           : std::nullopt;
    if (!bytes) throw wrong(path, 3, "the third and last line must be `secret` and 64 hex digits");
    return {std::move(party), DrawSecret(*bytes)};
}

DrawParty read_draw_party(const std::string& path) {
    const auto lines = lines_of(path);
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

void append_draw_party(const std::string& path, const std::string& party,
                       const std::vector<std::string>& lines) {
    std::error_code ignored;
    const bool there = std::filesystem::exists(path, ignored);
    if (there) {
        const auto known = read_draw_party(path);
        if (known.name != party)
            throw WorldError(
                fmt::format("{} is the file of {}, not of {}", path, known.name, party));
    }
    std::ofstream out(path, std::ios::binary | std::ios::app);
    if (!there) out << party_heading << "\nparty " << party << '\n';
    for (const auto& line : lines) out << line << '\n';
    out.flush();
    if (!out) throw WorldError("cannot write " + path);
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
