#include "rating_files.hpp"

#include <fmt/format.h>

#include "base/bounds.hpp"
#include "base/text_file.hpp"
#include "crypto/digest.hpp"
#include "store/output_file.hpp"

namespace workflow::tools {

namespace {

constexpr std::string_view rating_heading = "workflow rating secret 1\nsecret ";

}  // namespace

void write_rating_secret(const std::string& path, const Digest& secret) {
    write_output(path, {.fresh = true}, fmt::format("{}{}\n", rating_heading, hex(secret)));
}

std::optional<Digest> rating_secret_of(const Arguments& arguments) {
    if (!arguments.has("rating-secret")) return {};
    const auto path = arguments.text("rating-secret");
    const auto text = read_text_file(path, bounds::secret_bytes);
    if (!text) throw WorldError("cannot read " + path);
    if (text->size() > bounds::secret_bytes)
        throw WorldError(fmt::format("{} is larger than the {} bytes that are read", path,
                                     bounds::secret_bytes));
    std::string_view rest = *text;
    std::optional<Digest> secret;
    if (rest.starts_with(rating_heading) && rest.ends_with('\n')) {
        rest.remove_prefix(rating_heading.size());
        rest.remove_suffix(1);
        secret = parse_hex(rest);
    }
    if (!secret)
        throw WorldError(path +
                         ": the lines must be `workflow rating secret 1`, then `secret` and 64 hex "
                         "digits");
    return secret;
}

}  // namespace workflow::tools
