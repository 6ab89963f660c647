#pragma once

/// Reads a whole trail in file order instead of case by case. A report over millions of events
/// would otherwise spend its time looking up cases.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/ports.hpp>

namespace workflow::store {

/// Consecutive events of the store, with their bodies concatenated.
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

/// An optional interface of a store beyond the port. Not thread-safe, like the store.
class EventPages {
public:
    virtual ~EventPages() = default;
    /// Fills `page` with the next events after position `after`, about `bytes` of them; empty at
    /// the end. The events of a case come in order. Throws StoreError.
    virtual void read_page(std::int64_t after, std::size_t bytes, EventPage& page) = 0;
};

}  // namespace workflow::store
