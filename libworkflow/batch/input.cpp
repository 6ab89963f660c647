#include "input.hpp"

#include "../feel/lexer.hpp"

namespace workflow::batch {

std::unique_ptr<Input> open_input(const std::filesystem::path& file, Format format) {
    switch (format) {
        case Format::csv:
            return open_csv(file);
        case Format::json_lines:
            return open_json_lines(file);
        case Format::xes:
            return open_xes(file);
    }
    throw InputError("an unknown format");
}

std::string column_name(std::string_view given) {
    std::string name;
    for (const char c : given) name += feel::is_name_byte(c) || c == ' ' ? c : '_';
    if (!name.empty() && name.front() >= '0' && name.front() <= '9') name.insert(0, 1, '_');
    return name;
}

}  // namespace workflow::batch
