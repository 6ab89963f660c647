#include "public_key.hpp"

#include <filesystem>

#include "base/bounds.hpp"
#include "cli_context.hpp"
#include "trail/checkpoint.hpp"

namespace workflow::tools {

Option public_key_option() {
    return {.name = "public-key",
            .value = "KEY",
            .meaning =
                "the public key of the signer: the line that `trail keygen` printed, or a "
                "file that contains it"};
}

std::string public_key_text(const Arguments& arguments, Streams& streams) {
    if (!arguments.has("public-key")) {
        throw UsageError("the public key is missing", "give --public-key KEY");
    }
    std::string key = arguments.text("public-key");
    std::error_code ignored;
    if (std::filesystem::is_regular_file(key, ignored))
        key = read_all(key, streams, bounds::key_bytes);
    try {
        trail::parse_public_key(key);
    } catch (const trail::NoteError& error) {
        throw UsageError(error.what());
    }
    return key;
}

}  // namespace workflow::tools
