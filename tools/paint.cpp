#include "paint.hpp"

namespace workflow::tools {

presentation::Paint paint_of(const Arguments& arguments, const Streams& streams, bool terminal) {
    const std::string when = arguments.text("color");
    const auto set = [&](const char* name) {
        return streams.environment && streams.environment(name).has_value();
    };
    const bool dumb = streams.environment && streams.environment("TERM") == "dumb";
    return presentation::Paint(when == "always" ||
                               (when != "never" && terminal && !set("NO_COLOR") && !dumb));
}

}  // namespace workflow::tools
