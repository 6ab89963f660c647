#include "input.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "../base/bounds.hpp"
#include "../feel/lexer.hpp"

namespace workflow::batch {

std::string column_name(std::string_view given) {
    std::string name;
    for (const char c : given) name += feel::is_name_byte(c) || c == ' ' ? c : '_';
    if (!name.empty() && name.front() >= '0' && name.front() <= '9') name.insert(0, 1, '_');
    return name;
}

void add_column(std::vector<std::string>& columns, std::string name) {
    if (std::find(columns.begin(), columns.end(), name) != columns.end()) return;
    if (columns.size() == bounds::columns)
        throw InputError(fmt::format("the input has more than {} columns", bounds::columns));
    columns.push_back(std::move(name));
}

}  // namespace workflow::batch
