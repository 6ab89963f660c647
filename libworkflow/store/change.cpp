#include "change.hpp"

#include <fmt/format.h>

namespace workflow::store {

std::uint32_t version_before(const Change& change) {
    const auto& row = change.row;
    if (change.events.size() > row.version ||
        change.opened != (change.events.size() == row.version))
        throw StoreError(fmt::format("case {}: version {} does not follow from {} events",
                                     row.number.text, row.version, change.events.size()));
    const auto before = row.version - static_cast<std::uint32_t>(change.events.size());
    auto expected = before;
    for (const auto& event : change.events)
        if (event.case_key != row.key || event.sequence != ++expected)
            throw StoreError(
                fmt::format("case {}: event {} is out of order", row.number.text, event.sequence));
    for (const auto& task : change.put)
        if (task.case_key != row.key)
            throw StoreError(fmt::format("case {}: task {} belongs to another case",
                                         row.number.text, number(task.task)));
    return before;
}

}  // namespace workflow::store
