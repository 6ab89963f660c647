#pragma once

/// All events of a store, for reports that read each once.

#include <limits>
#include <string_view>

#include <workflow/event.hpp>
#include <workflow/ports.hpp>

#include "../store/event_pages.hpp"

namespace workflow::report {

/// Reads a page at a time: in the order of the file if the store supports it, else case by case.
class TrailPages {
public:
    explicit TrailPages(Store& store)
        : store_(store), in_order_(dynamic_cast<store::EventPages*>(&store)) {}

    /// Reads the next page; it is empty at the end.
    void next(store::EventPage& page);

private:
    Store& store_;
    store::EventPages* in_order_;
    std::int64_t after_ = std::numeric_limits<std::int64_t>::min();
    CaseKey after_case_{};
};

/// Throws StoreError if the body cannot be read.
void decode_entry(std::string_view body, CaseKey key, Event& event);

}  // namespace workflow::report
