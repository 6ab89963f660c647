#pragma once

/// Reading a whole trail in the order of the file, instead of a case at a time: a report over
/// millions of events would spend its time in looking cases up.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/ports.hpp>

namespace workflow::store {

/// Some events that follow each other in the store, bodies behind one another.
struct EventPage {
    struct Entry {
        CaseKey case_key{};
        std::uint32_t size = 0;  ///< of its body
    };
    std::vector<Entry> entries;
    std::string bodies;
    std::int64_t last = 0;  ///< position of the last event of the page

    void clear() {
        entries.clear();
        bodies.clear();
    }
};

/// What a store may offer beside the port. Not thread-safe, as the store.
class EventPages {
public:
    virtual ~EventPages() = default;
    /// Fills `page` with the next events after position `after`, about `bytes` of them; empty at
    /// the end. The events of a case come in their order. Throws StoreError.
    virtual void read_page(std::int64_t after, std::size_t bytes, EventPage& page) = 0;
};

}  // namespace workflow::store
