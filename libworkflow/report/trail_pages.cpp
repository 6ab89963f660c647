#include "trail_pages.hpp"

#include <fmt/format.h>

#include "../trail/codec.hpp"

namespace workflow::report {

namespace {

/// The size of a page of the trail, such that its decoded events fit in a processor's cache.
constexpr std::size_t page_bytes = 1U << 16;

}  // namespace

void TrailPages::next(store::EventPage& page) {
    if (in_order_) {
        in_order_->read_page(after_, page_bytes, page);
        if (!page.entries.empty()) after_ = page.last;
        return;
    }
    page.clear();
    CaseFilter filter;
    filter.after = after_case_;
    filter.limit = 256;
    for (const auto& row : store_.cases(filter)) {
        for (const auto& record : store_.events(row.key)) {
            page.entries.push_back({row.key, static_cast<std::uint32_t>(record.body.size())});
            page.bodies += record.body;
        }
        after_case_ = row.key;
    }
}

void decode_entry(std::string_view body, CaseKey key, Event& event) {
    try {
        trail::decode(body, event);
    } catch (const trail::CodecError& error) {
        throw StoreError(fmt::format("case with key {}: {}; run `workflow trail verify`",
                                     static_cast<std::int64_t>(key), error.what()));
    }
}

}  // namespace workflow::report
